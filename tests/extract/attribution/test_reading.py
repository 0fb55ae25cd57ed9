from __future__ import annotations

import dataclasses

from sayso.extract.attribution.decode import Found
from sayso.extract.attribution.layout import Vocabulary, lay_out
from sayso.extract.attribution.reading import as_attribution, paragraphs_of
from sayso.records import Part, PartKind, Span
from tests import build

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])


def test_promotion_and_credits_are_not_read() -> None:
    report = build.report(["Read our blog.", "Vell spoke.", "With reporting by X"], headline="Dam")
    kinds: tuple[PartKind, ...] = ("headline", "promotion", "body", "credit")
    parts = tuple(Part(kind, p.span) for kind, p in zip(kinds, report.parts, strict=True))
    report = dataclasses.replace(report, parts=parts)
    paragraphs, headlines = paragraphs_of(report)
    assert [report.cut(p) for p in paragraphs] == ["Dam", "Vell spoke."]
    assert headlines == [True, False]


def test_a_report_without_parts_is_read_whole_with_its_first_line_as_headline() -> None:
    report = dataclasses.replace(build.report(["Dam holds", "Vell spoke.\nOrr sang."]), parts=())
    paragraphs, headlines = paragraphs_of(report)
    assert [report.cut(p) for p in paragraphs] == ["Dam holds", "Vell spoke.", "Orr sang."]
    assert headlines == [True, False, False]


def test_a_long_first_line_is_no_headline() -> None:
    report = dataclasses.replace(build.report("word " * 40), parts=())
    assert paragraphs_of(report)[1] == [False]


def test_an_empty_report_has_nothing_to_read() -> None:
    assert paragraphs_of(dataclasses.replace(build.report(""), parts=())) == ([], [])


def test_a_finding_becomes_spans_of_its_report() -> None:
    report = build.report('"It will hold," Vell said.')
    paragraphs, headlines = paragraphs_of(report)
    layout = lay_out(report.text, paragraphs, headlines, VOCABULARY)
    found = Found(cue=range(7, 8), source=range(6, 7), content=(range(1, 4),), confidence=0.9)
    made = as_attribution(report, layout, found, "test/1")
    assert report.cut(made.cue or Span(0, 0)) == "said"
    assert report.cut(made.source or Span(0, 0)) == "Vell"
    assert [report.cut(piece) for piece in made.content] == ['"It will hold,"']
    assert (made.manner, made.modality, made.speaker) == ("direct", "asserted", None)
    assert made == as_attribution(report, layout, found, "test/1")
    other = as_attribution(report, layout, dataclasses.replace(found, source=None), "test/1")
    assert other.id != made.id
