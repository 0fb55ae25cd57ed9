"""From source spans to speakers, in text order, so that a pronoun can look at who spoke before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.countries import country_named, country_of, is_demonym
from sayso.extract.names import Gender, gender_of_words
from sayso.extract.speakers.lexicon import FEMALE, MALE, is_company
from sayso.extract.speakers.people import People, Person, is_slight
from sayso.extract.speakers.pronouns import Choice, resolve_gendered, resolve_plural
from sayso.extract.speakers.scene import Ask, Scene, Turn
from sayso.extract.speakers.sentences import Sentences
from sayso.extract.speakers.sources import Named, read_source
from sayso.records import Attribution, Report, Span, Speaker

# Nouns that mean little without the word before them.
GENERAL = frozenset("leader chief head boss director official member commander manager".split())

# One capital word, alone or before what small words add to it; "The" and "a" are none.
_LONE = re.compile(
    r"(?!(?:The|A|An)\b)([A-Z][\w-]+)(?:['’]s?)?"
    r"(?:,? (?:in|at|on|from|during|to|with|this|last|himself|herself|\w+ing)\b.*)?$",
    re.DOTALL,
)
_GOES_ON = re.compile(r"\b(?:add|continu|conclud)\w*\b|\b(?:went|go(?:es)?) on\b|\balso\b")


def resolve(report: Report, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions with their speakers, as far as the report tells who they are.

    A generic group ("officials", "Norland media") is kind "unnamed" with no name and its own
    words as role; so is anybody whom only a role describes and nobody in the report fits.
    """
    sources = tuple(one.source for one in attributions if one.source is not None)
    sentences = Sentences(report)
    people = People(report, sources, sentences)
    scene = Scene(report, people, sentences)
    speakers: dict[int, Speaker] = {}
    order = sorted(
        range(len(attributions)),
        key=lambda at: source.start if (source := attributions[at].source) else -1,
    )
    echoes = [one for one in scene.pronouns() if not any(one[0].meets(span) for span in sources)]
    seen: dict[Span, Turn] = {}
    for at in order:
        attribution = attributions[at]
        source = attribution.source
        if source is None:
            continue
        while echoes and echoes[0][0].start < source.start:
            _echo(scene, *echoes.pop(0))
        turn = seen.get(source)
        if turn is None:
            turn = _turn(scene, attribution, source)
            seen[source] = turn
        else:
            turn = replace(turn, content=attribution.content)
        scene.turns.append(turn)
        speakers[at] = turn.speaker
    return tuple(
        replace(attribution, speaker=speakers.get(at))
        for at, attribution in enumerate(attributions)
    )


def _echo(scene: Scene, pronoun: Span, gender: Gender) -> None:
    """Note who a "he" is that says nothing: whoever it is stays in the reader's mind."""
    choice = resolve_gendered(scene, Ask(pronoun, (), gender))
    if choice is not None and choice.person is not None:
        scene.echoes.append((pronoun.start, choice.person))


def _turn(scene: Scene, attribution: Attribution, source: Span) -> Turn:
    report, people = scene.report, scene.people
    words = report.cut(source)
    named = read_source(words)
    person: Person | None = None
    gender = gender_of_words(words)
    if named.sort == "pronoun":
        person, speaker = _pronoun(scene, attribution, source, named)
    elif named.sort == "person":
        person, speaker = _person(people, named)
    elif last := _called(people, named, words):
        person, speaker = _person(people, replace(named, sort="person", name=last, role=None))
    elif named.sort == "role":
        person, speaker = _role(report, people, named, source)
    else:
        speaker = _other(people, named, words)
        if speaker.kind == "person":
            found = people.named(speaker.name or "")
            person = found[0] if len(found) == 1 else None
    single = named.sort == "role" or (speaker.inferred and speaker.kind == "unnamed")
    return Turn(source, attribution.content, person, speaker, gender, single)


def _called(people: People, named: Named, words: str) -> str | None:
    """ "King said", "Innocent in an e-mail": a common word that is somebody's last name here."""
    lead = _LONE.match(words)
    if lead is None or named.sort not in {"role", "unknown", "group", "document"}:
        return None
    found = people.named(lead[1])
    return lead[1] if len(found) == 1 and len(found[0].tokens) > 1 else None


def _person(people: People, named: Named) -> tuple[Person | None, Speaker]:
    assert named.name is not None
    gender = gender_of_words(named.titled) if named.titled else None
    found = people.named(named.name, gender)
    if len(found) != 1:
        reasons = (
            (f"“{named.name}” could be {' or '.join(p.name for p in found)}",) if found else ()
        )
        return None, Speaker(
            name=named.name, role=named.role, country=named.country, kind="person",
            confidence=0.6, reasons=reasons,
        )  # fmt: skip
    person = found[0]
    role = named.role
    if role is None or (is_slight(role) and person.role is not None):
        role = person.role
    whole = person.name == named.name
    reason = "named here" if whole else f"“{named.name}” is {person.name}, named so in the report"
    return person, Speaker(
        name=person.name,
        role=role,
        country=named.country or person.country,
        kind="person",
        confidence=0.95 if whole and named.sure else 0.9,
        reasons=(reason,),
    )


