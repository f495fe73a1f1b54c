"""The command line as a clerk meets it: what it does, what it says, and how it ends."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from govoffice_tui.__main__ import main
from govoffice_tui.clock import SetClock, SystemClock
from govoffice_tui.commands.catalog import COMMANDS
from govoffice_tui.registers.demo.build import build_demo
from govoffice_tui.registers.office import open_office
from govoffice_tui.storage.lock import OfficeLock

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "samples" / "花名册.xlsx"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on an office in a folder of its own; return exit code, output and complaint."""

    def running(*words: str) -> tuple[int, str, str]:
        try:
            code = main([*words, "--office", str(tmp_path / "office")])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


@pytest.fixture
def founded(run: Run) -> Run:
    assert run("init", "--name", "测试县人民政府办公室")[0] == 0
    assert run("import", "staff", str(SAMPLE))[0] == 0
    return run


def test_a_list_is_imported_once_and_its_people_are_left_as_they_are(founded: Run) -> None:
    code, out, _ = founded("import", "staff", str(SAMPLE), "--operator", "周小萍")
    assert (code, "0人" in out, "56人原已在册" in out) == (0, True, True)


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    run("init", "--name", "测试县")
    code, out, _ = run("import", "staff", str(SAMPLE), "--dry-run")
    assert (code, "56人" in out) == (0, True)
    office = open_office(tmp_path / "office", SystemClock())
    assert office.fetch("SELECT count(*) FROM staff") == [(0,)]
    office.close()


def test_a_list_with_problems_is_told_line_by_line_and_not_entered(run: Run, tmp_path: Path) -> None:
    run("init", "--name", "测试县")
    listed = tmp_path / "名单.csv"
    listed.write_text("姓名,股室,性别\n王伟,行政股,男\n,行政股,女\n李2,行政股,甲\n", "utf-8")
    code, _, err = run("import", "staff", str(listed))
    assert code == 1
    assert "第3行" in err
    assert "第4行" in err
    assert "一个人也没有导入" in err


@pytest.mark.parametrize("period", ["2026-13", "十月", "2026-10-32", "../..", "=1+1", "2026-10-12T25:00"])
def test_a_month_that_is_none_is_wrong_usage(founded: Run, period: str) -> None:
    code, _, err = founded("export", period)
    assert (code, "不能作为月份" in err) == (2, True)


def test_a_month_is_exported_and_its_anchor_verified(founded: Run, tmp_path: Path) -> None:
    office = open_office(tmp_path / "office", SystemClock())
    month = f"{office.now():%Y-%m}"
    office.close()
    code, out, _ = founded("export", month, "attendance")
    assert code == 0
    assert "第1版" in out
    book = tmp_path / "office" / "exports" / month / f"{month}_考勤月报表.xlsx"
    assert book.is_file()
    assert "数字没变" in founded("export", month)[1]
    assert founded("verify", "--anchor", str(book))[0] == 0


def test_the_first_list_leaves_a_blank_packet_and_the_next_none(run: Run, tmp_path: Path) -> None:
    run("init", "--name", "测试县")
    code, out, _ = run("import", "staff", str(SAMPLE))
    assert (code, "空白应急表(签到表、请假审批单、值班页" in out) == (0, True)
    (packet,) = (tmp_path / "office" / "exports").glob("*/*_空白应急表.xlsx")
    packet.unlink()
    assert "空白应急表" not in run("import", "staff", str(SAMPLE))[1]
    assert not packet.exists()


def test_an_import_stands_where_its_packet_cannot_be_written(run: Run, tmp_path: Path) -> None:
    run("init", "--name", "测试县")
    (tmp_path / "office" / "exports").write_text("a file where the folder should be")
    code, out, err = run("import", "staff", str(SAMPLE))
    assert (code, "已导入56人" in out) == (0, True)
    assert "空白应急表没有写成" in err


def test_blank_forms_are_written_for_a_day_and_for_no_month(founded: Run, tmp_path: Path) -> None:
    code, out, _ = founded("export", "2031-10-13", "attendance", "--blank")
    path = tmp_path / "office" / "exports" / "2031-10" / "2031-10-13_空白应急表.xlsx"
    assert (code, str(path) in out, path.is_file()) == (0, True, True)
    assert founded("export", "--blank")[0] == 0
    assert founded("export", "2031-10-12", "attendance", "--blank")[0] == 1
    assert founded("export", "2026-10", "--blank")[0] == 2
    code, _, err = founded("export")
    assert (code, "还要写月份" in err) == (2, True)


