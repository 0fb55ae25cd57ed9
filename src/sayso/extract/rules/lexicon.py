"""Which words report, and the closed-class words by which phrases are told apart."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

PRONOUNS = frozenset("he she they it i we you who some many others one both".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any no each every another"
    " all both several many most few one two three four five six seven eight nine ten dozens"
    " hundreds thousands other".split()
)
POSSESSIVES = frozenset("his her its their our my your".split())
BE = frozenset("is are was were be been being am 's 're 'm isn't aren't wasn't weren't".split())
AUXILIARIES = BE | frozenset(
    "has have had having do does did will would could can may might must should shall 've 'd 'll"
    " hasn't haven't hadn't don't doesn't didn't won't wouldn't couldn't can't cannot shouldn't"
    " mustn't".split()
)
PREPOSITIONS = frozenset(
    "of for at in to from with on by about over under near across behind against inside within"
    " between among into after before during since until through without despite via per".split()
)
INSIDE_NAMES = frozenset("of for at in to from with on against near among between by under".split())
BREAKERS = frozenset(
    "but because when while if although though whereas unless as than so yet or nor whether where"
    " why how what then that which who whose whom after before since until not there here".split()
)
ADVERBS = frozenset(
    "also later earlier repeatedly recently then now once often never not already still just only"
    " even previously first long both further too again always sometimes soon instead meanwhile"
    " nevertheless today yesterday tonight have so".split()
)
OPENERS = frozenset(  # adverbs that open a sentence, and are capital there
    "however nevertheless nonetheless moreover furthermore therefore thus indeed perhaps otherwise"
    " besides elsewhere overall meantime similarly likewise hence accordingly additionally"
    " consequently ironically notably speaking asked according despite following yet still yes no"
    " well oh please sorry thank".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight january"
    " february march april june july august september october november december".split()
)
NOT_ADVERBS = frozenset(
    "family italy ally reply supply july assembly emily sally kelly molly billy lily early daily"
    " weekly monthly elderly friendly monopoly bully rally tally anomaly only likely deadly"
    " costly lovely holy ugly fly apply rely multiply".split()
)
CHANNELS = frozenset(
    "statement interview speech tweet post letter email e-mail message memo report address video"
    " news briefing conference call testimony article blog op-ed column essay editorial press"
    " release broadcast telegram note phone text filing paper book memoir remarks twitter facebook"
    " telegram series telephone conference".split()
)


def takes(word: str, what: str) -> bool:
    """True where `word` (in lower case) is a form of a reporting word that takes `what`."""
    return what in _forms().get(word, ())


def frame(word: str) -> frozenset[str]:
    """Return all that the reporting word takes; empty for any other word."""
    return _forms().get(word, frozenset())


def base(word: str) -> str | None:
    """Return the base form of a reporting word."""
    return _bases().get(word)


@cache
def _entries() -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    lines = files("sayso.extract.data").joinpath("cues.txt").read_text("utf-8").splitlines()
    entries = []
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        word, *rest = line.split()
        frames = frozenset(one for one in rest if one in _FRAMES or one.startswith("prep:"))
        irregular = tuple(one for one in rest if one not in frames)
        entries.append((word, frames, (word, *_inflect(word, irregular))))
    return tuple(entries)


_FRAMES = frozenset("say that tell ask noun to quote".split())


@cache
def _forms() -> dict[str, frozenset[str]]:
    return {form: frames for _, frames, forms in _entries() for form in forms}


@cache
def _bases() -> dict[str, str]:
    return {form: word for word, _, forms in _entries() for form in forms}


def _inflect(word: str, irregular: tuple[str, ...]) -> tuple[str, ...]:
    """Regular forms; given forms replace those of their own ending."""
    stem = word[:-1] if word.endswith("e") else word
    third = word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")
    past, ing = stem + "ed", stem + "ing"
    if any(form.endswith("ing") for form in irregular):
        ing = ""
    if any(not form.endswith(("ing", "s")) for form in irregular):
        past = ""
    if any(form.endswith("s") for form in irregular):
        third = ""
    return tuple(form for form in (third, past, ing, *irregular) if form)
