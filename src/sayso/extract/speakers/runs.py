"""Where the name of the speaker stands among the words of a source."""

from __future__ import annotations

from sayso.extract.countries import is_demonym
from sayso.extract.names import PARTICLES, is_given
from sayso.extract.rules.lexicon import DAYS
from sayso.extract.speakers.lexicon import (
    is_body,
    is_common,
    is_group,
    is_role,
    is_title,
    names_body,
)
from sayso.extract.speakers.tokens import ARTICLES, Token

PARTY = frozenset(
    "Republican Democrat Democratic Conservative Labour Tory Liberal Independent".split()
)
PLACES = frozenset({"of", "from", "in", "at", "for", "on", "with"})
_PREPOSITIONS = frozenset("of for and to in at on from with by near to".split())
_SIGNS = frozenset({"U.S.", "US", "UK", "EU", "UN", "U.N.", "NATO", "GOP"})
_OWN = frozenset("his her its their my our".split())


def name_run(tokens: list[Token]) -> tuple[int, int] | None:
    """Return where the name of the speaker stands in a description, or None.

    "Kremlin spokesman Ivan Petrov": the words after the last office, relation or people's word.
    """
    behind = _behind_office(tokens)
    if behind is not None:
        return behind
    end = _end(tokens)
    start = end
    while start > 0:
        token = tokens[start - 1]
        if token.possessive:
            break
        if token.capital and not (is_title(token.text) and start < end):
            if start < end and (
                (is_role(token.text) and token.low not in PARTICLES)
                or is_demonym(token.text)
                or token.text in PARTY
                or token.text in _SIGNS
            ):
                break
            start -= 1
            continue
        before = start - 1
        while before > 0 and tokens[before].text in PARTICLES:
            before -= 1
        if start < end and before < start - 1 and tokens[before].capital:
            start = before + 1
            continue
        break
    if start == end:
        return None
    while start < end and tokens[start].low in PARTICLES and not tokens[start].capital:
        start += 1
    # "Secretary of State Ida Marsh": after "of" the name begins at a given name further on;
    # "a lawyer for Ida Marsh" is not Ida Marsh.
    loose = any(token.text in _PREPOSITIONS for token in tokens[:start])
    if _after_preposition(tokens, start) or (loose and not is_given(tokens[start].text)):
        given = [at for at in range(start + 1, end - 1) if is_given(tokens[at].text)]
        office = any(token.capital and is_role(token.text) for token in tokens[:start])
        if given:
            start = given[0]
        elif office and end - start == 3 and not names_body([t.text for t in tokens[start:end]]):
            start = end - 2
        else:
            return None
    elif end - start > 2:
        start = _past_lead(tokens, start, end)
    if end - start == 1 and tokens[start].low in DAYS:
        return None
    if end - start == 1 and start == end - 1 and is_role(tokens[start].text) and start > 0:
        return None
    titled = start > 0 and is_title(tokens[start - 1].text)  # "Mr. French"
    if (
        end - start == 1
        and not titled
        and (is_demonym(tokens[start].text) or tokens[start].text in PARTY)
    ):
        return None
    return start, end


def two_names(tokens: list[Token]) -> bool:
    """ "Ames and Birch", "the premier and his deputy Ida Ames": two speak at once."""
    at = next(index for index, token in enumerate(tokens) if token.text == "and")
    if not 0 < at < len(tokens) - 1:
        return False
    after = tokens[at + 1]
    held = any(is_role(token.text) for token in tokens[:at])
    if after.low == "the" and tokens[at - 1].capital and not held:
        return True  # "the Gazette and the Harbour Office"
    if tokens[at - 1].capital and any(is_group(token.text) for token in tokens[at + 1 :]):
        return not any(token.capital for token in tokens[at + 1 :])  # "Ames and lawmakers"
    if not tokens[at - 1].capital or _subject_of_office(tokens, at):
        return False
    if names_body([token.text for token in tokens if token.capital]):
        return False
    if any(is_role(token.text) for token in tokens[at + 1 :]):
        return any(token.capital for token in tokens[at + 2 :])
    return after.capital


