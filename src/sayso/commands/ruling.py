"""`rule`: an editor's word on two reports, kept for ever, and the list of those given."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace

from sayso.app import make_engine, now, open_desk, open_store
from sayso.cli import FINE
from sayso.commands.briefing import SHORTEST_ID, all_kept
from sayso.commands.desk import tell
from sayso.config import Settings
from sayso.errors import ConfigError, InputError
from sayso.pipeline import rule as keep_ruling
from sayso.ports import Store
from sayso.records import Report, ReportId, Ruling, Verdict
from sayso.render.jsonl import ruling_object, to_line
from sayso.render.plain import short, shown, time_words

VERDICTS: Mapping[str, Verdict] = {
    "copied-from": "copied",
    "separate-from": "separate",
    "together-with": "together",
    "apart-from": "apart",
    "undecided": "undecided",
}


def rule(args: argparse.Namespace, settings: Settings) -> int:
    """Keep a ruling and print what it changes, or print the rulings given."""
    if args.list:
        return _list(args, settings)
    if not args.other or args.verdict not in VERDICTS:
        raise ConfigError(f"give REPORT, one of {', '.join(VERDICTS)}, and OTHER; or --list")
    if not args.because or not args.by:
        raise ConfigError("a ruling needs --because WORDS and --by NAME")
    with make_engine(settings) as engine:
        store = open_store(settings, args.store)
        try:
            ruling = Ruling(
                report=named(store, args.report),
                other=named(store, args.other),
                verdict=VERDICTS[args.verdict],
                reason=args.because,
                by=args.by,
            )
            desk = open_desk(settings, store, engine)
            changes = keep_ruling(desk, ruling, now=now())
            tell(desk, changes)
            if not changes:
                print("nothing changes: this holds already")
        finally:
            store.close()
    return FINE


def named(store: Store, name: str) -> ReportId:
    """Return the id of the one report that is called `name`, or whose id begins so."""
    if store.reports([ReportId(name)]):
        return ReportId(name)
    if len(name) < SHORTEST_ID:
        raise ConfigError(f"{name!r}: give {SHORTEST_ID} characters of an id or more")
    found = [one for one in all_kept(store) if one.startswith(name)]
    if len(found) != 1:
        told = "several reports have" if found else "no report has"
        raise InputError(name, f"{told} an id that begins so")
    return found[0]


def whole_ids(store: Store, ruling: Ruling) -> Ruling:
    """Return a ruling with the whole ids of the reports that it names. Raises InputError."""
    try:
        return replace(ruling, report=named(store, ruling.report), other=named(store, ruling.other))
    except ConfigError as error:  # over the network it is no wrong use but a wrong request
        raise InputError("ruling", str(error)) from error


def _list(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings, args.store, read_only=True)
    try:
        rulings = store.rulings()
        named = {one for ruling in rulings for one in (ruling.report, ruling.other)}
        reports = {report.id: report for report in store.reports(named)}
    finally:
        store.close()
    for ruling in rulings:
        print(to_line(ruling_object(ruling)) if args.json else _shown(ruling, reports))
    return FINE


def _shown(ruling: Ruling, reports: Mapping[ReportId, Report]) -> str:
    verdict = next(word for word, one in VERDICTS.items() if one == ruling.verdict)
    when = f"{time_words(ruling.at)} · " if ruling.at else ""
    lines = [f"{when}{shown(ruling.by)}: {shown(ruling.reason)}"]
    for word, each in (("", ruling.report), (f"{verdict} ", ruling.other)):
        report = reports[each]
        lines.append(f"  {word}{each}  {shown(report.outlet)}: {short(report.headline)}")
    return "\n".join(lines)
