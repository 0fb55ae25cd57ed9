"""Credits: the agency or outlet that a report itself names as where its copy comes from.

A known agency is found by its name in any credit line. A name that nobody listed is
taken where the form leaves no doubt that it is one ("(NAME) —", "With reporting by NAME"),
unless it looks like a person's: reporters are not origins.

It does not weigh credits against copied text; that is `sayso.trace`. Credits of
pictures are no credits of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.normalise.agencies import agency, find_agencies
from sayso.records import Credit, Part, Span

# The words that introduce names in a credit line; the names follow.
_LABELLED = re.compile(
    r"(?P<label>with (?:additional |further )?(?:reporting|material|information|contributions?"
    r"|files?|inputs?)(?: \w+)? (?:by|from)"
    r"|(?:additional |further )?(?:reporting|writing) (?:by|from)|based on (?:an? \w+|reporting"
    r"|reports?|\w+) (?:by|from)"
    r"|compiled from|(?:originally|first) (?:published|appeared|posted) (?:by|in|on|at)"
    r"|(?:material|information|files|text|copy) from|(?:report|story|article|text) (?:by|from)"
    r"|sources?\s*:|agency\s*:|via|©(?:\s*\d{4})?|\(c\)(?:\s*\d{4})?|copyright(?: ©)?(?:\s*\d{4})?"
    r"|mit (?:material|informationen|agenturmaterial) (?:von|der)|quellen?\s*:"
    r"|avec|con informaci[oó]n de|con informazioni|com informa[çc][õo]es d[aeo]s?|fuentes?\s*:"
    r"|fontes?\s*:|fonte\s*:|źródł[oa]\s*:|по материалам|с использованием материалов"
    r"|источник\s*:|за матеріалами|джерело\s*:|kaynak\s*:|bron\s*:)\s*",
    re.I,
)
# The names come first: "Halden Wire contributed to this report".
_TRAILING = re.compile(
    r"\A[\s\[(*–—•-]*(?P<names>.{2,300}?)\s+(?:also\s+)?(?:contributed|assisted|has contributed"
    r"|have contributed|provided (?:material|information|reporting)|ha contribuido"
    r"|haben? beigetragen"
    r"|a contribué|ont contribué)\b",
    re.I | re.S,
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\+|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b|\bта\b|\|)\s*")
_END_OF_NAMES = re.compile(r"[.;()\[\]]|\s[–—-]\s|\ball rights\b", re.I)
_NAME = re.compile(r"[^\W\d_][\w’'.&-]*(?: [\w’'.&-]+){0,4}")
_SMALL = {"of", "the", "for", "de", "la", "del", "des", "du", "di", "und", "von"}
# A name with one of these is an organisation's; two capitalised words without are a person's.
_ORGANISATION = re.compile(
    r"\b(?:agency|agence|agencia|agentur|agenzia|associated|associates|news|newsroom|press|presse"
    r"|prensa|stampa|wire|wires|service|services|times|post|herald|tribune|gazette|courier|journal"
    r"|daily|media|network|radio|tv|television|broadcasting|today|telegraph|guardian|observer"
    r"|chronicle|star|mail|report|syndicate|desk|bureau|online|digital|international|group|inc"
    r"|company|foundation|staff|telegram|bulletin|dispatch|monitor|mirror|standard|globe|sun"
    r"|zeitung|zeit|kurier|magazine|review|weekly|project|public|union|voice)\b",
    re.I,
)
_GENERIC = re.compile(
    r"(?:(?:news |wire |staff |local |other |foreign )*(?:agencies|wires?|staff|reports?|media"
    r"|services?|reporters?|writers?|correspondents?|editors?|newsroom|us|our|own|him|her|them)"
    r"|staff and wire reports|file|reserved|rights|contributors?"
    r"|inc\.?|llc|ltd\.?|corp\.?|co\.?|plc|gmbh|ag|s\.?a\.?|b\.?v\.?|pty)",
    re.I,
)
# "Halden Wire writers Pia Orm", "Staff writer Pia Orm": whose writers, if anybody's.
_WRITERS = re.compile(
    r"^(?P<whose>.*?)\s*\b(?:(?:staff|special|senior|political|business|national|chief) )*"
    r"(?:(?:writers?|reporters?|correspondents?|editors?|producers?|researchers?|journalists?)\b.*"
    r"|staff)$",
    re.I | re.S,
)
_OWN = re.compile(r"(?:['’]s\b|(?<=s)['’](?=\s)).*$", re.S)


def find_credits(text: str, parts: tuple[Part, ...], *, outlet: str = "") -> tuple[Credit, ...]:
    """Return the credits that the parts of a report give, each name once, in text order."""
    found: list[Credit] = []
    for part in parts:
        words = text[part.span.start : part.span.end]
        if part.kind == "dateline":
            found += _of_dateline(words, part.span.start)
        elif part.kind == "credit":
            found += _of_line(words, part.span.start)
        elif part.kind == "byline":
            found += _of_byline(words, part.span.start)
    return once(found, outlet=outlet)


def credit_of_name(name: str, *, reason: str) -> tuple[Credit, ...]:
    """Return the credits in a name from metadata: an author that is an agency, a feed's source."""
    known = [Credit(known, None, reason) for known, _, _ in find_agencies(name)]
    return tuple(known)


