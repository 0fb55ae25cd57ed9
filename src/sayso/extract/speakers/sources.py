"""What the words of a source say by themselves: a name, a role, a kind.

Rule: nothing here looks beyond the words given; who "the minister" is, is decided in
`sayso.extract.speakers`. A role is kept as the report words it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sayso.extract.countries import country_named, is_demonym, is_seat
from sayso.extract.names import PARTICLES, REGNAL, is_given
from sayso.extract.speakers.lexicon import (
    PRONOUNS,
    is_body,
    is_document,
    is_group,
    is_role,
    is_title,
    names_body,
)

Sort = Literal["person", "organisation", "state", "document", "group", "role", "pronoun", "unknown"]

_TOKEN = re.compile(
    r"(?<=\s)['’]s(?=\s|$)|(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s)|[^\W_]+(?:[-.&/’'][^\W_]+)*\.?|[,()—–:;\"“”‘’']|--"
)
_OWNING = re.compile(r"(?<=\w)['’]s$")  # "Ames's anger over the vote": Ames speaks
_CLITIC = re.compile(r"^(.+?)(?:['’]s?)$")
_ARTICLES = frozenset({"the", "a", "an"})
_LEADING = frozenset({"and", "but", "both", "even", "so", "while", "although", "only", "like"})
_PARTY = frozenset(
    "Republican Democrat Democratic Conservative Labour Tory Liberal Independent".split()
)
_AFTER_HEAD = frozenset(  # "officials briefed on the talks": the head noun stands before these
    "of for in at from with on by to familiar close near briefed inside within against about and"
    " among".split()
)
_PREPOSITIONS = frozenset("of for and to in at on from with by near to".split())


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


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    possessive: bool = False

    @property
    def capital(self) -> bool:
        if self.text[0].isupper():
            return True
        head, mark, rest = re.split(r"([-'’]|$)", self.text, maxsplit=1)
        return mark != "" and rest[:1].isupper() and (head in PARTICLES or head == "d")


@lru_cache(maxsize=4096)  # the same names are read over and over
def read_source(words: str) -> Named:
    """Return what the words of a source name."""
    words = _OWNING.sub("", words)
    tokens = _tokens(words)
    while tokens and (tokens[0].text.lower() in _LEADING or not tokens[0].text[0].isalnum()):
        tokens = tokens[1:]
    if not tokens:
        return Named("unknown")
    if tokens[0].text.lower() in PRONOUNS and (
        len(tokens) == 1
        or not (tokens[1].capital or tokens[1].text.islower())
        or _clause(tokens[1])
    ):
        return Named("pronoun", head=tokens[0].text.lower())
    head, tail = _split(tokens)
    if not head:
        return Named("unknown")
    found = _read_head(words, head)
    if not tail:
        return found
    return _with_tail(words, found, head, tail)


def _clause(token: Token) -> bool:
    return token.text in {",", "(", "who", "—", "--"}


def _tokens(words: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(words):
        text = match.group()
        clitic = _CLITIC.match(text) if text[0].isalnum() else None
        if clitic:
            stem = clitic.group(1)
            found.append(Token(stem, match.start(), match.start() + len(stem), possessive=True))
            continue
        ends = text.endswith(".") and not is_title(text) and len(text) > 2 and "." not in text[:-1]
        if ends and text.rstrip(".").lower() not in {"jr", "sr", "st", "inc", "co", "corp", "ltd"}:
            text = text[:-1]
        if text in {"'", "’", "'s", "’s"} and found:  # "the workers' leader"
            last = found.pop()
            found.append(Token(last.text, last.start, last.end, possessive=True))
            continue
        found.append(Token(text, match.start(), match.start() + len(text)))
    return found


def _split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Cut at the first comma, bracket, dash or relative pronoun."""
    for at, token in enumerate(tokens):
        if (
            token.text == ","
            and at + 1 < len(tokens)
            and tokens[at + 1].text in {"Jr.", "Sr.", "Jr", "Sr"}
        ):
            continue
        if at and token.text in {",", "(", "—", "–", "--", ":", "who", "whose", "which", "that"}:
            return tokens[:at], tokens[at + 1 :] if token.text in {",", "—", "–", "--"} else []
    return tokens, []


def _read_head(words: str, tokens: list[Token]) -> Named:
    article = tokens[0].text.lower() if tokens[0].text.lower() in _ARTICLES else None
    rest = tokens[1:] if article else tokens
    rest = [token for token in rest if token.text not in {'"', "“", "”"}]
    while len(rest) > 1 and rest[-1].text in {"himself", "herself", "itself", "themselves", "both"}:
        rest.pop()
    if len(rest) == 1 and is_group(rest[0].text):
        return _described(words, article, rest)
    if not rest:
        return Named("unknown")
    whole = _cut(words, rest)
    if country_named(whole):
        return Named("state", name=whole)
    if is_seat(whole):
        return Named("organisation" if article else "state", name=whole)
    if any(token.text == "and" for token in rest) and _two_names(rest):
        return Named("group", role=whole, head="and")
    run = _name_run(rest)
    if run is not None and run == (0, 1) and is_group(rest[0].text):
        run = None  # "One of them", "Residents of the village": capital at the start only
    if run is not None:
        start, end = run
        name_tokens = rest[start:end]
        # "the Prime Minister", "Interior Minister": an office with capitals is still an office.
        titled = start > 0 and is_title(rest[start - 1].text)  # but "Mr. King"
        if is_role(name_tokens[-1].text) and not titled and not is_given(name_tokens[0].text):
            return _described(words, article, rest)
        name = _cut(words, name_tokens)
        if end == len(rest) or rest[end].text.lower() in {
            "of",
            "from",
            "in",
            "at",
            "for",
            "on",
            "with",
        }:
            return _named(words, article, rest, start, end, name)
    return _described(words, article, rest)


