"""A floor that falls is named, and so is one that nothing measured."""

from __future__ import annotations

import importlib

import pytest

from sayso.commands.measuring import MEASURES, falls, read_floors


@pytest.mark.parametrize(
    "result, floors, named",
    [
        pytest.param({"f1": 0.8}, {"f1": 0.8}, [], id="stands"),
        pytest.param({"f1": 0.79}, {"f1": 0.8}, ["f1 is 0.7900, the floor is 0.8"], id="falls"),
        pytest.param({"wrong": 2}, {"max_wrong": 2}, [], id="under-its-ceiling"),
        pytest.param({"wrong": 3}, {"max_wrong": 2}, ["wrong is 3.0000"], id="over-its-ceiling"),
        pytest.param({}, {"f1": 0.8}, ["f1 was not measured"], id="not-measured"),
    ],
)
def test_falls_are_named(
    result: dict[str, float], floors: dict[str, float], named: list[str]
) -> None:
    found = falls(result, floors)
    assert len(found) == len(named)
    assert all(one.startswith(name) for one, name in zip(found, named, strict=True))


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_a_module_with_a_table(name: str) -> None:
    module = importlib.import_module(f"sayso.bench.{name}")
    assert callable(module.measure)
    assert callable(module.table)


def test_every_floor_belongs_to_a_measure() -> None:
    assert set(read_floors()) <= set(MEASURES)
