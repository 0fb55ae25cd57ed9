from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.records import Credit, Lineage, Part, Report, ReportId, Span
from sayso.trace.hearing import Hearing
from sayso.trace.independence import independence
from sayso.trace.owners import Owners
from tests.build import at, report

NOBODY = Owners()
THERE = Hearing(there=True)


def carrier(outlet: str, *credits: tuple[str, str], hour: int = 8) -> Report:
    return report(
        f"{outlet} has its own words.",
        outlet=outlet,
        published=at(f"{hour:02}:00"),
        credits=tuple(Credit(name, None, reason) for name, reason in credits),
    )


def copied(report: Report, other: Report, shared: float) -> dict[ReportId, Lineage]:
    return {
        report.id: Lineage(
            report=report.id, other=other.id, origin=other.id, shared=shared, overlap="copy"
        )
    }


def bounds(*reports: Report, owners: Owners = NOBODY, **rest: Any) -> tuple[int, int]:
    lineages = rest.pop("lineages", {})
    found = independence(reports, lineages, owners=owners, **rest)
    assert sorted(one for origin in found.origins for one in origin.reports) == sorted(
        one.id for one in reports
    )
    return found.low, found.high


def test_own_works_of_different_owners_are_independent() -> None:
    assert bounds(carrier("Gazette"), carrier("Echo"), carrier("Post")) == (3, 3)


def test_dispatches_of_one_agency_are_one_source_named_after_it() -> None:
    reports = [carrier(name, ("AP", "dateline")) for name in ("Gazette", "Echo", "Post")]
    found = independence(reports, {}, owners=NOBODY)
    assert (found.low, found.high, found.carriers) == (1, 1, 3)
    assert [(one.name, one.kind) for one in found.origins] == [("AP", "agency")]


def test_a_contribution_is_doubt_and_doubt_only_lowers() -> None:
    mixed = carrier("Gazette", ("AP", "With reporting by"))
    assert bounds(mixed, carrier("Echo", ("AP", "dateline"))) == (1, 2)


def test_a_report_made_from_two_agencies_does_not_make_them_one() -> None:
    both = carrier("Gazette", ("AP", "With reporting by"), ("Reuters", "With reporting by"))
    assert bounds(both, carrier("AP"), carrier("Reuters"))[0] == 2


def test_outlets_of_one_owner_count_once() -> None:
    owners = Owners(given={"Gazette": "Halbert", "Echo": "Halbert"})
    found = independence([carrier("Gazette"), carrier("Echo")], {}, owners=owners)
    assert (found.low, found.high) == (1, 1)
    assert (found.origins[0].name, found.origins[0].kind) == ("Halbert", "owner")
    assert "both belong to Halbert" in found.origins[0].reasons[0]


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        pytest.param(0.95, (1, 1), id="wholly copied"),
        pytest.param(0.3, (1, 2), id="partly copied: doubt"),
    ],
)
def test_a_copy_counts_with_its_origin(shared: float, expected: tuple[int, int]) -> None:
    first, copy = carrier("Gazette"), carrier("Echo", hour=9)
    assert bounds(first, copy, lineages=copied(copy, first, shared)) == expected


def test_two_copies_are_one_source_though_their_origin_is_not_among_the_carriers() -> None:
    origin, one, other = carrier("Gazette"), carrier("Echo"), carrier("Post")
    lineages = copied(one, origin, 0.9) | copied(other, origin, 0.9)
    assert bounds(one, other, lineages=lineages) == (1, 1)


def test_a_shared_quotation_leaves_two_witnesses() -> None:
    one, other = carrier("Gazette"), carrier("Echo")
    quoted = {other.id: Lineage(report=other.id, other=one.id, shared=0.4, overlap="quotation")}
    assert bounds(one, other, lineages=quoted) == (2, 2)


def test_an_unnamed_official_quoted_by_two_may_be_one() -> None:
    assert bounds(carrier("Gazette"), carrier("Echo"), unnamed=True) == (1, 2)


def test_what_one_outlet_says_that_another_said_counts_with_that_other() -> None:
    one, other = carrier("Northgate Times"), carrier("Echo")
    heard = {one.id: THERE, other.id: Hearing(relays=("the Northgate Times",))}
    assert bounds(one, other, heard=heard) == (1, 1)


def test_an_outlet_is_found_by_its_letters_and_behind_its_country() -> None:
    agency, paper = carrier("Halden Telegraph Agency"), carrier("Northgate Times")
    echo, post = carrier("Echo"), carrier("Post")
    heard = {
        agency.id: THERE,
        paper.id: THERE,
        echo.id: Hearing(relays=("HTA",)),
        post.id: Hearing(relays=("Britain’s Northgate Times",)),
    }
    assert bounds(agency, paper, echo, post, heard=heard) == (2, 2)


def test_who_does_not_show_where_it_has_the_words_lowers_only_the_lower_bound() -> None:
    gazette, echo, post = carrier("Gazette"), carrier("Echo"), carrier("Post")
    heard = {gazette.id: THERE, echo.id: THERE, post.id: Hearing()}
    assert bounds(gazette, echo, post, heard=heard) == (2, 3)
    assert bounds(echo, post, heard={}) == (1, 2)


