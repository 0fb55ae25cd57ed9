"""The desk does what its OpenAPI document says, whatever a program sends."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from sayso.web.app import make_app
from tests.web.kiosk import Kiosk

schema = schemathesis.openapi.from_asgi(
    "/openapi.json", make_app(Kiosk(), poll_seconds=0.0, token="a token that nobody guesses")
).exclude(path="/events")  # a stream has no end; tests/web/test_events.py listens to it


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_desk_keeps_to_its_document(case: Case[Any]) -> None:
    case.call_and_validate()
