"""One form for each address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.urls import absolute, canonical, host


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Orla.Example/dam", "https://orla.example/dam"),
        ("HTTPS://orla.example:443/dam", "https://orla.example/dam"),
        ("http://orla.example:8080/dam", "http://orla.example:8080/dam"),
        ("https://orla.example", "https://orla.example/"),
        ("https://orla.example/dam#comments", "https://orla.example/dam"),
        ("https://pia:secret@orla.example/dam", "https://orla.example/dam"),
        (
            "https://orla.example/dam?utm_source=x&id=3&utm_medium=y",
            "https://orla.example/dam?id=3",
        ),
        ("https://orla.example/dam?fbclid=x", "https://orla.example/dam"),
        ("https://orla.example/dam?b=2&a=1&a=", "https://orla.example/dam?b=2&a=1&a="),
        ("https://orla.example/news/../dam/./x", "https://orla.example/dam/x"),
        ("https://orla.example/../../dam", "https://orla.example/dam"),
        ("https://orla.example/a/b/..", "https://orla.example/a/"),
        ("https://orla.example./dam", "https://orla.example/dam"),
        ("https://[2001:db8::1]/dam", "https://[2001:db8::1]/dam"),
        ("ftp://orla.example/dam", None),
        ("javascript:alert(1)", None),
        ("tag:orla.example,2025:3", None),
        ("https://", None),
        ("https://orla.example:no/", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_same_page_has_one_form(url: str, expected: str | None) -> None:
    assert canonical(url) == expected


@given(st.one_of(st.text(), st.text().map(lambda rest: "https://orla.example/" + rest)))
def test_the_one_form_is_its_own_form(url: str) -> None:
    once = canonical(url)
    assert once is None or canonical(once) == once


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/dam", "https://orla.example/feed", "https://orla.example/dam"),
        ("dam", "https://orla.example/news/feed", "https://orla.example/news/dam"),
        ("https://low.example/x", "https://orla.example/", "https://low.example/x"),
        ("javascript:alert(1)", "https://orla.example/", None),
        ("/dam", None, None),
        (None, "https://orla.example/", None),
        ("http://[broken", "https://orla.example/", None),
    ],
)
def test_links_are_read_against_their_page(
    link: str | None, base: str | None, expected: str | None
) -> None:
    assert absolute(link, base) == expected


def test_a_host_is_named_without_its_www() -> None:
    assert host("https://www.orla.example/dam") == "orla.example"
    assert host("dam.txt") is None
