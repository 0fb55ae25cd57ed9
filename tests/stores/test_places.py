"""A setting says which store is meant."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sayso.errors import ConfigError, StoreError
from sayso.stores.places import open_store
from sayso.stores.sqlite import SqliteStore


def test_a_file_is_an_embedded_store(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "desk.db"))
    assert isinstance(store, SqliteStore)
    store.close()
    assert (tmp_path / "desk.db").exists()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_is_asked_at_its_address(scheme: str) -> None:
    with pytest.raises(StoreError, match=r"postgresql://localhost/desk: opening the store"):
        open_store(f"{scheme}://localhost:1/desk")


def test_what_a_server_needs_is_said_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("sayso.stores.postgres")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"pip install 'sayso\[postgres\]'"):
        open_store("postgresql://localhost/desk")
