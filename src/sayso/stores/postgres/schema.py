"""The PostgreSQL schema and how it got here.

A step is written once and never edited. It may use nothing but SQL: code that
it imported today would mean something else in a year. The number of steps that
a database has been through is its version.
"""

from __future__ import annotations

from typing import LiteralString

STEPS: tuple[tuple[LiteralString, ...], ...] = (
    (
        # Names that outlets give may be longer than an index takes: their digests are looked up.
        """
        CREATE TABLE report (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest uuid NOT NULL UNIQUE,   -- of the id
            id text NOT NULL,
            dispatch uuid NOT NULL,        -- digest of the key: what this is a version of
            version integer NOT NULL,      -- 1 is the first that was kept, not the first printed
            words text NOT NULL,           -- digest of headline and text: another one is an edit
            time timestamptz NOT NULL,     -- published, or else kept: what readers sort by
            kept timestamptz NOT NULL,
            rest bytea NOT NULL,           -- JSON, zlib: the whole report but its text
            headline text NOT NULL,
            text text NOT NULL,
            found_by tsvector NOT NULL,    -- the words that find it
            UNIQUE (dispatch, version)
        )
        """,
        "ALTER TABLE report ALTER COLUMN rest SET STORAGE EXTERNAL",
        # What was reported since then?
        'CREATE INDEX ON report (time, id COLLATE "C")',
        # Which reports hold these words?
        "CREATE INDEX ON report USING gin (found_by)",
        """
        CREATE TABLE body (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest bytea NOT NULL UNIQUE,  -- SHA-256 of the bytes as they came
            packed bytea NOT NULL          -- the bytes, zlib
        )
        """,
        "ALTER TABLE body ALTER COLUMN packed SET STORAGE EXTERNAL",
        # One feed is the origin of many reports: what was said of its bytes goes with each.
        """
        CREATE TABLE raw (
            report bigint PRIMARY KEY REFERENCES report,
            body bigint NOT NULL REFERENCES body,
            about bytea NOT NULL  -- JSON: all of the raw but its body
        )
        """,
        # What a turn found out about a report. A later turn may find otherwise: its row is added,
        # the newest holds. `turn` is the first cursor of which the row is a part, so that a page
        # can be shown as it was.
        """
        CREATE TABLE finding (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            report bigint NOT NULL REFERENCES report,
            kind text NOT NULL,    -- findings, lineage or placement
            turn bigint NOT NULL,
            packed bytea NOT NULL  -- JSON, zlib
        )
        """,
        "ALTER TABLE finding ALTER COLUMN packed SET STORAGE EXTERNAL",
        # What is known of this report, as of when?
        "CREATE INDEX ON finding (report, kind, n)",
        """
        CREATE TABLE development (
            cursor bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL,
            story text NOT NULL,
            kind text NOT NULL,
            report bigint NOT NULL REFERENCES report,
            statement text,
            replaces bigint REFERENCES report,
            reasons bytea NOT NULL  -- JSON
        )
        """,
        # Which reports are in this story, as of when?
        "CREATE INDEX ON development (story, cursor)",
        # Which story is this report in, as of when?
        "CREATE INDEX ON development (report, cursor)",
        """
        CREATE TABLE subscription (
            digest uuid PRIMARY KEY,  -- of the address
            url text NOT NULL,
            name text NOT NULL,
            outlet bytea NOT NULL,    -- JSON: the outlet, or null
            added timestamptz NOT NULL,
            paused boolean NOT NULL,
            etag text,                -- as the server sent it, quotation marks and all
            last_modified text,       -- the same
            last_polled timestamptz,
            failing_since timestamptz,
            last_error text
        )
        """,
    ),
    (
        # What editors ruled, in the order in which they did. Nothing is taken back here: a later
        # ruling on the same two reports holds. `turn` is as in `finding`.
        """
        CREATE TABLE ruling (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            digest bytea NOT NULL UNIQUE,  -- SHA-256 of the ruling: the same one is kept once
            report bigint NOT NULL REFERENCES report,
            other bigint NOT NULL REFERENCES report,
            turn bigint NOT NULL,
            about bytea NOT NULL           -- JSON: the whole ruling
        )
        """,
        # What was ruled on this report?
        "CREATE INDEX ON ruling (report)",
        "CREATE INDEX ON ruling (other)",
    ),
    (
        """
        ALTER TABLE subscription
            ADD COLUMN pages boolean NOT NULL DEFAULT false,
            ADD COLUMN stopped text,
            ADD COLUMN due timestamptz,
            ADD COLUMN failures integer NOT NULL DEFAULT 0,
            ADD COLUMN rhythm bytea,  -- JSON; null: nothing is known of it
            ADD COLUMN dropped bytea  -- JSON: a list of sentences
        """,
        """
        CREATE TABLE note (
            name text PRIMARY KEY,
            about bytea NOT NULL  -- JSON
        )
        """,
        # What was kept and is too old: so that an outlet which still lists it brings no news.
        """
        CREATE TABLE pruned (
            digest uuid PRIMARY KEY,  -- of the id
            words text NOT NULL,
            at timestamptz NOT NULL
        )
        """,
        # What came before then, and is not needed any more?
        "CREATE INDEX ON report (kept)",
        # Which bytes does no report come from any more?
        "CREATE INDEX ON raw (body)",
    ),
    (
        # By which change did readers first hear of each report?
        """
        CREATE TABLE arrival (
            report bigint PRIMARY KEY REFERENCES report,
            cursor bigint NOT NULL
        )
        """,
        """
        INSERT INTO arrival (report, cursor)
        SELECT report, min(cursor) FROM development WHERE statement IS NULL GROUP BY report
        """,
        # Which report came last, as of when?
        "CREATE INDEX ON arrival (cursor)",
        # The outlets and the speakers of all reports.
        """
        CREATE TABLE topic (
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text NOT NULL,          -- outlet or speaker
            digest uuid NOT NULL,        -- of the name without regard to case
            name text NOT NULL,          -- as it was first printed
            found_by tsvector NOT NULL,  -- the words of the name
            reports bigint NOT NULL,     -- how many it has
            UNIQUE (digest, kind)
        )
        """,
        # Whose names hold these words?
        "CREATE INDEX ON topic USING gin (found_by)",
        # Which reports does a topic have, as of when? `cursor` is that of the report's arrival, or
        # the turn in which it was found later that the report is of the topic.
        """
        CREATE TABLE about (
            topic bigint NOT NULL REFERENCES topic,
            cursor bigint NOT NULL,
            report bigint NOT NULL REFERENCES report,
            PRIMARY KEY (topic, cursor, report)
        )
        """,
        # Which topics is this report of?
        "CREATE UNIQUE INDEX ON about (report, topic)",
        # In which reports was this said? The words stay in the report.
        """
        CREATE TABLE said (
            report bigint PRIMARY KEY REFERENCES report,
            found_by tsvector NOT NULL
        )
        """,
        "CREATE INDEX ON said USING gin (found_by)",
        # What is kept and not in the catalogue yet: it is taken in when the store is opened.
        "CREATE TABLE uncatalogued (report bigint PRIMARY KEY)",
        "INSERT INTO uncatalogued (report) SELECT report FROM arrival",
    ),
    (
        # What a desk that starts again must know of each report of its window.
        """
        CREATE TABLE sketch (
            report bigint PRIMARY KEY REFERENCES report,
            packed bytea NOT NULL  -- JSON, zlib
        )
        """,
        "ALTER TABLE sketch ALTER COLUMN packed SET STORAGE EXTERNAL",
    ),
)
