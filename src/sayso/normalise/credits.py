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

from sayso.normalise import dateline, forms
from sayso.normalise.agencies import agency, find_agencies
from sayso.normalise.conventions import DATED
from sayso.records import Credit, Part, Span

# The words that introduce names in a credit line; the names follow.
_LABELLED = re.compile(
    r"(?P<label>with (?:additional |further )?(?:reporting|material|information|contributions?"
    r"|files?|inputs?)(?: \w+)? (?:by|from)"
    r"|(?:additional |further )?(?:reporting|writing) (?:by|from)|based on (?:an? \w+|reporting"
    r"|reports?|\w+) (?:by|from)"
    r"|compiled from|(?:originally|first) (?:published|appeared|posted) (?:by|in|on|at)"
    r"|(?:material|information|files|text|copy) from"
    r"|(?:report|story|article|text|dispatch) (?:(?:is|was|comes|came) (?:\w+ed )?)?(?:by|from)"
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
_SHOUTED = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.&-]+(?: [A-ZÀ-Þ.&-]+){0,3}")
_AGENCY_WORD = re.compile(r" (?:AGENCY|PRESS|WIRE|NEWSWIRES?|SYNDICATE)$")
# "He told our sister paper the Lowbridge Courier that": a name of two words or more, since a
# lone one may begin anything.
_SISTER = re.compile(
    r"\b(?:told|(?:gave|said|spoke|speaking) (?:an interview )?to|(?:appeared|published) in"
    r"|reported by|revealed by) (?:our|the \w+[’']s?) sister"
    r" (?:paper|newspaper|title|publication|magazine|station|channel|site|website|outlet)"
    r",? (?:the )?"
    r"(?P<name>[A-ZÀ-Þ][\w’'&-]+(?: (?:(?:of|and|the|on) )?[A-ZÀ-Þ][\w’'&-]+){1,3})"
)
# "The envoy was called home, Halden Wire reports.": a sentence that ends in whom it is from.
_REPORTED = re.compile(
    r",[’”\"]? (?:according to a report (?:by|from) )?(?:the )?(?:[A-ZÀ-Þ]\w+[’']s )?"
    r"(?P<name>[A-ZÀ-Þ][\w’'&-]*(?: (?:(?:of|and|the) )?[A-ZÀ-Þ][\w’'&-]*){0,4})"
    r"(?: (?:news )?agency)? (?:has )?report(?:s|ed)(?: (?:on|late on|early on) [A-Z][a-z]+day)?\."
)
_LEAD = 2  # paragraphs of the body in which that says where the report has its news from
_MANY = 4  # words of a name in a byline that are a person's and an outlet's together
_BY = re.compile(r"(?:by|von|par|por)\s*:?\s+", re.I)
# "Pia Orm and Norvane": two people would have two names each.
_JOINED = re.compile(
    r"(?P<person>[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|van|von|de|der|la|bin|al)){1,3})"
    r" (?:and|with|und|et) (?P<name>[A-ZÀ-Þ][\w’'&-]{2,})$"
)
_OWN = re.compile(r"(?:['’]s\b|(?<=s)['’](?=\s)).*$", re.S)


def find_credits(text: str, parts: tuple[Part, ...], *, outlet: str = "") -> tuple[Credit, ...]:
    """Return the credits that the parts of a report give, each name once, in text order."""
    found: list[Credit] = []
    lead = [part for part in parts if part.kind == "body"][:_LEAD]
    for part in parts:
        words = text[part.span.start : part.span.end]
        if part.kind == "dateline":
            found += _of_any_dateline(words, part.span.start)
        elif part.kind == "credit":
            found += list(_of_line(words, part.span.start)) or _of_sign_off(text, part.span)
        elif part.kind == "body":
            found += _of_sister(words, part.span.start)
            if part in lead:
                found += _of_reported(words, part.span.start)
                found += _of_lead(words, part.span.start)
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
        # "Orla Gazette" is the outlet "The Orla Gazette (Online)", "HNA" the Halden News Agency.
        is_own = own.startswith(name) or name.startswith(own)
        is_own |= agency(credit.name) is None and credit.name == _initials(outlet)
        if not own or not is_own:
            named.setdefault(name, credit)
    return tuple(named.values())


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("the ") + " "


def _initials(name: str) -> str | None:
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isupper() and word != "The"]
    return "".join(word[0] for word in words) if len(words) > 1 else None


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


