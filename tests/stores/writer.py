"""A process that keeps turns until it is stopped: what the tests kill, race and starve.

    python -m tests.stores.writer PLACE NAME TURNS

It prints "turn N" before and "kept N" after each turn, and the reason when it cannot go on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sayso.errors import StoreError
from sayso.ports import DeskStore, Raw
from sayso.records import Report
from sayso.stores.sqlite import SqliteStore
from tests.contracts.build import NOON, report, turn


def reports_of(name: str, number: int) -> tuple[Report, ...]:
    """Return the reports of one turn; every fifth turn is too long for SQLite's cache."""
    size = 120 if number % 5 == 4 else 1 + number % 7
    return tuple(
        report(f"{name}-{number}-{place}", f"Dam fails, turn {number}.\n" + "Water rises. " * 400)
        for place in range(size)
    )


def open_store(place: str) -> DeskStore:
    """Open a file, or what stands before and after the # as a server's address and schema."""
    address, _, schema = place.partition("#")
    if not schema:
        return SqliteStore(Path(place))
    from sayso.stores.postgres import PostgresStore  # an extra: not every test has it

    return PostgresStore(address, schema=schema)


def main(place: str, name: str, turns: str) -> int:
    try:
        store = open_store(place)
        for number in range(int(turns)):
            print(f"turn {number}", flush=True)
            reports = reports_of(name, number)
            raws = [(each.id, Raw(place=name, body=each.text.encode())) for each in reports]
            store.apply(turn(*reports, story=name), now=NOON, raws=raws)
            print(f"kept {number}", flush=True)
    except StoreError as error:
        print(error, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
