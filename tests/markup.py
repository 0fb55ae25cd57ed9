"""Reads pages in tests."""

from __future__ import annotations

from typing import Any

import lxml.html


def parse(page: str) -> Any:
    """Return the tree of a page; what XPath gives back depends on the question."""
    return lxml.html.document_fromstring(page)
