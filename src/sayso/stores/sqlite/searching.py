"""Search: the reader's words to a question that the index cannot misread.

Every word is quoted, so nothing that a reader types is syntax; only a star at
the end of a word means something: all that begin so.
"""

from __future__ import annotations

import sqlite3

from sayso.records import Report
from sayso.stores.encoding import words_bytes
from sayso.stores.sqlite.rows import REPORT_COLUMNS, report_row

MOST_WORDS = 32
"""A reader asks for a few words; a page pasted into the box is cut to its first ones."""

BOUND = 1_000
"""Matches looked at, from the one kept last backwards, before the newest are chosen.
Without it a common word would sort half of the store."""


def search_reports(database: sqlite3.Connection, words: str, *, limit: int) -> list[Report]:
    """Return reports that hold all the words, newest first."""
    question = _question(words)
    if not question:
        return []
    rows = database.execute(
        f"""
        SELECT {REPORT_COLUMNS} FROM report
        WHERE n IN (
            SELECT n FROM report
            WHERE n IN (
                SELECT rowid FROM report_words
                WHERE report_words MATCH CAST(:question AS TEXT)
                ORDER BY rowid DESC LIMIT :bound
            )
            ORDER BY time DESC, id DESC LIMIT :limit
        )
        ORDER BY time DESC, id DESC
        """,
        {"question": words_bytes(question), "bound": max(limit, BOUND), "limit": limit},
    )
    return [report_row(row) for row in rows]


def _question(words: str) -> str:
    # The index takes a NUL for the end of the question.
    typed = words.replace("\0", " ").split()
    asked = [word for word in typed if any(letter.isalnum() for letter in word)]
    return " ".join(_phrase(word) for word in asked[:MOST_WORDS])


def _phrase(word: str) -> str:
    stem = word.rstrip("*")
    quoted = '"' + stem.replace('"', '""') + '"'
    return f"{quoted}*" if stem != word else quoted
