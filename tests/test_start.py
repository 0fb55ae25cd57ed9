"""Nothing heavy is loaded before it is needed: `sayso --help` answers at once."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "numpy",
    "onnxruntime",
    "trafilatura",
    "feedparser",
    "lxml",
    "starlette",
    "httpx2",
    "jinja2",
]


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from sayso.cli import make_parser\n"
        "make_parser().format_help()\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
