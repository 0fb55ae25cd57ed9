"""How many independent sources carry something, and who they are.

Rule 1: doubt never adds independence. The lower bound joins reports on any sign of a common
origin (a copied passage, a credit that both give, one owner); the upper bound only on what is
beyond doubt (a report copied for the most part, a dispatch that is wholly one agency's, one
outlet, one owner).
Rule 2: independent reports of one utterance are independent witnesses that it was said; they
confirm nothing of what was said. Unnamed officials may all be one official.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sayso.records import Independence, Lineage, Origin, Report, ReportId
from sayso.trace.credits import leans_on_unnamed, origin_names, whole_origin, wire
from sayso.trace.overlap import FIRM_SHARE
from sayso.trace.owners import Owners


def independence(
    reports: Iterable[Report],
    lineages: Mapping[ReportId, Lineage],
    *,
    owners: Owners,
    unnamed: bool = False,
    relays: Mapping[ReportId, Collection[str]] | None = None,
) -> Independence:
    """Return how many independent sources `reports` make.

    `relays` is whom a report says it has the words from: "the ministry said, RBC reported" is
    RBC's word, not one more.

    `unnamed` says that the source they give is nobody by name, so that all of them may have
    spoken to the same person.
    """
    carriers = {report.id: report for report in sorted(reports, key=_by_time)}
    strict, doubtful = _Groups(carriers), _Groups(carriers)
    _join_by_outlet(carriers, owners, strict, doubtful)
    _join_by_credit(carriers, lineages, strict, doubtful)
    _join_by_copy(carriers, lineages, strict, doubtful)
    _join_by_relay(carriers, relays or {}, strict, doubtful)
    _join_by_unnamed(carriers, doubtful)
    origins = tuple(
        _origin(group, carriers, lineages, owners, doubtful.reasons(group))
        for group in doubtful.groups()
    )
    return Independence(
        low=min(1, len(origins)) if unnamed else len(origins),
        high=len(strict.groups()),
        carriers=len(carriers),
        origins=origins,
    )


@dataclass(slots=True)
class _Groups:
    """Reports joined step by step, each join with its reason."""

    members: Iterable[ReportId]
    _leader: dict[ReportId, ReportId] = field(default_factory=dict)
    _reasons: list[tuple[ReportId, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._leader = {member: member for member in self.members}

    def leader(self, member: ReportId) -> ReportId:
        while self._leader[member] != member:
            self._leader[member] = self._leader[self._leader[member]]
            member = self._leader[member]
        return member

    def join(self, one: ReportId, other: ReportId, reason: str) -> None:
        first, second = self.leader(one), self.leader(other)
        if first != second:
            self._leader[second] = first
        self._reasons.append((one, reason))

    def groups(self) -> list[list[ReportId]]:
        """Return the groups and their members, in the order of the members."""
        found: dict[ReportId, list[ReportId]] = {}
        for member in self._leader:
            found.setdefault(self.leader(member), []).append(member)
        return list(found.values())

    def reasons(self, group: list[ReportId]) -> tuple[str, ...]:
        leader = self.leader(group[0])
        return tuple(
            dict.fromkeys(why for member, why in self._reasons if self.leader(member) == leader)
        )


def _join_by_outlet(carriers: Mapping[ReportId, Report], owners: Owners, *groups: _Groups) -> None:
    houses: dict[str, ReportId] = {}
    for report in carriers.values():
        owner = owners.owner(report)
        house = f"owner {owner}" if owner else f"outlet {owners.outlet(report)}"
        first = houses.setdefault(house, report.id)
        if first == report.id:
            continue
        same_outlet = owners.outlet(carriers[first]) == owners.outlet(report)
        why = (
            f"all published by {report.outlet}"
            if same_outlet
            else f"{report.outlet} and {carriers[first].outlet} both belong to {owner}"
        )
        for group in groups:
            group.join(first, report.id, why)


def _join_by_credit(
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    strict: _Groups,
    doubtful: _Groups,
) -> None:
    wholly: dict[str, ReportId] = {}
    leaning: dict[str, ReportId] = {}
    several = []
    for report in carriers.values():
        whole = wire(report) or (origin_names(report)[0] if whole_origin(report) else None)
        if whole:
            first = wholly.setdefault(whole.casefold(), report.id)
            strict.join(first, report.id, f"both are dispatches of {whole}")
        names = _leans_on(report, lineages.get(report.id))
        if len(names) > 1:
            several.append((report, names))
        else:
            _lean(report, names, leaning, doubtful)
    # A report made from AP and Reuters adds no source, but does not make the two agencies one:
    # it goes with the first of them that is there.
    for report, names in several:
        _lean(report, names, leaning, doubtful)


def _join_by_unnamed(carriers: Mapping[ReportId, Report], doubtful: _Groups) -> None:
    """Count what is made "with agencies" with whoever was first: it may be theirs."""
    for report in carriers.values():
        if leans_on_unnamed(report):
            first = next((one for one in carriers if one != report.id), report.id)
            doubtful.join(first, report.id, f"{report.outlet} names no agency, but leans on some")


def _leans_on(report: Report, lineage: Lineage | None) -> tuple[str, ...]:
    """Return those whom `report` says or shows that it has it from, or else its own outlet."""
    names = dict.fromkeys(name for name in (wire(report), *origin_names(report)) if name)
    if lineage and lineage.origin_name:
        names.setdefault(lineage.origin_name)
    return tuple(names) or (report.outlet,)


def _lean(
    report: Report, names: tuple[str, ...], leaning: dict[str, ReportId], doubtful: _Groups
) -> None:
    name = next((name for name in names if name.casefold() in leaning), names[0])
    first = leaning.setdefault(name.casefold(), report.id)
    if first != report.id:
        doubtful.join(first, report.id, f"both lean on {name}")


def _join_by_copy(
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    strict: _Groups,
    doubtful: _Groups,
) -> None:
    # Two copies of one report are one source even where that report is not among the carriers.
    firm: dict[ReportId, ReportId] = {}
    loose: dict[ReportId, ReportId] = {}
    for report in carriers.values():
        lineage = lineages.get(report.id)
        if lineage and lineage.doubt and lineage.other and lineage.other in carriers:
            doubtful.join(lineage.other, report.id, f"{report.outlet} perhaps rewrote it")
        sources = [] if lineage is None or lineage.overlap != "copy" else [lineage.other]
        for source in (report.id, *sources):
            if source is None:
                continue
            first = loose.setdefault(source, report.id)
            if first != report.id:
                doubtful.join(first, report.id, f"{report.outlet} copied the same words")
            sure = lineage is not None and (lineage.ruled or lineage.shared >= FIRM_SHARE)
            if source == report.id or sure:
                first = firm.setdefault(source, report.id)
                if first != report.id:
                    strict.join(first, report.id, f"{report.outlet} copied the same words")


def _join_by_relay(
    carriers: Mapping[ReportId, Report],
    relays: Mapping[ReportId, Collection[str]],
    *groups: _Groups,
) -> None:
    """Join what one outlet says that another said with that other, and with who else says so."""
    firsts: dict[str, ReportId] = {}
    for report in carriers.values():
        firsts.setdefault(_plain(report.outlet), report.id)
    for report in carriers.values():
        for name in relays.get(report.id, ()):
            first = firsts.setdefault(_plain(name), report.id)
            if first != report.id:
                for group in groups:
                    group.join(first, report.id, f"{report.outlet} has it from {name}")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


def _origin(
    group: list[ReportId],
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    owners: Owners,
    reasons: tuple[str, ...],
) -> Origin:
    """Return the origin that a group counts under, named after what joins most of it."""
    members = [carriers[member] for member in group]
    # "With reporting by AP" makes an outlet's own report no dispatch of AP's; it names the group
    # only where it is what joins several outlets.
    several = len({owners.outlet(report) for report in members}) > 1
    agencies = [
        wire(report)
        or ((origin_names(report) or ("",))[0] if several or whole_origin(report) else "")
        for report in members
    ]
    names = [name for name in agencies if name]
    names += [
        lineage.origin_name
        for report in members
        if (lineage := lineages.get(report.id)) and lineage.origin_name
    ]
    if names:
        name = min(set(names), key=lambda each: (-names.count(each), each))
        return Origin(name=name, kind="agency", reports=tuple(group), reasons=reasons)
    houses = {owners.owner(report) for report in members}
    if len(houses) == 1 and several:
        owner = houses.pop()
        if owner:
            return Origin(name=owner, kind="owner", reports=tuple(group), reasons=reasons)
    return Origin(
        name=members[0].outlet,
        kind="copy" if several else "outlet",
        reports=tuple(group),
        reasons=reasons,
    )


def _by_time(report: Report) -> tuple[bool, float, str]:
    published = report.published
    return published is None, published.timestamp() if published else 0.0, report.id
