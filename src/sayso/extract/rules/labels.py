"""Attribution by a colon alone: "Ames: ‘We are safe’" in a headline, "AMES: We are safe."

A colon stands after many things that are no speaker ("Live: …", "Lowbridge: a history"), so a
label counts only before a quotation, in capitals, or in a headline that the report bears out.
"""

from __future__ import annotations

import re

from sayso.records import Span

_NAME = r"[A-Z][\w.’'-]*"
_LABEL = re.compile(
    rf"(?P<source>{_NAME}(?:[ \u00a0]+(?:(?:de|van|von|der|bin|al|of)[ \u00a0]+)?{_NAME}){{0,4}})"
    r"(?P<cue>:)[ \u00a0]+(?P<content>\S.*\S)",
    re.DOTALL,
)
_TURN = re.compile(r"^[A-Z][A-Z .’'-]+: ", re.MULTILINE)
_QUOTED = re.compile(r"[“«„\"‘'`]")
_NOBODY = frozenset(
    "live video watch photos photo pictures gallery analysis opinion comment exclusive breaking"
    " update updated latest explainer factbox timeline interview review profile editorial note"
    " editor correction related more read listen podcast transcript question answer q a fact"
    " background summary week day part chapter warning first also here why how what when".split()
)
_WRITTEN = frozenset("poll report reports study survey source sources".split())
SHORTEST = 3  # words of content; "Lowbridge: a history" has a full name before it more often


def read_label(text: str, span: Span, *, headline: bool) -> tuple[Span, Span, Span] | None:
    """Return source, colon and content of a paragraph that a label opens."""
    match = _LABEL.fullmatch(text, span.start, span.end)
    if match is None:
        return None
    source = match["source"]
    words = source.split()
    if words[0].lower().strip(".") in _NOBODY or words[-1].lower() in _NOBODY:
        return None
    quoted = _QUOTED.match(match["content"]) is not None
    # One such line is a dateline ("LOWBRIDGE: Two ships sank"); a transcript has more.
    spoken = source.isupper() and len(source) > 2 and len(_TURN.findall(text)) > 1
    borne_out = headline and _is_borne_out(text, words[-1], span.end)
    if not (quoted or spoken or borne_out) or len(match["content"].split()) < SHORTEST:
        return None
    return Span(*match.span("source")), Span(*match.span("cue")), Span(*match.span("content"))


def _is_borne_out(text: str, last: str, after: int) -> bool:
    """The story names the one whom its headline labels, as somebody who acts or says."""
    if last.lower() in _WRITTEN:
        return True
    name = re.escape(last)
    said = (
        rf"\b{name}\b[^.\n]{{0,40}}?\b(?:said|says|told|tweeted|wrote|added|asked|argued|warned)\b"
    )
    behind = rf"\b(?:said|says|told|added|wrote)\s+(?:[\w.]+\s+){{0,3}}?{name}\b"
    return re.search(rf"{said}|{behind}", text[after:]) is not None
