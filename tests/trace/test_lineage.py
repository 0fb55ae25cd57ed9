from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.bench.copies import OPERATIONS, make_copies
from sayso.records import Credit, Report, ReportId
from sayso.trace import Ruling, trace, trace_all
from sayso.trace.owners import Owners
from tests.build import NOON, at, report
from tests.trace.texts import FERRY, FERRY_AGAIN, MINE, SPEECH

NOBODY = Owners()
HALBERT = Owners(given={"Orla Gazette": "Halbert", "Brinmouth Post": "Halbert"})


def dispatch(**fields: Any) -> Report:
    return report(list(FERRY), headline="Ferry runs aground", published=at("08:00"), **fields)


def copy_of(paragraphs: Sequence[str] = FERRY, **fields: Any) -> Report:
    fields.setdefault("published", at("11:00"))
    return report(list(paragraphs), outlet="Brinmouth Post", **fields)


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(FERRY, id="verbatim"),
        pytest.param(FERRY[:2], id="cut"),
        pytest.param((*FERRY, *MINE), id="extended"),
        pytest.param((FERRY[3], FERRY[5], *FERRY[:3], FERRY[4]), id="reordered"),
        pytest.param((*FERRY[:3], *MINE[:3]), id="merged from two"),
        pytest.param([one.replace(" the ", " this ") for one in FERRY], id="lightly rewritten"),
    ],
)
def test_a_copy_names_its_origin_and_shows_the_passages(paragraphs: tuple[str, ...]) -> None:
    first, copy = dispatch(), copy_of(paragraphs)
    found = trace(copy, [first], owners=NOBODY)
    assert (found.origin, found.overlap) == (first.id, "copy")
    assert any("published it 3 h before" in reason for reason in found.reasons)
    for passage in found.passages:
        here, there = copy.cut(passage.here).split(), first.cut(passage.there).split()
        assert here[0].casefold() == there[0].casefold()
        assert here[-1].strip(".,").casefold() == there[-1].strip(".,").casefold()


def test_two_own_works_on_one_event_are_no_copies() -> None:
    found = trace(copy_of(FERRY_AGAIN), [dispatch()], owners=NOBODY)
    assert (found.origin, found.overlap) == (None, "none")


def test_a_thorough_rewriting_leaves_a_doubt() -> None:
    rewritten = (
        FERRY_AGAIN[0],
        FERRY_AGAIN[2],
        FERRY_AGAIN[1] + " Four lifeboats and a fishing vessel took off the passengers one by one.",
        "The Marigold had left Brinmouth two hours late because a bow door would not shut.",
    )
    found = trace(copy_of(rewritten), [dispatch()], owners=NOBODY)
    assert (found.origin, found.other, found.doubt) == (None, dispatch().id, True)
    assert "perhaps rewritten from" in found.reasons[0]


def test_a_shared_long_quotation_is_no_copy() -> None:
    one = report([*MINE[:2], f"“{SPEECH}”", MINE[2]], published=at("08:00"))
    other = copy_of([*FERRY_AGAIN[:3], f"“{SPEECH}”"])
    found = trace(other, [one], owners=NOBODY)
    assert (found.origin, found.other, found.overlap) == (None, one.id, "quotation")
    assert found.passages


def test_a_quotation_that_fills_half_of_two_short_reports_is_no_copy() -> None:
    one = report([MINE[0], f"“{SPEECH}”", "The hall was cold."], published=at("08:00"))
    other = copy_of([f"“{SPEECH}”", FERRY_AGAIN[0]])
    found = trace(other, [one], owners=NOBODY)
    assert (found.origin, found.other, found.overlap) == (None, one.id, "quotation")


def test_a_report_that_is_nothing_but_a_quotation_is_copied_with_it() -> None:
    one = report([MINE[0], f"“{SPEECH}”"], published=at("08:00"))
    found = trace(copy_of([f"“{SPEECH}”", "She bowed."]), [one], owners=NOBODY)
    assert (found.origin, found.overlap) == (one.id, "copy")
    assert "few of them its own" in found.reasons[0]


def test_what_an_outlet_prints_every_week_is_boilerplate() -> None:
    standing = FERRY[3] + " " + FERRY[5]
    weeks = [
        report([*body, standing], published=NOON + timedelta(days=7 * week))
        for week, body in enumerate((MINE, FERRY_AGAIN, (SPEECH, *MINE[::-1])))
    ]
    found = trace(weeks[1], [weeks[0]], owners=NOBODY)
    assert (found.origin, found.overlap) == (None, "boilerplate")


def test_an_outlet_that_works_its_report_over_copies_itself() -> None:
    update = report([MINE[0], *FERRY[1:]], published=at("20:00"))
    assert trace(update, [dispatch()], owners=NOBODY).origin == dispatch().id


