"""What holds for all tests of the web."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_page_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no page count as slow to make, however busy the machine that runs the tests is."""
    monkeypatch.setattr("sayso.web.press.SLOW_SECONDS", float("inf"))
