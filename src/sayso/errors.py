"""Errors, sorted by whose fault they are; that decides what stops.

`InputError` and `SourceError`: skip that thing, the rest goes on, exit code 1.
`ConfigError`: nothing starts, exit code 2.
`StoreError` and `EngineError`: stop, exit code 1; nothing of the turn was kept.
Anything else is a bug and is never caught.
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root of all errors that sayso raises on purpose."""


class InputError(SaysoError):
    """Bytes that cannot be read as what they are said to be. Raise it ``from`` the cause."""

    def __init__(self, thing: str, reason: str) -> None:
        super().__init__(f"{thing}: {reason}")
        self.thing = thing
        self.reason = reason


class SourceError(SaysoError):
    """A source could not be fetched or opened. Raise it ``from`` the cause."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class ConfigError(SaysoError):
    """Wrong use: a setting, an option or an edition file that makes no sense."""


class StoreError(SaysoError):
    """The store could not do what was asked."""


class EngineError(SaysoError):
    """The engine could not do what was asked: its workers die on it."""
