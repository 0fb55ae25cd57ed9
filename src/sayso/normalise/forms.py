"""The forms in which outlets of many languages credit agencies, from `data/credit_forms.toml`.

Rule: a form counts only beside an agency that is listed, and a line only where it holds
nothing but forms and names: "Reuters shares fell" tells a story, "mit Reuters" credits.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sayso.normalise.agencies import a_name, find_agencies, one_of

_LONGEST = 110  # characters of a line that is nothing but names and what joins them
_NAMED = "\x00"  # stands for an agency where a line is looked at without its names
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # no word ends
# "jdo/dpa", "dpa/jdo": who wrote it or put it in.
_INITIALS = re.compile(rf"(?<={_NAMED}/)[^\W\d_]{{2,4}}(?!\w)|(?<!\w)[^\W\d_]{{2,4}}(?=/{_NAMED})")
_HELD = re.compile(r"[\W_]*")
# Whose report it is that leans on an agency: "Le Courrier d’Orla avec AFP".
_OWN = re.compile(r"[\[(—–-]*(?:[^\W\d_a-zà-ÿ]\S*|d[’']\S+|de|du|des|la|le|of|the)(?: (?=\S)|$)")
_MOST_OWN = 5  # words of an outlet's name


def is_credit_line(words: str) -> bool:
    """Tell whether a line holds names of agencies, or "agencies", and else only what credits."""
    if len(words) > _LONGEST or "\n" in words:
        return False
    bare = without_names(words)
    if _NAMED not in bare and not unnamed().search(bare):
        return False
    if _is_bare(bare):
        return True
    leant = _with().search(bare)
    return leant is not None and _is_name(bare[: leant.start()]) and _is_bare(bare[leant.start() :])


def is_placed_credit(words: str) -> bool:
    """Tell whether a line under the headline is a place and an agency: "Orla – Reuters"."""
    found = re.fullmatch(r"([^\s,|/–—-]+(?: [^\s,|/–—-]+){0,2})\s*[,|/–—-]+\s*(\S.{0,60})", words)
    return found is not None and not found[1][0].islower() and is_credit_line(found[2])


def without_names(words: str) -> str:
    """Return `words` with a mark in the place of each agency."""
    for _, start, end in reversed(list(find_agencies(words))):
        words = words[:start] + _NAMED + words[end:]
    return words


def leaning(words: str) -> str | None:
    """Return the phrase by which a line says that a report only leans on those it names."""
    found = _with().search(words)
    return found[0].strip() if found else None


def find_in_lead(words: str) -> Iterator[tuple[int, int]]:
    """Yield where a lead names the agency that it has its news from, as it opens or ends."""
    for pattern, forms in ((_opens(), _phrases("opens")), (_ends(), _phrases("ends"))):
        for found in pattern.finditer(words):
            if f"{found['before']}{{}}{found['after']}".lower() in forms:
                yield found.span("name")


@cache
def labels() -> str:
    """Return the words for "source" of all languages, as an expression."""
    return _any_of(_phrases("label"))


@cache
def unnamed() -> re.Pattern[str]:
    """Return what finds agencies that are leant on and not named."""
    return re.compile(_any_of(_phrases("unnamed")), re.IGNORECASE)


def _is_bare(line: str) -> bool:
    rest = _INITIALS.sub("", line)
    return _HELD.fullmatch(_sayings().sub("", rest).replace(_NAMED, "")) is not None


def _is_name(words: str) -> bool:
    parts = _OWN.findall(words.strip())
    return 0 < len(parts) <= _MOST_OWN and "".join(parts) == words.strip()


@cache
def _phrases(kind: str) -> list[str]:
    text = files("sayso.normalise").joinpath("data/credit_forms.toml").read_text(encoding="utf-8")
    return [phrase for phrases in tomllib.loads(text)[kind].values() for phrase in phrases]


def _any_of(phrases: list[str]) -> str:
    """Return an expression for the longest of `phrases`, as whole words where there are any."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for phrase in sorted(set(phrases), key=len, reverse=True):
        before = "" if _UNSPACED.match(phrase[0]) else r"(?<!\w)"
        # "l’AFP": an apostrophe joins.
        joins = _UNSPACED.match(phrase[-1]) or not phrase[-1].isalnum()
        kinds.setdefault((before, "" if joins else r"(?!\w)"), []).append(phrase)
    return "|".join(f"{before}{one_of(ones)}{after}" for (before, after), ones in kinds.items())


@cache
def _sayings() -> re.Pattern[str]:
    kinds = ("label", "with", "whole", "joining", "unnamed")
    return re.compile(_any_of([one for kind in kinds for one in _phrases(kind)]), re.IGNORECASE)


@cache
def _with() -> re.Pattern[str]:
    return re.compile(_any_of(_phrases("with")), re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"\A\s*{_around(_phrases('opens'))}\s*[,，、،]")


@cache
def _ends() -> re.Pattern[str]:
    end = r"\s*(?:\.(?=\s|\Z)|\Z)"
    return re.compile(rf"(?:[,،]|\s[–—-])[’”\"»]?\s+{_around(_phrases('ends'))}{end}")


def _around(forms: list[str]) -> str:
    """Return an expression for an agency amid the words of `forms`, whichever of them."""
    halves = [(form.split("{}")[0], form.split("{}")[1]) for form in forms]
    before = f"(?:{one_of([one for one, _ in halves if one])})" + "?" * ("" in dict(halves))
    after = "|".join(sorted({re.escape(one) for _, one in halves}, key=len, reverse=True))
    article = rf"(?:(?:{_any_of(_phrases('joining'))})\s*)*"
    day = r"(?:(?:\d{1,2}月)?\d{1,2}日)?"  # "据路透社3月3日报道，"
    return rf"(?i:(?P<before>{before}){article})(?P<name>{a_name()}){day}(?i:(?P<after>{after}))"
