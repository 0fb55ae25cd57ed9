"""Noun phrases beside a reporting word, found without a parser.

To the left: the subject, past adverbs, appositions and relative clauses.
To the right: the subject of an inverted clause ("said the mayor of Lowbridge, a doctor").
Both return index ranges of a sentence; None means that no subject could be told.
"""

from __future__ import annotations

from sayso.extract.rules.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BREAKERS,
    CHANNELS,
    DAYS,
    DETERMINERS,
    INSIDE_NAMES,
    NOT_ADVERBS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    frame,
)
from sayso.extract.rules.words import Piece, Sentence

Range = tuple[int, int]

SUBJECTS = frozenset("he she they it i we you who which".split())
OBJECTS = frozenset("him them me us himself herself themselves itself".split())
PERIODS = frozenset("week month year night morning".split())
DASHES = frozenset({"-", "--", "—", "–"})


def is_adverb(piece: Piece) -> bool:
    low = piece.low
    return piece.kind == "word" and (
        low in ADVERBS
        or (low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS and not piece.capital)
    )


def is_noun(piece: Piece) -> bool:
    """True for what may stand in a noun phrase: names, nouns, adjectives, numbers, short quotes."""
    if piece.kind == "quote":
        return not piece.ending and piece.end - piece.start <= 32
    if piece.kind == "mark":
        return piece.low in {"&", "/"}
    low = piece.low
    if piece.capital and low not in BREAKERS and low not in PREPOSITIONS and low not in SUBJECTS:
        return low not in {"and", "or"} and low not in AUXILIARIES and low not in OBJECTS
    return not (
        low in BREAKERS
        or low in PREPOSITIONS
        or low in AUXILIARIES
        or low in SUBJECTS
        or low in OBJECTS
        or low in {"and", "or", "'s", "'"}
        or is_adverb(piece)
        or (frame(low) & {"say", "tell"} and low.endswith(("ed", "said", "told")))
    )


def predicate_start(sentence: Sentence, cue: int) -> int:
    """Return where the cue begins with its auxiliaries and adverbs: "has repeatedly said"."""
    at = cue
    while at > 0 and sentence[at - 1].kind == "word":
        piece = sentence[at - 1]
        auxiliary = piece.low in AUXILIARIES
        joined = piece.low == "to" and at > 1 and sentence[at - 2].low in AUXILIARIES
        if auxiliary or joined or (is_adverb(piece) and piece.low != "so"):
            at -= 1
        else:
            break
    # "'s" after a name is a possessive unless an adverb or participle shows otherwise.
    return at


def subject(sentence: Sentence, end: int) -> Range | None:
    """Return the noun phrase that ends right before index `end`."""
    if end <= 0:
        return None
    last = sentence[end - 1]
    if last.kind == "mark":
        if last.low == ")":
            opened = _back_to(sentence, end - 1, {"("})
            inner = subject(sentence, opened) if opened is not None else None
            return (inner[0], end) if inner else None
        if last.low == "," or last.low in DASHES:
            return _past_insertion(sentence, end)
        if last.low != "&":
            return None
    if last.low in SUBJECTS or (last.low in PRONOUNS - {"one"} and end == 1):
        return (end - 1, end)
    if last.low in DAYS and end >= 2:  # "Trump on Tuesday said"
        before = end - 2
        if sentence[before].low in {"on", "late", "early", "last", "this"}:
            if (
                sentence[before].low in {"late", "early"}
                and before
                and sentence[before - 1].low == "on"
            ):
                before -= 1
            return subject(sentence, before)
    if last.low in PERIODS and end >= 3 and sentence[end - 2].low in {"this", "last", "earlier"}:
        return subject(sentence, end - 2)  # "The Gazette this week quoted"
    if not is_noun(last):
        return None
    start = _phrase_start(sentence, end)
    trimmed = _trim(sentence, start, end)
    if trimmed is not None and sentence[trimmed[0]].low in {"along", "together"}:
        # "Ames, who along with others had said": the relative pronoun is the subject.
        who = trimmed[0] - 1
        return (who, who + 1) if who >= 0 and sentence[who].low == "who" else None
    return trimmed


