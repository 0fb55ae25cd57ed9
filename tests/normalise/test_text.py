"""Plain text files."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.analysis import plain
from sayso.normalise.text import paragraphs, read_text
from sayso.records import Outlet

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = "The reservoir above Orla will stay closed until spring, the water board said on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="blank lines"),
        pytest.param("One.\nTwo.", ["One.", "Two."], id="a line each"),
        pytest.param("One.\r\n\r\nTwo.\r\n", ["One.", "Two."], id="carriage returns"),
        pytest.param("One.\rTwo.", ["One.", "Two."], id="carriage returns alone"),
        pytest.param("\n  One.  \n\n\u00a0\n\tTwo.", ["One.", "Two."], id="white space around"),
        pytest.param("One.\u2028Two.\u2029Three.", ["One.", "Two.", "Three."], id="separators"),
        pytest.param(
            "The reservoir above Orla will stay closed\n"
            "until spring, the water board said on\n"
            "Monday.\n\nA second paragraph.",
            [
                "The reservoir above Orla will stay closed\nuntil spring, the water board said on\n"
                "Monday.",
                "A second paragraph.",
            ],
            id="wrapped at a width",
        ),
        pytest.param(f"{BODY}\nShort line.\n{BODY}", [BODY, "Short line.", BODY], id="not wrapped"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_paragraphs_are_lines_or_wrapped_blocks(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in paragraphs(text)] == expected


@given(st.text(st.sampled_from("ab .\n\r\t\u00a0\u2028\x0c“"), max_size=80))
def test_paragraphs_hold_every_word_once_and_in_order(text: str) -> None:
    spans = list(paragraphs(text))
    assert all(one.end <= two.start for one, two in pairwise(spans))
    words = "".join(text[span.start : span.end] for span in spans)
    assert "".join(words.split()) == "".join(text.split())


@given(st.text())
def test_the_text_is_kept_exactly(text: str) -> None:
    assert read_text(text, place="a/b.txt", now=NOON).text == text


def test_the_first_line_is_the_headline() -> None:
    report = read_text(f"\n\nReservoir Closed\r\n\r\n{BODY}", place="a/b.txt", now=NOON)
    assert report.headline == "Reservoir Closed"
    assert [report.cut(span) for span in report.spans("headline")] == ["Reservoir Closed"]
    assert [report.cut(span) for span in report.spans("body")] == [BODY]


def test_a_correction_in_a_report_of_its_own_has_its_headline() -> None:
    title = "Correction: the height of the dam"
    note = "An earlier version of this report gave the dam 60 metres. It has 40, the mayor said."
    report = read_text(f"{title}\n\n{note}", place="a/b.txt", now=NOON)
    assert report.headline == title
    assert [report.cut(span) for span in report.spans("correction")] == [note]


def test_without_a_headline_the_first_sentence_stands_in_and_stays_body() -> None:
    report = read_text(f"ORLA (AP) — {BODY} More follows.\n\n{BODY}", place="a/b.txt", now=NOON)
    assert report.headline == BODY
    assert report.spans("headline") == ()
    assert len(report.spans("body")) == 2


def test_a_long_first_sentence_is_cut_between_words() -> None:
    report = read_text("word " * 100, place="a/b.txt", now=NOON)
    assert report.headline.endswith("word …")
    assert len(report.headline) <= 123


def test_the_name_of_the_file_may_give_the_time() -> None:
    report = read_text(BODY, place="wire/2025-03-03T1405Z-dam.txt", now=NOON)
    assert report.published == datetime(2025, 3, 3, 14, 5, tzinfo=UTC)
    assert report.doubts == ()


def test_a_file_without_a_time_is_undated() -> None:
    report = read_text(BODY, place="wire/dam.txt", now=NOON)
    assert report.published is None
    assert report.doubts == ("undated",)


def test_the_outlet_is_who_was_told_or_the_folder() -> None:
    told = Outlet(name="Orla Gazette", owner="Valley Media")
    report = read_text(BODY, place="wire/dam.txt", now=NOON, outlet=told)
    assert (report.outlet, report.publisher) == ("Orla Gazette", told)
    assert read_text(BODY, place="wire/dam.txt", now=NOON).outlet == "wire"
    assert read_text(BODY, place="-", now=NOON).outlet == "unknown"


def test_an_edited_file_keeps_its_key_and_gets_another_id() -> None:
    before = read_text(BODY, place="wire/dam.txt", now=NOON)
    after = read_text(BODY + " It said so.", place="wire/dam.txt", now=NOON)
    again = read_text(BODY, place="wire/dam.txt", now=NOON)
    assert before.key == after.key
    assert before.id != after.id
    assert before == again


def test_what_comes_through_a_pipe_is_known_by_its_words() -> None:
    one = read_text(BODY, place="-", now=NOON)
    other = read_text(BODY + " More.", place="-", now=NOON)
    assert one.key != other.key


def test_bylines_give_the_authors() -> None:
    report = read_text(
        f"Reservoir Closed\n\nBy Pia Orm and Jan Dahl, Halden Wire\n\n{BODY}", place="-", now=NOON
    )
    assert report.authors == ("Pia Orm", "Jan Dahl")


def test_the_language_is_told_from_the_words_or_not_at_all() -> None:
    german = (
        "Der Stausee oberhalb von Orla bleibt bis zum Frühling geschlossen, teilte die Behörde mit."
    )
    assert read_text(german, place="-", now=NOON).language == "de"
    assert read_text("Orla. Dam.", place="-", now=NOON).language == "und"


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_plain_text_has_the_same_length_so_offsets_stay(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


def test_plain_text_has_plain_quotation_marks_spaces_and_dashes() -> None:
    assert plain("“We\u00a0can’t” – ‘no’ — «да»\u2009…") == '"We can\'t" - \'no\' - "да" …'
