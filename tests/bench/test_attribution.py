from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sayso.bench.attribution import compare_with_people, measure, score, table
from sayso.bench.polnear import Article, Relation, parse_standoff, read_articles
from sayso.ids import make_id
from sayso.records import Attribution, AttributionId, Report, Span

TEXT = 'Mayor Vell said the old dam held. "It held for years," Orr said.'


def relation(cue: str, source: str | None, *content: str, text: str = TEXT) -> Relation:
    def spans(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Relation(
        source=(spans(source),) if source else (),
        cue=(spans(cue),),
        content=tuple(map(spans, content)),
    )


VELL = relation("said", "Mayor Vell", "the old dam held")
ORR = Relation(
    source=(Span(TEXT.index("Orr"), TEXT.index("Orr") + 3),),
    cue=(Span(TEXT.rindex("said"), TEXT.rindex("said") + 4),),
    content=(Span(TEXT.index('"'), TEXT.rindex('"') + 1),),
)


def article(*readings: tuple[Relation, ...]) -> Article:
    names = tuple(f"reader{at}" for at in range(len(readings)))
    return Article(id="a", text=TEXT, annotators=names, relations=readings)


@pytest.mark.parametrize(
    ("found", "agrees"),
    [
        pytest.param(VELL, ("overlap", "half", "exact"), id="the-same"),
        pytest.param(
            relation("said", "Mayor Vell", "the old dam held."),
            ("overlap", "half", "exact"),
            id="a-full-stop-at-the-edge-is-nothing",
        ),
        pytest.param(relation("said", "Vell", "old dam held"), ("overlap", "half"), id="half"),
        pytest.param(relation("said", "Vell", "held"), ("overlap",), id="one-token-of-four"),
        pytest.param(relation("said", None, "the old dam held"), (), id="source-missing"),
        pytest.param(relation("Vell", "Mayor", "the old dam held"), (), id="another-cue"),
    ],
)
def test_relations_agree_as_far_as_their_roles_do(found: Relation, agrees: tuple[str, ...]) -> None:
    measures = score([article((VELL,))], [[found]])
    held = tuple(n for n in ("overlap", "half", "exact") if measures[f"relation_{n}_f1"] == 1)
    assert held == agrees
    assert measures["relation_overlap_recall"] == ("overlap" in agrees)


def test_a_source_must_be_missing_in_both() -> None:
    bare = relation("said", None, "the old dam held")
    assert score([article((bare,))], [[bare]])["relation_exact_f1"] == 1
    assert score([article((bare,))], [[VELL]])["relation_overlap_f1"] == 0


def test_relations_are_matched_one_to_one() -> None:
    measures = score([article((VELL,))], [[VELL, VELL]])
    assert measures["relation_overlap_precision"] == 0.5
    assert measures["relation_overlap_recall"] == 1


def test_a_matching_gives_up_a_pair_for_a_larger_one() -> None:
    wide = Relation(source=VELL.source, cue=VELL.cue + ORR.cue, content=VELL.content)
    wide_source = Relation(
        source=VELL.source + ORR.source, cue=wide.cue, content=VELL.content + ORR.content
    )
    measures = score([article((VELL, ORR))], [[wide_source, VELL]])
    assert measures["relation_overlap_f1"] == 1


def test_direct_quotations_are_those_wholly_in_marks() -> None:
    measures = score([article((VELL, ORR))], [[VELL]])
    assert (measures["direct_recall"], measures["direct_content_recall"]) == (0, 0)
    measures = score([article((VELL, ORR))], [[ORR]])
    assert (measures["direct_recall"], measures["direct_content_recall"]) == (1, 1)


def test_people_are_compared_pair_by_pair() -> None:
    measures = compare_with_people([article((VELL, ORR), (VELL,))], [[VELL]])
    assert measures["people_exact_f1"] == round(2 / 3, 4)
    assert measures["beside_people_exact_f1"] == round((2 / 3 + 1) / 2, 4)
    assert compare_with_people([article((VELL,))], [[VELL]]) == {}


def test_standoff_is_read_with_pieces_and_without_source() -> None:
    ann = "\n".join(
        [
            "T1\tSource 0 10\tMayor Vell",
            "T2\tCue 11 15\tsaid",
            "T3\tContent 16 19;24 32\tthe dam held",
            "T4\tAttribution 11 15\tsaid",
            "E1\tAttribution:T4 Cue:T2 Source:T1 Content:T3",
            "T5\tCue 59 63\tsaid",
            "T6\tContent 34 54\tx",
            "T7\tContent 20 23\told",
            "E2\tAttribution-no-source:T5 Cue:T5 Content:T6 Content2:T7",
            "E3\tAttribution:T4 Cue:T2",
            "a line that continues a note",
        ]
    )
    first, second = parse_standoff(ann)
    assert first == Relation(
        source=(Span(0, 10),), cue=(Span(11, 15),), content=(Span(16, 19), Span(24, 32))
    )
    assert second.source == ()
    assert second.content == (Span(20, 23), Span(34, 54))


class Recites:
    """A finder that finds what it was given."""

    name = "recites/1"

    def __init__(self, *relations: Relation) -> None:
        self._relations = relations

    def find(self, report: Report) -> Sequence[Attribution]:
        return [
            Attribution(
                id=AttributionId(make_id("attribution", report.id, r.cue)),
                cue=r.cue[0],
                content=r.content,
                source=r.source[0] if r.source else None,
                manner="indirect",
                confidence=1.0,
                maker=self.name,
            )
            for r in self._relations
        ]


def test_any_finder_is_measured_on_a_folder_of_data(tmp_path: Path) -> None:
    ann = "T1\tSource 0 10\tx\nT2\tCue 11 15\tx\nT3\tContent 16 32\tx\n"
    ann += "E1\tAttribution:T2 Cue:T2 Source:T1 Content:T3"
    line = {"id": "a", "text": TEXT, "annotations": [{"annotator": "x", "ann": ann}]}
    (tmp_path / "polnear").mkdir()
    with gzip.open(tmp_path / "polnear" / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    [read] = read_articles(tmp_path / "polnear" / "dev.jsonl.gz")
    assert read.relations == ((VELL,),)
    measures = measure(Recites(VELL), tmp_path, workers=1)
    assert measures["relation_exact_f1"] == 1
    assert measures["reports_a_second"] > 0
    assert "relation_exact_f1" in table(measures)
