"""Attributions within one sentence: which words report, who is the source, where the content runs.

Two passes: first the forms that stand after or inside their content ("…", she said; …,
according to the town), because what they enclose holds no attribution of its own; then
the forms that stand before it, from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.rules.lexicon import (
    AUXILIARIES,
    BE,
    BREAKERS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    base,
    frame,
    takes,
)
from sayso.extract.rules.phrases import (
    DASHES,
    OBJECTS,
    SUBJECTS,
    Range,
    inverted_subject,
    is_adverb,
    is_noun,
    noun_phrase,
    predicate_start,
    subject,
)
from sayso.extract.rules.words import Sentence

HEARSAY = frozenset("say believe report allege think expect understand estimate know".split())
FINAL = frozenset({".", "?", "!", "…", "...", "....", ":"})
# Nouns in most places, whatever the dictionary says: taken as verbs only with a fitting subject.
HEARERS = frozenset("reporters journalists parliament lawmakers".split())
PLURALS = frozenset("people police media men women children staff press".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """Index ranges of one sentence: who, by which word, what."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    confidence: float


def read_clauses(sentence: Sentence) -> list[Clause]:
    """Return the attributions of a sentence, in the order of their cues."""
    found: list[Clause] = []
    cues = [at for at, piece in enumerate(sentence) if piece.kind == "word" and frame(piece.low)]
    done = 0  # content of an enclosing form starts after the one before it
    for at in cues:
        if at < done:
            continue
        clause = _enclosed(sentence, at, done) or _quoted_as(sentence, at, done)
        if clause is not None:
            found.append(clause)
            done = max(
                clause.cue[1], clause.source[1] if clause.source else 0, clause.content[-1][1]
            )
    found.extend(_according(sentence, found))
    for at in cues:
        if any(_within(at, clause) for clause in found):
            continue
        if any(clause.source == (at + 1, clause.cue[0] - 1) for clause in found):
            continue  # "quoted Ames as saying", read as what Ames said
        clause = _preposed(sentence, at, found)
        if clause is not None and not any(_clash(clause, other) for other in found):
            found.append(clause)
    return sorted(found, key=lambda clause: clause.cue)


def _within(at: int, clause: Clause) -> bool:
    return clause.cue[0] <= at < clause.cue[1] or any(
        start <= at < end for start, end in (*clause.content, clause.source or (0, 0))
    )


def _clash(one: Clause, other: Clause) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)


# --- after or inside the content ---------------------------------------------------------


def _enclosed(sentence: Sentence, at: int, floor: int) -> Clause | None:
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
    } and not _comma_or_end(sentence, after):
        return None
    left = (_skip_joint(sentence, floor), left_end + 1 if quoted else left_end)
    if left[0] >= left[1]:
        return None
    content = [left]
    more = _continued(sentence, after)
    if more is not None:
        content.append(more)
    return Clause(source, (begin, at + 1), tuple(content), 0.95 if quoted else 0.85)


def _quoted_as(sentence: Sentence, at: int, floor: int) -> Clause | None:
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
    at = _past_adverbials(sentence, after)
    return at >= len(sentence) or sentence[at].low in FINAL | {",", ";"} | DASHES


def _comma_or_end(sentence: Sentence, after: int) -> bool:
    return _ends_soon(sentence, after)


def _skip_joint(sentence: Sentence, at: int) -> int:
    while at < len(sentence) and at > 0 and sentence[at].low in {",", "and", "but", ";"}:
        at += 1
    return at


def _continued(sentence: Sentence, after: int) -> Range | None:
    """The second piece of a split statement: “…”, she said, “…”."""
    at = _past_adverbials(sentence, after)
    if at < len(sentence) and sentence[at].low in {",", ":"} | DASHES:
        following = at + 1
        if following < len(sentence) and sentence[following].kind == "quote":
            return (following, _content_end(sentence, following))
        if following < len(sentence) and _carries_on(sentence, following):
            return (following, _content_end(sentence, following))
    elif at < len(sentence) and sentence[at].kind == "quote":
        return (at, at + 1)
    return None


