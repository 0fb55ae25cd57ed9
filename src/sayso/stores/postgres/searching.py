"""Search and topics: what readers ask for by words or by name, as of a cursor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from sayso.records import AttributionId, Cursor, Findings, Report, ReportId, Topic
from sayso.stores.catalogue import LOOKED_AT, beginnings, choose_said, folded
from sayso.stores.encoding import unpack
from sayso.stores.lexemes import asked_in
from sayso.stores.postgres.opening import Connection
from sayso.stores.postgres.session import PostgresSession
from sayso.stores.postgres.text import digest_of, from_column, question_of, to_column
from sayso.stores.reports import report_of

NEWEST = Cursor(2**63 - 1)
"""Later than every cursor: how the store asks for things as they are now."""

MOST_NAMES = 2_000
"""Names of which those with the most reports are chosen."""

_TOPIC: LiteralString = "(SELECT n FROM topic WHERE kind = %(kind)s AND digest = %(digest)s)"

_STANDS: LiteralString = """
    (
        SELECT DISTINCT report FROM development WHERE story = %(story)s AND cursor <= %(at)s
        AND statement IS NULL
    ) AS placed
    WHERE %(story)s = (
        SELECT story FROM development
        WHERE report = placed.report AND cursor <= %(at)s AND statement IS NULL
        ORDER BY cursor DESC LIMIT 1
    )
"""


class PostgresSearch(PostgresSession):
    """What readers ask for by words or by name."""

    def about(self, topic: Topic, *, at: Cursor | None = None, limit: int = 500) -> list[ReportId]:
        """Return the reports of a topic as of a cursor, those that came last first."""
        values = {**_named(topic), "at": NEWEST if at is None else at, "limit": limit}
        with self._asking("reading a topic") as connection:
            if topic.kind == "story":
                rows = connection.execute(
                    f"""
                    SELECT report.id FROM (SELECT placed.report FROM {_STANDS}) AS held
                    JOIN report ON report.n = held.report
                    JOIN arrival ON arrival.report = held.report
                    ORDER BY arrival.cursor DESC LIMIT %(limit)s
                    """,
                    values,
                )
            else:
                rows = connection.execute(
                    f"""
                    SELECT report.id FROM about JOIN report ON report.n = about.report
                    WHERE about.topic = {_TOPIC} AND about.cursor <= %(at)s
                    ORDER BY about.cursor DESC LIMIT %(limit)s
                    """,
                    values,
                )
            return [ReportId(from_column(row[0])) for row in rows]

    def count_about(self, topics: Iterable[Topic], *, at: Cursor | None = None) -> list[int]:
        """Return how many reports each topic has as of a cursor, in the order asked."""
        with self._asking("counting reports") as connection:
            return [_count(connection, topic, at) for topic in topics]

    def holding(
        self, terms: Iterable[str], *, least: int = 1, at: Cursor | None = None, limit: int = 500
    ) -> list[ReportId]:
        """Return reports with at least `least` of `terms` as of a cursor, the last to come first.

        None is left out; some may hold only words that begin alike.
        """
        asked = [question for term in terms if (question := question_of(beginnings(term)))]
        if not asked:
            return []
        with self._asking("looking for terms") as connection:
            rows = connection.execute(
                """
                SELECT report.id FROM report JOIN arrival ON arrival.report = report.n
                WHERE found_by @@ %(any)s::tsquery AND arrival.cursor <= %(at)s AND (
                    SELECT count(*) FROM unnest(%(terms)s::text[]) AS term
                    WHERE found_by @@ term::tsquery
                ) >= %(least)s
                ORDER BY arrival.cursor DESC LIMIT %(limit)s
                """,
                {
                    "any": " | ".join(f"({question})" for question in asked),
                    "terms": asked,
                    "least": min(least, len(asked)),
                    "at": NEWEST if at is None else at,
                    "limit": limit,
                },
            )
            return [ReportId(from_column(row[0])) for row in rows]

    def search(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Report]:
        """Return reports that hold all the words, as of a cursor, newest first.

        A word that ends in * stands for all that begin with it.
        """
        question = question_of(asked_in(words))
        if not question:
            return []
        with self._asking("searching") as connection:
            rows = connection.execute(
                """
                SELECT text, rest FROM report
                WHERE found_by @@ %(question)s::tsquery AND (
                    %(at)s::bigint IS NULL
                    OR (SELECT cursor FROM arrival WHERE report = n) <= %(at)s
                )
                ORDER BY time DESC, id COLLATE "C" DESC LIMIT %(limit)s
                """,
                {"question": question, "at": at, "limit": limit},
            )
            return [report_of(from_column(text), rest) for text, rest in rows]

    def search_said(
        self, words: str, *, at: Cursor | None = None, limit: int = 20
    ) -> list[tuple[ReportId, AttributionId]]:
        """Return what was said with all the words or by whom they name, the last to come first."""
        asked = asked_in(words)
        if not asked:
            return []
        with self._asking("searching what was said") as connection:
            rows = connection.execute(
                """
                SELECT text, rest, (
                    SELECT packed FROM finding
                    WHERE finding.report = report.n AND kind = 'findings' AND turn <= %(at)s
                    ORDER BY finding.n DESC LIMIT 1
                )
                FROM said JOIN arrival USING (report) JOIN report ON report.n = said.report
                WHERE said.found_by @@ %(question)s::tsquery AND arrival.cursor <= %(at)s
                ORDER BY arrival.cursor DESC LIMIT %(bound)s
                """,
                {
                    "question": question_of(asked),
                    "bound": LOOKED_AT,
                    "at": NEWEST if at is None else at,
                },
            )
            entries = (
                (report_of(from_column(text), rest), unpack(packed, Findings))
                for text, rest, packed in rows
                if packed is not None
            )
            return choose_said(entries, asked, limit)

    def search_names(self, words: str, *, at: Cursor | None = None, limit: int = 20) -> list[Topic]:
        """Return the speakers and outlets in whose names all the words stand, or begin words.

        Those with the most reports come first, and none that had no report as of a cursor.
        """
        asked = asked_in(words, begins=True)
        if not asked:
            return []
        with self._asking("searching names") as connection:
            rows = connection.execute(
                """
                SELECT kind, name FROM (
                    SELECT * FROM topic WHERE found_by @@ %(question)s::tsquery LIMIT %(most)s
                ) AS named
                WHERE EXISTS (SELECT 1 FROM about WHERE about.topic = n AND cursor <= %(at)s)
                ORDER BY reports DESC, name COLLATE "C", kind LIMIT %(limit)s
                """,
                {
                    "question": question_of(asked),
                    "most": MOST_NAMES,
                    "at": NEWEST if at is None else at,
                    "limit": limit,
                },
            )
            return [Topic(kind, from_column(name)) for kind, name in rows]


def _named(topic: Topic) -> dict[str, object]:
    return {
        "kind": topic.kind,
        "digest": digest_of(folded(topic)),
        "story": to_column(topic.name),
    }


def _count(connection: Connection, topic: Topic, at: Cursor | None) -> int:
    values = {**_named(topic), "at": NEWEST if at is None else at}
    if topic.kind == "story":
        row = connection.execute(f"SELECT count(*) FROM {_STANDS}", values).fetchone()
    elif at is None:
        row = connection.execute(
            "SELECT reports FROM topic WHERE kind = %(kind)s AND digest = %(digest)s", values
        ).fetchone()
    else:
        row = connection.execute(
            f"SELECT count(*) FROM about WHERE topic = {_TOPIC} AND cursor <= %(at)s", values
        ).fetchone()
    return 0 if row is None else int(row[0])
