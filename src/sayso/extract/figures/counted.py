"""What a figure counts, in the report's own words.

The noun that follows the number with what stands before it ("full-time employees"), and an
"of" or "without" that is tied to it ("homes without power"); after "million of" what it is taken
of; where no noun follows, what was done to them ("up to 300,000 could be called up").
Without a parser the end of the noun is where a word says that something else begins.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.figures.amounts import Amount
from sayso.extract.numerals import Token
from sayso.records import Span

_LONGEST = 6  # words of a counted thing; what is longer has run into the next phrase
_DETERMINERS = frozenset(
    "the a an its their his her our my your this that these those all such".split()
)
_SKIPPED = frozenset("more other further additional extra or so of the".split())
_IRREGULAR = frozenset(
    "people men women children police dead others personnel troops staff percent cattle sheep"
    " fish aircraft crew lives wives wolves geese feet teeth media data criteria them those aid"
    " policemen policewomen firefighters gunmen fishermen servicemen congressmen lawmen".split()
)
_NOT_PLURAL = frozenset("ss us is".split())
_STOPS = frozenset(
    "in on at by for from with to and or but as that than after before when while where which who"
    " whom if since until during under between among against into is are was were be been being has"
    " have had will would could can may might must should do does did said says told killed died"
    " per not because though although about over through across around along near inside outside"
    " within without of it he she they we you i this these those a an the its their his her our my"
    " your there here then now still also ago including such so more yet only just even too once"
    " whose upon toward towards despite amid amidst following behind beyond plus via off out up"
    " down last next today yesterday each every any some no while both either neither above below"
    " again due apart away"
    " lrb rrb hit struck fell rose came went took made left got gave lost won met began became"
    " doesn didn isn wasn weren hasn haven hadn wouldn couldn shouldn don aren ain"
    " saw ran led held kept brought sent spent sits stands remains lies compared".split()
)
_HYPHENS = frozenset("-‐‑")
_WAYS = frozenset("north south east west northeast northwest southeast southwest apart ago".split())
_BY = frozenset("by in at as after on when during".split())
_PRONOUNS = frozenset(("them", "those", "us", "which", "whom"))
_AUXILIARIES = frozenset(
    "could can may might must should will would be been being was were are is have has had get got"
    " also already reportedly still since not now all".split()
)
_PARTICLES = frozenset("up out off away down back".split())
_IRREGULAR_PARTICIPLES = frozenset(
    "made hit hurt held shot lost found sent taken given seen known left put set struck trapped"
    " born brought built caught chosen cut dealt done drawn driven fed felt fought gone hidden"
    " paid sold sent slain sunk sworn thrown torn told won worn written broken stolen beaten died"
    " fled".split()
)
_NOUNS_TOO = frozenset("cut hit set shot hurt lost put".split())
_STATES = frozenset("dead wounded injured missing homeless displaced hurt ill killed sick".split())


def counted(
    tokens: Sequence[Token], text: str, amount: Amount, first: int, last: int
) -> Span | None:
    """Return what the figure of tokens [first, last) counts; None: the words do not say."""
    at = last
    if at < len(tokens) and tokens[at].word == "of" and tokens[at - 1].word != "of":
        return _noun(tokens, text, _after_determiners(tokens, at + 1))
    if amount.unit and amount.unit != "ratio":
        if at < len(tokens) and tokens[at].word in _WAYS:
            return None
        if at < len(tokens) and tokens[at].word == "in" and len(amount.unit) == 3:
            found = _noun(tokens, text, at + 1)
            if found and tokens[at + 1].kind == "word" and tokens[at + 1].word not in _DETERMINERS:
                return found
        noun = _noun(tokens, text, at)
        return noun or _before_of(tokens, first)
    if amount.unit == "ratio":
        return _noun(tokens, text, _after_determiners(tokens, at)) if at < len(tokens) else None
    # "Thousands march": what is counted by the thousand comes with an "of", or is not said.
    is_plural = amount.high is None and amount.quantity.last == last and not amount.is_range
    if is_plural and tokens[last - 1].word.endswith("s"):
        return _done(tokens, at)
    return _noun(tokens, text, at) or _done(tokens, at)


def _after_determiners(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].word in _DETERMINERS:
        if tokens[at].word in ("those", "these") and (
            at + 1 >= len(tokens) or tokens[at + 1].word in _STOPS
        ):
            break
        at += 1
    return at


def _noun(tokens: Sequence[Token], text: str, at: int) -> Span | None:
    """Return the noun phrase that begins at `at`."""
    if at < len(tokens) and text[tokens[at].start : tokens[at].end] in _PRONOUNS:
        return Span(tokens[at].start, tokens[at].end)
    here, head = at, 0
    while here < len(tokens) and here - at < _LONGEST * 2:
        token = tokens[here]
        if token.kind == "number" and here == at:
            here += 1  # "23 of 36 states"
            continue
        joins = token.word in "-‐‑'’" and token.kind == "sign"
        if here == at and token.kind == "sign":
            break
        if joins or (token.word == "s" and tokens[here - 1].word in "'’"):
            here += 1
            continue
        if token.word in ("more", "most") and here == at:
            at = here = here + 1  # "four more arrests", "the most contested seats"
            continue
        if token.word == "." and here > at and "." in tokens[here - 1].word:
            here += 1  # "two U.S. ships"
            continue
        stops = token.word in _STOPS and not _hyphened(tokens, here)
        if stops or token.kind not in ("word", "number", "ordinal"):
            break
        if token.kind == "number" and head and tokens[here - 1].word != "s":
            break
        if _is_past(token.word) and not _modifies(tokens, here):
            break
        here += 1
        head = here
        if _is_plural(token.word) and not _goes_on(tokens, text, here):
            break
    if head <= at or head - at > _LONGEST * 2:
        return None
    end = _tied(tokens, text, head)
    return Span(tokens[at].start, tokens[end - 1].end)


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen ties the word to its neighbour: the "last" of "last-minute"."""
    token = tokens[at]
    if at + 2 < len(tokens) and tokens[at + 1].word in _HYPHENS:
        return token.end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start
    if at > 1 and tokens[at - 1].word in _HYPHENS:
        return token.start == tokens[at - 1].end and tokens[at - 1].start == tokens[at - 2].end
    return False


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether the participle at `at` stands before its noun: "displaced families"."""
    if at + 1 >= len(tokens):
        return False
    follower = tokens[at + 1]
    return follower.kind == "word" and follower.word not in _STOPS


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    return word.endswith("s") and word[-2:] not in _NOT_PLURAL and len(word) > 3


def _is_past(word: str) -> bool:
    if word in _IRREGULAR_PARTICIPLES:
        return word not in _NOUNS_TOO
    return len(word) > 4 and word.endswith("ed")


def _goes_on(tokens: Sequence[Token], text: str, at: int) -> bool:
    """Whether a plural word is only the modifier of the noun after it: "sports fans"."""
    if at >= len(tokens) or text[tokens[at - 1].end : tokens[at].start] != " ":
        return False
    token = tokens[at]
    if token.word in "'’":
        return at + 1 < len(tokens) and tokens[at + 1].word == "s"
    return (
        token.kind == "word"
        and token.word not in _STOPS
        and _is_plural(token.word)
        and not _is_past(token.word)
        and token.word not in _STATES
    )


def _tied(tokens: Sequence[Token], text: str, at: int) -> int:
    """Return where the phrase ends when an "of" or "without" is tied to it."""
    if at + 1 >= len(tokens) or tokens[at].word not in ("of", "without"):
        return at
    here = at + 1
    if tokens[here].word == "the":
        here += 1
    first = here
    while here < len(tokens) and here - first < 2:
        token = tokens[here]
        if token.kind != "word" or token.word in _STOPS or not text[token.start].islower():
            break
        if _is_past(token.word):
            break
        here += 1
    return here if here > first else at


def _before_of(tokens: Sequence[Token], first: int) -> Span | None:
    """Return the noun in "a fine of up to $150 million"."""
    if first > 1 and tokens[first - 1].word in ("a", "an", "just", "only", "another"):
        first -= 1
    if first < 2 or tokens[first - 1].word != "of":
        return None
    noun = tokens[first - 2]
    if noun.kind != "word" or noun.word in _STOPS:
        return None
    return Span(noun.start, noun.end)


def _done(tokens: Sequence[Token], at: int) -> Span | None:
    """Return what was done to those counted: "called up", "wounded", "made homeless"."""
    here = at
    while here < len(tokens) and here - at < 5 and tokens[here].word in _AUXILIARIES:
        here += 1
    if here >= len(tokens) or tokens[here].kind != "word":
        return None
    word = tokens[here].word
    if word not in _STATES and not (_is_past(word) or word in _IRREGULAR_PARTICIPLES):
        return None
    # "Hundreds orphaned by the quake" suffer it; "millions succumbed" do something themselves.
    by = tokens[here + 1].word if here + 1 < len(tokens) else ""
    if here == at and word not in _STATES and by not in _BY:
        return None
    last = here + 1
    if last < len(tokens) and tokens[last].word in _PARTICLES | _STATES:
        last += 1
    return Span(tokens[here].start, tokens[last - 1].end)
