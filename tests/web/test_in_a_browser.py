"""The served page in a browser: it tells what is new and leaves the reader where he is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from sayso.records import Cursor, Logbook, Subscription, Turn
from sayso.web.app import make_app
from tests.browser import PATIENCE, chromium, needs_browser
from tests.build_briefing import at
from tests.web.kiosk import BRIEFING, Kiosk, served

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_what_is_new_is_told_and_the_reader_stays_where_he_is(browser: Browser) -> None:
    kiosk = Kiosk()
    with served(make_app(kiosk, poll_seconds=0.05)) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 600})
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
        line = "() => [scrollY, document.querySelector('#figures').getBoundingClientRect().top]"
        before = page.evaluate(line)
        assert before[0] == 900
        kiosk.move(3)
        page.get_by_text("3 new: show").wait_for(timeout=PATIENCE)
        assert page.evaluate(line) == before
        assert page.title().startswith("(3) ")
        where = page.get_by_text("3 new: show").get_attribute("href")
        assert where is not None
        assert where.endswith(f"/b/lowbridge?since={BRIEFING.cursor}")
        # The policy refuses what is not ours and says so on the console: it had nothing to say.
        assert told == []
        page.close()


def test_the_whole_table_is_sorted_by_the_column_that_is_asked_for(browser: Browser) -> None:
    kiosk = Kiosk()
    kiosk.told = dataclasses.replace(BRIEFING, reactions=BRIEFING.reactions * 10)
    with served(make_app(kiosk)) as address:
        page = browser.new_page()
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        places = "() => [...document.querySelectorAll('#reactions tbody th')].map(e => e.innerText)"
        page.get_by_role("button", name="Country or body").click(timeout=PATIENCE)
        up = page.evaluate(places)
        page.get_by_role("button", name="Country or body").click(timeout=PATIENCE)
        down = page.evaluate(places)
        assert len(up) == 40
        assert up == sorted(up, key=str.casefold)
        assert down == up[::-1]
        assert page.locator("th[aria-sort=descending]").count() == 1
        assert page.locator("#reactions table").count() == 1
        page.close()


def test_the_served_page_is_whole_without_scripts(browser: Browser) -> None:
    with served(make_app(Kiosk())) as address:
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        assert page.locator("article").count() == 10
        page.locator("#q").fill("crossings")
        page.locator("#q").press("Enter")
        page.get_by_role("link", name="Neighbour opens border crossings", exact=True).click(
            timeout=PATIENCE
        )
        assert page.locator("mark").count() > 0
        page.close()


@pytest.mark.parametrize("path", ["/", "/search?q=dam", "/report/{report}", "/b/nowhere"])
def test_the_other_pages_fit_a_phone_too(browser: Browser, path: str) -> None:
    kiosk = Kiosk("lowbridge", "rates")
    report = kiosk.search("crossings").reports[0].id
    with served(make_app(kiosk)) as address:
        page = browser.new_page(viewport={"width": 320, "height": 600})
        page.goto(address + path.format(report=report), timeout=PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.close()


def test_keys_lead_from_line_to_line_and_open_what_proves_one(browser: Browser) -> None:
    with served(make_app(Kiosk())) as address:
        page = browser.new_page()
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.id")
        page.keyboard.press("j")
        page.keyboard.press("o")
        second = page.locator("article.line:focus")
        assert second.locator("details.why").get_attribute("open") is not None
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.id") == first != ""
        page.keyboard.press("?")
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("jo")
        assert page.locator("#q").input_value() == "jo"
        page.close()


def test_a_reader_who_comes_back_sees_where_he_stopped_and_what_is_new_since(
    browser: Browser,
) -> None:
    kiosk = Kiosk()
    with served(make_app(kiosk, poll_seconds=0.01)) as address:
        page = browser.new_page(viewport={"width": 800, "height": 500})
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        assert page.locator(".stopped").count() == 0
        page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
        page.goto(f"{address}/stories", timeout=PATIENCE)
        kiosk.move(1)
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        assert page.locator(".stopped").count() == 1
        page.get_by_role("link", name="new since you last looked").click(timeout=PATIENCE)
        page.wait_for_url(f"**?since={BRIEFING.cursor}", timeout=PATIENCE)
        page.close()


def test_a_reader_hears_on_after_the_server_was_gone(browser: Browser) -> None:
    kiosk = Kiosk()
    page = browser.new_page()
    with served(make_app(kiosk, poll_seconds=0.05)) as address:
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        kiosk.move(1)
        page.get_by_text("1 new: show").wait_for(timeout=PATIENCE)
    kiosk.move(2)
    with served(make_app(kiosk, poll_seconds=0.05), port=int(address.rsplit(":", 1)[1])):
        page.get_by_text("3 new: show").wait_for(timeout=PATIENCE)
    page.close()


def test_a_reader_of_a_desk_that_began_anew_is_told_to_load_the_page_again(
    browser: Browser,
) -> None:
    kiosk = Kiosk()
    page = browser.new_page()
    with served(make_app(kiosk, poll_seconds=0.05)) as address:
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        kiosk.move(1)
        page.get_by_text("1 new: show").wait_for(timeout=PATIENCE)
    older = Kiosk()
    older.newest = Cursor(BRIEFING.cursor - 1)
    with served(make_app(older, poll_seconds=0.05), port=int(address.rsplit(":", 1)[1])):
        page.get_by_role("link", name="load this page again").click(timeout=PATIENCE)
        page.wait_for_function(
            f"document.body.dataset.cursor === '{older.newest}'", timeout=PATIENCE
        )
    page.close()


EVERY_PAGE = (
    "/", "/b/lowbridge", "/speaker/Ada%20Quill", "/outlet/é", "/stories", "/sources",
    "/search?q=dam", "/report/{report}", "/embed/b/lowbridge", "/b/nowhere",
)  # fmt: skip
ALIKE = ("/speaker/Ada%20Quill", "/outlet/é")
"""Pages that are made as a story's is: the audit takes half a minute of each."""

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


