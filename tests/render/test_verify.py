from __future__ import annotations

import dataclasses
import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.brief.records import Briefing
from sayso.records import Attribution, Findings, Report, ReportId
from sayso.render.briefing_json import digest, to_json
from sayso.render.page import Served, render_page
from sayso.render.verify import verify
from tests.hostile import ADDRESSES, TEXTS, hostile
from tests.lowbridge import lowbridge

BRIEFING, REPORTS = lowbridge()
PAGE = render_page(BRIEFING)
JSON = to_json(BRIEFING).decode()


def reseal(fields: dict[str, object]) -> str:
    """Return the fields as JSON with a digest that fits, as a forger would."""
    return json.dumps(fields | {"digest": digest(fields)})


@cache
def places_of(published: str, *words: str) -> list[int]:
    """Return the place of every character of `words` wherever they stand in `published`."""
    return [
        found.start() + offset
        for each in words
        for found in re.finditer(re.escape(each), published)
        for offset in range(len(each))
    ]


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(PAGE, id="page"),
        pytest.param(JSON, id="json"),
        pytest.param(json.dumps(json.loads(JSON), indent=2), id="json set out anew"),
        pytest.param(render_page(BRIEFING, served=Served(topic="a", prefix="/b")), id="served"),
    ],
)
def test_what_was_published_has_no_fault(published: str) -> None:
    assert verify(published, REPORTS) == []


@settings(max_examples=25, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(ADDRESSES))
def test_whatever_was_reported_has_no_fault(
    outlet: str, said: str, name: str, url: str | None
) -> None:
    briefing, reports = hostile(
        outlet=outlet, headline=said, said=said, name=name, role=name, url=url
    )
    assert verify(render_page(briefing), reports) == []
    assert verify(to_json(briefing).decode(), reports) == []


CHARACTERS = st.characters(min_codepoint=0x20, max_codepoint=0x2FFF)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_one_changed_character_of_words_speaker_or_outlet_is_found(data: st.DataObject) -> None:
    published = data.draw(st.sampled_from([PAGE, JSON]))
    names = [line.speaker.name for line in BRIEFING.lines if line.speaker and line.speaker.name]
    words = [each for line in BRIEFING.lines for each in (*line.quote.words, line.outlet)]
    place = data.draw(st.sampled_from(places_of(published, *names, *words)))
    other = data.draw(CHARACTERS.filter(lambda each: each != published[place]))
    assert verify(published[:place] + other + published[place + 1 :], REPORTS)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(PAGE) - 1), CHARACTERS)
def test_one_changed_character_anywhere_on_a_page_is_found(place: int, other: str) -> None:
    if PAGE[place] != other:
        assert verify(PAGE[:place] + other + PAGE[place + 1 :], REPORTS)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(PAGE)), st.sampled_from(["", "x", " ", "<b>", "<!-- -->"]))
def test_something_put_in_or_cut_off_is_found(place: int, more: str) -> None:
    if place < len(PAGE):
        rest = PAGE[place:] if more else ""
        assert verify(PAGE[:place] + more + rest, REPORTS)


def test_a_fault_names_the_line_and_what_was_expected() -> None:
    faults = verify(PAGE.replace(">The toll stands at 34", ">The toll stands at 43", 1), REPORTS)
    line = next(line for line in BRIEFING.lines if "toll" in line.quote.words[0])
    assert faults[0].where == line.id
    assert "expected “The toll stands at 34" in faults[0].what
    assert "found “The toll stands at 43" in faults[0].what


