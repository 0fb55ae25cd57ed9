"""Who owns the outlet that published a report.

Rule: an owner is named only where a list says so, found by the registrable domain of the
report's address or by the outlet's name; nobody's owner is guessed. Whoever the reader's own
list or the source list names wins over the list that comes with sayso.

The lists are data (`data/owners.toml`, which says what of it was checked); no file of the reader's
is opened here, its text is handed in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, NewType
from urllib.parse import urlsplit

from tld import get_fld

from sayso.errors import ConfigError
from sayso.records import Outlet, Report

OutletKey = NewType("OutletKey", str)
"""What makes two reports come from one newsroom: a domain that is listed, or else a name."""


class Owners:
    """Outlets and their owners, by domain and by name."""

    def __init__(
        self, texts: Iterable[str] = (), *, given: Mapping[str, str] | None = None
    ) -> None:
        """Read lists in the form of `data/owners.toml`, later ones over earlier ones.

        `given` is owners by outlet name, as the source list tells them; they win over all lists.
        """
        self._by_domain: dict[str, tuple[str, str]] = {}  # domain: (outlet, owner)
        for text in texts:
            self._by_domain.update(_parsed(text))
        self._by_name = {
            outlet.casefold(): (outlet, owner) for outlet, owner in self._by_domain.values()
        }
        for outlet, owner in (given or {}).items():
            self._by_name[outlet.casefold()] = (outlet, owner)
        self._given = frozenset(name.casefold() for name in given or {})

    def owner(self, report: Report) -> str | None:
        """Return the owner of the outlet of `report`, or None where no list names one."""
        name = report.outlet.casefold()
        if name in self._given:
            return self._by_name[name][1]
        listed = self._listed(report)
        return listed[1] if listed else None

    def outlet(self, report: Report) -> OutletKey:
        """Return the newsroom of `report`, the same for every name that one outlet goes by."""
        listed = self._listed(report)
        return OutletKey((listed[0] if listed else report.outlet).casefold())

    def lists(self, name: str) -> bool:
        """Tell whether some list has an outlet called `name`."""
        plain = name.casefold()
        return plain in self._by_name or f"the {plain}" in self._by_name

    def domains(self) -> tuple[str, ...]:
        """Return the domains of all lists."""
        return tuple(self._by_domain)

    def publisher(self, url: str | None) -> str | None:
        """Return the outlet that publishes under the domain of `url`, where it is listed."""
        found = next(
            (self._by_domain[name] for name in domains(url) if name in self._by_domain), None
        )
        return found[0] if found else None

    def _listed(self, report: Report) -> tuple[str, str] | None:
        # The name goes first: a page can stand under the address of the outlet it was taken from.
        found = self._by_name.get(report.outlet.casefold())
        if found:
            return found
        return next(
            (self._by_domain[name] for name in domains(report.url) if name in self._by_domain), None
        )


def default_owners(outlets: Iterable[Outlet] = (), *, more: Iterable[str] = ()) -> Owners:
    """Return the list that comes with sayso, over it `more`, over these what `outlets` say."""
    shipped = resources.files("sayso.trace").joinpath("data/owners.toml").read_text("utf-8")
    given = {outlet.name: outlet.owner for outlet in outlets if outlet.owner}
    return Owners((shipped, *more), given=given)


@lru_cache(maxsize=1 << 14)
def domains(url: str | None) -> tuple[str, ...]:
    """Return the host of `url` and its parent domains down to the registrable one."""
    if not url:
        return ()
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # half an IPv6 address
        return ()
    registrable = get_fld(host, fix_protocol=True, fail_silently=True) if host else None
    if not registrable:
        return (host,) if host else ()
    names = [host]
    while names[-1] != registrable and "." in names[-1]:
        names.append(names[-1].split(".", 1)[1])
    return tuple(names)


@lru_cache(maxsize=8)  # the shipped list is long, and every turn asks for it
def _parsed(text: str) -> dict[str, tuple[str, str]]:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"the list of owners is not TOML: {error}") from error
    found: dict[str, tuple[str, str]] = {}
    for entry in data.get("owner", []):
        name, outlets = entry.get("name"), entry.get("outlets")
        if not isinstance(name, str) or not isinstance(outlets, dict):
            raise ConfigError(
                'an [[owner]] needs a name and outlets, as in "example.org" = "Gazette"'
            )
        found.update({domain.casefold(): (str(outlet), name) for domain, outlet in outlets.items()})
    return found
