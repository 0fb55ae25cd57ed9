"""The parts of a report: which stretch of its text is the story, and which is not.

Rule 1: when in doubt it is body; a body paragraph taken for something else loses its
attributions, a caption taken for body costs one line.
Rule 2: a reader that knows more (a page, a feed) says so by a hint, and the hint wins.
Rule 3: parts stand in text order, do not overlap and leave out the white space between.

It reads lines as newsrooms write them; it does not know HTML and drops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.normalise import conventions, dateline, forms
from sayso.normalise.agencies import find_agencies
from sayso.normalise.analysis import plain
from sayso.normalise.credits import is_organisation, signs_off
from sayso.records import Part, PartKind, Span

_FEW = 4  # paragraphs at the start or the end: where bylines and sign-offs stand
_LONG_HEADLINE = 200
_LONG_HEADING = 60
_SPEECH = re.compile(
    r"\b(?:said|says|saying|told|tells|added|tweeted|wrote|asked|announced|claimed|warned|argued)\b"
)
# What tells a story even in a line that begins like a credit: "Reporting by X found that".
_STORY = re.compile(
    r"\b(?:said|says|told|that|which|found|shows?|showed|reveals?|revealed|suggests?|suggested"
    r"|indicates?|indicated|has|have|had)\b",
    re.I,
)
_READER = re.compile(r"\b(?:you|your|our|us|we|here|newsletters?|app|@\w+)\b", re.I)
_OPENING = re.compile(r"[\s\"“”„«»‘’'‹›]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»')\]]*$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Co|Jr|Sr|St|No)\.)$")
# Names, and what joins them: behind a date that is who wrote it or what it was printed under.
_CAPITALISED = re.compile(
    r"(?:(?:by|By|and|in|of|the|for) )*[A-ZÀ-ÞА-Я][\w’'.-]*"
    r"(?:,? (?:(?:and|in|of|the|for) )*[A-ZÀ-ÞА-Я][\w’'.-]*){0,9}"
)
_LIVE = re.compile(r"live (?:briefing|blog|updates?|coverage|ticker)", re.I)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text, and what its reader knows of it."""

    span: Span
    hint: PartKind | None = None  # None: the words have to tell


def find_parts(
    text: str, paragraphs: Sequence[Paragraph], *, headline_first: bool = False
) -> tuple[Part, ...]:
    """Return the parts of `text`, one for each paragraph, and the dateline apart.

    With `headline_first` the first paragraph is the headline if it reads like one.
    """
    parts: list[Part] = []
    dated = False
    for place, paragraph in enumerate(paragraphs):
        words = text[paragraph.span.start : paragraph.span.end]
        kind = paragraph.hint
        if kind is None and place == 0 and headline_first and len(paragraphs) > 1:
            kind = "headline" if is_headline(words) else None
        if kind is None:
            before = parts[-1] if parts else None
            kind = _kind(
                words,
                before=before.kind if before else None,
                words_before=text[before.span.start : before.span.end] if before else "",
                first=place < _FEW,
                last=place >= len(paragraphs) - _FEW,
                followed=place + 1 < len(paragraphs),
            )
        if kind == "body" and not dated:
            dated = True
            if length := dateline.length(words):
                start = paragraph.span.start
                parts.append(Part("dateline", Span(start, start + len(words[:length].rstrip()))))
                if length < len(words):
                    parts.append(Part("body", Span(start + length, paragraph.span.end)))
                continue
        if kind == "body" and place > 1 and place + 1 == len(paragraphs):
            kind = "credit" if signs_off(text, paragraph.span) else kind
        parts.append(Part(kind, paragraph.span))
    return tuple(_labelled(text, _first_crosshead(text, parts)))


def is_headline(words: str) -> bool:
    """Return whether a first line reads like a headline rather than a first sentence."""
    if len(words) > _LONG_HEADLINE or "\n" in words or dateline.length(words):
        return False
    other = _not_story(words)
    if other == "correction":  # "Correction: the height of the dam" is what stands over one
        return not _SENTENCE_END.search(words)
    if conventions.BYLINE.fullmatch(words) or other is not None:
        return False
    if _SENTENCE_END.search(words) and not _ABBREVIATED.search(words):
        return words.endswith(("?", "!", "…", "...", "”", '"', "’", "'")) or len(words.split()) < 16
    return not words.endswith((",", ":"))


def is_byline(words: str) -> bool:
    """Return whether a line under a headline is nothing but who wrote the report, and when."""
    if len(words) > 110 or _SPEECH.search(words):
        return False
    if conventions.BYLINE_LABEL.fullmatch(words):
        return True
    dated = conventions.DATED.match(words)
    if dated is not None:
        words = dated["names"]
        if dated["before"] and _CAPITALISED.fullmatch(words):
            return True
    found = conventions.BYLINE.fullmatch(words)
    if found:
        names = re.split(r"\s*(?:,|\band\b|\bund\b|\bet\b|&|\|)\s*", found["names"])
        return all(name == "" or name[:1].isupper() or _is_role(name) for name in names)
    return conventions.STAFF_BYLINE.fullmatch(words) is not None and (
        re.search(r"\b(?:staff|correspondent|reporter)", words) is not None
        or is_organisation(re.split(r"[,|]", words)[-1].strip())
    )


