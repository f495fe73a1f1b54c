"""How the program looks: paper and ink, and a high-contrast pair beside them."""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, colours: dict[str, str]) -> Theme:
    """Return a theme from its few colours; every shade the widgets use is one of them."""
    paper, ink, band = colours["paper"], colours["ink"], colours["band"]
    return Theme(
        name=name,
        dark=dark,
        primary=colours["indigo"],
        secondary=colours["indigo"],
        accent=colours["indigo"],
        error=colours["cinnabar"],
        success=colours["bamboo"],
        warning=colours["gamboge"],
        foreground=ink,
        background=paper,
        surface=colours["field"],
        panel=band,
        boost=band,
        variables={
            "chosen": colours["indigo"],
            "on-chosen": colours["on"],
            "late": colours["cinnabar"],
            "on-late": colours["on"],
            "done": colours["bamboo"],
            "due": colours["gamboge"],
            "faint": colours["faint"],
            "band": band,
            "text": ink,
            "text-muted": colours["faint"],
            "text-disabled": colours["faint"],
            "block-cursor-foreground": colours["on"],
            "block-cursor-background": colours["indigo"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": ink,
            "block-cursor-blurred-background": band,
            "block-hover-background": band,
            "input-cursor-foreground": colours["on"],
            "input-cursor-background": colours["indigo"],
            "input-cursor-text-style": "none",
            "input-selection-background": colours["selection"],
            "input-selection-foreground": ink,
            "screen-selection-background": colours["selection"],
            "screen-selection-foreground": ink,
            "scrollbar": colours["thumb"],
            "scrollbar-hover": colours["indigo"],
            "scrollbar-active": colours["indigo"],
            "scrollbar-background": paper,
            "scrollbar-background-hover": band,
            "scrollbar-background-active": band,
            "scrollbar-corner-color": paper,
        },
    )


PAPER = _theme(
    "paper",
    dark=False,
    colours={
        "paper": "#F7F3E8",
        "ink": "#23272E",
        "band": "#E9E2D0",
        "field": "#FFFDF6",
        "faint": "#5E5D56",
        "thumb": "#BDB49C",
        "indigo": "#2B4B75",
        "cinnabar": "#AE2E29",
        "bamboo": "#3F6B47",
        "gamboge": "#8A5600",
        "on": "#FFFDF6",
        "selection": "#C9D5E3",
    },
)
INK = _theme(
    "ink",
    dark=True,
    colours={
        "paper": "#15171B",
        "ink": "#D8D4C8",
        "band": "#262A31",
        "field": "#1D2025",
        "faint": "#9A9B96",
        "thumb": "#4A5361",
        "indigo": "#8FB4DC",
        "cinnabar": "#E8796E",
        "bamboo": "#8CBF95",
        "gamboge": "#E0AE55",
        "on": "#15171B",
        "selection": "#35465A",
    },
)
PAPER_CONTRAST = _theme(
    "paper-contrast",
    dark=False,
    colours={
        "paper": "#FFFFFF",
        "ink": "#000000",
        "band": "#E8E8E8",
        "field": "#FFFFFF",
        "faint": "#3A3A3A",
        "thumb": "#6B6B6B",
        "indigo": "#00008B",
        "cinnabar": "#8B0000",
        "bamboo": "#005000",
        "gamboge": "#5F3A00",
        "on": "#FFFFFF",
        "selection": "#B8C8FF",
    },
)
INK_CONTRAST = _theme(
    "ink-contrast",
    dark=True,
    colours={
        "paper": "#000000",
        "ink": "#FFFFFF",
        "band": "#262626",
        "field": "#000000",
        "faint": "#D0D0D0",
        "thumb": "#A0A0A0",
        "indigo": "#87D7FF",
        "cinnabar": "#FFA0A0",
        "bamboo": "#87FF87",
        "gamboge": "#FFD75F",
        "on": "#000000",
        "selection": "#005F87",
    },
)

THEMES = {
    "paper": ("纸", PAPER),
    "ink": ("墨", INK),
    "paper-contrast": ("纸(高对比)", PAPER_CONTRAST),
    "ink-contrast": ("墨(高对比)", INK_CONTRAST),
}
"""What the reader calls each theme; the first is the one the program opens with."""