def test_a_year_is_exported_into_a_folder_of_its_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SetClock(datetime(2026, 10, 12, 7, 50))
    monkeypatch.setattr("govoffice_tui.__main__.SystemClock", lambda: clock)
    run("init", "--name", "测试县")
    run("import", "staff", str(SAMPLE))
    code, out, _ = run("export", "2026", "考勤")
    path = tmp_path / "office" / "exports" / "2026" / "2026_年度考勤汇总表.xlsx"
    assert (code, out.startswith("年度考勤汇总表第1版"), path.is_file()) == (1, False, False)
    clock.set(datetime(2026, 10, 12, 9, 20))
    code, out, _ = run("export", "2026", "考勤")
    assert (code, out.startswith("年度考勤汇总表第1版"), path.is_file()) == (0, True, True)
    code, _, err = run("export", "2012")
    assert (code, "2012年还没有考勤登记" in err) == (1, True)
    code, out, _ = run("export", "2026-10-12T09:20")
    assert (code, "2026-10-12_0920_在岗情况表.xlsx" in out) == (0, True)


def test_verify_finds_a_row_changed_from_outside_and_names_it(founded: Run, tmp_path: Path) -> None:
    assert founded("verify")[0] == 0
    connection = sqlite3.connect(tmp_path / "office" / "data" / "office.db")
    connection.execute("UPDATE staff_profiles SET name = '别人' WHERE id = 7")
    connection.commit()
    connection.close()
    code, out, err = founded("verify")
    assert (code, "人员情况第7行被改动" in out, "共1处" in err) == (1, True, True)
    code, out, _ = founded("verify", "--json")
    assert (code, [one["register"] for one in json.loads(out)["findings"]]) == (1, ["staff_profiles"])


def test_a_wrong_code_is_told_and_a_right_one_agrees(founded: Run) -> None:
    right = founded("verify")[1].split("核对码 ")[1].strip()
    assert founded("verify", "--code", right.replace("-", ":"))[0] == 0
    assert founded("verify", "--code", "3:00000000")[0] == 1
    assert founded("verify", "--code", "xyz")[0] == 2


def test_a_backup_is_made_listed_and_restored(founded: Run) -> None:
    code, out, _ = founded("backup")
    assert code == 0
    path = out.split(":", 1)[1].split("\n")[0].strip()
    assert path in founded("restore", "--list")[1]
    assert founded("restore", path)[0] == 0
    assert founded("verify")[0] == 0


def test_every_way_to_fail_has_its_exit_code_and_a_chinese_sentence(run: Run, tmp_path: Path) -> None:
    assert run("verify")[0] == 3
    assert run("init", "--name", " ")[0] == 1
    assert run("init", "--name", "测试县")[0] == 0
    assert run("init", "--name", "测试县")[0] == 3
    assert run("import", "staff", str(tmp_path / "没有.xlsx"))[0] == 1
    assert run("export", "2026-10", "frob")[0] == 1
    assert run("frob")[0] == 2
    lock = OfficeLock(tmp_path / "office")
    lock.hold_alone()
    code, _, err = run("verify")
    lock.release()
    assert (code, err) == (4, "另一窗口正开着。\n")


def test_an_operator_two_people_share_a_name_with_is_asked_for_by_number(founded: Run) -> None:
    code, _, err = founded("import", "staff", str(SAMPLE), "--operator", "王伟")
    assert code == 1
    assert "请写工号" in err
    assert "没有“王二小”" in founded("import", "staff", str(SAMPLE), "--operator", "王二小")[2]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(run: Run, command: str) -> None:
    code, out, _ = run(*([command] if command else []), "--help")
    assert code == 0
    words = [word for word in out.replace("/", " ").split() if word.isascii() and word.isalpha() and len(word) > 2]
    known = {"govoffice", *COMMANDS, "staff", "holidays", "attendance", "JSON", "data", "backups"}
    assert set(words) <= known


def test_without_a_terminal_the_app_says_so(run: Run) -> None:
    code, _, err = run()
    assert (code, "终端" in err) == (2, True)


def test_the_demo_is_the_same_for_the_same_last_day(tmp_path: Path) -> None:
    from datetime import date

    def figures(folder: Path) -> list[tuple[object, ...]]:
        build_demo(folder, date(2026, 10, 30), SystemClock(), months=1)
        office = open_office(folder, SystemClock())
        rows = office.fetch("SELECT event_day, half, staff_id, signed_at FROM sign_ins ORDER BY id")
        office.close()
        return rows

    assert figures(tmp_path / "one") == figures(tmp_path / "two")
