from __future__ import annotations

import csv
import io

from hypothesis import given, settings

from sayso.render.csv import COLUMNS, render_reactions_csv
from tests.hostile import NASTY, TEXTS, hostile
from tests.lowbridge import lowbridge


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_each_reaction_is_a_row_with_its_words_and_where_they_stand() -> None:
    briefing, reports = lowbridge()
    read = rows(render_reactions_csv(briefing))
    assert [row["place"] for row in read] == [each.place for each in briefing.reactions]
    assert read[1]["words"] == "The crossings would stay open “day and night”"
    text = next(report.text for report in reports.values() if report.id == read[1]["report"])
    assert text[int(read[1]["start"]) : int(read[1]["end"])] == read[1]["words"]


def test_rows_end_as_the_standard_says() -> None:
    text = render_reactions_csv(lowbridge()[0])
    assert text.startswith(",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert text.count("\r\n") == 5


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_no_cell_runs_in_a_spreadsheet(outlet: str, said: str, name: str) -> None:
    briefing, _ = hostile(outlet=outlet, headline=said, said=said, name=name, role=said, url=said)
    (row,) = rows(render_reactions_csv(briefing))
    for cell in row.values():
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_a_formula_is_kept_readable_behind_an_apostrophe() -> None:
    formula = NASTY[15]
    briefing, _ = hostile(outlet="O", headline="H", said=formula, name="N", role="R", url=None)
    assert rows(render_reactions_csv(briefing))[0]["words"] == f"'{formula}"
