"""`govoffice import supervision`: the open matters of an older ledger, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SystemClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import open_office
from govoffice_tui.registers.staff import import_staff
from tests.factories import staff_lines

Run = Callable[..., tuple[int, str, str]]
BEGUN = SystemClock().now() // 86400
HEAD = "督办事项,责任单位,时限,交办时间,状态"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Import a ledger's lines into an office of eight people; return exit code, output and complaint."""
    office = found_office(tmp_path / "office", SystemClock(), {"office_name": "测试县"})
    import_staff(office, staff_lines(8), by=None)
    office.close()

    def running(lines: str, *words: str) -> tuple[int, str, str]:
        ledger = tmp_path / "台账.csv"
        ledger.write_text(f"{HEAD}\n{lines}\n", "utf-8")
        code = main(["import", "supervision", str(ledger), *words, "--office", str(tmp_path / "office")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def entered(folder: Path) -> int:
    office = open_office(folder / "office", SystemClock())
    count = int(office.fetch("SELECT count(*) FROM decisions")[0][0])
    office.close()
    return count


def test_a_ledger_is_looked_at_dry_then_entered_once_and_a_wrong_one_not_at_all(run: Run, tmp_path: Path) -> None:
    today = date.fromordinal(BEGUN + date(1970, 1, 1).toordinal())
    begun, due = today - timedelta(days=40), today + timedelta(days=40)
    good = f"修路,城关镇,{due},{begun},\n清淤,水利局,长期,{begun},\n旧事,水利局,{due},{begun},已办结"
    code, said, _ = run(good, "--dry-run")
    assert (code, entered(tmp_path)) == (0, 0)
    assert "已办结的1行不导入" in said
    assert "检查通过:没办完的2件,没有写入。" in said
    code, _, complaint = run(f"{good}\n修桥,交通局,,{begun},")
    assert (code, entered(tmp_path)) == (1, 0)
    assert "没有时限" in complaint
    assert run(good)[:2] == (0, said.replace("检查通过:没办完的2件,没有写入。", "已导入督办2件。"))
    assert "2件原已登记" in run(good)[1]
    assert entered(tmp_path) == 2
