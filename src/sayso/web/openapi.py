"""What programs may ask the desk, as an OpenAPI 3.1 document.

A test holds it against the routes.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from sayso.records import Verdict
from sayso.web.api import PROBLEM

Json = dict[str, Any]

SINCE = {
    "name": "since",
    "in": "query",
    "description": "What came after this time, or after the page of this cursor, counts as new.",
    "schema": {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "string", "pattern": "^[0-9]{1,18}$"},
        ]
    },
}
AT: Json = {
    "name": "at",
    "in": "query",
    "description": "As it was at this cursor.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
}
AFTER: Json = AT | {
    "name": "after",
    "description": "The last change that the program knows; one that the desk has not reached "
    "is of another store, and is refused.",
}
LIMIT: Json = AT | {
    "name": "limit",
    "description": "Changes at most.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 1000},
}
TOPIC = {
    "name": "topic",
    "in": "query",
    "description": "Only what bears on it: an edition's slug, a story's id, `speaker/NAME`, "
    "`outlet/NAME`.",
    "schema": {"type": "string"},
}
SECTION = {
    "name": "section",
    "in": "query",
    "description": "Only the lines of this section of the briefing.",
    "schema": {"type": "string"},
}
LINES = {
    "name": "lines",
    "in": "query",
    "description": "How long: a number gives so many lines, those that lead.",
    "schema": {
        "anyOf": [
            {"type": "string", "pattern": "^[1-9][0-9]{0,3}$"},
            {"type": "string", "enum": ["page", "all"]},
        ]
    },
}
WORDS = {
    "name": "q",
    "in": "query",
    "required": True,
    "description": "Words that must all be there.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\S"},
}
NAME: Json = {
    "name": "name",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
KIND = {
    "name": "kind",
    "in": "path",
    "required": True,
    "description": "`b` for editions and stories, then `name` is a slug or an id.",
    "schema": {"type": "string", "enum": ["b", "speaker", "outlet"]},
}
TABLE = {
    "name": "table",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": ["reactions", "statements", "figures"]},
}
REPORT: Json = NAME | {"name": "report"}

FORM_ATOM, FORM_FEED, FORM_JSON = (
    "application/atom+xml",
    "application/feed+json",
    "application/json",
)


def openapi() -> str:
    """Return the document as JSON."""
    return msgspec.json.encode(document()).decode()


def document() -> Json:
    """Return the document."""
    topic = [KIND, NAME, SINCE, AT, LINES]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "A desk of sayso",
            "version": "1",
            "description": "Live briefings in which every line shows on whose say-so it stands. "
            "All is read-only but for rulings, which need the desk's token.",
        },
        "paths": {
            "/{kind}/{name}.json": _get("A briefing whole", topic, FORM_JSON, 404),
            "/{kind}/{name}.atom": _get(
                "Its statements as Atom", [*topic, SECTION], FORM_ATOM, 404
            ),
            "/{kind}/{name}.feed.json": _get(
                "Its statements as JSON Feed", [*topic, SECTION], FORM_FEED, 404
            ),
            "/{kind}/{name}/{table}.csv": _get(
                "A table of it as CSV", [*topic, TABLE], "text/csv", 404
            ),
            "/search.json": _get("What holds some words", [WORDS, AT], FORM_JSON, 404),
            "/search.atom": _get(
                "Reports that hold some words, as Atom", [WORDS, AT], FORM_ATOM, 404
            ),
            "/search.feed.json": _get("The same as JSON Feed", [WORDS, AT], FORM_FEED, 404),
            "/events": _get(
                "What changes, as server-sent events; an event's id is the cursor to resume by",
                [AFTER, TOPIC],
                "text/event-stream",
                404,
                503,
            ),
            "/api/entries": _get("Editions and stories that there are pages of", [], FORM_JSON),
            "/api/changes": _get(
                "What changed after a cursor", [AFTER, TOPIC, LIMIT], FORM_JSON, 404
            ),
            "/api/report/{report}": _get(
                "A report and what was found in it", [REPORT], FORM_JSON, 404
            ),
            "/api/rulings": {"post": _rule()},
            "/health": _get("How the desk does", [], FORM_JSON),
            "/metrics": _get("The same for Prometheus", [], "text/plain"),
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": {
                    "type": "object",
                    "description": "Why there is no other answer (RFC 9457).",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string", "const": "about:blank"},
                        "title": {"type": "string", "description": "The status in words."},
                        "status": {"type": "integer", "minimum": 400, "maximum": 599},
                        "detail": {"type": "string", "description": "What is wrong, by name."},
                    },
                },
                "Ruling": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["report", "other", "verdict"],
                    "properties": {
                        "report": {"type": "string"},
                        "other": {"type": "string"},
                        "verdict": {"type": "string", "enum": list(get_args(Verdict))},
                        "reason": {"type": "string"},
                        "by": {"type": "string"},
                    },
                },
            },
        },
    }


def _get(summary: str, parameters: list[Json], form: str, *refusals: int) -> Json:
    answers: Json = {"200": {"description": summary, "content": {form: {}}}}
    if parameters:
        answers["400"] = _problem("A parameter makes no sense.")
    known = {404: "There is no such thing.", 503: "Too many readers listen."}
    for status in refusals:
        answers[str(status)] = _problem(known[status])
    answers.setdefault("503", _problem("The store cannot be read."))
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _problem(about: str) -> Json:
    return {
        "description": about,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _rule() -> Json:
    return {
        "summary": "An editor's word on two reports, which wins over what the program finds",
        "description": "A report is named by its id, or by the first four characters of it or "
        "more, where no other id begins so; the answer gives the whole ids.",
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {FORM_JSON: {"schema": {"$ref": "#/components/schemas/Ruling"}}},
        },
        "responses": {
            "201": {"description": "Kept", "content": {FORM_JSON: {}}},
            "400": _problem("No ruling"),
            "401": _problem("The token is missing or wrong."),
            "403": _problem("The desk was given no token."),
            "404": _problem("A report that the desk does not know, or an id that names several"),
            "413": _problem("Too long"),
            "503": _problem("The store cannot be written."),
        },
    }
