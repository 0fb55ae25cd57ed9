"""HTML to paragraphs: the text that a reader sees, with what its tags say of it.

White space is collapsed as a browser does; every other character, the non-breaking
space among them, stays as published. Scripts, styles, forms and what is hidden are no
text. Nothing of the markup comes out, so nothing of it can run anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import lxml.etree
import lxml.html

from sayso.normalise.decode import printable
from sayso.records import PartKind

_NO_TEXT = frozenset(
    "script style noscript template svg math form button select option textarea iframe object"
    " embed canvas audio video map head title meta link input dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TWO_BREAKS = re.compile(r"\n\s*\n")
_LINE_SPACE = re.compile(r" ?\n ?")
_MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# What the class of a box says it is. A word must stand alone: "caption" but not "captioned".
_CLASSES: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    (
        "caption",
        re.compile(r"\b(?:wp-)?(?:fig|image|img|photo|media|picture)?-?_?captions?(?:-text)?\b"),
    ),
    (
        "see-also",
        re.compile(
            r"\b(?:related|see-also|read-(?:more|also)|also-read|more-on|recommended|seealso)"
            r"(?:-(?:stor(?:y|ies)|articles?|links?|content|posts?|box|news))?\b"
        ),
    ),
    (
        "promotion",
        re.compile(
            r"\b(?:promo(?:tion|box|s)?|newsletter(?:-(?:signup|box|form|promo))?"
            r"|advert(?:isement)?s?"
            r"|ad-(?:slot|container|wrapper|unit)|subscribe(?:-box)?|sponsored|signup|paywall)\b"
        ),
    ),
    ("byline", re.compile(r"\b(?:byline|article-author|author-name|post-author)s?\b")),
    ("correction", re.compile(r"\b(?:correction|clarification)s?\b")),
    ("note", re.compile(r"\b(?:editors?-note|disclaimer)s?\b")),
)
# These words say it of the innermost box alone, and of a line that can be what they say.
_AUTHOR = re.compile(r"(?:^|\s)(?:authors?|writers?|by-?line|by)(?:\s|$)")
_NAMES_FIRST = re.compile(
    r"(?:by:? )?(?!(?:the|this|share|print|e-?mail|copy|show|view|get|follow|read|posted|published"
    r"|updated|more|all|about|sign|log|save|listen|watch|comments?)\b)"
    r"(?-i:[A-ZÀ-Þ])[\w.’'-]+(?: (?-i:[A-ZÀ-Þ])[\w.’'-]*){1,3}"
    r"(?:,| and | with | [|·–-]|$)[^!?]{0,80}$",
    re.I,
)
_NOTE = re.compile(r"(?:^|\s)(?:ed(?:itorial|itors?)?-?)?notes?(?:\s|$)")
_LONGEST_NOTE = 400
_QUOTED = re.compile(r"[\"“”„«»]")
# Asked of the innermost box alone: the box around an article may be named after its standfirst.
_STANDFIRST = re.compile(
    r"\b(?:stand-?first|dek|deck|sub-?title|sub-?head(?:line)?|strapline|article-summary)\b"
)
_LONGEST_CLASS = 300
_DEEPEST = 12  # boxes around a line that are asked for their class


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as it stands in a page."""

    text: str
    tag: str  # of the innermost box
    hint: PartKind | None = None  # what its tags and classes say it is
    linked: int = 0  # characters that are a link


def parse_html(markup: str) -> lxml.html.HtmlElement | None:
    """Return the tree of `markup`; None when there is nothing in it."""
    # An XML declaration would make lxml distrust a string that is already decoded.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup, count=1)
    markup = markup.encode("utf-8", "replace").decode("utf-8")
    try:
        tree = lxml.html.document_fromstring(markup, parser=_parser())
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _parser() -> lxml.html.HTMLParser:
    # Comments must be gone before the extractor prunes the tree: it takes their tails with them.
    return lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)


