"""What the words of a source say by themselves: a name, a role, a kind.

Rule: nothing here looks beyond the words given; who "the minister" is, is decided in
`sayso.extract.speakers`. A role is kept as the report words it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sayso.extract.countries import country_named, country_of, is_demonym, is_seat
from sayso.extract.names import REGNAL, is_given
from sayso.extract.rules.lexicon import DETERMINERS
from sayso.extract.speakers.lexicon import (
    PRONOUNS,
    is_body,
    is_common,
    is_document,
    is_group,
    is_noun,
    is_role,
    is_title,
    names_body,
)
from sayso.extract.speakers.runs import PLACES, name_run, two_names
from sayso.extract.speakers.tokens import ARTICLES, Token, clauses, split, tokenise

Sort = Literal["person", "organisation", "state", "document", "group", "role", "pronoun", "unknown"]

_OWNING = re.compile(r"(?<=\w)['’]s$")  # "Ames's anger over the vote": Ames speaks
_LEADING = frozenset(
    "and but both even so while although only like yet still that then when as if because since"
    " though meanwhile however now".split()
)
# "officials briefed on the talks": the head noun stands before these.
_AFTER_HEAD = frozenset(
    "of for in at from with on by to familiar close near inside within against about and among"
    " this last earlier today yesterday however who which also sent made led held known given"
    " taken written".split()
)
_QUANTITIES = frozenset(
    "some many several most few other others all any no two three four five six seven eight nine"
    " ten dozens hundreds thousands these those both various numerous more fewer".split()
)
# "singled out reporter Ida Ames": an office does not begin before these.
_BEFORE_ROLE = frozenset(
    "including like such as than out up down off more most less both that very".split()
)
_OWN = frozenset("his her its their my our".split())
_UNNAMED = (_QUANTITIES - {"most"}) | _OWN | {"one", "another", "new"}
_PARTY_SEAT = re.compile(r"\b[RDI]-[A-Z][\w.]+")
_GENERIC = frozenset("group company firm campaign team side camp party opposition".split())
_ADJECTIVES = ("ed", "ish", "ous", "ly")


@dataclass(frozen=True, slots=True)
class Named:
    """A source as its own words name it."""

    sort: Sort
    name: str | None = None
    role: str | None = None
    head: str = ""  # the noun that a role, a group or a body is called by, in lower case
    definite: bool = False  # "the minister", not "a minister"
    titled: str | None = None  # "Mr", "Sen.": the title right before the name
    sure: bool = True  # False: taken for a person for want of any sign
    land: str | None = None  # words that tell the country and no office: "Germany's Ida Ames"

    @property
    def country(self) -> str | None:
        """The country that the words before the name tell, or the party's letter behind it."""
        if self.land is not None and _PARTY_SEAT.match(self.land):
            return "US"
        return country_of(self.role or "") or country_of(self.land or "")


@lru_cache(maxsize=4096)  # the same names are read over and over
def read_source(words: str) -> Named:
    """Return what the words of a source name."""
    words = _OWNING.sub("", words)
    tokens = tokenise(words)
    if len(tokens) > 1 and tokens[0].low == "that" and not any(map(_known, tokens[1:])):
        return Named("pronoun", head="that")
    while len(tokens) > 1 and (tokens[0].low in _LEADING or not tokens[0].text[0].isalnum()):
        tokens = tokens[1:]
    if not tokens or not tokens[0].text[0].isalnum():
        return Named("unknown")
    if tokens[0].low in PRONOUNS and (
        len(tokens) == 1
        or not (tokens[1].capital or tokens[1].text.islower())
        or tokens[1].text in {",", "(", "who", "—", "--"}
    ):
        return Named("pronoun", head=tokens[0].low)
    head, tail = split(tokens)
    if not head:
        return Named("unknown")
    found = _read_head(words, head)
    seat = _PARTY_SEAT.search(words)
    if seat and found.sort == "person":
        found = replace(found, land=seat.group())
    if not tail:
        return found
    return _with_tail(words, found, head, tail)


def _known(token: Token) -> bool:
    return token.capital or is_noun(token.low)


