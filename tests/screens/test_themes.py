"""Colours stay apart where a terminal has few of them."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from govoffice_tui.screens.themes import THEMES

ON_PAPER = ("foreground", "chosen", "late", "done", "due", "faint")


def colours(name: str) -> dict[str, str]:
    """Return the colours of a theme by their names in the style sheet."""
    theme = THEMES[name][1]
    return {
        **theme.variables,
        "foreground": theme.foreground or "",
        "paper": theme.background or "",
        "field": theme.surface or "",
    }


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in Color.parse(colour).get_truecolor()]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_paper_field_and_band(name: str) -> None:
    shown = colours(name)
    least = 7.0 if "contrast" in name else 4.5
    for ground in ("paper", "band", "field"):
        for ink in ON_PAPER:
            ratio = contrast(shown[ink], shown[ground])
            assert ratio >= least, f"{ink} on {ground}: {ratio:.1f}"
    for band in ("chosen", "late"):
        assert contrast(shown[f"on-{band}"], shown[band]) >= least


@pytest.mark.parametrize("system", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])
@pytest.mark.parametrize("name", THEMES)
def test_no_text_vanishes_where_a_terminal_has_256_or_16_colours(name: str, system: ColorSystem) -> None:
    shown = colours(name)
    pairs = [(ink, ground) for ink in ON_PAPER for ground in ("paper", "band", "field")]
    for ink, ground in [*pairs, ("on-chosen", "chosen"), ("on-late", "late")]:
        assert Color.parse(shown[ink]).downgrade(system) != Color.parse(shown[ground]).downgrade(system), (ink, ground)
