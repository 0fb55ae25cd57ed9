"""The SQLite store: the contract, in memory and in a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.records import Decision, Report, Topic
from sayso.stores.sqlite import SqliteStore
from sayso.stores.sqlite.session import NEWEST
from tests.contracts.build import NOON, report, turn
from tests.contracts.store_contract import StoreContract
from tests.stores.strategies import REPORTS


class TestSqliteInMemory(StoreContract):
    make = staticmethod(lambda _: SqliteStore())


class TestSqliteFile(StoreContract):
    make = staticmethod(lambda folder: SqliteStore(folder / "desk.db"))


# A report has many fields: few examples try all of them, and take a while to make.
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS)
def test_any_report_comes_back_as_it_went_in(kept: Report) -> None:
    store = SqliteStore()
    store.apply(Decision(reports=(kept,)), now=NOON)
    assert store.reports([kept.id]) == [kept]
    assert store.unseen([kept]) == []
    store.close()


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda store: store.search("dam"), id="search"),
        pytest.param(lambda store: store.search("dam", at=NEWEST), id="search-at"),
        pytest.param(lambda store: store.search_said("dam", at=NEWEST), id="said"),
        pytest.param(lambda store: store.search_names("voss", at=NEWEST), id="names"),
        pytest.param(lambda store: store.holding(["dam", "bank"], least=2), id="holding"),
        pytest.param(lambda store: store.about(Topic("speaker", "Voss")), id="speaker"),
        pytest.param(lambda store: store.about(Topic("outlet", "Voss"), at=NEWEST), id="outlet"),
        pytest.param(lambda store: store.about(Topic("story", "dam")), id="story"),
        pytest.param(lambda store: store.count_about([Topic("speaker", "V")]), id="count"),
    ],
)
def test_no_question_of_readers_looks_at_all_that_is_kept(
    ask: Callable[[SqliteStore], object],
) -> None:
    store = SqliteStore()
    store.apply(turn(report("one")), now=NOON)
    asked: list[str] = []
    store._database.set_trace_callback(asked.append)
    ask(store)
    store._database.set_trace_callback(None)
    ours = [one for one in asked if not one.startswith("--")]
    assert ours
    for one in ours:
        plan = [step[3] for step in store._database.execute(f"EXPLAIN QUERY PLAN {one}")]
        read = [step for step in plan if step.startswith("SCAN")]
        # An index by words is asked, not read through; the rest are results of other steps.
        tables = ("report", "about", "arrival", "topic", "development", "finding", "placed")
        assert not [step for step in read if step.split()[1] in tables], plan
    store.close()
