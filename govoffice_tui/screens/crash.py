"""What is left of a crash: where it happened, and nothing of what anybody had written."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path


def describe(error: BaseException) -> str:
    """Return the kinds of an error and of those behind it with their frames: file, line, function, no values."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        parts.append(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame, line in traceback.walk_tb(current.__traceback__):
            code = frame.f_code
            parts.append(f"  {'/'.join(Path(code.co_filename).parts[-3:])}:{line} {code.co_qualname}")
        hidden = current.__context__ if not current.__suppress_context__ else None
        current = current.__cause__ or getattr(current, "error", None) or hidden
    return "\n".join(parts) + "\n"


def leave_report(folder: Path, error: BaseException, now: datetime) -> str:
    """Leave the report in the office's `data` folder; return the sentence for whoever sat at the keyboard."""
    path = folder / "data" / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    sentence = "程序出错,已退出。已登记的内容都在登记库里。"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as report:
            report.write(describe(error))
    except OSError:
        return sentence
    return f"{sentence}出错位置记在 {path},不含登记内容,可交给维护人员。"
