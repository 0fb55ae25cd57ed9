"""What a credit means for lineage: whose dispatch a report says it is, or is partly made from.

Rule: a name is matched as a whole and whatever its language or spelling, by the list in
`data/agencies.toml`; a credited name that is not listed is an outlet's.

Credits are found in reports by `sayso.normalise`; here they are only weighed.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from sayso.records import Credit, Report
from sayso.trace.owners import domains

_ARTICLE = re.compile(r"^the\s+|\s+(?:news agency|news|agency|newsroom|staff)$")
# "With reporting by AP" is the outlet's own report that leans on AP; "(AP) —" is AP's dispatch.
_PARTLY = re.compile(
    r"\b(?:with|contribut\w+|additional|includes?|from .+ reports|reporting by|material|"
    r"compiled|based on|and wires)\b",
    re.IGNORECASE,
)


def agency(name: str) -> str | None:
    """Return the agency that goes by `name`, or None when no agency does."""
    return _agencies().get(_plain(name))


def origin_names(report: Report) -> tuple[str, ...]:
    """Return the agencies and outlets that `report` credits, agencies by their one name."""
    return tuple(dict.fromkeys(agency(credit.name) or credit.name for credit in report.credits))


def whole_origin(report: Report) -> Credit | None:
    """Return the credit that makes the whole report one origin's, or None.

    Several credits, or one that speaks of a contribution, leave it open who wrote what.
    """
    whole = [credit for credit in report.credits if not _PARTLY.search(credit.reason)]
    names = {agency(credit.name) or credit.name for credit in report.credits}
    return whole[0] if whole and len(names) == 1 else None


def wire(report: Report) -> str | None:
    """Return the agency that published `report` itself, or None when an outlet did."""
    return agency(report.outlet) or next(
        (_domains()[name] for name in domains(report.url) if name in _domains()), None
    )


@cache
def _agencies() -> dict[str, str]:
    return {
        _plain(alias): entry["name"]
        for entry in _list()
        for alias in (entry["name"], *entry.get("aliases", ()))
    }


@cache
def _domains() -> dict[str, str]:
    return {domain: entry["name"] for entry in _list() for domain in entry.get("domains", ())}


@cache
def _list() -> list[dict[str, str]]:
    text = resources.files("sayso.trace").joinpath("data/agencies.toml").read_text("utf-8")
    return list(tomllib.loads(text)["agency"])


def _plain(name: str) -> str:
    plain = " ".join(name.casefold().split())
    return _ARTICLE.sub("", plain) or plain
