"""What the words of a source say by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.speakers.sources import read_source

NAMED = [
    pytest.param(
        "Norlandish Defence Minister Ivan Petrov",
        ("person", "Ivan Petrov", "Norlandish Defence Minister"),
        id="office-then-name",
    ),
    pytest.param(
        "The U.S. ambassador to Norland, Martha Ames",
        ("person", "Martha Ames", "U.S. ambassador to Norland"),
        id="office-comma-name",
    ),
    pytest.param(
        "Martha Ames, a spokeswoman for the Harbour Office",
        ("person", "Martha Ames", "spokeswoman for the Harbour Office"),
        id="name-comma-office",
    ),
    pytest.param("Martha Ames’s", ("person", "Martha Ames", None), id="whose-anger"),
    pytest.param(
        "Martha Ames with the Harbour Office",
        ("person", "Martha Ames", None),
        id="with-a-body",
    ),
    pytest.param(
        "Martha Ames, 54, a farmer from Lowbridge",
        ("person", "Martha Ames", "farmer from Lowbridge"),
        id="age-in-between",
    ),
    pytest.param(
        "Secretary of State Martha Ames",
        ("person", "Martha Ames", "Secretary of State"),
        id="of-inside-the-office",
    ),
    pytest.param(
        "Dr Ames's lawyer, Edward Birch",
        ("person", "Edward Birch", "Dr Ames's lawyer"),
        id="whose-lawyer",
    ),
    pytest.param(
        "Ursula von der Linden", ("person", "Ursula von der Linden", None), id="particles"
    ),
    pytest.param("Pope Anselm", ("person", "Pope Anselm", None), id="known-by-title"),
    pytest.param("Poland", ("state", "Poland", None), id="country"),
    pytest.param(
        "Ukraine's neighbor Poland", ("state", "Poland", "Ukraine's neighbor"), id="neighbour"
    ),
    pytest.param(
        "the Norlandish business paper NBG",
        ("organisation", "NBG", "Norlandish business paper"),
        id="paper",
    ),
    pytest.param(
        "the Lowbridge Observatory for Human Rights",
        ("organisation", "Lowbridge Observatory for Human Rights", None),
        id="body-with-for",
    ),
    pytest.param(
        "the Ames campaign", ("organisation", "Ames campaign", None), id="body-named-after-a-person"
    ),
    pytest.param("Russian media", ("group", None, "Russian media"), id="media-in-general"),
    pytest.param("a senior official", ("role", None, "senior official"), id="unnamed-official"),
    pytest.param(
        "a lawyer for Martha Ames", ("role", None, "lawyer for Martha Ames"), id="not-the-client"
    ),
    pytest.param(
        "Russian-controlled regions in southern Ukraine",
        ("group", None, "Russian-controlled regions in southern Ukraine"),
        id="not-the-country-at-the-end",
    ),
    pytest.param("Governor Luca d'Amberti", ("person", "Luca d'Amberti", "Governor"), id="d"),
    pytest.param("One of them", ("group", None, "One of them"), id="one-of"),
    pytest.param("the report", ("document", None, "report"), id="document"),
    pytest.param(
        "Norland's Foreign Ministry",
        ("organisation", "Norland's Foreign Ministry", None),
        id="whose-ministry-it-is-belongs-to-its-name",
    ),
    pytest.param("Germany's Ida Ames", ("person", "Ida Ames", None), id="a-country-is-no-office"),
    pytest.param("Mum Filipa Ames", ("person", "Filipa Ames", "Mum"), id="mum-is-no-given-name"),
    pytest.param(
        "Commenter Edward Birch", ("person", "Edward Birch", "Commenter"), id="sentence-opening"
    ),
    pytest.param("Academics", ("group", None, "Academics"), id="plural-that-opens-a-sentence"),
    pytest.param("Assassination", ("unknown", None, "Assassination"), id="common-noun"),
    pytest.param(
        "Opposition Group", ("organisation", None, "Opposition Group"), id="headline-capitals"
    ),
    pytest.param(
        "several senior Republicans", ("group", None, "several senior Republicans"), id="party-folk"
    ),
    pytest.param(
        "Residents for Fair Fares", ("organisation", "Residents for Fair Fares", None), id="for"
    ),
    pytest.param(
        "Rep. Peter King of New York", ("person", "Peter King", "Rep."), id="king-is-a-last-name"
    ),
    pytest.param(
        "Assistant Director of the Bureau of Bridges Michael Ames",
        ("person", "Michael Ames", "Assistant Director of the Bureau of Bridges"),
        id="office-with-of-then-name",
    ),
    pytest.param(
        "Energy and Commerce Committee Chairman Fred Ames",
        ("person", "Fred Ames", "Energy and Commerce Committee Chairman"),
        id="and-inside-an-office",
    ),
    pytest.param(
        "Rep. Mac Ames, (R-Texas), vice chairman of the Harbour Committee",
        ("person", "Mac Ames", "vice chairman of the Harbour Committee"),
        id="office-behind-the-seat",
    ),
    pytest.param(
        "Ida Ames, director of the Speech, Privacy, and Technology Project",
        ("person", "Ida Ames", "director of the Speech, Privacy, and Technology Project"),
        id="commas-inside-a-name",
    ),
    pytest.param(
        "Ida Ames, who was the health care counsel until May",
        ("person", "Ida Ames", None),
        id="a-clause-is-no-office",
    ),
    pytest.param(
        "his attorney, Nicholas Ames", ("person", "Nicholas Ames", "attorney"), id="his-attorney"
    ),
    pytest.param("politicians such as Senator Ames", ("group", None, "politicians"), id="such-as"),
    pytest.param(
        "the Gazette and the Harbour Office",
        ("group", None, "Gazette and the Harbour Office"),
        id="two-bodies",
    ),
    pytest.param(
        "the Center to Prevent Gun Violence",
        ("organisation", "Center to Prevent Gun Violence", None),
        id="body-with-to",
    ),
    pytest.param(
        "the most recent Harbourview poll", ("document", "Harbourview poll", None), id="poll"
    ),
    pytest.param(
        "the 39-page, unclassified version of the report",
        ("unknown", None, "39-page, unclassified version of the report"),
        id="adjectives-with-a-comma",
    ),
    pytest.param("House Republicans", ("group", None, "House Republicans"), id="house-members"),
    pytest.param(
        "The New Gazette's Ida Ames", ("person", "Ida Ames", "New Gazette"), id="whose-reporter"
    ),
    pytest.param(
        "thundered House Speaker Ida Ames", ("person", "Ida Ames", "House Speaker"), id="verb"
    ),
    pytest.param("their", ("pronoun", None, None), id="whose-words"),
]


@pytest.mark.parametrize(("words", "expected"), NAMED)
def test_the_words_of_a_source_tell_name_role_and_kind(
    words: str, expected: tuple[str, str | None, str | None]
) -> None:
    named = read_source(words)
    assert (named.sort, named.name, named.role) == expected


@given(st.text(max_size=60) | st.text(alphabet="Ab .,'’-()the of", max_size=60))
def test_any_words_can_be_read(words: str) -> None:
    named = read_source(words)
    assert named.name is None or named.name in words