def test_without_time_and_credit_the_origin_is_unknown() -> None:
    copy = copy_of(published=None)
    found = trace(copy, [dispatch()], owners=NOBODY)
    assert (found.origin, found.other, found.overlap) == (None, dispatch().id, "copy")
    assert "neither time nor credit tells which came first" in found.reasons


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param({"doubts": ("dayless",)}, {}, id="a day without a time"),
        pytest.param({"doubts": ("redated",)}, {}, id="re-dated"),
        pytest.param({"doubts": ("zoneless",)}, {}, id="no zone, three hours apart"),
        pytest.param({"published": at("08:01")}, {}, id="the same minute"),
        pytest.param({}, {"doubts": ("future",)}, id="the other dated in the future"),
    ],
)
def test_a_doubtful_time_tells_nothing(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert trace(copy_of(**mine), [dispatch(**theirs)], owners=NOBODY).origin is None


def test_credit_goes_before_time() -> None:
    copy = copy_of(
        published=at("07:00"), credits=(Credit("Orla Gazette", None, "first published by"),)
    )
    found = trace(copy, [dispatch()], owners=NOBODY)
    assert found.origin == dispatch().id
    assert any("credits Orla Gazette" in reason for reason in found.reasons)
    assert trace(dispatch(), [copy], owners=NOBODY).origin is None


def test_an_agency_is_the_origin_of_what_an_outlet_shares_with_it() -> None:
    wire = report(list(FERRY), outlet="AP", published=at("15:00"))
    found = trace(copy_of(), [wire], owners=NOBODY)
    assert (found.origin, found.origin_name) == (wire.id, "AP")


def test_two_that_credit_one_agency_have_it_from_there() -> None:
    credit = (Credit("AP", None, "dateline"),)
    found = trace(copy_of(credits=credit), [dispatch(credits=credit)], owners=NOBODY)
    assert (found.origin, found.other, found.origin_name) == (None, dispatch().id, "AP")


def test_a_page_that_names_the_others_host_has_it_from_there() -> None:
    first = replace(dispatch(), published=None, url="https://www.valley.example/dam")
    credit = Credit("valley.example", None, "canonical address of the page")
    copy = replace(copy_of(credits=(credit,)), published=None)
    assert trace(copy, [first], owners=NOBODY).origin == first.id
    assert trace(first, [copy], owners=NOBODY).origin is None


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_an_editors_ruling_wins(side: str) -> None:
    first, copy = dispatch(), copy_of(FERRY_AGAIN)
    ruling = Ruling(report=copy.id, other=first.id, verdict="copied", reason="the desk rang them")
    assert trace(copy, [first], owners=NOBODY, rulings=[ruling]).origin == first.id
    verbatim = copy_of()
    one, other = (verbatim.id, first.id) if side == "mine" else (first.id, verbatim.id)
    apart = Ruling(report=one, other=other, verdict="separate")
    assert trace(verbatim, [first], owners=NOBODY, rulings=[apart]).overlap == "none"


def test_whoever_is_ruled_separate_from_a_dispatch_did_not_copy_its_printers_either() -> None:
    first, printed = (
        dispatch(outlet="Orla Gazette"),
        report(list(FERRY), outlet="Karst Echo", published=at("09:00")),
    )
    own = copy_of()
    apart = Ruling(report=own.id, other=first.id, verdict="separate")
    assert trace(own, [first, printed], owners=NOBODY).origin == first.id
    assert trace(own, [first, printed], owners=NOBODY, rulings=[apart]).origin is None
    from_printer = Ruling(report=own.id, other=printed.id, verdict="copied")
    found = trace(own, [first, printed], owners=NOBODY, rulings=[apart, from_printer])
    assert found.origin == printed.id
    # What came before the dispatch is no copy of it: the ruling says nothing of that.
    of_printer = Ruling(report=own.id, other=printed.id, verdict="separate")
    found = trace(own, [first, printed], owners=NOBODY, rulings=[of_printer])
    assert found.origin == first.id


def test_a_reason_is_told_once() -> None:
    credited = copy_of(credits=(Credit("Orla Gazette", None, "credit line"),))
    reasons = trace(credited, [dispatch(outlet="Orla Gazette")], owners=NOBODY).reasons
    assert sum("credits Orla Gazette" in reason for reason in reasons) == 1


def test_the_newest_ruling_counts_until_it_is_taken_back() -> None:
    first, copy = dispatch(), copy_of()
    separate = Ruling(report=copy.id, other=first.id, verdict="separate")
    of_stories = Ruling(report=copy.id, other=first.id, verdict="apart")
    taken_back = Ruling(report=first.id, other=copy.id, verdict="undecided")
    assert trace(copy, [first], owners=NOBODY, rulings=[separate, of_stories]).overlap == "none"
    found = trace(copy, [first], owners=NOBODY, rulings=[separate, taken_back])
    assert found == trace(copy, [first], owners=NOBODY)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(chance: random.Random) -> None:
    reports = [
        dispatch(),
        copy_of(),
        copy_of(FERRY[:3], headline="Ferry", published=None),
        report(list(FERRY[1:]), outlet="Karst Echo", published=at("10:00")),
        report(list(FERRY_AGAIN), outlet="Tern Times", published=at("10:00")),
        report(list(MINE), outlet="Karst Echo", published=at("09:00")),
    ]
    straight = trace_all(reports, owners=HALBERT)
    shuffled = trace_all(chance.sample(reports, len(reports)), owners=HALBERT)
    assert set(shuffled.lineages) == set(straight.lineages)
    assert shuffled.groups == straight.groups


def test_made_copies_are_found_whatever_was_done() -> None:
    bases = [
        replace(dispatch(), id=ReportId("ferry")),
        report(list(MINE), id=ReportId("mine"), published=at("08:00")),
        report([*FERRY_AGAIN, SPEECH], id=ReportId("again"), published=at("08:00")),
    ]
    made = make_copies(bases, random.Random(1), outlets=["Brinmouth Post", "Karst Echo"])
    assert {one.operation for one in made} == set(OPERATIONS)
    for one in made:
        found = trace(one.report, bases, owners=NOBODY)
        assert found.overlap == "copy", one.operation
        assert found.other in one.origins
