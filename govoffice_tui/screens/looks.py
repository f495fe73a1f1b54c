"""What this machine remembers of how the program looks: a small file beside the book, and no part of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from govoffice_tui.screens.themes import THEMES

LOOKS = "looks.json"


def remembered_theme(folder: Path) -> str:
    """Return the theme chosen last, empty where none was or the file tells of none the program has."""
    try:
        kept = json.loads((folder / "data" / LOOKS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    theme = kept.get("theme") if isinstance(kept, dict) else None
    return theme if isinstance(theme, str) and theme in THEMES else ""


def remember_theme(folder: Path, theme: str) -> bool:
    """Keep a theme for the next start; return whether the disk took it."""
    path = folder / "data" / LOOKS
    temporary = path.with_suffix(".new")
    try:
        descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"theme": theme}, file)
        temporary.replace(path)
    except OSError:
        return False
    return True