def busy_kiosk() -> Kiosk:
    """Return a kiosk of several briefings, one of whose sources fails and dropped items."""
    kiosk = Kiosk("lowbridge", "rates")
    feeds = tuple(
        Subscription(
            url=f"https://{name}.example/feed", name=name, added=at(3, 9), last_polled=at(3, 13),
            failing_since=at(3, 12) if name == "post" else None,
            last_error="answered 500" if name == "post" else None,
            dropped=("item 3: no date",),
        )
        for name in ("post", "courier")
    )  # fmt: skip
    book = Logbook(since=at(3, 9), turns=4, dropped=2, last=Turn(began=at(3, 13)))
    kiosk.state = dataclasses.replace(kiosk.state, sources=feeds, logbook=book)
    return kiosk


@pytest.mark.parametrize("width, scheme", [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", [one for one in EVERY_PAGE if one not in ALIKE])
def test_nobody_is_shut_out(
    browser: Browser, path: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    kiosk = busy_kiosk()
    report = kiosk.search("crossings").reports[0].id
    with served(make_app(kiosk)) as address:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.goto(address + path.format(report=report), timeout=PATIENCE)
        page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        page.close()


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_is_light_says_nothing_on_the_console_and_asks_nobody_else(
    browser: Browser, path: str
) -> None:
    kiosk = busy_kiosk()
    report = kiosk.search("crossings").reports[0].id
    with served(make_app(kiosk)) as address:
        page = browser.new_page()
        told: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + path.format(report=report), timeout=PATIENCE)
        page.wait_for_load_state("load")
        sizes = page.evaluate(
            "() => [...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')].map((each) => each.transferSize)"
        )
        if path != "/b/nowhere":  # of which the browser says that it is not there
            assert told == []
        assert all(one.startswith(address) for one in asked)
        assert sum(sizes) < 60_000  # as sent; half of it is the record that `verify` reads
        page.close()


@pytest.mark.parametrize("touch, least", [(False, 24), (True, 36)])
def test_what_is_pressed_is_large_enough_to_hit(browser: Browser, touch: bool, least: int) -> None:
    with served(make_app(Kiosk())) as address:
        page = browser.new_page(
            viewport={"width": 360, "height": 700}, has_touch=touch, is_mobile=touch
        )
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        small = page.evaluate(
            """(least) => [...document.querySelectorAll("summary, nav input, nav button, nav a")]
              .filter((each) => each.offsetParent && (least > 24 || each.tagName !== "A"))
              .map((each) => [each.textContent, each.getBoundingClientRect()])
              .filter(([, box]) => box.height < least || box.width < 24)
              .map(([told, box]) => [told, box.width, box.height])""",
            least,
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.close()


def test_the_tab_key_leads_through_the_page_in_its_order(browser: Browser) -> None:
    with served(make_app(Kiosk())) as address:
        page = browser.new_page(viewport={"width": 360, "height": 700})
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        places = []
        for _ in range(40):
            page.keyboard.press("Tab")
            places.append(
                page.evaluate(
                    """() => {
                      const each = document.activeElement, all = [...document.all];
                      const outlined = getComputedStyle(each).outlineStyle !== "none";
                      return [all.indexOf(each), outlined && each.offsetParent !== null];
                    }"""
                )
            )
        assert all(seen for _, seen in places)
        assert [at for at, _ in places] == sorted({at for at, _ in places})
        page.close()


def test_a_page_says_how_the_sources_are_at_this_moment(browser: Browser) -> None:
    with served(make_app(busy_kiosk())) as address:
        page = browser.new_page()
        page.goto(f"{address}/b/lowbridge", timeout=PATIENCE)
        page.get_by_role("link", name="2 polled, 1 failing, 2 items dropped").click(
            timeout=PATIENCE
        )
        page.wait_for_url("**/sources", timeout=PATIENCE)
        assert page.get_by_text("answered 500").count() == 1
        page.close()
