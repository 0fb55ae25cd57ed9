"""How a claim is worded: its key words, numbers, denials and tense, ready to be compared.

Rule: nothing that changes a claim is thrown away. Word forms and spellings that do not are made
one; which words stand for one another is data (`data/wording.toml`), not judgement.

English word forms only: of other languages the words are compared as they stand, so that there
a paraphrase is missed rather than a distortion merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sayso.extract.numerals import Token, read_tokens
from sayso.trace.vocabulary import BE, is_participle, lists

Time = Literal["past", "present", "future", "perfect", "progressive"]

# A mark at either end may be missing where a quotation goes on before or behind.
_QUOTED = re.compile(
    r"[“„«\"]([^“”„«»\"]+)[”“»\"]|[“„«\"]([^“”„«»\"]+)$|^([^“”„«»\"]*[^\s“”„«»\"])[”»\"]"
)
_SHORT_FORMS = (  # those that an apostrophe marks, which most claims have none of
    (re.compile(r"\bwon[’']t\b", re.I), "will not"),
    (re.compile(r"\bcan[’']t\b", re.I), "can not"),
    (re.compile(r"n[’']t\b", re.I), " not"),
    (re.compile(r"[’']ll\b", re.I), " will"),
    (re.compile(r"[’']re\b", re.I), " are"),
    (re.compile(r"[’']ve\b", re.I), " have"),
    (re.compile(r"[’']s?\b(?=\W|$)", re.I), "_"),  # a sign that no report has: it marks whose
)
_LONG_FORMS = (
    (re.compile(r"\bcannot\b", re.I), "can not"),
    (re.compile(r"\bgoing to\b", re.I), "will"),
    (re.compile(r"\b(?:has|have|had) to\b", re.I), "must"),
    (re.compile(r"\b(?:am|is|are|was|were) to\b", re.I), "will"),
    (re.compile(r"\bper cent\b", re.I), "percent"),
    (re.compile(r"\bprime minister\b", re.I), "premier"),
    (
        re.compile(
            r"\b(?:(?:as|so) long as|(?:provided|providing|assuming|supposing) that"
            r"|(?<=, )(?:provided|providing|assuming|supposing)|on (?:the )?condition (?:that|of)"
            r"|in case(?: of)?|in the event (?:of|that)|subject to|depending on)\b",
            re.I,
        ),
        "if",
    ),
    (re.compile(r"\bonce (?=(?:[\w-]+ ){1,5}(?:has|have|had|is|are|was|were)\b)", re.I), "if "),
    (re.compile(r"\ball but\b(?! (?:the|a|one|two)\b)", re.I), "almost"),
    (re.compile(r"\bnothing but\b", re.I), "only"),
    (
        re.compile(
            r"\b(?:(?:apart|aside) from|other than|save for|with the exception of|exclud(?:es|ing)"
            r"|excepting|but (?=those\b|for\b|one\b)"
            r"|bar (?=the\b|those\b|one\b|two\b|three\b))",
            re.I,
        ),
        "except ",
    ),
    (re.compile(r"\bno one\b", re.I), "nobody"),
    (re.compile(r"\b(?:each other|one another)\b", re.I), "mutually"),
    (re.compile(r"\bout of\b", re.I), "from"),
    (re.compile(r"\b(is|are|was|were|be|been) far from\b", re.I), r"\1 not"),
    (
        re.compile(
            r"\b(?:(?:any|every)thing but|(?:has|have|had) yet to|stop(?:s|ped|ping)? short of"
            r"|rul(?:e|es|ed|ing) out)\b",
            re.I,
        ),
        "not",
    ),
)
_BOUNDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:at least|no (?:less|fewer) than|a minimum of)\W+$", re.I), "at least"),
    (re.compile(r"\b(?:more than|over|above|in excess of|upwards? of)\W+$", re.I), "more than"),
    (
        re.compile(r"\b(?:up to|at (?:the )?most|no more than|as many as|a maximum of)\W+$", re.I),
        "up to",
    ),
    (re.compile(r"\b(?:less than|fewer than|under|below|nearly|almost)\W+$", re.I), "less than"),
)
# What stands behind a number and is as much of it as its bound.
_BEHIND = re.compile(r"\W{0,2}((?:[ap]\.?m\b|(?:\w+ )?below zero))", re.I)
_FUTURE = frozenset({"will", "would", "shall"})
_MODAL = {
    "can": "can",
    "could": "can",
    "may": "may",
    "might": "may",
    "must": "must",
    "should": "should",
}
_PRESENT, _PAST = frozenset({"am", "is", "are"}), frozenset({"was", "were", "did"})
_PERFECT = frozenset({"has", "have", "had"})


@dataclass(frozen=True, slots=True)
class Term:
    """One word or number of a claim that carries it."""

    key: str  # the same for every form and synonym; "#5" for five
    word: str  # as printed
    at: int  # its place among all words of the claim
    name: bool  # written with a capital inside its sentence
    bound: str = ""  # of a number: "at least", "up to", …


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim, read for comparing."""

    words: tuple[str, ...]  # all, lower case, short forms written out
    terms: tuple[Term, ...]
    quoted: tuple[tuple[str, ...], ...]  # the words between quotation marks, stretch by stretch
    negatives: tuple[int, ...]  # places of denials
    hedges: tuple[tuple[int, str], ...]
    times: tuple[tuple[int, Time], ...]
    sentences: tuple[int, ...]  # places where one begins
    asked: frozenset[int]  # places of what is asked, not said
    owned: frozenset[int]  # places of those whose something is spoken of: "the minister's"
    inside: frozenset[int]  # places between quotation marks


