from __future__ import annotations

import dataclasses

import pytest

from sayso.brief.records import Quote
from sayso.records import ReportId, Span
from sayso.render.passage import differences, passage
from tests.build_briefing import Newsroom, make_report
from tests.lowbridge import lowbridge


@pytest.mark.parametrize("line", lowbridge()[0].lines, ids=lambda line: line.quote.words[0][:24])
def test_every_stretch_that_has_a_place_is_cut_from_there(line: object) -> None:
    briefing, reports = lowbridge()
    for each in briefing.lines:
        if each != line:
            continue
        stretches = passage(each)
        text = reports[each.quote.report].text
        placed = [stretch for stretch in stretches if stretch.span is not None]
        assert all(text[s.span.start : s.span.end] == s.words for s in placed if s.span)
        assert [s.words for s in placed if s.role == "words"] == list(each.quote.words)
        starts = [s.span.start for s in placed if s.span]
        assert starts == sorted(starts)


def test_a_paragraph_that_was_cut_short_is_still_in_its_place() -> None:
    briefing, reports = lowbridge()
    line = briefing.lines[1]
    short = dataclasses.replace(line, before=line.before[-5:], after=line.after[:7])
    stretches = passage(short)
    start, end = line.quote.spans[0].start, line.quote.spans[-1].end
    text = reports[line.quote.report].text
    assert (
        "".join(each.words for each in stretches)
        == (text[start - len(short.before) : end + len(short.after)])
    )


def test_a_source_within_the_words_is_not_told_twice() -> None:
    room = Newsroom()
    report = room.report(make_report("Gazette", "H", "The mayor said the mayor would stay."))
    line = room.line(report, "the mayor would stay", cue="said")
    inner = Quote(report.id, (line.quote.spans[0],), line.quote.words)
    doubled = dataclasses.replace(line, source=inner)
    assert (
        "".join(each.words for each in passage(doubled)) == "The mayor said the mayor would stay."
    )


def quoted(words: str) -> Quote:
    return Quote(ReportId("r"), (Span(0, len(words)),), (words,))


@pytest.mark.parametrize(
    "line, carrier, other",
    [
        pytest.param("one two three", "one two three", [], id="the same"),
        pytest.param("one two three", "One TWO three", [], id="other letters"),
        pytest.param("“one,” ‘two’", "\"one,\" 'two'", [], id="other quotation marks"),
        pytest.param("one two three", "one four three", ["four"], id="a word"),
        pytest.param("one", "one, he said", [", he said"], id="more"),
    ],
)
def test_words_that_the_line_lacks_are_told_apart(
    line: str, carrier: str, other: list[str]
) -> None:
    told = differences(quoted(line), quoted(carrier))
    assert "".join(word.text for word in told) == carrier
    assert [word.text.strip() for word in told if not word.same] == other