def _carries_on(sentence: Sentence, at: int) -> bool:
    low = sentence[at].low
    if sentence[at].kind != "word" or low.endswith("ing") or low in PREPOSITIONS:
        return False
    return low in AUXILIARIES or low in {"because", "that", "if", "unless", "or", "not"}


def _past_adverbials(sentence: Sentence, at: int) -> int:
    """Skip "on Monday", "in a statement", "to reporters", "after the vote", "late last week"."""
    while at < len(sentence):
        piece = sentence[at]
        if piece.kind == "word" and (is_adverb(piece) or piece.low in DAYS):
            at += 1
        elif piece.low in {"last", "this", "late", "early", "that"} and _time_ahead(sentence, at):
            at += 2
        elif piece.low in PREPOSITIONS and at + 1 < len(sentence):
            end = noun_phrase(sentence, at + 1)
            if end is None:
                if sentence[at + 1].low.endswith("ing"):
                    return at
                return at
            at = end
        elif piece.low in OBJECTS | HEARERS:
            at += 1
        else:
            break
    return at


def _time_ahead(sentence: Sentence, at: int) -> bool:
    return at + 1 < len(sentence) and sentence[at + 1].low in DAYS | {
        "week", "month", "year", "night", "morning", "evening", "afternoon", "last"
    }  # fmt: skip


def _according(sentence: Sentence, found: list[Clause]) -> list[Clause]:
    clauses: list[Clause] = []
    for at in range(len(sentence) - 2):
        if sentence[at].low != "according" or sentence[at + 1].low != "to":
            continue
        if any(_within(at, clause) for clause in found):
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
        if comma and (not content or _carries_on(sentence, after + 1)):
            content.append((after + 1, _content_end(sentence, after + 1)))
        content = [(a, b) for a, b in content if a < b]
        if content:
            clauses.append(Clause(source, (at, at + 2), tuple(content), 0.92))
    return clauses


# --- before the content ------------------------------------------------------------------


def _preposed(sentence: Sentence, at: int, found: list[Clause]) -> Clause | None:
    word = sentence[at].low
    begin = predicate_start(sentence, at)
    lead = [piece.low for piece in sentence[begin:at]]
    if "to" in lead or (begin > 0 and sentence[begin - 1].low == "to"):
        return None  # an infinitive: nobody is reported to have done it
    if lead and any(low in BE and low != "'s" for low in lead) and not word.endswith("ing"):
        return _passive(sentence, begin, at)
    source = subject(sentence, begin)
    participle = word.endswith("ing") and not any(low in BE for low in lead)
    joined = source is None and begin > 0 and sentence[begin - 1].low in {"and", "but", "or"}
    if participle or joined:
        source = _main_subject(sentence, begin, found)
    if source is None or not _agrees(sentence, source, at, begin):
        return None
    what = _content(sentence, at)
    if what is None:
        return None
    cue_end, content, confidence = what
    if sentence[content[0]].kind == "mark" or content[0] >= content[1]:
        return None
    return Clause(source, (begin, cue_end), (content,), confidence)


def _agrees(sentence: Sentence, source: Range, at: int, begin: int) -> bool:
    """A base form needs a plural subject, an -s form a singular one; else it is a noun."""
    word, last = sentence[at].low, sentence[source[1] - 1].low
    if begin < at and any(piece.low in AUXILIARIES for piece in sentence[begin:at]):
        return True
    plural = (
        last
        in {"they", "we", "i", "you", "who", "which", "some", "many", "both", "others"} | PLURALS
        or (last.endswith("s") and not last.endswith("ss"))
        or any(piece.low in {"and", "percent", "%"} for piece in sentence[source[0] : source[1]])
    )
    if word == base(word) and word not in {"read", "put"}:
        return plural
    if word.endswith("s") and not word.endswith("ss") and word != base(word):
        return not (
            last in {"they", "we", "i", "you"}
            or (plural and not sentence[source[1] - 1].capital and last not in {"who", "which"})
        )
    return True


