// What a browser that runs scripts adds to a page that is whole without them: it tells that
// there is more without moving what is being read, and it sorts tables. It keeps nothing.
"use strict";

(() => {
  const { slug, prefix, cursor } = document.body.dataset;
  const status = document.getElementById("status");
  if (!slug || !status) return;

  // The stream numbers its events by the cursor, and the browser hands the last one back when
  // it connects again: nothing is lost and nothing is counted twice.
  let changes = 0;
  let last = Number(cursor);
  // It stands over the foot of the window, so that nothing on the page moves for it.
  const note = document.createElement("p");
  note.className = "live";
  note.setAttribute("role", "status");
  const more = document.createElement("a");
  more.className = "news";
  document.body.append(note);

  const show = () => {
    const updated = status.querySelector("time");
    const address = new URL(location.href);
    address.hash = "";
    if (updated) address.searchParams.set("since", updated.dateTime);
    more.href = address;
    more.textContent = `${changes} new: show`;
    if (!more.isConnected) note.append(more);
    document.title = document.title.replace(/^(\(\d+\) )?/, `(${changes}) `);
  };

  const events = new EventSource(`${prefix}/events?slug=${slug}&after=${cursor}`);
  events.addEventListener("change", (event) => {
    const at = Number(event.lastEventId);
    if (at <= last) return;
    last = at;
    changes += 1;
    show();
  });
  addEventListener("pagehide", () => events.close());

  const [table, ...rest] = document.querySelectorAll("table.sortable");
  if (!table) return;
  const rows = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => {
    const time = row.cells[column].querySelector("time");
    return time ? time.dateTime : row.cells[column].textContent.trim();
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      // The rows that are folded away belong to the same table, and are sorted with it.
      for (const folded of rest.splice(0)) {
        rows.append(...folded.tBodies[0].rows);
        folded.closest("details").remove();
      }
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const sorted = [...rows.rows].sort((a, b) => key(a, column).localeCompare(key(b, column)));
      rows.append(...(up ? sorted : sorted.reverse()));
    });
    head.replaceChildren(button);
  });
})();
