"""`bench`: speed and quality as tables, and the gate that holds the floors.

Floors are kept in `bench/floors.json`; they rise by hand and never silently fall.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sayso.app import load_finder
from sayso.cli import FINE, WRONG_INPUT
from sayso.config import Settings
from sayso.errors import ConfigError
from sayso.render.jsonl import to_line

MEASURES = {
    "speed": "reports a second of each stage, memory, start-up",
    "reading": "main text of pages, and feeds that are odd",
    "keeping": "the store: writes, searches, size",
    "turns": "reports a second through the whole turn, with few and with many kept",
    "readers": "open live pages over restarts, cached pages, searches, served",
    "attribution": "who said what: relations and spans on PolNeAR dev",
    "speakers": "pronouns resolved to speakers",
    "via": "chains: one source that reports another",
    "times": "time expressions on TimeBank and AQUAINT",
    "figures": "figures on labelled paragraphs",
    "lineage": "copies, their direction, and independence",
    "statements": "the same statement across reports",
    "independence": "bounds of independent sources, as an editor gave them",
    "stories": "reports sorted into stories",
    "briefing": "what leads, sections, whether each line verifies, how fast",
    "timeline": "days and sentences of journalists' timelines, on Timeline17",
    "latency": "seconds from the poll that saw a report to its line, at ten reports a second",
    "politeness": "requests in a day to outlets of many kinds, beside other readers",
    "hostile": "what a desk makes of servers that are out to harm it, or broken",
    "kills": "a desk killed while it polls, writes and serves: what is lost or told twice",
    "soak": "a desk left running: memory, latency and errors over time",
    "newsroom": "the whole on the invented newsroom's gold labels",
    "repeated": "lines marked new that the story had told",
}
"""What can be measured; each is a module of `sayso.bench` with `measure` and `table`."""

FLOORS = Path("bench") / "floors.json"


def bench(args: argparse.Namespace, settings: Settings) -> int:
    """Measure, print a table or a line of JSON for each, and hold the floors when asked."""
    if args.list:
        for name, about in MEASURES.items():
            print(f"{name:<12} {about}")
        return FINE
    floors = read_floors() if args.gate else {}
    wanted = args.what or (list(floors) if args.gate else ["speed"])
    for name in wanted:
        if name not in MEASURES:
            raise ConfigError(f"bench: nothing called {name!r}; 'sayso bench --list' lists them")
    fallen = []
    for name in wanted:
        result = run(name, args, settings)
        if args.json:
            print(to_line({"bench": name, **result}))
        else:
            print(f"── {name} ──\n{module(name).table(result)}\n")
        if args.plot and hasattr(module(name), "plot"):
            args.plot.write_text(module(name).plot(result), encoding="utf-8")
        fallen += [f"{name}: {fall}" for fall in falls(result, floors.get(name, {}))]
    for fall in fallen:
        print(f"sayso: floor fallen: {fall}", file=sys.stderr)
    return WRONG_INPUT if fallen else FINE


def module(name: str) -> Any:
    """Return the module that measures `name`."""
    return importlib.import_module(f"sayso.bench.{name}")


def run(name: str, args: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Return what the measure called `name` gives; it is handed only what it asks for."""
    measure: Callable[..., dict[str, Any]] = module(name).measure
    asked = inspect.signature(measure).parameters
    given: dict[str, Any] = {}
    if "settings" in asked:
        given["settings"] = settings
    for option in ("limit", "minutes", "rate", "log"):
        if option in asked and getattr(args, option):
            given[option] = getattr(args, option)
    if "finder" in asked:
        given["finder"] = load_finder(settings.finder)
    for folder in asked.keys() & {"data", "data_dir"}:
        given[folder] = data_folder(args.data)
        if given[folder] is None and asked[folder].annotation == "Path":
            raise ConfigError(
                f"bench {name}: needs the data; put it in a folder and name it by --data or "
                "SAYSO_DATA (docs/reference/bench.md says what lies in it)"
            )
    return measure(**given)


def data_folder(given: Path | None) -> Path | None:
    """Return the folder of the data: as given, as in SAYSO_DATA, or beside the project."""
    told = given or (Path(os.environ["SAYSO_DATA"]) if "SAYSO_DATA" in os.environ else None)
    if told is not None:
        if not told.is_dir():
            raise ConfigError(f"{told}: no such folder of data")
        return told
    beside = Path("..") / "shared" / "data"
    return beside if beside.is_dir() else None


def read_floors() -> dict[str, dict[str, float]]:
    """Return the floors that are kept in the repository."""
    try:
        floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{FLOORS}: cannot be read, run from the project's root: {error}"
        ) from error
    return dict(floors)


def falls(result: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return each floor that `result` is under. A floor called max_… is a ceiling of …."""
    found = []
    for name, floor in floors.items():
        ceiling = name.removeprefix("max_") if name.startswith("max_") else None
        value = result.get(ceiling or name)
        if not isinstance(value, int | float):
            found.append(f"{name} was not measured")
        elif ceiling and value > floor:
            found.append(f"{ceiling} is {value:.4f}, the ceiling is {floor}")
        elif not ceiling and value < floor:
            found.append(f"{name} is {value:.4f}, the floor is {floor}")
    return found
