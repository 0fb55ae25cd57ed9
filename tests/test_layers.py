"""Who may import whom (docs/design/layers.md), read from the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "sayso"

LANGUAGE = {"records", "ids", "errors", "ports"}
VERBS = ["normalise", "extract", "trace", "thread", "brief", "render"]  # each may use those before
NOUNS = {"sources", "stores", "engines", "models", "publishers", "web"}
TOP = {"app", "cli", "commands", "bench", "config", "__main__"}
# What a verb may not touch: the clock, chance, disk, network, log, processes.
IMPURE = {
    "asyncio", "http", "httpx2", "logging", "multiprocessing", "random", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "uuid",
}  # fmt: skip


def may_import(importer: str, imported: str) -> bool:
    """Say whether the top-level part `importer` of sayso may import the part `imported`."""
    if importer == imported or imported == "":
        return True
    if importer in LANGUAGE:
        return imported in LANGUAGE
    if importer in VERBS:
        return imported in LANGUAGE or (
            imported in VERBS and VERBS.index(imported) < VERBS.index(importer)
        )
    if importer in NOUNS:
        return imported in LANGUAGE or imported in VERBS
    if importer == "pipeline":
        return imported in LANGUAGE or imported in VERBS
    if importer == "config":
        return imported in LANGUAGE
    return importer in TOP


def imports_of(source: str) -> set[str]:
    """Return every module that `source` imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layer they come from"
            module = node.module or ""
            if module == "sayso":
                found.update(f"sayso.{alias.name}" for alias in node.names)
            else:
                found.add(module)
    return found


def faults(part: str, source: str) -> list[str]:
    """Return what in `source`, which belongs to `part`, breaks the rule."""
    broken = []
    for module in sorted(imports_of(source)):
        root, _, rest = module.partition(".")
        if root == "sayso" and not may_import(part, rest.partition(".")[0]):
            broken.append(f"{part} imports {module}")
        if part in VERBS and root in IMPURE:
            broken.append(f"the verb {part} imports {module}")
    return broken


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_module_keeps_to_its_layer(path: Path) -> None:
    relative = path.relative_to(ROOT)
    part = relative.parts[0].removesuffix(".py")
    if part == "__init__":
        part = "records"  # the package itself may use no more than the shared language
    assert faults(part, path.read_text(encoding="utf-8")) == []


def test_every_part_of_the_package_has_a_layer() -> None:
    known = LANGUAGE | set(VERBS) | NOUNS | TOP | {"pipeline", "__init__"}
    parts = {path.stem for path in ROOT.iterdir() if path.name not in {"__pycache__", "py.typed"}}
    assert parts - known == set()


@pytest.mark.parametrize(
    "part, source",
    [
        pytest.param("records", "from sayso.extract import rules", id="language-uses-verb"),
        pytest.param("extract", "import sayso.trace.copies", id="verb-uses-later-verb"),
        pytest.param("brief", "from sayso.stores.sqlite import SqliteStore", id="verb-uses-noun"),
        pytest.param("stores", "from sayso import web", id="noun-uses-noun"),
        pytest.param("pipeline", "import sayso.stores", id="pipeline-knows-a-noun"),
        pytest.param("web", "from sayso.app import Desk", id="noun-uses-app"),
        pytest.param("trace", "def f():\n    import random", id="verb-takes-a-chance"),
    ],
)
def test_the_rule_bites(part: str, source: str) -> None:
    assert faults(part, source) != []


@pytest.mark.parametrize(
    "part, source",
    [
        pytest.param("trace", "from sayso.extract import rules", id="verb-uses-earlier-verb"),
        pytest.param("web", "from sayso.render.page import render_page", id="noun-uses-verb"),
        pytest.param("app", "from sayso.stores.sqlite import SqliteStore", id="app-wires-nouns"),
    ],
)
def test_the_rule_lets_the_rest_be(part: str, source: str) -> None:
    assert faults(part, source) == []
