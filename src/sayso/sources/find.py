"""From a site's address to its feed, in as few requests as a person would need.

The address may be the feed's own; else its page says where the feed is; else the usual places
are tried. A page is read only if robots.txt allows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urljoin

from sayso.errors import InputError, SourceError
from sayso.normalise.alternates import USUAL_PLACES, find_alternates
from sayso.normalise.decode import decode
from sayso.ports import Raw
from sayso.sources.http import HttpSource, Refused, is_feed_like

MOST_NAMED = 10

GAP_SECONDS = 0.5
"""Between two questions: somebody waits for the answer, and there are few of them."""


def find_feed(source: HttpSource, site: str, *, is_feed: Callable[[Raw], bool]) -> str:
    """Return the address of the feed of `site`. Raise SourceError where none can be found."""
    answer = source.get(site) if is_feed_like(site) else source.page(site)
    if answer.raw is None:
        raise SourceError(site, "answered nothing")
    if is_feed(answer.raw):
        return answer.moved_to or site
    here = answer.raw.url or site
    try:
        page = decode(answer.raw.body, thing=site, charset=answer.raw.charset)
    except InputError as error:
        raise SourceError(site, error.reason) from error
    named = [one.url for one in find_alternates(page, base=here)][:MOST_NAMED]
    for url in [*named, *(urljoin(here, place) for place in USUAL_PLACES)]:
        time.sleep(GAP_SECONDS)
        try:
            found = source.get(url)
        except Refused as error:
            if error.status in (429, 503):
                raise SourceError(site, f"asks to be left alone: {error.reason}") from error
            continue
        except SourceError:
            continue
        if found.raw is not None and is_feed(found.raw):
            return found.moved_to or url
    raise SourceError(site, "no feed was found: its page names none, and none is where they use to")
