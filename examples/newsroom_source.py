"""The invented newsroom as it was written: dispatches with their labels inside the words.

A file in `newsroom/dispatches/` holds dispatches one after another. Each begins with
`=== key`, then `name: value` lines, then `---`, then paragraphs with blank lines between.
A paragraph may begin with its kind (`>caption `, `>promo `, `>see `, `>credit ` ...).
`@other 1-3 5` takes those paragraphs of an earlier dispatch, labels and all; lines
`- old => new` under it change words, each found exactly once.

Labels stand in braces: `{1s@quartim Prime Minister Helena Quartim} {1c said} {1k it was late}`.
The number is the attribution within the dispatch, the letter the role:
s source, c cue, k content, a addressee, h channel, d day, v link of the chain, w its cue,
r the speaker's role, f a figure, b bold, i italic, l a hyperlink; x says that the report
names no source, y that no word is the cue. "{1c said} A and {2c warned} B" has one source,
marked at the first: an attribution without one takes that of the number before it.
`@key` names the speaker (or the figure's series), `#key` the statement, `!kind:key` what it
does to an earlier statement, `~word` a modality or a manner, `=03-04` a day.

Nothing here writes files or computes gold; that is in `newsroom_formats` and `newsroom_gold`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent / "newsroom"
SMALL = Path(__file__).parent.parent / "bench" / "rooms"
"""Smaller newsrooms on other matters, a folder for each, to check what was chosen on this one."""

TAG = re.compile(
    r"(?P<number>\d*)(?P<role>[a-z])(?:@(?P<who>[\w?-]+))?(?:\#(?P<statement>[\w-]+))?"
    r"(?:!(?P<does>[a-z]+(?::[\w-]+)?))?(?:~(?P<mode>[a-z]+))?(?:=(?P<day>\d\d-\d\d))?"
    r"(?P<figure>(?::[\w.-]*)*)"
)
KIND = re.compile(r">(standfirst|caption|promo|see|credit|correction|note|heading|byline) ")
KINDS = {"promo": "promotion", "see": "see-also"}
OPENING = re.compile(r"\{((?:[0-9]*[a-z][^\s{}]*?)(?:,[0-9]*[a-z][^\s{}]*?)*) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One label on a stretch of a paragraph."""

    home: str  # the dispatch in which it was written: numbers count within it
    number: str
    role: str
    who: str | None = None
    statement: str | None = None
    does: str | None = None
    mode: str | None = None
    day: str | None = None
    figure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A label and where it stands in its paragraph."""

    tag: Tag
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words as published, what kind of part they are, and the labels on them."""

    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    taken: str | None = None  # the dispatch that this paragraph was copied from


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An outlet as `outlets.toml` gives it."""

    key: str
    name: str
    domain: str
    language: str
    format: str
    country: str | None = None  # invented countries have no code
    owner: str | None = None
    quotes: str = "straight"
    agency: bool = False
    page: str | None = None  # the page template, for outlets that publish pages

    @property
    def folder(self) -> str:
        return self.domain.split(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One version of one dispatch, with everything that the labels say of it."""

    key: str
    house: House
    time: datetime
    story: str | None
    paragraphs: tuple[Paragraph, ...]  # the headline first
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def headline(self) -> str:
        return self.paragraphs[0].text

    @property
    def dated(self) -> str:
        """The time as printed; not always the time that is true, and "none" where there is none."""
        return self.fields.get("dated", self.fields["time"])

    @property
    def version_of(self) -> str | None:
        return self.fields.get("version")

    @property
    def slug(self) -> str:
        words = re.findall(r"[a-z0-9]+", self.headline.lower().replace("’", "").replace("'", ""))
        return self.fields.get("slug", "-".join(words[:8]))


def read_houses(room: Path = HERE) -> dict[str, House]:
    """Return the outlets by their key."""
    table = tomllib.loads((room / "outlets.toml").read_text("utf-8"))
    return {key: House(key=key, **row) for key, row in table.items()}


def read_dispatches(room: Path = HERE) -> dict[str, Dispatch]:
    """Return all dispatches by key, in the order in which they were published."""
    houses = read_houses(room)
    raws: dict[str, tuple[dict[str, str], list[str]]] = {}
    for file in sorted((room / "dispatches").glob("*.txt")):
        for key, fields, blocks in _split(file):
            if key in raws:
                raise ValueError(f"{file.name}: {key} stands there twice")
            raws[key] = (fields, blocks)
    found = []
    for key, (fields, blocks) in raws.items():
        house = houses[fields.get("outlet", key.split("-")[0])]
        paragraphs = [parse(key, ">headline " + fields["headline"])]
        paragraphs += _expand(key, blocks, raws)
        found.append(
            Dispatch(
                key=key,
                house=house,
                time=datetime.fromisoformat(fields["time"]),
                story=fields.get("story"),
                paragraphs=tuple(_in_house_style(p, house.quotes) for p in paragraphs),
                fields=fields,
            )
        )
    found.sort(key=lambda dispatch: (dispatch.time, dispatch.key))
    return {dispatch.key: dispatch for dispatch in found}


