"""The news agencies and the names they go by, from `data/agencies.toml`.

Names are looked for only where a report gives credit: "PA" in running text is a state.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def agency(name: str) -> str | None:
    """Return the agency that `name` names, as normalised; None for any other name."""
    return _names().get(_key(name))


def find_agencies(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield each agency named in `words`, with where its name stands."""
    for found in _pattern().finditer(words):
        yield _names()[_key(found[0])], found.start(), found.end()


def _key(name: str) -> str:
    return name.strip().removeprefix("the ").removeprefix("The ").strip()


@cache
def _names() -> dict[str, str]:
    table = tomllib.loads(
        files("sayso.normalise").joinpath("data/agencies.toml").read_text(encoding="utf-8")
    )["agencies"]
    names = {_key(other): name for name, others in table.items() for other in others}
    return names | {_key(name): name for name in table}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
