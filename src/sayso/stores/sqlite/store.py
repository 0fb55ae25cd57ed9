"""The embedded store: one SQLite file, one writer at a time, any number of readers.

Rule 1: what `apply` returned from is on the disk, whatever is killed after.
Rule 2: a turn is one transaction; a turn that fails leaves nothing.
Rule 3: kept rows are added to, never changed, so that a past page can be shown again,
until what it stands on is pruned.

One store serves many threads, one at a time; who must not wait for a long turn
(a web server) opens a second one with `read_only`. Decides nothing about news.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sayso.ports import Raw
from sayso.records import (
    Change,
    Cursor,
    Decision,
    Report,
    ReportId,
    Ruling,
    Sketch,
    Story,
    StoryId,
)
from sayso.stores.encoding import decode, time_of, time_text, unpack, unpack_bytes
from sayso.stores.fold import Member, choose_stories, fold_story, left_for
from sayso.stores.keeping import Keeping
from sayso.stores.sqlite import pruning, subscriptions
from sayso.stores.sqlite.rows import (
    DEVELOPMENT_COLUMNS,
    REPORT_COLUMNS,
    change_row,
    report_row,
    text_value,
)
from sayso.stores.sqlite.searching import SqliteSearch
from sayso.stores.sqlite.session import NEWEST
from sayso.stores.sqlite.writing import newest_cursor, write_decision
from sayso.stores.subscribing import Subscribing, SubscriptionRows

T = TypeVar("T")


class SqliteStore(SqliteSearch, Keeping[sqlite3.Connection], Subscribing[sqlite3.Connection]):
    """Keeps records in one SQLite file, or in memory for `":memory:"`."""

    @property
    def _rows(self) -> SubscriptionRows[sqlite3.Connection]:
        return subscriptions

    def versions(self, keys: Iterable[str]) -> dict[str, list[Report]]:
        """Return the kept versions of each dispatch key, oldest first; no key without one."""
        found = {}
        with self._asking("reading versions") as database:
            for key in keys:
                rows = database.execute(
                    f"""
                    SELECT {REPORT_COLUMNS} FROM report
                    WHERE key = CAST(? AS TEXT) ORDER BY version
                    """,
                    (text_value(key),),
                )
                if reports := [report_row(row) for row in rows]:
                    found[key] = reports
        return found

    def apply(
        self, decision: Decision, *, now: datetime, raws: Iterable[tuple[ReportId, Raw]] = ()
    ) -> list[Change]:
        """Keep all of `decision` in one transaction and return its changes with their cursors.

        Keeping the same decision again changes nothing and returns no change.
        """
        with self._writing("keeping a turn") as database:
            return write_decision(database, decision, now=now, raws=raws)

    def reports(self, ids: Iterable[ReportId]) -> list[Report]:
        """Return the kept reports among `ids`, in the order asked."""
        with self._asking("reading reports") as database:
            rows = (
                database.execute(
                    f"SELECT {REPORT_COLUMNS} FROM report WHERE id = CAST(? AS TEXT)",
                    (text_value(each),),
                ).fetchone()
                for each in ids
            )
            return [report_row(row) for row in rows if row is not None]

    def rulings(
        self, ids: Iterable[ReportId] | None = None, *, at: Cursor | None = None
    ) -> list[Ruling]:
        """Return the rulings that name one of `ids` (None: all), as of a cursor, oldest first."""
        until = NEWEST if at is None else at
        with self._asking("reading rulings") as database:
            if ids is None:
                every = database.execute("SELECT n, about FROM ruling WHERE turn <= ?", (until,))
                found = dict(every.fetchall())
            else:
                found = {}
                for each in ids:
                    rows = database.execute(
                        """
                        SELECT n, about FROM ruling
                        WHERE (report = CAST(:id AS TEXT) OR other = CAST(:id AS TEXT))
                          AND turn <= :until
                        """,
                        {"id": text_value(each), "until": until},
                    )
                    found.update(rows.fetchall())
            return [decode(found[number], Ruling) for number in sorted(found)]

    def since(self, when: datetime, *, limit: int = 10_000) -> list[Report]:
        """Return the reports published (or else kept) since `when`, oldest first.

        Where there are more than `limit`, the oldest are left out.
        """
        with self._asking("reading the last reports") as database:
            rows = database.execute(
                f"""
                SELECT {REPORT_COLUMNS} FROM report
                WHERE time >= ? ORDER BY time DESC, id DESC LIMIT ?
                """,
                (time_text(when), limit),
            )
            return [report_row(row) for row in rows][::-1]

    def sketches(self, since: datetime) -> Iterator[tuple[ReportId, datetime, Sketch | None]]:
        """Yield the reports published (or else kept) since then, in the order of their time.

        Each with when it was kept and its sketch; None: there is none.
        """
        with self._asking("reading the window") as database:
            rows = database.execute(
                "SELECT n, id, kept FROM report WHERE time >= ? ORDER BY time, id",
                (time_text(since),),
            ).fetchall()
        for number, report, kept in rows:
            with self._asking("reading a sketch") as database:
                row = database.execute(
                    "SELECT packed FROM sketch WHERE report = ?", (number,)
                ).fetchone()
            yield report, time_of(kept), None if row is None else unpack(row[0], Sketch)

    def stories(self, *, at: Cursor | None = None, limit: int = 100) -> list[Story]:
        """Return stories as of a cursor, those last moved first."""
        with self._asking("reading stories") as database:
            # Read backwards only until there are enough: the newest steps are of few stories.
            steps = database.execute(
                """
                SELECT story FROM development
                WHERE cursor <= ? AND statement IS NULL ORDER BY cursor DESC
                """,
                (NEWEST if at is None else at,),
            )
            moved = (story for (story,) in steps)
            return choose_stories(moved, lambda story: self._fold(database, story, at), limit)

    def story(self, story: StoryId, *, at: Cursor | None = None) -> Story | None:
        """Return a story as of a cursor; None when it has no report then."""
        with self._asking("reading a story") as database:
            return self._fold(database, story, at)

    def moved_to(self, story: StoryId, *, at: Cursor | None = None) -> list[StoryId]:
        """Return the stories that reports left this one for, those that most did first."""
        with self._asking("following a story") as database:
            rows = database.execute(
                """
                SELECT (
                    SELECT story FROM development
                    WHERE report = placed.report AND cursor <= :at AND statement IS NULL
                    ORDER BY cursor DESC LIMIT 1
                )
                FROM (
                    SELECT DISTINCT report FROM development
                    WHERE story = CAST(:story AS TEXT) AND cursor <= :at AND statement IS NULL
                ) AS placed
                JOIN report ON report.id = placed.report
                ORDER BY report.time, report.id
                """,
                {"story": text_value(story), "at": NEWEST if at is None else at},
            )
            return left_for(story, (row[0] for row in rows))

    def changes(self, *, after: Cursor, limit: int = 1_000) -> list[Change]:
        """Return what changed after a cursor, in order."""
        with self._asking("reading changes") as database:
            rows = database.execute(
                f"""
                SELECT {DEVELOPMENT_COLUMNS} FROM development
                WHERE cursor > ? ORDER BY cursor LIMIT ?
                """,
                (after, limit),
            )
            return [change_row(row) for row in rows]

    def arrivals(self, ids: Iterable[ReportId]) -> list[Change]:
        """Return the change by which readers first heard of each report, in the order asked."""
        with self._asking("reading arrivals") as database:
            rows = (
                database.execute(
                    f"""
                    SELECT {DEVELOPMENT_COLUMNS} FROM development
                    WHERE report = CAST(? AS TEXT) AND statement IS NULL
                    ORDER BY cursor LIMIT 1
                    """,
                    (text_value(each),),
                ).fetchone()
                for each in ids
            )
            return [change_row(row) for row in rows if row is not None]

    def steps(self, ids: Iterable[ReportId], *, at: Cursor | None = None) -> list[Change]:
        """Return the developments of single statements that the reports brought, in order."""
        found = []
        with self._asking("reading steps") as database:
            for each in dict.fromkeys(ids):
                rows = database.execute(
                    f"""
                    SELECT {DEVELOPMENT_COLUMNS} FROM development
                    WHERE report = CAST(? AS TEXT) AND statement IS NOT NULL AND cursor <= ?
                    """,
                    (text_value(each), NEWEST if at is None else at),
                )
                found += [change_row(row) for row in rows]
        return sorted(found, key=lambda change: change.cursor)

    def cursor(self) -> Cursor:
        """Return the cursor of the newest change; 0 when there is none."""
        with self._asking("reading the cursor") as database:
            return newest_cursor(database)

    def raw(self, report: ReportId) -> Raw | None:
        """Return the bytes that a report came from."""
        with self._asking("reading raw bytes") as database:
            row = database.execute(
                """
                SELECT raw.about, body.packed FROM raw JOIN body ON body.n = raw.body
                WHERE raw.report = CAST(? AS TEXT)
                """,
                (text_value(report),),
            ).fetchone()
            return None if row is None else replace(decode(row[0], Raw), body=unpack_bytes(row[1]))

    def prune(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Take out up to `limit` reports kept before then, of stories that rested since.

        Return how many there were; ask again until there are none.
        """
        with self._writing("pruning") as database:
            return pruning.prune(database, before=before, now=now, limit=limit)

    def pruned(self, report: ReportId) -> datetime | None:
        """Return when a report was taken out; None when it was not."""
        with self._asking("reading what was pruned") as database:
            return pruning.pruned_at(database, report)

    def _words_kept(self, database: sqlite3.Connection, report: ReportId) -> str | None:
        row = database.execute(
            "SELECT words FROM report WHERE id = CAST(? AS TEXT)", (text_value(report),)
        ).fetchone()
        # What was taken out was seen all the same.
        return pruning.pruned_words(database, report) if row is None else str(row[0])

    def _found(
        self, kind: str, record: type[T], ids: Iterable[ReportId], at: Cursor | None
    ) -> list[T]:
        with self._asking(f"reading {kind}") as database:
            rows = (
                database.execute(
                    """
                    SELECT packed FROM finding
                    WHERE report = CAST(? AS TEXT) AND kind = ? AND turn <= ?
                    ORDER BY n DESC LIMIT 1
                    """,
                    (text_value(each), kind, NEWEST if at is None else at),
                ).fetchone()
                for each in ids
            )
            return [unpack(row[0], record) for row in rows if row is not None]

    def _fold(
        self, database: sqlite3.Connection, story: StoryId, at: Cursor | None
    ) -> Story | None:
        rows = database.execute(
            """
            SELECT report.id, report.headline, report.time, report.time <> report.kept
            FROM (
                SELECT DISTINCT report FROM development
                WHERE story = CAST(:story AS TEXT) AND cursor <= :at AND statement IS NULL
            ) AS placed
            JOIN report ON report.id = placed.report
            WHERE CAST(:story AS TEXT) = (
                SELECT story FROM development
                WHERE report = placed.report AND cursor <= :at AND statement IS NULL
                ORDER BY cursor DESC LIMIT 1
            )
            """,
            {"story": text_value(story), "at": NEWEST if at is None else at},
        )
        return fold_story(
            story,
            (
                Member(report=row[0], headline=row[1], time=time_of(row[2]), dated=bool(row[3]))
                for row in rows
            ),
        )
