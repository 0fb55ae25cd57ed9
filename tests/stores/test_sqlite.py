"""The SQLite store: the contract, in memory and in a file."""

from __future__ import annotations

from sayso.stores.sqlite import SqliteStore
from tests.contracts.store_contract import StoreContract


class TestSqliteInMemory(StoreContract):
    make = staticmethod(lambda _: SqliteStore())


class TestSqliteFile(StoreContract):
    make = staticmethod(lambda folder: SqliteStore(folder / "desk.db"))
