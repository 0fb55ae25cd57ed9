"""Bytes to characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.normalise.decode import decode

TEXT = "Ines Tall’s “dam” – Łódź, Orléans, 3 °C"
RUSSIAN = "Плотина над городом останется закрытой до весны, сообщили в понедельник власти. " * 3


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        pytest.param(TEXT.encode(), None, TEXT, id="utf-8"),
        pytest.param(TEXT.encode(), "iso-8859-1", TEXT, id="utf-8 told to be latin-1"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), None, TEXT, id="byte order mark"),
        pytest.param(TEXT.encode("utf-16"), None, TEXT, id="utf-16"),
        pytest.param(TEXT.encode("utf-32"), "utf-8", TEXT, id="utf-32 told to be utf-8"),
        pytest.param(RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, id="told"),
        pytest.param(RUSSIAN.encode("cp1251"), None, RUSSIAN, id="guessed"),
        pytest.param(RUSSIAN.encode("cp1251"), "no-such-charset", RUSSIAN, id="told nonsense"),
        pytest.param("“Orléans”".encode("cp1252"), "iso-8859-1", "“Orléans”", id="latin-1"),
        pytest.param(
            b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r"),
            None,
            '<meta charset="koi8-r">' + RUSSIAN,
            id="declared in a page",
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN.encode("koi8-r"),
            None,
            '<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN,
            id="declared in a feed",
        ),
        pytest.param(RUSSIAN.encode()[:-3], None, RUSSIAN[:-3] + "\ufffd", id="cut off"),
        pytest.param(b"a\r\nb\rc\n", None, "a\r\nb\rc\n", id="line ends"),
        pytest.param(b"a\xe2\x80\xa8b\xc2\xa0c", None, "a\u2028b\u00a0c", id="odd spaces"),
    ],
)
def test_characters_come_out_as_they_were_written(
    body: bytes, charset: str | None, text: str
) -> None:
    assert decode(body, thing="x", charset=charset) == text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"\x89PNG\r\n\x1a\n....", "binary"),
        (b"%PDF-1.7\nsome text", "binary"),
        (b"PK\x03\x04....", "binary"),
        (b"some text\x00more", "binary"),
        (bytes(range(1, 256)) * 4, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=f"^dam.txt: .*{reason}"):
        decode(body, thing="dam.txt")


@given(
    st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "cp1251", "idna", "rot13"])
)
def test_no_bytes_break_the_decoder(body: bytes, charset: str | None) -> None:
    try:
        text = decode(body, thing="x", charset=charset)
    except InputError:
        return
    text.encode("utf-8")  # half a surrogate pair would raise
    assert "\x00" not in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_kept_exactly(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert decode(text.encode(), thing="x") == text
