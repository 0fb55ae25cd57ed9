"""A briefing as a page: one file that holds its style and, to be verified, its own record.

Rule: reports are hostile. Everything is escaped, only http and https become links, nothing is
loaded from elsewhere, no script stands in the page and none is needed. The words are in the
templates; what they are made of is in `phrases`, where they stand in `layout`.

The page that `web` serves is the same but for its style sheet, which is linked, and for links
to what only a server has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sayso.brief.records import Briefing
from sayso.render import briefing_json, passage, phrases, plot
from sayso.render.compared import compared
from sayso.render.jsonl import to_line
from sayso.render.layout import by_origin, lay_out
from sayso.render.linked import linked
from sayso.render.packed import pack, seal

# In a script element a parser looks for "</script" and "<!--" only; all three marks go, so
# that nobody has to know that. The line separators end a line for some readers of JSON, and
# what JSON may carry but HTML may not goes too.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
# HTML closes these by itself; a page of two hundred lines has thousands of them.
_IMPLIED = re.compile(r"</(?:li|td|th|tr)>")
# A paragraph ends where what holds it ends, and where the next one begins.
_IMPLIED_P = re.compile(
    r"</p>(?=\s*(?:</(?:blockquote|div|section|article|header)>|<(?:p|div|ul)\b))"
)
_EMPTY_LINES = re.compile(r"\n{2,}")
# Quotation marks need no escape outside a tag, and a report has many of them.
_QUOTED = re.compile(r"(?<=>)[^<>]*&#3[49];[^<>]*(?=<)")
_COMMENTS = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENTS = re.compile(r"\n\s*")
_BREAKS = re.compile(r"[\s\x00-\x1f]")
_TOPIC = re.compile(r"(?:(?:speaker|outlet)/.{1,200}|[A-Za-z0-9._-]{1,100})", re.DOTALL)
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where a served page is: by it the page links to its style, its JSON and its search."""

    topic: str  # an edition's slug, a story's id, speaker/NAME or outlet/NAME
    prefix: str = ""  # the path that the desk is served under, without a slash at the end

    def __post_init__(self) -> None:
        if not _TOPIC.fullmatch(self.topic):
            raise ValueError(f"not a topic: {self.topic!r}")
        if not _PREFIX.fullmatch(self.prefix):
            raise ValueError(f"not the beginning of a path: {self.prefix!r}")

    @property
    def path(self) -> str:
        """Return where the page is; its other forms are this and an ending."""
        return self.prefix + path_of(self.topic)


def path_of(topic: str) -> str:
    """Return the path of a topic's page below the desk's own."""
    kind, _, name = topic.partition("/")
    if not name:
        return f"/b/{quote(kind)}"
    return f"/{kind}/{quote(name, safe='', errors='replace')}"


def render_page(briefing: Briefing, *, served: Served | None = None) -> str:
    """Return the page of `briefing`: a file of its own, or the page of a running desk."""
    record = pack(briefing_json.to_json(briefing))
    made = (
        environment()
        .get_template("page.html.j2")
        .render(
            briefing=briefing,
            layout=lay_out(briefing),
            served=served,
            style=None if served else Markup(_INDENTS.sub("\n", _COMMENTS.sub("", style()))),
            record=record,
            seal=seal(record),
            linked=embedded(to_line(linked(briefing))),
        )
    )
    # Only templates bring line breaks: in what was reported they are shown as spaces.
    closed = _IMPLIED_P.sub("", _IMPLIED.sub("", made))
    return _EMPTY_LINES.sub("\n", _QUOTED.sub(_unescaped, closed))


def _unescaped(found: re.Match[str]) -> str:
    return found[0].replace("&#34;", '"').replace("&#39;", "'")


def embedded(text: str) -> Markup:
    """Return JSON, fit to stand in a script element."""
    return Markup(_UNSAFE.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text))


@cache
def style() -> str:
    """Return the style sheet, the same for the file and for the desk."""
    return resources.files("sayso.render").joinpath("templates/style.css").read_text("utf-8")


@cache
def environment() -> Environment:
    """Return the templates' environment; the pages that `web` adds are rendered by it too."""
    made = Environment(
        loader=PackageLoader("sayso.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "phrases": phrases,
        "passage": passage.passage,
        "by_origin": by_origin,
        "differences": passage.differences,
        "compared": compared,
        "beginning": passage.beginning,
        "whole": passage.whole,
        "make_plot": plot.make_plot,
        "path_of": path_of,
    }
    made.filters["href"] = href
    return made


def href(url: str | None) -> str | None:
    """Return `url` if it is an absolute http or https address; None for anything else."""
    if not url:
        return None
    # Browsers drop spaces and control characters from addresses before they read the scheme.
    if _BREAKS.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _shown(thing: object) -> object:
    """Return what a template may print: markup as it is, text made visible."""
    if isinstance(thing, Markup):
        return thing
    return phrases.visible(thing) if isinstance(thing, str) else thing