def _named(
    words: str, article: str | None, rest: list[Token], start: int, end: int, name: str
) -> Named:
    before = rest[:start]
    tokens = [token.text for token in rest[start:end]]
    role = _role(words, before)
    titled = before[-1].text if before and is_title(before[-1].text) else None
    role_before = any(is_role(token.text) for token in before)
    regnal = bool(before) and before[-1].text.lower() in REGNAL and before[-1].capital
    if country_named(name) or is_seat(name):
        return Named("state", name=name, role=role)
    if article and before and before[-1].text.endswith("-old"):  # "the 44-year-old Norlander"
        return Named("role", role=_cut(words, rest[:end]), head=tokens[-1].lower(), definite=True)
    if article and not role_before and all(token.capital for token in before):
        return Named("organisation", name=_cut(words, rest[: _past_of(rest, end)]))
    if regnal:
        return Named("person", name=_cut(words, rest[start - 1 : end]), role=None)
    if titled or role_before or (is_given(tokens[0]) and len(tokens) > 1):
        bodily = bool(before) and is_body(before[-1].text)
        if names_body(tokens) and not is_given(tokens[0]) and (bodily or not role_before):
            return Named("organisation", name=name, role=role)
        return Named("person", name=name, role=role, titled=titled)
    if names_body(tokens) or any(is_body(token.text) for token in before):
        if all(is_body(token) for token in tokens):  # "Norland state TV"
            return Named("organisation", name=_cut(words, rest[:end]))
        # "Norland's Ministry of Emergency Situations"
        return Named("organisation", name=_cut(words, rest[start : _past_of(rest, end)]), role=role)
    if end < len(rest) and rest[end].text in {"of", "for"} and not before:
        return Named("organisation", name=_cut(words, rest[start:]), role=role)
    # "the American Dream": an adjective alone makes nobody a person.
    sure = any(is_role(token.text) for token in before) or is_given(tokens[0])
    return Named("person", name=name, role=role, sure=sure)


def _past_of(tokens: list[Token], end: int) -> int:
    """Take in what belongs to the name of a body: "Observatory for Human Rights"."""
    at = end
    if at + 1 < len(tokens) and tokens[at].text in {"of", "for"} and tokens[at + 1].capital:
        at += 1
        while at < len(tokens) and tokens[at].capital:
            at += 1
    return at


def _role(words: str, before: list[Token]) -> str | None:
    kept = [t for t in before if not (is_title(t.text) and t.text.lower().strip(".") in _COURTESY)]
    return _cut(words, kept) if kept else None


_COURTESY = frozenset("mr mrs ms miss dr".split())


def _described(words: str, article: str | None, rest: list[Token]) -> Named:
    """No name stands for the speaker: the head noun tells what kind it is."""
    end = next(
        (at for at, token in enumerate(rest) if at and token.text.lower() in _AFTER_HEAD), len(rest)
    )
    head = rest[end - 1].text.lower()
    whole = _cut(words, rest)
    definite = article == "the" or rest[0].possessive
    if rest[0].text.lower() in {
        "his",
        "her",
        "its",
        "their",
        "my",
        "our",
        "some",
        "many",
        "several",
    }:
        definite = False
    if is_group(head) and not (head == "both" and len(rest) > 1):
        return Named("group", role=whole, head=head)
    if is_body(head) or is_body(rest[end - 1].text):
        proper = article != "a" and article != "an" and any(token.capital for token in rest[:end])
        return Named(
            "organisation", name=whole if proper else None, role=None if proper else whole,
            head=head, definite=definite,
        )  # fmt: skip
    if is_document(head):
        return Named(
            "document", name=whole if any(t.capital for t in rest) else None, role=whole, head=head
        )
    if is_role(head):
        return Named("role", role=whole, head=head.split("-")[-1], definite=definite)
    if head.endswith("s") and not head.endswith("ss") and not rest[end - 1].capital:
        return Named("group", role=whole, head=head)
    if rest[0].capital and article:
        return Named("organisation", name=whole, head=head, definite=True)
    return Named("unknown", role=whole, head=head, definite=definite)


