"""The team's store: one PostgreSQL schema, many desks that read and write it.

Rule 1: what `apply` returned from is on the server's disk, whatever is killed after.
Rule 2: a turn is one transaction; a turn that fails leaves nothing.
Rule 3: writers take turns, so that a reader who resumes at a cursor never misses a lower one.
Rule 4: kept rows are added to, never changed, so that a past page can be shown again,
until what it stands on is pruned.

A lost connection is a StoreError; the next call connects again. Decides nothing about news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, LiteralString, TypeVar

from sayso.ports import Raw
from sayso.records import (
    Change,
    Cursor,
    Decision,
    Development,
    Report,
    ReportId,
    Ruling,
    Sketch,
    Story,
    StoryId,
)
from sayso.stores.encoding import decode, in_utc, unpack, unpack_bytes
from sayso.stores.fold import Member, choose_stories, fold_story, left_for
from sayso.stores.keeping import Keeping
from sayso.stores.postgres import pruning, subscriptions
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.searching import PostgresSearch
from sayso.stores.postgres.text import digest_of, from_column, to_column
from sayso.stores.postgres.writing import newest_cursor, write_decision
from sayso.stores.reports import report_of
from sayso.stores.subscribing import Subscribing, SubscriptionRows

T = TypeVar("T")

SKETCHES_AT_ONCE = 1_000

STEPS_AT_ONCE = 1_000
"""Developments looked at in one question for the stories that moved last."""

_CHANGES: LiteralString = """
    SELECT cursor, at, story, kind, report.id, statement, replaced.id, reasons
    FROM development
    JOIN report ON report.n = development.report
    LEFT JOIN report AS replaced ON replaced.n = development.replaces
