"""Who puts a figure on something."""

from __future__ import annotations

import pytest

from sayso.extract.rules.put import figures_put
from tests import build


@pytest.mark.parametrize(
    "text, source, cue, content",
    [
        pytest.param(
            "She now puts the dead at 17 and says that more may follow.",
            "She",
            "now puts",
            "the dead at 17",
            id="and-says",
        ),
        pytest.param(
            "Governor Odo Brandt put damage in the valley at at least 1.1 billion crowns.",
            "Governor Odo Brandt",
            "put",
            "damage in the valley at at least 1.1 billion crowns",
            id="at-at-least",
        ),
        pytest.param(
            "The fire brigade put the number of people who were not found at “well over a dozen”,"
            " but hoped for better.",
            "The fire brigade",
            "put",
            "the number of people who were not found at “well over a dozen”",
            id="in-quotation-marks",
        ),
    ],
)
def test_who_puts_a_thing_at_a_number_reports_it(
    text: str, source: str, cue: str, content: str
) -> None:
    report = build.report(text)
    (one,) = figures_put(report, [])
    assert one.source is not None
    assert one.cue is not None
    cut = [report.cut(span) for span in (one.source, one.cue, *one.content)]
    assert cut == [source, cue, content]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The crew put the boats at the far end of the harbour.", id="a-place"),
        pytest.param("The plan would put the rate at 25 percent.", id="would"),
        pytest.param("We put the goats on the roof at six.", id="we"),
        pytest.param("The storm put lives at risk in Vesk.", id="at-risk"),
    ],
)
def test_what_is_put_elsewhere_is_no_report(text: str) -> None:
    assert figures_put(build.report(text), []) == []


def test_what_a_finder_has_read_is_not_read_again() -> None:
    report = build.report("Ilse Maro said the mayor put the dead at 17.")
    said = build.said(report, "the mayor put the dead at 17", source="Ilse Maro", speaker="Maro")
    assert figures_put(report, [said]) == []