def _with_tail(words: str, found: Named, head: list[Token], tail: list[Token]) -> Named:
    """Add what an apposition says: ", a spokesman for the ministry"; or take the name from it."""
    stop = next(
        (
            at
            for at, token in enumerate(tail)
            if token.text in {",", "(", "who", "whose", "—", "--"} and at
        ),
        len(tail),
    )
    first = tail[:stop]
    if first and first[0].text.isdigit() and stop < len(tail):  # ", 54, a farmer"
        first = tail[stop + 1 :]
        more = next((at for at, t in enumerate(first) if t.text in {",", "(", "who"}), len(first))
        first = first[:more]
    if not first:
        return found
    if (
        found.sort in {"role", "unknown", "organisation"}
        and first[0].capital
        and found.name is None
    ):
        run = _name_run(first)
        named = run is not None and all(is_title(token.text) for token in first[: run[0]])
        if run is not None and named and run[1] == len(first):
            inner = _read_head(words, first)
            if inner.name and inner.sort in {"person", "organisation"}:
                role = found.role or (_cut(words, _bare(head)) or None)
                sort: Sort = "person" if found.sort == "role" else inner.sort
                return Named(sort, name=inner.name, role=role, sure=True)
        return found
    if found.sort == "person" and (found.role is None or found.titled):
        inner = _read_head(words, first)
        if inner.sort in {"role", "unknown", "organisation"} and (
            any(is_role(token.text) for token in first[:9])
        ):
            return Named(
                "person",
                name=found.name,
                role=_cut(words, _bare(first)),
                titled=found.titled,
                sure=True,
            )
    return found


def _bare(tokens: list[Token]) -> list[Token]:
    return tokens[1:] if tokens and tokens[0].text.lower() in _ARTICLES else tokens


def _two_names(tokens: list[Token]) -> bool:
    """ "Ames and Birch", "the premier and his deputy Ida Ames": two speak at once."""
    at = next(index for index, token in enumerate(tokens) if token.text == "and")
    if not 0 < at < len(tokens) - 1 or not tokens[at - 1].capital:
        return False
    if names_body([token.text for token in tokens if token.capital]):
        return False
    if any(is_role(token.text) for token in tokens[at + 1 :]):
        return any(token.capital for token in tokens[at + 2 :])
    return tokens[at + 1].capital


def _name_run(tokens: list[Token]) -> tuple[int, int] | None:
    """Return where the name of the speaker stands in a description, or None.

    "Kremlin spokesman Ivan Petrov": the words after the last office, relation or people's word.
    """
    end = len(tokens)
    for at, token in enumerate(tokens):
        place = token.text in {"of", "from", "in", "at", "for", "on", "with"}
        if at and place and tokens[at - 1].capital and not is_role(tokens[at - 1].text):
            end = at
            break
    start = end
    while start > 0:
        token = tokens[start - 1]
        if token.possessive and start - 1 < end - 1:
            break
        if start - 1 == end - 1 and token.possessive:
            break
        if token.capital and not (is_title(token.text) and start < end):
            if start < end and (
                (is_role(token.text) and token.text.lower() not in PARTICLES)
                or is_demonym(token.text)
                or token.text in _PARTY
                or token.text in {"U.S.", "US", "UK", "EU", "UN", "U.N.", "NATO", "GOP"}
            ):
                break
            start -= 1
            continue
        before = start - 1
        while before > 0 and tokens[before].text in PARTICLES:
            before -= 1
        if start < end and before < start - 1 and tokens[before].capital:
            start = before + 1
            continue
        break
    if start == end:
        return None
    while start < end and tokens[start].text.lower() in PARTICLES and not tokens[start].capital:
        start += 1
    # "Secretary of State Ida Marsh": after "of" the name begins at a given name further on;
    # "a lawyer for Ida Marsh" is not Ida Marsh.
    loose = any(token.text in _PREPOSITIONS for token in tokens[:start])
    if _after_preposition(tokens, start) or (loose and not is_given(tokens[start].text)):
        given = [at for at in range(start + 1, end - 1) if is_given(tokens[at].text)]
        office = any(token.capital and is_role(token.text) for token in tokens[:start])
        if given:
            start = given[0]
        elif office and end - start == 3 and not names_body([t.text for t in tokens[start:end]]):
            start = end - 2
        else:
            return None
    elif end - start > 2:
        given = [at for at in range(start + 1, end - 1) if is_given(tokens[at].text)]
        if given and not is_given(tokens[start].text) and names_body([tokens[start].text]):
            start = given[0]
    if end - start == 1 and start == end - 1 and is_role(tokens[start].text) and start > 0:
        return None
    titled = start > 0 and is_title(tokens[start - 1].text)  # "Mr. French"
    if (
        end - start == 1
        and not titled
        and (is_demonym(tokens[start].text) or tokens[start].text in _PARTY)
    ):
        return None
    return start, end


def _after_preposition(tokens: list[Token], start: int) -> bool:
    at = start
    while at > 0 and (
        tokens[at - 1].capital or tokens[at - 1].possessive or tokens[at - 1].text in _ARTICLES
    ):
        at -= 1
    return at > 0 and tokens[at - 1].text in _PREPOSITIONS


def _cut(words: str, tokens: list[Token]) -> str:
    return words[tokens[0].start : tokens[-1].end] if tokens else ""
