"""What programs may ask the desk, as an OpenAPI 3.1 document.

A test holds it against the routes.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from sayso.records import Verdict

Json = dict[str, Any]

SINCE = {
    "name": "since",
    "in": "query",
    "description": "What came after this time, or after the page of this cursor, counts as new.",
    "schema": {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
        ]
    },
}
AT: Json = {
    "name": "at",
    "in": "query",
    "description": "As it was at this cursor.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
}
AFTER: Json = AT | {"name": "after", "description": "The last change that the program knows."}
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
    topic = [KIND, NAME, SINCE, AT]
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
                "A table of it as CSV", [KIND, NAME, TABLE, SINCE, AT], "text/csv", 404
            ),
            "/search.json": _get("What holds some words", [WORDS], FORM_JSON),
            "/search.atom": _get("Reports that hold some words, as Atom", [WORDS], FORM_ATOM),
            "/search.feed.json": _get("The same as JSON Feed", [WORDS], FORM_FEED),
            "/events": _get(
                "What changes, as server-sent events; an event's id is the cursor to resume by",
                [AFTER, TOPIC],
                "text/event-stream",
                503,
            ),
            "/api/entries": _get("Editions and stories that there are pages of", [], FORM_JSON),
            "/api/changes": _get("What changed after a cursor", [AFTER, TOPIC, LIMIT], FORM_JSON),
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
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
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
    answers = {"200": {"description": summary, "content": {form: {}}}}
    if parameters:
        answers["400"] = {"description": "A parameter makes no sense.", "content": {}}
    known = {404: "There is no such thing.", 503: "Too many readers listen."}
    for status in refusals:
        answers[str(status)] = {"description": known[status], "content": {}}
    answers.setdefault("503", {"description": "The store cannot be read.", "content": {}})
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _rule() -> Json:
    def error(about: str) -> Json:
        return {
            "description": about,
            "content": {FORM_JSON: {"schema": {"$ref": "#/components/schemas/Error"}}},
        }

    return {
        "summary": "An editor's word on two reports, which wins over what the program finds",
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {FORM_JSON: {"schema": {"$ref": "#/components/schemas/Ruling"}}},
        },
        "responses": {
            "201": {"description": "Kept", "content": {FORM_JSON: {}}},
            "400": error("No ruling"),
            "401": error("The token is missing or wrong."),
            "403": error("The desk was given no token."),
            "404": error("A report that the desk does not know"),
            "413": error("Too long"),
            "503": error("The store cannot be written."),
        },
    }