def _phrase_start(sentence: Sentence, end: int) -> int:
    at = end - 1
    while at > 0:
        piece, here = sentence[at - 1], sentence[at]
        determined = here.low in DETERMINERS and not (here.capital and at > 1 and here.low == "a")
        if piece.low in INSIDE_NAMES and not piece.capital and at > 1 and is_noun(sentence[at - 2]):
            at -= 1 if sentence[at - 2].kind != "word" else 2
            continue
        if piece.low in {"and", "or"} and at > 1 and is_noun(sentence[at - 2]):
            if sentence[at - 2].capital == here.capital or here.low in DETERMINERS:
                at -= 2
                continue
            break
        if piece.low in {"'s", "'"} and at > 1 and is_noun(sentence[at - 2]):
            at -= 2
            continue
        if piece.low == ")" and (opened := _back_to(sentence, at - 1, {"("})) is not None:
            at = opened
            continue
        if piece.low in {"who", "which", "that"} and at > 1 and is_noun(sentence[at - 2]):
            at -= 2
            continue
        if determined and piece.low not in {"all", "both", "half"}:
            break
        if piece.low in DETERMINERS or is_noun(piece):
            at -= 1
            continue
        if piece.low == "," and at > 1 and _is_name_list(sentence, at):
            at -= 2
            continue
        break
    return at


def _is_name_list(sentence: Sentence, at: int) -> bool:
    """ "Ames, Birch and Cole": a comma between names when "and" follows."""
    if not sentence[at].capital or not sentence[at - 2].capital:
        return False
    return any(piece.low == "and" for piece in sentence[at : at + 5])


def _trim(sentence: Sentence, start: int, end: int) -> Range | None:
    """Drop an opening adverbial: "On Monday the minister"; "Last week ministers"."""
    while start < end and (
        sentence[start].low in DAYS
        or sentence[start].kind == "mark"
        or sentence[start].low in {"and", "or", "but", "so", "'s"}
    ):
        start += 1
    if start < end - 1 and sentence[start].low in {"last", "this", "next", "that"}:
        start += 2 if sentence[start + 1].low in PERIODS | DAYS else 0
    return (start, end) if start < end else None


def _past_insertion(sentence: Sentence, end: int) -> Range | None:
    """Subject, insertion, verb: "Ames, who leads the town, said"; "Ames, a doctor, said"."""
    closing = {","} if sentence[end - 1].low == "," else DASHES
    before = end - 1
    for _ in range(3):
        opened = _back_to(sentence, before, closing)
        if opened is None or opened == 0:
            return None
        inner = sentence[opened + 1 : end - 1]
        head = subject(sentence, opened)
        if head is not None and inner and not _starts_clause(sentence, head):
            first = inner[0]
            if first.low in {"and", "but"} or any(p.low in {"said", "says"} for p in inner):
                return None
            if first.low.endswith("ing") and not first.capital:
                return head
            if first.low in PREPOSITIONS or first.low in BREAKERS - {
                "who",
                "which",
                "whose",
                "whom",
            }:
                return head
            return (head[0], end - 1)
        before = opened
    return None


def _starts_clause(sentence: Sentence, head: Range) -> bool:
    """The phrase before the comma is an opening adverbial: "On Monday, ministers, …"."""
    return head[0] > 0 and sentence[head[0] - 1].low in PREPOSITIONS and head[0] == 1


def _back_to(sentence: Sentence, before: int, marks: set[str] | frozenset[str]) -> int | None:
    for at in range(before - 1, max(-1, before - 45), -1):
        if sentence[at].low in marks:
            return at
    return None


def inverted_subject(sentence: Sentence, start: int) -> Range | None:
    """Return the noun phrase that begins at `start`, with an apposition after a comma."""
    if start >= len(sentence):
        return None
    first = sentence[start]
    if first.low in {"he", "she", "they", "it", "i", "we"}:
        return (start, start + 1)
    if first.low in OBJECTS or first.kind == "mark":
        return None
    end = noun_phrase(sentence, start)
    if end is None or first.kind == "quote":
        return None
    end = _with_apposition(sentence, end)
    return (start, end)


