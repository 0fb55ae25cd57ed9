"""Invented reports that try to act on whoever shows them: tags, scripts, escapes, formulas."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.brief.records import Briefing, Dropped, FigureSeries, Reaction, Related
from sayso.records import Report, ReportId, Speaker
from tests.build_briefing import Newsroom, at, make_report, point

NASTY = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--",
    "--><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' style='position:fixed",
    "</style><b>",
    "]]>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;amp; &#0;",
    "\x1b[31mred\x1b]0;title\x07",
    "\x9b31m\x90",
    "\u202egnihtyna\u2066",
    "half a pair \ud83d of",
    "\x00\x08\x7f\r\u2028\u2029",
    "=HYPERLINK(A1)",
    "+1|cmd",
    "`code` *star* _under_ [link](javascript:alert(1)) | cell ~~gone~~ $x$",
    "# no heading",
    "1. no list",
    "- no list",
    "قال الوزير",
    "\t=tab",
    "a\nb",
)
"""What outlets do not print, and what somebody who has got at their feed would."""

ADDRESSES = (
    None,
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//nowhere.example/x",
    "file:///etc/passwd",
    "http://[broken",
    "https:",
    'https://quoted.example/"onclick="alert(1)',
    "https://angled.example/<script>?a=1&b=2",
    "https://fine.example/report",
)

TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=30),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map(" ".join),
)
"""Text of a report: any characters at all, often those that do harm."""


def hostile(
    *, outlet: str, headline: str, said: str, name: str, role: str, url: str | None
) -> tuple[Briefing, dict[ReportId, Report]]:
    """Return a briefing that shows each of these wherever a briefing can show it."""
    room = Newsroom(owners={outlet: name})
    report = room.report(
        make_report(outlet, headline, f"{said}, {role} {name} told {outlet} in {said}.",
                    published=at(2, 6), url=url)
    )  # fmt: skip
    other = room.report(
        make_report(outlet + " B", headline, f"{said} {role}", published=at(2, 7), url=url)
    )
    line = room.line(
        report, said, by=Speaker(name=name, role=role, inferred=True, reasons=(said,)),
        source=role, cue="told", to=outlet, channel=said, via=(name, outlet), fresh=True,
        copies=[(other, (said,))], struck=said, reasons=(said,), manner="indirect",
    )  # fmt: skip
    twin = room.line(
        other, role, by=None, source=said, state="disputed", disputes=(line.id,), manner="direct"
    )
    return room.briefing(
        title=headline,
        about=said,
        key=(line,),
        sections={name: (line, twin)},
        reactions=(Reaction(line=line.id, country="XX", body=name, place=outlet),),
        figures=(
            FigureSeries(
                counts=said, unit=role, disputed=True, reasons=(name,),
                points=(
                    point(report, said, by=name, day=None, low=3, high=3),
                    point(other, said, by=name, day=None, low=4, bound="at_least"),
                ),
            ),
        ),
        see_also=(Related(title=headline, url=url, reason=said),),
        dropped=(Dropped(outlet, said),),
    ), room.reports  # fmt: skip