def _of_any_dateline(words: str, start: int) -> list[Credit]:
    listed = dateline.listed_agency(words)
    if listed is None:
        return list(_of_dateline(words, start))
    begin, end, _ = listed
    named = [
        (name, begin + here, begin + there) for name, here, there in find_agencies(words[begin:end])
    ]
    return [
        Credit(name, Span(start + here, start + there), "dateline") for name, here, there in named
    ]


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


def signs_off(text: str, span: Span) -> bool:
    """Return whether a last line in capitals names whom the report above it is from.

    An agency that nobody listed shows itself by its words ("HALDEN WIRE"), or is named in the
    report as agencies name themselves: "(Norvane)", "told Norvane", "a Norvane photographer".
    """
    name = text[span.start : span.end]
    if not _SHOUTED.fullmatch(name):
        return False
    if _GENERIC.fullmatch(name):
        return False
    return _AGENCY_WORD.search(name) is not None or _spelled(name, text[: span.start]) is not None


def _of_sign_off(text: str, span: Span) -> list[Credit]:
    if not signs_off(text, span):
        return []
    name = text[span.start : span.end]
    return [Credit(_spelled(name, text[: span.start]) or name, span, "signed at the end")]


def _spelled(name: str, story: str) -> str | None:
    """Return a shouted name as the report itself spells it where it names an agency."""
    words = re.escape(name)
    found = re.search(
        rf"[(/](?P<within>(?i:{words}))[)/]|\b(?:told|to) (?:the )?(?P<told>(?i:{words}))\b"
        rf"|\ba (?P<own>(?i:{words})) (?:photographer|reporter|correspondent|journalist|tally)",
        story,
    )
    return next((name for name in found.groups() if name), None) if found else None


def _of_sister(words: str, start: int) -> Iterator[Credit]:
    # What a sister told may be one remark in a report of one's own, so "with": part of it.
    for found in _SISTER.finditer(words):
        span = Span(start + found.start("name"), start + found.end("name"))
        yield Credit(found["name"], span, "with words given to a sister title")


def _of_reported(words: str, start: int) -> Iterator[Credit]:
    # The same words are a link of the chain of what was said; who was first is told by both.
    for found in _REPORTED.finditer(words):
        name = found["name"]
        if agency(name) is not None or (" " in name and _ORGANISATION.search(name)):
            span = Span(start + found.start("name"), start + found.end("name"))
            yield Credit(agency(name) or name, span, "with what it reported")


def _of_lead(words: str, start: int) -> Iterator[Credit]:
    for begin, end in forms.find_in_lead(words):
        for name, here, there in find_agencies(words[begin:end]):
            span = Span(start + begin + here, start + begin + there)
            yield Credit(name, span, "with what it reported")


def _of_byline(words: str, start: int) -> Iterator[Credit]:
    dated = DATED.match(words)
    begin, end = dated.span("names") if dated else (0, len(words))
    if named := _BY.match(words, begin, end):
        begin = named.end()
    known = [(name, here, there) for name, here, there in find_agencies(words)]
    leaning = forms.leaning(forms.without_names(words)) if known else None
    reason = f"byline, {leaning}" if leaning else "byline"
    # Behind a date stands the section as often as the outlet.
    listed = [] if dated and dated["before"] else _listed(words, begin, end)
    # On pages a person and her outlet may stand side by side: "Pia Orm Lowbridge Courier".
    unlisted = [one for one in listed if len(one[0].split()) < _MANY]
    for name, here, there in known or unlisted:
        # A lone unknown word after a name may be the town that it was written in.
        if known or " " in name or name.isupper() or words.strip().endswith("staff"):
            yield Credit(name, Span(start + here, start + there), reason)
    if not known and (joined := _JOINED.match(words, begin, end)):
        here, there = joined.span("name")
        if not is_organisation(joined["person"]) and not _GENERIC.fullmatch(joined["name"]):
            yield Credit(
                joined["name"],
                Span(start + here, start + there),
                "byline, together with the outlet's own reporter",
            )


def _reason(words: str) -> str:
    """Return the words of the line that say what kind of credit it is, as an editor would."""
    if trailing := _TRAILING.search(words):
        return words[trailing.end("names") : trailing.end()].strip() + " to this report"
    if labelled := _LABELLED.search(words):
        return labelled["label"].strip(" :")
    return forms.leaning(forms.without_names(words)) or "credit line"


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