@lru_cache(maxsize=1 << 15)
def read_wording(text: str) -> Wording:
    """Return how `text` words its claim."""
    known = lists()
    plain = text
    marked = "’" in text or "'" in text
    for pattern, long in (*_SHORT_FORMS, *_LONG_FORMS) if marked else _LONG_FORMS:
        plain = pattern.sub(long, plain)
    tokens = [token for token in read_tokens(plain) if token.kind != "break"]
    words: list[str] = []
    terms: list[Term] = []
    begins = True  # a capital says nothing where a sentence begins
    sentences, asked, owned, inside = [0], set[int](), set[int](), set[int]()
    quoted = list(_QUOTED.finditer(plain))
    for token in tokens:
        printed = plain[token.start : token.end]
        if token.kind == "sign" and printed not in "$€£%":
            begins = begins or printed in ".?!"
            if printed == "?":
                asked.update(range(sentences[-1], len(words)))
            elif printed == "_":
                owned.add(len(words) - 1)
            continue
        at = len(words)
        if begins and at > sentences[-1]:
            sentences.append(at)
        token = _signed(token, plain)
        words.append(_plain(token))
        if any(match.start() <= token.start < match.end() for match in quoted):
            inside.add(at)
        if token.value is not None:
            before = plain[max(0, token.start - 24) : token.start].rstrip("$€£")
            bound = ""
            for pattern, name in _BOUNDS:
                if found := pattern.search(before):
                    bound = name
                    # Its words say what the bound says, and are not compared once more.
                    first = at - len(found[0].split())
                    terms = [term for term in terms if term.at < first]
                    break
            if found := _BEHIND.match(plain, token.end):
                bound = f"{bound} {found[1].casefold()}".strip()
            if words[-2:-1] == ["some"]:
                words[-2] = "about"
            rank = "th" if token.kind == "ordinal" else ""
            terms.append(Term(f"#{token.value:g}{rank}", printed, at, name=False, bound=bound))
        elif token.word not in known.dropped or (printed == "May" and not begins):
            capital = printed[0].isupper() and not begins
            terms.append(Term(known.key(token.word), printed, at, name=capital))
        begins = False
    months = {term.at for term in terms if term.word == "May"}
    return Wording(
        words=tuple(words),
        terms=tuple(terms),
        quoted=tuple(
            tuple(
                _plain(token)
                for token in read_tokens(stretch)
                if token.kind not in ("sign", "break")
            )
            for match in quoted
            for stretch in [next(group for group in match.groups() if group)]
        ),
        negatives=tuple(at for at, word in enumerate(words) if word in known.negative),
        hedges=tuple(
            (at, _MODAL.get(word, word))
            for at, word in enumerate(words)
            if word in known.hedge and word not in _FUTURE and at not in months
        ),
        times=tuple((at, time) for at, word in enumerate(words) if (time := _time(words, at))),
        sentences=tuple(sentences),
        asked=frozenset(asked),
        owned=frozenset(owned),
        inside=frozenset(inside),
    )


def _signed(token: Token, plain: str) -> Token:
    """Return a number with the minus that stands before it; that of a range or score is none."""
    before = plain[max(0, token.start - 2) : token.start]
    if token.value is None or before[-1:] not in ("-", "−") or before[:-1].strip("($€£ \n"):
        return token
    return token._replace(value=-token.value)


def _plain(token: Token) -> str:
    """Return a number by its value, so that 40 million and 400 million are not one word."""
    return token.word if token.value is None else f"#{token.value:g}"


def _time(words: list[str], at: int) -> Time | None:
    word = words[at]
    after = words[at + 1 : at + 4]
    if word in _FUTURE:
        return "future"
    if word in _PERFECT and any(is_participle(each) for each in after):
        return "perfect"
    deed = next((each for each in after if each != "not" and not each.endswith("ly")), "")
    if word in BE and deed.endswith("ing") and len(deed) > 4 and not deed.endswith("thing"):
        return "progressive"
    if word in _PRESENT:
        return "present"
    return "past" if word in _PAST else None
