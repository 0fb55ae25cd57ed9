"""The text as analysis wants it, character for character beside the text as published.

Each character that has a plain twin is replaced by exactly one character, so an offset
into the plain text is the same offset into the report: the map back is the identity.
Replaced: typographic quotation marks by ' and ", the many spaces by a space, dashes
and minus signs by -, line ends by a line feed (a carriage return by a space). Not replaced:
an ellipsis, ligatures, accents, joiners inside words, because it would change the length or
the word.
"""

from __future__ import annotations

_TWINS = {
    '"': "“”„‟«»❝❞〝〞＂″",
    "'": "‘’‚‛‹›ʼ＇`´′",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
    "\u205f\u3000\t\r\u200b\ufeff",
    "-": "‐‑‒–—―−－﹘﹣",
    "\n": "\x0b\x0c\x85\u2028\u2029",
}
_TABLE = str.maketrans({twin: plain for plain, twins in _TWINS.items() for twin in twins})


def plain(text: str) -> str:
    """Return `text` with plain quotation marks, spaces, dashes and line ends; same length."""
    return text.translate(_TABLE)