def _known(person: Person, choice: Choice, words: str) -> Speaker:
    return Speaker(
        name=person.name,
        role=person.role,
        country=person.country,
        kind="person",
        inferred=True,
        confidence=choice.confidence,
        reasons=(f"“{words}” taken as {choice.reason}",),
    )


def _pronoun(
    scene: Scene, attribution: Attribution, source: Span, named: Named
) -> tuple[Person | None, Speaker]:
    words = scene.report.cut(source)
    choice: Choice | None = None
    if named.head in MALE | FEMALE:
        gender: Gender = "m" if named.head in MALE else "f"
        goes_on = attribution.cue is not None and bool(
            _GOES_ON.search(scene.report.cut(attribution.cue).lower())
        )
        choice = resolve_gendered(scene, Ask(source, attribution.content, gender, goes_on))
    elif named.head in {"they", "it"}:
        choice = resolve_plural(scene.sentences, scene.turns, source)
    elif named.head in {"who", "which"}:
        choice = _before(scene.report, scene.people, source)
    if choice is None:
        return None, Speaker(
            name=None, kind="unnamed", confidence=0.3,
            reasons=(f"the report does not make clear who “{words}” is",),
        )  # fmt: skip
    if choice.person is not None:
        return choice.person, _known(choice.person, choice, words)
    assert choice.speaker is not None
    return None, replace(
        choice.speaker,
        inferred=True,
        confidence=min(choice.confidence, choice.speaker.confidence),
        reasons=(f"“{words}” taken as {choice.reason}",),
    )


def _before(report: Report, people: People, source: Span) -> Choice | None:
    """ "Ames, who said": whoever is named right before the relative pronoun."""
    for person in people.persons:
        for mention in person.mentions:
            between = report.text[mention.end : source.start]
            if 0 <= source.start - mention.end <= 3 and not between.strip(" ,"):
                return Choice(person, None, 0.9, f"{person.name}, named right before")
    return None


def _role(
    report: Report, people: People, named: Named, source: Span
) -> tuple[Person | None, Speaker]:
    """ "The minister": the one person before it whose office that is."""
    role = named.role or ""
    country = country_of(role)
    if named.definite:
        fitting = [
            person
            for person in people.persons
            if person.role is not None
            and any(mention.start < source.start for mention in person.mentions)
            and _same_office(named.head, role, person)
        ]
        if len(fitting) == 1:
            person = fitting[0]
            choice = Choice(person, None, 0.8, f"{person.name}, {person.role}")
            return person, _known(person, choice, report.cut(source))
    return None, Speaker(
        name=None, role=role, country=country, kind="unnamed", confidence=0.8,
        reasons=("described by a role, not named",),
    )  # fmt: skip


def _same_office(head: str, role: str, person: Person) -> bool:
    """The head noun agrees, and nothing said of country or office speaks against it."""
    words = (person.role or "").lower().replace("-", " ").split()
    if head == "leader" and _leads(role, person):
        return True
    if head not in words:
        return False
    before = words[words.index(head) - 1] if words.index(head) else ""
    if (
        head in GENERAL
        and before
        and country_of(before.title()) is None
        and before not in role.lower()
    ):
        return False  # "the Norlandish leader" is not the Norlandish opposition leader
    country = country_of(role)
    if country is not None and person.country is not None and country != person.country:
        return False
    former = {"former", "ex", "late", "then", "deputy", "vice"}
    if bool(former & set(role.lower().split())) != bool(former & set(words)):
        return False
    distinct = [
        word
        for word in role.lower().replace("-", " ").split()
        if word != head and word not in former and country_of(word.capitalize()) is None
    ]
    return all(word in words for word in distinct)


def _leads(role: str, person: Person) -> bool:
    """ "The Norlandish leader" is Norland's president, as "the leader" of something else is not."""
    words = (person.role or "").lower().split()
    before = role.rsplit(" ", 1)[0]
    led = country_of(before)
    return (
        led is not None
        and is_demonym(before)
        and led == person.country
        and (words[-1:] in (["president"], ["chancellor"], ["premier"]) or words[-2:] == _PREMIER)
    )


_PREMIER = ["prime", "minister"]


def _other(people: People, named: Named, words: str) -> Speaker:
    country = country_of(words)
    if named.sort == "state":
        return Speaker(
            name=named.name, role=named.role, kind="state",
            country=country_named(named.name or "") or country_of(named.name or ""),
            confidence=0.95, reasons=("a country named as speaker",),
        )  # fmt: skip
    if named.sort == "organisation" and named.name is not None:
        found = people.named(named.name)
        if len(found) == 1 and (found[0].name == named.name or is_company(named.name)):
            return Speaker(name=found[0].name, role=found[0].role, country=found[0].country)
        return Speaker(
            name=named.name, role=named.role, country=country, kind="organisation",
            confidence=0.9, reasons=("a body named here",),
        )  # fmt: skip
    if named.sort == "organisation":
        return Speaker(
            name=None, role=named.role, country=country, kind="organisation", confidence=0.7,
            reasons=("a body described, not named",),
        )  # fmt: skip
    if named.sort == "document":
        return Speaker(
            name=named.name, role=named.role, country=country, kind="document", confidence=0.85,
            reasons=("said in writing",),
        )  # fmt: skip
    return Speaker(
        name=None, role=named.role or words, country=country, kind="unnamed", confidence=0.8,
        reasons=("no name given",),
    )  # fmt: skip
