"""A step of the schema is written once: files that went through it are out there."""

from __future__ import annotations

import hashlib

from sayso.stores.sqlite.schema import STEPS

WRITTEN = ("4304c694",)
"""The digest of each step. A line is added with a new step; none is ever changed."""


def test_no_step_of_the_schema_was_edited_or_removed() -> None:
    digests = [hashlib.sha256("\0".join(step).encode()).hexdigest()[:8] for step in STEPS]
    assert tuple(digests) == WRITTEN
