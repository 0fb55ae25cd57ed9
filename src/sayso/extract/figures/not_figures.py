"""Numbers that are no figures: ranks, names, ages, scores, addresses, numbers of parts and lists.

Each test answers for one kind; the first that says yes decides.
What a number counts is not looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.figures.amounts import Amount
from sayso.extract.numerals import Token
from sayso.extract.times.vocabulary import UNITS

# What bears a number as its name. The number after it ranks or names, it does not count.
_NUMBERED = frozenset(
    (
        "no nos number numbers order article articles section sections chapter page pages paragraph"
        " clause verse psalm act title amendment proposition resolution rule item point"
        " flight route highway interstate channel radio room gate pier suite floor block building"
        " level type phase stage category class grade tier version step season episode week day"
        " round game match lot table figure fig chart exhibit count apartment apt unit box"
        " boeing airbus tupolev antonov ilyushin iphone galaxy windows android apollo falcon"
        " soyuz sputnik formula fortune ftse nikkei dax cac russell nasdaq euro stoxx world war"
        " century district precinct ward zone area sector platoon brigade division regiment"
        " battalion squadron task team group model mark series mk agent pope king louis"
        " covid omega vitamin carbon plutonium uranium cesium hotline dial call dialing"
        " photo photos image slide caption part volume vol issue chapters schedule annex appendix"
        " size studio pier hangar site bus train line exit mile"
    ).split()
)  # fmt: skip
_DEFINITE = frozenset(
    "the these those both all his her its their our my your whose last first next other previous"
    " past s top bottom".split()
)
_PEOPLE = frozenset(
    "person man woman child boy girl soldier officer civilian protester protestor worker student"
    " passenger policeman policewoman police firefighter journalist reporter pilot gunman attacker"
    " suspect victim resident villager fighter militant marine sailor teenager baby infant"
    " demonstrator bystander hostage prisoner detainee migrant refugee killed dead wounded injured"
    " death fatality patient crew member official driver guard rebel insurgent american israeli"
    " palestinian iraqi afghan syrian briton frenchman contractor employee doctor nurse".split()
)
_STATES = frozenset("killed dead wounded injured missing".split())
_SUFFERED = frozenset("was were died killed dead has had and injured wounded".split())
_HARMED = frozenset(
    "killed killing kills wounded wounding injured injuring hurt hurting leaving left shot"
    " arrested arresting detained detaining including lost have had has and".split()
)
_PARENTS = frozenset("mother father parent parents grandmother grandfather gang group".split())
_FUNCTION = frozenset(
    "the a an in on at of by for from with to and or but as that than some about over after before"
    " when while where which who if since until during under between among against into this these"
    " those its his her their our he she it they we there also only just nearly almost more"
    " least another other both all said says killing with without not no so then now still even"
    " including up out is are was were has have had will would could can may might must"
    " wounding injuring leaving roughly around approximately an further".split()
)
_AGES = frozenset(("aged", "age", "ages"))
_SMALL = 12  # up to here "the two", "its five" point back to things already told
_OLDEST = 115


def is_no_figure(tokens: Sequence[Token], text: str, amount: Amount, *, bounded: bool) -> bool:
    """Whether `amount` names, ranks, dates or lists instead of counting or measuring."""
    before = tokens[amount.first - 1] if amount.first else None
    after = tokens[amount.last] if amount.last < len(tokens) else None
    return (
        _touches_letters(tokens, text, amount)
        or _is_age(tokens, text, amount)
        or _is_name(tokens, text, amount, bounded=bounded)
        or _is_score(tokens, text, amount)
        or _is_compound(tokens, amount)
        or (not bounded and _points_back(amount, before, after))
        or _is_part_of_speech(tokens, amount, before, after, bounded=bounded)
        or _is_list_mark(amount, before, after)
    )


def _written(token: Token, text: str) -> str:
    return text[token.start : token.end]


def _touches_letters(tokens: Sequence[Token], text: str, amount: Amount) -> bool:
    """Part of a word, an address or a name: "F-16", "Covid-19", "G7", "t.co/3", "5G", "0910"."""
    start, end = tokens[amount.first].start, tokens[amount.last - 1].end
    lead = text[max(0, start - 2) : start]
    if lead and (lead[-1].isalnum() or lead[-1] in "_@#=&/\\."):
        return not (lead[-1] == "." and lead[:1].isspace())
    if len(lead) == 2 and lead[1] in "-‐‑" and lead[0].isalnum():
        return True
    number = tokens[amount.quantity.first]
    written = number.word
    if len(written) > 1 and written[0] == "0" and written[1].isdigit():
        return True
    tail = text[end : end + 2]
    return amount.unit is None and (
        tail[:1].isalpha() or (tail[:1] in "/:_@" and tail[1:].isalnum()) or tail[:1] == "°"
    )


def _is_age(tokens: Sequence[Token], text: str, amount: Amount) -> bool:
    if amount.unit or amount.high is None or amount.high > _OLDEST or amount.high % 1:
        return False
    words = [token.word for token in tokens[amount.last : amount.last + 5]]
    words = [word for word in words if word not in "-‐‑"]
    if words[:2] in (["year", "old"], ["years", "old"], ["year", "olds"], ["month", "old"]):
        return True
    if (
        words[:2] == ["years", "of"]
        or words[:2] == ["or", "younger"]
        or words[:2] == ["or", "older"]
    ):
        return True
    back = [token.word for token in tokens[max(0, amount.first - 2) : amount.first]]
    further = [token.word for token in tokens[max(0, amount.first - 5) : amount.first]]
    joined = bool(further) and further[-1] in ("and", "to", "-", "–")
    if further[-2:] == ["ages", "of"] or (joined and _AGES.intersection(further)):
        return True  # "between the ages of 22 and 40", "ages 18 to 29"
    if back and (back[-1] in _AGES or back in (["age", "of"], ["was", "aged"])):
        return True
    # "Mr Dahl, 46, said": a number between commas after a name.
    if amount.first < 2 or amount.last >= len(tokens):
        return False
    comma, name = tokens[amount.first - 1], tokens[amount.first - 2]
    closes = tokens[amount.last].word in (",", ".", ";", ")")
    named = _written(name, text)[:1].isupper() or name.word in (")", "jr", "sr")
    return comma.word in (",", "(") and closes and named and amount.low == amount.high


def _is_name(tokens: Sequence[Token], text: str, amount: Amount, *, bounded: bool) -> bool:
    """The number of something that bears it: "Article 5", "Boeing 737", "category 4"."""
    if amount.first == 0 or bounded or amount.is_range:
        return False
    before = tokens[amount.first - 1]
    if before.word == "." and amount.first > 1:
        sign = tokens[amount.first - 2]
        bill = sign.word in ("s", "h.r") and _written(sign, text).isupper()
        if sign.word in ("no", "nos") or bill:
            return True  # "No. 1", "H.R. 40"
    if before.word in ("#", "№", "&", "§"):
        return True
    if amount.unit:
        return False
    if before.word in _NUMBERED:
        return before.word not in ("day", "week", "part", "count", "call", "point") or not (
            tokens[amount.quantity.first].spelled
        )
    if before.word == "p" and amount.first > 1 and tokens[amount.first - 2].word == "&":
        return True
    name = _written(before, text)
    if before.kind != "word" or not any(map(str.isupper, name)) or before.word in _FUNCTION:
        return False
    if amount.quantity.high is None:
        return False
    if amount.low >= 1000:
        written = tokens[amount.quantity.first].word
        return name.isupper() and len(name) > 1 and written.isdigit()  # "EO 13526"
    # News spells small counts out: a digit after a name belongs to it, as in "Geneva 2 talks".
    small = amount.low < 10 and not tokens[amount.quantity.first].spelled
    return small or not _counts_things(tokens, text, amount.last)


def _counts_things(tokens: Sequence[Token], text: str, at: int) -> bool:
    """Whether a plural noun follows soon, so that the number counts even after a name."""
    for token in tokens[at : at + 3]:
        if token.kind != "word" or token.word in _FUNCTION:
            return False
        plural = token.word.endswith("s") and not token.word.endswith("ss")
        if plural or token.word in ("people", "men", "women", "children", "dead", "police"):
            return text[token.start].islower() or plural
    return False


def _is_score(tokens: Sequence[Token], text: str, amount: Amount) -> bool:
    """Numbers set against each other: "52-48", "3-2", "10 to 1", "9/11", "555-0100"."""
    if amount.unit and not amount.is_ratio:
        return False
    first, last = amount.first, amount.last
    for place, neighbour in ((first - 1, first - 2), (last, last + 1)):
        if 0 <= place < len(tokens) and 0 <= neighbour < len(tokens):
            sign, number = tokens[place], tokens[neighbour]
            digits = number.kind in ("number", "ordinal", "clock", "iso")
            if digits and sign.word in ("-", "–", "‐", "‑", "/", ":"):
                return True
    if last + 1 < len(tokens) and tokens[last].word == "to":
        other = tokens[last + 1]
        from_word = first > 0 and tokens[first - 1].word == "from"
        if other.kind == "number" and other.value is not None and not from_word:
            return amount.low >= other.value and not amount.is_range
    if first > 1 and tokens[first - 1].word == "to" and tokens[first - 2].kind == "number":
        lead = tokens[first - 2].value
        from_word = first > 2 and tokens[first - 3].word == "from"
        return lead is not None and lead >= amount.low and not from_word
    if amount.is_range and not amount.unit:
        # "2 - 6 :" has nothing that it counts.
        joint = text[tokens[first].start : tokens[last - 1].end]
        follows = tokens[last] if last < len(tokens) else None
        bare = "-" in joint or "–" in joint
        return bare and (follows is None or follows.kind != "word")
    return False


def _is_compound(tokens: Sequence[Token], amount: Amount) -> bool:
    """A description: "a 192-nation assembly", "three-day", "a 1,300-page bill", "five times"."""
    if amount.last >= len(tokens):
        return False
    follower = tokens[amount.last]
    if follower.word in ("time", "times", "fold", "x"):
        return True
    if follower.word in UNITS and not amount.is_ratio:
        return True  # a length of time, even where it is no time expression: "60 Minutes"
    if amount.unit and not amount.is_ratio:
        return False
    if follower.word in "-‐‑" and follower.kind == "sign" and amount.last + 1 < len(tokens):
        noun = tokens[amount.last + 1]
        if noun.word in ("plus", "odd"):
            return False  # "500-odd men": a bound
        if noun.word == "to":
            return True  # "25-to-34-year-olds", "a 2-to-1 vote"
        # A dash between blanks parts, a hyphen joins; some outlets' hyphens stand between blanks.
        return noun.kind == "word" and noun.word not in _FUNCTION
    return False


def _points_back(amount: Amount, before: Token | None, after: Token | None) -> bool:
    """ "the two leaders", "those five": told of before, not counted here."""
    if before is None or amount.unit or amount.high is None or amount.is_range:
        return False
    if before.word in ("top", "bottom"):
        return True
    return (
        before.word in _DEFINITE and amount.low <= _SMALL and (after is None or after.word != "of")
    )


def _is_part_of_speech(
    tokens: Sequence[Token],
    amount: Amount,
    before: Token | None,
    after: Token | None,
    *,
    bounded: bool,
) -> bool:
    """ "one of the", "no one", "half" of a compound, "per 100,000", "top 1 percent"."""
    word = tokens[amount.quantity.first].word
    previous = before.word if before else ""
    if previous in ("per", "every", "each", "top", "bottom"):
        return True
    if amount.low == 0:
        return amount.unit is None
    if amount.is_ratio and not bounded:
        if tokens[amount.first].word == "half":
            followers = (
                "of",
                "the",
                "its",
                "their",
                "his",
                "her",
                "our",
                "a",
                "all",
                "that",
                "those",
            )
            return previous in ("first", "second", "other", "better", "in", "latter") or (
                after is None or after.word not in followers
            )
        if amount.quantity.low * 4 in (1.0, 3.0) and previous in ("the", "first"):
            return True
        plural = (
            tokens[amount.last - 1].word.endswith("s") or tokens[amount.last - 1].kind == "number"
        )
        return not plural and (after is None or after.word != "of")
    if previous == "of" and amount.first > 1 and tokens[amount.first - 2].word in _PARENTS:
        return amount.unit is None
    if word == "one" and amount.low == 1 and not amount.unit and not amount.is_ratio:
        if amount.is_range:
            return False
        return not bounded and not _is_toll(tokens, amount, before, after)
    return False


def _is_toll(
    tokens: Sequence[Token], amount: Amount, before: Token | None, after: Token | None
) -> bool:
    """Whether "one" counts people ("killing one person") rather than pointing at somebody."""
    if after is None or after.word not in _PEOPLE:
        return False
    beyond = tokens[amount.last + 1].word if amount.last + 1 < len(tokens) else ""
    return (
        after.word in _STATES
        or beyond in _SUFFERED
        or (before is not None and before.word in _HARMED)
    )


def _is_list_mark(amount: Amount, before: Token | None, after: Token | None) -> bool:
    """ "1." and "(2)" before an item of a list."""
    if amount.unit or amount.is_range or amount.quantity.last - amount.quantity.first > 1:
        return False
    starts = before is None or before.kind == "break"
    if starts and after is not None and after.word in (".", ")", ":"):
        return True
    enclosed = before is not None and before.word == "(" and after is not None and after.word == ")"
    return enclosed and amount.low <= 20
