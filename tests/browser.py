"""A real browser for the tests that need one; without it they are skipped, and say so.

Set SAYSO_CHROMIUM to the program where it is not found as `chromium`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

CHROMIUM = os.environ.get("SAYSO_CHROMIUM") or shutil.which("chromium")

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on the path; SAYSO_CHROMIUM names another one"
)

PATIENCE = 60_000
"""Milliseconds: the machine that runs the tests may be busy with something else."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; skip the test where it is there but does not start."""
    assert CHROMIUM is not None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=str(Path(CHROMIUM)), args=list(FLAGS), timeout=PATIENCE
            )
        except Error as error:
            pytest.skip(f"{CHROMIUM} does not start: {str(error).splitlines()[0]}")
        yield browser
        browser.close()
