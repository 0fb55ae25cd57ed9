"""`sources`: which feeds the desk follows, what an editor says of them, and how they are."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

from sayso.app import make_http, now, open_store
from sayso.cli import FINE, WRONG_INPUT
from sayso.commands.printing import complain
from sayso.config import Settings
from sayso.errors import ConfigError, InputError, SourceError
from sayso.normalise.opml import parse_opml
from sayso.normalise.read import parse_feed
from sayso.normalise.urls import host
from sayso.ports import DeskStore, Raw
from sayso.records import Outlet, Subscription
from sayso.render.jsonl import to_line
from sayso.render.opml import render_opml
from sayso.render.phrases import count
from sayso.render.plain import shown, time_words

STARTER = "starter"
"""What stands for the list of sources that comes with the program."""


def sources(args: argparse.Namespace, settings: Settings) -> int:
    """List, find, add, change, pause, remove, import or export the feeds that the desk polls."""
    store = open_store(settings, args.store, read_only=args.action in {"list", "export"})
    try:
        match args.action:
            case "list":
                followed = store.sources()
                for one in followed:
                    print(_source_line(one, as_json=args.json))
                if not followed and not args.json:
                    print("no source yet; 'sayso sources add SITE' adds one", file=sys.stderr)
                return FINE
            case "export":
                if args.things:
                    raise ConfigError("export prints the list: send it to a file with >")
                print(render_opml(store.sources()))
                return FINE
            case "rename":
                if len(args.things) != 2:
                    raise ConfigError("give an address and the name that it is to have")
                url, name = args.things
                return _each([url], lambda one: _change(store, one, name=name))
            case "import":
                files = _needed(args.things, "an OPML file, or 'starter'")
                return _each(files, lambda one: _import(store, one))
            case "add":
                sites = _needed(args.things, "an address")
                return _each(sites, lambda one: _add(store, one, args, settings))
            case "set":
                urls = _needed(args.things, "an address")
                return _each(urls, lambda one: _tell_more(store, one, args))
            case "pause" | "resume":
                paused = args.action == "pause"
                urls = _needed(args.things, "an address")
                return _each(urls, lambda one: _change(store, one, paused=paused))
            case _:
                return _each(_needed(args.things, "an address"), lambda one: _remove(store, one))
    finally:
        store.close()


def _each(things: Sequence[str], work: Callable[[str], None]) -> int:
    """Do each thing; tell what was wrong with one, and let the rest go on."""
    code = FINE
    for thing in things:
        try:
            work(thing)
        except (InputError, SourceError) as error:
            complain(error)
            code = WRONG_INPUT
    return code


def _import(store: DeskStore, name: str) -> None:
    found = list(parse_opml(_bytes(name), name=name, now=now()))
    for one in found:
        store.add_source(one)
    _say(name, count(len(found), "source"))


def _add(store: DeskStore, site: str, args: argparse.Namespace, settings: Settings) -> None:
    if not site.startswith(("http://", "https://")) or not host(site) or " " in site:
        raise InputError(site, "is not an http or https address")
    if any(one.url == site for one in store.sources()):
        _tell_more(store, site, args)
        return
    url = _find(site, settings, moment=now())
    if url != site:
        print(f"sayso: {shown(site)}: its feed is {shown(url)}", file=sys.stderr)
    store.add_source(_told(Subscription(url=url, added=now()), args))
    _say(url, "added")


def _find(site: str, settings: Settings, *, moment: datetime) -> str:
    from sayso.sources.find import find_feed
    from sayso.sources.http import Unreachable

    def is_feed(raw: Raw) -> bool:
        try:
            parse_feed(raw, now=moment)
        except InputError:
            return False
        return True

    try:
        return find_feed(make_http(settings, largest=settings.largest_feed), site, is_feed=is_feed)
    except Unreachable as error:
        # Perhaps it is us who are cut off: whether it is a feed, the first poll will say.
        print(f"sayso: {shown(site)}: added unseen: {shown(error.reason)}", file=sys.stderr)
        return site


def _tell_more(store: DeskStore, url: str, args: argparse.Namespace) -> None:
    store.add_source(_told(_followed(store, url), args))
    _say(url, "changed")


def _told(source: Subscription, args: argparse.Namespace) -> Subscription:
    """Return `source` with what the options say of it."""
    before = source.outlet
    about = {
        "name": args.outlet,
        "owner": args.owner,
        "country": args.country.upper() if args.country else None,
        "language": args.language,
    }
    said = {name: value for name, value in about.items() if value}
    if said:
        named = before or Outlet(name=source.name or args.name or host(source.url) or source.url)
        source = dataclasses.replace(source, outlet=dataclasses.replace(named, **said))
    if args.name:
        source = dataclasses.replace(source, name=args.name)
    if args.pages:
        source = dataclasses.replace(source, pages=args.pages == "yes")
    return source


def _change(
    store: DeskStore, url: str, *, name: str | None = None, paused: bool | None = None
) -> None:
    source = _followed(store, url)
    store.add_source(
        dataclasses.replace(
            source,
            name=source.name if name is None else name,
            paused=source.paused if paused is None else paused,
        )
    )
    _say(url, {None: "renamed", True: "paused", False: "polled again"}[paused])


def _followed(store: DeskStore, url: str) -> Subscription:
    for one in store.sources():
        if one.url == url:
            return one
    raise InputError(url, "is not among the sources")


def _remove(store: DeskStore, url: str) -> None:
    if not store.remove_source(url):
        raise InputError(url, "is not among the sources")
    _say(url, "removed; its reports stay")


def _say(thing: str, done: str) -> None:
    print(f"sayso: {shown(thing)}: {done}", file=sys.stderr)


def _needed(things: Sequence[str], what: str) -> Sequence[str]:
    if not things:
        raise ConfigError(f"give {what}")
    return things


def _bytes(name: str) -> bytes:
    if name == STARTER and not Path(name).exists():
        return resources.files("sayso.sources").joinpath("starter.opml").read_bytes()
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(name, f"cannot be read: {error.strerror}") from error


def _source_line(one: Subscription, *, as_json: bool) -> str:
    if as_json:
        return to_line(
            {
                "url": one.url,
                "name": one.name,
                "outlet": one.outlet.name if one.outlet else None,
                "owner": one.outlet.owner if one.outlet else None,
                "country": one.outlet.country if one.outlet else None,
                "language": one.outlet.language if one.outlet else None,
                "pages": one.pages,
                "paused": one.paused,
                "stopped": one.stopped,
                "last_polled": _iso(one.last_polled),
                "due": _iso(one.due),
                "failing_since": _iso(one.failing_since),
                "failures": one.failures,
                "last_error": one.last_error,
                "dropped": list(one.dropped),
            }
        )
    told = [f"{shown(one.url)}  {shown(one.name)}", f"  {shown(_state(one))}"]
    told += [f"  left out: {shown(reason)}" for reason in one.dropped]
    return "\n".join(told)


def _state(one: Subscription) -> str:
    if one.paused:
        return f"paused: {one.stopped}" if one.stopped else "paused"
    if one.failing_since is not None:
        state = f"failing since {time_words(one.failing_since)}: {one.last_error or ''}"
    else:
        state = "not polled yet" if one.last_polled is None else "fine"
    return f"{state}; next {time_words(one.due)}" if one.due else state


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
