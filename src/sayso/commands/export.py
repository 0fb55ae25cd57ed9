"""`export`: the desk as a folder of files that any web server can give away, or nobody.

Each briefing is one page that holds its style and verifies, with its JSON and feeds beside it. A
file whose content is what it was is left alone, so that a copy of the folder is quickly made.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from sayso.app import desk_health, load_edition, make_engine, now, open_desk, open_store
from sayso.brief.front import Entry
from sayso.cli import FINE
from sayso.commands.briefing import write
from sayso.commands.stand import DeskStand
from sayso.config import Settings
from sayso.errors import ConfigError
from sayso.records import Ruling
from sayso.render.briefing_json import to_json
from sayso.render.desk_pages import render_contents
from sayso.render.feeds import briefing_feed, render_atom, render_json_feed
from sayso.render.page import path_of, render_page

MOST_STORIES = 1_000_000
"""All stories that a desk may have."""

FEWEST_REPORTS = 2
"""Reports of a story that has a page in the folder, but for a desk that knows no larger one."""


def export(args: argparse.Namespace, settings: Settings) -> int:
    """Write every edition and story of the desk under the folder, and a page that lists them."""
    folder: Path = args.folder
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is no folder")
    edition = load_edition(settings, args.edition)
    with make_engine(settings) as engine:
        store = open_store(settings, args.store, read_only=True)
        try:
            health = partial(desk_health, store, now=now())
            stand = DeskStand(open_desk(settings, store, engine), [edition], _refuse, health)
            entries = _worth_a_page(stand.entries(MOST_STORIES))
            written = sum(_export_one(stand, entry, folder, settings.public) for entry in entries)
        finally:
            store.close()
    written += _put(folder / "index.html", render_contents(entries))
    print(f"{len(entries)} briefings in {folder}, {written} files written anew")
    return FINE


def _worth_a_page(entries: list[Entry]) -> list[Entry]:
    large = [one for one in entries if one.kind == "edition" or one.reports >= FEWEST_REPORTS]
    return large if any(one.kind == "story" for one in large) else entries


def _export_one(stand: DeskStand, entry: Entry, folder: Path, public: str) -> int:
    """Write the forms of one briefing; return how many files changed."""
    briefing = stand.briefing(entry.topic, since=None, at=None)
    if briefing is None:
        return 0
    path = path_of(entry.topic)
    home = f"{public.rstrip('/')}{path}.html"
    feed = briefing_feed(briefing, home=home)
    assert feed is not None  # without a section there always is one
    file = folder / path.lstrip("/")

    def beside(ending: str) -> Path:
        return file.with_name(file.name + ending)

    address = home.removesuffix(".html")
    return sum(
        (
            _put(beside(".html"), render_page(briefing)),
            _put(beside(".json"), to_json(briefing).decode()),
            _put(beside(".atom"), render_atom(feed, address=address + ".atom").decode()),
            _put(
                beside(".feed.json"),
                render_json_feed(feed, address=address + ".feed.json").decode(),
            ),
        )
    )


def _put(file: Path, text: str) -> bool:
    """Write a file unless it holds the text; say whether it was written."""
    if file.is_file() and file.read_text(encoding="utf-8", errors="replace") == text:
        return False
    write(file, text)
    return True


def _refuse(_ruling: Ruling) -> Ruling:
    raise AssertionError("an export takes no rulings")
