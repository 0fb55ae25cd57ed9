"""A turn reads, decides and writes once; done again it changes nothing."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.brief.make import make_briefing
from sayso.brief.records import Edition
from sayso.engines.local import LocalEngine
from sayso.errors import InputError, StoreError
from sayso.extract.figures import find_figures
from sayso.pipeline import Desk, belongs, gather, kept_as, rule, turn
from sayso.ports import Raw
from sayso.records import (
    Attribution,
    Change,
    Cursor,
    Decision,
    Findings,
    Outlet,
    Report,
    ReportId,
    Ruling,
    Verdict,
)
from sayso.stores.sqlite import SqliteStore
from sayso.trace.owners import Owners, default_owners
from tests import build

DAM = (
    "The dam above Vesk will hold through the night, Mayor Ilse Maro said after a meeting with "
    "the engineers who have watched the gates of the reservoir since the rain began on Friday."
)


def extract(report: Report) -> Findings:
    """Find one attribution: whatever stands before the first ' said'."""
    end = report.text.find(" said")
    if end < 0:
        return Findings(report=report.id)
    words = report.text[report.spans("body")[0].start : end].rsplit(",", 1)[0]
    said: Attribution = build.said(report, words, speaker="Ilse Maro")
    figures = find_figures(report, [said], ())
    return Findings(report=report.id, attributions=(said,), figures=figures)


def make_desk(store: SqliteStore | None = None) -> Desk:
    return Desk(
        store=store or SqliteStore(),
        engine=LocalEngine(1),
        extract=extract,
        owners=lambda _: Owners(),
    )


def with_raw(reports: Iterable[Report]) -> list[tuple[Report, Raw]]:
    return [(one, Raw(place=one.id, body=one.text.encode())) for one in reports]


FIRST = build.report(DAM, headline="Dam holds", published=build.at("09:00"), key="dam")
COPY = build.report(
    DAM, headline="Mayor: it holds", outlet="Valley Post", published=build.at("10:00"), key="copy"
)
OTHER = build.report(
    "Trains between Orla and the coast run again after two days without any, the railway said.",
    headline="Trains run",
    outlet="Courier",
    published=build.at("11:00"),
    key="trains",
)


def kinds(changes: Iterable[Change]) -> list[str]:
    """Return what each report is to its story, not each of its statements."""
    return [one.development.kind for one in changes if one.development.statement is None]


def test_a_turn_tells_what_is_new_and_what_is_a_copy() -> None:
    changes = turn(make_desk(), with_raw([FIRST, COPY, OTHER]), now=build.NOON)
    assert kinds(changes) == ["new", "repeated", "new"]
    first, copy, other = (one.development.story for one in changes if not one.development.statement)
    assert first == copy != other


def test_a_turn_done_again_changes_nothing() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST, COPY]), now=build.NOON)
    assert turn(desk, with_raw([FIRST, COPY]), now=build.NOON) == []


def test_the_bytes_that_a_report_came_from_are_kept() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    raw = desk.store.raw(FIRST.id)
    assert raw is not None
    assert raw.body == FIRST.text.encode()


def test_the_order_in_which_a_batch_comes_does_not_matter() -> None:
    told = []
    for seed in range(4):
        batch = [FIRST, COPY, OTHER]
        random.Random(seed).shuffle(batch)
        told.append(turn(make_desk(), with_raw(batch), now=build.NOON))
    assert all(changes == told[0] for changes in told)


def test_neither_does_the_size_of_the_batches() -> None:
    whole = turn(make_desk(), with_raw([FIRST, COPY, OTHER]), now=build.NOON)
    desk = make_desk()
    parts = [
        change
        for report in (FIRST, COPY, OTHER)
        for change in turn(desk, with_raw([report]), now=build.NOON)
    ]
    assert parts == whole


MORNING = [
    build.report(
        f"{words}, Mayor Ilse Maro said.", outlet=outlet, published=build.at(time), key=key
    )
    for time, outlet, key, words in (
        ("06:00", "Gazette", "a", "The dam above Vesk will hold through the night"),
        ("07:00", "Courier", "b", "The dam above Vesk will hold, whatever the night brings"),
        ("07:30", "Post", "c", "At least 4 people are dead below the dam above Vesk"),
        ("08:00", "Courier", "d", "At least 4 people are dead below the dam above Vesk"),
        ("09:00", "Gazette", "e", "At least 9 people are dead below the dam above Vesk"),
        ("09:30", "Post", "c", "At least 5 people are dead below the dam above Vesk"),
        ("10:00", "Echo", "f", "The gates of the dam above Vesk were opened too late on Friday"),
    )
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.booleans(), min_size=len(MORNING), max_size=len(MORNING)), st.booleans())
def test_developments_do_not_depend_on_how_a_morning_is_cut_into_turns(
    cuts: list[bool], forgets: bool
) -> None:
    whole = turn(make_desk(), with_raw(MORNING), now=build.NOON)
    assert {"new", "repeated", "changed"} <= {one.development.kind for one in whole}
    desk = make_desk()
    told: list[Change] = []
    batch: list[Report] = []
    for report, cut in zip(MORNING, cuts, strict=True):
        batch.append(report)
        if cut or report is MORNING[-1]:
            told += turn(desk, with_raw(batch), now=build.NOON)
            batch = []
            if forgets:
                desk.memory = None  # as after a restart
    assert told == whole


def test_an_edited_report_replaces_its_version_and_both_are_kept() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    later = build.report(
        "The dam above Vesk broke at noon.", published=build.at("12:30"), key="dam"
    )
    (change,) = turn(desk, with_raw([later]), now=build.at("13:00"))
    assert (change.development.kind, change.development.replaces) == ("changed", FIRST.id)
    assert [one.id for one in desk.store.versions(["dam"])["dam"]] == [FIRST.id, later.id]


def test_other_words_under_a_given_id_are_a_new_version() -> None:
    desk = make_desk()
    turn(desk, with_raw([dataclasses.replace(FIRST, id=ReportId("x1"))]), now=build.NOON)
    edited = dataclasses.replace(COPY, id=ReportId("x1"), key="dam")
    turn(desk, with_raw([edited]), now=build.NOON)
    (kept,) = kept_as(desk.store, [edited])
    assert kept != "x1"
    assert kept.startswith("x1")


def test_a_correction_says_so() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    note = "Correction: the dam is above Vesk, not above Orla."
    corrected = build.report(
        note, headline="Correction: Dam holds", published=build.at("12:30"), key="dam"
    )
    (change,) = turn(desk, with_raw([corrected]), now=build.NOON)
    assert change.development.kind == "corrected"


def origins(desk: Desk, reports: Iterable[Report]) -> list[ReportId | None]:
    return [one.origin for one in desk.store.lineages(report.id for report in reports)]


AGAIN = build.report(
    DAM, headline="Still it holds", outlet="Lagoon Post", published=build.at("10:30"), key="again"
)


@pytest.mark.parametrize("seed", range(4))
def test_what_arrives_late_becomes_the_origin_of_its_copies(seed: int) -> None:
    family = [FIRST, COPY, AGAIN]
    whole = make_desk()
    turn(whole, with_raw([*family, OTHER]), now=build.NOON)
    arriving = [*family, OTHER]
    random.Random(seed).shuffle(arriving)
    desk = make_desk()
    for report in arriving:
        turn(desk, with_raw([report]), now=build.NOON)
    assert origins(desk, family) == origins(whole, family) == [None, FIRST.id, FIRST.id]


def test_a_copy_whose_origin_comes_late_is_told_to_have_changed() -> None:
    desk = make_desk()
    before = turn(desk, with_raw([COPY]), now=build.NOON)[-1].cursor
    changes = turn(desk, with_raw([FIRST]), now=build.NOON)
    told = {(one.development.kind, one.development.report) for one in changes}
    assert ("changed", COPY.id) in told
    (was,) = desk.store.lineages([COPY.id], at=before)
    assert was.origin is None


def test_an_owner_that_was_told_once_is_known_to_later_turns() -> None:
    desk = make_desk()
    desk = dataclasses.replace(desk, owners=default_owners)
    told = dataclasses.replace(COPY, publisher=Outlet(name=COPY.outlet, owner="Halbert"))
    turn(desk, with_raw([told]), now=build.NOON)
    later = dataclasses.replace(AGAIN, outlet=COPY.outlet)
    for each in (desk, dataclasses.replace(desk, memory=None)):  # as it runs on, and started anew
        report = dataclasses.replace(later, id=ReportId(f"x{id(each)}"), key=str(id(each)))
        turn(each, with_raw([report]), now=build.NOON)
        (lineage,) = desk.store.lineages([report.id])
        assert lineage.owner == "Halbert"


def ruling(verdict: Verdict, report: Report = COPY, other: Report = FIRST) -> Ruling:
    return Ruling(
        report=report.id, other=other.id, verdict=verdict, reason="we asked", by="night desk"
    )


def test_an_editor_rules_that_one_was_not_copied_and_the_next_page_counts_two_sources() -> None:
    desk = make_desk()
    before = turn(desk, with_raw([FIRST, COPY]), now=build.NOON)[-1].cursor
    changes = rule(desk, ruling("separate"), now=build.at("13:00"))
    assert kinds(changes) == ["changed"]
    assert changes[0].development.reasons == (
        "ruled separate work from Orla Gazette, “Dam holds” by night desk: we asked",
    )

    def sources(at: Cursor | None) -> set[tuple[int, int]]:
        made = make_briefing(gather(desk, [FIRST.id, COPY.id], edition=Edition(), at=at), Edition())
        return {(one.independence.low, one.independence.high) for one in made.lines}

    assert sources(before) == {(1, 1)}
    assert sources(None) == {(2, 2)}


def test_a_ruling_that_holds_already_changes_nothing() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST, COPY]), now=build.NOON)
    assert rule(desk, ruling("undecided"), now=build.NOON) == []
    assert len(rule(desk, ruling("separate"), now=build.NOON)) == 1
    assert rule(desk, ruling("separate"), now=build.at("14:00")) == []
    assert len(rule(desk, ruling("undecided"), now=build.NOON)) == 1
    assert len(desk.store.rulings()) == 2
    (lineage,) = desk.store.lineages([COPY.id])
    assert lineage.origin == FIRST.id


def test_what_was_ruled_copied_is_copied_whatever_the_words() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST, OTHER]), now=build.NOON)
    rule(desk, ruling("copied", OTHER), now=build.NOON)
    (lineage,) = desk.store.lineages([OTHER.id])
    assert (lineage.origin, lineage.ruled) == (FIRST.id, True)
    assert lineage.reasons == (
        "ruled copied from Orla Gazette, “Dam holds” by night desk: we asked",
    )


def test_a_desk_that_ruled_reads_nothing_anew() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST, COPY]), now=build.NOON)
    memory = desk.memory
    rule(desk, ruling("separate"), now=build.NOON)
    turn(desk, with_raw([OTHER]), now=build.NOON)
    assert desk.memory is memory
    again = make_desk(desk.store)  # type: ignore[arg-type]  # the same kind of store
    later = dataclasses.replace(OTHER, id=ReportId("later"), key="later", text="Trains.")
    turn(again, with_raw([later]), now=build.NOON)
    assert again.memory is not None
    assert again.memory.rulings == desk.store.rulings()


@pytest.mark.parametrize(
    "report, other",
    [
        pytest.param("never kept", FIRST.id, id="unknown"),
        pytest.param(FIRST.id, FIRST.id, id="one report"),
    ],
)
def test_a_ruling_is_on_two_reports_that_are_kept(report: str, other: str) -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    made = Ruling(report=ReportId(report), other=ReportId(other), verdict="copied")
    with pytest.raises(InputError):
        rule(desk, made, now=build.NOON)


class FullStore(SqliteStore):
    """A store whose disk is full until it is emptied."""

    full = True

    def apply(
        self, decision: Decision, *, now: datetime, raws: Iterable[tuple[ReportId, Raw]] = ()
    ) -> list[Change]:
        if self.full:
            raise StoreError("the disk is full")
        return super().apply(decision, now=now, raws=raws)


def test_a_failed_turn_leaves_nothing_and_is_done_again() -> None:
    store = FullStore()
    desk = make_desk(store)
    with pytest.raises(StoreError):
        turn(desk, with_raw([FIRST, COPY]), now=build.NOON)
    assert store.cursor() == 0
    store.full = False
    assert kinds(turn(desk, with_raw([FIRST, COPY]), now=build.NOON)) == ["new", "repeated"]


def test_another_writer_is_noticed() -> None:
    store = SqliteStore()
    one, other = make_desk(store), make_desk(store)
    turn(one, with_raw([OTHER]), now=build.NOON)
    turn(other, with_raw([FIRST]), now=build.NOON)
    assert kinds(turn(one, with_raw([COPY]), now=build.NOON)) == ["repeated"]


def test_a_past_page_is_shown_as_it_was() -> None:
    desk = make_desk()
    *_, change = turn(desk, with_raw([FIRST]), now=build.NOON)
    ids = [FIRST.id, OTHER.id]
    before = make_briefing(gather(desk, ids, edition=Edition()), Edition())
    turn(desk, with_raw([OTHER]), now=build.NOON)
    again = make_briefing(gather(desk, ids, edition=Edition(), at=change.cursor), Edition())
    assert again == before
    newest = make_briefing(gather(desk, ids, edition=Edition()), Edition())
    assert len(newest.lines) == 2


def test_a_line_is_new_when_it_was_first_told_after_the_reader_looked() -> None:
    desk = make_desk()
    held, worded_anew, dead, again, more, *_ = MORNING
    turn(desk, with_raw([held, dead]), now=build.at("08:30"))
    turn(desk, with_raw([worded_anew, again, more]), now=build.at("09:30"))
    ids = [one.id for one in (held, worded_anew, dead, again, more)]
    made = make_briefing(gather(desk, ids, edition=Edition()), Edition(), since=build.at("09:00"))
    fresh = [line for line in made.lines if line.id in made.fresh]
    # What was told is carried by one more, or said in other words; only the toll has moved.
    assert [(line.quote.report, line.state) for line in fresh] == [(more.id, "changed")]
    assert "up from 4 dead" in " ".join(fresh[0].reasons)


def test_what_does_not_belong_is_left_out_and_counted() -> None:
    desk = make_desk()
    turn(desk, with_raw([FIRST, OTHER]), now=build.NOON)
    edition = Edition(terms=("dam", "reservoir"))
    made = gather(desk, [FIRST.id, OTHER.id], edition=edition)
    assert [one.id for one in made.reports] == [FIRST.id]
    assert [one.thing for one in made.dropped] == ["1 report"]


def test_one_word_of_an_edition_may_be_there_by_chance() -> None:
    assert not belongs(OTHER, Edition(terms=("trains", "tunnel")))
    assert belongs(OTHER, Edition(terms=("trains", "coast", "tunnel")))
    assert belongs(OTHER, Edition(terms=("trains",)))
    assert belongs(OTHER, Edition())


def test_old_reports_are_placed_among_those_of_their_own_days() -> None:
    store = SqliteStore()
    later = build.NOON.replace(year=2030)
    turn(make_desk(store), with_raw([FIRST]), now=later)
    # Another desk on the same store remembers nothing and has to read what was kept.
    assert kinds(turn(make_desk(store), with_raw([COPY]), now=later)) == ["repeated"]


def test_a_desk_left_alone_forgets_what_is_too_old_to_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sayso.pipeline.memory.ENOUGH", 1)
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    much_later = dataclasses.replace(OTHER, published=build.NOON.replace(year=2026))
    turn(desk, with_raw([much_later]), now=build.NOON.replace(year=2026))
    assert desk.memory is not None
    assert set(desk.memory.times) == {much_later.id}
    assert kinds(turn(desk, with_raw([COPY]), now=build.NOON.replace(year=2026))) == ["repeated"]


def test_a_report_that_is_a_little_older_than_those_before_it_has_nothing_read_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sayso.pipeline.memory.ENOUGH", 1)
    desk = make_desk()
    turn(desk, with_raw([FIRST]), now=build.NOON)
    later = build.NOON + timedelta(days=desk.story_days + 30)
    for number, hours in enumerate((0, -1, -20)):
        published = later + timedelta(hours=hours)
        one = dataclasses.replace(OTHER, id=ReportId(f"late-{number}"), key=f"late-{number}")
        memory = desk.memory
        turn(desk, with_raw([dataclasses.replace(one, published=published)]), now=later)
        assert desk.memory is memory


def test_a_desk_that_was_overtaken_looks_again() -> None:
    store = SqliteStore()
    slow, quick = make_desk(store), make_desk(store)
    turn(slow, with_raw([OTHER]), now=build.NOON)

    def overtaken(report: Report) -> Findings:
        turn(quick, with_raw([FIRST]), now=build.NOON)
        return extract(report)

    slow.extract = overtaken
    assert kinds(turn(slow, with_raw([COPY]), now=build.NOON)) == ["repeated"]
    assert slow.memory is None or FIRST.id in slow.memory.reports


def test_a_cursor_that_is_yet_to_come_shows_the_newest_page() -> None:
    desk = make_desk()
    *_, change = turn(desk, with_raw([FIRST]), now=build.NOON)
    made = gather(desk, [FIRST.id], edition=Edition(), at=Cursor(99_999))
    assert made.cursor == change.cursor
