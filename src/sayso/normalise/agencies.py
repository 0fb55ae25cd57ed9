"""The news agencies and the names they go by, from `data/agencies.toml`.

Names are looked for only where a report gives credit: "PA" in running text is a state.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

_NEXT_NAME = re.compile(r" [A-ZÀ-Þ][\w’'-]+(?<!News)(?<!Agency)(?<!Staff)")
_NAME_BEFORE = re.compile(r"\b(?!By |Via |From |Source |The )[A-ZÀ-Þ][\w.’'-]* $")

# Scripts without spaces between words. In them two letters are part of many a word.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SHORT = 2
_JOINING = re.compile(r"[\u0590-\u06ff]")  # Hebrew and Arabic


def agency(name: str) -> str | None:
    """Return the agency that `name` names, as normalised; None for any other name."""
    return _names().get(_key(name))


def find_agencies(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield each agency named in `words`, with where its name stands."""
    for found in _pattern().finditer(words):
        if _is_person(found):
            continue
        yield _names()[_key(found[0])], found.start(), found.end()


def ends_in_agency(words: str) -> int | None:
    """Return where in `words` the agency begins with which they end, as in "パリ時事"."""
    ends = [name for name in _names() if words.endswith(name)]
    if not ends:
        return None
    start = len(words) - len(max(ends, key=len))
    is_word = not (words[start:].isascii() and words[:start][-1:].isalnum())
    return start if is_word else None


def _is_person(found: re.Match[str]) -> bool:
    """Return whether a name that people bear too stands beside their other name."""
    bearers = _table()["bearers"]
    if found[0] in bearers["given"]:
        return _NEXT_NAME.match(found.string, found.end()) is not None
    if found[0] in bearers["last"]:
        return _NAME_BEFORE.search(found.string[: found.start()]) is not None
    return False


def _key(name: str) -> str:
    return name.strip().removeprefix("the ").removeprefix("The ").strip()


@cache
def _table() -> dict[str, Any]:
    text = files("sayso.normalise").joinpath("data/agencies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _names() -> dict[str, str]:
    table = _table()["agencies"]
    names = {_key(other): name for name, others in table.items() for other in others}
    return names | {_key(name): name for name in table}


@cache
def a_name() -> str:
    """Return an expression for a name of an agency, as a word of its own where words have ends."""
    kinds: dict[str, list[str]] = {"spaced": [], "joined": [], "unspaced": []}
    for name in _names():
        is_free = len(name) > _SHORT and _UNSPACED.fullmatch(name)
        kinds["unspaced" if is_free else "joined" if _JOINING.match(name) else "spaced"].append(
            name
        )
    return (
        rf"(?:(?<!\w){one_of(kinds['spaced'])}(?!\w)"
        # "and" is written together with the name: "رويترز والفرنسية"
        rf"|(?:(?<!\w)|(?<=\bو)|(?<=\bו)){one_of(kinds['joined'])}(?!\w)"
        rf"|{one_of(kinds['unspaced'])})"
    )


def one_of(names: list[str]) -> str:
    """Return an expression for the longest of `names`, asked for by its first letter first.

    Hundreds of alternatives one after another take ten times as long.
    """
    firsts: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        firsts.setdefault(name[0], []).append(re.escape(name[1:]))
    begin = "".join(map(re.escape, sorted(firsts)))
    rest = "|".join(f"{re.escape(first)}(?:{'|'.join(more)})" for first, more in firsts.items())
    return f"(?=[{begin}])(?:{rest})"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(a_name())
