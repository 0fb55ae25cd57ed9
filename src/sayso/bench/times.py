"""How well time expressions are found and resolved, on TimeBank and AQUAINT.

As in TempEval-3: an expression is found when the spans overlap (strict: are equal), one to one;
"value" asks for the right TIMEX3 value besides, "type" for the right type. "agrees" takes a value
for right, too, that says the same in other signs ("1968-XX" and "1968", "2000-W7" and "2000-W07",
"198" and "198X") or fills in what the gold left open: of the weeks of TimeBank, half are "1989-WXX"
where the week is plain from the day of publication. A length with X ("PXY") is not open.
The day in the header is given and not counted. Documents fall into three shares by a digest of
their name: "dev", whose errors were read while the rules were written, "checked", whose errors
were read once near the end, and "held out", of whose errors nobody has read more than a count
by the words of the expression.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sayso.extract.times import find_times
from sayso.records import Report, ReportId, Span, TimeExpression

Share = Literal["dev", "checked", "held out"]
HEADS = ("relaxed", "strict", "type", "value", "agrees")

_SETS = ("timebank", "aquaint")
_PIECE = re.compile(r"<(/?)(\w+)([^>]*)>|&(?:\w+|#\d+);|[^<&]+")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_HEADER = re.compile(r"<DCT>.*?</DCT>", re.DOTALL)
_VALUE = re.compile(r'value="(\d{4})-(\d\d)-(\d\d)')
_TEXT = re.compile(r"<TEXT>(.*)</TEXT>", re.DOTALL)
_OPEN_END = re.compile(r"(?:-?X+)+$")
_SHORT_WEEK = re.compile(r"-W(\d)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a set, with the time expressions that people marked."""

    set: str
    share: Share
    report: Report
    gold: tuple[TimeExpression, ...]


def measure(data_dir: Path) -> dict[str, float]:
    """Return F1 of finding, type and value, by share and by set."""
    tallies: dict[str, Counter[str]] = {}
    for document in read_documents(data_dir):
        tally = _tally(document.gold, find_times(document.report))
        for name in (document.share, f"{document.share}, {document.set}"):
            tallies.setdefault(name, Counter()).update(tally)
    return {
        f"{name} {what}": 2 * tally[what] / max(1, tally["gold"] + tally["found"])
        for name, tally in sorted(tallies.items())
        for what in HEADS
    }


def table(result: Mapping[str, float]) -> str:
    """Return the measures as a table."""
    names = sorted({name.rpartition(" ")[0] for name in result})
    lines = [f"{'times, F1':<22}" + "".join(f"{head:>9}" for head in HEADS)]
    lines += [
        f"{name:<22}" + "".join(f"{result[f'{name} {head}']:>9.3f}" for head in HEADS)
        for name in names
    ]
    return "\n".join(lines)


def read_documents(data_dir: Path) -> Iterator[Document]:
    """Yield the documents of both sets below `data_dir`."""
    for name in _SETS:
        with gzip.open(data_dir / "times" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield parse_timeml(name, record["id"], record["timeml"])


def parse_timeml(set_name: str, document_id: str, timeml: str) -> Document:
    """Make a document from its TimeML: the text without its marks, and what they mark."""
    header = _HEADER.search(timeml)
    day = _VALUE.search(header[0]) if header else None
    published = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC) if day else None
    body = _TEXT.search(timeml)
    pieces: list[str] = []
    gold: list[TimeExpression] = []
    opened: list[tuple[int, dict[str, str]]] = []
    length = 0
    for piece in _PIECE.finditer(body[1] if body else ""):
        closes, tag, attributes = piece[1], piece[2], piece[3]
        if tag is None:
            words = html.unescape(piece[0])
            pieces.append(words)
            length += len(words)
        elif tag == "TIMEX3" and not closes:
            opened.append((length, dict(_ATTRIBUTE.findall(attributes))))
        elif tag == "TIMEX3":
            start, marked = opened.pop()
            kind, value = marked["type"], marked.get("value", "")
            gold.append(TimeExpression(Span(start, length), kind, value))  # type: ignore[arg-type]
    report = Report(
        id=ReportId(document_id),
        key=document_id,
        text="".join(pieces),
        headline="",
        outlet=set_name,
        published=published,
    )
    return Document(set=set_name, share=_share(document_id), report=report, gold=tuple(gold))


def _share(document_id: str) -> Share:
    number = int(hashlib.sha256(document_id.encode()).hexdigest(), 16)
    if number % 2 == 0:
        return "dev"
    return "checked" if number // 8 % 4 == 0 else "held out"


def _tally(gold: tuple[TimeExpression, ...], found: tuple[TimeExpression, ...]) -> Counter[str]:
    """Count agreements; each expression found answers for one of the gold at most."""
    tally = Counter(gold=len(gold), found=len(found))
    free = set(range(len(found)))
    for wanted in gold:
        near = [place for place in free if found[place].span.meets(wanted.span)]
        if not near:
            continue
        best = max(near, key=lambda place: (_common(found[place].span, wanted.span), -place))
        free.discard(best)
        one = found[best]
        tally["relaxed"] += 1
        tally["strict"] += one.span == wanted.span
        tally["type"] += one.type == wanted.type
        tally["value"] += one.value == wanted.value
        tally["agrees"] += agrees(one.value, wanted.value)
    return tally


def agrees(value: str, gold: str) -> bool:
    """Whether `value` says what `gold` says, and more at most where `gold` leaves a place open."""
    if value == gold:
        return True
    if gold.startswith("P") or value.startswith("P"):  # lengths, PRESENT_REF, PAST_REF
        return False
    value, gold = _SHORT_WEEK.sub(r"-W0\1", value), _SHORT_WEEK.sub(r"-W0\1", gold)
    if _OPEN_END.sub("", value) == _OPEN_END.sub("", gold):
        return True
    return len(value) == len(gold) and all(
        there in (here, "X") for here, there in zip(value, gold, strict=True)
    )


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
