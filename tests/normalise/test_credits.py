"""Whom a report names as where its copy comes from."""

from __future__ import annotations

import pytest

from sayso.normalise.agencies import agency
from sayso.normalise.bylines import people_in
from sayso.normalise.credits import find_credits, is_organisation
from sayso.normalise.parts import Paragraph, find_parts
from sayso.normalise.text import paragraphs
from sayso.records import Credit

STORY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."


def credits_of(*lines: str, outlet: str = "Orla Gazette") -> tuple[Credit, ...]:
    text = "\n\n".join(lines)
    marked = [Paragraph(span) for span in paragraphs(text)]
    found = find_credits(text, find_parts(text, marked, headline_first=True), outlet=outlet)
    for credit in found:
        assert credit.span is not None
        assert text[credit.span.start : credit.span.end].strip()
    return found


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("With reporting by AP and Reuters", ["AP", "Reuters"]),
        ("With reporting by Halden Wire, AFP, and dpa", ["Halden Wire", "AFP", "DPA"]),
        ("With additional reporting by Norvane", ["Norvane"]),
        ("With material from the Halden Press Agency", ["Halden Press Agency"]),
        ("Reuters contributed to this report.", ["Reuters"]),
        ("The Associated Press contributed to this report.", ["AP"]),
        ("Halden Wire contributed to this report.", ["Halden Wire"]),
        ("— Associated Press writer Pia Orm contributed to this report", ["AP"]),
        ("Halden News' Pia Orm and The Associated Press contributed to this report.",
         ["Halden News", "AP"]),
        ("Pia Orm contributed to this report.", []),
        ("Norvane contributed to this report.", ["Norvane"]),
        ("AP writers Pia K. Orm in Lowbridge, Halden, and Jan Dahl contributed to this report.",
         ["AP"]),
        ("Staff writer Pia Orm contributed to this report.", []),
        ("Halden Wire writers Pia Orm and Jan Dahl contributed to this report.", ["Halden Wire"]),
        ("Copyright 2025 Halden Syndicate, LLC. All rights reserved.", ["Halden Syndicate"]),
        ("Copyright 2025 The Orla Gazette Company", []),
        ("Pia Orm and Jan Dahl contributed reporting.", []),
        ("(Reporting by Pia Orm; Editing by Jan Dahl)", []),
        ("Additional reporting by agencies", []),
        ("Agencies contributed reporting", []),
        ("© 2020 Reuters", ["Reuters"]),
        ("Copyright 2020 The Associated Press. All rights reserved.", ["AP"]),
        ("© 2025 Halden Syndicate", ["Halden Syndicate"]),
        ("Copyright 2025 Orla Gazette. All rights reserved.", []),
        ("This article was originally published by Halden Wire.", ["Halden Wire"]),
        ("This story first appeared in the Lowbridge Courier.", ["Lowbridge Courier"]),
        ("Based on a story by Halden Wire", ["Halden Wire"]),
        ("Compiled by Pia Orm", []),
        ("Source: TASS", ["TASS"]),
        ("Quelle: dpa", ["DPA"]),
        ("Con información de EFE", ["EFE"]),
        ("По материалам ТАСС", ["TASS"]),
        ("Mit Material von dpa und AFP", ["DPA", "AFP"]),
        ("(AP, Reuters, dpa)", ["AP", "Reuters", "DPA"]),
        ("po/jd (AFP)", ["AFP"]),
        ("— Reuters", ["Reuters"]),
        ("This article is from Halden Wire.", ["Halden Wire"]),
        ("This report comes from the Halden Wire", ["Halden Wire"]),
        ("This story was provided by Norvane.", ["Norvane"]),
        ("This report is by Pia Orm", []),
        ("HALDEN WIRE", ["HALDEN WIRE"]),
        ("REUTERS", ["Reuters"]),
        ("Additional reporting by Tasnim Orm and Pia Bloomberg", []),
        ("Additional reporting by Tasnim and Bloomberg", ["Tasnim", "Bloomberg"]),
    ],
)  # fmt: skip
def test_credit_lines_name_their_agencies(line: str, names: list[str]) -> None:
    assert [credit.name for credit in credits_of(STORY, STORY, STORY, line)] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (f"WASHINGTON (AP) — {STORY}", ["AP"]),
        (f"ORLA, March 3 (Halden Wire) - {STORY}", ["Halden Wire"]),
        (f"MOSCOW, March 3. /TASS/. {STORY}", ["TASS"]),
        (f"BERLIN (dpa/AFP) - {STORY}", ["DPA", "AFP"]),
        (f"ORLA — {STORY}", []),
        (f"ORLA, March 3. /HNA/. {STORY}", ["HNA"]),
    ],
)
def test_datelines_name_their_agency(line: str, names: list[str]) -> None:
    found = credits_of("Reservoir Closed", line)
    assert [credit.name for credit in found] == names
    assert {credit.reason for credit in found} <= {"dateline"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Reuters", ["Reuters"]),
        ("By Pia Orm, Associated Press", ["AP"]),
        ("By Pia Orm of The Associated Press", ["AP"]),
        ("By Halden Wire staff", ["Halden Wire"]),
        ("By Pia Orm and Jan Dahl, Halden Wire", ["Halden Wire"]),
        ("By Pia Orm, Lowbridge", []),
        ("By Pia Orm", []),
        ("By Petra Orm and Efe Dahl", []),
        ("By Pia Orm, Staff Writer", []),
        ("By Pia Orm and Norvane", ["Norvane"]),
        ("By Pia Orm and Norvane, 3 March 2025, 18:05", ["Norvane"]),
        ("By Pia Orm in Lowbridge and Jan Dahl in Norvane", []),
        ("By Pia Orm and agencies", []),
        ("By Tasnim Orm", []),
        ("By Jan Bloomberg", []),
        ("By Bloomberg", ["Bloomberg"]),
        ("By Pia Orm Lowbridge Courier", []),
        ("3 March 2025, 18:05 · World News", []),
    ],
)
def test_bylines_name_their_agency(line: str, names: list[str]) -> None:
    found = credits_of("Reservoir Closed", line, STORY)
    assert [credit.name for credit in found] == names