def noun_phrase(sentence: Sentence, start: int) -> int | None:
    """Return the end of the noun phrase that begins at `start`."""
    at = start
    while at < len(sentence):
        piece = sentence[at]
        following = sentence[at + 1] if at + 1 < len(sentence) else None
        if piece.kind == "word" and piece.low in DETERMINERS:
            if at > start and sentence[at - 1].low not in INSIDE_NAMES | {
                "and",
                "or",
                "all",
                "both",
            }:
                break
            at += 1
        elif piece.kind == "word" and is_noun(piece):
            if piece.low in DAYS and at > start and not (following and following.capital):
                break
            at += 1
        elif at > start and (
            piece.low in {"'s", "'"} or (piece.kind == "quote" and is_noun(piece))
        ):
            at += 1
        elif piece.low in INSIDE_NAMES and at > start and following is not None:
            if not _belongs(sentence, at):
                break
            at += 1
        elif piece.low in {"and", "or"} and at > start and following is not None:
            if not (is_noun(following) or following.low in DETERMINERS) or _verb_after(
                sentence, at + 1
            ):
                break
            at += 1
        elif piece.low == "(" and at > start:
            closed = next(
                (k for k in range(at, min(at + 8, len(sentence))) if sentence[k].low == ")"), None
            )
            if closed is None:
                break
            at = closed + 1
        else:
            break
    while at > start and sentence[at - 1].low in INSIDE_NAMES | {"and", "or"} | DETERMINERS - {
        "all"
    }:
        if at - 1 == start and sentence[start].low in DETERMINERS:
            break
        at -= 1
    return at if at > start else None


def _belongs(sentence: Sentence, at: int) -> bool:
    """A preposition belongs to the phrase before it unless it opens a time, place or channel."""
    preposition = sentence[at].low
    ahead = [piece.low for piece in sentence[at + 1 : at + 6]]
    if not ahead or ahead[0] in DAYS or ahead[0][:1].isdigit():
        return False
    if preposition == "of":
        return True
    if any(word in CHANNELS for word in ahead[:4]) or any(word in DAYS for word in ahead[:2]):
        return False
    if preposition in {"at", "for"}:
        return ahead[0] not in {"a", "an", "his", "her"}
    if preposition in {"in", "to", "from"}:
        return sentence[at + 1].capital or (
            ahead[0] == "the" and sentence[at + 2 : at + 3] != [] and sentence[at + 2].capital
        )
    return False


def _verb_after(sentence: Sentence, at: int) -> bool:
    return any(piece.low in AUXILIARIES for piece in sentence[at : at + 3])


def _with_apposition(sentence: Sentence, end: int) -> int:
    """Take in ", a spokesman for the town" and ", who leads the council" after a name."""
    if end + 1 >= len(sentence) or sentence[end].low != ",":
        return end
    first = sentence[end + 1]
    if first.low in {"who", "whose", "which"}:
        for at in range(end + 2, len(sentence)):
            if sentence[at].low in {",", ".", ";", "?"}:
                return at if sentence[at].low != ";" else end
        return len(sentence)
    opens = first.low in {"a", "an", "the", "his", "her", "its", "their", "one"}
    noun_like = first.kind == "word" and is_noun(first) and not first.low.endswith(("ing", "ed"))
    if not opens and not noun_like:
        return end
    if first.low in POSSESSIVES and end + 2 < len(sentence) and sentence[end + 2].low in CHANNELS:
        return end
    stop = noun_phrase(sentence, end + 1)
    if stop is None:
        return end
    if stop < len(sentence) and sentence[stop].low not in {",", ".", ";"} | DASHES | PREPOSITIONS:
        # A clause begins after the comma: "said Ames, the bridge is closed".
        return end
    if first.capital and not opens and stop < len(sentence) and sentence[stop].low != ",":
        return end if sentence[stop].low in PREPOSITIONS else stop
    return stop
