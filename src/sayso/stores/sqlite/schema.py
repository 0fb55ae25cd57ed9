"""The SQLite schema and how it got here.

A step is written once and never edited. It may use nothing but SQL: code that
it imported today would mean something else in a year. The number of steps that
a file has been through is its version.
"""

from __future__ import annotations

APPLICATION_ID = 0x5A150
"""Marks a file as a store of sayso, and not as the database of another program."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE report (
            n INTEGER PRIMARY KEY,     -- the order in which reports were kept
            id TEXT NOT NULL UNIQUE,
            key TEXT NOT NULL,         -- the dispatch that this is a version of
            version INTEGER NOT NULL,  -- 1 is the first that was kept, not the first printed
            words TEXT NOT NULL,       -- digest of headline and text: another one is an edit
            time TEXT NOT NULL,        -- published, or else kept: what readers sort by
            kept TEXT NOT NULL,
            rest BLOB NOT NULL,        -- JSON, zlib: the whole report but its text
            headline TEXT NOT NULL,
            text TEXT NOT NULL         -- last, since it is long and most questions stop before it
        )
        """,
        # Which versions of this dispatch are there?
        "CREATE UNIQUE INDEX report_by_key ON report (key, version)",
        # What was reported since then?
        "CREATE INDEX report_by_time ON report (time)",
        # The words stay in the table: the index holds only where they stand.
        """
        CREATE VIRTUAL TABLE report_words USING fts5 (
            headline, text,
            content = 'report', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
        )
        """,
        """
        CREATE TRIGGER report_words_kept AFTER INSERT ON report BEGIN
            INSERT INTO report_words (rowid, headline, text)
            VALUES (new.n, new.headline, new.text);
        END
        """,
        """
        CREATE TABLE body (
            n INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,  -- SHA-256 of the bytes as they came
            packed BLOB NOT NULL          -- the bytes, zlib
        )
        """,
        # One feed is the origin of many reports: what was said of its bytes goes with each.
        """
        CREATE TABLE raw (
            report TEXT PRIMARY KEY REFERENCES report (id),
            body INTEGER NOT NULL REFERENCES body (n),
            about BLOB NOT NULL  -- JSON: all of the raw but its body
        ) WITHOUT ROWID
        """,
        # What a turn found out about a report. A later turn may find otherwise: its row is added,
        # the newest holds. `turn` is the first cursor of which the row is a part, so that a page
        # can be shown as it was.
        """
        CREATE TABLE finding (
            n INTEGER PRIMARY KEY,
            report TEXT NOT NULL REFERENCES report (id),
            kind TEXT NOT NULL,  -- findings, lineage or placement
            turn INTEGER NOT NULL,
            packed BLOB NOT NULL -- JSON, zlib
        )
        """,
        # What is known of this report, as of when?
        "CREATE INDEX finding_by_report ON finding (report, kind, n)",
        """
        CREATE TABLE development (
            cursor INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, whatever is deleted
            at TEXT NOT NULL,
            story TEXT NOT NULL,
            kind TEXT NOT NULL,
            report TEXT NOT NULL REFERENCES report (id),
            statement TEXT,
            replaces TEXT REFERENCES report (id),
            reasons BLOB NOT NULL                      -- JSON
        )
        """,
        # Which reports are in this story, as of when?
        "CREATE INDEX development_by_story ON development (story, cursor)",
        # Which story is this report in, as of when?
        "CREATE INDEX development_by_report ON development (report, cursor)",
        """
        CREATE TABLE subscription (
            url TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            outlet BLOB NOT NULL,  -- JSON: the outlet, or null
            added TEXT NOT NULL,
            paused INTEGER NOT NULL,
            etag TEXT,           -- as the server sent it, quotation marks and all
            last_modified TEXT,  -- the same
            last_polled TEXT,
            failing_since TEXT,
            last_error TEXT
        ) WITHOUT ROWID
        """,
    ),
    (
        # What editors ruled, in the order in which they did. Nothing is taken back here: a later
        # ruling on the same two reports holds. `turn` is as in `finding`.
        """
        CREATE TABLE ruling (
            n INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,  -- SHA-256 of the ruling: the same one is kept once
            report TEXT NOT NULL REFERENCES report (id),
            other TEXT NOT NULL REFERENCES report (id),
            turn INTEGER NOT NULL,
            about BLOB NOT NULL           -- JSON: the whole ruling
        )
        """,
        # What was ruled on this report?
        "CREATE INDEX ruling_by_report ON ruling (report)",
        "CREATE INDEX ruling_by_other ON ruling (other)",
    ),
    (
        "ALTER TABLE subscription ADD COLUMN pages INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE subscription ADD COLUMN stopped TEXT",
        "ALTER TABLE subscription ADD COLUMN due TEXT",
        "ALTER TABLE subscription ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE subscription ADD COLUMN rhythm BLOB",  # JSON; NULL: nothing is known of it
        "ALTER TABLE subscription ADD COLUMN dropped BLOB",  # JSON: a list of sentences
        """
        CREATE TABLE note (
            name TEXT PRIMARY KEY,
            about BLOB NOT NULL  -- JSON
        ) WITHOUT ROWID
        """,
        # What was kept and is too old: so that an outlet which still lists it brings no news.
        """
        CREATE TABLE pruned (
            id TEXT PRIMARY KEY,
            words TEXT NOT NULL,
            at TEXT NOT NULL
        ) WITHOUT ROWID
        """,
        # What came before then, and is not needed any more?
        "CREATE INDEX report_by_kept ON report (kept)",
        # Which bytes does no report come from any more?
        "CREATE INDEX raw_by_body ON raw (body)",
    ),
    (
        # By which change did readers first hear of each report? A small table of its own: the rows
        # of `report` are long, and a search looks at many.
        """
        CREATE TABLE arrival (
            report INTEGER PRIMARY KEY REFERENCES report (n),
            cursor INTEGER NOT NULL
        )
        """,
        """
        INSERT INTO arrival (report, cursor)
        SELECT report.n, min(development.cursor)
        FROM development JOIN report ON report.id = development.report
        WHERE development.statement IS NULL
        GROUP BY report.n
        """,
        # Which report came last, as of when?
        "CREATE INDEX arrival_by_cursor ON arrival (cursor)",
        # The outlets and the speakers of all reports.
        """
        CREATE TABLE topic (
            n INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,        -- outlet or speaker
            folded TEXT NOT NULL,      -- the name without regard to case
            name TEXT NOT NULL,        -- as it was first printed
            words TEXT NOT NULL,       -- of the name, by which it is found
            reports INTEGER NOT NULL,  -- how many it has
            UNIQUE (kind, folded)
        )
        """,
        """
        CREATE VIRTUAL TABLE topic_words USING fts5 (
            words, content = 'topic', content_rowid = 'n',
            tokenize = 'ascii', detail = 'none', columnsize = 0
        )
        """,
        """
        CREATE TRIGGER topic_words_kept AFTER INSERT ON topic BEGIN
            INSERT INTO topic_words (rowid, words) VALUES (new.n, new.words);
        END
        """,
        """
        CREATE TRIGGER topic_words_gone AFTER DELETE ON topic BEGIN
            INSERT INTO topic_words (topic_words, rowid, words) VALUES ('delete', old.n, old.words);
        END
        """,
        # Which reports does a topic have, as of when? `cursor` is that of the report's arrival, or
        # the turn in which it was found later that the report is of the topic.
        """
        CREATE TABLE about (
            topic INTEGER NOT NULL REFERENCES topic (n),
            cursor INTEGER NOT NULL,
            report INTEGER NOT NULL REFERENCES report (n),
            PRIMARY KEY (topic, cursor, report)
        ) WITHOUT ROWID
        """,
        # Which topics is this report of?
        "CREATE UNIQUE INDEX about_by_report ON about (report, topic)",
        # In which reports was this said? By the report's number; the words stay in the report.
        """
        CREATE VIRTUAL TABLE said_words USING fts5 (
            words, content = '', tokenize = 'ascii', detail = 'none', columnsize = 0
        )
        """,
        # What is kept and not in the catalogue yet: it is taken in when the store is opened.
        "CREATE TABLE uncatalogued (report INTEGER PRIMARY KEY)",
        "INSERT INTO uncatalogued (report) SELECT report FROM arrival",
    ),
    (
        # What a desk that starts again must know of each report of its window.
        """
        CREATE TABLE sketch (
            report INTEGER PRIMARY KEY REFERENCES report (n),
            packed BLOB NOT NULL  -- JSON, zlib
        )
        """,
    ),
    (
        # Which of these matches are the newest? Their rows are long and lie far apart; in the
        # index, those of a thousand matches are read in a thousandth of a second.
        "CREATE INDEX report_times ON report (n, time, id)",
    ),
)
