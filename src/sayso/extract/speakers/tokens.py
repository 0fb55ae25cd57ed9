"""The words of a source, one by one, and where its head ends and what explains it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.extract.names import PARTICLES, is_given
from sayso.extract.speakers.lexicon import is_common, is_noun, is_role, is_title

ARTICLES = frozenset({"the", "a", "an"})
_TOKEN = re.compile(
    r"(?<=\s)['’]s(?=\s|$)|(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?=\s)|[^\W_]+(?:[-.&/’'][^\W_]+)*\.?|[,()—–:;\"“”‘’']|--"
)
_CLITIC = re.compile(r"^(.+?)(?:['’]s?)$")
_COMPANIES = frozenset({"jr", "sr", "st", "inc", "co", "corp", "ltd"})
_CUTS = frozenset({",", "(", "—", "–", "--", ":", "who", "whose", "which", "that", "including"})
_GOES_ON = frozenset({",", "—", "–", "--"})


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    possessive: bool = False

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        if self.text[0].isupper():
            return True
        if "-" not in self.text and "'" not in self.text and "’" not in self.text:
            return False
        head, mark, rest = re.split(r"([-'’]|$)", self.text, maxsplit=1)
        return mark != "" and rest[:1].isupper() and (head in PARTICLES or head == "d")


def tokenise(words: str) -> list[Token]:
    """Cut `words` into words and marks; what stands in round brackets is left out."""
    found: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(words):
        text = match.group()
        if text == "(" and found:
            depth += 1
        if depth:
            depth -= text == ")"
            continue
        clitic = _CLITIC.match(text) if text[0].isalnum() else None
        if clitic:
            stem = clitic.group(1)
            found.append(Token(stem, match.start(), match.start() + len(stem), possessive=True))
            continue
        ends = text.endswith(".") and not is_title(text) and len(text) > 2 and "." not in text[:-1]
        if ends and text.rstrip(".").lower() not in _COMPANIES:
            text = text[:-1]
        if text in {"'", "’", "'s", "’s"} and found:  # "the workers' leader"
            last = found.pop()
            found.append(Token(last.text, last.start, last.end, possessive=True))
            continue
        found.append(Token(text, match.start(), match.start() + len(text)))
    return found


def split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Cut at the first comma, dash or relative pronoun that ends the head."""
    listed = 0
    for at, token in enumerate(tokens):
        if not at or at < listed:
            continue
        if token.text == ",":
            following = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if following.rstrip(".") in {"Jr", "Sr"} or _describes_on(tokens, at):
                continue
            listed = past_list(tokens, at)
            if listed:
                continue
        such = token.text == "such" and [one.text for one in tokens[at + 1 : at + 2]] == ["as"]
        if token.text in _CUTS or such:
            return tokens[:at], tokens[at + 1 :] if token.text in _GOES_ON else []
    return tokens, []


def clauses(tokens: list[Token]) -> list[list[Token]]:
    """Cut what stands behind the head at its commas, but for those inside a name."""
    found: list[list[Token]] = [[]]
    listed = 0
    for at, token in enumerate(tokens):
        if token.text in {",", "—", "–", "--", ":", ";"} and at >= listed:
            listed = past_list(tokens, at)
            if not listed:
                found.append([])
                continue
        found[-1].append(token)
    return [one for one in found if one]


def past_list(tokens: list[Token], at: int) -> int:
    """Past the list that goes on at the comma `at` inside a name; 0 where none does.

    "the Bureau of Alcohol, Tobacco, Firearms and Explosives": words of subjects, not of people.
    """
    if not tokens[at - 1].capital:
        return 0
    last, common = at, is_common(tokens[at - 1].text)
    place = at + 1
    while place < len(tokens):
        begin = place
        ends = tokens[place].low == "and"
        place += ends
        first = place
        while place < len(tokens) and tokens[place].capital:
            place += 1
        if place == first or any(
            is_given(one.text) or is_role(one.text) or is_title(one.text)
            for one in tokens[first : first + 1]
        ):
            return 0
        common = common or is_common(tokens[first].text)
        last = place
        if ends:
            return last if common else 0
        if place < len(tokens) and tokens[place].low == "and":
            continue
        if place >= len(tokens) or tokens[place].text != "," or place == begin:
            return 0
        place += 1
    return 0


def _describes_on(tokens: list[Token], at: int) -> bool:
    """ "The 39-page, unclassified version": no noun stands before the comma yet."""
    before = [one for one in tokens[:at] if one.low not in ARTICLES]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not before or after is None or len(before) > 2 or any(one.capital for one in before[1:]):
        return False
    last = before[-1].low
    known = is_noun(last)
    small = (after.text.islower() and is_common(after.text)) or "-" in after.text
    return (
        not known
        and small
        and (last in _ORDINALS or any(sign.isdigit() for sign in last))
        and after.low not in ARTICLES
    )


_ORDINALS = frozenset("first second third fourth fifth last final another long short".split())
