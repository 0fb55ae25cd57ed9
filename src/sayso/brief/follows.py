"""A file of follows to records: which stories, speakers and searches somebody wants to hear of.

    [[follow]]
    topic = "speaker/Ada Quill"        # or an edition's slug, a story's id, "outlet/NAME"
    webhook = "https://desk.example/hook"

    [[follow]]
    search = "dam inquiry"
    mail = "night.desk@paper.example"

Rule: a word that the file misspells is an error that names it; nothing is skipped silently.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from sayso.errors import ConfigError
from sayso.ids import make_id

KEYS = {"topic", "search", "webhook", "mail"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What somebody follows, and how they are told. One of each pair is empty."""

    topic: str = ""
    search: str = ""
    webhook: str = ""
    mail: str = ""

    @property
    def id(self) -> str:
        """Return the id under which it is noted how far this follow was told."""
        return make_id("follow", self.topic, self.search, self.webhook, self.mail)

    @property
    def about(self) -> str:
        """Return what is followed, in a few words."""
        return self.topic.partition("/")[2] or self.topic or f"“{self.search}”"


def parse_follows(body: bytes, *, name: str) -> tuple[Follow, ...]:
    """Return the follows of a TOML file; `name` is the file's, for errors.

    Raises ConfigError when it is not TOML, or a key is unknown, missing or of a wrong type.
    """
    try:
        told = tomllib.loads(body.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}: not TOML: {error}") from error
    tables = told.pop("follow", [])
    if told:
        raise ConfigError(f"{name}: unknown: {', '.join(sorted(told))}")
    if not isinstance(tables, list):
        raise ConfigError(f"{name}: write each follow as [[follow]]")
    made = tuple(
        _follow(one, f"{name}: follow {number}") for number, one in enumerate(tables, start=1)
    )
    if len({one.id for one in made}) < len(made):
        raise ConfigError(f"{name}: two follows are the same")
    return made


def _follow(told: Any, where: str) -> Follow:
    if not isinstance(told, dict) or not all(isinstance(one, str) for one in told.values()):
        raise ConfigError(f"{where}: every value is a text")
    if unknown := told.keys() - KEYS:
        raise ConfigError(f"{where}: unknown: {', '.join(sorted(unknown))}")
    given = {key: text.strip() for key, text in told.items() if text.strip()}
    for one, other in (("topic", "search"), ("webhook", "mail")):
        if (one in given) == (other in given):
            raise ConfigError(f"{where}: give either {one} or {other}")
    if "webhook" in given and not given["webhook"].startswith(("https://", "http://")):
        raise ConfigError(f"{where}: webhook is no address of http or https")
    if "mail" in given and ("@" not in given["mail"] or any(c.isspace() for c in given["mail"])):
        raise ConfigError(f"{where}: mail is no address")
    return Follow(**given)
