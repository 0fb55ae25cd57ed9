"""To whom it was said: "told Dutch broadcaster NOS", "in an interview with the Gazette"."""

from __future__ import annotations

from sayso.extract.around.place import Place
from sayso.extract.rules.lexicon import DETERMINERS, takes
from sayso.extract.rules.phrases import OBJECTS, is_noun, noun_phrase
from sayso.records import Span

# A preposition that names the hearer, by the word before it.
_HEARD = {
    "to": frozenset(
        "speaking spoke talking remarks speech letter statement testimony comments said email"
        " e-mail message presentation lecture".split()
    ),
    "with": frozenset("interview interviews call conversation speaking spoke briefing".split()),
    "by": frozenset("interviewed asked".split()),
}
_NUMBERS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
_NOT_HEARERS = frozenset("that it and".split())


def addressee_of(place: Place) -> Span | None:
    """Return the span of whoever is told, as far as the sentence names them."""
    last = place.sentence[place.after - 1] if place.after else None
    if last is not None and takes(last.low, "tell"):
        return _phrase(place, place.after)
    for at in range(1, len(place.sentence) - 1):
        piece = place.sentence[at]
        before = place.sentence[at - 1].low
        if before not in _HEARD.get(piece.low, frozenset()) or place.in_content(piece.start):
            continue
        found = _phrase(place, at + 1)
        if found is not None:
            return found
    return None


def _phrase(place: Place, start: int) -> Span | None:
    sentence = place.sentence
    if start >= len(sentence) or place.in_content(sentence[start].start):
        return None
    first = sentence[start]
    if first.kind != "word" or first.low in _NOT_HEARERS:
        return None
    if first.low in OBJECTS | {"you"}:
        return Span(first.start, first.end)
    if not (is_noun(first) or first.low in DETERMINERS):
        return None
    end = noun_phrase(sentence, start)
    if end is None:
        return None
    while end < len(sentence) and _goes_on(
        place.text[sentence[end - 1].start : sentence[end - 1].end],
        place.text[sentence[end].start : sentence[end].end],
    ):
        end += 1
    while end > start + 1 and place.in_content(sentence[end - 1].start):
        end -= 1
    return Span(first.start, sentence[end - 1].end)


def _goes_on(last: str, following: str) -> bool:
    """Say whether a name goes on: "GAZETTE TODAY", whatever it means when small; "Channel Six"."""
    if last[:1].isupper() and following[:1].isupper() and following.lower() in _NUMBERS:
        return True
    return all(len(word) > 2 and word.isalpha() and word.isupper() for word in (last, following))
