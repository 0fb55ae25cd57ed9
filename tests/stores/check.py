"""Says whether a store is sound and its turns are whole, by reading the file itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sayso.ports import DeskStore
from sayso.records import ReportId, StoryId
from tests.stores.writer import reports_of


def check_sound(file: Path) -> None:
    """Assert that file, keys and word index agree with themselves and each other."""
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    # 1: compare with the words in the table too. Raises when they differ.
    database.execute("INSERT INTO report_words (report_words, rank) VALUES ('integrity-check', 1)")
    database.close()


def whole_turns(store: DeskStore, name: str) -> int:
    """Return how many turns of the writer `name` are kept; assert that none is in part."""
    story = store.story(StoryId(name))
    kept = set(story.reports) if story else set()
    turns = 0
    while kept:
        reports = reports_of(name, turns)
        ids = [each.id for each in reports]
        assert store.reports(ids) == list(reports), f"turn {turns} is in part"
        assert [each.report for each in store.findings(ids)] == ids
        assert [each.report for each in store.lineages(ids)] == ids
        assert [each.report for each in store.placements(ids)] == ids
        for each in reports:
            raw = store.raw(each.id)
            assert raw is not None
            assert raw.body == each.text.encode()
        assert kept.issuperset(ids)
        kept -= set(ids)
        turns += 1
    # Nothing of the turn that was under way.
    rest = [ReportId(each.id) for each in reports_of(name, turns)]
    assert store.reports(rest) == []
    assert store.findings(rest) == []
    return turns
