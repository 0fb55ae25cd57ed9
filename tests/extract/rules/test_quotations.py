from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.rules.quotations import find_quotations

MARKS = "“”\"'‘’`«»"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        pytest.param("“We are safe,” the mayor said.", ["We are safe,"], id="curly"),
        pytest.param('"We are safe," the mayor said.', ["We are safe,"], id="straight"),
        pytest.param("''We are safe,'' the mayor said.", ["We are safe,"], id="two-single-marks"),
        pytest.param("``We are safe,'' the mayor said.", ["We are safe,"], id="typewriter"),
        pytest.param('“We are safe," he said.', ["We are safe,"], id="opens-curly-closes-straight"),
        pytest.param('"We are safe,” he said.', ["We are safe,"], id="opens-straight-closes-curly"),
        pytest.param("‘We’re safe,’ she said.", ["We’re safe,"], id="british-with-apostrophe"),
        pytest.param("'We're safe,' she said.", ["We're safe,"], id="british-straight"),
        pytest.param("It's the dogs' dinner, isn't it?", [], id="apostrophes-alone"),
        pytest.param("The ‘90s were kind to Orla’s mills.", [], id="decade"),
        pytest.param(
            "'The miners' dinner is late,' he said.",
            ["The miners' dinner is late,"],
            id="plural-that-owns-within-single-marks",
        ),
        pytest.param(
            "\"She said 'never' to me,\" he said.", ["She said 'never' to me,"], id="nested"
        ),
        pytest.param("“We go on.", ["We go on."], id="never-closed-runs-to-the-end"),
        pytest.param('"One. "Two," he said.', ['One. "Two,'], id="opened-twice-is-one"),
        pytest.param('The 6" pipe burst.', [], id="inches"),
        pytest.param("«Nous partons», dit-il.", ["Nous partons"], id="guillemets"),
        pytest.param('"A," he said. "B."', ["A,", "B."], id="two"),
    ],
)
def test_marks_that_belong_together_are_found(text: str, quoted: list[str]) -> None:
    found = find_quotations(text, 0, len(text))
    assert [text[q.start : q.end].strip(MARKS) for q in found] == quoted


def test_only_the_given_paragraph_is_read() -> None:
    text = '"Go on.\n"Stop," he said.'
    start = text.index("\n") + 1
    [found] = find_quotations(text, start, len(text))
    assert text[found.start : found.end] == '"Stop,"'


@given(st.text(alphabet="ab .,'\"“”‘’`«»s\t"))
def test_quotations_stand_in_order_inside_their_paragraph(text: str) -> None:
    at = 0
    for quotation in find_quotations(text, 0, len(text)):
        assert at <= quotation.start < quotation.end <= len(text)
        at = quotation.end