"""


class PostgresStore(PostgresSearch, Keeping[Connection], Subscribing[Connection]):
    """Keeps records on the server that `address` (a connection string) names."""

    @property
    def _rows(self) -> SubscriptionRows[Connection]:
        return subscriptions

    def versions(self, keys: Iterable[str]) -> dict[str, list[Report]]:
        """Return the kept versions of each dispatch key, oldest first; no key without one."""
        asked = {digest_of(key): key for key in keys}
        found: dict[str, list[Report]] = {}
        with self._asking("reading versions") as connection:
            rows = connection.execute(
                "SELECT dispatch, text, rest FROM report WHERE dispatch = ANY(%s) ORDER BY version",
                (list(asked),),
            )
            for dispatch, text, rest in rows:
                found.setdefault(asked[dispatch], []).append(_report((text, rest)))
        return found

    def apply(
        self, decision: Decision, *, now: datetime, raws: Iterable[tuple[ReportId, Raw]] = ()
    ) -> list[Change]:
        """Keep all of `decision` in one transaction and return its changes with their cursors.

        Keeping the same decision again changes nothing and returns no change.
        """
        with self._writing("keeping a turn") as connection:
            return write_decision(connection, decision, now=now, raws=raws)

    def reports(self, ids: Iterable[ReportId]) -> list[Report]:
        """Return the kept reports among `ids`, in the order asked."""
        asked = [digest_of(each) for each in ids]
        with self._asking("reading reports") as connection:
            rows = connection.execute(
                "SELECT digest, text, rest FROM report WHERE digest = ANY(%s)", (asked,)
            )
            found = {digest: _report((text, rest)) for digest, text, rest in rows}
        return [found[each] for each in asked if each in found]

    def rulings(
        self, ids: Iterable[ReportId] | None = None, *, at: Cursor | None = None
    ) -> list[Ruling]:
        """Return the rulings that name one of `ids` (None: all), as of a cursor, oldest first."""
        asked = None if ids is None else [digest_of(each) for each in ids]
        with self._asking("reading rulings") as connection:
            rows = connection.execute(
                """
                SELECT about FROM ruling
                WHERE (turn <= %(at)s OR %(at)s::bigint IS NULL) AND (
                    %(asked)s::uuid[] IS NULL
                    OR report IN (SELECT n FROM report WHERE digest = ANY(%(asked)s))
                    OR other IN (SELECT n FROM report WHERE digest = ANY(%(asked)s))
                )
                ORDER BY n
                """,
                {"asked": asked, "at": at},
            )
            return [decode(row[0], Ruling) for row in rows]

    def since(self, when: datetime, *, limit: int = 10_000) -> list[Report]:
        """Return the reports published (or else kept) since `when`, oldest first.

        Where there are more than `limit`, the oldest are left out.
        """
        with self._asking("reading the last reports") as connection:
            rows = connection.execute(
                """
                SELECT text, rest FROM report
                WHERE time >= %s ORDER BY time DESC, id COLLATE "C" DESC LIMIT %s
                """,
                (in_utc(when), limit),
            )
            return [_report(row) for row in rows][::-1]

    def sketches(self, since: datetime) -> Iterator[tuple[ReportId, datetime, Sketch | None]]:
        """Yield the reports published (or else kept) since then, in the order of their time.

        Each with when it was kept and its sketch; None: there is none.
        """
        with self._asking("reading the window") as connection:
            every = connection.execute(
                """
                SELECT n, id, kept FROM report WHERE time >= %s ORDER BY time, id COLLATE "C"
                """,
                (in_utc(since),),
            ).fetchall()
        for first in range(0, len(every), SKETCHES_AT_ONCE):
            some = every[first : first + SKETCHES_AT_ONCE]
            with self._asking("reading sketches") as connection:
                packed = dict(
                    connection.execute(
                        "SELECT report, packed FROM sketch WHERE report = ANY(%s)",
                        ([number for number, _, _ in some],),
                    ).fetchall()
                )
            for number, report, kept in some:
                sketch = unpack(packed[number], Sketch) if number in packed else None
                yield ReportId(from_column(report)), kept, sketch

    def stories(self, *, at: Cursor | None = None, limit: int = 100) -> list[Story]:
        """Return stories as of a cursor, those last moved first."""
        with self._asking("reading stories") as connection:
            newest = newest_cursor(connection) if at is None else at
            moved = _moved(connection, newest)
            return choose_stories(moved, lambda story: _fold(connection, story, newest), limit)

    def story(self, story: StoryId, *, at: Cursor | None = None) -> Story | None:
        """Return a story as of a cursor; None when it has no report then."""
        with self._asking("reading a story") as connection:
            return _fold(connection, story, newest_cursor(connection) if at is None else at)

    def moved_to(self, story: StoryId, *, at: Cursor | None = None) -> list[StoryId]:
        """Return the stories that reports left this one for, those that most did first."""
        with self._asking("following a story") as connection:
            rows = connection.execute(
                """
                SELECT (
                    SELECT story FROM development
                    WHERE report = placed.report AND cursor <= %(at)s AND statement IS NULL
                    ORDER BY cursor DESC LIMIT 1
                )
                FROM (
                    SELECT DISTINCT report FROM development
                    WHERE story = %(story)s AND cursor <= %(at)s AND statement IS NULL
                ) AS placed
                JOIN report ON report.n = placed.report
                ORDER BY report.time, report.id
                """,
                {
                    "story": to_column(story),
                    "at": newest_cursor(connection) if at is None else at,
                },
            )
            return left_for(story, (StoryId(from_column(row[0])) for row in rows))

    def changes(self, *, after: Cursor, limit: int = 1_000) -> list[Change]:
        """Return what changed after a cursor, in order."""
        with self._asking("reading changes") as connection:
            rows = connection.execute(
                f"{_CHANGES} WHERE cursor > %s ORDER BY cursor LIMIT %s", (after, limit)
            )
            return [_change(row) for row in rows]

    def arrivals(self, ids: Iterable[ReportId]) -> list[Change]:
        """Return the change by which readers first heard of each report, in the order asked."""
        asked = list(ids)
        with self._asking("reading arrivals") as connection:
            rows = connection.execute(
                f"""
                {_CHANGES}
                JOIN (
                    SELECT min(development.cursor) AS cursor
                    FROM development JOIN report ON report.n = development.report
                    WHERE report.digest = ANY(%s) AND statement IS NULL
                    GROUP BY development.report
                ) AS first USING (cursor)
                """,
                ([digest_of(each) for each in asked],),
            )
            found = {change.development.report: change for change in map(_change, rows)}
        return [found[each] for each in asked if each in found]

    def steps(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Change]:
        """Return the developments of single statements that the reports brought, in order."""
        with self._asking("reading steps") as connection:
            newest = newest_cursor(connection) if at is None else at
            rows = connection.execute(
                f"""
                {_CHANGES}
                WHERE report.digest = ANY(%s) AND statement IS NOT NULL AND cursor <= %s
                ORDER BY cursor
                """,
                ([digest_of(each) for each in ids], newest),
            )
            return [_change(row) for row in rows]

    def cursor(self) -> Cursor:
        """Return the cursor of the newest change; 0 when there is none."""
        with self._asking("reading the cursor") as connection:
            return newest_cursor(connection)

    def raw(self, report: ReportId) -> Raw | None:
        """Return the bytes that a report came from."""
        with self._asking("reading raw bytes") as connection:
            row = connection.execute(
                """
                SELECT about, packed
                FROM raw JOIN body ON body.n = raw.body JOIN report ON report.n = raw.report
                WHERE report.digest = %s
                """,
                (digest_of(report),),
            ).fetchone()
            return None if row is None else replace(decode(row[0], Raw), body=unpack_bytes(row[1]))

    def prune(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Take out up to `limit` reports kept before then, of stories that rested since.

        Return how many there were; ask again until there are none.
        """
        with self._writing("pruning") as connection:
            return pruning.prune(connection, before=before, now=now, limit=limit)

    def pruned(self, report: ReportId) -> datetime | None:
        """Return when a report was taken out; None when it was not."""
        with self._asking("reading what was pruned") as connection:
            return pruning.pruned_at(connection, report)

    def _words_kept(self, connection: Connection, report: ReportId) -> str | None:
        row = connection.execute(
            "SELECT words FROM report WHERE digest = %s", (digest_of(report),)
        ).fetchone()
        # What was taken out was seen all the same.
        return pruning.pruned_words(connection, report) if row is None else str(row[0])

    def _found(
        self, kind: str, record: type[T], ids: Iterable[ReportId], at: Cursor | None
    ) -> list[T]:
        asked = [digest_of(each) for each in ids]
        with self._asking(f"reading {kind}") as connection:
            rows = connection.execute(
                """
                SELECT DISTINCT ON (finding.report) report.digest, finding.packed
                FROM finding JOIN report ON report.n = finding.report
                WHERE report.digest = ANY(%(asked)s) AND finding.kind = %(kind)s
                  AND (finding.turn <= %(at)s OR %(at)s::bigint IS NULL)
                ORDER BY finding.report, finding.n DESC
                """,
                {"asked": asked, "kind": kind, "at": at},
            )
            found = {digest: unpack(packed, record) for digest, packed in rows}
        return [found[each] for each in asked if each in found]


