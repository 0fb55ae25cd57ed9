"""How many independent sources carry something, and who they are.

Rule 1: doubt never adds independence. The lower bound joins reports on any sign of a common
origin (a copied passage, a credit that both give, one owner) and counts whoever does not show
where it has the words with somebody who does; the upper bound joins only on what is beyond doubt
(a report copied for the most part, a dispatch that is wholly one agency's, one outlet, one owner).
Rule 2: a copy counts with what it was copied from and no more with its own house: two papers of
one owner that print two agencies do not make the agencies one.
Rule 3: independent reports of one utterance are independent witnesses that it was said; they
confirm nothing of what was said. Unnamed officials may all be one official.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.normalise.agencies import agency
from sayso.records import Independence, Lineage, Origin, OriginKind, Report, ReportId
from sayso.trace.credits import leans_on_unnamed, origin_names, whole_origin, wire
from sayso.trace.hearing import Hearing
from sayso.trace.overlap import FIRM_SHARE
from sayso.trace.owners import Owners


def independence(
    reports: Iterable[Report],
    lineages: Mapping[ReportId, Lineage],
    *,
    owners: Owners,
    unnamed: bool = False,
    heard: Mapping[ReportId, Hearing] | None = None,
) -> Independence:
    """Return how many independent sources `reports` make.

    `heard` is, where they carry one statement, how each has it: "the ministry said, RBC reported"
    is RBC's word, not one more. `unnamed` says that the source they give is nobody by name, so
    that all of them may have spoken to the same person.
    """
    carriers = {report.id: report for report in sorted(reports, key=_by_time)}
    strict, doubtful = _Groups(carriers), _Groups(carriers)
    _join_by_outlet(carriers, lineages, owners, heard or {}, strict, doubtful)
    _join_by_credit(carriers, lineages, strict, doubtful)
    _join_by_copy(carriers, lineages, strict, doubtful)
    _join_by_relay(carriers, heard or {}, strict, doubtful)
    _join_by_unnamed(carriers, heard or {}, doubtful)
    if heard is not None:
        _join_by_silence(carriers, lineages, heard, doubtful)
    origins = tuple(
        _origin(group, carriers, lineages, owners, doubtful.reasons(group))
        for group in doubtful.groups()
    )
    high = len(strict.groups())
    return Independence(
        low=min(1, len(origins)) if unnamed else len(origins),
        high=high,
        carriers=len(carriers),
        origins=origins,
        note=_note(high, unnamed=unnamed) if heard is not None and high > 1 else "",
    )


def _note(witnesses: int, *, unnamed: bool) -> str:
    """Return what several sources of one statement are sources of, as Rule 3 has it."""
    if unnamed:
        return (
            "an unnamed source may be the same person for all who quote it:"
            f" {witnesses} outlets at most, no more officials than one for certain"
        )
    return (
        "independent witnesses that these words were said; that several heard them"
        " does not confirm what was said"
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


def _join_by_outlet(
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    owners: Owners,
    heard: Mapping[ReportId, Hearing],
    strict: _Groups,
    doubtful: _Groups,
) -> None:
    relayed = {report for report, _, _ in _relayed(carriers, heard)}
    for groups, least in ((strict, FIRM_SHARE), (doubtful, 0.0)):
        houses: dict[str, ReportId] = {}
        for report in carriers.values():
            if _comes_from_elsewhere(report, carriers, lineages, owners, least):
                continue
            # Whoever names another outlet once may well lean on it again without a word.
            if groups is strict and report.id in relayed:
                continue
            first = houses.setdefault(_house(report, owners), report.id)
            if first != report.id:
                groups.join(first, report.id, _one_house(carriers[first], report, owners))


def _one_house(one: Report, other: Report, owners: Owners) -> str:
    if owners.outlet(one) == owners.outlet(other):
        return f"all published by {other.outlet}"
    return f"{other.outlet} and {one.outlet} both belong to {owners.owner(other)}"


def _house(report: Report, owners: Owners) -> str:
    owner = owners.owner(report)
    return f"owner {owner}" if owner else f"outlet {owners.outlet(report)}"


def _comes_from_elsewhere(
    report: Report,
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    owners: Owners,
    least: float,
) -> bool:
    """Tell whether `least` of `report` was copied from another house among the carriers."""
    lineage = lineages.get(report.id)
    if lineage is None or lineage.origin is None or lineage.origin not in carriers:
        return False
    if lineage.shared < least and not lineage.ruled:
        return False
    return _house(carriers[lineage.origin], owners) != _house(report, owners)


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
            _lean(report, names, carriers, leaning, doubtful)
    # A report made from AP and Reuters adds no source, but does not make the two agencies one:
    # it goes with the first of them that is there.
    for report, names in several:
        _lean(report, names, carriers, leaning, doubtful)


def _join_by_unnamed(
    carriers: Mapping[ReportId, Report],
    heard: Mapping[ReportId, Hearing],
    doubtful: _Groups,
) -> None:
    """Count what is made "with agencies" with whoever was first: it may be theirs."""
    for report in carriers.values():
        how = heard.get(report.id, Hearing())
        if leans_on_unnamed(report) and not (how.there or how.relays):
            first = next((one for one in carriers if one != report.id), report.id)
            doubtful.join(first, report.id, f"{report.outlet} names no agency, but leans on some")


def _join_by_silence(
    carriers: Mapping[ReportId, Report],
    lineages: Mapping[ReportId, Lineage],
    heard: Mapping[ReportId, Hearing],
    doubtful: _Groups,
) -> None:
    """Count whoever does not show where it has the words with the first that does."""

    def shows(member: ReportId) -> bool:
        how = heard.get(member, Hearing())
        # Who prints the quotation of another and does not say where it was heard has it from there.
        lineage = lineages.get(member)
        alone = lineage is None or lineage.other not in carriers
        ruled = lineage is not None and not carriers.keys().isdisjoint(lineage.separate)
        return how.there or bool(how.relays) or ruled or (how.signed and alone)

    groups = doubtful.groups()
    silent = [group for group in groups if not any(map(shows, group))]
    showing = next((group for group in groups if group not in silent), None) or groups[0]
    for group in silent:
        if group is not showing:
            outlet = carriers[group[0]].outlet
            doubtful.join(showing[0], group[0], f"{outlet} does not say where it has it")


def _leans_on(report: Report, lineage: Lineage | None) -> tuple[str, ...]:
    """Return those whom `report` says or shows that it has it from, or else its own outlet."""
    names = dict.fromkeys(name for name in (wire(report), *origin_names(report)) if name)
    if lineage and lineage.origin_name:
        names.setdefault(lineage.origin_name)
    return tuple(names) or (report.outlet,)


def _lean(
    report: Report,
    names: tuple[str, ...],
    carriers: Mapping[ReportId, Report],
    leaning: dict[str, ReportId],
    doubtful: _Groups,
) -> None:
    name = next((name for name in names if name.casefold() in leaning), names[0])
    first = leaning.setdefault(name.casefold(), report.id)
    if first == report.id:
        return
    if name == report.outlet:
        reason = f"all published by {name}"
    elif name == (wire(carriers[first]) or carriers[first].outlet):
        reason = f"the rest lean on {name}"
    else:
        reason = f"all lean on {name}"
    doubtful.join(first, report.id, reason)


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
            # What was copied may stand behind its copy: agencies date a dispatch anew.
            copier = carriers[first] if source == report.id else report
            if first != report.id:
                doubtful.join(first, report.id, f"{copier.outlet} copied the same words")
            sure = lineage is not None and (lineage.ruled or lineage.shared >= FIRM_SHARE)
            if source == report.id or sure:
                first = firm.setdefault(source, report.id)
                if first != report.id:
                    strict.join(first, report.id, f"{copier.outlet} copied the same words")


def _join_by_relay(
    carriers: Mapping[ReportId, Report],
    heard: Mapping[ReportId, Hearing],
    *groups: _Groups,
) -> None:
    """Join what one outlet says that another said with that other, and with who else says so."""
    for report, first, name in _relayed(carriers, heard):
        for group in groups:
            group.join(first, report, f"{carriers[report].outlet} has it from {name}")


def _relayed(
    carriers: Mapping[ReportId, Report], heard: Mapping[ReportId, Hearing]
) -> list[tuple[ReportId, ReportId, str]]:
    """Return each report that has the words from another, with whose they are and by what name."""
    firsts: dict[str, ReportId] = {}
    for report in carriers.values():
        firsts.setdefault(_plain(report.outlet), report.id)
        firsts.setdefault(_initials(report.outlet), report.id)
    found = []
    for report in carriers.values():
        for name in heard[report.id].relays if report.id in heard else ():
            plain = _plain(name)
            known = next((each for each in firsts if plain.endswith(f" {each}")), plain)
            first = firsts.setdefault(known, report.id)
            if first != report.id:
                found.append((report.id, first, name))
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


def _initials(outlet: str) -> str:
    """Return the letters by which an outlet of several words goes: KTA."""
    words = re.findall(r"[^\W\d_]+", outlet.casefold().removeprefix("the "))
    return "".join(word[0] for word in words) if len(words) > 2 else outlet.casefold()


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
    credited = [name for name in agencies if name]
    copied = [
        (report.outlet, lineage.origin_name)
        for report in members
        if (lineage := lineages.get(report.id)) and lineage.origin_name
    ]
    # An outlet that copied it itself is not where it comes from, though others copied it there.
    copiers = {outlet for outlet, name in copied if name != outlet}
    names = credited + [name for _, name in copied if name not in copiers]
    name = min(set(names), key=lambda each: (-names.count(each), each), default=members[0].outlet)
    houses = {owners.owner(report) for report in members}
    owner = houses.pop() if len(houses) == 1 and several else None
    kind: OriginKind
    if names and (name in credited or agency(name)):
        kind = "agency"
    elif owner:
        name, kind = owner, "owner"
    else:
        # What one outlet printed twice is its own; a copy counts under whom it was copied from.
        kind = "copy" if several or name != members[0].outlet else "outlet"
    return Origin(name=name, kind=kind, reports=tuple(group), reasons=reasons)


def _by_time(report: Report) -> tuple[bool, float, str]:
    published = report.published
    return published is None, published.timestamp() if published else 0.0, report.id
