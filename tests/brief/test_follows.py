from __future__ import annotations

import pytest

from sayso.brief.follows import Follow, parse_follows
from sayso.errors import ConfigError

FILE = b"""
[[follow]]
topic = "speaker/Ada Quill"
webhook = "https://hooks.example/one"

[[follow]]
search = "dam inquiry"
mail = "desk@paper.example"
"""


def test_a_file_says_who_is_told_of_what() -> None:
    assert parse_follows(FILE, name="f") == (
        Follow(topic="speaker/Ada Quill", webhook="https://hooks.example/one"),
        Follow(search="dam inquiry", mail="desk@paper.example"),
    )
    assert parse_follows(b"", name="f") == ()


@pytest.mark.parametrize(
    "body, named",
    [
        (b"[[follow", "not TOML"),
        (b"\xff", "not TOML"),
        (b"follow = 3", "write each follow"),
        (b"[[follows]]", "unknown: follows"),
        (b"[[follow]]\ntopic = 3", "every value is a text"),
        (b"[[follow]]\ntopik = 'x'\nmail = 'a@b'", "unknown: topik"),
        (b"[[follow]]\ntopic = 'x'", "either webhook or mail"),
        (b"[[follow]]\ntopic = 'x'\nsearch = 'y'\nmail = 'a@b'", "either topic or search"),
        (b"[[follow]]\ntopic = 'x'\nwebhook = 'file:///etc/passwd'", "no address of http"),
        (b"[[follow]]\ntopic = 'x'\nmail = 'a@b, c@d'", "mail is no address"),
        (FILE + FILE, "two follows are the same"),
    ],
)
def test_what_makes_no_sense_is_named(body: bytes, named: str) -> None:
    with pytest.raises(ConfigError, match=f"^f.*{named}"):
        parse_follows(body, name="f")
