"""Forms that stand before their content: she said that …; he vowed to …; it was reported that …"""

from __future__ import annotations

from sayso.extract.rules.extent import Clause, content_end, past_adverbials
from sayso.extract.rules.lexicon import (
    AUXILIARIES,
    BE,
    BREAKERS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    base,
    frame,
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
PLURALS = frozenset("people police media men women children staff press".split())


def preposed(sentence: Sentence, at: int, found: list[Clause]) -> Clause | None:
    """Return the attribution whose content stands behind the cue at `at`."""
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
                    (start, content_end(sentence, start)),
                    0.7,
                )
    clausal = frames & {"say", "that", "tell"}
    direct = _quote_ahead(sentence, here)
    if direct is not None and frames & {"say", "that", "tell", "ask", "quote"}:
        return at + 1, (direct, content_end(sentence, direct)), 0.93
    that = _that_ahead(sentence, here)
    if clausal and that is not None:
        return at + 1, (that, content_end(sentence, that)), 0.92
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
        return at + 1, (here, content_end(sentence, here)), 0.8
    if ("to" in frames or ("tell" in frames and here > at + 1)) and first.low == "to":
        return at + 1, (here, content_end(sentence, here)), 0.75
    if "say" in frames or ("tell" in frames and here > at + 1):
        start = past_adverbials(sentence, here)
        if start < len(sentence) and sentence[start].low == "," and start + 1 < len(sentence):
            start += 1
        if start < len(sentence) and _opens_clause(sentence, start):
            return at + 1, (start, content_end(sentence, start)), 0.85
    if "noun" in frames and (is_noun(first) or first.low in DETERMINERS | OBJECTS):
        return at + 1, (here, content_end(sentence, here)), 0.65
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
    at = past_adverbials(sentence, here)
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
    at = past_adverbials(sentence, here)
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
        return Clause(None, (begin, at + 1), ((here, content_end(sentence, here)),), 0.75)
    what = subject(sentence, begin)
    if what is None:
        return None
    if sentence[here].low == "to" and base(word) in HEARSAY:
        return Clause(None, (begin, at + 1), (what, (here, content_end(sentence, here))), 0.6)
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
