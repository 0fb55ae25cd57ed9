"""The served page in a browser: it tells what is new and leaves the reader where he is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from sayso.web.app import make_app
from tests.browser import PATIENCE, chromium, needs_browser
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
        assert where.endswith("/b/lowbridge?since=2031-05-03T14%3A05%3A00%2B00%3A00")
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
