"""How a claim is worded: its key words, numbers, denials and tense, ready to be compared.

Rule: nothing that changes a claim is thrown away. Word forms and spellings that do not are made
one; which words stand for one another is data (`data/wording.toml`), not judgement.

English word forms only: of other languages the words are compared as they stand, so that there
a paraphrase is missed rather than a distortion merged.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from sayso.extract.numerals import Token, read_tokens

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
            r"|excepting|but (?=those\b|for\b))",
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
BE = _PRESENT | _PAST - {"did"} | {"be", "been", "being"}
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
    lists = _lists()
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
        elif token.word not in lists.dropped or (printed == "May" and not begins):
            capital = printed[0].isupper() and not begins
            terms.append(Term(lists.key(token.word), printed, at, name=capital))
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
        negatives=tuple(at for at, word in enumerate(words) if word in lists.negative),
        hedges=tuple(
            (at, _MODAL.get(word, word))
            for at, word in enumerate(words)
            if word in lists.hedge and word not in _FUTURE and at not in months
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


def opposites(one: str, other: str) -> bool:
    """Tell whether one key word turns the other round."""
    return (one, other) in _lists().opposite


def turns(key: str) -> bool:
    """Tell whether a key word that only one claim has makes another claim of it."""
    return key in _lists().turning


def leads(word: str) -> bool:
    """Tell whether `word` is a preposition."""
    return word in _lists().leading


def lead_together(one: str, other: str) -> bool:
    """Tell whether two prepositions may stand for one another."""
    return bool(_lists().leading[one] & _lists().leading[other])


def names_a_place(key: str) -> bool:
    """Tell whether a key word only says what a name is: "the city of"."""
    return key in _lists().framing


def counts(key: str) -> bool:
    """Tell whether a key word only says that something is counted: "the number of cases"."""
    return key in _lists().counting


def inflected(word: str) -> bool:
    """Tell whether a verb stands in another form than its base."""
    return word in _irregular() or _stem(word) != _stem(f"{word}s") or word.endswith(("s", "ed"))


def thinks(key: str) -> bool:
    """Tell whether a key word is of holding something to be so."""
    return key == _lists().key("think")


def base(word: str) -> str:
    """Return what a word's forms and synonyms share."""
    return _lists().key(word)


def cross(one: str, other: str) -> bool:
    """Tell whether two small words before the same word say different things."""
    return (one, other) in _lists().crossed


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


def is_participle(word: str) -> bool:
    """Tell whether `word` may be the form that a passive or a perfect is made with."""
    return word.endswith(("ed", "en")) or word in _irregular() or word == "been"


def before_deed(words: Sequence[str], at: int) -> int:
    """Return the place of the word before the verb at `at`, past adverbs; -1 is none."""
    at -= 1
    while at >= 0 and (words[at] in ("not", "never", "also", "already") or words[at][-2:] == "ly"):
        at -= 1
    return at


def done_to(words: Sequence[str], at: int) -> bool:
    """Tell whether the verb at `at` stands in the passive."""
    before = before_deed(words, at)
    return before >= 0 and words[before] in BE and is_participle(words[at])


@dataclass(frozen=True, slots=True)
class _Lists:
    same: dict[str, str]
    opposite: frozenset[tuple[str, str]]
    dropped: frozenset[str]
    negative: frozenset[str]
    hedge: frozenset[str]
    turning: frozenset[str]
    crossed: frozenset[tuple[str, str]]
    leading: dict[str, frozenset[int]]  # of each preposition, the families it stands in
    framing: frozenset[str]
    counting: frozenset[str]

    def key(self, word: str) -> str:
        stem = _stem(word)
        return self.same.get(stem, stem)


@cache
def _lists() -> _Lists:
    data = _data()
    same: dict[str, str] = {}
    for group in data["same"]:
        stems = [_stem(word) for word in group.split()]
        for stem in stems:
            same.setdefault(stem, stems[0])
    opposite = set()
    for pair in data["opposite"]:
        one, other = (same.get(_stem(word), _stem(word)) for word in pair.split())
        opposite |= {(one, other), (other, one)}
    negative, hedge = frozenset(data["negative"].split()), frozenset(data["hedge"].split())
    return _Lists(
        same=same,
        opposite=frozenset(opposite),
        dropped=frozenset(data["soft"].split()) | hedge | negative,
        negative=negative,
        hedge=hedge,
        turning=frozenset(same.get(_stem(word), _stem(word)) for word in data["turning"].split()),
        crossed=frozenset(
            pair
            for one, other in map(str.split, data["crossed"])
            for pair in ((one, other), (other, one))
        ),
        leading={
            word: frozenset(n for n, line in enumerate(data["leading"]) if word in line.split())
            for line in data["leading"]
            for word in line.split()
        },
        framing=frozenset(same.get(_stem(word), _stem(word)) for word in data["framing"].split()),
        counting=frozenset(same.get(_stem(word), _stem(word)) for word in data["counting"].split()),
    )


@cache
def _irregular() -> dict[str, str]:
    """Return the base form of each irregular one."""
    return {
        word: base
        for base, *words in (line.split() for line in _data()["irregular"].splitlines())
        for word in words
    }


@cache
def _data() -> dict[str, Any]:
    text = resources.files("sayso.trace").joinpath("data/wording.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    """Return the form that a word's plural, tenses and spellings share."""
    word = _irregular().get(word, word)
    if not word.isascii() or len(word) < 4:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending):
            word = word[: -len(ending)] + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and re.search("[aeiouy]", root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            word = root[:-1] if doubled else root
            break
    for ending, instead in (
        ("our", "or"),
        ("tre", "ter"),
        ("is", "iz"),
        ("ise", "iz"),
        ("ize", "iz"),
    ):
        if word.endswith(ending) and len(word) > 5:
            word = word[: -len(ending)] + instead
    return word.removesuffix("e") if len(word) > 4 else word
