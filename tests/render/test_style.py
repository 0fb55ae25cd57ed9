"""The style sheet's colours, measured as WCAG 2.2 measures them."""

from __future__ import annotations

import re

import pytest

from sayso.render.page import style

LEAST_TEXT = 4.5
LEAST_MARKS = 3.0

PALETTES = dict(
    zip(
        ("light", "dark", "print"),
        (
            dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))
            for block in re.findall(r":root \{(.*?)\}", style(), re.DOTALL)
        ),
        strict=True,
    )
)


def luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_the_known_one() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("ink", ["ink", "quiet", "news"])
@pytest.mark.parametrize("palette", ["light", "dark", "print"])
def test_every_text_can_be_read_on_its_paper(palette: str, ink: str) -> None:
    colours = PALETTES[palette]
    assert contrast(colours[ink], colours["paper"]) >= LEAST_TEXT


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_what_is_new_differs_from_the_ink(palette: str) -> None:
    assert PALETTES[palette]["news"] != PALETTES[palette]["ink"]


def test_only_what_is_new_has_the_accent() -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style())
    users = {selector.strip() for selector, body in rules if "var(--news)" in body}
    assert users == {".news"}


def test_no_colour_stands_outside_the_palette() -> None:
    outside = re.sub(r":root \{.*?\}", "", style(), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", outside)


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert "url(" not in style()
    assert "@import" not in style()
    assert "@font-face" not in style()


def test_the_style_cannot_end_its_own_element() -> None:
    assert "</" not in style()
