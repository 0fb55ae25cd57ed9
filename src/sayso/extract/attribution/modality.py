"""Whether a thing was said at all: asserted, negated, hypothetical, future or asked.

Read from the words around the cue: those between its source and it, its own, and the one
before the source ("if the minister says"). What the content itself denies or expects is no
matter here: "said it would not" is asserted, "would not say" is not.
"""

from __future__ import annotations

import re

from sayso.records import Modality, Span

REACH = 60  # characters before a cue that has no source before it
SUBORDINATE = 24  # characters before a source in which "if" may stand

_BORDER = re.compile(
    r"\b(?:but|and)\b|[.;:!?\n\r”\"()–—]"
    r"|,(?!\s*(?:however|though|too|himself|herself)\s*,)"
)
# "declined | to say whether": the verb of saying may stand in what a finder takes for the content.
_TO_SAY = re.compile(
    r"to (?:say|tell|comment|announce|answer|confirm|discuss|disclose|reveal|explain)\b"
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")
_NEGATED = re.compile(
    r"\b(?:not|never|cannot|neither|nor|without|nobody|no one|none"
    r"|(?:declin|refus|fail|neglect)(?:e|es|ed|ing|s)? to|stopped short of|avoid(?:s|ed|ing)?)\b"
    r"|n['’]t\b"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were|be) (?:(?:widely|also|now) )?"
    r"(?:going|expected|due|set|scheduled|likely|poised|slated|about) to"
    r"|(?:plan|intend|expect)(?:s|ed)? to)\b|['’]ll\b"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:would|could|might|may|should|must|ought to|were to"
    r"|(?:want|need|hope|wish)(?:s|es|ed)? to)\b"
    r"|['’]d (?:have )?(?=\w+$)"
)
_IF = re.compile(r"\b(?:if|unless|whether|until|should|were)(?: \w+){0,2}\s*$")
_NOT_IF = re.compile(r"\bas if(?: \w+){0,2}\s*$")
_ASKING = re.compile(r"\b(?:ask|asks|asked|asking|inquired?|enquired?|wonder(?:s|ed|ing)?)\b")
_ASKED_ABOUT = re.compile(r"\b(?:ask|asks|asked|asking) (?:\w+ ){0,2}about\b")
_QUESTION = re.compile(
    r"[\s,\"“‘']*(?:(?:about|as to|him|her|them|me|us|reporters?|\w+)\s+){0,2}?"
    r"(?:whether|if|why|how|who|whom|whose|what|when|where|which)\b"
)


def modality_of(text: str, cue: Span, source: Span | None, content: tuple[Span, ...]) -> Modality:
    """Return the modality of one attribution of `text`."""
    own = text[cue.start : cue.end].lower()
    before = _words_before(text, cue, source)
    if _is_question(text, own, cue, content):
        return "asked"
    saying = _TO_SAY.match(text, content[-1].start) if content else None
    around = _NOT_ONLY.sub(" ", f"{before} {own} {saying[0] if saying else ''}")
    if _NEGATED.search(around):
        return "negated"
    if _FUTURE.search(around):
        return "future"
    if _HYPOTHETICAL.search(around):
        return "hypothetical"
    if source and source.end <= cue.start:
        ahead = text[max(0, source.start - SUBORDINATE) : source.start].lower()
        ahead = _BORDER.split(ahead)[-1]
        if _IF.search(ahead) and not _NOT_IF.search(ahead):
            return "hypothetical"
        if re.match(r"(?:nobody|no one|none|neither|no \w+)\b", text[source.start :].lower()):
            return "negated"
    return "asserted"


def _words_before(text: str, cue: Span, source: Span | None) -> str:
    """Return what stands between the source, or the start of the clause, and the cue."""
    start = max(0, cue.start - REACH)
    if source and source.end <= cue.start:
        start = max(start, source.end)
    before = text[start : cue.start].lower()
    return _BORDER.split(before)[-1].rstrip()


def _is_question(text: str, own: str, cue: Span, content: tuple[Span, ...]) -> bool:
    if not _ASKING.search(own) or not content:
        return False
    if _QUESTION.match(text[cue.end : cue.end + 80].lower()):
        return True
    if _ASKED_ABOUT.search(f"{own}{text[cue.end : cue.end + 24].lower()}"):
        return True
    ends = (content[-1].end, content[-1].end + 2)  # the mark may stand outside the content
    said = (text[content[0].start : end].rstrip("\"”’' \n") for end in ends)
    return any(one.endswith("?") for one in said) or bool(
        _QUESTION.match(text[content[0].start :][:40].lower())
    )
