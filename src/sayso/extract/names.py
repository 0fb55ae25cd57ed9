"""What names tell: the gender of a given name, titles, and the small words inside names.

Unknown stays unknown: a name given to men and women alike has no gender here.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Gender = Literal["m", "f"]

# Inside a name and never its start, so that "Ursula von der Leyen" is one name.
PARTICLES = frozenset(
    "de da di do dos das del della van von der den ter ten bin ibn al el la le du y e af av zu"
    " abu ben ould".split()
)
MALE_TITLES = frozenset(
    "mr sir lord king prince baron count duke father brother sheikh sheik emperor monsignor".split()
)
FEMALE_TITLES = frozenset(
    "mrs ms miss lady dame queen princess baroness countess duchess sister madame mme"
    " empress".split()
)
# Part of the name by which such people are known: "Pope Francis", "Lord Ames".
REGNAL = frozenset(
    "king queen pope prince princess emperor empress emir lord lady baroness baron sheikh".split()
)
_MALE_WORDS = frozenset(
    "mr sir spokesman chairman congressman businessman policeman man boy father son brother husband"
    " widower uncle nephew grandfather grandson actor anchorman fisherman salesman serviceman"
    " fireman councilman assemblyman alderman congressmen statesman clergyman cameraman"
    " frontman".split()
)
_FEMALE_WORDS = frozenset(
    "mrs ms spokeswoman chairwoman congresswoman businesswoman policewoman woman girl mother"
    " daughter sister wife widow aunt niece grandmother granddaughter actress anchorwoman"
    " councilwoman assemblywoman heiress nun waitress stateswoman".split()
)


def gender_of_given(name: str) -> Gender | None:
    """Return the gender of a given name; None where it is not known or not one."""
    low = name.lower().strip(".")
    found = _given().get(low)
    if found is None and "-" in low:
        found = _given().get(low.split("-")[0])  # "Jean-Luc", "Kassym-Jomart"
    return found


def is_given(name: str) -> bool:
    """True for a given name of known gender."""
    return gender_of_given(name) is not None


@lru_cache(maxsize=4096)
def gender_of_words(words: str) -> Gender | None:
    """Return the gender that a role or a title tells: "spokeswoman", "Mrs"."""
    plain = [word.strip(".,").lower() for word in words.replace("’", "'").split()]
    heads = {word for word in plain if "'" not in word}
    titles = set(plain[:1])  # "of Notre Dame" is no title
    male = heads & _MALE_WORDS | titles & MALE_TITLES
    female = heads & _FEMALE_WORDS | titles & FEMALE_TITLES
    if male and not female:
        return "m"
    if female and not male:
        return "f"
    return None


@cache
def _given() -> dict[str, Gender]:
    table: dict[str, Gender] = {}
    text = files("sayso.extract.data").joinpath("given_names.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, _, gender = line.partition(" ")
        table[name] = "m" if gender == "m" else "f"
    return table
