"""Killed in the middle of a long entry: what was typed is offered again, all but the last two seconds of it."""

from __future__ import annotations

import random
import shutil
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import pexpect
import pytest

from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.storage.form_drafts import Drafts, Subject
from govoffice_tui.storage.opening import open_office
from tests.factories import staff_lines
from tests.slow.typist import FORM, NOW

WAIT = 60
LOST_AT_MOST = 2.0
STORY = "".join(f"第{place:03}句," for place in range(333)) + "完毕"
CHUNK = 20
F5 = "\x1b[15~"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of eight people, to be copied for each round."""
    folder = tmp_path_factory.mktemp("template")
    office = found_office(folder, SetClock(datetime(2026, 10, 12, 7, 45)), {})
    import_staff(office, staff_lines(8), by=None)
    office.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "office")
    return tmp_path / "office"


class Terminal:
    """A window of the program with the form open."""

    def __init__(self, folder: Path, person: int = 3) -> None:
        command = ["-m", "tests.slow.typist", str(folder), str(person)]
        self.process = pexpect.spawn(
            sys.executable,
            command,
            dimensions=(30, 100),
            timeout=WAIT,
            cwd=str(Path(__file__).resolve().parents[2]),
            env={"TERM": "xterm", "PATH": "/usr/bin:/bin"},
        )
        self.see("登记经过")

    def see(self, words: str) -> None:
        self.process.expect(words.encode())

    def look(self, seconds: float = 0.02) -> None:
        """Take what the program paints for a moment."""
        self.process.expect([pexpect.TIMEOUT], timeout=seconds)

    def kill(self) -> None:
        self.process.kill(signal.SIGKILL)
        self.process.close(force=True)


def kept(folder: Path, person: int = 3) -> list[str]:
    """Return the texts on the disk, the newest first."""
    office = open_office(folder, SetClock(NOW))
    found = Drafts(folder).find(Subject(office.uuid, person, FORM), epoch(NOW))
    office.close()
    return [draft.answers["story"] for draft in found]


def test_two_thousand_characters_survive_a_kill_and_are_gone_on_with_by_the_same_person_only(folder: Path) -> None:
    assert len(STORY) == 2000
    terminal = Terminal(folder)
    terminal.process.send(STORY)
    deadline = time.monotonic() + WAIT
    while kept(folder) != [STORY]:
        terminal.look(0.1)
        assert time.monotonic() < deadline
    terminal.kill()
    assert kept(folder) == [STORY]
    other = Terminal(folder, person=4)
    other.look(0.5)
    assert "上次没有登记完".encode() not in (other.process.before or b"")
    other.kill()
    again = Terminal(folder)
    again.see("上次没有登记完")
    again.process.send(F5)
    again.see("已接着上次的写")
    again.process.send("\r")
    deadline = time.monotonic() + WAIT
    while kept(folder):
        again.look(0.1)
        assert time.monotonic() < deadline
    again.kill()


def test_what_is_on_the_disk_when_a_typing_hand_is_cut_off_is_where_it_had_got_to(folder: Path) -> None:
    """The disk is written while the keys go on, not only when they rest."""
    terminal, sent = Terminal(folder), 0
    while not kept(folder) and sent < len(STORY):
        terminal.process.send(STORY[sent : sent + 1])
        sent += 1
        terminal.look()
    terminal.kill()
    [text] = kept(folder)
    assert STORY[:sent].startswith(text)


def _kill_round(folder: Path, chance: random.Random) -> None:
    terminal, until = Terminal(folder), chance.uniform(3.0, 8.0)
    begun, sent, echoes = time.monotonic(), 0, [(0.0, 0)]
    while (passed := time.monotonic() - begun) < until and sent < len(STORY):
        terminal.process.send(STORY[sent : sent + CHUNK])
        sent += CHUNK
        terminal.see(STORY[sent - 9 : sent - 4])
        echoes.append((time.monotonic() - begun, sent - 4))
        terminal.look(chance.uniform(0.05, 0.2))
    terminal.kill()
    killed = max(passed, time.monotonic() - begun)
    texts = kept(folder)
    least = max(count for at, count in echoes if at <= killed - LOST_AT_MOST)
    assert STORY.startswith(texts[0] if texts else "")
    assert len(texts[0] if texts else "") >= least


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_kill_at_any_moment_loses_at_most_two_seconds(folder: Path, seed: int) -> None:
    _kill_round(folder, random.Random(seed))
