"""What every store must do. A store joins by one line:

class TestSqliteInMemory(StoreContract):
    make = staticmethod(lambda _: SqliteStore())
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.brief.make import make_briefing
from sayso.brief.records import Briefing, Edition
from sayso.engines.local import LocalEngine
from sayso.errors import StoreError
from sayso.extract.figures import find_figures
from sayso.ids import make_id, version_id
from sayso.pipeline import Desk, gather
from sayso.pipeline import turn as page_turn
from sayso.ports import DeskStore, Raw
from sayso.records import (
    Attribution,
    AttributionId,
    Cursor,
    Decision,
    Findings,
    Logbook,
    Outlet,
    Part,
    Poll,
    Report,
    ReportId,
    Rhythm,
    Ruling,
    Span,
    Speaker,
    StatementId,
    StoryId,
    Subscription,
    Turn,
    Verdict,
)
from sayso.trace.owners import Owners
from tests.contracts.build import (
    NOON,
    findings,
    lineage,
    minutes,
    placement,
    report,
    rich_report,
    step,
    turn,
)
from tests.contracts.catalogue_contract import CatalogueContract

START = Cursor(0)

RHYTHM = Rhythm(
    lifetime=timedelta(minutes=15),
    period=timedelta(hours=1),
    skip_hours=(0, 1),
    skip_days=(6,),
    published=(minutes(2), NOON),
    hub="https://hub.example/",
    digest="0a1b",
)


def report_said(name: str, speaker: str, words: str) -> Report:
    """Return a report in which `speaker` says `words`."""
    headline = "Dam fails above Lowbridge"
    text = f"{headline}\n\n{speaker} said: {words}."
    parts = (Part("headline", Span(0, len(headline))), Part("body", Span(27, len(text))))
    return report(name, text, headline=headline, parts=parts)


def extract_said(of: Report) -> Findings:
    """Find who said what in a report that `report_said` made, and the figure in it."""
    cue = of.text.index(" said: ")
    content = Span(cue + 7, len(of.text) - 1)
    said = Attribution(
        id=AttributionId(make_id("attribution", of.id)),
        cue=Span(cue + 1, cue + 5),
        content=(content,),
        source=Span(27, cue),
        manner="indirect",
        confidence=0.9,
        maker="test/1",
        speaker=Speaker(name=of.text[27:cue]),
    )
    return Findings(report=of.id, attributions=(said,), figures=find_figures(of, [said], ()))


class StoreContract(CatalogueContract):
    make: Callable[[Path], DeskStore]

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[DeskStore]:
        store = self.make(tmp_path)
        yield store
        store.close()

    # Reports and their versions

    def test_a_report_comes_back_as_it_went_in(self, store: DeskStore) -> None:
        kept = rich_report()
        for field in fields(Report):
            assert getattr(kept, field.name) != field.default, f"{field.name} is not tried"
        store.apply(Decision(reports=(kept,)), now=NOON)
        assert store.reports([kept.id]) == [kept]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("half a pair \ud83d here", id="half-a-surrogate-pair"),
            pytest.param("two halves \ud83d\ude00 that never met", id="two-halves"),
            pytest.param("before\0after", id="nul"),
            pytest.param('“curly" \u00a0\u2014\r\n\u2028 \U0001f4f0', id="typography"),
        ],
    )
    def test_every_character_survives(self, store: DeskStore, text: str) -> None:
        kept = report("odd", text, headline=text, outlet=text, authors=(text,), source=text)
        place = replace(placement(kept), reasons=(text,))
        store.apply(Decision(reports=(kept,), placements=(place,)), now=NOON)
        assert store.reports([kept.id]) == [kept]
        assert store.placements([kept.id]) == [place]
        assert store.unseen([kept]) == []

    def test_an_id_may_be_any_text(self, store: DeskStore) -> None:
        kept = report("half \ud83d", key="")
        store.apply(turn(kept), now=NOON)
        assert store.reports([kept.id]) == [kept]
        assert [each.report for each in store.findings([kept.id])] == [kept.id]
        assert store.versions([""]) == {"": [kept]}

    def test_reports_are_given_in_the_order_asked_without_those_not_kept(
        self, store: DeskStore
    ) -> None:
        one, two = report("one"), report("two")
        store.apply(Decision(reports=(one, two)), now=NOON)
        assert store.reports([two.id, ReportId("none"), one.id]) == [two, one]

    def test_what_is_kept_is_not_unseen(self, store: DeskStore) -> None:
        old, new = report("old"), report("new")
        store.apply(Decision(reports=(old,)), now=NOON)
        assert store.unseen([new, old, new]) == [new]

    def test_an_edit_under_another_id_is_a_version_of_its_dispatch(self, store: DeskStore) -> None:
        first = report("a", "Dam fails.")
        second = report("b", "Dam holds.", key=first.key)
        store.apply(Decision(reports=(first,)), now=NOON)
        assert store.unseen([second]) == [second]
        store.apply(Decision(reports=(second,)), now=minutes(1))
        assert store.versions([first.key, "no such key"]) == {first.key: [first, second]}

    def test_an_edit_under_its_old_id_gets_an_id_of_its_own(self, store: DeskStore) -> None:
        first, edited = report("a", "Dam fails."), report("a", "Dam holds.")
        store.apply(Decision(reports=(first,)), now=NOON)
        (version,) = store.unseen([edited, edited])
        assert version == replace(edited, id=version_id(edited))
        store.apply(Decision(reports=(version,)), now=NOON)
        assert store.unseen([edited, first, version]) == []
        assert store.versions([first.key]) == {first.key: [first, version]}

    def test_two_reports_that_came_with_one_id_are_both_unseen(self, store: DeskStore) -> None:
        one, two = report("a", "Dam fails."), report("a", "Bank raises rates.")
        fresh = store.unseen([one, two])
        assert [each.text for each in fresh] == [one.text, two.text]
        store.apply(Decision(reports=tuple(fresh)), now=NOON)
        assert store.reports([each.id for each in fresh]) == fresh

    def test_a_report_is_never_overwritten(self, store: DeskStore) -> None:
        kept = report("a", "Dam fails.")
        store.apply(Decision(reports=(kept,)), now=NOON)
        with pytest.raises(StoreError, match="other words"):
            store.apply(Decision(reports=(report("b"), report("a", "Dam holds."))), now=NOON)
        assert store.reports([kept.id, ReportId("b")]) == [kept]

    # One turn

    def test_a_turn_is_kept_whole(self, store: DeskStore) -> None:
        kept, other = rich_report(), report("other")
        decision = Decision(
            reports=(other, kept),
            findings=(findings(kept),),
            lineages=(lineage(kept, other),),
            placements=(placement(kept),),
            developments=(step(kept), step(kept, kind="corrected", replaces=other.id)),
        )
        changes = store.apply(decision, now=NOON)
        assert [each.development for each in changes] == list(decision.developments)
        assert {each.at for each in changes} == {NOON}
        assert store.findings([other.id, kept.id]) == list(decision.findings)
        assert store.lineages([kept.id]) == list(decision.lineages)
        assert store.placements([kept.id]) == list(decision.placements)
        assert store.changes(after=START) == changes

    def test_twice_is_once(self, store: DeskStore) -> None:
        decision = turn(rich_report(), report("b"))
        raws = [(each.id, Raw(place="feed", body=b"bytes")) for each in decision.reports]
        changes = store.apply(decision, now=NOON, raws=raws)
        cursor = store.cursor()
        assert store.apply(decision, now=minutes(5), raws=raws) == []
        assert store.cursor() == cursor
        assert store.changes(after=START) == changes
        assert store.stories() == store.stories(at=cursor)

    def test_a_turn_that_fails_leaves_nothing(self, store: DeskStore) -> None:
        kept = report("kept")
        store.apply(turn(kept), now=NOON)
        cursor = store.cursor()
        fresh = report("fresh")
        # The last thing written speaks of a report that nobody ever kept.
        broken = replace(turn(fresh), developments=(step(fresh), step(report("never kept"))))
        with pytest.raises(StoreError):
            store.apply(broken, now=NOON, raws=[(fresh.id, Raw(place="feed", body=b"bytes"))])
        assert store.reports([fresh.id]) == []
        assert store.findings([fresh.id]) == []
        assert store.raw(fresh.id) is None
        assert store.search("fresh") == []
        assert store.cursor() == cursor
        assert [each.development.report for each in store.apply(turn(fresh), now=NOON)] == [
            fresh.id
        ]

    def test_nothing_kept_is_nothing_changed(self, store: DeskStore) -> None:
        assert store.apply(Decision(), now=NOON) == []
        assert store.cursor() == 0
        assert store.changes(after=START) == []
        assert store.stories() == []
        assert store.story(StoryId("dam")) is None

    # Changes and cursors

    def test_a_reader_who_resumes_hears_everything_once(self, store: DeskStore) -> None:
        reports = [report(str(number)) for number in range(7)]
        told = [
            change
            for number, each in enumerate(reports)
            for change in store.apply(turn(each), now=minutes(number))
        ]
        heard = []
        after = START
        while page := store.changes(after=after, limit=3):
            heard += page
            after = page[-1].cursor
        assert heard == told
        assert [each.cursor for each in told] == sorted({each.cursor for each in told})
        assert store.cursor() == told[-1].cursor

    def test_a_report_arrives_once(self, store: DeskStore) -> None:
        one, two, silent = report("one"), report("two"), report("silent")
        first = store.apply(turn(one, two), now=NOON)
        corrected = Decision(reports=(silent,), developments=(step(one, kind="corrected"),))
        store.apply(corrected, now=minutes(1))
        assert store.arrivals([two.id, silent.id, ReportId("none"), one.id]) == first[::-1]

    def test_one_step_told_by_two_writers_is_heard_once(self, store: DeskStore) -> None:
        kept = report()
        store.apply(turn(kept), now=NOON)
        other = replace(turn(kept), developments=(step(kept, reasons=("seen beside others",)),))
        assert store.apply(other, now=NOON) == []

    def test_a_newer_finding_holds_and_the_older_can_be_shown(self, store: DeskStore) -> None:
        kept = report()
        (first,) = store.apply(turn(kept), now=NOON)
        # Cursor by cursor: what a turn found out without a step is told with the next one.
        second = replace(findings(kept), attributions=())
        store.apply(Decision(findings=(second,), lineages=(lineage(kept, shared=0.9),)), now=NOON)
        assert store.findings([kept.id]) == [second]
        assert store.findings([kept.id], at=first.cursor) == [findings(kept)]
        assert store.lineages([kept.id], at=first.cursor) == [lineage(kept)]
        (third,) = store.apply(turn(report("next")), now=NOON)
        assert store.findings([kept.id], at=third.cursor) == [second]
        assert store.placements([kept.id], at=START) == []

    # Rulings

    def test_a_ruling_comes_back_as_it_went_in_with_what_it_changed(self, store: DeskStore) -> None:
        one, two, three = report("one"), report("half \ud83d"), report("three")
        store.apply(turn(one, two, three), now=NOON)
        first = rule(two, one, reason="the same desk \0 \ud83d", by="night editor", at=minutes(1))
        second = rule(three, two, "apart")
        (change,) = store.apply(ruled(first, three), now=minutes(1))
        store.apply(ruled(second, three), now=minutes(2))
        assert change.development == step(three, kind="changed")
        assert store.rulings() == [first, second]
        assert store.rulings([one.id]) == store.rulings([one.id, ReportId("none")]) == [first]
        assert store.rulings([three.id, two.id, one.id]) == [first, second]
        assert store.rulings([]) == store.rulings([ReportId("none")]) == []

    def test_a_ruling_is_kept_once_and_each_new_one_is_told(self, store: DeskStore) -> None:
        one, two = report("one"), report("two")
        store.apply(turn(one, two), now=NOON)
        copied, separate = rule(two, one), rule(two, one, "separate")
        again = rule(two, one, at=minutes(3))
        told = [store.apply(ruled(each, two), now=NOON) for each in (copied, separate, again)]
        # Each tells the same step anew: the report was ruled on three times.
        assert [len(changes) for changes in told] == [1, 1, 1]
        assert store.apply(ruled(separate, two), now=minutes(9)) == []
        assert store.rulings() == [copied, separate, again]

    def test_rulings_can_be_read_as_of_a_cursor(self, store: DeskStore) -> None:
        one, two = report("one"), report("two")
        before = store.apply(turn(one, two), now=NOON)[-1].cursor
        copied, undecided = rule(two, one), rule(two, one, "undecided")
        (first,) = store.apply(ruled(copied, two), now=minutes(1))
        (second,) = store.apply(ruled(undecided, two), now=minutes(2))
        assert store.rulings(at=before) == []
        assert store.rulings([two.id], at=first.cursor) == [copied]
        assert store.rulings(at=second.cursor) == [copied, undecided]

    def test_a_ruling_on_a_report_that_is_not_kept_leaves_nothing(self, store: DeskStore) -> None:
        kept = report("kept")
        store.apply(turn(kept), now=NOON)
        with pytest.raises(StoreError):
            store.apply(ruled(rule(kept, report("never kept")), kept), now=NOON)
        assert store.rulings() == []
        assert store.cursor() == 1

    # Stories

    def test_a_story_has_its_reports_by_their_time(self, store: DeskStore) -> None:
        late = report("late", "Dam mended; it cracks, it fails.", published=minutes(9))
        early = report("early", "Dam cracks.", published=minutes(-9))
        undated = report("undated", "Dam fails.", published=None)
        store.apply(turn(late), now=minutes(10))
        store.apply(turn(early, undated), now=NOON)
        story = store.story(StoryId("dam"))
        assert story is not None
        assert story.reports == (early.id, undated.id, late.id)
        assert (story.first, story.last) == (early.published, late.published)
        assert story.headline == "Dam mended; it cracks, it fails."
        assert store.stories() == [story]

    def test_what_has_no_date_does_not_say_when_a_story_moved(self, store: DeskStore) -> None:
        dated, undated = report("dated", published=NOON), report("undated", published=None)
        store.apply(turn(dated, undated), now=minutes(600))
        story = store.story(StoryId("dam"))
        assert story is not None
        assert story.reports == (dated.id, undated.id)
        assert (story.first, story.last) == (NOON, NOON)

    def test_a_story_can_be_shown_as_it_was(self, store: DeskStore) -> None:
        one, two = report("one"), report("two")
        (first,) = store.apply(turn(one), now=NOON)
        before = store.story(StoryId("dam"))
        (second,) = store.apply(turn(two), now=minutes(1))
        assert store.story(StoryId("dam"), at=first.cursor) == before
        assert store.stories(at=first.cursor) == [before]
        assert store.story(StoryId("dam"), at=second.cursor) == store.story(StoryId("dam"))
        assert store.story(StoryId("dam"), at=START) is None
        assert store.stories(at=START) == []

    def test_a_report_stands_in_the_story_of_its_newest_step(self, store: DeskStore) -> None:
        one, two = report("one"), report("two")
        store.apply(turn(one, story="dam"), now=NOON)
        (apart,) = store.apply(turn(two, story="flood"), now=NOON)
        (merged,) = store.apply(Decision(developments=(step(two, "dam"),)), now=minutes(1))
        assert [each.id for each in store.stories()] == ["dam"]
        assert [each.id for each in store.stories(at=apart.cursor)] == ["flood", "dam"]
        (split,) = store.apply(Decision(developments=(step(two, "flood"),)), now=minutes(2))
        assert apart.cursor < merged.cursor < split.cursor
        assert [each.reports for each in store.stories()] == [(two.id,), (one.id,)]

    def test_a_story_says_where_its_reports_went(self, store: DeskStore) -> None:
        one, two, three = report("one"), report("two"), report("three")
        store.apply(turn(one, two, three), now=NOON)
        (split,) = store.apply(Decision(developments=(step(one, "bank"),)), now=minutes(1))
        assert store.moved_to(StoryId("dam")) == ["bank"]
        assert store.story(StoryId("dam")) is not None
        store.apply(Decision(developments=(step(two, "flood"), step(three, "flood"))), now=NOON)
        assert store.story(StoryId("dam")) is None
        assert store.moved_to(StoryId("dam")) == ["flood", "bank"]
        assert store.moved_to(StoryId("dam"), at=split.cursor) == ["bank"]
        assert store.moved_to(StoryId("flood")) == store.moved_to(StoryId("none")) == []

    def test_a_step_of_a_statement_says_nothing_of_where_its_report_stands(
        self, store: DeskStore
    ) -> None:
        one, two = report("one"), report("two")
        store.apply(turn(one, two), now=NOON)
        new = step(one, "flood", statement=StatementId("s"))
        denied = step(two, kind="disputed", statement=StatementId("t"))
        (first, second) = store.apply(Decision(developments=(new, denied)), now=minutes(1))
        assert [each.id for each in store.stories()] == ["dam"]
        assert store.story(StoryId("flood")) is None
        assert [each.development.statement for each in store.arrivals([one.id])] == [None]
        assert store.apply(Decision(developments=(step(one), new, denied)), now=minutes(2)) == []
        assert store.steps([two.id, one.id]) == [first, second]
        assert store.steps([one.id, two.id], at=first.cursor) == [first]
        assert store.steps([ReportId("none")]) == []

    def test_every_past_page_is_shown_exactly_as_it_was(self, store: DeskStore) -> None:
        desk = Desk(
            store=store, engine=LocalEngine(1), extract=extract_said, owners=lambda _: Owners()
        )
        reports = [
            report_said("one", "Ilse Maro", "12 people are dead in the valley below the dam"),
            report_said("two", "Odo Brandt", "the gates of the dam were opened too late on Friday"),
            report_said("copy", "Ilse Maro", "12 people are dead in the valley below the dam"),
            report_said("four", "Ilse Maro", "17 people are now dead in the valley below the dam"),
            report_said("one", "Ilse Maro", "11 people are dead in the valley below the dam"),
        ]
        pages: dict[Cursor, Briefing] = {}
        ids: list[ReportId] = []
        for number, each in enumerate(reports):
            (fresh,) = store.unseen([each])
            page_turn(
                desk, [(each, Raw(place=each.id, body=each.text.encode()))], now=minutes(number)
            )
            ids.append(fresh.id)
            made = gather(desk, ids, edition=Edition())
            pages[store.cursor()] = make_briefing(made, Edition(), since=minutes(number - 1))
        states = {line.state for page in pages.values() for line in page.lines}
        assert states >= {"new", "changed"}
        for number, (cursor, page) in enumerate(pages.items()):
            made = gather(desk, ids, edition=Edition(), at=cursor)
            assert make_briefing(made, Edition(), since=minutes(number - 1)) == page

    def test_stories_that_moved_last_come_first(self, store: DeskStore) -> None:
        for number, story in enumerate(["dam", "bank", "dam", "vote"]):
            store.apply(turn(report(str(number)), story=story), now=minutes(number))
        assert [each.id for each in store.stories()] == ["vote", "dam", "bank"]
        assert [each.id for each in store.stories(limit=2)] == ["vote", "dam"]

    # Times

    def test_since_gives_what_was_published_or_else_kept(self, store: DeskStore) -> None:
        early = report("early", published=minutes(-1))
        exact = report("exact", published=NOON)
        undated = report("undated", published=None)
        future = report("future", published=datetime(2099, 1, 1, tzinfo=UTC), doubts=("future",))
        store.apply(Decision(reports=(future, exact, early)), now=minutes(2))
        store.apply(Decision(reports=(undated,)), now=minutes(3))
        assert store.since(NOON) == [exact, future, undated]
        assert store.since(NOON, limit=2) == [future, undated]
        assert store.since(minutes(4)) == []

    # Search

    def test_search_finds_reports_with_all_the_words_newest_first(self, store: DeskStore) -> None:
        old = report("old", "Dam fails above Lowbridge", published=minutes(-60))
        new = report("new", "The dam at LOWBRIDGE, rebuilt", published=minutes(60))
        other = report("other", "A dam elsewhere")
        store.apply(Decision(reports=(new, other, old)), now=NOON)
        assert store.search("lowbridge dam") == [new, old]
        assert store.search("lowbridge dam", limit=1) == [new]
        assert store.search("lowb* dam") == [new, old]
        assert store.search("lowb dam") == []

    def test_search_does_not_mind_accents(self, store: DeskStore) -> None:
        kept = report("a", "Sept morts à Pont-Écluse")
        store.apply(Decision(reports=(kept,)), now=NOON)
        assert store.search("ecluse") == [kept]

    @pytest.mark.parametrize(
        "words",
        [
            '"', "'", "*", "***", "(", ")", "-dam", "--", ";", "{dam}", "dam + ", "dam^2", ":*",
            "dam AND", "NOT", "dam OR", "NEAR(", "headline:dam", "\0", "da\0m", "\ud83d", "", "   ",
            "…", "%", "_", "\\", "$1", "&", "|", "!", "<->", "'dam'", "dam:*",
            "x" * 100_000, "dam " * 10_000,
        ],
    )  # fmt: skip
    def test_nothing_a_reader_types_is_an_error(self, store: DeskStore, words: str) -> None:
        store.apply(Decision(reports=(report("a", "Nothing of the kind"),)), now=NOON)
        assert store.search(words) == []

    # Raw bytes

    def test_the_bytes_a_report_came_from_come_back(self, store: DeskStore) -> None:
        one, two, three = report("one"), report("two"), report("three")
        raw = Raw(
            place="https://gazette.example/feed",
            body=bytes(range(256)) * 9,
            media_type="application/rss+xml",
            charset="latin-1",
            url="https://gazette.example/feed.xml",
            fetched=NOON,
            outlet=Outlet(name="Lowbridge Gazette", country="GB"),
        )
        elsewhere = replace(raw, place="feeds/gazette.xml")
        store.apply(
            Decision(reports=(one, two, three)),
            now=NOON,
            raws=[(one.id, raw), (two.id, elsewhere)],
        )
        assert store.raw(one.id) == raw
        assert store.raw(two.id) == elsewhere
        assert store.raw(three.id) is None

    # Sources

    def test_a_source_keeps_what_its_polls_told(self, store: DeskStore) -> None:
        gazette = Subscription(
            url="https://gazette.example/feed",
            name="Gazette",
            outlet=Outlet(name="Lowbridge Gazette", owner="Courier group", country="GB"),
            added=NOON,
        )
        courier = Subscription(url="https://courier.example/rss", added=minutes(1))
        store.add_source(courier)
        store.add_source(gazette)
        assert store.sources() == [gazette, courier]

        good = Poll(
            url=gazette.url, at=minutes(2), due=minutes(20), etag='W/"1"',
            last_modified="Thu, 01 May", rhythm=RHYTHM, dropped=("item 3 has no text",),
        )  # fmt: skip
        store.note_polls([good])
        store.note_polls(
            [
                Poll(url=gazette.url, at=minutes(3), due=minutes(4), error="timed out"),
                Poll(url=gazette.url, at=minutes(4), due=minutes(6), error="no such host"),
                Poll(url="https://nowhere.example/feed", at=minutes(4)),
            ]
        )
        failing = replace(
            gazette,
            etag='W/"1"',
            last_modified="Thu, 01 May",
            last_polled=minutes(4),
            failing_since=minutes(3),
            last_error="no such host",
            failures=2,
            due=minutes(6),
            rhythm=RHYTHM,
            dropped=("item 3 has no text",),
        )
        assert store.sources() == [failing, courier]

        store.add_source(replace(gazette, name="The Gazette", pages=True, added=minutes(9)))
        assert store.sources()[0] == replace(failing, name="The Gazette", pages=True)

        store.note_polls([Poll(url=gazette.url, at=minutes(5), due=minutes(65))])
        assert store.sources()[0] == replace(
            gazette, name="The Gazette", pages=True, last_polled=minutes(5), due=minutes(65)
        )
        assert store.remove_source(gazette.url)
        assert not store.remove_source(gazette.url)
        assert store.sources() == [courier]

    def test_a_source_that_must_not_be_asked_again_is_paused_until_somebody_says_so(
        self, store: DeskStore
    ) -> None:
        gazette = Subscription(url="https://gazette.example/feed", added=NOON)
        store.add_source(gazette)
        store.note_polls(
            [
                Poll(
                    url=gazette.url, at=minutes(1), due=minutes(90), error="answered 410 Gone",
                    stop="answered 410 Gone",
                )
            ]
        )  # fmt: skip
        [stopped] = store.sources()
        assert stopped.paused
        assert stopped.stopped == "answered 410 Gone"
        store.add_source(replace(stopped, name="Gazette"))
        assert store.sources() == [replace(stopped, name="Gazette")]
        store.add_source(replace(stopped, paused=False))
        assert store.sources() == [replace(stopped, paused=False, stopped=None, due=None)]

    def test_a_source_that_moved_is_followed_where_it_is_now(self, store: DeskStore) -> None:
        old, new = "https://gazette.example/rss", "https://gazette.example/feed"
        gazette = Subscription(url=old, name="Gazette", added=NOON)
        store.add_source(gazette)
        store.note_polls([Poll(url=old, at=minutes(1), etag='"2"', moved_to=new)])
        moved = replace(gazette, url=new, last_polled=minutes(1), etag='"2"')
        assert store.sources() == [moved]
        # A second subscription to the same feed, found out when it moves there.
        store.add_source(gazette)
        store.note_polls([Poll(url=old, at=minutes(2), moved_to=new)])
        assert store.sources() == [moved]

    def test_sources_of_a_host_can_be_put_off_together(self, store: DeskStore) -> None:
        urls = [f"https://gazette.example/{name}" for name in "abc"]
        for url in urls:
            store.add_source(Subscription(url=url, added=NOON))
        store.note_polls([Poll(url=urls[1], at=NOON, due=minutes(90))])
        store.put_off(urls[:2], until=minutes(60))
        assert [one.due for one in store.sources()] == [minutes(60), minutes(90), None]

    def test_how_far_a_follow_was_told_is_remembered(self, store: DeskStore) -> None:
        assert store.told_up_to("one") is None
        store.note_told("one", Cursor(3))
        store.note_told("other", Cursor(5))
        store.note_told("one", Cursor(9))
        assert (store.told_up_to("one"), store.told_up_to("other")) == (9, 5)

    def test_the_logbook_is_the_one_that_was_noted_last(self, store: DeskStore) -> None:
        assert store.logbook() is None
        book = Logbook(since=NOON, turns=1, queue=3, last=Turn(began=minutes(1), seconds=0.5))
        store.note_polls([], logbook=book)
        assert store.logbook() == book
        later = replace(book, turns=2, last=Turn(began=minutes(2), error="the disk is full"))
        store.note_polls([], logbook=later)
        assert store.logbook() == later

    # Pruning

    def test_stories_at_rest_are_pruned_and_what_they_told_is_never_news_again(
        self, store: DeskStore
    ) -> None:
        old, older, living, newest = (report(name) for name in ("old", "older", "live", "new"))
        raws = [(one.id, Raw(place="feed", body=one.text.encode())) for one in (old, older, living)]
        store.apply(turn(older, old, story="dam"), now=NOON, raws=raws[:2])
        store.apply(turn(living, story="bank"), now=NOON, raws=raws[2:])
        store.apply(turn(newest, story="bank"), now=minutes(90))
        cursor = store.cursor()
        assert store.prune(before=minutes(60), now=minutes(100), limit=1) == 1
        assert store.prune(before=minutes(60), now=minutes(100)) == 1
        assert store.prune(before=minutes(60), now=minutes(100)) == 0
        assert store.reports([old.id, older.id, living.id, newest.id]) == [living, newest]
        assert [one.id for one in store.stories()] == [StoryId("bank")]
        assert store.search("report old") == []
        assert store.search("report live") == [living]
        assert store.findings([old.id]) == []
        assert store.lineages([old.id]) == []
        # A living story keeps its reports; the bytes that they came in are old all the same.
        assert store.raw(living.id) is None
        assert store.pruned(old.id) == minutes(100)
        assert store.pruned(living.id) is None
        assert store.unseen([old, living, report("next")]) == [report("next")]
        assert store.cursor() == cursor
        assert [one.development.report for one in store.changes(after=START)] == [
            living.id,
            newest.id,
        ]

    def test_what_a_report_that_stays_stands_on_is_not_pruned(self, store: DeskStore) -> None:
        first, edited, ruled = report("first"), report("edited"), report("ruled")
        store.apply(turn(first, story="dam"), now=NOON)
        store.apply(turn(ruled, story="bank"), now=NOON)
        decision = turn(edited, story="ferry")
        [step_of_it] = decision.developments
        decision = replace(decision, developments=(replace(step_of_it, replaces=first.id),))
        store.apply(decision, now=minutes(90))
        ruling = Ruling(report=edited.id, other=ruled.id, verdict="separate")
        store.apply(Decision(rulings=(ruling,)), now=minutes(91))
        assert store.prune(before=minutes(60), now=minutes(100)) == 0
        assert store.reports([first.id, ruled.id]) == [first, ruled]

    # Rules

    def test_a_time_without_a_zone_is_refused(self, store: DeskStore) -> None:
        with pytest.raises(ValueError, match="without a zone"):
            store.apply(turn(report()), now=datetime(2031, 5, 1))  # noqa: DTZ001
        assert store.reports([report().id]) == []


def rule(of: Report, other: Report, verdict: Verdict = "copied", **fields: Any) -> Ruling:
    return Ruling(report=of.id, other=other.id, verdict=verdict, **fields)


def ruled(ruling: Ruling, changed: Report) -> Decision:
    """Return a decision that is one ruling and the report that it moves."""
    return Decision(rulings=(ruling,), developments=(step(changed, kind="changed"),))
