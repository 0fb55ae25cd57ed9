"""How stories unfold: the developments of a turn, each report compared with its own story.

What a story has told is made from its reports when one more comes, and kept at hand while the
story is busy: a turn that is done after another process wrote, or after a restart, decides the
same. A report that leaves a story takes along what it has told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sayso.records import Decision, Development, Findings, Report, ReportId, StoryId
from sayso.thread.developments import Step, StorySoFar

AT_HAND = 50_000
"""Statements held ready, some 5 kB each: those of what a busy desk follows in an hour."""

FEWEST_WORDS = 4
"""Words below which nothing is said that a reader could do anything with."""

Members = Callable[[StoryId], Iterable[tuple[Report, Findings]]]
"""A story to the reports that are kept of it, in the order of their time."""


class Unfolding:
    """What the open stories have told, those at hand that moved last."""

    def __init__(self) -> None:
        self._stories: OrderedDict[StoryId, StorySoFar] = OrderedDict()

    def developments(self, decision: Decision, members: Members) -> tuple[Development, ...]:
        """Return the developments of `decision`, with those of single statements among them.

        Those of a report follow the one by which it arrives. A statement that the story has
        told brings none: who reads the story sees one more carrier.
        """
        reports = {report.id: report for report in decision.reports}
        findings = {one.report: one for one in decision.findings}
        arrival = {
            one.report: one for one in reversed(decision.developments) if one.statement is None
        }
        placed: dict[ReportId, StoryId] = {}
        steps: dict[ReportId, list[Step]] = {}
        for placement in decision.placements:
            report, story = placement.report, placement.story
            if report in placed or report not in reports:
                self._move(report, story)
            elif report in findings:
                so_far = self._so_far(
                    story, members, {one: reports[one] for one in placed}, findings, placed
                )
                steps[report] = so_far.take(
                    reports[report], findings[report], replaces=arrival[report].replaces
                )
            placed[report] = story
        self._forget()
        return tuple(_with_steps(decision.developments, arrival, steps))

    def _so_far(
        self,
        story: StoryId,
        members: Members,
        reports: Mapping[ReportId, Report],
        findings: Mapping[ReportId, Findings],
        placed: Mapping[ReportId, StoryId],
    ) -> StorySoFar:
        """Return what `story` has told; of this turn, what is `placed` in it already."""
        so_far = self._stories.get(story)
        if so_far is None:
            so_far = self._stories[story] = StorySoFar()
            for report, found in members(story):
                if placed.get(report.id, story) == story:
                    so_far.recall(report, found)
            for each, report in reports.items():
                if placed[each] == story and each in findings:
                    so_far.recall(report, findings[each])
        self._stories.move_to_end(story)
        return so_far

    def _move(self, report: ReportId, story: StoryId) -> None:
        """Have what a report has told go with it from its old story to its new one."""
        there = self._stories.get(story)
        if there is not None and report in there.reports:
            return
        held = [one for one in self._stories.values() if report in one.reports]
        shares = [one.leave(report) for one in held]
        if there is not None and shares:
            there.join(shares[0])
        elif there is not None:
            del self._stories[story]  # what the report has told is not at hand: made anew

    def _forget(self) -> None:
        held = sum(map(len, self._stories.values()))
        while held > AT_HAND and len(self._stories) > 1:
            held -= len(self._stories.popitem(last=False)[1])


def _with_steps(
    developments: Iterable[Development],
    arrival: Mapping[ReportId, Development],
    steps: Mapping[ReportId, Iterable[Step]],
) -> Iterable[Development]:
    for one in developments:
        brought = list(steps.get(one.report, ())) if arrival.get(one.report) is one else []
        if one.kind == "new" and brought and all(step.kind == "repeated" for step in brought):
            reason = f"all that it says was told: it carries {len(brought)} statements more"
            one = replace(one, kind="repeated", reasons=(*one.reasons, reason))
        yield one
        for step in brought:
            if step.kind != "repeated" and step.words >= FEWEST_WORDS:
                yield Development(
                    story=one.story,
                    kind=step.kind,
                    report=one.report,
                    statement=step.statement,
                    reasons=step.reasons,
                )
