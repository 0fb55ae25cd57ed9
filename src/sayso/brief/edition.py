"""An edition file to an `Edition`: title, what belongs, standing sections.

Rule: a word that the file misspells is an error that names it; nothing is skipped silently.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from sayso.brief.records import Edition, Section
from sayso.errors import ConfigError

EDITION_KEYS = {"title", "belongs", "terms", "key_lines", "section"}
SECTION_KEYS = {"name", "about", "terms", "speakers", "places"}


def parse_edition(body: bytes, *, name: str) -> Edition:
    """Return the edition that a TOML file describes; `name` is the file's, for errors.

    Raises ConfigError when it is not TOML, or a key is unknown, missing or of a wrong type.
    """
    try:
        told = tomllib.loads(body.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    _known(told, EDITION_KEYS, name)
    key_lines = told.get("key_lines", 5)
    if not isinstance(key_lines, int) or not 1 <= key_lines <= 100:
        raise ConfigError(f"{name}: key_lines must be a whole number from 1 to 100")
    sections = told.get("section", [])
    if not isinstance(sections, list):
        raise ConfigError(f"{name}: write each section as [[section]]")
    made = tuple(_section(one, f"{name}: section {i}") for i, one in enumerate(sections, start=1))
    names = [section.name for section in made]
    if len(set(names)) < len(names):
        raise ConfigError(f"{name}: two sections have the same name")
    return Edition(
        title=_text(told, "title", name) or None,
        belongs=_text(told, "belongs", name),
        terms=_texts(told, "terms", name),
        sections=made,
        key_lines=key_lines,
    )


def _section(told: Any, where: str) -> Section:
    if not isinstance(told, dict):
        raise ConfigError(f"{where}: write each section as [[section]]")
    _known(told, SECTION_KEYS, where)
    if not _text(told, "name", where):
        raise ConfigError(f"{where}: has no name")
    return Section(
        name=_text(told, "name", where),
        about=_text(told, "about", where),
        terms=_texts(told, "terms", where),
        speakers=_texts(told, "speakers", where),
        places=_texts(told, "places", where),
    )


def _known(told: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in told:
        if key not in keys:
            raise ConfigError(f"{where}: unknown key {key!r}; known are {', '.join(sorted(keys))}")


def _text(told: Mapping[str, Any], key: str, where: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {key} must be a text")
    return value.strip()


def _texts(told: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = told.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ConfigError(f"{where}: {key} must be a list of texts")
    return tuple(one.strip() for one in value if one.strip())
