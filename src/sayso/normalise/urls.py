"""One form for each address, so that the same page has the same key however it was linked.

Dropped: fragment, user and password, default port, tracking parameters, a last dot of
the host. Kept: every other parameter in its order, because it may choose the page.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\w*|link\w*|format|ptr\w*|bbc_\w+)|fbclid|gclid|dclid"
    r"|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|ocid|cmpid|cmp|ns_\w+|xtor|spm|smid|smtyp|ncid"
    r"|sr_share|guccounter|guce_\w+|_ga|_gl|ref_src|ref_url|wt\.\w+|icid|taid|cvid|s_cid|mkt_tok"
    r"|traffic_source|__twitter_impression|feature|soc_src|soc_trk|campaign_id|partner)",
    re.I,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str | None:
    """Return the one form of an http or https address; None for anything else."""
    parts = _split(url)
    if parts is None:
        return None
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name)
        ]
    )
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, _path(parts.path), query, ""))


def absolute(link: str | None, base: str | None) -> str | None:
    """Return `link` as an http or https address, read against `base`; None when it is none."""
    if not link or not (link := link.strip()):
        return None
    try:
        whole = urljoin(base, link) if base else link
    except ValueError:
        return None
    return whole if _split(whole) is not None else None


def host(url: str | None) -> str | None:
    """Return the host of an address without its "www."; None when it has none."""
    parts = _split(url) if url else None
    return parts.hostname.removeprefix("www.") if parts and parts.hostname else None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - raises ValueError for a port that is no number
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def _path(path: str) -> str:
    """Return `path` with its dot segments resolved (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/..", "/.")):
        kept.append("")
    return "/" + "/".join(kept)
