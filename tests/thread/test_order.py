"""What stands together does not depend on the order or the batches in which reports arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from sayso.engines.local import LocalEngine
from sayso.pipeline import Desk, turn
from sayso.ports import Raw
from sayso.records import Findings, Report, ReportId, StoryId
from sayso.stores.sqlite import SqliteStore
from sayso.thread.threads import WINDOW
from sayso.trace.owners import Owners
from tests.build import NOON, report

PHASES = (Phase.explicit, Phase.generate)

MATTERS = [
    "The Tarnholm dam on the river Ousel burst before dawn and the water took Pellford bridge.",
    "Rescuers in Pellford searched houses below the Tarnholm dam after the Ousel burst it.",
    "Engineers flew to Pellford to shore up what the Tarnholm dam burst left of Ousel quay.",
    "The central bank of Morvania raised interest rates by half a point to slow inflation.",
    "Lenders in Morvania followed the central bank and raised interest rates for savers.",
    "An earthquake of magnitude six shook Vennick and fishermen slept outdoors, Strell said.",
    "An earthquake of magnitude six shook Zalloro and vintners slept outdoors, Quint said.",
    "Ousel",
    "",
]
ASIDES = ["Roofs fell.", "Schools closed.", "Roads split.", "Wells dried.", "Trains stopped."]
HOUR = st.lists(
    st.builds(
        lambda body, more, aside, minutes, outlet, dated: report(
            [MATTERS[body], MATTERS[more], ASIDES[aside]],
            outlet=outlet,
            published=NOON + timedelta(minutes=minutes) if dated else None,
        ),
        st.integers(0, len(MATTERS) - 1),
        st.integers(0, len(MATTERS) - 1),
        st.integers(0, len(ASIDES) - 1),
        st.integers(0, 59),
        st.sampled_from(["Orla Gazette", "Pell Courier", "Ousel Post"]),
        st.sampled_from([True, True, True, False]),
    ),
    max_size=10,
    unique_by=lambda one: one.id,
)


def read_nothing(report: Report) -> Findings:
    return Findings(report=report.id)


def take(
    batches: Sequence[Sequence[Report]], *, now: datetime, restarts: bool = False
) -> set[frozenset[ReportId]]:
    """Take the batches in, turn by turn, and return which reports the store holds together."""
    store = SqliteStore()
    desk = Desk(store=store, engine=LocalEngine(1), extract=read_nothing, owners=lambda _: Owners())
    for batch in batches:
        turn(desk, [(one, Raw(place=one.id, body=b"")) for one in batch], now=now)
        if restarts:
            desk.memory = None
    held: dict[StoryId, set[ReportId]] = defaultdict(set)
    for one in store.placements(one.id for batch in batches for one in batch):
        held[one.story].add(one.report)
    for name, reports in held.items():
        story = store.story(name)
        assert story is not None
        assert set(story.reports) == reports, "what is told of each report makes the story"
    store.close()
    return {frozenset(one) for one in held.values()}


def cut(reports: Sequence[Report], random: Random) -> list[list[Report]]:
    """Return `reports` in batches of any size."""
    batches: list[list[Report]] = [[]]
    for one in reports:
        if random.random() < 0.4:
            batches.append([])
        batches[-1].append(one)
    return batches


# An example is several whole turns: the same ones every time, and no search for smaller ones.
@settings(deadline=None, max_examples=15, derandomize=True, phases=PHASES)
@given(HOUR, st.randoms(use_true_random=False), st.booleans())
def test_order_and_batches_within_the_hour_do_not_matter(
    reports: list[Report], random: Random, restarts: bool
) -> None:
    now = NOON + timedelta(hours=1)
    shuffled = random.sample(reports, len(reports))
    assert take(cut(shuffled, random), now=now, restarts=restarts) == take([reports], now=now)


@settings(deadline=None, max_examples=8, derandomize=True, phases=PHASES)
@given(HOUR, HOUR, st.randoms(use_true_random=False))
@example([report(MATTERS[0])], [report(MATTERS[1], outlet="Ousel Post")], Random(0))
def test_a_report_that_is_late_within_the_window_is_placed_in_its_turn(
    before: list[Report], after: list[Report], random: Random
) -> None:
    now = NOON + timedelta(days=1)
    earlier = [
        replace(one, id=ReportId(f"early-{one.id}"), key=f"early-{one.id}", published=at)
        for one in before
        if one.published and (at := one.published - timedelta(minutes=110))
    ]
    dated = {one.id: one for one in (*earlier, *after) if one.published}
    if not dated:
        return
    last = max(one.published for one in dated.values() if one.published)
    late = [one for one in dated.values() if one.published and last - one.published < WINDOW]
    early = [one for one in dated.values() if one not in late]
    shuffled = random.sample(late, len(late))
    assert take([early, *cut(shuffled, random)], now=now) == take([list(dated.values())], now=now)
