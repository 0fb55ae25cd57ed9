"""The people that a report names, and every place where it names them.

Rule: a name is what the report prints; the fullest form that it gives first is the name of the
person, and a shorter form belongs to the person whose name it is a part of. Two people of one
last name are kept apart, and a form that could be either belongs to neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sayso.extract.countries import country_of, is_demonym
from sayso.extract.names import (
    PARTICLES,
    Gender,
    gender_of_given,
    gender_of_words,
    is_given,
)
from sayso.extract.rules.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BREAKERS,
    DAYS,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    frame,
)
from sayso.extract.speakers.lexicon import FEMALE, MALE, is_company, is_role, is_title, names_body
from sayso.extract.speakers.sentences import Sentences
from sayso.extract.speakers.sources import Named, read_source
from sayso.records import PartKind, Report, Span

TOLD: tuple[PartKind, ...] = ("standfirst", "body", "heading", "headline")
BESIDE: tuple[PartKind, ...] = ("caption", "byline", "correction", "note")  # read last for roles
_CAPITAL = (
    r"(?:(?:[A-Z]\.){1,4}|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Rev|Jr|Sr|St)\."
    r"|[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'&-]*|(?:al|el|bin|ibn|d)[-’'][A-Z]\w+)"
)
_GAP = "[ \u00a0]+"
_RUN = re.compile(
    rf"(?<![\w@#]){_CAPITAL}(?:{_GAP}(?:(?:{'|'.join(sorted(PARTICLES))}){_GAP})*{_CAPITAL})*"
)
_NEVER_FIRST = (
    ADVERBS
    | AUXILIARIES
    | BREAKERS
    | DAYS
    | DETERMINERS
    | OPENERS
    | PREPOSITIONS
    | PRONOUNS
    | {"and", "or", "lrb", "rrb", "nobody", "everybody", "somebody", "everyone", "someone"}
)
_WORD = re.compile(r"[a-z]+")
_PRINTED = re.compile(r"[\w’'.&-]+")
_OWNS = re.compile(r"['’]s?$")
_BLANK = re.compile(r"\s+")
_PLACE = re.compile(r"\b(?:the|in|at|near|from|to|on|of|a|an)\s+$", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[A-Z][\w.-]*(?: [A-Z][\w.-]*)?[’']s?)\s")
_SAYS = re.compile(r"(?:\b(?:sa(?:id|ys)|told|added|according to|and|but)|[,”\"])$")
_SLIGHT = frozenset(
    "republican democrat conservative liberal native resident man woman person friend father mother"
    " son daughter brother sister husband wife supporter critic ally opponent rival".split()
)
_AFTER = re.compile(r"\s*,[^.;:\n“”\"]{3,90}?(?=[,.;\n])")


@dataclass(slots=True)
class Mention:
    """One place where a person is named."""

    start: int
    end: int
    possessive: bool
    full: bool


@dataclass(slots=True)
class Person:
    """A person of the report; grows while the report is read, then stays as it is."""

    name: str
    tokens: tuple[str, ...]
    gender: Gender | None = None
    role: str | None = None
    country: str | None = None
    told: bool = False  # a title or an office tells the gender, not the name alone
    sure: bool = False  # a title, an office or a given name shows that this is a person
    mentions: list[Mention] = field(default_factory=list)

    @property
    def last(self) -> str:
        return self.tokens[-1]


class People:
    """The people of one report, by the names that it prints."""

    def __init__(self, report: Report, sources: tuple[Span, ...], sentences: Sentences) -> None:
        self._report = report
        self._sentences = sentences
        self.persons: list[Person] = []
        runs = self._runs()
        heard = {named.name for named in map(self._read, sources) if _is_person(named)}
        for start, end in runs:
            self._meet_full(start, end, heard)
        for span in sources:
            self._meet_source(span)
        for start, end in runs:
            self._meet_short(start, end)
        self._meet_possible(runs)
        for person in self.persons:
            person.mentions.sort(key=lambda mention: mention.start)
            if person.gender is None:
                person.gender = (
                    gender_of_given(person.tokens[0]) if len(person.tokens) > 1 else None
                )
        self._named_in = self._sentences_named()
        for person in self.persons:
            if person.gender is None or (len(person.tokens) > 1 and not person.told):
                person.gender = self._gender_nearby(person)

    def named(self, name: str, gender: Gender | None = None) -> list[Person]:
        """Return those whom `name` may mean: the person of that name, or those it is a part of."""
        tokens = tuple(_plain(name).split())
        if not tokens:
            return []
        exact = [person for person in self.persons if person.tokens == tokens]
        if exact:
            return exact
        for match in (_is_tail, _is_variant, _is_part):
            found = [person for person in self.persons if match(tokens, person.tokens)]
            found = [person for person in found if person.sure] or found
            if gender is not None and len(found) > 1:
                found = [person for person in found if person.gender in (gender, None)]
            if found:
                return found
        return []

    def _read(self, span: Span) -> Named:
        return read_source(self._report.cut(span))

    def _runs(self) -> list[tuple[int, int]]:
        text = self._report.text
        spans = (
            (*self._report.spans(*TOLD), *self._report.spans(*BESIDE))
            if self._report.parts
            else (Span(0, len(text)),)
        )
        found = []
        for span in spans:
            for match in _RUN.finditer(text, span.start, span.end):
                start, end = _without_opening(text, match.start(), match.end())
                if text[end - 2 : end] in {"'s", "’s"}:
                    end -= 2  # "Ida Ames's plan" names Ida Ames
                if start < end:
                    found.append((start, end))
        return found

    def _meet_full(self, start: int, end: int, heard: set[str | None]) -> None:
        """Take a run of capitals as a full name, if it is one."""
        text = self._report.text
        role_start = _role_start(text, start)
        after = _AFTER.match(text, end)
        words = text[role_start : after.end() if after else end]
        named = read_source(words)
        if not _is_person(named) or named.name is None or named.name not in text[start:end]:
            named = read_source(text[role_start:end])
        if not _is_person(named) or named.name is None:
            return
        at = text.find(named.name, start, end)
        tokens = tuple(_plain(named.name).split())
        if at < 0 or len(tokens) < 2 or not _may_be_person(tokens):
            return  # "Mr Ames" is a short form, met once the full names are known
        office = (
            self._office_before(role_start, at + len(named.name))
            if named.role is None or is_slight(named.role)
            else None
        )
        if office is not None:
            self._add(tokens, replace(named, role=office, sure=True), at)
        elif named.sure or is_given(tokens[0]):
            self._add(tokens, named, at)
        elif named.name in heard:
            sure = named.role is not None or self._called_by_last(tokens)
            self._add(tokens, replace(named, sure=sure), at)

    def _office_before(self, start: int, end: int) -> str | None:
        """ "Lowbridge's mayor, Ida Ames, said": the office that a comma sets before the name.

        Only where the two open a sentence or follow who "said": "after meeting the mayor, Ida
        Ames said" gives her no office.
        """
        text = self._report.text
        if text[start - 2 : start] != ", " or text[end : end + 1] not in {",", "."}:
            return None
        sentence = self._sentences.at(start)
        begin = max(sentence.start if sentence is not None else start, start - 120)
        lead = text[begin : start - 2]
        for match in reversed(list(_DETERMINED.finditer(lead))):
            ahead = lead[: match.start()].rstrip()
            opens = sentence is not None and begin == sentence.start and not ahead
            if not (opens or _SAYS.search(ahead)):
                continue
            named = read_source(lead[match.start() :])
            if named.sort == "role" and named.role and _is_office(named.role):
                return named.role
        return None

    def _called_by_last(self, tokens: tuple[str, ...]) -> bool:
        """Say whether the last name stands alone somewhere, as people's do and agencies' do not."""
        first, last = re.escape(tokens[-2]), re.escape(tokens[-1])
        return bool(re.search(rf"(?<!{first} )(?<![\w-]){last}(?![\w-])", self._report.text))

    def _add(self, tokens: tuple[str, ...], named: Named, at: int) -> None:
        assert named.name is not None
        same = [p for p in self.persons if p.tokens == tokens or _is_variant(tokens, p.tokens)]
        if same:
            person = same[0]
            if len(person.tokens[0].rstrip(".")) == 1 < len(tokens[0].rstrip(".")):
                person.name, person.tokens = _clean(named.name), tokens  # "Y. Ames", then in full
        else:
            person = Person(name=_clean(named.name), tokens=tokens)
            self.persons.append(person)
        self._note(person, named, at, at + len(named.name), full=True)

    def _note(self, person: Person, named: Named, start: int, end: int, *, full: bool) -> None:
        text = self._report.text
        if not any(mention.start == start for mention in person.mentions):
            possessive = text[end : end + 2] in {"'s", "’s"}
            person.mentions.append(Mention(start, end, possessive, full))
        person.sure = person.sure or named.sure
        for words in filter(None, (named.titled, named.role)):
            if person.gender is None:
                person.gender = gender_of_words(words)
                person.told = person.gender is not None
        if named.role and _is_office(named.role) and _outweighs(named.role, person.role):
            person.role = named.role
        person.country = person.country or named.country

    def _meet_source(self, span: Span) -> None:
        """A source that is a name nobody has been met by yet is a person of one name."""
        named = self._read(span)
        if not _is_person(named) or named.name is None:
            return
        tokens = tuple(_plain(named.name).split())
        start = self._report.text.find(named.name, span.start, span.end)
        if start < 0 or not tokens or not _may_be_person(tokens):
            return
        if len(tokens) > 1:
            self._add(tokens, named, start)
        elif not self.named(named.name):
            self.persons.append(Person(name=_clean(named.name), tokens=tokens))
            self._note(self.persons[-1], named, start, start + len(named.name), full=False)

    def _meet_short(self, start: int, end: int) -> None:
        """Give every shorter form to the person it belongs to."""
        text = self._report.text
        named = read_source(text[_role_start(text, start) : end])
        if named.sort != "person" or named.name is None:
            named = read_source(text[start:end])
        if named.name is None or named.sort not in {"person", "unknown", "organisation"}:
            return
        at = text.find(named.name, start, end)
        if at < 0:
            return
        gender = gender_of_words(named.titled) if named.titled else None
        found = self.named(named.name, gender)
        if len(found) == 1 and self._is_other(found[0], named, at):
            found = []
        if len(found) == 1 and (named.sort != "organisation" or found[0].sure):
            self._note(found[0], named, at, at + len(named.name), full=False)
        elif not found and named.sort == "person" and (named.titled or named.role) and named.sure:
            tokens = tuple(_plain(named.name).split())
            if tokens and _may_be_person(tokens):
                self.persons.append(Person(name=_clean(named.name), tokens=tokens))
                self._note(self.persons[-1], named, at, at + len(named.name), full=False)

    def _is_other(self, person: Person, named: Named, at: int) -> bool:
        """ "President Ames" long before "Martha Ames", who holds no office, is not Martha Ames."""
        return (
            named.sort == "person"
            and len(person.tokens) > 1
            and named.role is not None
            and _is_office(named.role)
            and person.role is None
            and min(mention.start for mention in person.mentions) > at
        )

    def _meet_possible(self, runs: list[tuple[int, int]]) -> None:
        """Names that nothing shows to be a person's: they stand in the way of a wrong choice."""
        text = self._report.text
        met = {mention.start for person in self.persons for mention in person.mentions}
        places: dict[str, list[int]] = {}
        for start, end in runs:
            named = read_source(text[start:end])
            if named.sort != "person" or named.name is None or country_of(named.name):
                continue
            at = text.find(named.name, start, end)
            if at >= 0 and at not in met and not _PLACE.search(text[max(0, start - 12) : start]):
                places.setdefault(_clean(named.name), []).append(at)
        for name, starts in places.items():
            tokens = tuple(name.split())
            often = len(starts) > 1 or len(tokens) in (2, 3)
            if often and len(tokens) < 4 and tokens and _may_be_person(tokens):
                person = Person(name=name, tokens=tokens)
                self.persons.append(person)
                for start in starts:
                    end = start + len(name)
                    possessive = text[end : end + 2] in {"'s", "’s"}
                    person.mentions.append(Mention(start, end, possessive, full=False))

    def _sentences_named(self) -> dict[int, set[str]]:
        """Return the names in each sentence that names anybody."""
        named: dict[int, set[str]] = {}
        for person in self.persons:
            for mention in person.mentions:
                named.setdefault(self._sentences.index(mention.start), set()).add(person.name)
        return named

    def _gender_nearby(self, person: Person) -> Gender | None:
        """Pronouns in the sentences that name this person and nobody else.

        Against a given name that is more often the other gender's, one pronoun leaves it open
        and two decide: "Haley" may be a man.
        """
        he = she = 0
        for mention in person.mentions:
            at = self._sentences.index(mention.start)
            sentence = self._sentences.at(mention.start)
            if sentence is None or len(self._named_in[at]) > 1:
                continue
            words = _WORD.findall(self._report.text[mention.end : sentence.end].lower())
            he += sum(word in MALE for word in words)
            she += sum(word in FEMALE for word in words)
        clear: Gender | None = "m" if he > she else "f" if she > he else None
        if person.gender is None or clear in (None, person.gender):
            return person.gender or clear
        return clear if min(he, she) == 0 and max(he, she) > 1 else None


