from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Findings, Speaker
from sayso.trace.statements import Said, Statements, group, same
from sayso.trace.statements import said as read_said
from sayso.trace.voices import same_speaker
from sayso.trace.wording import read_wording
from tests.build import NOON, report, said

BRANKA = Speaker(name="Branka Oduya", role="harbour minister")


def uttered(
    words: str,
    *,
    speaker: Speaker | None = BRANKA,
    manner: str = "indirect",
    outlet: str = "Orla Gazette",
    **fields: Any,
) -> Said:
    printed = report(
        f"{words} Outlet: {outlet}", outlet=outlet, published=fields.pop("published", NOON)
    )
    return read_said(printed, said(printed, words, speaker=speaker, manner=manner, **fields))


SAME = [
    pytest.param(
        "“The tug will come before the first snow,”",
        '"The tug will come before the first snow."',
        id="other quotation marks",
    ),
    pytest.param(
        "“The tug will come before the first snow, and it will stay,”",
        "“The tug will come before the first snow”",
        id="trimmed",
    ),
    pytest.param(
        "that the tug “will come before the first snow of the year”",
        "The new tug “will come before the first snow of the year,”",
        id="the same quoted words, led up to otherwise",
    ),
    pytest.param(
        "four tugs would be bought for the harbour",
        "it would purchase four tugs for the harbour",
        id="a synonym and the passive",
    ),
    pytest.param(
        "at least 300,000 people had been evacuated from the islands",
        "at least three hundred thousand people have been evacuated from the islands",
        id="a number in words, tense shifted by reporting",
    ),
    pytest.param(
        "the neighbouring harbour has received 80 tonnes of diesel",
        "the neighboring harbor received 80 tons of diesel",
        id="spelling",
    ),
]

DIFFERENT = [
    pytest.param(
        "40 tugs were sent to the harbour", "400 tugs were sent to the harbour", id="number"
    ),
    pytest.param(
        "“It is 40 million and it is available today”",
        "“It is 400 million and it is available today”",
        id="millions",
    ),
    pytest.param(
        "up to 300 people were aboard the ferry",
        "more than 300 people were aboard the ferry",
        id="bound",
    ),
    pytest.param("the ferry was safe to sail", "the ferry was not safe to sail", id="denied"),
    pytest.param("“We never asked for a tug”", "“We asked for a tug”", id="never"),
    pytest.param(
        "the company will close the eastern shaft",
        "the company closed the eastern shaft",
        id="future against past",
    ),
    pytest.param(
        "“The islands will pay for two tugs”", "“The islands may pay for two tugs”", id="hedged"
    ),
    pytest.param(
        "the tugs would be sent to Brinmouth harbour",
        "the tugs would be sent to Karst harbour",
        id="another place",
    ),
    pytest.param(
        "the minister had promised the islands boats",
        "the minister had promised the islands planes",
        id="another object",
    ),
    pytest.param(
        "ferry traffic to the islands had increased sharply",
        "ferry traffic to the islands had decreased sharply",
        id="turned round",
    ),
    pytest.param(
        "Brinmouth warned Karst of the flood", "Karst warned Brinmouth of the flood", id="roles"
    ),
    pytest.param(
        "the inquiry opens on Monday in Brinmouth",
        "the inquiry opens on Friday in Brinmouth",
        id="weekday",
    ),
    pytest.param(
        "the crew would strike if the shaft were closed", "the crew would strike", id="condition"
    ),
    pytest.param("“It is done”", "“It is over”", id="too short to tell"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_thing_said_is_one_statement(one: str, other: str) -> None:
    found = same(uttered(one), uttered(other, outlet="Brinmouth Post"))
    assert found.same, found.reason


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
@pytest.mark.parametrize("manner", ["direct", "indirect"])
def test_a_distortion_is_never_merged(one: str, other: str, manner: str) -> None:
    found = same(uttered(one, manner=manner), uttered(other, manner=manner))
    assert not found.same, found.reason


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"speaker": Speaker(name="Ivo Oduya")}, id="another first name"),
        pytest.param({"speaker": Speaker(name="Ivo Marsh")}, id="another person"),
        pytest.param({"speaker": Speaker(name="Oduya", kind="organisation")}, id="a body"),
        pytest.param({"said_on": date(2025, 3, 1)}, id="another day"),
        pytest.param({"modality": "negated"}, id="denies having said it"),
        pytest.param({"speaker": None}, id="nobody in particular"),
    ],
)
def test_the_same_words_of_another_are_another_statement(fields: dict[str, Any]) -> None:
    words = "the tug would come before the first snow of the year"
    assert not same(
        uttered(words, said_on=date(2025, 3, 3)),
        uttered(words, **{"said_on": date(2025, 3, 3)} | fields),
    ).same


def test_reported_speech_led_in_by_that_is_the_same_words() -> None:
    one, other = uttered("that the tug came before snow"), uttered("the tug came before snow")
    assert same(one, other).kind == "identical"


@pytest.mark.parametrize(
    ("speaker", "merged"),
    [
        pytest.param(Speaker(name=None, role="Duty book", kind="document"), True, id="one book"),
        pytest.param(Speaker(name=None, role="log book", kind="document"), False, id="two books"),
        pytest.param(
            Speaker(name=None, role="duty book", kind="organisation"), False, id="two kinds"
        ),
    ],
)
def test_copies_of_what_a_document_says_are_one_statement(speaker: Speaker, merged: bool) -> None:
    book = Speaker(name=None, role="duty book", kind="document")
    words = "the tug left the harbour at the usual hour"
    one, other = uttered(words, speaker=book), uttered(words, speaker=speaker, outlet="Echo")
    assert same(one, other).same is merged
    assert len(Statements([one, other]).all()) == (1 if merged else 2)
    short = "the tug left", "the tug left"
    assert not same(*(uttered(each, speaker=book) for each in short)).same


