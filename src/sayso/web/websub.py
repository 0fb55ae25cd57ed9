"""Answers hubs: yes to what the desk asked for, and thanks for what they bring.

Rule: nothing is told to who guesses. An address that the desk gave nobody is not found; what is
brought there unsigned or signed by another is thanked for and not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

LONGEST_CHALLENGE = 2_000
LATER = {"Retry-After": "60"}


class Subscribed(Protocol):
    """Who asked hubs to be told. Its methods are plain and quick."""

    def answers_for(self, path: str, mode: str, topic: str, lease_seconds: int | None) -> bool: ...

    def hear(
        self, path: str, body: bytes, media_type: str | None, signature: str
    ) -> Literal["taken", "unknown", "full"]: ...


@dataclass(frozen=True, slots=True)
class Hubs:
    """The address that hubs are given, `/websub/…`; contents of `largest` bytes at most."""

    subscribed: Subscribed
    largest: int

    def routes(self) -> list[Route]:
        return [
            Route("/websub/{path}", self.verify, methods=["GET"]),
            Route("/websub/{path}", self.hear, methods=["POST"]),
        ]

    async def verify(self, request: Request) -> Response:
        """Give a hub its challenge back where the desk did ask for that."""
        asked = request.query_params
        seconds = asked.get("hub.lease_seconds", "")
        challenge = asked.get("hub.challenge", "")
        yes = len(challenge) <= LONGEST_CHALLENGE and await run_in_threadpool(
            self.subscribed.answers_for,
            request.path_params["path"],
            asked.get("hub.mode", ""),
            asked.get("hub.topic", ""),
            int(seconds) if seconds.isdecimal() and len(seconds) < 10 else None,
        )
        if not yes:
            raise HTTPException(404, "The desk asked no hub for this.")
        return PlainTextResponse(challenge)

    async def hear(self, request: Request) -> Response:
        """Take what a hub brings."""
        body = bytearray()
        async for some in request.stream():
            body += some
            if len(body) > self.largest:
                raise HTTPException(413, f"A feed has at most {self.largest} bytes.")
        how = await run_in_threadpool(
            self.subscribed.hear,
            request.path_params["path"],
            bytes(body),
            request.headers.get("Content-Type"),
            request.headers.get("X-Hub-Signature", ""),
        )
        if how == "unknown":
            # Gone, and not only missing: a hub ends what nobody waits for (WebSub, 7).
            raise HTTPException(410, "Nobody waits for this any more.")
        if how == "full":
            raise HTTPException(503, "Come back in a minute.", LATER)
        return Response(status_code=202)
