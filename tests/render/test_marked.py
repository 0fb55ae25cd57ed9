from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Attribution, AttributionId, Findings, Part, Report, ReportId, Span
from sayso.render.marked import mark

TEXT = "Dam fails\n\nThe mayor said the minister was told to leave.\n\nSee also: rain"


def found(*spans: Span, source: Span | None = None, cue: Span | None = None) -> Attribution:
    return Attribution(
        id=AttributionId("a"), cue=cue, content=spans, source=source, manner="indirect",
        confidence=1.0, maker="test/1",
    )  # fmt: skip


def report(*parts: Part) -> Report:
    return Report(
        id=ReportId("r"), key="r", text=TEXT, headline="Dam fails", outlet="G", parts=parts
    )


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_each_part_is_shown_with_its_kind_and_the_text_between_parts_without() -> None:
    whole = report(Part("headline", place("Dam fails")), Part("see-also", place("See also: rain")))
    parts = mark(whole, Findings(report=whole.id))
    assert [part.kind for part in parts] == ["headline", None, "see-also"]


def test_the_narrower_role_is_shown_where_two_overlap() -> None:
    one = found(place("the minister was told to leave"), source=place("The mayor"))
    two = found(place("to leave"), source=place("the minister"), cue=place("was told"))
    whole = report(Part("body", place("The mayor said the minister was told to leave.")))
    (part,) = [p for p in mark(whole, Findings(report=whole.id, attributions=(one, two))) if p.kind]
    assert [(each.words, each.role) for each in part.stretches] == [
        ("The mayor", "source"), (" said ", "plain"), ("the minister", "source"), (" ", "words"),
        ("was told", "cue"), (" ", "words"), ("to leave", "words"), (".", "plain"),
    ]  # fmt: skip
    assert part.opens == ("a", "a")


SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda ends: Span(min(ends), max(ends))
)


@given(st.lists(st.tuples(SPANS, SPANS), max_size=6))
def test_no_character_is_lost_or_shown_twice(spans: list[tuple[Span, Span]]) -> None:
    whole = report(Part("headline", place("Dam fails")), Part("see-also", place("See also: rain")))
    findings = Findings(
        report=whole.id, attributions=tuple(found(one, source=other) for one, other in spans)
    )
    shown = "".join(each.words for part in mark(whole, findings) for each in part.stretches)
    assert shown == TEXT
