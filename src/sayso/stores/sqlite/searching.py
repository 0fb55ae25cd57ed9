"""Search and topics: what readers ask for by words or by name, as of a cursor.

Every word is quoted, so nothing that a reader types is syntax; only a star at the end of a word
means something: all that begin so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from sayso.records import (
    AttributionId,
    Cursor,
    Findings,
    Report,
    ReportId,
    Topic,
)
from sayso.stores.catalogue import LOOKED_AT, beginnings, choose_said, folded
from sayso.stores.encoding import unpack, words_bytes
from sayso.stores.lexemes import MOST_WORDS, Asked, asked_in
from sayso.stores.sqlite.rows import REPORT_COLUMNS, report_row, text_value
from sayso.stores.sqlite.session import NEWEST, SqliteSession

BOUND = 1_000
"""Matches looked at, from the one kept last backwards, before the newest are chosen.
Without it a common word would sort half of the store."""

MOST_NAMES = 2_000
"""Names of which those with the most reports are chosen."""

STRETCH = 20_000
"""Reports looked through at first for an edition's terms; each next stretch is four times as long,
so that a busy edition is answered from the newest and a quiet one in few questions."""


class SqliteSearch(SqliteSession):
    """What readers ask for by words or by name."""

    def about(self, topic: Topic, *, at: Cursor | None = None, limit: int = 500) -> list[ReportId]:
        """Return the reports of a topic as of a cursor, those that came last first."""
        with self._asking("reading a topic") as database:
            if topic.kind == "story":
                return _of_story(database, topic.name, at, limit)
            rows = database.execute(
                """
                SELECT report.id FROM about JOIN report ON report.n = about.report
                WHERE about.topic = (
                    SELECT n FROM topic WHERE kind = :kind AND folded = CAST(:name AS TEXT)
                ) AND about.cursor <= :at
                ORDER BY about.cursor DESC LIMIT :limit
                """,
                {**_named(topic), "at": NEWEST if at is None else at, "limit": limit},
            )
            return [row[0] for row in rows]

    def count_about(self, topics: Iterable[Topic], *, at: Cursor | None = None) -> list[int]:
        """Return how many reports each topic has as of a cursor, in the order asked."""
        with self._asking("counting reports") as database:
            return [_count(database, topic, at) for topic in topics]

    def holding(
        self, terms: Iterable[str], *, least: int = 1, at: Cursor | None = None, limit: int = 500
    ) -> list[ReportId]:
        """Return reports with at least `least` of `terms` as of a cursor, the last to come first.

        None is left out; some may hold only words that begin alike.
        """
        asked = [question for term in terms if (question := _phrases(beginnings(term)))]
        found: list[ReportId] = []
        if not asked or limit < 1:
            return found
        with self._asking("looking for terms") as database:
            last, stretch = _last_number(database, at), STRETCH
            while last > 0 and len(found) < limit:
                first = max(last - stretch, 0)
                found += _holding(
                    database, asked, min(least, len(asked)), first, last, at, limit - len(found)
                )
                last, stretch = first, 4 * stretch
        return found

    def search(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Report]:
        """Return reports that hold all the words, as of a cursor, newest first.

        A word that ends in * stands for all that begin with it.
        """
        question = _question(words)
        if not question:
            return []
        arrived = "" if at is None else "AND (SELECT cursor FROM arrival WHERE report = n) <= :at"
        with self._asking("searching") as database:
            rows = database.execute(
                f"""
                SELECT {REPORT_COLUMNS} FROM report
                WHERE n IN (
                    SELECT n FROM report INDEXED BY report_times
                    WHERE n IN (
                        SELECT rowid FROM report_words
                        WHERE report_words MATCH CAST(:question AS TEXT) AND rowid <= :last
                        ORDER BY rowid DESC LIMIT :bound
                    ) {arrived}
                    ORDER BY time DESC, id DESC LIMIT :limit
                )
                ORDER BY time DESC, id DESC
                """,
                {
                    "question": words_bytes(question),
                    "bound": max(limit, BOUND),
                    "limit": limit,
                    "at": at,
                    "last": NEWEST if at is None else _last_number(database, at),
                },
            )
            return [report_row(row) for row in rows]

    def search_said(
        self, words: str, *, at: Cursor | None = None, limit: int = 20
    ) -> list[tuple[ReportId, AttributionId]]:
        """Return what was said with all the words or by whom they name, the last to come first."""
        asked = asked_in(words)
        if not asked:
            return []
        with self._asking("searching what was said") as database:
            rows = database.execute(
                f"""
                SELECT {REPORT_COLUMNS}, (
                    SELECT packed FROM finding
                    WHERE finding.report = report.id AND kind = 'findings' AND turn <= :at
                    ORDER BY finding.n DESC LIMIT 1
                )
                FROM (
                    SELECT rowid AS number FROM said_words
                    WHERE said_words MATCH :question AND rowid <= :last
                    ORDER BY rowid DESC LIMIT :bound
                )
                JOIN report ON report.n = number
                JOIN arrival ON arrival.report = number AND arrival.cursor <= :at
                ORDER BY number DESC
                """,
                {
                    "question": _phrases(asked),
                    "bound": LOOKED_AT,
                    "last": _last_number(database, at),
                    "at": NEWEST if at is None else at,
                },
            )
            entries = (
                (report_row(row[:2]), unpack(row[2], Findings))
                for row in rows
                if row[2] is not None
            )
            return choose_said(entries, asked, limit)

    def search_names(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Topic]:
        """Return the speakers and outlets in whose names all the words stand, or begin words.

        Those with the most reports come first, and none that had no report as of a cursor.
        """
        asked = asked_in(words, begins=True)
        if not asked:
            return []
        with self._asking("searching names") as database:
            rows = database.execute(
                """
                SELECT kind, name FROM topic
                WHERE n IN (
                    SELECT rowid FROM topic_words WHERE topic_words MATCH :question LIMIT :most
                ) AND EXISTS (SELECT 1 FROM about WHERE about.topic = n AND cursor <= :at)
                ORDER BY reports DESC, folded, kind LIMIT :limit
                """,
                {
                    "question": _phrases(asked),
                    "most": MOST_NAMES,
                    "at": NEWEST if at is None else at,
                    "limit": limit,
                },
            )
            return [Topic(kind, name) for kind, name in rows]


def _named(topic: Topic) -> dict[str, object]:
    return {"kind": topic.kind, "name": text_value(folded(topic))}


def _of_story(
    database: sqlite3.Connection, story: str, at: Cursor | None, limit: int
) -> list[ReportId]:
    rows = database.execute(
        """
        SELECT DISTINCT report FROM development AS placed
        WHERE story = CAST(:story AS TEXT) AND cursor <= :at AND statement IS NULL
          AND CAST(:story AS TEXT) = (
              SELECT story FROM development
              WHERE report = placed.report AND cursor <= :at AND statement IS NULL
              ORDER BY cursor DESC LIMIT 1
          )
        ORDER BY (
            SELECT arrival.cursor FROM arrival JOIN report ON report.n = arrival.report
            WHERE report.id = placed.report
        ) DESC
        LIMIT :limit
        """,
        {"story": text_value(story), "at": NEWEST if at is None else at, "limit": limit},
    )
    return [row[0] for row in rows]


def _count(database: sqlite3.Connection, topic: Topic, at: Cursor | None) -> int:
    if topic.kind == "story":
        return len(_of_story(database, topic.name, at, -1))
    if at is None:
        row = database.execute(
            "SELECT reports FROM topic WHERE kind = :kind AND folded = CAST(:name AS TEXT)",
            _named(topic),
        ).fetchone()
    else:
        row = database.execute(
            """
            SELECT count(*) FROM about
            WHERE topic = (
                SELECT n FROM topic WHERE kind = :kind AND folded = CAST(:name AS TEXT)
            ) AND cursor <= :at
            """,
            {**_named(topic), "at": at},
        ).fetchone()
    return 0 if row is None else int(row[0])


def _last_number(database: sqlite3.Connection, at: Cursor | None) -> int:
    """Return the highest number of a report that had arrived by a cursor."""
    row = database.execute(
        # Of one turn, numbers and cursors are in one order; so are turns.
        "SELECT report FROM arrival WHERE cursor <= ? ORDER BY cursor DESC LIMIT 1",
        (NEWEST if at is None else at,),
    ).fetchone()
    return 0 if row is None else int(row[0])


def _holding(
    database: sqlite3.Connection,
    asked: list[str],
    least: int,
    first: int,
    last: int,
    at: Cursor | None,
    limit: int,
) -> Iterator[ReportId]:
    held = " UNION ALL ".join(
        f"SELECT rowid AS number FROM report_words WHERE report_words MATCH :term{place}"
        " AND rowid > :first AND rowid <= :last"
        for place in range(len(asked))
    )
    rows = database.execute(
        f"""
        SELECT report.id FROM (
            SELECT number FROM ({held}) GROUP BY number HAVING count(*) >= :least
        )
        JOIN arrival ON arrival.report = number AND arrival.cursor <= :at
        JOIN report ON report.n = number
        ORDER BY arrival.cursor DESC LIMIT :limit
        """,
        {
            **{f"term{place}": question for place, question in enumerate(asked)},
            "first": first,
            "last": last,
            "least": least,
            "at": NEWEST if at is None else at,
            "limit": limit,
        },
    )
    return (row[0] for row in rows.fetchall())


def _phrases(asked: Iterable[Asked]) -> str:
    """Return a question for words that hold nothing but letters and digits."""
    return " ".join(f'"{one.lexeme}"{"*" if one.begins else ""}' for one in asked)


def _question(words: str) -> str:
    # The index takes a NUL for the end of the question.
    typed = words.replace("\0", " ").split()
    asked = [word for word in typed if any(letter.isalnum() for letter in word)]
    return " ".join(_phrase(word) for word in asked[:MOST_WORDS])


def _phrase(word: str) -> str:
    stem = word.rstrip("*")
    quoted = '"' + stem.replace('"', '""') + '"'
    return f"{quoted}*" if stem != word else quoted
