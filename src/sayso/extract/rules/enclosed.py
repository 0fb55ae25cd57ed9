"""Forms that stand after or inside their content: "…", she said; …, according to the town."""

from __future__ import annotations

from sayso.extract.rules.extent import (
    FINAL,
    Clause,
    carries_on,
    content_end,
    past_adverbials,
    within,
)
from sayso.extract.rules.lexicon import BE, base, frame, takes
from sayso.extract.rules.phrases import (
    DASHES,
    Range,
    inverted_subject,
    noun_phrase,
    predicate_start,
    subject,
)
from sayso.extract.rules.words import Sentence


def enclosed(sentence: Sentence, at: int, floor: int) -> Clause | None:
    """Return the attribution whose content stands before the cue at `at`, after `floor`."""
    word = sentence[at].low
    takes_quote = bool(frame(word) & {"say", "tell", "ask", "quote", "that"})
    if not takes_quote or word.endswith("ing"):
        return None
    begin = predicate_start(sentence, at)
    after = at + 1
    source = subject(sentence, begin)
    inverted = begin > floor and _closes(sentence, begin - 1)
    if source is not None and source[0] > floor and _closes(sentence, source[0] - 1):
        pass
    elif inverted and (takes(word, "say") or sentence[begin - 1].kind == "quote"):
        source = inverted_subject(sentence, at + 1)
        if source is None:
            return None
        after, begin = source[1], at
    else:
        return None
    left_end = min(source[0], begin) - 1
    quoted = sentence[left_end].kind == "quote"
    if not quoted:
        if not takes(word, "say") and not takes(word, "tell"):
            return None
        if not _ends_soon(sentence, after) or left_end - floor < 3:
            return None
    elif sentence[left_end].ending not in {
        ",",
        "?",
        "!",
        ".",
        "…",
    } and not _ends_soon(sentence, after):
        return None
    left = (_skip_joint(sentence, floor), left_end + 1 if quoted else left_end)
    if left[0] >= left[1]:
        return None
    content = [left]
    more = _continued(sentence, after)
    if more is not None:
        content.append(more)
    return Clause(source, (begin, at + 1), tuple(content), 0.95 if quoted else 0.85)


def quoted_as(sentence: Sentence, at: int, floor: int) -> Clause | None:
    """ "…”, the agency quoted Ames as saying"; "…”, Ames was quoted as saying": Ames speaks."""
    if base(sentence[at].low) not in {"quote", "cite"}:
        return None
    begin = predicate_start(sentence, at)
    left = subject(sentence, begin)
    if left is None or left[0] <= floor or not _closes(sentence, left[0] - 1):
        return None
    told = next(
        (k for k in range(at + 1, min(at + 25, len(sentence) - 1)) if _as_saying(sentence, k)), None
    )
    if told is None:
        return None
    passive = any(piece.low in BE for piece in sentence[begin:at])
    source = left if passive else (at + 1, told)
    while source[1] > source[0] and sentence[source[1] - 1].kind == "mark":
        source = (source[0], source[1] - 1)
    end = left[0] if sentence[left[0] - 1].kind == "quote" else left[0] - 1
    content = (_skip_joint(sentence, floor), end)
    if source[0] >= source[1] or content[0] >= content[1]:
        return None
    return Clause(source, (told + 1, told + 2), (content,), 0.85)


def _as_saying(sentence: Sentence, at: int) -> bool:
    following = sentence[at + 1].low
    return (
        sentence[at].low == "as"
        and following.endswith("ing")
        and takes(following, "say") | takes(following, "tell")
    )


def _closes(sentence: Sentence, at: int) -> bool:
    if at < 0:
        return False
    piece = sentence[at]
    if piece.low == "," and at and sentence[at - 1].kind == "quote":
        return True
    return piece.kind == "quote" or piece.low in {","} | DASHES


def _ends_soon(sentence: Sentence, after: int) -> bool:
    """Nothing that could be content follows: an adverbial at most."""
    at = past_adverbials(sentence, after)
    return at >= len(sentence) or sentence[at].low in FINAL | {",", ";"} | DASHES


def _skip_joint(sentence: Sentence, at: int) -> int:
    while at < len(sentence) and at > 0 and sentence[at].low in {",", "and", "but", ";"}:
        at += 1
    return at


def _continued(sentence: Sentence, after: int) -> Range | None:
    """The second piece of a split statement: “…”, she said, “…”."""
    at = past_adverbials(sentence, after)
    if at < len(sentence) and sentence[at].low in {",", ":"} | DASHES:
        following = at + 1
        if following < len(sentence) and sentence[following].kind == "quote":
            return (following, content_end(sentence, following))
        if following < len(sentence) and carries_on(sentence, following):
            return (following, content_end(sentence, following))
    elif at < len(sentence) and sentence[at].kind == "quote":
        return (at, at + 1)
    return None


def according(sentence: Sentence, found: list[Clause]) -> list[Clause]:
    """Return the attributions made by "according to"."""
    clauses: list[Clause] = []
    for at in range(len(sentence) - 2):
        if sentence[at].low != "according" or sentence[at + 1].low != "to":
            continue
        if any(within(at, clause) for clause in found):
            continue
        source = inverted_subject(sentence, at + 2)
        if source is None:
            continue
        if source[1] >= len(sentence) or sentence[source[1]].low != ",":
            bare = noun_phrase(sentence, at + 2)
            if at == 0 and bare is not None:  # what looked like an apposition is the content
                source = (at + 2, bare)
        after = source[1]
        comma = after < len(sentence) and sentence[after].low == ","
        content: list[Range] = []
        left_end = at - 1 if at and sentence[at - 1].low in {","} | DASHES else at
        floor = max((c.cue[1] for c in found if c.cue[1] <= at), default=0)
        if left_end - floor > 1:
            content.append((_skip_joint(sentence, floor), left_end))
        if comma and (not content or carries_on(sentence, after + 1)):
            content.append((after + 1, content_end(sentence, after + 1)))
        content = [(a, b) for a, b in content if a < b]
        if content:
            clauses.append(Clause(source, (at, at + 2), tuple(content), 0.92))
    return clauses
