"""Reads pages in tests."""

from __future__ import annotations

from typing import Any

import lxml.html


def parse(page: str) -> Any:
    """Return the tree of a page; what XPath gives back depends on the question."""
    return lxml.html.document_fromstring(page)


def cuts(tree: Any) -> list[tuple[str, int, int, str]]:
    """Return what a page says it cut from reports: which, from where, to where, and the words."""
    return [
        (
            each.xpath("string(ancestor-or-self::*[@data-report][1]/@data-report)"),
            int(each.get("data-at").partition("-")[0]),
            int(each.get("data-at").partition("-")[2]),
            each.text_content(),
        )
        for each in tree.xpath("//*[@data-at]")
    ]
