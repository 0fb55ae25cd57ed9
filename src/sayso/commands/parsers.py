"""The options of every command, in pipeline order.

Nothing heavy is imported here: a command's own module is loaded when the command runs, so that
`sayso --help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.config import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def whole(least: int) -> Callable[[str], int]:
    """Return what reads an option that is a whole number from `least` to a million million."""

    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= MOST:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number from {least} on")
        return value

    number.__name__ = "whole number"  # argparse names it in its error
    return number


MOST = 10**12


def length(text: str) -> int | str:
    """Read how long a briefing is to be."""
    return text if text in ("page", "all") else whole(1)(text)


Run = Callable[[argparse.Namespace, Settings], int]


def lazily(module: str, function: str) -> Run:
    """Return a command that loads its module only when it runs."""

    def run(args: argparse.Namespace, settings: Settings) -> int:
        loaded = importlib.import_module(f"sayso.commands.{module}")
        return int(getattr(loaded, function)(args, settings))

    return run


def add_all(commands: Commands) -> None:
    """Add every command to `commands`."""
    _add_stages(commands)
    _add_briefing(commands)
    _add_desk(commands)
    _add_measuring(commands)


def _add(commands: Commands, name: str, help: str, example: str, run: Run) -> Any:
    parser = commands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=f"Example: {example}",
    )
    parser.set_defaults(run=run)
    return parser


def _takes_reports(parser: Any) -> None:
    parser.add_argument(
        "places",
        nargs="+",
        metavar="PATH|URL",
        help="text, HTML, feed or JSON-lines file, a folder of them, an address, - for stdin",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def _takes_store(parser: Any) -> None:
    parser.add_argument("--store", metavar="FILE", help="the desk's store (default: see settings)")


def _takes_edition(parser: Any) -> None:
    parser.add_argument("--edition", metavar="FILE", help="the edition file: title and sections")


def _add_stages(commands: Commands) -> None:
    read = _add(
        commands,
        "read",
        "read reports and print them with their parts",
        "sayso read examples/newsroom/wire --json",
        lazily("stages", "read"),
    )
    _takes_reports(read)
    extract = _add(
        commands,
        "extract",
        "find who said what in each report, with figures and times",
        "sayso extract report.txt --json",
        lazily("stages", "extract"),
    )
    _takes_reports(extract)
    trace = _add(
        commands,
        "trace",
        "find which report was copied from which, and which count as one source",
        "sayso trace examples/newsroom/wire",
        lazily("stages", "trace"),
    )
    _takes_reports(trace)
    thread = _add(
        commands,
        "thread",
        "sort reports into stories",
        "sayso thread examples/newsroom/wire --json",
        lazily("stages", "thread"),
    )
    _takes_reports(thread)


def _add_briefing(commands: Commands) -> None:
    brief = _add(
        commands,
        "brief",
        "make a briefing of the reports given, or of all that the desk keeps",
        "sayso brief examples/newsroom/wire --edition examples/flood.toml --html briefing.html",
        lazily("briefing", "brief"),
    )
    brief.add_argument(
        "places",
        nargs="*",
        metavar="PATH|URL",
        help="reports to read first (default: none, brief what the desk keeps)",
    )
    _takes_edition(brief)
    _takes_store(brief)
    brief.add_argument("--html", type=Path, metavar="FILE", help="write the page")
    brief.add_argument("--markdown", type=Path, metavar="FILE", help="write it as Markdown")
    brief.add_argument(
        "--csv",
        type=Path,
        metavar="FOLDER",
        help="write its statements, figures and reactions as tables, a file each",
    )
    brief.add_argument("--json", action="store_true", help="print it as one JSON object")
    brief.add_argument(
        "--since",
        metavar="TIME|CURSOR",
        help="what came after this time, or after the page of this cursor, counts as new",
    )
    brief.add_argument(
        "--lines",
        type=length,
        default="page",
        metavar="N|page|all",
        help="how long: the N lines that lead, a page (default), or every line",
    )
    brief.add_argument("--at", type=whole(0), metavar="CURSOR", help="as it was at this cursor")
    brief.add_argument("--rows", type=whole(1), metavar="N", help="print no more than N rows of it")
    verify = _add(
        commands,
        "verify",
        "check every line of a published briefing against its reports",
        "sayso verify briefing.html",
        lazily("briefing", "verify"),
    )
    verify.add_argument("file", type=Path, metavar="FILE", help="a page or JSON that brief wrote")
    verify.add_argument(
        "--reports", nargs="+", metavar="PATH", help="check against these (default: the store)"
    )
    _takes_store(verify)
    explain = _add(
        commands,
        "explain",
        "show a line, a report or an attribution in its paragraph, with every reason",
        "sayso explain 3f2a9c",
        lazily("briefing", "explain"),
    )
    explain.add_argument("id", metavar="ID", help="an id, or its beginning")
    _takes_edition(explain)
    _takes_store(explain)
    search = _add(
        commands,
        "search",
        "find reports by their words",
        "sayso search dam inquiry",
        lazily("briefing", "search"),
    )
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=whole(1), default=20, metavar="N", help="reports at most")
    search.add_argument("--json", action="store_true", help="print one JSON object a line")
    _takes_store(search)


def _add_desk(commands: Commands) -> None:
    watch = _add(
        commands,
        "watch",
        "poll the desk's sources and keep what they bring",
        "sayso watch --once",
        lazily("polling", "watch"),
    )
    watch.add_argument("--once", action="store_true", help="one turn, then end")
    _takes_store(watch)
    serve = _add(
        commands,
        "serve",
        "serve the page and its JSON, refreshed as reports come in",
        "sayso serve examples/newsroom/wire --edition examples/flood.toml",
        lazily("serving", "serve"),
    )
    serve.add_argument(
        "places", nargs="*", metavar="PATH|URL", help="read these again and again, and the sources"
    )
    serve.add_argument("--host", help="address to serve on")
    serve.add_argument("--port", type=whole(0), help="port to serve on")
    serve.add_argument(
        "--no-watch",
        action="store_true",
        help="only answer readers: 'sayso watch' polls the sources of the same store",
    )
    _takes_edition(serve)
    _takes_store(serve)
    export = _add(
        commands,
        "export",
        "write editions and stories as a folder of pages, JSON and feeds that needs no server",
        "sayso export site --edition examples/flood.toml",
        lazily("export", "export"),
    )
    export.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where to write; kept up to date"
    )
    _takes_edition(export)
    _takes_store(export)
    sources = _add(
        commands,
        "sources",
        "list, find, add, change, pause, import and export the feeds that the desk polls",
        "sayso sources add https://gazette.example --owner 'Courier group' --country FR",
        lazily("subscribing", "sources"),
    )
    sources.add_argument(
        "action",
        choices=["list", "add", "set", "rename", "pause", "resume", "remove", "import", "export"],
    )
    sources.add_argument(
        "things",
        nargs="*",
        metavar="SITE|URL|FILE",
        help="addresses of sites or feeds; an OPML file, or 'starter' for a list to begin with",
    )
    sources.add_argument("--name", help="what the source is called")
    sources.add_argument("--outlet", metavar="NAME", help="the outlet whose feed it is")
    sources.add_argument("--owner", metavar="NAME", help="who owns the outlet")
    sources.add_argument("--country", metavar="XX", help="where it is, by ISO 3166")
    sources.add_argument("--language", metavar="XX", help="in which language it writes")
    sources.add_argument(
        "--pages",
        choices=["yes", "no"],
        help="read the pages of its items for their full text, where robots.txt allows it",
    )
    sources.add_argument("--json", action="store_true", help="list as JSON, one object a line")
    _takes_store(sources)
    prune = _add(
        commands,
        "prune",
        "take out stories that have been at rest for long, and old bytes",
        "sayso prune --days 90",
        lazily("desk", "prune"),
    )
    prune.add_argument(
        "--days", type=whole(1), metavar="N", help="at rest for so long (default: keep_days)"
    )
    _takes_store(prune)
    replay = _add(
        commands,
        "replay",
        "play a folder of reports into the desk as they came, faster",
        "sayso replay examples/newsroom/wire --speed 3600",
        lazily("desk", "replay"),
    )
    replay.add_argument("places", nargs="+", metavar="FOLDER")
    replay.add_argument(
        "--speed", type=float, default=3600.0, metavar="N", help="hours an hour (default: 3600)"
    )
    _takes_store(replay)
    rule = _add(
        commands,
        "rule",
        "keep an editor's word on two reports: copied or not, of one story or not",
        'sayso rule 3f2a9c copied-from 81be04 --because "they told us" --by "night desk"',
        lazily("ruling", "rule"),
    )
    rule.add_argument("report", nargs="?", metavar="REPORT", help="an id, or its beginning")
    rule.add_argument(
        "verdict",
        nargs="?",
        metavar="VERDICT",
        help="copied-from, separate-from, together-with, apart-from, or undecided (takes back)",
    )
    rule.add_argument("other", nargs="?", metavar="OTHER", help="an id, or its beginning")
    rule.add_argument("--because", metavar="WORDS", help="why, for readers")
    rule.add_argument("--by", metavar="NAME", help="who says so")
    rule.add_argument("--list", action="store_true", help="list the rulings given, oldest first")
    rule.add_argument("--json", action="store_true", help="list as JSON, one object a line")
    _takes_store(rule)
    settings = _add(
        commands,
        "settings",
        "print the settings in force, with what they mean",
        "sayso settings",
        lazily("desk", "settings"),
    )
    settings.add_argument("--json", action="store_true", help="print one JSON object")


def _add_measuring(commands: Commands) -> None:
    bench = _add(
        commands,
        "bench",
        "measure speed or quality and print the table",
        "sayso bench attribution",
        lazily("measuring", "bench"),
    )
    bench.add_argument(
        "what", nargs="*", metavar="WHAT", help="what to measure (default: speed); see --list"
    )
    bench.add_argument("--list", action="store_true", help="list what can be measured")
    bench.add_argument("--data", type=Path, metavar="FOLDER", help="the data (default: SAYSO_DATA)")
    bench.add_argument("--limit", type=whole(1), metavar="N", help="use N reports at most")
    bench.add_argument(
        "--plot", type=Path, metavar="FILE", help="write the picture of a measure that has one"
    )
    bench.add_argument("--minutes", type=float, metavar="N", help="how long a desk is left running")
    bench.add_argument("--rate", type=float, metavar="R", help="reports a second that come in")
    bench.add_argument(
        "--log", type=Path, metavar="FILE", help="write each half minute of a soak as a JSON line"
    )
    bench.add_argument("--json", action="store_true", help="print one JSON object a line")
    bench.add_argument("--gate", action="store_true", help="fail when a floor in bench/ falls")
