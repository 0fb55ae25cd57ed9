"""What a desk remembers of earlier reports: all that matters, nothing for ever, and after a restart
the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from sayso.pipeline import Desk, forget_pruned, recall, turn
from sayso.records import Change, Decision, Report, ReportId, Sketch
from sayso.stores.sqlite import SqliteStore
from sayso.thread.sketch import MAKER
from tests import build
from tests.test_pipeline import COPY, FIRST, OTHER, kinds, make_desk, with_raw


class Otherwise(SqliteStore):
    """A store whose sketches were made by an earlier program, or were never kept."""

    def __init__(self, kept: bool) -> None:
        super().__init__()
        self.kept = kept

    def sketches(self, since: datetime) -> Iterator[tuple[ReportId, datetime, Sketch | None]]:
        for report, kept, sketch in super().sketches(since):
            assert sketch is not None
            assert sketch.maker == MAKER
            old = dataclasses.replace(sketch, maker="sketch/0", shingles=b"", terms=(), weights=())
            yield report, kept, old if self.kept else None


@pytest.mark.parametrize("kept", [True, False], ids=["of-another-maker", "none"])
def test_what_has_no_sketch_of_this_program_is_sketched_anew(kept: bool) -> None:
    desk = make_desk(Otherwise(kept))
    turn(desk, with_raw([FIRST]), now=build.NOON)
    desk.memory = None
    assert kinds(turn(desk, with_raw([COPY]), now=build.NOON)) == ["repeated"]


def test_what_was_sketched_anew_is_kept_and_the_next_start_reads_it() -> None:
    class Forgetful(SqliteStore):
        """A store that kept no sketches until now."""

        forgets = True
        read = 0

        def apply(self, decision: Decision, **given: Any) -> list[Change]:
            return super().apply(
                dataclasses.replace(decision, sketches=()) if self.forgets else decision, **given
            )

        def reports(self, ids: Iterable[ReportId]) -> list[Report]:
            found = super().reports(ids)
            self.read += len(found)
            return found

    store = Forgetful()
    desk = make_desk(store)
    turn(desk, with_raw([FIRST, COPY, OTHER]), now=build.NOON)
    assert [known for _, _, known in store.sketches(build.at("00:00"))] == [None] * 3
    store.forgets = False
    cursor = store.cursor()
    for expected in (3, 0):
        store.read, desk.memory = 0, None
        recall(desk, since=build.at("00:00"), now=build.NOON)
        assert store.read == expected
    assert {known.maker for _, _, known in store.sketches(build.at("00:00")) if known} == {MAKER}
    assert store.cursor() == cursor  # nothing that a reader hears of


def test_a_desk_that_starts_again_remembers_the_same() -> None:
    desk = make_desk()
    undated = dataclasses.replace(OTHER, published=None)
    turn(desk, with_raw([FIRST, COPY, undated]), now=build.NOON)
    before = desk.memory
    assert before is not None
    desk.memory = None
    after = recall(desk, since=before.since, now=build.NOON)
    assert (after.times, len(after.window)) == (before.times, len(before.window))
    assert {one: after.threads.story_of(one) for one in after.times} == {
        one: before.threads.story_of(one) for one in before.times
    }


def test_a_report_without_a_date_is_forgotten_by_when_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sayso.pipeline.memory.ENOUGH", 1)
    for started_again in (False, True):
        desk = make_desk()
        undated = dataclasses.replace(FIRST, published=None)
        future = dataclasses.replace(
            COPY, published=build.NOON + timedelta(days=400), doubts=("future",)
        )
        turn(desk, with_raw([undated, future]), now=build.NOON)
        if started_again:
            desk.memory = None
        later = build.NOON + timedelta(days=desk.story_days + 30)
        turn(desk, with_raw([dataclasses.replace(OTHER, published=later)]), now=later)
        assert desk.memory is not None
        assert set(desk.memory.times) == {OTHER.id}
        assert len(desk.memory.window) == 1


def test_reports_not_at_hand_are_read_from_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.pipeline.memory.KEPT_REPORTS", 0)
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    assert desk.memory is not None
    assert not desk.memory.reports
    assert kinds(turn(desk, with_raw([COPY]), now=build.NOON)) == ["repeated"]


def test_pruning_takes_only_a_memory_that_holds_what_may_be_gone() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    memory = desk.memory
    forget_pruned(desk, before=build.NOON - timedelta(days=90))
    assert desk.memory is memory
    forget_pruned(desk, before=build.NOON + timedelta(days=1))
    assert desk.memory is None


def ids(reports: Iterable[Report]) -> list[ReportId]:
    return [one.id for one in reports]


def test_a_restart_takes_in_the_reports_in_their_order() -> None:
    desk: Desk = make_desk()
    turn(desk, with_raw([OTHER]), now=build.NOON)
    turn(desk, with_raw([FIRST, COPY]), now=build.NOON)
    known = [report for report, _, _ in desk.store.sketches(build.at("00:00"))]
    assert known == ids([FIRST, COPY, OTHER])
