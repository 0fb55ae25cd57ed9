"""One name for one speaker in all the reports of a story.

A report may say "Putin", "the Russian president" or "Sergey Lavrov" of somebody whom other reports
of the same days name in full, with the office, or spell otherwise.

Rule: a wrong speaker is far worse than none. A name is taken from other reports only where
everybody of that family name, or everybody in that office, is one and the same there; what was
taken is marked as inferred and says from where. The words of the report stay as printed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sayso.extract.countries import country_of
from sayso.records import Attribution, Findings, Report, ReportId, Speaker
from sayso.trace.voices import same_speaker, voice_keys

DAYS = timedelta(days=14)
"""Reports this far apart still speak of the same holder of an office."""

BY_NAME, BY_OFFICE = 0.85, 0.7
"""How sure a name is that other reports give to a family name, or to an office, alone."""

SAME = 0.95
"""From here two full names are one person's; a family name alone reaches less."""

# Held by one person of a country, a state or a town at a time.
_OFFICES = {
    "president": "president",
    "prime minister": "prime minister",
    "premier": "prime minister",
    "chancellor": "chancellor",
    "king": "king",
    "queen": "queen",
    "foreign minister": "foreign minister",
    "defence minister": "defence minister",
    "defense minister": "defence minister",
    "defence secretary": "defence minister",
    "defense secretary": "defence minister",
    "finance minister": "finance minister",
    "interior minister": "interior minister",
    "energy minister": "energy minister",
    "health minister": "health minister",
    "justice minister": "justice minister",
    "secretary of state": "secretary of state",
    "foreign secretary": "foreign minister",
    "governor": "governor",
    "mayor": "mayor",
}
_OFFICE_WORDS = frozenset(word for office in _OFFICES for word in office.split()) | {"of", "the"}
_FORMER = re.compile(
    r"\b(?:former|ex|late|then|deputy|vice|acting|assistant|spokes\w+|aide|adviser|advisor|elect"
    r"|candidate|son|daughter|wife|husband)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"^(?:the|its|their)\b|[’']s\b", re.IGNORECASE)


@dataclass(slots=True)
class Known:
    """Somebody whom at least one report names in full."""

    spellings: Counter[str] = field(default_factory=Counter)
    speaker: Speaker = field(default_factory=lambda: Speaker(name=None))
    outlet: str = ""

    @property
    def name(self) -> str:
        """As most reports spell it; of several, the first by alphabet."""
        return min(self.spellings, key=lambda name: (-self.spellings[name], name))


def name_speakers(
    reports: Iterable[Report], findings: Mapping[ReportId, Findings]
) -> dict[ReportId, Findings]:
    """Return the findings, each speaker under the name by which the other reports know him."""
    ordered = sorted(reports, key=lambda one: one.id)
    known, offices = _meet(ordered, findings)
    named: dict[ReportId, Findings] = dict(findings)
    for report in ordered:
        found = findings.get(report.id)
        if found is None:
            continue
        told = tuple(_named(report, one, known, offices) for one in found.attributions)
        if told != found.attributions:
            named[report.id] = replace(found, attributions=told)
    return named


Holders = dict[tuple[str, str], list[tuple[Report, Known]]]


def _meet(
    reports: Sequence[Report], findings: Mapping[ReportId, Findings]
) -> tuple[dict[str, list[Known]], Holders]:
    """Return the people named in full by family name, and who held which office of a country."""
    known: dict[str, list[Known]] = defaultdict(list)
    offices: Holders = defaultdict(list)
    for report in reports:
        held = findings.get(report.id)
        for attribution in held.attributions if held is not None else ():
            speaker = attribution.speaker
            if speaker is None or speaker.kind != "person" or not _in_full(speaker.name):
                continue
            somebody = _find(known[voice_keys(speaker)[0]], speaker, report)
            somebody.spellings[_straight(speaker.name)] += 1
            office, place = _office(speaker.role), _place(speaker.role)
            if office is not None and place is not None:
                offices[office, place].append((report, somebody))
    return known, offices


def _find(people: list[Known], speaker: Speaker, report: Report) -> Known:
    for one in people:
        if same_speaker(one.speaker, speaker) >= SAME:
            if one.speaker.country is None and speaker.country is not None:
                one.speaker = replace(one.speaker, country=speaker.country)
            return one
    people.append(Known(speaker=speaker, outlet=report.outlet))
    return people[-1]


def _named(
    report: Report, attribution: Attribution, known: Mapping[str, list[Known]], offices: Holders
) -> Attribution:
    speaker = attribution.speaker
    if speaker is None:
        return attribution
    if speaker.kind == "person" and speaker.name is not None:
        told = _by_name(speaker, known)
    else:
        told = _by_office(report, attribution, speaker, offices)
    return attribution if told is speaker else replace(attribution, speaker=told)


def _by_name(speaker: Speaker, known: Mapping[str, list[Known]]) -> Speaker:
    people = known.get(voice_keys(speaker)[0], [])
    if _in_full(speaker.name):
        fitting = [one for one in people if same_speaker(one.speaker, speaker) >= SAME]
    else:
        fitting = [one for one in people if same_speaker(one.speaker, speaker) > 0]
        if len(people) > 1:
            return speaker  # "Jackson" may be Ida or Peter Jackson
    if len(fitting) != 1 or fitting[0].name == _straight(speaker.name):
        return speaker
    somebody = fitting[0]
    return replace(
        speaker,
        name=somebody.name,
        country=speaker.country or somebody.speaker.country,
        inferred=True,
        confidence=min(speaker.confidence, BY_NAME),
        reasons=(*speaker.reasons, f"“{speaker.name}” is {somebody.name} in {somebody.outlet}"),
    )


def _by_office(
    report: Report, attribution: Attribution, speaker: Speaker, offices: Holders
) -> Speaker:
    office, place = _office(speaker.role), _place(speaker.role)
    if speaker.name is not None or attribution.source is None or None in (office, place):
        return speaker
    words = report.cut(attribution.source)
    if not _DEFINITE.search(words):
        return speaker  # "a Norland minister"
    holders = {
        id(somebody): (other, somebody)
        for other, somebody in offices.get((str(office), str(place)), [])
        if _same_days(report, other)
    }
    if len(holders) != 1:
        return speaker
    ((other, somebody),) = holders.values()
    return replace(
        speaker,
        name=somebody.name,
        kind="person",
        inferred=True,
        confidence=min(speaker.confidence, BY_OFFICE),
        reasons=(*speaker.reasons, f"“{words}” is {somebody.name} in {other.outlet}"),
    )


def _same_days(one: Report, other: Report) -> bool:
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) <= DAYS


def _in_full(name: str | None) -> bool:
    return name is not None and len(name.split()) > 1


def _office(role: str | None) -> str | None:
    """Return the office that a role names, the same for all its spellings; None for any other."""
    if role is None or _FORMER.search(role):
        return None
    low = role.lower().replace("-", " ")
    found = {office for words, office in _OFFICES.items() if re.search(rf"\b{words}\b", low)}
    if "secretary of state" in found and "foreign minister" in found:
        return None
    return found.pop() if len(found) == 1 else None


def _place(role: str | None) -> str | None:
    """Return where an office is held: a country, or whatever else its role names by capitals."""
    country = country_of(role or "")
    if country is not None or role is None:
        return country
    words = [re.sub(r"[’']s$", "", word).lower() for word in role.split() if word[0].isupper()]
    return " ".join(word for word in words if word not in _OFFICE_WORDS) or None


def _straight(name: str | None) -> str:
    return str(name).replace("’", "'")