def with_line(**changes: object) -> Briefing:
    first = dataclasses.replace(BRIEFING.lines[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(BRIEFING, lines=(first, *BRIEFING.lines[1:]))


def with_speaker(name: str) -> Briefing:
    speaker = BRIEFING.lines[0].speaker
    assert speaker is not None
    return with_line(speaker=dataclasses.replace(speaker, name=name, inferred=False))


@pytest.mark.parametrize(
    "changed, told",
    [
        pytest.param(with_line(outlet="Another Wire"), "outlet", id="outlet"),
        pytest.param(with_line(url="https://evil.example/"), "address", id="address"),
        pytest.param(with_line(published=None), "time", id="time"),
        pytest.param(with_line(headline="Dam holds"), "headline", id="headline"),
        pytest.param(with_speaker("Nobody Atall"), "stands nowhere in the report", id="a-name"),
        pytest.param(with_speaker("The earth"), "is not whom the words name", id="another-name"),
        pytest.param(with_line(before="Not "), "words before", id="before"),
        pytest.param(with_line(after=" Not."), "words after", id="after"),
        pytest.param(with_line(between=(" not",)), "words between", id="between"),
        pytest.param(
            with_line(quote=dataclasses.replace(BRIEFING.lines[0].quote, words=("We are", "fine"))),
            "words: expected",
            id="words",
        ),
        pytest.param(
            with_line(source=dataclasses.replace(BRIEFING.lines[0].quote, words=("Mayor", "X"))),
            "words: expected",
            id="who",
        ),
    ],
)
def test_a_forged_record_with_a_digest_that_fits_is_found_by_the_reports(
    changed: Briefing, told: str
) -> None:
    for published in (to_json(changed).decode(), render_page(changed)):
        faults = verify(published, REPORTS)
        assert any(told in fault.what for fault in faults)
        assert all(fault.where != "digest" for fault in faults)


def found_in(briefing: Briefing) -> dict[ReportId, Findings]:
    """Return what a desk found that made `briefing`."""
    every = {report: Findings(report=report) for report in REPORTS}
    for line in briefing.lines:
        one = Attribution(
            id=line.attribution, source=None, cue=None, content=line.quote.spans,
            manner=line.manner, speaker=line.speaker, confidence=1.0, maker="test/1",
        )  # fmt: skip
        held = every[line.quote.report]
        every[line.quote.report] = dataclasses.replace(held, attributions=(*held.attributions, one))
    return every


def test_a_name_that_a_word_was_resolved_to_is_held_against_what_was_found() -> None:
    others = {
        line.speaker.name: line.speaker
        for line in BRIEFING.lines
        if line.speaker and line.speaker.name and line.speaker.kind == "person"
    }
    first, *_, last = others.values()
    assert first.name != last.name
    line = next(one for one in BRIEFING.lines if one.speaker == first)
    forged = dataclasses.replace(
        BRIEFING,
        lines=tuple(
            dataclasses.replace(one, speaker=dataclasses.replace(last, inferred=True))
            if one == line
            else one
            for one in BRIEFING.lines
        ),
    )
    found = found_in(BRIEFING)
    for made in (to_json(BRIEFING).decode(), PAGE):
        assert verify(made, REPORTS, findings=found) == []
    # The name stands in a report and the digest fits: only what was found tells.
    for made in (to_json(forged).decode(), render_page(forged)):
        assert verify(made, REPORTS) == []
        [fault] = verify(made, REPORTS, findings=found)
        assert fault.where == line.id
        assert "is not who was found to say it" in fault.what
    nothing = {report: Findings(report=report) for report in REPORTS}
    assert verify(JSON, REPORTS, findings=nothing)


def test_a_report_that_is_not_at_hand_is_named() -> None:
    missing = BRIEFING.lines[0].quote.report
    rest = {id: report for id, report in REPORTS.items() if id != missing}
    faults = verify(PAGE, rest)
    assert any(missing in fault.what and "not among" in fault.what for fault in faults)


def test_a_page_of_another_version_is_checked_for_its_words() -> None:
    older = render_page(dataclasses.replace(BRIEFING, maker="sayso 0.0.1"))
    older = older.replace("</main>", "</main><!-- as it looked then -->")
    assert verify(older, REPORTS, maker="sayso 0.1.0") == []
    assert verify(older.replace(">The toll", ">Some toll"), REPORTS, maker="sayso 0.1.0")
    assert verify(older, REPORTS)


@pytest.mark.parametrize(
    "published",
    [
        "", " ", "<", "<html>", "{", "{}", "\x00", "\ud800", "<?xml version='1.0' encoding='x'?>",
        '<script type="application/x-xz" id="briefing" data-seal="">e30=</script>',
        PAGE.replace('data-at="29-', f'data-at="{"9" * 5000}-'),
        PAGE.replace('data-at="', 'data-at="-'),
        PAGE.replace("<body>", '<body data-slug="a b" data-prefix="">'),
        PAGE.replace('id="briefing"', 'id="other"'),
        PAGE + PAGE,
    ],
)  # fmt: skip
def test_anything_else_is_a_fault_and_never_an_error(published: str) -> None:
    assert verify(published, REPORTS)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_no_text_breaks_it(published: str) -> None:
    assert verify(published, {})


def test_the_reports_at_hand_may_be_more_than_were_used() -> None:
    extra = Report(id=ReportId("f" * 12), key="x", text="x", headline="x", outlet="x")
    assert verify(PAGE, {**REPORTS, extra.id: extra}) == []


def test_a_record_that_is_resealed_in_another_order_is_the_same_record() -> None:
    fields = json.loads(JSON)
    turned = dict(reversed(fields.items()))
    assert verify(reseal(turned), REPORTS) == []
