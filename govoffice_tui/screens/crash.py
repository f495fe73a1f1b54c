"""What is left of a crash: where it happened, and nothing of what anybody had written."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rich.console import RenderableType
from textual.app import App

from govoffice_tui.clock import Clock, local

T = TypeVar("T")


class QuietApp(App[T]):
    """A program whose end by an unforeseen error prints no contents: `last_words` is the sentence to print."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self.last_words = ""

    def panic(self, *renderables: RenderableType) -> None:
        """End after a failure of the terminal; what is given to print may hold what somebody typed."""
        self._break(RuntimeError())

    def _handle_exception(self, error: Exception) -> None:
        """End after an error nobody foresaw."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._break(error)

    def _break(self, error: Exception) -> None:
        self._return_code = 1
        if not self.last_words:
            self.last_words = leave_report(self.folder, error, local(self.clock.now()))
        self._close_messages_no_wait()


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