def once(credits: list[Credit], *, outlet: str = "") -> tuple[Credit, ...]:
    """Return each name once, without the outlet's own: it is not the origin of itself."""
    own = _bare(outlet)
    named: dict[str, Credit] = {}
    for credit in credits:
        name = _bare(credit.name)
        # "Orla Gazette" is the outlet "The Orla Gazette (Online)".
        if not own or not (own.startswith(name) or name.startswith(own)):
            named.setdefault(credit.name, credit)
    return tuple(named.values())


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("the ") + " "


def is_organisation(name: str) -> bool:
    """Return whether `name` can be an agency's or an outlet's rather than a person's."""
    if agency(name) is not None or _ORGANISATION.search(name):
        return True
    words = [word for word in name.split() if word.lower() not in _SMALL]
    return len(words) == 1 and len(words[0]) > 1 and words[0][0].isupper()


def _of_dateline(words: str, start: int) -> Iterator[Credit]:
    for found in re.finditer(r"[(/]([^()/]{2,40}(?:/[^()/]{2,40})*)[)/]", words):
        inside = found.start(1)
        known = list(find_agencies(found[1]))
        for name, begin, end in known:
            yield Credit(name, Span(start + inside + begin, start + inside + end), "dateline")
        if not known:
            name = found[1].strip()
            at = start + inside + found[1].index(name)
            yield Credit(name, Span(at, at + len(name)), "dateline")


def _of_line(words: str, start: int) -> Iterator[Credit]:
    known = list(find_agencies(words))
    reason = _reason(words)
    taken = [(begin, end) for _, begin, end in known]
    found = [(begin, name, end) for name, begin, end in known]
    for name, begin, end in _names_in(words):
        if not any(begin < there and here < end for here, there in taken):
            found.append((begin, name, end))
    for begin, name, end in sorted(found):
        yield Credit(name, Span(start + begin, start + end), reason)


def _of_byline(words: str, start: int) -> Iterator[Credit]:
    named = re.match(r"(?:by\s*:?\s+)?", words, re.I)
    begin = named.end() if named else 0
    known = [(name, here, there) for name, here, there in find_agencies(words)]
    for name, here, there in known or _listed(words, begin, len(words)):
        # A lone unknown word after a name may be the town that it was written in.
        if known or " " in name or name.isupper() or words.strip().endswith("staff"):
            yield Credit(name, Span(start + here, start + there), "byline")


def _reason(words: str) -> str:
    """Return the words of the line that say what kind of credit it is, as an editor would."""
    if trailing := _TRAILING.search(words):
        return words[trailing.end("names") : trailing.end()].strip() + " to this report"
    if labelled := _LABELLED.search(words):
        return labelled["label"].strip(" :")
    return "credit line"


def _names_in(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield the organisations that a credit line names, known or not, with where they stand."""
    for labelled in _LABELLED.finditer(words):
        stop = _END_OF_NAMES.search(words, labelled.end())
        yield from _listed(words, labelled.end(), stop.start() if stop else len(words))
    if trailing := _TRAILING.search(words):
        yield from _listed(words, trailing.start("names"), trailing.end("names"))


def _listed(words: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the organisations in a list of names, with where they stand.

    Beside persons a lone unknown word is a place or a surname: "Pia Orm in Lowbridge, Halden".
    """
    listed: list[tuple[str, int, int]] = []
    has_people = False
    at = start
    for gap in [*_BETWEEN.finditer(words, start, end), None]:
        until = gap.start() if gap else end
        name = _whose(words[at:until])
        if name and name[0].isupper() and not _GENERIC.fullmatch(name):
            if _NAME.fullmatch(name) and is_organisation(name):
                begin = words.index(name, at)
                listed.append((name, begin, begin + len(name)))
            else:
                has_people = True
        at = gap.end() if gap else end
    for name, begin, stop in listed:
        if not has_people or " " in name or name.isupper() or agency(name):
            yield name, begin, stop


def _whose(words: str) -> str:
    """Return a name of a list without the writers that it lends."""
    name = _OWN.sub("", words.strip())
    if writers := _WRITERS.match(name):
        name = writers["whose"]
    return name.removeprefix("the ").removeprefix("The ").strip(" .,")