def test_a_credit_points_at_the_words_that_name_it_and_says_what_it_is() -> None:
    text = f"{STORY}\n\nWith reporting by the Associated Press and Halden Wire"
    marked = [Paragraph(span) for span in paragraphs(text)]
    found = find_credits(text, find_parts(text, marked))
    assert [(c.name, c.reason, text[c.span.start : c.span.end]) for c in found if c.span] == [
        ("AP", "With reporting by", "Associated Press"),
        ("Halden Wire", "With reporting by", "Halden Wire"),
    ]


def test_a_byline_shared_with_an_agency_says_that_it_is_shared() -> None:
    (credit,) = credits_of("Reservoir Closed", "By Pia Orm and Norvane", STORY)
    assert "together with" in credit.reason


@pytest.mark.parametrize(
    ("story", "last", "names"),
    [
        ("“It is dry,” she told Norvane.", "NORVANE", ["Norvane"]),
        ("It was dry, a Norvane photographer said.", "NORVANE", ["Norvane"]),
        ("It was dry in Norvane.", "NORVANE", []),
        ("It was dry, and more is to come.", "MORE", []),
        ("It was dry.", "LOCAL NEWS", []),
        ("It was dry.", "ENDS", []),
    ],
)
def test_a_name_in_capitals_at_the_end_signs_where_the_report_names_it_as_agencies_do(
    story: str, last: str, names: list[str]
) -> None:
    found = credits_of("Reservoir Closed", STORY, story, last)
    assert [credit.name for credit in found] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("“It is dry,” Tall told our sister paper the Lowbridge Courier.", ["Lowbridge Courier"]),
        ("Tall said to the Gazette's sister paper, the Courier of the Valley.", []),
        ("Tall told our sister paper that it was dry.", []),
        ("Tall told the Lowbridge Courier that it was dry.", []),
        ("Halden Wire reported that it was dry.", []),
    ],
)
def test_what_was_told_to_a_sister_is_credit_and_attribution_is_none(
    line: str, names: list[str]
) -> None:
    assert [credit.name for credit in credits_of("Reservoir Closed", STORY, line, STORY)] == names