def _main_subject(sentence: Sentence, begin: int, found: list[Clause]) -> Range | None:
    """Whose participle is it? The last source before it, or else the subject of the sentence."""
    before = [clause for clause in found if clause.cue[0] < begin and clause.source is not None]
    if before:
        return max(before, key=lambda clause: clause.cue[0]).source
    start = 0
    if sentence[0].low in {"and", "but", "so"} or is_adverb(sentence[0]):
        start = 1
    if start < len(sentence) and sentence[start].low == ",":
        start += 1
    if start < begin and sentence[start].low in SUBJECTS:
        return (start, start + 1)
    if (
        start < begin
        and (sentence[start].capital or sentence[start].low in DETERMINERS)
        and sentence[start].low not in PREPOSITIONS | BREAKERS
    ):
        end = noun_phrase(sentence, start)
        if end is not None and end < begin:
            return (start, end)
    return None


def _content(sentence: Sentence, at: int) -> tuple[int, Range, float] | None:
    """Return where the cue ends, the content, and how sure that is."""
    frames = frame(sentence[at].low)
    here = at + 1
    if "tell" in frames:
        past = _past_addressee(sentence, here)
        if past is None:
            return None
        here = past
    if here >= len(sentence):
        return None
    for one in frames:
        if one.startswith("prep:") and sentence[here].low == one[5:] and here + 1 < len(sentence):
            start = here + 1
            if (
                sentence[start].low == "that"
                or is_noun(sentence[start])
                or sentence[start].kind == "quote"
                or sentence[start].low in DETERMINERS | OBJECTS | {"how", "what", "why", "whether"}
                or sentence[start].low.endswith("ing")
            ):
                return (
                    (here + 1 if here == at + 1 else at + 1),
                    (start, _content_end(sentence, start)),
                    0.7,
                )
    clausal = frames & {"say", "that", "tell"}
    direct = _quote_ahead(sentence, here)
    if direct is not None and frames & {"say", "that", "tell", "ask", "quote"}:
        return at + 1, (direct, _content_end(sentence, direct)), 0.93
    that = _that_ahead(sentence, here)
    if clausal and that is not None:
        return at + 1, (that, _content_end(sentence, that)), 0.92
    first = sentence[here]
    if frames & {"ask", "that", "tell", "say"} and first.low in {
        "whether",
        "if",
        "how",
        "why",
        "what",
        "who",
        "when",
        "where",
    }:
        return at + 1, (here, _content_end(sentence, here)), 0.8
    if ("to" in frames or ("tell" in frames and here > at + 1)) and first.low == "to":
        return at + 1, (here, _content_end(sentence, here)), 0.75
    if "say" in frames or ("tell" in frames and here > at + 1):
        start = _past_adverbials(sentence, here)
        if start < len(sentence) and sentence[start].low == "," and start + 1 < len(sentence):
            start += 1
        if start < len(sentence) and _opens_clause(sentence, start):
            return at + 1, (start, _content_end(sentence, start)), 0.85
    if "noun" in frames and (is_noun(first) or first.low in DETERMINERS | OBJECTS):
        return at + 1, (here, _content_end(sentence, here)), 0.65
    return None


def _past_addressee(sentence: Sentence, here: int) -> int | None:
    if here >= len(sentence):
        return None
    if sentence[here].low in OBJECTS | {"you", "it"}:
        here += 1
    elif sentence[here].low == "that" or sentence[here].kind == "quote":
        return here
    elif is_noun(sentence[here]) or sentence[here].low in DETERMINERS:
        end = noun_phrase(sentence, here)
        if end is None:
            return None
        here = end
    # "told reporters in the capital on Monday that"
    that = _that_ahead(sentence, here)
    return that if that is not None else here


def _that_ahead(sentence: Sentence, here: int) -> int | None:
    """Index of a "that" which opens the content, past adverbials and an insertion."""
    at = _past_adverbials(sentence, here)
    if at < len(sentence) and sentence[at].low == "that" and at + 1 < len(sentence):
        return at
    if at < len(sentence) and sentence[at].low in {","} | DASHES:
        for ahead in range(at + 1, min(at + 25, len(sentence) - 1)):
            if sentence[ahead].low == "that" and sentence[ahead - 1].low in {","} | DASHES:
                return ahead
            if frame(sentence[ahead].low):
                return None
    return None


