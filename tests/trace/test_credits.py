"""What a credit means: whose dispatch a report is, and where it only leans on agencies."""

from __future__ import annotations

import dataclasses
import tomllib
from importlib import resources

import pytest

from sayso.normalise.agencies import agency
from sayso.normalise.credits import find_credits
from sayso.normalise.parts import Paragraph, find_parts
from sayso.normalise.text import paragraphs
from sayso.records import Report
from sayso.trace.credits import leans_on_unnamed, whole_origin
from tests.build import report

STORY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."


def told(*lines: str) -> Report:
    text = "\n\n".join(("Orla", *lines))
    marked = [Paragraph(span) for span in paragraphs(text)]
    parts = find_parts(text, marked, headline_first=True)
    return dataclasses.replace(report(text), parts=parts, credits=find_credits(text, parts))


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("Quelle: dpa", "DPA"),
        ("Źródło: PAP", "PAP"),
        ("（共同）", "Kyodo"),
        ("avec AFP", None),
        ("Redaktion mit dpa", None),
        ("Con información de EFE", None),
        ("По сообщению ТАСС", None),
        ("Źródło: PAP, Reuters", None),
    ],
)
def test_a_report_is_wholly_an_agencys_or_leans_on_it(line: str, whole: str | None) -> None:
    found = whole_origin(told(STORY, STORY, STORY, line))
    assert (found.name if found else None) == whole


@pytest.mark.parametrize("line", ["Agenturen", "المصدر: وكالات", "avec agences", "Orla – وكالات"])
def test_agencies_that_nobody_names_are_leant_on(line: str) -> None:
    assert leans_on_unnamed(told(line, STORY, STORY, STORY, STORY))
    assert not leans_on_unnamed(told(STORY, STORY, STORY, STORY))


def test_the_domains_of_agencies_name_them_as_credits_do() -> None:
    text = resources.files("sayso.trace").joinpath("data/wires.toml").read_text("utf-8")
    names = set(tomllib.loads(text)["domains"].values())
    assert {name for name in names if agency(name) != name} == set()