def test_an_outlet_does_not_credit_itself_by_its_initials() -> None:
    line = f"ORLA, March 3. /HNA/. {STORY}"
    assert credits_of("Reservoir Closed", line, outlet="Halden News Agency") == ()
    # Many an outlet happens to begin as an agency does.
    wire = credits_of("Reservoir Closed", f"ORLA (AP) — {STORY}", outlet="Atlantic Post")
    assert [credit.name for credit in wire] == ["AP"]


def test_each_name_is_credited_once_and_the_outlet_never() -> None:
    found = credits_of(
        f"ORLA (AP) — {STORY}",
        STORY,
        "AP and the Orla Gazette contributed to this report.",
        outlet="Orla Gazette",
    )
    assert [credit.name for credit in found] == ["AP"]


def test_agencies_in_the_story_or_under_a_picture_are_no_credits() -> None:
    assert credits_of(
        "Reservoir Closed",
        "The dam above Orla. (AP Photo/Pia Orm)",
        "Reuters reported that the board was warned.",
        STORY,
    ) == ()  # fmt: skip


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("AP", "AP"),
        ("the Associated Press", "AP"),
        ("Associated Press", "AP"),
        ("ТАСС", "TASS"),
        ("dpa", "DPA"),
        ("新华社", "Xinhua"),
        ("Halden Wire", None),
        ("ap", None),
    ],
)
def test_agencies_are_known_by_all_their_names(name: str, known: str | None) -> None:
    assert agency(name) == known


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Halden Wire", True),
        ("Lowbridge Courier", True),
        ("Norvane", True),
        ("LTN", True),
        ("Radio Free Halden", True),
        ("Pia Orm", False),
        ("Jan van der Dahl", False),
    ],
)
def test_organisations_are_told_from_persons(name: str, expected: bool) -> None:
    assert is_organisation(name) is expected


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Pia Orm", ("Pia Orm",)),
        ("By PIA ORM and JAN DAHL", ("Pia Orm", "Jan Dahl")),
        ("By Pia Orm, Halden Wire", ("Pia Orm",)),
        ("By Pia Orm and Jan Dahl of The Associated Press", ("Pia Orm", "Jan Dahl")),
        ("By Pia Orm, Staff Writer", ("Pia Orm",)),
        ("By Reuters", ()),
        ("Von Pia Orm und Jan Dahl", ("Pia Orm", "Jan Dahl")),
        ("By: Pia Orm with agencies", ("Pia Orm",)),
        ("Pia Orm and Norvane, 3 March 2025, 18:05", ("Pia Orm",)),
        ("3 March 2025, 18:05 · Pia Orm", ("Pia Orm",)),
        ("Pia Orm in Lower Bridge and Jan van der Dahl in Orla", ("Pia Orm", "Jan van der Dahl")),
        ("Pia Orm, Lowbridge crossing", ("Pia Orm",)),
        ("From our correspondent in Lower Bridge", ()),
    ],
)
def test_bylines_name_their_people(byline: str, people: tuple[str, ...]) -> None:
    assert people_in(byline) == people


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param("The envoy was called home, Halden Wire reports.", "Halden Wire", id="plain"),
        pytest.param(
            "He knew it in May, Norland’s Vale Gazette reported on Tuesday.",
            "Vale Gazette",
            id="whose it is, and the day",
        ),
        pytest.param(
            "“It will hold,” he told Parliament, Reuters reported.", "Reuters", id="agency"
        ),
        pytest.param("The bridge is shut, Pia Orm reports.", None, id="a reporter"),
        pytest.param(
            "The bridge is shut, Halden Wire reports, but a lane is open.", None, id="goes on"
        ),
        pytest.param(
            "On Monday Halden Wire reported that it was shut.", None, id="told in passing"
        ),
    ],
)
def test_a_lead_that_ends_in_whom_it_is_from_credits_them(words: str, named: str | None) -> None:
    found = credits_of(
        "A headline of the day", words, "The road is open.", "It is mild, Vale Courier reports."
    )
    assert [one.name for one in found] == ([named] if named else [])
