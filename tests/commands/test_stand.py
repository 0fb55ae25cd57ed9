"""The newsstand of a real desk: what its pages are about, and when they move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.app import make_engine, open_desk
from sayso.brief.records import Edition
from sayso.commands.ruling import whole_ids
from sayso.commands.stand import DeskStand
from sayso.config import Settings
from sayso.errors import InputError
from sayso.pipeline import Desk, rule, turn
from sayso.ports import Raw
from sayso.records import Cursor, Health, Report, ReportId, Ruling, StoryId
from sayso.render.briefing_json import to_json
from sayso.stores.sqlite import SqliteStore
from tests.build import NOON, report

FERRY = report(
    [
        "The Karsta ferry struck a sandbank off Tern Point and lost both its engines.",
        '"Nobody on board was hurt," harbour master Ada Quill said on Tuesday.',
    ],
    headline="Karsta ferry strikes sandbank off Tern Point",
    outlet="Karst Echo",
    published=NOON,
)
TUGS = report(
    [
        "Two tugs pulled the Karsta ferry off the sandbank at Tern Point after high water.",
        '"The ferry will sail again by Friday," said Ada Quill, the harbour master.',
    ],
    headline="Tugs free Karsta ferry from sandbank at Tern Point",
    outlet="Tern Times",
    published=NOON + timedelta(hours=3),
)
CHOIR = report(
    [
        "A choir of four hundred bakers sang on the market of Lower Vell for six hours.",
        '"We baked until dawn and then we sang," baker Otto Brand said.',
    ],
    headline="Bakers sing for six hours in Lower Vell",
    outlet="Vell Courier",
    published=NOON + timedelta(hours=1),
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    settings = Settings(finder="rules")
    with make_engine(settings) as engine:
        made = open_desk(settings, SqliteStore(), engine)
        take_in(made, FERRY, CHOIR)
        yield made
        made.store.close()


def take_in(desk: Desk, *reports: Report) -> None:
    turn(desk, [(one, Raw(place="test", body=b"")) for one in reports], now=NOON)


def stand(desk: Desk, *editions: Edition) -> DeskStand:
    health = Health(at=NOON, sources=(), cursor=Cursor(0))

    def keep(ruling: Ruling) -> Ruling:
        whole = whole_ids(desk.store, ruling)
        rule(desk, whole, now=NOON)
        return whole

    return DeskStand(desk, editions, keep, lambda: health)


def test_editions_lead_and_stories_follow(desk: Desk) -> None:
    entries = stand(desk, Edition(title="The Karsta ferry", terms=("ferry", "sandbank"))).entries()
    assert [entry.kind for entry in entries] == ["edition", "story", "story"]
    assert (entries[0].topic, entries[0].reports) == ("the-karsta-ferry", 1)
    assert {entry.title for entry in entries[1:]} == {FERRY.headline, CHOIR.headline}


def test_a_story_has_a_page_of_its_own_reports(desk: Desk) -> None:
    desk_stand = stand(desk)
    topic = next(one.topic for one in desk_stand.entries() if one.title == FERRY.headline)
    briefing = desk_stand.briefing(topic, since=None, at=None)
    assert briefing is not None
    assert [row.outlet for row in briefing.reports] == ["Karst Echo"]
    assert briefing.story == topic


@pytest.mark.parametrize("topic", ["nowhere", "speaker/Nobody At All", "outlet/No Paper"])
def test_there_is_no_page_of_what_the_desk_does_not_know(desk: Desk, topic: str) -> None:
    assert stand(desk).briefing(topic, since=None, at=None) is None


def test_a_speaker_has_a_page_of_what_she_said_and_of_nothing_else(desk: Desk) -> None:
    desk_stand = stand(desk)
    take_in(desk, TUGS)
    briefing = desk_stand.briefing("speaker/Ada Quill", since=None, at=None)
    assert briefing is not None
    assert len(briefing.lines) == 2
    assert {line.speaker.name for line in briefing.lines if line.speaker} == {"Ada Quill"}
    assert {row.outlet for row in briefing.reports} == {"Karst Echo", "Tern Times"}


def test_an_outlet_has_a_page_of_its_reports(desk: Desk) -> None:
    briefing = stand(desk).briefing("outlet/Vell Courier", since=None, at=None)
    assert briefing is not None
    assert [row.headline for row in briefing.reports] == [CHOIR.headline]


def test_a_page_moves_only_with_what_bears_on_it(desk: Desk) -> None:
    desk_stand = stand(desk, Edition(title="Ferry", terms=("ferry", "sandbank")))
    choir = next(one.topic for one in desk_stand.entries() if one.title == CHOIR.headline)
    before = desk_stand.cursor()
    topics = ("ferry", choir, "speaker/Ada Quill", "outlet/Vell Courier")
    assert [desk_stand.moved(topic, before) for topic in topics] == [before] * 4
    take_in(desk, TUGS)
    newest = desk_stand.cursor()
    assert newest > before
    moved = [desk_stand.moved(topic, newest) > before for topic in topics]
    assert moved == [True, False, True, False]


def test_new_is_counted_from_the_page_that_a_reader_saw(desk: Desk) -> None:
    desk_stand = stand(desk)
    seen = desk_stand.cursor()
    turn(desk, [(TUGS, Raw(place="test", body=b""))], now=NOON + timedelta(hours=4))
    briefing = desk_stand.briefing("speaker/Ada Quill", since=seen, at=None)
    assert briefing is not None
    fresh = {line.outlet for line in briefing.lines if line.fresh}
    assert fresh == {"Tern Times"}


def test_a_change_is_told_with_what_it_bears_on(desk: Desk) -> None:
    desk_stand = stand(desk, Edition(title="Ferry", terms=("ferry", "sandbank")))
    before = desk_stand.cursor()
    take_in(desk, TUGS)
    told = desk_stand.changes(after=before)
    assert [one.change.cursor for one in told] == list(range(before + 1, desk_stand.cursor() + 1))
    wanted = ("ferry", "speaker/Ada Quill", "speaker/ada QUILL", "outlet/Tern Times")
    assert all(one.of(topic) for one in told for topic in wanted)
    assert not any(one.of("outlet/Vell Courier") for one in told)


def test_a_stand_that_opens_later_knows_what_earlier_changes_bear_on(desk: Desk) -> None:
    told = stand(desk).changes(after=Cursor(0))
    assert len(told) >= 2
    assert all(any(topic.startswith("outlet/") for topic in one.bears) for one in told)


def test_a_search_finds_reports_words_that_were_said_speakers_and_outlets(desk: Desk) -> None:
    desk_stand = stand(desk)
    found = desk_stand.search("quill")
    assert [report.headline for report in found.reports] == [FERRY.headline]
    assert [one.report.cut(one.attribution.content[0]) for one in found.said] == [
        '"Nobody on board was hurt,"'
    ]
    assert found.speakers == ("Ada Quill",)
    assert desk_stand.search("courier").outlets == ("Vell Courier",)


def test_a_search_shows_words_once_however_many_carry_them(desk: Desk) -> None:
    copy = report(
        FERRY.text.split("\n\n")[1:],
        headline=FERRY.headline,
        outlet="Vell Courier",
        published=NOON + timedelta(hours=2),
    )
    take_in(desk, copy)
    [said] = stand(desk).search("nobody on board").said
    assert said.report.outlet == "Vell Courier"


def test_the_address_of_a_merged_story_leads_on(desk: Desk) -> None:
    desk_stand = stand(desk)
    topics = {one.title: one.topic for one in desk_stand.entries()}
    assert [desk_stand.survivor(one) for one in (*topics.values(), "speaker/X", "no")] == [None] * 4
    rule(desk, Ruling(report=CHOIR.id, other=FERRY.id, verdict="together"), now=NOON)
    [left] = [one for one in topics.values() if desk.store.story(StoryId(one)) is None]
    [kept] = [one.topic for one in desk_stand.entries() if one.kind == "story"]
    assert desk_stand.survivor(left) == kept


def test_a_story_that_was_parted_says_so(desk: Desk) -> None:
    take_in(desk, TUGS)
    desk_stand = stand(desk)
    whole = next(one for one in desk_stand.entries() if one.reports == 2)
    rule(desk, Ruling(report=TUGS.id, other=FERRY.id, verdict="apart"), now=NOON)
    briefing = desk_stand.briefing(whole.topic, since=None, at=None)
    assert briefing is not None
    assert [one.reason for one in briefing.see_also] == ["parted from this story"]


def test_a_ruling_is_kept_and_one_on_unknown_reports_is_not(desk: Desk) -> None:
    desk_stand = stand(desk)
    take_in(desk, TUGS)
    desk_stand.rule(Ruling(report=TUGS.id, other=FERRY.id, verdict="separate"))
    assert [one.verdict for one in desk.store.rulings()] == ["separate"]
    with pytest.raises(InputError):
        desk_stand.rule(Ruling(report=TUGS.id, other=TUGS.id, verdict="separate"))


def test_a_ruling_may_name_a_report_by_how_its_id_begins(desk: Desk) -> None:
    desk_stand = stand(desk)
    take_in(desk, TUGS)
    short = Ruling(report=ReportId(TUGS.id[:8]), other=FERRY.id, verdict="separate")
    assert desk_stand.rule(short).report == TUGS.id
    assert [one.report for one in desk.store.rulings()] == [TUGS.id]
    for wrong in ("", TUGS.id[:2], "zzzzzzzz"):
        with pytest.raises(InputError):
            desk_stand.rule(replace(short, report=ReportId(wrong)))


def test_a_name_in_other_letters_is_the_same_page_and_moves_with_it(desk: Desk) -> None:
    desk_stand = stand(desk)
    before = desk_stand.cursor()
    take_in(desk, TUGS)
    newest = desk_stand.cursor()
    assert desk_stand.moved("speaker/ada quill", newest) > before
    briefing = desk_stand.briefing("speaker/ada quill", since=None, at=None)
    assert briefing is not None
    assert len(briefing.lines) == 2


def test_a_search_of_the_past_knows_nothing_of_what_came_later(desk: Desk) -> None:
    desk_stand = stand(desk)
    before = desk_stand.cursor()
    take_in(desk, TUGS)
    assert len(desk_stand.search("quill").reports) == 2
    then = desk_stand.search("quill", at=before)
    assert [one.headline for one in then.reports] == [FERRY.headline]
    assert [one.report.headline for one in then.said] == [FERRY.headline]
    assert desk_stand.search("tern times", at=before).outlets == ()
    assert desk_stand.search("tern times").outlets == ("Tern Times",)


def test_a_desk_that_was_started_anew_shows_the_same_past_pages_to_the_byte(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Few of each, so that every bound is met by a dozen reports.
    monkeypatch.setattr("sayso.commands.stand.MOST_REPORTS", 4)
    monkeypatch.setattr("sayso.commands.stand.PAGE", 3)
    editions = (Edition(title="All"), Edition(title="Ferry", terms=("ferry", "sandbank", "pier")))
    topics = ("all", "ferry", "speaker/Ada Quill", "outlet/Pier Post")
    shown: dict[tuple[str, Cursor], bytes] = {}
    for day in range(12):
        one = report(
            [
                f"The Karsta ferry passed pier {day} on its way past the sandbank at Tern Point.",
                f'"We counted {day + 2} seals at pier {day}," Ada Quill, the harbour master, said.',
            ],
            headline=f"Ferry passes pier {day}",
            outlet="Pier Post" if day % 2 else "Karst Echo",
            published=NOON + timedelta(hours=day),
        )
        take_in(desk, one)
        # Every page is asked of a desk that has just seen it happen.
        for at, topic in ((stand(desk).cursor(), each) for each in topics):
            if (made := stand(desk, *editions).briefing(topic, since=None, at=at)) is not None:
                shown[topic, at] = to_json(made)
    assert len(shown) > 40
    anew = stand(desk, *editions)
    for (topic, at), then in shown.items():
        again = anew.briefing(topic, since=None, at=at)
        assert again is not None
        assert to_json(again) == then, (topic, at)


def test_the_page_of_a_story_moves_when_a_report_leaves_it(desk: Desk) -> None:
    take_in(desk, TUGS)
    desk_stand = stand(desk)
    whole = next(one for one in desk_stand.entries() if one.reports == 2)
    rule(desk, Ruling(report=TUGS.id, other=FERRY.id, verdict="apart"), now=NOON)
    newest = desk_stand.cursor()
    standing = desk_stand.moved(whole.topic, newest)
    assert standing == newest
    briefing = desk_stand.briefing(whole.topic, since=None, at=standing)
    assert briefing is not None
    assert len(briefing.reports) == 1


def test_a_past_page_is_as_it_was_however_much_came_since(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.commands.stand.MOST_REPORTS", 1)
    desk_stand = stand(desk, Edition(title="Ferry", terms=("ferry", "sandbank")))
    topics = ("ferry", "speaker/Ada Quill")
    before = desk_stand.cursor()
    take_in(desk, TUGS)
    for topic in topics:
        past = desk_stand.briefing(topic, since=None, at=before)
        assert past is not None
        assert [one.headline for one in past.reports] == [FERRY.headline]
