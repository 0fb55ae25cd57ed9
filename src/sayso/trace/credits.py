"""What a credit means for lineage: whose dispatch a report says it is, or is partly made from.

Rule: a credited name that no agency goes by is an outlet's. Several credits, or one that speaks
of a contribution, leave it open who wrote what, and doubt never makes a report independent.

Credits are found in reports by `sayso.normalise`, which also knows the agencies' names; under
which domains they publish themselves is in `data/wires.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from sayso.normalise import forms
from sayso.normalise.agencies import agency
from sayso.records import Credit, Report
from sayso.trace.owners import domains

# "With reporting by AP" is the outlet's own report that leans on AP; "(AP) —" is AP's dispatch.
_PARTLY = re.compile(
    r"\b(?:with|contribut\w+|assisted|provided|additional|further|reporting|writing|material"
    r"|information|files|compiled|based on)\b",
    re.IGNORECASE,
)

_AGENCY = re.compile(
    r"\b(?:(?:news|press|telegraph|telegraphic|information) (?:agency|association)|newswire"
    r"|agence de presse|press[e-]?agentur|nachrichtenagentur|agenzia (?:di )?stampa"
    r"|agencia de noticias|ag[êe]ncia de not[íi]cias|информационное агентство)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[(/]([^()/]{2,40})[)/]")


def origin_names(report: Report) -> tuple[str, ...]:
    """Return the agencies and outlets that `report` credits, agencies by their one name."""
    return tuple(dict.fromkeys(_one_name(credit.name) for credit in report.credits))


def _one_name(name: str) -> str:
    """Return an agency by its one name, also where a page names it by its host."""
    return agency(name) or _domains().get(name) or name


def whole_origin(report: Report) -> Credit | None:
    """Return the credit that makes the whole report one origin's, or None."""
    if len(origin_names(report)) != 1:
        return None
    return next((credit for credit in report.credits if not _is_partly(credit.reason)), None)


def _is_partly(reason: str) -> bool:
    return _PARTLY.search(reason) is not None or forms.leaning(reason) is not None


def wire(report: Report) -> str | None:
    """Return the agency that published `report` itself, or None when an outlet did.

    One that nobody listed shows itself: by its name, or by a dateline that credits the very
    outlet that prints it, "SELMONTE (Norvane) —", as only agencies write.
    """
    known = _domains()
    listed = agency(report.outlet) or next(
        (known[name] for name in domains(report.url) if name in known), None
    )
    if listed or not report.outlet:
        return listed
    shows = _AGENCY.search(report.outlet) is not None or _signs_itself(report)
    return report.outlet if shows else None


def _signs_itself(report: Report) -> bool:
    words = [word for word in re.split(r"[\s-]+", report.outlet) if word[:1].isupper()]
    names = {report.outlet.casefold(), report.outlet.casefold().removeprefix("the ")}
    if len(words) > 1:
        names.add("".join(word[0] for word in words).casefold())
    return any(
        found[1].strip().casefold() in names
        for span in report.spans("dateline")
        for found in _SIGNED.finditer(report.cut(span))
    )


def leans_on_unnamed(report: Report) -> bool:
    """Tell whether `report` says that it is partly agencies' work and not which agencies'."""
    return not report.credits and any(
        forms.unnamed().search(report.cut(span)) for span in report.spans("byline", "credit")
    )


@cache
def _domains() -> dict[str, str]:
    text = resources.files("sayso.trace").joinpath("data/wires.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["domains"])