def day_of(dispatch: Dispatch, tag: Tag) -> str:
    """Return the day that a day label means; the label gives month and day where it must."""
    if tag.day:
        return f"{dispatch.time.year}-{tag.day}"
    return dispatch.time.date().isoformat()


def local_day(dispatch: Dispatch) -> str:
    """Return the day on which it was published, by the outlets' region's clock."""
    offset = dispatch.time.utcoffset() or timedelta()
    return (dispatch.time - offset + timedelta(hours=2)).strftime("%Y-%m-%d")


def parse(home: str, raw: str, taken: str | None = None) -> Paragraph:
    """Strip the labels off one paragraph and remember where they stood."""
    kind = "body"
    if raw.startswith(">headline "):
        kind, raw = "headline", raw[len(">headline ") :]
    elif head := KIND.match(raw):
        kind, raw = KINDS.get(head[1], head[1]), raw[head.end() :]
    raw = raw.replace("\\_", "\u00a0")
    text: list[str] = []
    length = 0
    open_marks: list[tuple[str, int]] = []
    marks: list[Mark] = []
    at = 0
    while at < len(raw):
        if raw[at] == "{":
            head = OPENING.match(raw, at)
            if head is None:
                raise ValueError(f"{home}: no label at {raw[at : at + 40]!r}")
            open_marks.append((head[1], length))
            at = head.end()
        elif raw[at] == "}":
            tags, start = open_marks.pop()
            marks += [Mark(_tag(home, tag), start, length) for tag in tags.split(",")]
            at += 1
        else:
            text.append(raw[at])
            length += 1
            at += 1
    if open_marks:
        raise ValueError(f"{home}: a label is left open in {raw[:60]!r}")
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Paragraph(kind=kind, text="".join(text), marks=tuple(marks), taken=taken)


def _tag(home: str, raw: str) -> Tag:
    found = TAG.fullmatch(raw)
    if found is None:
        raise ValueError(f"{home}: not a label: {raw!r}")
    return Tag(
        home=home,
        number=found["number"],
        role=found["role"],
        who=found["who"],
        statement=found["statement"],
        does=found["does"],
        mode=found["mode"],
        day=found["day"],
        figure=tuple(found["figure"].split(":")[1:]),
    )


def _split(file: Path) -> list[tuple[str, dict[str, str], list[str]]]:
    found = []
    for piece in re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = piece.partition("\n---\n")
        key, *lines = head.strip().splitlines()
        fields = dict(line.split(": ", 1) for line in lines)
        found.append((key.strip(), fields, re.split(r"\n\s*\n", body.strip())))
    return found


def _expand(
    key: str, blocks: list[str], raws: dict[str, tuple[dict[str, str], list[str]]]
) -> list[Paragraph]:
    found = []
    for block in blocks:
        if not block.startswith("@"):
            found.append(parse(key, " ".join(block.splitlines())))
            continue
        first, *changes = block.splitlines()
        other, *ranges = first[1:].split()
        if other not in raws:
            raise ValueError(f"{key}: takes from {other}, which is not there")
        whole = [p for p in raws[other][1] if not p.startswith("@")]
        chosen = [" ".join(whole[n - 1].splitlines()) for r in ranges for n in _numbers(r)]
        for change in changes:
            old, new = change.removeprefix("- ").split(" =>", 1)
            hits = [n for n, text in enumerate(chosen) if old in text]
            if len(hits) != 1 or chosen[hits[0]].count(old) != 1:
                raise ValueError(f"{key}: {old!r} stands {len(hits)} times in what it took")
            chosen[hits[0]] = chosen[hits[0]].replace(old, new.strip()).strip()
        found += [parse(other, text, taken=other) for text in chosen]
    return found


def _numbers(given: str) -> range:
    low, _, high = given.partition("-")
    return range(int(low), int(high or low) + 1)


def _in_house_style(paragraph: Paragraph, quotes: str) -> Paragraph:
    """Set quotation marks as the outlet does, one character for one, so that labels hold."""
    opening, closing = {
        "straight": ('"', '"'),
        "curly": ("“", "”"),
        "mixed": ("“", '"'),  # as content systems leave it that only know opening marks
        "guillemets": ("«", "»"),
    }[quotes]
    text, inside = [], False
    for character in paragraph.text:
        if character == '"':
            text.append(closing if inside else opening)
            inside = not inside
        elif character == "'" and quotes != "straight":
            text.append("’" if text and text[-1].strip() else "‘")
        else:
            text.append(character)
    return Paragraph(
        kind=paragraph.kind, text="".join(text), marks=paragraph.marks, taken=paragraph.taken
    )
