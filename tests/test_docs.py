"""The reference is made from the code where the code knows it, and says what is so.

`pytest --accept tests/test_docs.py` writes it anew.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from pathlib import Path

import pytest

from sayso.cli import make_parser
from sayso.commands.measuring import MEASURES
from sayso.config import PREFIX, Settings
from sayso.records import (
    AttributionId,
    Figure,
    FigureId,
    Findings,
    Lineage,
    Origin,
    Speaker,
    Story,
    StoryId,
    TimeExpression,
)
from sayso.render.jsonl import findings_object, lineage_object, origin_object, story_object
from tests import build

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"


def commands_reference(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "96")
    parser = make_parser()
    subcommands = next(
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    blocks = ["# Commands\n\nMade from `sayso --help`; do not edit.\n", _block("sayso", parser)]
    blocks += [_block(f"sayso {name}", one) for name, one in subcommands.choices.items()]
    return "\n".join(blocks)


def _block(title: str, parser: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```text\n{parser.format_help().strip()}\n```\n"


def settings_reference() -> str:
    rows = [
        f"| `{field.name}` | `{PREFIX}{field.name.upper()}` | `{field.default!r}` "
        f"| {field.metadata['help']} |"
        for field in dataclasses.fields(Settings)
    ]
    head = (
        "# Settings\n\nMade from the code; do not edit.\n"
        "A TOML file named by `--config` or `SAYSO_CONFIG` sets them, a variable goes over it, "
        "and `sayso settings` prints what is in force.\n\n"
        "| setting | variable | default | what it means |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def held_to(path: Path, made: str, *, accept: bool) -> None:
    if accept:
        path.write_text(made, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == made, f"{path.name} is stale: pytest --accept"


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="argparse lays out its help anew in each version"
)
def test_the_commands_are_documented_as_they_are(
    monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    held_to(REFERENCE / "commands.md", commands_reference(monkeypatch), accept=accept)


def test_the_settings_are_documented_as_they_are(accept: bool) -> None:
    held_to(REFERENCE / "settings.md", settings_reference(), accept=accept)


def test_every_measure_is_documented() -> None:
    text = (REFERENCE / "bench.md").read_text(encoding="utf-8")
    assert [name for name in MEASURES if f"`{name}`" not in text] == []


def test_every_field_of_the_json_is_documented() -> None:
    text = (REFERENCE / "json.md").read_text(encoding="utf-8")
    report = build.report("The dam holds, the mayor said.", headline="Dam holds")
    attribution = dataclasses.replace(
        build.said(
            report, "The dam holds", source="the mayor", cue="said", speaker=Speaker(name="A")
        )
    )
    figure = Figure(
        id=FigureId("f"), span=build.span(report, "dam"), low=1, high=1, bound="exactly",
        unit=None, counts="dams", as_of=None, attribution=AttributionId("a"),
    )  # fmt: skip
    found = Findings(
        report=report.id,
        attributions=(attribution,),
        figures=(figure,),
        times=(TimeExpression(build.span(report, "dam"), "DATE", "2025"),),
    )
    objects = [
        findings_object(report, found),
        lineage_object(report, Lineage(report=report.id)),
        origin_object(Origin(name="A", kind="outlet", reports=(report.id,))),
        story_object(Story(id=StoryId("s"), headline="", reports=(), first=None, last=None)),
    ]
    missing = [
        name for name in _names(objects) if f'"{name}"' not in text and f"`{name}`" not in text
    ]
    assert missing == []


def _names(thing: object) -> set[str]:
    if isinstance(thing, dict):
        return set(thing) | {name for value in thing.values() for name in _names(value)}
    if isinstance(thing, list):
        return {name for value in thing for name in _names(value)}
    return set()


LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


@pytest.mark.parametrize(
    "path",
    sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    ),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_link_in_the_documents_is_dead(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    dead = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert dead == []
