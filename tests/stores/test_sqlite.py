"""The SQLite store: the contract, in memory and in a file."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from sayso.records import Decision, Report
from sayso.stores.sqlite import SqliteStore
from tests.contracts.build import NOON
from tests.contracts.store_contract import StoreContract
from tests.stores.strategies import REPORTS


class TestSqliteInMemory(StoreContract):
    make = staticmethod(lambda _: SqliteStore())


class TestSqliteFile(StoreContract):
    make = staticmethod(lambda folder: SqliteStore(folder / "desk.db"))


# A report has many fields: few examples try all of them, and take a while to make.
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_any_report_comes_back_as_it_went_in(report: Report) -> None:
    store = SqliteStore()
    store.apply(Decision(reports=(report,)), now=NOON)
    assert store.reports([report.id]) == [report]
    assert store.unseen([report]) == []
    store.close()