def test_two_unnamed_sources_are_one_only_where_their_words_are() -> None:
    unnamed = Speaker(name=None, role="a senior official", kind="unnamed")
    words = "the duty officer “waited for permission to be alarmed”"
    one, other = uttered(words, speaker=unnamed), uttered(words, speaker=unnamed, outlet="Echo")
    assert same(one, other).same
    assert same(one, other).confidence < 0.8
    told = uttered("the officer on duty waited to be permitted alarm", speaker=unnamed)
    assert not same(one, told).same


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", True),
        ("President Zelenskiy", "Zelensky", True),
        ("B. Oduya", "Branka Oduya", True),
        ("Branka Oduya", "Bruno Oduya", False),
        ("Mr. Oduya", "Branka Marsh", False),
    ],
)
def test_speakers_are_known_by_their_names(one: str, other: str, sure: bool) -> None:
    assert bool(same_speaker(Speaker(name=one), Speaker(name=other))) is sure


def test_two_claims_cut_from_one_long_one_are_not_taken_for_each_other() -> None:
    whole = "“Four tugs will come to the harbour before winter. No ferry sails until they do.”"
    first = uttered("“Four tugs will come to the harbour before winter”", outlet="A")
    second = uttered("“No ferry sails until they do”", outlet="B")
    assert not same(first, second).same
    made = Statements([uttered(whole, outlet="C"), first, second]).all()
    assert sum(len(one.utterances) for one in made) == 3


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(chance: random.Random) -> None:
    sayings = [
        uttered(
            str(param.values[side]), outlet=f"O{at}-{side}", published=NOON + timedelta(minutes=at)
        )
        for at, param in enumerate([*SAME, *DIFFERENT])
        for side in (0, 1)
    ]
    straight = Statements(sayings).all()
    assert Statements(chance.sample(sayings, len(sayings))).all() == straight
    assert sorted(u.report for one in straight for u in one.utterances) == sorted(
        each.utterance.report for each in sayings
    )


def test_a_stream_gives_the_statement_of_each_utterance_as_it_comes() -> None:
    stream = Statements()
    first = uttered("the tug would come before the first snow of the year")
    second = uttered(
        "the tug will come before the first snow of the year",
        outlet="Echo",
        published=NOON + timedelta(hours=1),
    )
    stream.add(first)
    opened = stream.statement(first.utterance)
    stream.add(second)
    stream.add(second)
    joined = stream.statement(second.utterance)
    assert joined.id == opened.id
    assert joined.utterances == (first.utterance, second.utterance)
    assert joined.reasons


def test_findings_are_grouped_across_reports() -> None:
    words = "The tug will come before the first snow."
    printed = [report(f"“{words}” said Branka Oduya of {name}.", outlet=name) for name in "ABC"]
    findings = {
        one.id: Findings(report=one.id, attributions=(said(one, words, speaker=BRANKA),))
        for one in printed
    }
    (statement,) = group({one.id: one for one in printed}, findings)
    assert {one.report for one in statement.utterances} == {one.id for one in printed}


@given(st.text(max_size=200))
def test_any_words_can_be_compared_with_themselves(words: str) -> None:
    wording = read_wording(words)
    assert wording == read_wording(words)


QUOTE = "“the tug will be here before the first snow and will stay the winter”"


@pytest.mark.parametrize(
    "one, other, alike",
    [
        pytest.param(
            f"islanders and fishermen without a harbour heard her repeat {QUOTE}",
            f"towns on the coast got from the minister {QUOTE}",
            True,
            id="each reporter's own wording around a long quotation",
        ),
        pytest.param(
            f"the ministry had promised that {QUOTE}",
            f"the navy had promised that {QUOTE}",
            False,
            id="one word against one",
        ),
        pytest.param(
            f"the ministry had promised that {QUOTE}",
            f"the navy had not promised that {QUOTE}",
            False,
            id="and a denial",
        ),
        pytest.param(
            f"two tugs were ordered and paid, {QUOTE}",
            f"three boats were bought and hired, {QUOTE}",
            False,
            id="another number",
        ),
    ],
)
def test_own_wording_around_one_quotation_is_no_difference(
    one: str, other: str, alike: bool
) -> None:
    assert same(uttered(one), uttered(other, outlet="Valley Post")).same is alike


@pytest.mark.parametrize(
    "words, kind",
    [
        ("four new tugs would be bought for the harbour by May", "identical"),
        ("four new tugs would be bought", "trimmed"),
        ("it would purchase four new tugs for the harbour by May", "paraphrased"),
    ],
)
def test_each_further_wording_says_how_sure_it_is_that_it_is_the_same(
    words: str, kind: str
) -> None:
    first = uttered("four new tugs would be bought for the harbour by May")
    later = uttered(words, outlet="Tern Times", published=NOON + timedelta(hours=1))
    [statement] = Statements([later, first]).all()
    [told] = statement.alike
    assert (told.utterance, told.kind) == (later.utterance, kind)
    assert told.reason
    assert told.confidence == 1.0 if kind == "identical" else told.confidence < 1.0
