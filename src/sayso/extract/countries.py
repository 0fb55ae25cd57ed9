"""Which country the words name: "Russian", "Kremlin", "the mayor of Paris".

Rule: only where the words say it. Whom an envoy is sent to, what a speaker is against and
whose ally he is says nothing about himself; NATO and the EU are no country.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Sort = Literal["name", "people", "seat"]

# After these words comes somebody else's country: "ambassador to Ukraine", "war on Iraq".
_ELSEWHERE = re.compile(
    r"\b(?:to|on|against|with|about|near|from|into|over|after|before|toward|towards|by|between)\s+"
    r"(?:[^,;]*)$",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"^-(?!based|born)\w+|^\s+(?:affairs|war|policy|desk|studies|analyst|expert)\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)  # offices and sources are asked for over and over
def country_of(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the country that describes whoever `words` name.

    None where no country is named, or more than one that could be meant.
    """
    codes: list[tuple[str, Sort]] = []
    for match in _pattern().finditer(words):
        before = words[: match.start()]
        if before.endswith(("-", "'", "’")) and not before.endswith(("R-", "D-")):
            continue  # "pro-Russian", "anti-American", but "R-Iowa"
        if _ELSEWHERE.search(before) or _ATTACHED.match(words[match.end() :]):
            continue
        codes.append(_table()[match.group().replace("’", "'")])
    if not codes:
        return None
    # "the British mayor of Paris": what he is comes before where he is.
    for sort in ("people", "name", "seat"):
        named = {code for code, of in codes if of == sort}
        if len(named) == 1:
            return named.pop()
        if named:
            return None
    return None


def country_named(words: str) -> str | None:
    """Return the code when `words` are a country's own name and nothing else."""
    words = re.sub(r"^the\s+", "", words.strip(), flags=re.IGNORECASE).replace("’", "'")
    entry = _table().get(words)
    return entry[0] if entry is not None and entry[1] == "name" else None


def is_demonym(word: str) -> bool:
    """True for "Russian", "Dutch", "Britons"."""
    entry = _table().get(word.replace("’", "'"))
    return entry is not None and entry[1] == "people"


def is_seat(words: str) -> bool:
    """True for what stands for a government: "Kremlin", "Downing Street", "Beijing"."""
    entry = _table().get(words.replace("’", "'"))
    return entry is not None and entry[1] == "seat"


@cache
def _table() -> dict[str, tuple[str, Sort]]:
    text = files("sayso.extract.data").joinpath("countries.txt").read_text("utf-8")
    table: dict[str, tuple[str, Sort]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        code, names, people, seats = line.split("|")
        for sort, group in (("seat", seats), ("people", people), ("name", names)):
            for word in filter(None, group.split(";")):
                table[word] = (code, sort)  # type: ignore[assignment]
                if sort == "people" and not word.endswith(("s", "sh", "ch", "se")):
                    table[word + "s"] = (code, "people")
    return table


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_table(), key=len, reverse=True)
    return re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(word).replace("'", "['’]") for word in words)
        + r")(?!\w)"
    )


@cache
def _names() -> dict[str, str]:
    text = files("sayso.extract.data").joinpath("countries.txt").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1].split(";")[0] for row in rows}


def country_name(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code; the code itself when not listed."""
    return _names().get(code, code)
