"""What a reader asks for, read from the request and checked; what makes no sense is refused."""

from __future__ import annotations

from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sayso.brief.records import Length
from sayso.records import Cursor
from sayso.web.events import Broadcast

LONGEST_SEARCH = 200
"""Characters of a search that are read; a longer one is a mistake or an attack."""

MOST_CHANGES = 1_000
"""Changes of one answer; who wants more asks again from the last."""


def prefix(request: Request) -> str:
    """Return the path that the desk is served under, without a slash at the end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def words(request: Request) -> str:
    """Return the words of a search. Raises HTTPException for more than anybody types."""
    given = request.query_params.get("q", "").strip()
    if len(given) > LONGEST_SEARCH:
        raise HTTPException(400, f"A search has at most {LONGEST_SEARCH} characters.")
    return given


def since(request: Request) -> datetime | Cursor | None:
    """Return what "new" is to be measured from: a time, or the cursor of a page that was seen.

    Raises HTTPException for what is neither.
    """
    given = request.query_params.get("since")
    if given is None:
        return None
    if given.isascii() and given.isdecimal():
        return as_cursor(given, "since")
    try:
        when = datetime.fromisoformat(given.replace(" ", "+"))
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise HTTPException(
            400, "`since` is no cursor and no time such as 2031-05-03T09:40:00Z."
        ) from error


def cursor(request: Request, name: str) -> Cursor | None:
    """Return the cursor that a parameter gives. Raises HTTPException for what is none."""
    return as_cursor(request.query_params.get(name), name)


def as_cursor(given: str | None, name: str) -> Cursor | None:
    """Return `given` as a cursor. Raises HTTPException for what is none."""
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= 18):
        raise HTTPException(400, f"`{name}` is no cursor: a cursor is a whole number.")
    return Cursor(int(given))


async def reached(given: Cursor, broadcast: Broadcast) -> Cursor:
    """Return a cursor that the desk has reached. Raises HTTPException for one that is to come.

    Whoever names one knows another store than this: nothing that he waits for would reach him.
    """
    if not await broadcast.reached(given):
        newest = await broadcast.cursor()
        raise HTTPException(404, f"There is no change {given} yet; the newest is {newest}.")
    return given


def length(request: Request) -> Length:
    """Return how long a briefing is to be. Raises HTTPException for what is no length."""
    given = request.query_params.get("lines", "page")
    if given in ("page", "all"):
        return "page" if given == "page" else "all"
    if not (given.isascii() and given.isdecimal() and int(given[:4]) >= 1 and len(given) <= 4):
        raise HTTPException(400, "`lines` is neither a number from 1 on nor `page` nor `all`.")
    return int(given)


def limit(request: Request) -> int:
    """Return how many things one answer may hold. Raises HTTPException for what is no number."""
    given = request.query_params.get("limit", str(MOST_CHANGES))
    most = as_cursor(given, "limit") or 0
    if not 1 <= most <= MOST_CHANGES:
        raise HTTPException(400, f"`limit` is no number from 1 to {MOST_CHANGES}.")
    return most
