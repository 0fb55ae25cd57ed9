from __future__ import annotations

import pytest

from sayso.extract.attribution.layout import Vocabulary, lay_out, split_paragraphs
from sayso.extract.attribution.manner import manner_of
from sayso.records import Span

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        pytest.param('"We are dry," she said.', ['"We are dry,"'], "direct", id="direct"),
        pytest.param("She said they were dry.", ["they were dry"], "indirect", id="indirect"),
        pytest.param('She said it was "bone dry."', ['it was "bone dry."'], "mixed", id="mixed"),
        pytest.param('"We are," she said, "dry."', ["We are", "dry"], "direct", id="pieces"),
        pytest.param("‘We are dry,’ she said.", ["We are dry"], "direct", id="single-marks"),
        pytest.param("“We wait.\n“We go,” she said.", ["We wait", "We go"], "direct", id="long"),
        pytest.param("She said …", ["…"], "indirect", id="no-word"),
    ],
)  # fmt: skip
def test_manner_is_the_share_in_quotation_marks(text: str, content: list[str], manner: str) -> None:
    paragraphs = split_paragraphs(text, Span(0, len(text)))
    layout = lay_out(text, paragraphs, [False] * len(paragraphs), VOCABULARY)
    runs = []
    for words in content:
        start, end = text.index(words), text.index(words) + len(words)
        inside = [at for at, begin in enumerate(layout.starts) if start <= begin < end]
        runs.append(range(inside[0], inside[-1] + 1))
    assert manner_of(layout, runs) == manner
