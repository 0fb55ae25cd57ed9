"""What all tests share: the option that rewrites golden files."""

from __future__ import annotations

import hypothesis
import pytest

# A shared machine may pause a test for a second; that is no fault of what is tested.
hypothesis.settings.register_profile("sayso", deadline=None)
hypothesis.settings.load_profile("sayso")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write golden files and the reference anew"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Say whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--accept"))