def _read_head(words: str, tokens: list[Token]) -> Named:
    article = tokens[0].low if tokens[0].low in ARTICLES else None
    rest = tokens[1:] if article else tokens
    rest = [token for token in rest if token.text not in {'"', "“", "”"}]
    while len(rest) > 1 and rest[-1].text in {"himself", "herself", "itself", "themselves", "both"}:
        rest.pop()
    if not rest:
        return Named("unknown")
    whole = _cut(words, rest)
    if country_named(whole):
        return Named("state", name=whole)
    if is_seat(whole):
        body = article or is_body(rest[-1].text)
        return Named("organisation" if body else "state", name=whole)
    if any(token.text == "and" for token in rest) and two_names(rest):
        return Named("group", role=whole, head="and")
    if _is_many(rest):
        if _stands_for(rest):
            return Named("organisation", name=whole)
        return _described(words, article, rest)
    run = name_run(rest)
    told = _head_end(rest)
    if run is not None and told <= run[0] and is_document(rest[told - 1].text):
        run = None  # "A poll released on Friday by Ida Ames"
    if run is not None:
        start, end = run
        name_tokens = rest[start:end]
        # "the Prime Minister", "Interior Minister": an office with capitals is still an office.
        titled = start > 0 and is_title(rest[start - 1].text)  # but "Mr. King"
        if is_role(name_tokens[-1].text) and not titled and not is_given(name_tokens[0].text):
            return _described(words, article, rest)
        if not titled and all(is_common(t.text) or t.text.isdigit() for t in name_tokens):
            # "Minister Quits": a verb of a headline is nobody's name.
            held = len(name_tokens) > 1 and any(is_role(token.text) for token in rest[:start])
            if not (held or names_body([token.text for token in name_tokens])):
                return _described(words, article, rest)
            if not held and article is None and name_tokens[-1].low in _GENERIC:
                return Named("organisation", role=whole, head=name_tokens[-1].low)
        ended = end == len(rest) or rest[end].low in PLACES or rest[end].text.endswith("ing")
        if ended:
            return _named(words, article, rest, start, end, _cut(words, name_tokens))
    return _described(words, article, rest)


def _is_many(rest: list[Token]) -> bool:
    """ "Senate Republicans", "many Googlers", "One of them": people in the plural."""
    end = _head_end(rest)
    head = rest[end - 1]
    bodily = names_body([token.text for token in rest[:end]])
    named = any(token.capital for token in rest[1:end])
    body = names_body(["", head.text])  # "Associated Press", but "House Republicans"
    if is_group(head.text) and not (body and named) and not head.possessive:
        return True
    plural = head.low.endswith("s") and not head.low.endswith("ss") and not head.possessive
    counted = rest[0].low in _QUANTITIES and end > 1
    return plural and not bodily and (counted or (end == 1 and is_common(head.text)))


def _stands_for(rest: list[Token]) -> bool:
    """ "Residents for Fair Fares" is a body, "Residents of Lowbridge" are people."""
    return (
        len(rest) > 2 and rest[0].capital and rest[1].text in {"for", "against"} and rest[2].capital
    )


def _named(
    words: str, article: str | None, rest: list[Token], start: int, end: int, name: str
) -> Named:
    before = rest[:start]
    tokens = [token.text for token in rest[start:end]]
    role, land = _role(words, before)
    titled = before[-1].text if before and is_title(before[-1].text) else None
    role_before = any(is_role(token.text) for token in before)
    regnal = bool(before) and before[-1].low in REGNAL and before[-1].capital
    if country_named(name) or is_seat(name):
        return Named("state", name=name, role=_cut(words, before) or None)
    if article and before and before[-1].text.endswith("-old"):  # "the 44-year-old Norlander"
        return Named("role", role=_cut(words, rest[:end]), head=tokens[-1].lower(), definite=True)
    owned = bool(before) and before[-1].possessive  # "the Gazette's Ida Ames"
    if article and not role_before and not owned and all(token.capital for token in before):
        if article != "the" and len(rest) == 1:
            return Named("unknown", role=name, head=name.lower())
        return Named("organisation", name=_cut(words, rest[: _past_of(rest, end)]))
    if regnal:
        return Named("person", name=_cut(words, rest[start - 1 : end]), role=None)
    if _is_body_run(rest, start, end):
        if article in {"a", "an"} and len(tokens) == 1:  # "a super PAC"
            return Named("organisation", role=_cut(words, rest[:end]), head=tokens[0].lower())
        whole = bool(before) and all(token.capital or token.possessive for token in before)
        first = 0 if whole or all(is_body(token) for token in tokens) else start
        worded = None if first == 0 else _cut(words, before)
        return Named(
            "organisation", name=_cut(words, rest[first : _past_of(rest, end)]), role=worded
        )
    if titled or role_before or (is_given(tokens[0]) and len(tokens) > 1):
        return Named("person", name=name, role=role, titled=titled, land=land)
    if end < len(rest) and rest[end].text in {"of", "for"} and not before:
        return Named("organisation", name=_cut(words, rest[start:]), role=role)
    # "the American Dream": an adjective alone makes nobody a person.
    return Named("person", name=name, role=role, sure=is_given(tokens[0]), land=land)


