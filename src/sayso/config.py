"""Settings: one TOML file, `SAYSO_*` variables on top; read once, frozen, passed down.

Rule: nothing else in sayso reads the environment. A misspelt setting is an error that names it.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import ConfigError

PREFIX = "SAYSO_"
FINDERS = ("model", "swift", "rules")
SECRETS = frozenset({"token", "webhook_secret", "mail_password"})
"""Settings that the environment alone may give, and that are never printed."""

OTHERS = {"SAYSO_CONFIG", "SAYSO_DATA", "SAYSO_CHROMIUM"}
TESTS = "SAYSO_TEST_"
"""Variables that are no settings of the desk: the file itself, and what tests and benches use."""


def _setting(default: Any, help: str) -> Any:
    return dataclasses.field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one running installation is told. Field order is the order of the printed table."""

    store: str = _setting("", "the desk's store; empty: sayso/desk.db in the user's data folder")
    edition: str = _setting("", "the edition file of the briefing; empty: everything, unsorted")
    owners: str = _setting("", "a file of outlets and owners that goes before the one shipped")
    finder: str = _setting(
        "model", "who finds attributions: model, swift (the model at two thirds of the time), rules"
    )
    workers: int = _setting(0, "processes that extract side by side; 0: one for each processor")
    story_days: int = _setting(14, "days without a report after which a story is closed")
    keep_days: int = _setting(0, "days after which stories at rest are pruned; 0: never")
    turn_seconds: int = _setting(60, "seconds between two polls of one source, at least")
    timeout_seconds: int = _setting(20, "seconds that one request to an outlet may take")
    largest_file: int = _setting(50_000_000, "bytes of a file, page or feed, at most")
    largest_feed: int = _setting(5_000_000, "bytes of what is polled, at most")
    contact: str = _setting("", "where outlets reach who runs this desk; sent with each request")
    private_hosts: str = _setting("", "private hosts that may be fetched from, by comma")
    host: str = _setting("127.0.0.1", "the address that the page is served on")
    port: int = _setting(8765, "the port that the page is served on")
    public: str = _setting("", "the address readers know the desk by; empty: as they ask for it")
    frames: str = _setting("*", "sites that may embed a briefing in a frame, by space; * for all")
    token: str = _setting("", "who gives it may make rulings; from the environment only")
    follows: str = _setting("", "the file of who is told of what by webhook or mail; empty: nobody")
    webhook_secret: str = _setting("", "what webhooks are signed with; from the environment only")
    mail_server: str = _setting("", "the server that takes mail, as host:port; empty: no mail")
    mail_from: str = _setting("", "the address that mail comes from")
    mail_user: str = _setting("", "the user at the mail server; empty: it asks for none")
    mail_password: str = _setting("", "the user's password; from the environment only")

    def __post_init__(self) -> None:
        if self.finder not in FINDERS:
            raise ConfigError(f"finder: {self.finder!r} is not one of {', '.join(FINDERS)}")
        for name, least, most in (
            ("workers", 0, 256),
            ("story_days", 1, 3650),
            ("keep_days", 0, 36_500),
            ("turn_seconds", 1, 86_400),
            ("timeout_seconds", 1, 600),
            ("largest_file", 1_000, 10**12),
            ("largest_feed", 1_000, 10**9),
            ("port", 0, 65_535),
        ):
            value = getattr(self, name)
            if not least <= value <= most:
                raise ConfigError(f"{name}: {value} is not between {least} and {most}")
        if 0 < self.keep_days <= self.story_days:
            raise ConfigError(f"keep_days: {self.keep_days} is not above story_days")


def read_settings(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings of the file at `path` with those of the environment on top.

    Without a path, `SAYSO_CONFIG` names the file, if anything does.
    Raises ConfigError for a file that cannot be read, an unknown name or a wrong type.
    """
    if path is None and environment.get(PREFIX + "CONFIG"):
        path = Path(environment[PREFIX + "CONFIG"])
    told: dict[str, Any] = {}
    if path is not None:
        for name, value in _read_toml(path).items():
            if name in SECRETS:
                variable = PREFIX + name.upper()
                raise ConfigError(
                    f"{path}: {name} is a secret: give it in {variable}, not in a file"
                )
            told[name] = _checked(name, value, where=str(path))
    for variable, text in environment.items():
        if variable.startswith(PREFIX) and not (variable in OTHERS or variable.startswith(TESTS)):
            name = variable.removeprefix(PREFIX).lower()
            told[name] = _checked(name, text, where=variable)
    return Settings(**told)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error


def _checked(name: str, value: object, *, where: str) -> object:
    known = {field.name: field for field in dataclasses.fields(Settings)}
    if name not in known:
        raise ConfigError(f"{where}: there is no setting {name!r}; 'sayso settings' lists them")
    kind = type(known[name].default)
    if kind is int and isinstance(value, str):
        try:
            return int(value)
        except ValueError as error:
            raise ConfigError(f"{where}: {name} must be a whole number, not {value!r}") from error
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ConfigError(f"{where}: {name} must be {kind.__name__}, not {value!r}")
    return value
