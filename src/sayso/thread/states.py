"""The states that news counts people and things in, and the words that tell them.

The table (`data/states.toml`) names each state (dead, missing, aboard …) with its words. Nothing
here knows a figure: what a figure counts is read in `sayso.thread.counts`. English only.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from sayso.thread.terms import terms


def pattern_of(state: str) -> re.Pattern[str]:
    """Return what finds the words that tell `state`."""
    return _patterns()[state]


def says_state(words: str, state: str) -> bool:
    """Say whether `words` themselves tell `state`."""
    return bool(_patterns()[state].search(words))


def states_in(words: str) -> set[str]:
    """Return all states that `words` tell."""
    return {state for state, pattern in _patterns().items() if pattern.search(words)}


def nouns_in(noun: str) -> set[str]:
    """Return what `noun` counts beside persons, as terms."""
    return set(terms(noun)) - _persons()


def only_persons(noun: str) -> bool:
    """Say whether `noun` tells of persons and their state alone."""
    return not noun or not (nouns_in(noun) - _all_stems())


@cache
def _data() -> dict[str, dict[str, str]]:
    text = resources.files("sayso.thread").joinpath("data/states.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _persons() -> frozenset[str]:
    words = str(_data()["persons"]).split()
    return frozenset(stem for word in words for stem in terms(word)) | {"elder", "fellow", "own"}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        state: re.compile(
            r"\b(?:"
            + "|".join(re.escape(word).replace("_", r"\s+") for word in str(words).split())
            + r")\b",
            re.IGNORECASE,
        )
        for state, words in _data()["states"].items()
    }


@cache
def stems_of(state: str) -> frozenset[str]:
    """Return the terms that tell `state`, and those that stand by any."""
    words = str(_data()["states"].get(state, "")).replace("_", " ").split()
    return frozenset(stem for word in words for stem in terms(word)) | frozenset(
        terms("confirmed identified known found listed registered")
    )


@cache
def _all_stems() -> frozenset[str]:
    return frozenset(stem for state in _data()["states"] for stem in stems_of(state))


def state_in(text: str, *, last: bool = False) -> str:
    """Return the state that `text` tells first, or last; empty when it tells none."""
    found = [
        (match.start(), state)
        for state, pattern in _patterns().items()
        for match in pattern.finditer(text)
    ]
    if not found:
        return ""
    return (max(found) if last else min(found))[1]
