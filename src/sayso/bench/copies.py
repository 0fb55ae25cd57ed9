"""Makes copies of given reports as newsrooms make them, so that the truth about them is known.

Rule: chance is an argument; the same reports and the same seed give the same copies.
Nothing here judges; `sayso.bench.lineage` measures how well the copies are found.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sayso.ids import make_id
from sayso.records import Credit, Report, ReportId

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Copy:
    """A made copy: what was done, from which reports, and what tells who was first."""

    report: Report
    operation: str
    origins: tuple[ReportId, ...]
    told_by: str  # "time", "credit", "nothing"


def make_copies(
    reports: Sequence[Report], chance: random.Random, *, outlets: Sequence[str]
) -> list[Copy]:
    """Return one copy of each operation of each of `reports`, printed by one of `outlets`.

    The first origin is the report; a second one lent paragraphs.
    """
    made = []
    for report in reports:
        for operation, change in OPERATIONS.items():
            other = chance.choice(reports)
            text = change(report, other, chance)
            mixed = operation in ("merged", "extended")
            origins = (report.id, other.id) if mixed else (report.id,)
            outlet = chance.choice([name for name in outlets if name != report.outlet])
            headline = report.headline if operation != "re-headlined" else _headline(text)
            copy = Report(
                id=ReportId(make_id("copy", operation, report.id, outlet)),
                key=f"{operation} of {report.key}",
                text=text,
                headline=headline,
                outlet=outlet,
                published=report.published,
                language=report.language,
            )
            told_by = chance.choice(("time", "time", "credit", "nothing"))
            made.append(Copy(_told(copy, report, told_by, chance), operation, origins, told_by))
    return made


def cut(report: Report, _other: Report, chance: random.Random) -> str:
    """Keep the beginning: between a quarter and three quarters."""
    paragraphs = _paragraphs(report)
    return "\n\n".join(paragraphs[: max(1, round(chance.uniform(0.25, 0.75) * len(paragraphs)))])


def extended(report: Report, other: Report, chance: random.Random) -> str:
    """Add paragraphs of somebody else's, at the end or in between."""
    paragraphs, own = _paragraphs(report), _paragraphs(other)
    for paragraph in own[: chance.randint(1, max(1, len(paragraphs) // 2))]:
        paragraphs.insert(chance.randint(1, len(paragraphs)), paragraph)
    return "\n\n".join(paragraphs)


def reordered(report: Report, _other: Report, chance: random.Random) -> str:
    """Move a third of the paragraphs."""
    paragraphs = _paragraphs(report)
    for _ in range(max(1, len(paragraphs) // 3)):
        moved = paragraphs.pop(chance.randrange(len(paragraphs)))
        paragraphs.insert(chance.randint(0, len(paragraphs)), moved)
    return "\n\n".join(paragraphs)


def re_headlined(report: Report, _other: Report, _chance: random.Random) -> str:
    """Leave the text but for its last paragraph; the headline is changed."""
    return "\n\n".join(_paragraphs(report)[:-1] or _paragraphs(report))


def rewritten(report: Report, other: Report, chance: random.Random) -> str:
    """Change 10 to 30 % of the words; drop one sentence in eight and move one in eight."""
    share = chance.uniform(0.10, 0.30)
    strangers = _WORD.findall(other.text) or ["reportedly"]
    sentences: list[str] = []
    for sentence in _SENTENCE.split(report.text):
        if chance.random() < 0.125:
            continue
        at = len(sentences)
        if chance.random() < 0.125:
            at = max(0, at - chance.randint(1, 5))
        sentences.insert(at, _reworded(sentence, share, strangers, chance))
    return " ".join(sentences)


def merged(report: Report, other: Report, _chance: random.Random) -> str:
    """Make one report of the first halves of two."""
    first, second = _paragraphs(report), _paragraphs(other)
    return "\n\n".join(first[: max(1, len(first) // 2)] + second[: max(1, len(second) // 2)])


OPERATIONS: dict[str, Callable[[Report, Report, random.Random], str]] = {
    "cut": cut,
    "extended": extended,
    "reordered": reordered,
    "re-headlined": re_headlined,
    "rewritten": rewritten,
    "merged": merged,
}


def share_quotation(
    one: Report, other: Report, words: str, chance: random.Random
) -> tuple[Report, Report]:
    """Return both reports with the same long quotation put in: no copy."""
    return tuple(  # type: ignore[return-value]
        _with_paragraph(report, f"{lead} “{words}”", chance)
        for report, lead in ((one, "The minister told reporters:"), (other, "In a speech he said,"))
    )


def share_boilerplate(reports: Sequence[Report], words: str, chance: random.Random) -> list[Report]:
    """Return the reports, of one outlet and many days, each with the same standing text."""
    return [
        replace(
            _with_paragraph(report, words, chance),
            outlet=reports[0].outlet,
            published=report.published and report.published + timedelta(days=9 * day),
        )
        for day, report in enumerate(reports)
    ]


def _with_paragraph(report: Report, words: str, chance: random.Random) -> Report:
    paragraphs = _paragraphs(report)
    paragraphs.insert(chance.randint(1, len(paragraphs)), words)
    text = "\n\n".join(paragraphs)
    return replace(report, id=ReportId(make_id("report", report.id, text)), text=text)


def _told(copy: Report, report: Report, told_by: str, chance: random.Random) -> Report:
    """Let time, credit or nothing tell that `copy` came after `report`."""
    if told_by == "time" and report.published:
        later = timedelta(minutes=chance.randint(5, 40 * 60))
        return replace(copy, published=report.published + later)
    if told_by == "credit":
        return replace(copy, credits=(Credit(report.outlet, None, "credit line"),), published=None)
    return replace(copy, published=None)


def _reworded(sentence: str, share: float, strangers: Sequence[str], chance: random.Random) -> str:
    """Swap, drop or add words until `share` of them are changed."""
    words = []
    for word in sentence.split():
        kind = chance.random()
        if kind >= share:
            words.append(word)
        elif kind < 0.6 * share:
            words.append(chance.choice(strangers))
        elif kind < 0.8 * share:
            words += [word, chance.choice(strangers)]
    return " ".join(words)


def _paragraphs(report: Report) -> list[str]:
    return [part for part in re.split(r"\n\s*\n|\n", report.text) if part.strip()] or [report.text]


def _headline(text: str) -> str:
    return " ".join(text.split()[2:9])