def blocks_of(markup: str) -> list[Block]:
    """Return the paragraphs of a fragment of HTML, as feeds carry it."""
    if not _MARKED.search(markup):
        # Text that was never marked up: its own line breaks are all it has.
        lines = (_tidy(line) for line in re.split(r"\r?\n\s*\n|\r?\n", markup))
        return [Block(line, "p") for line in lines if line]
    tree = parse_html(f"<div>{markup}</div>")
    return [] if tree is None else list(walk(tree))


def line_of(markup: str) -> str:
    """Return a fragment of HTML as one line: a headline, a name."""
    if not _MARKED.search(markup):
        return _tidy(markup).strip()
    return " ".join(block.text.replace("\n", " ") for block in blocks_of(markup)).strip()


def walk(tree: lxml.html.HtmlElement) -> Iterator[Block]:
    """Yield the paragraphs of `tree` in the order in which they are read."""
    pieces: list[str] = []
    boxes: list[lxml.html.HtmlElement] = []
    skipping: object = None  # the element whose text is none
    links = linked = 0

    def flush() -> Iterator[Block]:
        nonlocal linked
        if pieces:
            words = "".join(pieces)
            pieces.clear()
            of_links, linked = linked, 0
            for line in _TWO_BREAKS.split(words):
                if text := _tidy_lines(line):
                    box = boxes[-1] if boxes else tree
                    yield Block(text, box.tag, _hint(boxes, text), of_links)
                    of_links = 0

    for event, node in lxml.etree.iterwalk(tree, events=("start", "end")):
        element = cast(lxml.html.HtmlElement, node)
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is not None:
                continue
            if tag in _NO_TEXT or _is_hidden(element):
                skipping = element
                continue
            if tag == "br":
                pieces.append("\n")
            elif tag == "a":
                links += 1
            elif tag in _BLOCKS:
                yield from flush()
                boxes.append(element)
            words = element.text or ""
        elif skipping is not None:
            is_over = skipping is element
            if not is_over:
                continue
            skipping = None
            words = element.tail or ""
        else:
            if tag == "a":
                links -= 1
            elif tag in _BLOCKS:
                yield from flush()
                boxes.pop()
            words = element.tail or ""
        if words:
            pieces.append(_SPACE.sub(" ", words))
            linked += len(pieces[-1]) if links else 0
    yield from flush()


def is_signature(text: str) -> bool:
    """Return whether a line in a box for authors is a name, and not what sites put beside it."""
    return _NAMES_FIRST.match(text) is not None and not _QUOTED.search(text)


def _hint(boxes: list[lxml.html.HtmlElement], text: str) -> PartKind | None:
    own = _classes(boxes[-1]) if boxes else ""
    if _STANDFIRST.search(own):
        return "standfirst"
    if _AUTHOR.search(own) and is_signature(text):
        return "byline"
    if len(text) <= _LONGEST_NOTE and _NOTE.search(own) and not _QUOTED.search(text):
        return "note"
    for box in reversed(boxes[-_DEEPEST:]):
        if box.tag == "figcaption":
            return "caption"
        if box.tag in _HEADINGS:
            return "heading"
        classes = _classes(box)
        if classes and box.tag not in ("body", "main", "article", "html"):
            for kind, pattern in _CLASSES:
                if pattern.search(classes):
                    return kind
    return None


def _classes(box: lxml.html.HtmlElement) -> str:
    # A hostile page may give a box a class of a megabyte, and every line in it would pay.
    return f"{box.get('class') or ''} {box.get('id') or ''}"[:_LONGEST_CLASS].lower()


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )


def _tidy(words: str) -> str:
    text = _SPACE.sub(" ", printable(words)).strip(" ")
    return text if text.strip() else ""  # separators that nobody sees are no paragraph


def _tidy_lines(words: str) -> str:
    lines = _LINE_SPACE.sub("\n", re.sub(r"[ \t\f\r]+", " ", printable(words)))
    text = lines.strip(" \n")
    return text if text.strip() else ""