def _is_body_run(rest: list[Token], start: int, end: int) -> bool:
    """True where the run of capitals is the name of a body, though a person's may look so."""
    before = rest[:start]
    tokens = [token.text for token in rest[start:end]]
    bodily = bool(before) and any(is_body(token.text) for token in before)
    held = [token for token in before if is_role(token.text) and token.low not in _LEANING]
    titled = bool(before) and is_title(before[-1].text)
    if titled:
        return False
    if is_given(tokens[0]) and len(tokens) > 1:
        last = tokens[-1]
        strong = names_body([tokens[0], last]) and last not in _SURNAMES
        return not held and (strong or (len(tokens) > 2 and names_body(tokens[1:])))
    if held:
        return names_body(tokens) and bool(before) and is_body(before[-1].text)
    centre = [token.text for token in before if token.capital]
    return names_body(tokens) or bodily or bool(centre and names_body(centre) and not held)


# Adjectives as well as nouns: "the conservative Club for Growth".
_LEANING = frozenset("conservative liberal republican democrat native independent".split())
# Words of bodies that people are called by too: "Ida Church".
_SURNAMES = frozenset(
    "Church Day Hall Court Sun Star Post Power Bridge Tower Fleet Love Prize Valley River Street"
    " Council Herald Press Channel Journal Guardian Sea Bank Watch Guard Poll Park Deal War Union"
    " House Front Mission Gas Bureau Fund Square Page".split()
)


def _past_of(tokens: list[Token], end: int) -> int:
    """Take in what belongs to the name of a body: "Observatory for Human Rights"."""
    at = end
    if at + 1 < len(tokens) and tokens[at].text in {"of", "for", "to"} and tokens[at + 1].capital:
        at += 1
        while at < len(tokens) and (
            tokens[at].capital
            or tokens[at].text == ","
            or (tokens[at].text == "and" and at + 1 < len(tokens) and tokens[at + 1].capital)
        ):
            at += 1
    return at


def _role(words: str, before: list[Token]) -> tuple[str | None, str | None]:
    """Return the office that stands before a name, and words that tell no more than a country."""
    kept = [t for t in before if not (is_title(t.text) and t.low.strip(".") in _COURTESY)]
    for at in range(len(kept) - 1, -1, -1):
        if kept[at].low in _BEFORE_ROLE:
            kept = kept[at + 1 :]
            break
    while kept and (kept[0].low in _OWN | ARTICLES or _is_verb(kept)):
        kept = kept[1:]
    if not kept:
        return None, None
    role = _cut(words, kept)
    if any(is_role(token.text) or is_title(token.text) for token in kept):
        return role, None
    if all(is_demonym(t.text) or country_named(t.text) for t in kept):
        return None, role
    if kept[-1].text.endswith(_ADJECTIVES) or kept[-1].low in _QUANTITIES:
        return None, role  # "democratically elected Ida Ames"
    return role, None


def _is_verb(kept: list[Token]) -> bool:
    """ "thundered House Speaker Ida Ames": a small word in -ed before capitals that is no state."""
    first = kept[0]
    verb = first.text.islower() and first.text.endswith("ed") and first.text not in _STATES
    return verb and len(kept) > 1 and kept[1].capital


_STATES = frozenset(
    "retired disgraced ousted jailed imprisoned convicted exiled elected deposed renowned appointed"
    " embattled celebrated respected indicted accused detained suspended fired newly-elected"
    " self-declared wounded impeached discredited beloved".split()
)
_COURTESY = frozenset("mr mrs ms miss dr".split())


def _head_end(rest: list[Token]) -> int:
    """Past the head noun of a description: what stands behind it only says which one is meant."""
    for at, token in enumerate(rest):
        if not at:
            continue
        if token.low in _AFTER_HEAD and not token.capital:
            return at
        last = rest[at - 1]
        small = not last.capital or is_group(last.text)
        noun = _known(last) and small and not last.possessive
        if noun and token.text.endswith(("ed", "ing")) and not _known(token):
            return at
    return len(rest)


