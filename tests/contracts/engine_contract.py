"""What every engine must do. An engine joins by one line:

class TestOneWorker(EngineContract):
    make = staticmethod(lambda: LocalEngine(1))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from operator import mul

import pytest

from sayso.ids import words_id
from sayso.ports import Engine
from tests.contracts.build import report


def reciprocal(number: int) -> float:
    return 1 / number


def uneven(number: int) -> int:
    """Return the number itself, the small ones after more work."""
    sum(range((40 - number) * 20_000))
    return number


class EngineContract:
    make: Callable[[], Engine]

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls) -> Iterator[Engine]:
        # One for the whole class: starting processes takes longer than all of the tests.
        engine = cls.make()
        yield engine
        close = getattr(engine, "close", None)
        if close is not None:
            close()

    def test_results_come_in_the_order_of_the_items(self, engine: Engine) -> None:
        assert list(engine.map(uneven, range(40))) == list(range(40))

    def test_nothing_makes_nothing(self, engine: Engine) -> None:
        assert list(engine.map(reciprocal, [])) == []

    def test_records_travel(self, engine: Engine) -> None:
        reports = [report(str(number), f"Dam fails \ud83d {number}") for number in range(20)]
        assert list(engine.map(words_id, reports)) == [words_id(each) for each in reports]

    def test_items_are_taken_as_needed(self, engine: Engine) -> None:
        assert list(islice(engine.map(partial(mul, 2), count()), 5)) == [0, 2, 4, 6, 8]

    def test_two_functions_can_be_under_way(self, engine: Engine) -> None:
        doubled = engine.map(partial(mul, 2), range(30))
        tripled = engine.map(partial(mul, 3), range(30))
        assert list(zip(doubled, tripled, strict=True)) == [(2 * n, 3 * n) for n in range(30)]

    def test_an_error_of_the_function_is_raised_at_its_item(self, engine: Engine) -> None:
        results = engine.map(reciprocal, [4, 2, 1, 0, 1])
        heard: list[float] = []
        with pytest.raises(ZeroDivisionError):
            heard.extend(results)
        assert heard == [0.25, 0.5, 1.0]
        assert list(engine.map(reciprocal, [2])) == [0.5]
