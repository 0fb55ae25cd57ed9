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


def agency(name: str) -> str | None:
    """Return the agency that `name` names, as normalised; None for any other name."""
    return _names().get(_key(name))


def find_agencies(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield each agency named in `words`, with where its name stands."""
    for found in _pattern().finditer(words):
        if _is_person(found):
            continue
        yield _names()[_key(found[0])], found.start(), found.end()


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
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