def _described(words: str, article: str | None, rest: list[Token]) -> Named:
    """No name stands for the speaker: the head noun tells what kind it is."""
    end = _head_end(rest)
    head = rest[end - 1].low
    whole = _cut(words, rest)
    definite = (article == "the" or rest[0].possessive) and rest[0].low not in _OWN
    if is_group(head) and not (head == "both" and len(rest) > 1):
        return Named("group", role=whole, head=head)
    proper = _proper(words, article, rest, end)
    if is_body(head):
        return Named(
            "organisation", name=proper, role=None if proper else whole, head=head,
            definite=definite,
        )  # fmt: skip
    if is_document(head):
        return Named("document", name=proper, role=None if proper else whole, head=head)
    if is_role(head):
        return Named("role", role=whole, head=head.split("-")[-1], definite=definite)
    if head.endswith("s") and not head.endswith("ss") and not rest[end - 1].capital:
        return Named("group", role=whole, head=head)
    if rest[0].capital and article == "the" and not all(is_common(t.text) for t in rest[:end]):
        return Named("organisation", name=_cut(words, rest[:end]), head=head, definite=True)
    return Named("unknown", role=whole, head=head, definite=definite)


def _proper(words: str, article: str | None, rest: list[Token], end: int) -> str | None:
    """Return the words from the first capital that is more than the opening of a sentence."""
    if article in {"a", "an"} or rest[0].low in _UNNAMED:
        return None
    first = next(
        (
            at
            for at, token in enumerate(rest[:end])
            if token.capital
            and (
                at
                or (
                    token.low not in DETERMINERS
                    and (not is_common(token.text) or (rest[at + 1 : end] and rest[at + 1].capital))
                )
            )
        ),
        None,
    )
    return None if first is None else _cut(words, rest[first : _past_of(rest, end)])


def _with_tail(words: str, found: Named, head: list[Token], tail: list[Token]) -> Named:
    """Add what an apposition says: ", a spokesman for the ministry"; or take the name from it."""
    for first in clauses(tail)[:3]:
        if first[0].low in {"who", "whose", "which", "where", "when", "and", "as"}:
            return found
        stop = next((at for at, t in enumerate(first) if at and t.text in _RELATIVES), len(first))
        first = first[:stop]
        if first[0].text.isdigit() or _PARTY_SEAT.match(_cut(words, first)):
            continue  # ", 54, a farmer", ", R-Lowbridge, chairman"
        if found.name is None and found.sort in {"role", "unknown", "organisation"}:
            return _named_behind(words, found, head, first)
        if found.sort != "person" or (found.role and not found.titled and _holds(found.role)):
            return found
        if first[0].low == "of":
            continue
        inner = _read_head(words, first)
        if inner.sort in {"role", "unknown", "organisation"} and (
            any(is_role(token.text) for token in first[:9])
        ):
            return replace(found, role=_cut(words, _bare(first)), sure=True)
        return found
    return found


_RELATIVES = frozenset({"who", "whose", "which"})


def _holds(role: str) -> bool:
    return any(is_role(word) for word in role.split())


def _named_behind(words: str, found: Named, head: list[Token], first: list[Token]) -> Named:
    """ "The ambassador to Norland, Ida Ames": the name stands behind the office."""
    run = name_run(first) if first[0].capital else None
    if run is None or not (run[1] == len(first) or first[run[1]].text in PLACES):
        return found
    if not all(is_title(token.text) or is_role(token.text) for token in first[: run[0]]):
        return found
    inner = _read_head(words, first)
    if inner.name is None or inner.sort not in {"person", "organisation"}:
        return found
    role = found.role or (_cut(words, _bare(head)) or None)
    if role and role.split()[0].lower() in _OWN:
        role = " ".join(role.split()[1:])
        role = role if role in words else found.role
    sort: Sort = "person" if found.sort == "role" else inner.sort
    return Named(sort, name=inner.name, role=role, sure=True)


def _bare(tokens: list[Token]) -> list[Token]:
    return tokens[1:] if tokens and tokens[0].low in ARTICLES else tokens


def _cut(words: str, tokens: list[Token]) -> str:
    return words[tokens[0].start : tokens[-1].end] if tokens else ""