def _is_person(named: Named) -> bool:
    return named.sort == "person" and named.name is not None


def _may_be_person(tokens: tuple[str, ...]) -> bool:
    """No weekday, no month, no lone title, no word of a body's name."""
    lows = [token.lower().strip(".") for token in tokens]
    if any(low in DAYS for low in lows[1:]) or (len(lows) == 1 and lows[0] in DAYS):
        return False
    if {"of", "the", "to", "and", "for"} & set(lows):
        return False  # a heading in capitals
    if is_title(tokens[-1]) and lows[-1] not in {"jr", "sr"}:
        return False
    if is_demonym(tokens[-1]) and not is_given(tokens[0]):
        return False  # "North Korean", but "David French"
    if len(tokens) == 2 and is_given(tokens[0]) and is_company(tokens[1]):
        return True  # "Michael Bloomberg"
    return not names_body(list(tokens[1:]) or list(tokens)) and any(len(low) > 1 for low in lows)


def _plain(name: str) -> str:
    return _OWNS.sub("", name).replace("\u00a0", " ").strip(" .,")


def _clean(name: str) -> str:
    return _BLANK.sub(" ", _plain(name))


def _is_tail(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """ "Ames" of "Ida Ames", "bin Laden" of "Osama bin Laden", "Assad" of "Bashar al-Assad"."""
    if len(short) >= len(full):
        return False
    last = full[-1]
    return (
        full[-len(short) :] == short
        or (
            len(short) == 1
            and "-" in last
            and last.split("-")[-1] == short[0]
            and last[0].islower()
        )
        or (full[-1] in {"Jr", "Sr", "Jr.", "Sr."} and full[-1 - len(short) : -1] == short)
    )


def _is_variant(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same last name and the same first one, or its initial; whatever stands between."""
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1]:
        return False
    here, there = one[0].rstrip("."), other[0].rstrip(".")
    return here == there or (1 in (len(here), len(there)) and here[:1] == there[:1])


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A first or middle name alone: "Xi", "Saddam", "Suu Kyi"."""
    return short[0] in full and any(
        full[at : at + len(short)] == short for at in range(len(full) - len(short))
    )


def _is_office(role: str) -> bool:
    """More than a title, and the office, profession or relation of one person."""
    words = role.replace(",", " ").split()
    return any(is_role(word) for word in words) and not all(is_title(word) for word in words)


def _outweighs(role: str, held: str | None) -> bool:
    """The first office counts, in the fullest words; a party or a relation until one is known."""
    fuller = held is not None and role.endswith(f" {held}")  # "former mayor", then "mayor"
    return held is None or fuller or (is_slight(held) and not is_slight(role))


def is_slight(role: str) -> bool:
    """A party or a relation, which an office outweighs: "Republican", "father"."""
    return all(word.lower() in _SLIGHT or not is_role(word) for word in role.split())


def _without_opening(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop words that are capital only because a sentence begins: "But Ames", "On Monday"."""
    while start < end:
        word = _PRINTED.match(text[start:end])
        if word is None:
            break
        low = word.group().lower().replace("’", "'")
        rest = text[start + word.end() : end].split()
        shouted = (  # a cross-head that ran into the sentence: "SLICK Ames"
            len(low) > 3
            and word.group().isupper()
            and bool(rest)
            and not is_role(rest[0])
            and not any(other.isupper() for other in rest)
        )
        if low.split("'")[0] not in _NEVER_FIRST and not shouted:
            break
        start += word.end()
        while start < end and text[start].isspace():
            start += 1
    return start, end


def _role_start(text: str, start: int) -> int:
    """Where the lower-case words of an office before a name begin: "prime minister Ida Ames"."""
    at = start
    last = text[max(0, start - 40) : start].split()[-1:]
    if not last or not is_role(last[0].strip("(“”\"'‘’")):
        return start  # most names: the search below is slow
    before = re.search(r"((?:[\w.’'-]+[ \u00a0]){1,5})$", text[max(0, start - 70) : start])
    if before is None:
        return start
    words = list(re.finditer(r"[\w.’'-]+", before.group(1)))
    offset = start - len(before.group(1))
    if not words or not is_role(words[-1].group()):
        return start
    for word in reversed(words):
        low = word.group().lower()
        if low in _NEVER_FIRST or (frame(low) & {"say", "tell"} and not is_role(low)):
            break
        at = offset + word.start()
    return at
