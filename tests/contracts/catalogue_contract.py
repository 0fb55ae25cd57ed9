"""What every store must answer by name and by words, as of a cursor: a part of its contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.ids import make_id
from sayso.ports import DeskStore
from sayso.records import (
    Attribution,
    AttributionId,
    Cursor,
    Decision,
    Findings,
    Outlet,
    Report,
    ReportId,
    Sketch,
    Span,
    Speaker,
    Topic,
)
from tests.contracts.build import NOON, minutes, placement, report, step


def said(name: str, speaker: str, words: str, *, outlet: str = "Gazette") -> Decision:
    """Return a turn in which one report arrives and `speaker` says `words` in it."""
    text = f"Dam fails above Lowbridge\n\n{speaker} said {words}."
    of = report(name, text, outlet=outlet)
    return Decision(
        reports=(of,),
        findings=(found(of, speaker),),
        placements=(placement(of),),
        developments=(step(of),),
    )


def found(of: Report, speaker: str) -> Findings:
    cue = of.text.index(" said ", 27)
    return Findings(
        report=of.id,
        attributions=(
            Attribution(
                id=AttributionId(make_id("attribution", of.id)),
                cue=Span(cue + 1, cue + 5),
                content=(Span(cue + 6, len(of.text) - 1),),
                source=Span(27, cue),
                manner="indirect",
                confidence=0.9,
                maker="test/1",
                speaker=Speaker(name=speaker),
            ),
        ),
    )


def sketch(of: Report) -> Sketch:
    return Sketch(
        report=of.id,
        maker="test/1",
        outlet="Gazette \0 \ud83d",
        publisher=Outlet(name="Gazette", owner="Courier group"),
        published=of.published,
        shingles=b"\0\xff\1\2",
        terms=("dam", "écluse"),
        weights=(7, -1),
    )


class CatalogueContract:
    def test_a_topic_has_its_reports_the_last_to_come_first(self, store: DeskStore) -> None:
        one, two, three = (
            said("one", "Ida Voss", "the dam holds"),
            said("two", "Peer Lund", "it leaks", outlet="Courier"),
            said("three", "ida VOSS", "it broke", outlet="Courier"),
        )
        cursors = [store.apply(each, now=NOON)[0].cursor for each in (one, two, three)]
        names = [ReportId(name) for name in ("one", "two", "three")]
        for topic, held in (
            (Topic("speaker", "Ida Voss"), [names[2], names[0]]),
            (Topic("outlet", "courier"), [names[2], names[1]]),
            (Topic("story", "dam"), names[::-1]),
            (Topic("speaker", "Nobody"), []),
            (Topic("outlet", "Ida Voss"), []),
        ):
            assert store.about(topic) == held
            assert store.about(topic, limit=1) == held[:1]
            assert store.count_about([topic]) == [len(held)]
            for at in (Cursor(0), *cursors):
                then = [one for one in held if cursors[names.index(one)] <= at]
                assert store.about(topic, at=at) == then
                assert store.count_about([topic, topic], at=at) == 2 * [len(then)]

    def test_within_a_turn_each_report_arrives_by_its_own_change(self, store: DeskStore) -> None:
        one, two = said("one", "Ida Voss", "the dam holds"), said("two", "Ida Voss", "it leaks")
        both = Decision(
            reports=one.reports + two.reports,
            findings=one.findings + two.findings,
            developments=one.developments + two.developments,
        )
        first, second = store.apply(both, now=NOON)
        for topic in (Topic("speaker", "Ida Voss"), Topic("story", "dam")):
            assert store.about(topic, at=first.cursor) == ["one"]
            assert store.about(topic, at=second.cursor) == ["two", "one"]
        assert [each.id for each in store.search("dam", at=first.cursor)] == ["one"]

    def test_a_report_that_left_a_story_is_not_of_it(self, store: DeskStore) -> None:
        turn = said("one", "Ida Voss", "the dam holds")
        (came,) = store.apply(turn, now=NOON)
        store.apply(Decision(developments=(step(turn.reports[0], "bank"),)), now=NOON)
        assert store.about(Topic("story", "dam")) == []
        assert store.about(Topic("story", "dam"), at=came.cursor) == ["one"]
        assert store.about(Topic("story", "bank")) == ["one"]

    def test_keeping_a_turn_again_adds_nothing_to_a_topic(self, store: DeskStore) -> None:
        turn = said("one", "Ida Voss", "the dam holds")
        store.apply(turn, now=NOON)
        store.apply(said("two", "Peer Lund", "it leaks"), now=NOON)
        store.apply(turn, now=minutes(5))
        assert store.about(Topic("speaker", "Ida Voss")) == ["one"]
        assert store.count_about([Topic("outlet", "Gazette")]) == [2]
        assert len(store.search_said("dam holds")) == 1

    def test_what_is_found_anew_is_found_from_then_on(self, store: DeskStore) -> None:
        turn = said("one", "Ida Voss", "the dam holds")
        (came,) = store.apply(turn, now=NOON)
        anew = replace(turn.findings[0].attributions[0], speaker=Speaker(name="Peer Lund"))
        anew = replace(anew, content=(Span(0, 9),))  # “Dam fails”
        again = Findings(report=ReportId("one"), attributions=(anew,))
        store.apply(Decision(findings=(again,)), now=minutes(1))
        next_cursor = Cursor(came.cursor + 1)
        assert store.about(Topic("speaker", "Peer Lund"), at=came.cursor) == []
        assert store.about(Topic("speaker", "Peer Lund"), at=next_cursor) == ["one"]
        assert store.search_said("dam fails") == [("one", anew.id)]
        assert store.search_said("holds") == []

    def test_a_report_that_nobody_heard_of_is_found_when_it_arrives(self, store: DeskStore) -> None:
        turn = said("one", "Ida Voss", "the dam holds")
        store.apply(replace(turn, developments=()), now=NOON)
        assert store.about(Topic("speaker", "Ida Voss")) == []
        assert store.search_said("holds") == []
        store.apply(Decision(developments=turn.developments), now=NOON)
        assert store.about(Topic("speaker", "Ida Voss")) == ["one"]
        assert [report for report, _ in store.search_said("holds")] == ["one"]

    def test_search_is_as_of_a_cursor(self, store: DeskStore) -> None:
        turns = [said(str(number), "Ida Voss", f"it is {number} days") for number in range(4)]
        cursors = [store.apply(each, now=minutes(len(each.reports)))[0].cursor for each in turns]
        assert store.search("days", at=Cursor(0)) == []
        assert store.search_said("days", at=Cursor(0)) == []
        assert store.search_names("voss", at=Cursor(0)) == []
        for count, cursor in enumerate(cursors, start=1):
            assert {one.id for one in store.search("days", at=cursor)} == {
                str(number) for number in range(count)
            }
            assert [report for report, _ in store.search_said("days", at=cursor)] == [
                str(number) for number in reversed(range(count))
            ]
        assert len(store.search("days", at=cursors[-1], limit=2)) == 2
        assert len(store.search_said("days", limit=2)) == 2

    @pytest.mark.parametrize(
        ("words", "held"),
        [
            pytest.param("dam holds", ["one"], id="all-the-words"),
            pytest.param("voss dam", ["one"], id="with-the-speaker"),
            pytest.param("DAM hol*", ["one"], id="case-and-beginnings"),
            pytest.param("écluse", ["two"], id="accents"),
            pytest.param("leaks holds", [], id="of-two-statements"),
            pytest.param("above", [], id="in-the-headline-alone"),
            pytest.param("hol", [], id="no-whole-word"),
            pytest.param("…", [], id="no-word"),
        ],
    )
    def test_what_was_said_is_found_by_its_words(
        self, store: DeskStore, words: str, held: list[str]
    ) -> None:
        store.apply(said("one", "Ida Voss", "the dam holds"), now=NOON)
        store.apply(said("two", "Peer Lund", "the Ecluse leaks"), now=NOON)
        assert [report for report, _ in store.search_said(words)] == held

    def test_names_are_found_by_how_their_words_begin(self, store: DeskStore) -> None:
        store.apply(said("one", "Ida Voss", "it holds", outlet="Vossland Courier"), now=NOON)
        store.apply(said("two", "Zoé Voss", "it leaks", outlet="Gazette"), now=NOON)
        store.apply(said("three", "Zoé Voss", "it broke", outlet="Gazette"), now=NOON)
        zoe, ida = Topic("speaker", "Zoé Voss"), Topic("speaker", "Ida Voss")
        assert store.search_names("voss") == [zoe, ida, Topic("outlet", "Vossland Courier")]
        assert store.search_names("VOS zoe") == [zoe]
        assert store.search_names("voss", limit=1) == [zoe]
        assert store.search_names("oss") == []
        assert store.search_names("*") == []

    def test_an_edition_finds_the_reports_that_hold_its_terms(self, store: DeskStore) -> None:
        texts = {
            "one": "The dams are failing above the city",
            "two": "A dam is hoping for rain",
            "three": "Skies over the bank",
            "four": "Nothing of the kind",
        }
        cursors = {}
        for name, text in texts.items():
            of = report(name, text)
            turn = Decision(reports=(of,), developments=(step(of),))
            cursors[name] = store.apply(turn, now=NOON)[0].cursor
        terms = ("dam", "failed", "hope", "bank sky")
        assert store.holding(terms) == ["three", "two", "one"]
        assert store.holding(terms, least=2) == ["two", "one"]
        assert store.holding(terms, least=2, at=cursors["one"]) == ["one"]
        assert store.holding(terms, limit=1) == ["three"]
        assert store.holding((), least=2) == store.holding(("the",)) == []

    @pytest.mark.parametrize("words", ['"', "*", "\0", "\ud83d", "dam OR", "²", "x" * 10_000, "&"])
    def test_nothing_asked_by_name_is_an_error(self, store: DeskStore, words: str) -> None:
        store.apply(said("one", f"Ida {words} Voss", f"it {words} holds"), now=NOON)
        store.search_said(words)
        store.search_names(words)
        store.holding((words,))
        assert store.about(Topic("speaker", f"Ida {words} Voss")) == ["one"]

    def test_sketches_come_back_as_they_went_in_in_the_order_of_their_time(
        self, store: DeskStore
    ) -> None:
        times = {"early": minutes(-9), "undated": None, "late": minutes(9), "old": minutes(-99)}
        reports = [report(name, published=at) for name, at in times.items()]
        made = [sketch(each) for each in reports]
        first = Decision(reports=tuple(reports), sketches=tuple(made[:1]))
        store.apply(first, now=NOON)
        known = store.sketches(minutes(-10))
        assert [(name, known_as) for name, _, known_as in known] == [
            ("early", made[0]),
            ("undated", None),
            ("late", None),
        ]
        store.apply(Decision(sketches=tuple(made)), now=minutes(1))
        assert list(store.sketches(minutes(-100))) == [
            (made[number].report, NOON, made[number]) for number in (3, 0, 1, 2)
        ]

    def test_what_is_pruned_is_of_no_topic(self, store: DeskStore) -> None:
        turn = said("one", "Ida Voss", "the dam holds")
        store.apply(replace(turn, sketches=(sketch(turn.reports[0]),)), now=NOON)
        rest = said("two", "Peer Lund", "it leaks")
        moved = tuple(step(each, "bank") for each in rest.reports)
        store.apply(replace(rest, developments=moved), now=minutes(90))
        assert store.prune(before=minutes(60), now=minutes(100)) == 1
        assert store.about(Topic("speaker", "Ida Voss")) == []
        assert store.count_about([Topic("outlet", "Gazette")]) == [1]
        assert store.search_names("voss") == []
        assert store.search_said("holds") == []
        assert [report for report, _ in store.search_said("leaks")] == ["two"]
