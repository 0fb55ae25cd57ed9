"""The page as a browser lays it out: at every width, in the dark, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sayso.render.page import render_page
from tests.browser import PATIENCE, chromium, needs_browser
from tests.hostile import hostile
from tests.lowbridge import lowbridge

pytestmark = needs_browser

CONTRASTS = """
() => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = (rgb) => {
    const [r, g, b] = rgb.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim()) continue;
    if (["SCRIPT", "STYLE", "title", "desc"].includes(element.tagName)) continue;
    const own = light(element.closest("svg")
      ? getComputedStyle(element).fill : getComputedStyle(element).color);
    const ratio = (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05);
    if (ratio < 4.5) poor.push([element.tagName, element.className, ratio]);
  }
  return poor;
}
"""

TOO_WIDE = """
() => [...document.querySelectorAll("body *")]
  .filter((each) => !each.parentElement.closest(".wide"))
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => `${each.tagName}.${each.className}: ${each.textContent.slice(0, 40)}`)
"""

BEGINS = """each => {
  const words = document.createRange();
  words.selectNodeContents(each.querySelector("[data-at]"));
  const text = words.startContainer.firstChild;
  words.setStart(text, 0);
  words.setEnd(text, 1);
  const first = words.getBoundingClientRect(), box = each.getBoundingClientRect();
  return first.left - box.left > box.right - first.right ? "right" : "left";
}"""
# At which edge of its paragraph the first letter of what was said stands.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render_page(lowbridge()[0]), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def long_words(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page whose every text is one word without end."""
    briefing, _ = hostile(
        outlet="O" * 300, headline="H" * 300, said="S" * 300, name="N" * 300, role="R" * 300,
        url="https://long.example/" + "u" * 300,
    )  # fmt: skip
    path: Path = tmp_path_factory.mktemp("page") / "long.html"
    path.write_text(render_page(briefing), encoding="utf-8")
    return path.as_uri()


def opened(browser: Browser, address: str, width: int = 1280, **settings: object) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, **settings)  # type: ignore[arg-type]
    page.goto(address, timeout=PATIENCE)
    return page


@pytest.mark.parametrize("width", [320, 375, 640, 1024, 1280, 2560])
def test_nothing_runs_out_of_the_window_at_any_width(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_nor_does_it_with_all_the_evidence_open(browser: Browser, address: str) -> None:
    page = opened(browser, address, 320)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nor_does_a_word_without_end(browser: Browser, long_words: str, width: int) -> None:
    page = opened(browser, long_words, width)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    page = opened(browser, address, color_scheme=scheme)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate(CONTRASTS) == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 21, 18)"
    assert dark is (scheme == "dark")
    page.close()


def test_the_evidence_opens_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    first = page.locator("article").first
    assert not first.locator(".proof").is_visible()
    first.locator("summary").click(timeout=PATIENCE)
    assert first.locator(".proof").is_visible()
    assert "In its paragraph" in first.locator(".proof").inner_text()
    page.close()


def test_the_page_can_be_read_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to what matters now"
    assert page.locator(".skip").bounding_box()["height"] > 10  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator("details.why[open]").count() == 1
    page.close()


def test_a_link_to_a_line_that_is_folded_away_opens_it(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.evaluate(
        """() => {
          const fold = document.createElement("details");
          fold.append(document.createElement("summary"), ...document.querySelectorAll("article"));
          document.querySelector("main").append(fold);
        }"""
    )
    page.locator(".ref .jump a").first.click(timeout=PATIENCE)
    assert page.evaluate("document.querySelector('main > details').open")
    page.close()


def test_words_written_from_right_to_left_are_set_so(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    arabic = page.locator("article blockquote p").filter(has_text="سنرسل").first
    assert arabic.evaluate(BEGINS) == "right"
    latin = page.locator("article blockquote p").filter(has_text="30,000").first
    assert latin.evaluate(BEGINS) == "left"
    page.close()


def test_words_that_were_said_have_another_face_than_ours(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    face = "each => getComputedStyle(each).fontFamily"
    said = page.locator("article blockquote p").first.evaluate(face)
    ours = page.locator("article .who").first.evaluate(face)
    assert said.endswith("serif")
    assert not said.endswith("sans-serif")
    assert ours.endswith("sans-serif")
    page.close()


def test_paper_shows_addresses_and_the_passage_of_what_matters(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(".leads summary").first.is_visible()
    assert page.locator(".leads .place").first.is_visible()
    after = "each => getComputedStyle(each, '::after').content"
    assert "http" in page.locator(".sayso a[href^=http]").first.evaluate(after)
    assert len(page.pdf(format="A4")) > 10_000
    page.close()


def test_every_control_has_a_name(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    tree = page.locator("body").aria_snapshot(timeout=PATIENCE)
    assert "- link:" not in tree
    assert "- button:" not in tree
    assert 'img "people were killed 1: at least 12.' in tree
    page.close()