def _quote_ahead(sentence: Sentence, here: int) -> int | None:
    at = _past_adverbials(sentence, here)
    if at < len(sentence) and sentence[at].low == "that":
        return None
    if any(k < len(sentence) and sentence[k].low == "of" for k in (at, here)):
        for ahead in range(here, min(here + 15, len(sentence) - 1)):
            if sentence[ahead].low in {",", ":"} and sentence[ahead + 1].kind == "quote":
                return ahead + 1
    if at < len(sentence) and sentence[at].low in {",", ":"} | DASHES:
        at += 1
    if at < len(sentence) and sentence[at].kind == "quote":
        return at
    return None


def _opens_clause(sentence: Sentence, at: int) -> bool:
    piece = sentence[at]
    if piece.kind == "quote":
        return True
    if piece.kind != "word":
        return False
    return (
        piece.low
        in SUBJECTS | DETERMINERS | {"there", "if", "when", "while", "no", "nobody", "not"}
        or is_noun(piece)
        or piece.low
        in {"in", "on", "after", "as", "because", "with", "since", "although", "though"}
    )


def _content_end(sentence: Sentence, start: int) -> int:
    """Where the content stops: the end of the sentence, or a new clause that reports."""
    last = len(sentence)
    while (
        last > start + 1
        and sentence[last - 1].kind == "mark"
        and sentence[last - 1].low in FINAL | {",", ";"}
    ):
        last -= 1
    for at in range(start + 1, last):
        piece = sentence[at]
        if piece.low == ";":
            return at
        if piece.kind != "mark" and piece.low not in {"and", "but", "while"}:
            continue
        if piece.low not in {",", "and", "but", "while"} | DASHES:
            continue
        if _new_report(sentence, at, last):
            return at
    return last


def _new_report(sentence: Sentence, at: int, last: int) -> bool:
    """After the comma or "and" at `at`: ", adding that", "and called on", ", but he said"."""
    here = at + 1
    while here < last and (
        sentence[here].low in {"and", "but", "while", "then"} or is_adverb(sentence[here])
    ):
        here += 1
    if here >= last or sentence[here].kind != "word":
        return False
    low = sentence[here].low
    frames = frame(low)
    comma = sentence[at].kind == "mark"
    if comma and low.endswith("ing") and (frames or low in {"speaking", "according"}):
        return True
    if low == "according" and sentence[here + 1 : here + 2] and sentence[here + 1].low == "to":
        return True
    if frames & {"say", "tell"} and low.endswith(("ed", "said", "told", "wrote", "says", "tells")):
        return True
    if low == "called" and here + 1 < last and sentence[here + 1].low in {"for", "on"}:
        return True
    if sentence[here].low in {"he", "she", "they"} and here > at + 1:
        ahead = here + 1
        while ahead < last and (sentence[ahead].low in AUXILIARIES or is_adverb(sentence[ahead])):
            ahead += 1
        return ahead < last and bool(frame(sentence[ahead].low) & {"say", "tell"})
    return False


def _passive(sentence: Sentence, begin: int, at: int) -> Clause | None:
    """ "It was reported that …"; "the bridge is said to be safe"; "… was called unsafe by Ames"."""
    word = sentence[at].low
    here = at + 1
    if here >= len(sentence) or begin == 0:
        return None
    if (
        sentence[begin - 1].low == "it"
        and sentence[here].low == "that"
        and frame(word) & {"say", "that"}
    ):
        return Clause(None, (begin, at + 1), ((here, _content_end(sentence, here)),), 0.75)
    what = subject(sentence, begin)
    if what is None:
        return None
    if sentence[here].low == "to" and base(word) in HEARSAY:
        return Clause(None, (begin, at + 1), (what, (here, _content_end(sentence, here))), 0.6)
    if "noun" in frame(word):
        for ahead in range(here, min(here + 12, len(sentence) - 1)):
            if sentence[ahead].low == "by" and ahead + 1 < len(sentence):
                source = inverted_subject(sentence, ahead + 1)
                if source is not None and sentence[source[0]].low not in DAYS:
                    pieces = [what] + ([(here, ahead)] if ahead > here else [])
                    return Clause(source, (begin, at + 1), tuple(pieces), 0.6)
                return None
            if sentence[ahead].kind == "mark":
                return None
    return None