def see_also(text: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the titles that the see-also parts point to, without their label, each once."""
    titles = []
    for part in parts:
        if part.kind != "see-also":
            continue
        words = text[part.span.start : part.span.end]
        if conventions.SEE_ALSO_LABEL.fullmatch(words):
            continue
        labelled = conventions.SEE_ALSO.fullmatch(words)
        titles.append((labelled["title"] if labelled else words).strip().removesuffix(")"))
    return tuple(dict.fromkeys(titles))


def _kind(
    words: str,
    *,
    before: PartKind | None,
    words_before: str,
    first: bool,
    last: bool,
    followed: bool,
) -> PartKind:
    if conventions.CLOCK.fullmatch(words) and followed:
        return "heading"
    kind = _not_story(words)
    if kind is not None:
        return kind
    if before == "promotion" and _LIVE.match(words_before) and _repeats_label(words, words_before):
        return "promotion"
    if first and is_byline(words):
        return "byline"
    if last and (_is_signed(words) or forms.is_credit_line(words)):
        return "credit"
    if first and (forms.is_credit_line(words) or forms.is_placed_credit(words)):
        return "byline"
    if last and conventions.REPORTED_FROM.fullmatch(words):
        return "credit"
    if followed and before not in (None, "headline") and _is_heading(words):
        return "heading"
    return "body"


def _not_story(words: str) -> PartKind | None:
    """Return what a line is by its own words alone; None for what may be the story."""
    for kind, pattern, longest in conventions.START:
        if len(words) <= longest and pattern.match(words) and _means_it(kind, words):
            return kind
    for kind, pattern, longest in conventions.WHOLE:
        if len(words) <= longest and pattern.fullmatch(words) and _means_it(kind, words):
            return kind
    lowered = words.lower()
    for kind, pattern, longest, needed in conventions.END:
        if (
            len(words) <= longest
            and any(word in lowered for word in needed)
            and pattern.search(words)
            and _means_it(kind, words)
        ):
            return kind
    return None


def _means_it(kind: PartKind, words: str) -> bool:
    """Return False for a line that begins like `kind` and yet tells the story."""
    if kind == "promotion":
        if _OPENING.match(words) or _SPEECH.search(words):
            return False
        # Somebody is quoted in it, so it says more than where to click.
        return len(words) < 120 or (_READER.search(words) is not None and '"' not in plain(words))
    if kind == "credit":
        if '"' in plain(words):
            return False
        return "this " in words.lower() or _STORY.search(words) is None
    return True


def _repeats_label(words: str, label: str) -> bool:
    found = _LIVE.match(label)
    return found is not None and found[0].lower() in words.lower() and not _SPEECH.search(words)


def _is_role(name: str) -> bool:
    return re.match(r"(?:of|the|staff|for|in|special|political|dpa)\b", name) is not None


def _is_signed(words: str) -> bool:
    """Return whether a last line is nothing but initials and agencies, as in "rc/msh (AP, AFP)"."""
    found = conventions.SIGNED.fullmatch(words)
    if found is None or len(words) > 90:
        return False
    names = found["names"] or found["after"] or found["bare"]
    rest = names
    for _, start, end in reversed(list(find_agencies(names))):
        rest = rest[:start] + rest[end:]
    return rest != names and re.sub(r"\W|\b(?:and|und|et|y|e|with|via|staff|und)\b", "", rest) == ""


def _is_heading(words: str) -> bool:
    if len(words) > _LONG_HEADING or len(words.split()) > 9 or "\n" in words:
        return False
    if _OPENING.match(words) or not words[0].isupper() or not words[-1].isalnum():
        return words[0].isupper() and words.endswith("?") and len(words.split()) < 9
    return not _SPEECH.search(words)


def _first_crosshead(text: str, parts: list[Part]) -> list[Part]:
    """Make a short line under the headline a heading, where the text goes on under others.

    Alone it may be a standfirst or a place; over the first of several sections it is a crosshead.
    """
    if [part.kind for part in parts[:3]] != ["headline", "body", "body"]:
        return parts
    words = text[parts[1].span.start : parts[1].span.end]
    has_others = any(part.kind == "heading" for part in parts[3:])
    if has_others and len(words.split()) <= _FEW and _is_heading(words):
        parts[1] = Part("heading", parts[1].span)
    return parts


def _labelled(text: str, parts: list[Part]) -> list[Part]:
    """Make the titles under a lone "Read more" see-also too: short lines, no sentences."""
    under = False
    for place, part in enumerate(parts):
        words = text[part.span.start : part.span.end]
        if part.kind == "see-also":
            under = conventions.SEE_ALSO_LABEL.fullmatch(words) is not None or under
        elif under and part.kind in ("body", "heading") and _is_title(words):
            parts[place] = Part("see-also", part.span)
        else:
            under = False
    return parts


def _is_title(words: str) -> bool:
    return len(words) <= 140 and not _SENTENCE_END.search(words) and "\n" not in words