def _report(row: Sequence[Any]) -> Report:
    return report_of(from_column(row[0]), row[1])


def _change(row: Sequence[Any]) -> Change:
    return Change(
        cursor=Cursor(row[0]),
        at=row[1],
        development=Development(
            story=StoryId(from_column(row[2])),
            kind=row[3],
            report=ReportId(from_column(row[4])),
            statement=from_column(row[5]),
            replaces=from_column(row[6]),
            reasons=decode(row[7], tuple[str, ...]),
        ),
    )


def _moved(connection: Connection, at: Cursor) -> Iterator[StoryId]:
    """Yield the story of each step, the newest first."""
    # Read backwards only until there are enough: the newest steps are of few stories.
    while rows := connection.execute(
        """
        SELECT cursor, story FROM development
        WHERE cursor <= %s AND statement IS NULL ORDER BY cursor DESC LIMIT %s
        """,
        (at, STEPS_AT_ONCE),
    ).fetchall():
        for _, story in rows:
            yield StoryId(from_column(story))
        at = Cursor(rows[-1][0] - 1)


def _fold(connection: Connection, story: StoryId, at: Cursor) -> Story | None:
    rows = connection.execute(
        """
        SELECT report.id, report.headline, report.time, report.time <> report.kept
        FROM (
            SELECT DISTINCT report FROM development
            WHERE story = %(story)s AND cursor <= %(at)s AND statement IS NULL
        ) AS placed
        JOIN report ON report.n = placed.report
        WHERE %(story)s = (
            SELECT story FROM development
            WHERE report = placed.report AND cursor <= %(at)s AND statement IS NULL
            ORDER BY cursor DESC LIMIT 1
        )
        """,
        {"story": to_column(story), "at": at},
    )
    return fold_story(
        story,
        (
            Member(
                report=ReportId(from_column(row[0])),
                headline=from_column(row[1]),
                time=row[2],
                dated=row[3],
            )
            for row in rows
        ),
    )