def _subject_of_office(tokens: list[Token], at: int) -> bool:
    """ "Energy and Commerce Committee Chairman Ida Ames" holds one office."""
    before, after = tokens[:at], tokens[at + 1 :]
    if any(is_role(t.text) or is_title(t.text) or is_given(t.text) for t in before):
        return False
    office = next((place for place, t in enumerate(after) if is_role(t.text)), None)
    if office is None or office + 1 >= len(after) or not after[0].capital:
        return False
    return any(is_body(t.text) or is_common(t.text) for t in after[:office] + before)


def _end(tokens: list[Token]) -> int:
    """Where a name must end: before "of Lowbridge", "reading a statement"."""
    for at, token in enumerate(tokens):
        if not at or not tokens[at - 1].capital:
            continue
        if token.text in PLACES:
            called = at > 1 and is_given(tokens[at - 2].text)  # "Peter King of Lowbridge"
            if called or not is_role(tokens[at - 1].text):
                return at
        elif token.text.islower() and token.text.endswith("ing") and is_common(token.text):
            return at
    return len(tokens)


def _behind_office(tokens: list[Token]) -> tuple[int, int] | None:
    """ "Director of the Harbour Office Ida Ames", "Club for Growth president Ida Ames"."""
    loose = [at for at, token in enumerate(tokens) if token.text in _PREPOSITIONS]
    if not loose:
        return None
    for end in dict.fromkeys((len(tokens), _end(tokens))):
        start = end
        while (
            start > 0
            and (tokens[start - 1].capital or tokens[start - 1].text in PARTICLES)
            and not (tokens[start - 1].possessive or is_role(tokens[start - 1].text))
        ):
            start -= 1
        named = [at for at in range(start, end - 1) if is_given(tokens[at].text)]
        pair = tokens[start:end]
        if not named and len(pair) == 2 and not any(is_common(token.text) for token in pair):
            named = [start]  # no list holds every given name
        if not named or not any(place < named[0] for place in loose):
            continue
        start = named[0]
        before = tokens[start - 1] if start else None
        if before is None or not any(is_role(token.text) for token in tokens[:start]):
            continue
        joined = before.capital or is_role(before.text)
        if joined and not names_body([token.text for token in tokens[start:end]]):
            office = is_role(before.text)
            # "a spokesman for President Ida Ames": the office is that of whom he speaks for.
            if office and _serves(tokens, start):
                continue
            return start, end
    return None


def _serves(tokens: list[Token], start: int) -> bool:
    at = start
    while at > 0 and (
        tokens[at - 1].capital or tokens[at - 1].possessive or is_role(tokens[at - 1].text)
    ):
        at -= 1
    held = any(is_role(token.text) or is_title(token.text) for token in tokens[:at])
    article = at > 0 and tokens[at - 1].low in ARTICLES | _OWN
    place = at - 1 - article
    return held and place >= 0 and tokens[place].text in _PREPOSITIONS - {"and"}


def _past_lead(tokens: list[Token], start: int, end: int) -> int:
    """Past words that no name begins with: "Commenter Ida Ames", "Harbour Office's Ida Ames"."""
    first = tokens[start].text
    if is_given(first):
        return start
    given = [at for at in range(start + 1, end - 1) if is_given(tokens[at].text)]
    if given and names_body([first]):
        return given[0]
    lead = start
    while lead < end - 2 and is_common(tokens[lead].text):
        lead += 1
    rest = [token.text for token in tokens[lead:end]]
    if lead > start and not is_common(rest[0]) and not names_body(rest):
        return lead
    return start


def _after_preposition(tokens: list[Token], start: int) -> bool:
    at = start
    while at > 0 and (
        tokens[at - 1].capital or tokens[at - 1].possessive or tokens[at - 1].text in ARTICLES
    ):
        at -= 1
    if at == 0:
        return False
    if tokens[at - 1].text == "and":
        return not is_role(tokens[start - 1].text)
    return tokens[at - 1].text in _PREPOSITIONS
