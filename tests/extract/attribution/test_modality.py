from __future__ import annotations

import pytest

from sayso.extract.attribution.modality import modality_of
from sayso.records import Span


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "modality"),
    [
        ("Vell said the dam held.", "Vell", "said", "the dam held", "asserted"),
        ("Vell did not say when the dam broke.", "Vell", "say", "when the dam broke", "negated"),
        ("Vell didn’t say when it broke.", "Vell", "say", "when it broke", "negated"),
        ("Vell declined to say why.", "Vell", "declined to say", "why", "negated"),
        ("Vell denied the dam broke.", "Vell", "denied", "the dam broke", "asserted"),
        ("Vell said it would not break.", "Vell", "said", "it would not break", "asserted"),
        ("Vell not only said it held but proved it.", "Vell", "said", "it held", "asserted"),
        ("Nobody said the dam held.", "Nobody", "said", "the dam held", "negated"),
        ("Vell would say the dam held.", "Vell", "say", "the dam held", "hypothetical"),
        ("If Vell says the dam held, he errs.", "Vell", "says", "the dam held", "hypothetical"),
        ("It looked as if Vell said so.", "Vell", "said", "so", "asserted"),
        ("Vell will announce new dams.", "Vell", "announce", "new dams", "future"),
        ("Vell is expected to announce new dams.", "Vell", "announce", "new dams", "future"),
        ("Vell expects the dam to hold.", "Vell", "expects", "the dam to hold", "asserted"),
        ("Vell hopes the dam holds.", "Vell", "hopes", "the dam holds", "asserted"),
        ("Vell asked whether the dam held.", "Vell", "asked", "whether the dam held", "asked"),
        ("Vell asked reporters why they came.", "Vell", "asked", "why they came", "asked"),
        ("“Who pays?” Vell asked.", "Vell", "asked", "“Who pays?”", "asked"),
        ("Asked about the dam, Vell left.", "", "Asked about", "the dam", "asked"),
        ("Vell was asked about the dam.", "", "was asked", "about the dam", "asked"),
        ("Vell asked the court for time.", "Vell", "asked", "the court for time", "asserted"),
        ("“It will hold,” said Vell.", "Vell", "said", "“It will hold,”", "asserted"),
        ("It was not over, Vell said.", "Vell", "said", "It was not over", "asserted"),
        ("Vell did not resign but said it held.", "Vell", "said", "it held", "asserted"),
        ("Vell would not resign and said it held.", "Vell", "said", "it held", "asserted"),
        ("Vell came and did not say why.", "Vell", "say", "why", "negated"),
        ("Vell could not leave. Orr said so.", "Orr", "said", "so", "asserted"),
    ],
)  # fmt: skip
def test_modality_is_read_from_the_words_around_the_cue(
    text: str, source: str, cue: str, content: str, modality: str
) -> None:
    who = place(text, source) if source else None
    assert modality_of(text, place(text, cue), who, (place(text, content),)) == modality


def test_a_missing_source_leaves_the_clause_before_the_cue() -> None:
    text = "It has not been said that the dam held, but it was reported that it leaked."
    assert modality_of(text, place(text, "said"), None, (place(text, "the dam held"),)) == "negated"
    reported = place(text, "reported")
    assert modality_of(text, reported, None, (place(text, "it leaked"),)) == "asserted"
