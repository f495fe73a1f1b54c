"""`govoffice import holidays`: all or nothing, the difference first, and two people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SystemClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import open_office
from govoffice_tui.registers.staff import import_staff
from tests.factories import staff_lines
from tests.notices import TEXT_2027

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Import a notice's text into an office of eight people; return exit code, output and complaint."""
    office = found_office(tmp_path / "office", SystemClock(), {"office_name": "测试县"})
    import_staff(office, staff_lines(8), by=None)
    office.close()

    def running(text: str, *words: str) -> tuple[int, str, str]:
        notice = tmp_path / "通知.txt"
        notice.write_text(text, "utf-8")
        code = main(["import", "holidays", str(notice), *words, "--office", str(tmp_path / "office")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def entered(folder: Path) -> list[tuple[int, int, int, int]]:
    office = open_office(folder / "office", SystemClock())
    rows = office.fetch(
        "SELECT year, is_provisional, entered_by, checked_by FROM calendar WHERE source = 'notice' ORDER BY id"
    )
    office.close()
    return [tuple(row) for row in rows]


def test_a_notice_is_entered_by_two_people_with_its_difference_told(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(TEXT_2027, "--operator", "赵敏", "--second", "钱峰")
    assert code == 0
    assert "2027年1月 工作日20天 → 21天" in out
    assert "已装入2027年放假通知" in out
    assert entered(tmp_path) == [(2027, 0, 1, 2)]
    code, out, _ = run(TEXT_2027, "--operator", "钱峰", "--second", "赵敏")
    assert (code, "没有变化" in out) == (0, True)
    assert entered(tmp_path) == [(2027, 0, 1, 2)]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "要两个人"),
        (("--operator", "赵敏"), 2, "要两个人"),
        (("--operator", "赵敏", "--second", "赵敏"), 1, "不能是同一个人"),
        (("--operator", "王伟", "--second", "赵敏"), 1, "请写工号"),
        (("--operator", "赵敏", "--second", "没有人"), 1, "花名册里没有"),
    ],
)
def test_without_two_people_nothing_is_entered(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    ended, _, err = run(TEXT_2027, *words)
    assert (ended, told in err) == (code, True)
    assert entered(tmp_path) == []


def test_a_dry_run_tells_the_difference_and_enters_nothing(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(TEXT_2027, "--dry-run")
    assert (code, "2027年10月 工作日18天 → 17天" in out, "没有写入" in out) == (0, True, True)
    assert entered(tmp_path) == []


def test_every_problem_is_a_line_and_nothing_is_entered(run: Run, tmp_path: Path) -> None:
    wrong = TEXT_2027.replace("共7天", "共6天")
    code, out, err = run(wrong, "--operator", "赵敏", "--second", "钱峰")
    assert (code, err.count("写的是6天"), "有2处要改" in err, "工作日" in out) == (1, 2, True, False)
    assert entered(tmp_path) == []
