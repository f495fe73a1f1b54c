"""The start: first frame, first key answered and memory, over an empty Textual app on the same terminal."""

from __future__ import annotations

import os
import pty
import select
import statistics
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from benchmarks.measure import Result

ROUNDS = 9
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("readyframe", id="s")
    def on_key(self, event):
        self.query_one("#s").update("answered")
Empty().run()
"""


@dataclass(frozen=True)
class Start:
    """Seconds to the first frame and to the first answer, and peak memory in KiB."""

    frame: float
    answer: float
    memory: int


def measure(folder: Path) -> Iterator[Result]:
    """Yield the figures for the office in `folder`, its opening tab painted with today's lines."""
    ours = [sys.executable, "-m", "govoffice_tui", "--office", str(folder)]
    empty = [sys.executable, "-c", EMPTY]
    starts = [
        (_start(ours, "现在谁在用", b"\x1bOP", "本页的键"), _start(empty, "readyframe", b"x", "answered"))
        for _ in range(ROUNDS)
    ]
    for title, goal, figure in (
        ("首屏 / 空的 Textual 程序", "≤ 1.45", "frame"),
        ("首键有回应 / 空的 Textual 程序", "≤ 1.8", "answer"),
        ("首屏时内存 / 空的 Textual 程序", "≤ 1.40", "memory"),
    ):
        mine, base = (statistics.median(getattr(one, figure) for one in column) for column in zip(*starts, strict=True))
        unit = (
            f"{mine / 1024:.1f} MiB / {base / 1024:.1f} MiB"
            if figure == "memory"
            else f"{mine * 1000:.0f} ms / {base * 1000:.0f} ms"
        )
        yield Result(title, mine / base, goal, unit)


def _start(command: list[str], needle: str, key: bytes, reaction: str) -> Start:
    """Run a program on a terminal of its own until it has painted and answered one key."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    _read_until(terminal, needle)
    frame = time.perf_counter() - begun
    os.write(terminal, key)
    _read_until(terminal, reaction)
    answer = time.perf_counter() - begun
    memory = _peak_memory(child)
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(terminal)
    return Start(frame, answer, memory)


def _read_until(terminal: int, needle: str) -> None:
    wanted, seen = needle.encode(), b""
    deadline = time.perf_counter() + 20
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            seen += os.read(terminal, 65536)
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{needle} was never painted: {seen[-300:]!r}")


def _peak_memory(child: int) -> int:
    for line in Path(f"/proc/{child}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0
