"""What kind of speaker a noun names, from the word lists in `extract/data`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

MALE = frozenset({"he", "him", "his"})
FEMALE = frozenset({"she", "her", "hers"})
PLURAL = frozenset({"they", "them", "their"})
PRONOUNS = frozenset(
    "he she they it i we you who which this that these those one him her nobody everybody somebody"
    " anybody everyone someone anyone nothing everything their his its my our your them us".split()
)


def is_role(word: str) -> bool:
    """True for an office, profession or relation of one person: "minister", "co-founder"."""
    low = word.lower().strip(".,")
    roles = _roles()
    return low in roles or (
        "-" in low and not roles.isdisjoint((low.split("-")[0], low.split("-")[-1]))
    )


def is_title(word: str) -> bool:
    """True for a short form that stands before a name: "Sen.", "Mrs"."""
    return word.lower().strip(".,") in _words("roles.txt", "title")


def is_group(word: str) -> bool:
    """True for people in the plural who speak without a name: "officials"."""
    return word.lower() in _words("roles.txt", "group")


def is_body(word: str) -> bool:
    """True for a body that speaks as one: "ministry", "campaign"."""
    return word.lower() in _words("roles.txt", "organisation")


def is_document(word: str) -> bool:
    """True for what speaks in writing: "report", "indictment"."""
    return word.lower() in _words("roles.txt", "document")


def is_noun(word: str) -> bool:
    """True for any noun of those who speak: a role, a group, a body, a document."""
    return is_role(word) or is_group(word) or is_body(word) or is_document(word)


def is_common(word: str) -> bool:
    """True for a word that the news writes small: its capital only opens a sentence."""
    return word.lower() in _common()


def names_body(tokens: list[str]) -> bool:
    """True where the words of a name are those of a body, not of a person."""
    if any(token in _words("organisations.txt", "word") for token in tokens):
        return True
    if is_company(tokens[0]):
        return True
    return len(tokens) == 1 and _is_acronym(tokens[0])


def is_company(token: str) -> bool:
    """True for a body known by one word that could be a person's name: "Bloomberg"."""
    return token in _words("organisations.txt", "name")


def _is_acronym(token: str) -> bool:
    letters = token.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


@cache
def _common() -> frozenset[str]:
    return frozenset(files("sayso.extract.data").joinpath("common.txt").read_text("utf-8").split())


@cache
def _roles() -> frozenset[str]:
    return _words("roles.txt", "person") | _words("roles.txt", "title")


@cache
def _words(name: str, kind: str) -> frozenset[str]:
    """Return the words of the lines of `kind`; "person" in the comments names the next line."""
    found: set[str] = set()
    for line in files("sayso.extract.data").joinpath(name).read_text("utf-8").splitlines():
        first, _, rest = line.partition(" ")
        if not line.startswith("#") and first == kind:
            found.update(rest.split())
    return frozenset(found)
