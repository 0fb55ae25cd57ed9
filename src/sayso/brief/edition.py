"""An edition file to an `Edition`: title, what belongs, standing sections.

Rule: a word that the file misspells is an error that names it; nothing is skipped silently.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from sayso.brief.records import Country, Edition, Section
from sayso.errors import ConfigError

EDITION_KEYS = {"title", "belongs", "terms", "key_lines", "section", "country"}
SECTION_KEYS = {"name", "about", "terms", "speakers", "places"}
COUNTRY_KEYS = {"name", "words"}


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
    made = tuple(_section(one, where) for where, one in _tables(told, "section", name))
    names = [section.name for section in made]
    if len(set(names)) < len(names):
        raise ConfigError(f"{name}: two sections have the same name")
    return Edition(
        title=_text(told, "title", name) or None,
        belongs=_text(told, "belongs", name),
        terms=_texts(told, "terms", name),
        sections=made,
        countries=tuple(_country(one, where) for where, one in _tables(told, "country", name)),
        key_lines=key_lines,
    )


def _tables(told: Mapping[str, Any], key: str, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = told.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise ConfigError(f"{name}: write each {key} as [[{key}]]")
    for number, one in enumerate(tables, start=1):
        yield f"{name}: {key} {number}", one


def _country(told: Mapping[str, Any], where: str) -> Country:
    _known(told, COUNTRY_KEYS, where)
    name = _text(told, "name", where)
    if not name:
        raise ConfigError(f"{where}: has no name")
    return Country(name, (name, *_texts(told, "words", where)))


def _section(told: Mapping[str, Any], where: str) -> Section:
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
