"""The embedded store, on the SQLite of the standard library."""

from sayso.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
