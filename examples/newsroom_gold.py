"""Gold of the invented newsroom: what a careful reader finds in it, from the labels in its words.

A place is `{"paragraph", "start", "end", "text"}`: characters of one paragraph of the report.
`places` finds the paragraphs again in a text as any reader laid it out, and `span` then turns
a place into characters of that text. For plain text files that is the file itself.

Rule: everything here is derived from the dispatches and `judgements.toml`; nothing is guessed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from newsroom_formats import files_of, url_of
from newsroom_source import HERE, Dispatch, Mark, Paragraph, day_of

Row = dict[str, Any]
Entry = tuple[int, Paragraph, Mark]  # the paragraph's number, the paragraph, a mark on it
Roles = defaultdict[str, list[Entry]]
GOLD = HERE / "gold"
WORDS = re.compile(r"[\w’'-]+")
DATELINE = re.compile(
    r"[A-Z]{3}[A-Z ]+(?:, [A-Z][a-z]+)*(?:, March \d)?(?: \([A-Z][A-Za-z ]+\))? (?:—|--) "
    r"|[A-Z]+, March \d\. /KTA/\. "
)
QUOTES = '"“”«»'
TITLES = re.compile(r"(?:Lieutenant-)?(?:\b(?:Mr|Ms|Mrs|Dr|Hon|Colonel|Col|Commander|Prof)\b\.?)")
BARE = re.compile(r"|[Tt]he|Father|\w\.|(?:of|at|in) .*")  # words beside a name that give no role


def read_gold(name: str) -> list[Row]:
    """Return the rows of one gold file, as `attributions` or `lineage`."""
    lines = (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def places(text: str, paragraphs: Sequence[Row]) -> list[int | None]:
    """Return where each gold paragraph starts in `text`; None where a reader left it out."""
    found: list[int | None] = []
    after = 0
    for paragraph in paragraphs:
        at = text.find(paragraph["text"], after)
        found.append(None if at < 0 else at)
        if at >= 0:
            after = at + len(paragraph["text"])
    return found


def span(place: Row, starts: Sequence[int | None]) -> tuple[int, int] | None:
    """Return the characters [start, end) of a gold place, given what `places` returned."""
    start = starts[place["paragraph"]]
    return None if start is None else (start + place["start"], start + place["end"])


def gold_of(dispatches: dict[str, Dispatch], room: Path = HERE) -> dict[str, list[Row]]:
    """Return every gold file's rows by the file's name."""
    cast = tomllib.loads((room / "cast.toml").read_text("utf-8"))
    judged = tomllib.loads((room / "judgements.toml").read_text("utf-8"))
    attributions: list[Row] = []
    figures: list[Row] = []
    for dispatch in dispatches.values():
        rows = _attributions(dispatch, cast)
        attributions += rows
        figures += _figures(dispatch, rows, judged["series"])
    order = {key: n for n, key in enumerate(judged["series"])}
    figures.sort(key=lambda row: order[row["series"]])  # stable: by time within a series
    statements = _statements(attributions)
    public = [{k: v for k, v in row.items() if not k.startswith("_")} for row in attributions]
    return {
        "reports": _reports(dispatches),
        "attributions": public,
        "figures": [{k: v for k, v in row.items() if not k.startswith("_")} for row in figures],
        "lineage": [_lineage(d, dispatches) for d in dispatches.values()],
        "owners": _owners(dispatches.values()),
        "stories": [
            {"report": d.key, "story": d.story, "outlet": d.house.name} for d in dispatches.values()
        ],
        "statements": statements,
        "developments": _developments(dispatches, attributions),
        "independence": _independence(judged["independence"], statements),
        "keylines": _keylines(judged["keylines"], statements, dispatches),
    }


def _reports(dispatches: dict[str, Dispatch]) -> list[Row]:
    file_of = {d.key: path for path, (_, held) in files_of(dispatches).items() for d in held}
    rows = []
    for dispatch in dispatches.values():
        paragraphs: list[Row] = []
        at = 0
        for paragraph in dispatch.paragraphs:
            row: Row = {"kind": paragraph.kind, "text": paragraph.text}
            if paragraph.kind == "body" and (dateline := DATELINE.match(paragraph.text)):
                row["dateline"] = dateline.end()
            if dispatch.house.format == "text":
                row["start"] = at
                at += len(paragraph.text) + 2
            paragraphs.append(row)
        told = dispatch.house.format != "text"
        named = dispatch.fields.get("credits", "").split(", ")
        first = dispatches[dispatch.version_of] if dispatch.version_of else dispatch
        rows.append(
            {
                "report": dispatch.key,
                "file": f"wire/{file_of[dispatch.key]}",
                "url": url_of(dispatch, dispatches) if told else None,
                "outlet": dispatch.house.name,
                "published": dispatch.time.isoformat(),
                "printed": None if first.dated == "none" else first.dated,
                "updated": dispatch.dated if dispatch.version_of else None,
                "doubts": _doubts(dispatch),
                "version_of": dispatch.version_of,
                "credits": [name for name in named if name and name not in _self(dispatch)],
                "paragraphs": paragraphs,
            }
        )
    return rows


def _self(dispatch: Dispatch) -> tuple[str, ...]:
    """Return the names by which an outlet calls itself: to name itself is no credit."""
    return (dispatch.house.name, dispatch.house.key.upper())


def _doubts(dispatch: Dispatch) -> list[str]:
    """Return what is wrong with the time as printed, in the words of `sayso.records.Doubt`."""
    if dispatch.dated == "none":
        return ["undated"]
    printed = datetime.fromisoformat(dispatch.dated)
    if printed.tzinfo is None:
        return ["zoneless"]
    return ["redated"] if printed != dispatch.time or "redated" in dispatch.fields else []


def _attributions(dispatch: Dispatch, cast: dict[str, list[str]]) -> list[Row]:
    held: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    roles: dict[str, str | None] = {}
    for n, paragraph in enumerate(dispatch.paragraphs):
        for mark in paragraph.marks:
            if mark.tag.role == "r" and mark.tag.who:
                roles.setdefault(mark.tag.who, paragraph.text[mark.start : mark.end])
            elif mark.tag.number:
                held[mark.tag.home, mark.tag.number].append((n, paragraph, mark))
    rows: list[Row] = []
    for (home, number), role in _by_role(held).items():
        if not role["k"]:  # the paragraph with what was said was not copied
            continue
        who = role["s"][0][2].tag.who if role["s"] else None
        if who and cast[who][1] == "person" and not roles.get(who):
            roles[who] = _role_in(role["s"][0][2], role["s"][0][1], cast[who])
        contents = [piece for entry in role["k"] for piece in _pieces(entry, role)]
        first = role["k"][0][2].tag
        modes = {entry[2].tag.mode for entry in role["c"]} - {None}
        rows.append(
            {
                "id": f"{dispatch.key}/{len(rows) + 1}",
                "report": dispatch.key,
                "source": _place(*role["s"][0]) if role["s"] else None,
                "cue": _place(*role["c"][0]) if role["c"] else None,
                "content": contents,
                "addressee": _place(*role["a"][0]) if role["a"] else None,
                "channel": _place(*role["h"][0]) if role["h"] else None,
                "manner": first.mode or manner_of([place["text"] for place in contents]),
                "modality": next(iter(modes), "asserted"),
                "speaker": _speaker(who, cast, roles) if who else None,
                "said_on": day_of(dispatch, role["d"][0][2].tag) if role["d"] else None,
                "via": [
                    {
                        "name": cast[str(entry[2].tag.who)][0],
                        "source": _place(*entry),
                        "cue": _place(*role["w"][i]) if i < len(role["w"]) else None,
                    }
                    for i, entry in enumerate(role["v"])
                ],
                "statement": next(
                    (entry[2].tag.statement for entry in role["k"] if entry[2].tag.statement),
                    f"{home}.{number}",
                ),
                "_does": next((e[2].tag.does for e in role["k"] if e[2].tag.does), None),
                "_number": (home, number),
            }
        )
    return rows


def _by_role(held: dict[tuple[str, str], list[Entry]]) -> dict[tuple[str, str], Roles]:
    """Sort marks by role; "said A and warned B" has one source, marked at A only."""
    found: dict[tuple[str, str], Roles] = {}
    for (home, number), marks in held.items():
        role: Roles = defaultdict(list)
        for entry in marks:
            role[entry[2].tag.role].append(entry)
        found[home, number] = role
    for (home, number), role in found.items():
        for missing, excuse in (("s", "x"), ("c", "y")):
            before = (home, str(int(number) - 1))
            while not role[missing] and not role[excuse] and before in found:
                here = [entry[0] for entry in role["k"]]
                role[missing] += [e for e in found[before][missing] if e[0] in here]
                before = (home, str(int(before[1]) - 1))
    return found


def faults(dispatches: dict[str, Dispatch], room: Path = HERE) -> list[str]:
    """Return what is amiss with the labels, in words for the one who wrote them."""
    cast = tomllib.loads((room / "cast.toml").read_text("utf-8"))
    found = []
    for dispatch in dispatches.values():
        held: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for n, paragraph in enumerate(dispatch.paragraphs):
            for mark in paragraph.marks:
                if mark.tag.who and mark.tag.role in "svr" and mark.tag.who not in cast:
                    found.append(f"{dispatch.key}: {mark.tag.who} is not in the cast")
                if mark.tag.number and mark.tag.role not in "rf":
                    held[mark.tag.home, mark.tag.number].append((n, paragraph, mark))
        for (home, number), role in _by_role(held).items():
            if home == dispatch.key and not role["k"]:
                found.append(f"{home}: attribution {number} has no content")
            if role["k"] and not role["c"] and not role["y"]:
                found.append(f"{dispatch.key}: attribution {number} of {home} has no cue")
            if role["k"] and not role["s"] and not role["x"]:
                found.append(f"{dispatch.key}: attribution {number} of {home} has no source")
            if role["s"] and not role["s"][0][2].tag.who:
                found.append(f"{home}: attribution {number} names no speaker")
            if len(role["s"]) > 1 or len({entry[0] for entry in role["k"]}) > 1:
                found.append(f"{home}: number {number} stands for two attributions")
    return found


def _role_in(mark: Mark, paragraph: Paragraph, person: list[str]) -> str | None:
    """Return the words beside the name that say in what role somebody speaks."""
    source = paragraph.text[mark.start : mark.end].replace("’", "'")
    first, *others = (name for name in (person[0], *person[3:]) if name)
    name = next((name for name in (first, *others, first.split()[-1]) if name in source), None)
    if name is None:
        return None
    before, after = source.split(name, 1)
    before = TITLES.sub("", before).strip(" ,")
    after = re.split(r",? (?:who|which|that|whose|speaking) |\d+", after)[0].strip(" ,")
    before, after = ("" if BARE.fullmatch(words) else words for words in (before, after))
    return before or after or None


def _pieces(content: Entry, role: Roles) -> list[Row]:
    """Cut "he said" out of the middle of what was said."""
    n, paragraph, mark = content
    inner = [
        entry[2]
        for letter in "scvw"
        for entry in role[letter]
        if entry[0] == n and mark.start < entry[2].start and entry[2].end < mark.end
    ]
    if not inner:
        return [_place(*content)]
    first, last = min(m.start for m in inner), max(m.end for m in inner)
    ends = [(mark.start, first), (last, mark.end)]
    found = []
    for start, end in ends:
        words = paragraph.text[start:end]
        start += len(words) - len(words.lstrip(" ,"))
        end -= len(words) - len(words.rstrip(" ,"))
        if words.strip(" ,."):
            found.append(_place(n, paragraph, Mark(mark.tag, start, end)))
    return found


def manner_of(pieces: Sequence[str]) -> str:
    """Return how words are given: quoted whole, told, or told with quoted words in them."""
    inside = outside = False
    for piece in pieces:
        quoted = False
        for character in piece:
            if character in QUOTES:
                quoted = not quoted
                inside = True
            elif character.isalnum():
                outside = outside or not quoted
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _speaker(who: str, cast: dict[str, list[str]], roles: dict[str, str | None]) -> Row:
    name, kind, land, *others = cast[who]
    return {
        "key": who,
        "name": name or None,
        "also": others,
        "role": roles.get(who),
        "country": land if len(land) == 2 else None,
        "land": land or None,
        "kind": kind,
    }


def _place(n: int, paragraph: Paragraph, mark: Mark) -> Row:
    words = paragraph.text[mark.start : mark.end]
    return {"paragraph": n, "start": mark.start, "end": mark.end, "text": words}


def _figures(dispatch: Dispatch, attributions: list[Row], series: Row) -> list[Row]:
    by_number = {row["_number"]: row for row in attributions}
    rows = []
    for n, paragraph in enumerate(dispatch.paragraphs):
        for mark in paragraph.marks:
            if mark.tag.role != "f":
                continue
            bound, *numbers = mark.tag.figure
            low, high = _range(bound, [float(number) for number in numbers])
            said = by_number.get((mark.tag.home, mark.tag.number))
            about = series[str(mark.tag.who)]
            rows.append(
                {
                    "series": mark.tag.who,
                    "report": dispatch.key,
                    "published": dispatch.time.isoformat(),
                    "place": _place(n, paragraph, mark),
                    "bound": bound,
                    "low": low,
                    "high": high,
                    "unit": about.get("unit"),
                    "counts": about["counts"],
                    "as_of": day_of(dispatch, mark.tag),
                    "attribution": said["id"] if said else None,
                    "by": said["speaker"]["name"] if said and said["speaker"] else None,
                }
            )
    return rows


def _range(bound: str, numbers: list[float]) -> tuple[float | None, float | None]:
    first, last = numbers[0], numbers[-1]
    if bound in ("at_least", "more_than"):
        return first, None
    if bound in ("at_most", "less_than"):
        return None, first
    return first, last


def _lineage(dispatch: Dispatch, dispatches: dict[str, Dispatch]) -> Row:
    other = dispatch.fields.get("from")
    origin = other
    while origin and "from" in dispatches[origin].fields:
        origin = dispatches[origin].fields["from"]
    words = sum(len(p.text) for p in dispatch.paragraphs)
    taken = sum(len(p.text) for p in dispatch.paragraphs if p.taken)
    how = dispatch.fields.get("how")
    return {
        "report": dispatch.key,
        "other": other,
        "origin": origin,
        "operations": how.split(", ") if how else [],
        "credited": bool(other) and "credits" in dispatch.fields,
        "origin_name": dispatches[origin].house.name if origin else None,
        "taken": round(taken / words, 2),
        "kept": _kept(dispatch, dispatches[other]) if other else None,
        "owner": dispatch.house.owner,
    }


def _kept(copy: Dispatch, other: Dispatch) -> float:
    """Return the share of the copy's words that stand in the other in runs of four or more."""
    here, there = (
        [w for p in d.paragraphs if p.kind == "body" for w in WORDS.findall(p.text.lower())]
        for d in (copy, other)
    )
    runs = {tuple(there[n : n + 4]) for n in range(len(there) - 3)}
    kept = {n + k for n in range(len(here) - 3) if tuple(here[n : n + 4]) in runs for k in range(4)}
    return round(len(kept) / len(here), 2)


