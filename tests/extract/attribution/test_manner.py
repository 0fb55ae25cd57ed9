from __future__ import annotations

import pytest

from sayso.extract.attribution.manner import find_all_quotations, manner_of
from sayso.records import Span


@pytest.mark.parametrize(
    ("text", "content", "manner"),
    [
        pytest.param('"We are dry," she said.', ['"We are dry,"'], "direct", id="direct"),
        pytest.param("She said they were dry.", ["they were dry"], "indirect", id="indirect"),
        pytest.param(
            'She said they were "dry as bone."', ['they were "dry as bone."'], "mixed", id="mixed"
        ),
        pytest.param(
            '"We are," she said, "quite dry."', ["We are", "quite dry"], "direct", id="pieces"
        ),
        pytest.param("‘We are dry,’ she said.", ["We are dry"], "direct", id="single-marks"),
        pytest.param(
            "“We wait.\n“We hope,” she said.", ["We wait", "We hope"], "direct", id="paragraphs"
        ),
        pytest.param("She said …", ["…"], "indirect", id="no-word"),
    ],
)
def test_manner_is_the_share_in_quotation_marks(text: str, content: list[str], manner: str) -> None:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in content]
    assert manner_of(text, spans, find_all_quotations(text)) == manner
