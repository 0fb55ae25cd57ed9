"""The invented newsroom: its gold stands in its files word for word, and it holds what it must.

Nothing here needs data from outside the project.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from build_newsroom import drift, rooms
from newsroom_gold import faults, gold_of, manner_of, places, read_gold, span, words_in
from newsroom_source import HERE, parse, read_dispatches, read_houses

from sayso.brief.edition import parse_edition
from sayso.errors import SaysoError
from sayso.normalise.read import parse as read_bytes
from sayso.records import Report
from sayso.sources.files import FileSource

DISPATCHES = read_dispatches()
REPORTS = {row["report"]: row for row in read_gold("reports")}
AFTER = datetime(2025, 3, 10, tzinfo=UTC)
PUBLISHED_WORDS = ("headline", "body", "heading", "see-also", "correction")
"""Parts that no reader may lose; bylines and captions may be metadata to it."""


def file_text(row: dict[str, Any]) -> str:
    return (HERE / str(row["file"])).read_text("utf-8")


def as_read() -> dict[tuple[str, str, str], Report]:
    """Read the whole folder as sayso does: reports by file, outlet and headline."""
    found: dict[tuple[str, str, str], Report] = {}
    for raw in FileSource().fetch(str(HERE / "wire")):
        assert not isinstance(raw, SaysoError), raw
        reading = read_bytes(raw, now=AFTER)
        assert not reading.problems, reading.problems
        for report in reading.reports:
            file = re.sub(r":\d+$", "", Path(report.source).relative_to(HERE).as_posix())
            found[file, report.outlet, report.headline] = report
    return found


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, str, str], Report]:
    return as_read()


def of(row: dict[str, Any], read: dict[tuple[str, str, str], Report]) -> Report:
    return read[row["file"], row["outlet"], row["paragraphs"][0]["text"]]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_the_built_files_are_what_the_dispatches_say(room: Path) -> None:
    changed, stale = drift(room)
    assert not changed, "run: python examples/build_newsroom.py"
    assert not stale


def test_every_label_is_whole() -> None:
    assert faults(DISPATCHES) == []


def test_every_place_holds_its_words() -> None:
    for row in read_gold("attributions"):
        paragraphs = REPORTS[row["report"]]["paragraphs"]
        ends = [row["source"], row["cue"], row["addressee"], row["channel"], *row["content"]]
        ends += [link["source"] for link in row["via"]] + [link["cue"] for link in row["via"]]
        for place in filter(None, ends):
            words = paragraphs[place["paragraph"]]["text"][place["start"] : place["end"]]
            assert words == place["text"] == words.strip()
    for row in read_gold("figures"):
        place = row["place"]
        text = REPORTS[row["report"]]["paragraphs"][place["paragraph"]]["text"]
        assert text[place["start"] : place["end"]] == place["text"]


def test_every_paragraph_stands_in_its_file_as_gold_has_it() -> None:
    for row in REPORTS.values():
        text = file_text(row)
        if row["file"].endswith(".jsonl"):
            line = next(json.loads(x) for x in text.splitlines() if row["report"] in x)
            text = line["headline"] + "\n" + line["text"]
        elif row["file"].endswith((".json", ".rss", ".xml", ".atom", ".html")):
            if row["file"].endswith(".json"):
                items = json.loads(text)["items"]
                text = "".join(item["title"] + item["content_html"] for item in items)
            plain = re.sub(r"</?(?:b|em|a)(?: [^>]*)?>", "", html.unescape(text))
            text = html.unescape(plain)
        for paragraph in row["paragraphs"]:
            if paragraph["kind"] != "byline":
                assert paragraph["text"] in text, row["report"]


def test_offsets_of_plain_text_index_the_file() -> None:
    plain = [row for row in REPORTS.values() if row["file"].endswith(".txt")]
    assert len(plain) >= 10
    for row in plain:
        text = file_text(row)
        for paragraph in row["paragraphs"]:
            start = paragraph["start"]
            assert text[start : start + len(paragraph["text"])] == paragraph["text"]


def test_sayso_reads_every_dispatch_and_loses_no_word_of_the_story(
    read: dict[tuple[str, str, str], Report],
) -> None:
    assert len(read) == len(REPORTS)
    for row in REPORTS.values():
        report = of(row, read)
        starts = places(report.text, row["paragraphs"])
        for paragraph, start in zip(row["paragraphs"], starts, strict=True):
            apart = paragraph["kind"] == "headline" and row["file"].endswith(".jsonl")
            if paragraph["kind"] in PUBLISHED_WORDS and not apart:
                assert start is not None, (row["report"], paragraph["text"][:60])


def test_gold_is_found_in_a_report_as_sayso_reads_it(
    read: dict[tuple[str, str, str], Report],
) -> None:
    found = 0
    for row in read_gold("attributions"):
        about = REPORTS[row["report"]]
        report = of(about, read)
        starts = places(report.text, about["paragraphs"])
        for place in row["content"]:
            at = span(place, starts)
            if at is not None:
                assert report.text[at[0] : at[1]] == place["text"]
                found += 1
    assert found > 950


def test_times_are_read_as_they_were_printed(read: dict[tuple[str, str, str], Report]) -> None:
    for row in REPORTS.values():
        report = of(row, read)
        if row["doubts"] == ["undated"]:
            assert report.published is None
        elif not row["doubts"]:
            assert report.published == datetime.fromisoformat(row["printed"])


def test_it_is_as_large_and_as_various_as_it_should_be() -> None:
    houses = read_houses()
    assert len({d.house.name for d in DISPATCHES.values()}) == len(houses) >= 12
    assert len(DISPATCHES) >= 90
    assert sum(house.agency for house in houses.values()) >= 2
    owned = Counter(house.owner for house in houses.values() if house.owner)
    assert len([owner for owner, outlets in owned.items() if outlets >= 2]) >= 3
    assert {d.time.date().isoformat() for d in DISPATCHES.values()} == {
        "2025-03-03",
        "2025-03-04",
        "2025-03-05",
    }
    formats = Counter(d.house.format for d in DISPATCHES.values())
    assert set(formats) == {"rss", "atom", "jsonfeed", "jsonl", "text", "page"}


@pytest.mark.parametrize("key", DISPATCHES)
def test_a_dispatch_has_the_length_of_one(key: str) -> None:
    assert 120 <= words_in(" ".join(p.text for p in DISPATCHES[key].paragraphs)) <= 600


def test_longer_dispatches_are_rich_in_attribution() -> None:
    said = Counter(row["report"] for row in read_gold("attributions"))
    assert len(said) == len(DISPATCHES)
    assert len([key for key, number in said.items() if number >= 10]) >= 40
    assert max(said.values()) >= 15


def test_copies_are_made_in_every_way_that_newsrooms_make_them() -> None:
    lineage = [row for row in read_gold("lineage") if row["other"]]
    ways = defaultdict(set)
    for row in lineage:
        for way in row["operations"]:
            ways[way].add(row["credited"])
    assert set(ways) == {"verbatim", "cut", "extended", "headline", "rewritten"}
    assert all(ways[way] == {True, False} for way in ("verbatim", "cut", "headline", "rewritten"))
    for row in lineage:
        first = DISPATCHES[row["other"]]
        assert first.time <= DISPATCHES[row["report"]].time, row["report"]
        if "rewritten" in row["operations"]:
            assert row["taken"] == 0
            assert 0.3 < row["kept"] < 0.95
        elif "extended" not in row["operations"]:
            assert row["taken"] > 0.6, row["report"]


def test_what_was_taken_is_declared() -> None:
    for dispatch in DISPATCHES.values():
        taken = {p.taken for p in dispatch.paragraphs if p.taken}
        assert taken <= {dispatch.fields.get("from"), dispatch.version_of}, dispatch.key


def test_an_interview_that_one_outlet_had_alone_is_carried_by_many() -> None:
    alone = [row for row in read_gold("independence") if row["high"] == 1]
    assert any(len(row["carriers"]) >= 5 for row in alone)
    assert len(read_gold("independence")) >= 20
    for row in read_gold("independence"):
        assert 1 <= row["low"] <= row["high"] <= len(row["carriers"])


def test_sources_are_nested_unnamed_and_missing() -> None:
    rows = read_gold("attributions")
    assert sum(bool(row["via"]) for row in rows) >= 20
    assert sum(bool(row["speaker"]) and row["speaker"]["kind"] == "unnamed" for row in rows) >= 60
    assert sum(row["speaker"] is None for row in rows) >= 2
    assert {row["manner"] for row in rows} == {"direct", "indirect", "mixed"}
    assert sum(row["modality"] == "negated" for row in rows) >= 10
    countries = {row["speaker"]["country"] for row in rows if row["speaker"]} - {None}
    assert len(countries) >= 12


def test_the_same_remark_is_quoted_by_several_newsrooms_in_their_own_work() -> None:
    copies = {row["report"] for row in read_gold("lineage") if row["other"]}
    widest = 0
    for row in read_gold("statements"):
        outlets = {a.split("-")[0] for a in row["attributions"] if a.split("/")[0] not in copies}
        widest = max(widest, len(outlets))
    assert widest >= 5


def test_a_toll_rises_and_others_conflict_with_it() -> None:
    series = defaultdict(list)
    for row in read_gold("figures"):
        series[row["series"]].append(row["low"])
    toll = series["dead-lus"]
    assert sorted(set(toll)) == [2, 4, 9, 12, 19, 27, 33, 41]
    judged = tomllib.loads((HERE / "judgements.toml").read_text("utf-8"))["series"]
    against = [row["conflicts_with"] for row in judged.values() if "conflicts_with" in row]
    assert against.count("dead-lus") == 2
    assert set(series) == set(judged)


def test_every_kind_of_development_is_there() -> None:
    rows = read_gold("developments")
    kinds = Counter(row["kind"] for row in rows)
    assert kinds["changed"] >= 20
    assert kinds["disputed"] >= 20
    assert kinds["corrected"] == kinds["withdrawn"] == 1
    statements = {row["statement"] for row in read_gold("statements")}
    for row in rows:
        assert row["replaces"] is None or row["replaces"] in statements | set(DISPATCHES)


def test_a_statement_is_new_once_in_its_story() -> None:
    fresh = Counter(
        (DISPATCHES[row["report"]].story, row["statement"])
        for row in read_gold("developments")
        if row["kind"] not in ("repeated", "corrected", "withdrawn")
    )
    assert set(fresh.values()) == {1}


def test_some_dispatches_are_edited_under_the_same_address() -> None:
    edited = [row for row in REPORTS.values() if row["version_of"]]
    assert len(edited) >= 4
    for row in edited:
        first = REPORTS[row["version_of"]]
        assert row["url"] == first["url"]
        assert row["file"] != first["file"]
    plain = [
        r for r in edited if not {"corrects", "withdraws"} & DISPATCHES[r["report"]].fields.keys()
    ]
    assert len(plain) >= 2


def test_live_blogs_wrong_dates_and_other_stories_are_there() -> None:
    assert sum("LiveBlogPosting" in file_text(row) for row in REPORTS.values()) >= 2
    doubts = {doubt for row in REPORTS.values() for doubt in row["doubts"]}
    assert doubts == {"undated", "zoneless", "redated"}
    stories = Counter(row["story"] for row in read_gold("stories"))
    assert stories["flood"] >= 80
    assert stories["tamuria"] >= 3
    assert stories["rail"] >= 3
    assert [stories[other] for other in ("pumpkin", "chips", "telescope")] == [1, 1, 1]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"“[^”\"]+\"", id="opens-curly-closes-straight"),
        pytest.param(r"«[^»]+»", id="guillemets"),
        pytest.param(r"“[^”]+”", id="curly"),
        pytest.param(r'"[^"]+"', id="straight"),
        pytest.param("\u00a0", id="no-break-space"),
        pytest.param("–", id="en-dash"),
        pytest.param("—", id="em-dash"),
        pytest.param(" -- ", id="two-hyphens"),
        pytest.param(r"(?i)neighbour", id="british"),
        pytest.param(r"(?i)neighbors", id="american"),
    ],
)
def test_it_is_set_as_differently_as_real_outlets_are(pattern: str) -> None:
    texts = [p["text"] for row in REPORTS.values() for p in row["paragraphs"]]
    assert any(re.search(pattern, text) for text in texts)


def test_key_lines_are_chosen_for_four_moments() -> None:
    rows = read_gold("keylines")
    leading = Counter(row["at"] for row in rows if row["rank"])
    assert list(leading.values()) == [10, 10, 10, 10]
    for row in rows:
        assert DISPATCHES[row["report"]].time <= datetime.fromisoformat(row["at"])


def test_owners_are_the_same_in_the_list_and_in_the_outlets() -> None:
    listed = tomllib.loads((HERE / "owners.toml").read_text("utf-8"))["owner"]
    told = {
        (domain, outlet, entry["name"])
        for entry in listed
        for domain, outlet in entry["outlets"].items()
    }
    houses = read_houses().values()
    assert told == {(h.domain, h.name, h.owner) for h in houses if h.owner}


def test_the_edition_of_the_story_is_one_that_sayso_takes() -> None:
    edition = parse_edition((HERE.parent / "flood.toml").read_bytes(), name="flood.toml")
    assert 4 <= len(edition.sections) <= 6
    assert all(section.about for section in edition.sections)


@pytest.mark.parametrize(
    "pieces, manner",
    [
        pytest.param(["“We are dry,”", "“so far.”"], "direct", id="two-pieces"),
        pytest.param(["that they were “dry”"], "mixed", id="words-and-quotation"),
        pytest.param(["that they were dry"], "indirect", id="told"),
        pytest.param(['“We are dry"'], "direct", id="opens-curly"),
    ],
)
def test_manner_is_told_from_quotation_marks(pieces: list[str], manner: str) -> None:
    assert manner_of(pieces) == manner


def test_labels_are_taken_out_of_the_words_and_kept() -> None:
    paragraph = parse(
        "a", "{1s@x {r@x Mayor} Ada Quill} {1c said} {1k#dry it was {f@n:exactly:1 1}}."
    )
    assert paragraph.text == "Mayor Ada Quill said it was 1."
    marked = {m.tag.role: paragraph.text[m.start : m.end] for m in paragraph.marks}
    assert marked == {"s": "Mayor Ada Quill", "r": "Mayor", "c": "said", "k": "it was 1", "f": "1"}


@pytest.mark.parametrize("raw", ["{1s@x open", "{?? nonsense}", "{1s@x,,2 twice}"])
def test_a_label_that_is_not_one_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="a"):
        parse("a", raw)


def test_gold_does_not_depend_on_when_it_is_made() -> None:
    assert gold_of(DISPATCHES) == gold_of(read_dispatches())