def _owners(dispatches: Iterable[Dispatch]) -> list[Row]:
    houses = {d.house.key: d.house for d in dispatches}
    return [
        {"outlet": h.name, "domain": h.domain, "owner": h.owner, "agency": h.agency}
        for h in sorted(houses.values(), key=lambda house: house.name)
    ]


def _statements(attributions: list[Row]) -> list[Row]:
    """Group what is the same said by the same speaker.

    `echoes` are the same words told as another's, a state's for its spokesman's: an editor
    may join them or not, so neither is an error.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in attributions:
        groups[row["statement"]].append(row)
    found = []
    for key, rows in groups.items():
        whose = rows[0]["speaker"] and rows[0]["speaker"]["key"]
        same = [r["id"] for r in rows if (r["speaker"] and r["speaker"]["key"]) == whose]
        found.append(
            {
                "statement": key,
                "speaker": whose,
                "words": " … ".join(piece["text"] for piece in rows[0]["content"]),
                "first": rows[0]["report"],
                "attributions": same,
                "echoes": [row["id"] for row in rows if row["id"] not in same],
            }
        )
    return found


def _developments(dispatches: dict[str, Dispatch], attributions: list[Row]) -> list[Row]:
    rows: list[Row] = []
    seen: set[tuple[str | None, str]] = set()
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in attributions:
        by_report[row["report"]].append(row)
    does = {row["statement"]: row["_does"] for row in reversed(attributions) if row["_does"]}
    for dispatch in dispatches.values():
        for field, kind in (("corrects", "corrected"), ("withdraws", "withdrawn")):
            if field in dispatch.fields:
                rows.append(
                    {
                        "report": dispatch.key,
                        "kind": kind,
                        "statement": None,
                        "replaces": dispatch.fields[field],
                        "what": dispatch.fields["what"],
                    }
                )
        for row in by_report[dispatch.key]:
            statement = row["statement"]
            does_what = does.get(statement, "new")
            if does_what == "background" or row["modality"] != "asserted":
                continue
            kind, _, target = does_what.partition(":")
            if (dispatch.story, statement) in seen:
                kind, target = "repeated", ""
            seen.add((dispatch.story, statement))
            rows.append(
                {
                    "report": dispatch.key,
                    "kind": kind,
                    "statement": statement,
                    "replaces": target or None,
                    "what": " … ".join(piece["text"] for piece in row["content"]),
                    "attribution": row["id"],
                }
            )
    return rows


def _independence(judged: list[Row], statements: list[Row]) -> list[Row]:
    by_key = {row["statement"]: row for row in statements}
    return [
        {
            **row,
            "carriers": sorted({a.split("/")[0] for a in _told(by_key[row["statement"]])}),
        }
        for row in judged
    ]


def _told(statement: Row) -> list[str]:
    return [*statement["attributions"], *statement["echoes"]]


def _keylines(
    judged: list[Row], statements: list[Row], dispatches: dict[str, Dispatch]
) -> list[Row]:
    """Name the lines of each moment: the ten that lead (`rank`), then those that may stay."""
    by_key = {row["statement"]: row for row in statements}
    rows = []
    for moment in judged:
        ranked = [(key, rank) for rank, key in enumerate(moment["lines"], 1)]
        for key, rank in [*ranked, *((key, None) for key in moment["also"])]:
            first = dispatches[by_key[key]["first"]]
            if first.time > moment["at"]:
                raise ValueError(f"{key} was not yet known at {moment['at']}")
            rows.append(
                {
                    "at": moment["at"].isoformat(),
                    "rank": rank,
                    "statement": key,
                    "words": by_key[key]["words"],
                    "report": first.key,
                }
            )
    return rows


def as_lines(rows: list[Row]) -> str:
    """Return rows as the text of a JSON-lines file."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def words_in(text: str) -> int:
    """Return the number of words, for the lengths that dispatches keep to."""
    return len(WORDS.findall(text))
