"""Which store a setting means: a server's address or a file."""

from __future__ import annotations

from sayso.errors import ConfigError
from sayso.ports import DeskStore
from sayso.stores.sqlite import SqliteStore

SERVERS = ("postgresql://", "postgres://")


def open_store(place: str, *, read_only: bool = False) -> DeskStore:
    """Open the store at `place`, making it where there is none. Raises StoreError.

    `place` is a file, `:memory:` or a server's address as in `postgresql://host/name`.
    """
    if not place.startswith(SERVERS):
        return SqliteStore(place, read_only=read_only)
    try:
        from sayso.stores.postgres import PostgresStore
    except ImportError as error:
        raise ConfigError(
            "a store on a server needs more than is installed:"
            f" pip install 'sayso[postgres]' ({error})"
        ) from error
    return PostgresStore(place, read_only=read_only)
