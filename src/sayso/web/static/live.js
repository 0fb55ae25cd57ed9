// What a browser that runs scripts adds to a page that is whole without them: it tells that
// there is more without moving what is being read, marks where the reader last stopped, says how
// long ago things were, sorts tables, and takes keys. It remembers one place for each page, in
// the reader's own browser; it tells nobody anything.
"use strict";

(() => {
  const { topic, prefix, cursor } = document.body.dataset;
  const status = document.getElementById("status");

  keys();
  if (!topic || !status) return;
  ago();
  sorting();
  live();
  stopped();
  polled();

  // The stream numbers its events by the cursor. The browser hands the last one back when it
  // connects again, and so do we when it has given up: nothing is lost, nothing counted twice.
  function live() {
    let changes = 0;
    let last = Number(cursor);
    let events;
    // It stands over the foot of the window, so that nothing on the page moves for it.
    const note = make("p", "live");
    note.setAttribute("role", "status");
    const more = make("a", "news");
    document.body.append(note);

    const show = () => {
      const address = new URL(location.href);
      address.hash = "";
      address.searchParams.delete("at");
      address.searchParams.set("since", cursor);
      more.href = address;
      more.textContent = `${changes} new: show`;
      if (!more.isConnected) note.append(more);
      document.title = document.title.replace(/^(\(\d+\) )?/, `(${changes}) `);
    };

    const listen = () => {
      const asked = new URLSearchParams({ topic, after: last });
      events = new EventSource(`${prefix}/events?${asked}`);
      events.addEventListener("change", (event) => {
        const at = Number(event.lastEventId);
        if (at <= last) return;
        last = at;
        // One more outlet that carries the same words is nothing new to read.
        if (JSON.parse(event.data).development.kind === "repeated") return;
        changes += 1;
        show();
      });
      events.addEventListener("error", () => {
        if (events.readyState === EventSource.CLOSED) setTimeout(again, 5000);
      });
    };

    // The stream does not say why it was refused. A desk that has not reached what was heard
    // here keeps another store now, and would be silent until it has; then the page is too old.
    const again = async () => {
      const asked = new URLSearchParams({ after: last, limit: 1 });
      const known = await fetch(`${prefix}/api/changes?${asked}`).catch(() => null);
      if (known?.status !== 404) return listen();
      more.href = location.pathname;
      more.textContent = "The desk began anew: load this page again";
      note.append(more);
    };
    // A page of the past stays as it was.
    if (new URLSearchParams(location.search).has("at")) return;
    listen();
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => {
      if (event.persisted) listen();
    });
  }

  // How the sources are at this moment: the page itself says only what it was made from.
  async function polled() {
    const link = document.getElementById("polled");
    const health = link && await fetch(`${prefix}/health`)
      .then((answer) => answer.ok && answer.json()).catch(() => null);
    if (!health?.sources) return;
    const told = [`${health.sources} polled`];
    if (health.failing.length) told.push(`${health.failing.length} failing`);
    if (health.logbook?.dropped) told.push(`${health.logbook.dropped} items dropped`);
    if (health.status !== "ok") told.push("the last turn failed");
    link.textContent = told.join(", ");
  }

  // Where the reader stopped the last time: a rule across the page, and a link to it.
  function stopped() {
    const place = `sayso:${prefix}:${topic}`;
    let before;
    try {
      before = JSON.parse(localStorage.getItem(place));
    } catch {
      return;
    }
    const line = before && document.getElementById(before.line);
    if (line) {
      const rule = make("p", "stopped");
      rule.textContent = `You stopped here on ${new Date(before.at).toLocaleString()}`;
      line.before(rule);
      rule.id = "stopped";
      const back = make("a");
      back.href = "#stopped";
      back.textContent = "where you stopped";
      status.append(" · ", back);
    }
    if (before && before.cursor < Number(cursor) && !location.search) {
      const since = make("a");
      since.href = `?since=${before.cursor}`;
      since.textContent = "new since you last looked";
      status.append(" · ", since);
    }
    addEventListener("pagehide", () => {
      const seen = lines().filter((each) => each.getBoundingClientRect().top < innerHeight / 2);
      const reached = scrollY > innerHeight && seen.at(-1);
      const told = { at: Date.now(), cursor: Number(cursor), line: reached?.id ?? "" };
      try {
        localStorage.setItem(place, JSON.stringify(told));
      } catch {
        // A full or forbidden store: the reader is not shown where he stopped, no more.
      }
    });
  }

  // Keys: j and k go from line to line, o opens what proves it, / searches, ? tells all this.
  function keys() {
    const help = make("dialog", "keys");
    help.setAttribute("aria-label", "Keys");
    const list = make("dl");
    for (const [key, does] of [
      ["j", "next line"],
      ["k", "line before"],
      ["o", "open or close what proves it"],
      ["/", "search"],
      ["?", "these keys"],
      ["Esc", "close"],
    ]) {
      const [name, told] = [make("dt"), make("dd")];
      name.append(Object.assign(make("kbd"), { textContent: key }));
      told.textContent = does;
      list.append(name, told);
    }
    help.append(list);
    let at = -1;
    const go = (step) => {
      const all = lines();
      if (!all.length) return;
      at = Math.max(0, Math.min(all.length - 1, at + step));
      all[at].tabIndex = -1;
      all[at].focus({ preventScroll: true });
      all[at].scrollIntoView({ block: "center" });
    };
    const actions = {
      j: () => go(1),
      k: () => go(-1),
      o: () => {
        const proof = document.activeElement?.closest("article.line")?.querySelector("details");
        if (proof) proof.open = !proof.open;
      },
      "/": () => document.getElementById("q")?.focus(),
      "?": () => {
        if (!help.isConnected) document.body.append(help);
        help.showModal();
      },
    };
    addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    });
  }

  // Beside an hour, how long ago it was; only what is less than two days old.
  function ago() {
    const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
    const write = () => {
      for (const time of document.querySelectorAll(".sayso time[datetime*=T], #status time")) {
        const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60000);
        if (!(minutes <= 0 && minutes > -2880)) continue;
        const told = minutes > -60 ? words.format(minutes, "minute")
          : words.format(Math.round(minutes / 60), "hour");
        let shown = time.nextElementSibling;
        if (!shown?.classList.contains("ago")) {
          shown = make("span", "ago");
          time.after(" ", shown);
        }
        shown.textContent = told;
      }
    };
    write();
    setInterval(write, 60000);
  }

  function sorting() {
    const [table, ...rest] = document.querySelectorAll("table.sortable");
    if (!table) return;
    const rows = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const key = (row, column) => {
      const time = row.cells[column].querySelector("time");
      return time ? time.dateTime : row.cells[column].textContent.trim();
    };
    heads.forEach((head, column) => {
      const button = make("button");
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
  }

  // The lines that stand in full, those that are folded away left out.
  function lines() {
    return [...document.querySelectorAll("article.line")].filter((each) => each.offsetParent);
  }

  function make(kind, name) {
    const made = document.createElement(kind);
    if (name) made.className = name;
    return made;
  }
})();
