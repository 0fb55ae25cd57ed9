"""Records of every kind, with anything in them that a field may hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from sayso.ports import Raw
from sayso.records import (
    Development,
    Figure,
    Findings,
    Lineage,
    Outlet,
    Placement,
    Report,
    Span,
    Speaker,
)

# Halves of surrogate pairs too: JSON lines can carry them.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(
    lambda ends: Span(min(ends), max(ends))
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(timezones=st.just(UTC))

st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, NUMBERS)
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(Span, SPANS)

REPORTS: st.SearchStrategy[Report] = st.from_type(Report)

RECORDS: st.SearchStrategy[Any] = st.one_of(
    *(
        st.from_type(kind)
        for kind in (
            Development, Figure, Findings, Lineage, Outlet, Placement, Raw, Report, Speaker,
        )
    )
)  # fmt: skip