def test_a_reporters_own_news_counts_unless_its_quotation_stands_elsewhere() -> None:
    gazette, echo = carrier("Gazette"), carrier("Echo")
    heard = {gazette.id: THERE, echo.id: Hearing(signed=True)}
    assert bounds(gazette, echo, heard=heard) == (2, 2)
    quoted = {echo.id: Lineage(report=echo.id, other=gazette.id, shared=0.1, overlap="quotation")}
    assert bounds(gazette, echo, heard=heard, lineages=quoted) == (1, 2)


def test_a_copy_does_not_tie_its_house_to_where_it_was_copied_from() -> None:
    owners = Owners(given={"Echo": "Halbert", "Post": "Halbert"})
    agency, echo, post = carrier("AP"), carrier("Echo"), carrier("Post")
    lineages = copied(echo, agency, 0.9)
    assert bounds(agency, echo, post, owners=owners, lineages=lineages) == (2, 2)


def test_what_an_editor_ruled_copied_is_one_source_beyond_doubt() -> None:
    first, copy = carrier("Gazette"), carrier("Echo")
    ruled = replace(copied(copy, first, 0.0)[copy.id], ruled=True)
    assert bounds(first, copy, lineages={copy.id: ruled}) == (1, 1)


def test_two_that_have_it_from_a_third_are_one() -> None:
    one, other = carrier("Gazette"), carrier("Echo")
    heard = dict.fromkeys((one.id, other.id), Hearing(relays=("RBC",)))
    assert bounds(one, other, heard=heard) == (1, 1)


def test_a_perhaps_rewritten_report_lowers_only_the_lower_bound() -> None:
    first, other = carrier("Gazette"), carrier("Echo")
    doubt = {other.id: Lineage(report=other.id, other=first.id, shared=0.2, doubt=True)}
    assert bounds(first, other, lineages=doubt) == (1, 2)


def test_who_works_with_agencies_and_names_none_is_in_doubt() -> None:
    text = "Echo with agencies\n\nA ferry ran aground."
    vague = replace(
        report(text, outlet="Echo"), parts=(Part("byline", Span(0, len("Echo with agencies"))),)
    )
    assert bounds(carrier("Gazette"), vague) == (1, 2)


def test_nobody_carries_nothing() -> None:
    assert bounds() == (0, 0)


def test_several_sources_of_one_statement_are_told_to_be_witnesses_and_no_more() -> None:
    gazette, echo = carrier("Gazette"), carrier("Echo")
    heard = {gazette.id: THERE, echo.id: THERE}
    named = independence([gazette, echo], {}, owners=NOBODY, heard=heard)
    assert "witnesses that these words were said" in named.note
    unnamed = independence([gazette, echo], {}, owners=NOBODY, heard=heard, unnamed=True)
    assert "may be the same person" in unnamed.note
    # One witness alone needs no word, and reports that carry no one statement have none.
    assert independence([gazette], {}, owners=NOBODY, heard=heard).note == ""
    assert independence([gazette, echo], {}, owners=NOBODY).note == ""


def test_an_outlet_that_was_copied_is_no_agency() -> None:
    first, copy = carrier("Gazette"), carrier("Echo", hour=9)
    lineages = {
        copy.id: replace(copied(copy, first, 0.9)[copy.id], origin_name="Gazette"),
    }
    found = independence([first, copy], lineages, owners=NOBODY)
    assert [(one.name, one.kind) for one in found.origins] == [("Gazette", "copy")]
    alone = independence([copy], lineages, owners=NOBODY)
    assert [(one.name, one.kind) for one in alone.origins] == [("Gazette", "copy")]


def test_an_outlet_that_prints_its_own_report_again_is_that_outlet() -> None:
    first, again = carrier("Gazette"), carrier("Gazette", hour=9)
    lineages = {again.id: replace(copied(again, first, 0.9)[again.id], origin_name="Gazette")}
    found = independence([first, again], lineages, owners=NOBODY)
    assert [(one.name, one.kind) for one in found.origins] == [("Gazette", "outlet")]
    assert "all published by Gazette" in found.origins[0].reasons
    assert not any("lean" in reason for reason in found.origins[0].reasons)


def test_the_agency_that_is_there_is_who_the_rest_lean_on() -> None:
    agency, leaning = carrier("AP"), carrier("Echo", ("AP", "With reporting by"))
    (origin,) = independence([agency, leaning], {}, owners=NOBODY).origins
    assert origin.reasons == ("the rest lean on AP",)


def test_a_copy_of_a_copy_counts_under_whoever_was_first() -> None:
    first, copy, again = carrier("Post"), carrier("Echo", hour=9), carrier("Gazette", hour=10)
    lineages = {
        copy.id: replace(copied(copy, first, 0.9)[copy.id], origin_name="Post"),
        again.id: replace(copied(again, copy, 0.9)[again.id], origin_name="Echo"),
    }
    found = independence([first, copy, again], lineages, owners=NOBODY)
    assert [(one.name, one.kind) for one in found.origins] == [("Post", "copy")]
