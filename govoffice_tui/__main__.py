"""The command line: `govoffice` opens the app, every other command does one thing and says so in Chinese."""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from govoffice_tui.clock import SystemClock
from govoffice_tui.rules.periods import Span, span_of

if TYPE_CHECKING:
    from govoffice_tui.registers.office import Office
    from govoffice_tui.reports import Packet

FINE, FINDING, USAGE, CANNOT_OPEN, BUSY = 0, 1, 2, 3, 4


class ChineseFormatter(argparse.HelpFormatter):
    """Help whose fixed words are Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser that explains itself in Chinese and ends with exit code 2 on wrong usage."""

    def __init__(self, prog: str, description: str = "") -> None:
        super().__init__(prog=prog, description=description, add_help=False, formatter_class=ChineseFormatter)
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        wrong = re.search(r"unrecognized arguments: (.*)", message)
        value = re.search(r"argument (.*?): invalid .*?'(.*?)'", message)
        missing = re.search(r"are required: (.*)", message)
        if wrong:
            what = f"不认识“{wrong[1]}”"
        elif value:
            what = f"“{value[2]}”不能作为{value[1]}"
        else:
            what = f"还要写{missing[1]}" if missing else "命令用法不对"
        sys.stderr.write(f"{what}。{self.format_usage().strip()}\n看说明:{self.prog} --help\n")
        raise SystemExit(USAGE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 a finding or refusal, 2 usage, 3 cannot open, 4 busy."""
    os.umask(0o077)
    given = sys.argv[1:] if arguments is None else list(arguments)
    command = _take_command(given)
    parser = _parser(command)
    options = parser.parse_args(given)
    from govoffice_tui.registers.office import Busy, NoOffice, StorageError
    from govoffice_tui.rules.refusal import Refused

    try:
        return COMMANDS[command].run(options) if command else _open_app(options)
    except Busy as error:
        return _say(f"{error}", BUSY)
    except NoOffice as error:
        return _say(f"{error}先运行 govoffice init --name 单位名称,或直接运行 govoffice。", CANNOT_OPEN)
    except StorageError as error:
        return _say(f"{error}", CANNOT_OPEN)
    except Refused as refusal:
        return _say(f"{refusal}", FINDING)
    except KeyboardInterrupt:
        return _say("已中断,没有写到一半的登记,可以重新运行。", FINDING)


def _take_command(given: list[str]) -> str:
    """Take the command out of the arguments: the first word, or the first behind --office DIR."""
    place = 0
    while place < len(given) and given[place].startswith("--office"):
        place += 1 if "=" in given[place] else 2
    return given.pop(place) if place < len(given) and given[place] in COMMANDS else ""


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _parser(command: str) -> ChineseParser:
    if not command:
        parser = ChineseParser("govoffice", "县政府办公室行政股的登记簿与月报。不带命令时打开程序。")
        listing = "\n".join(f"  {word:<9}{one.help}" for word, one in COMMANDS.items())
        parser.formatter_class = _RawFormatter
        parser.epilog = f"命令:\n{listing}\n\n每个命令的说明:govoffice 命令 --help"
    else:
        parser = ChineseParser(f"govoffice {command}", COMMANDS[command].help)
        COMMANDS[command].prepare(parser)
    parser.options.add_argument(
        "--office", metavar="文件夹", type=Path, default=Path(), help="单位所在文件夹,默认当前文件夹"
    )
    return parser


class _RawFormatter(ChineseFormatter, argparse.RawDescriptionHelpFormatter):
    """The list of commands keeps its lines."""


def _open_app(options: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _say("这里不是终端,打不开程序界面。请在终端窗口里运行 govoffice。", USAGE)
    gc.disable()  # what a start makes lives as long as the program; the app collects again once it rests
    from govoffice_tui.app import run

    return run(options.office, SystemClock())


def _open(options: argparse.Namespace) -> Office:
    from govoffice_tui.registers.office import open_office

    return open_office(options.office, SystemClock(), tell=_tell_at_once)


def _tell_at_once(sentence: str) -> None:
    """Say what takes a while, beside the command's own output."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _prepare_init(parser: ChineseParser) -> None:
    parser.options.add_argument("--name", metavar="名称", required=True, help="单位名称,印在每张表上")


def _init(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.founding import found_office

    office = found_office(options.office, SystemClock(), {"office_name": options.name})
    print(f"已建{options.name}的登记库:{office.path}")
    office.close()
    return FINE


def _prepare_demo(parser: ChineseParser) -> None:
    parser.options.add_argument(
        "folder", metavar="文件夹", nargs="?", type=Path, default=Path("demo"), help="建在哪里,默认 demo"
    )
    parser.options.add_argument("--last-day", metavar="日期", type=_day, help="记到哪一天,默认昨天")
    parser.options.add_argument("--no-open", action="store_true", help="只建,不打开")


def _demo(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.demo.build import build_demo

    def told(done: int, total: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r正在建演示办公室 {done * 100 // total}%" + ("\n" if done + 1 == total else ""))

    try:
        build_demo(options.folder, options.last_day, SystemClock(), progress=told)
    except KeyboardInterrupt:
        return _say("\n已停下,什么也没有留下。", FINDING)
    print(f"已建演示办公室:{options.folder}")
    if options.no_open:
        return FINE
    options.office = options.folder
    return _open_app(options)


def _prepare_import(parser: ChineseParser) -> None:
    kinds = {"staff": "花名册", "holidays": "放假通知"}
    listed = ",".join(f"{kind} {title}" for kind, title in kinds.items())
    parser.options.add_argument("what", metavar="种类", choices=tuple(kinds), help=listed)
    parser.options.add_argument("file", metavar="文件", type=Path, help=".xlsx .xls .ods .csv .txt,放假通知 .txt")
    parser.options.add_argument("--dry-run", action="store_true", help="只检查,不写入")
    parser.options.add_argument("--second", metavar="姓名或工号", help="放假通知的复核人,与经办人不是同一个人")
    _add_operator(parser)


def _import(options: argparse.Namespace) -> int:
    from govoffice_tui.importers.reader import Unreadable

    with closing(_open(options)) as office:
        try:
            return _import_staff(office, options) if options.what == "staff" else _import_notice(office, options)
        except Unreadable as error:
            return _say(str(error), FINDING)


def _import_staff(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.staff import read_staff_list
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.registers.staff import import_staff, numbers_given

    read = read_staff_list(options.file)
    _tell(read.notices, read.problems)
    if read.problems:
        return _say(f"有{len(read.problems)}处要改,一个人也没有导入。", FINDING)
    if options.dry_run:
        print(f"检查通过:{len(read.lines)}人,没有写入。")
        return FINE
    is_first = not numbers_given(office)
    done = import_staff(office, read.lines, by=person_named(office, options.operator))
    already = f",{len(done.already)}人原已在册" if done.already else ""
    print(f"已导入{len(done.added)}人{already}。")
    if is_first and done.added:
        _prepare_for_the_dark(office)
    return FINE


def _prepare_for_the_dark(office: Office) -> None:
    """Write the first blank forms; an import stands whether they can be written or not."""
    from govoffice_tui.registers.office import StorageError
    from govoffice_tui.reports import write_packet
    from govoffice_tui.rules.refusal import Refused

    try:
        _tell_packet(write_packet(office))
    except (Refused, StorageError) as error:
        _say(f"空白应急表没有写成:{error}花名册已经导入,以后用 govoffice export --blank 再出。", FINE)


def _tell_packet(packet: Packet) -> None:
    print(f"空白应急表({'、'.join(packet.titles)}) {packet.path}")


def _import_notice(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.holidays import read_notice
    from govoffice_tui.registers.holiday_notices import enter_notice, month_changes, propose, told
    from govoffice_tui.registers.operators import person_named

    notice = read_notice(options.file)
    _tell(notice.notices, notice.problems)
    if notice.problems:
        return _say(f"有{len(notice.problems)}处要改,放假通知没有装入。", FINDING)
    days = propose(office, notice)
    for line in told(days, month_changes(office, days, notice)):
        print(line)
    if options.dry_run:
        print(f"检查通过:{notice.year}年放假通知,没有写入。")
        return FINE
    by, second = person_named(office, options.operator), person_named(office, options.second)
    if by is None or second is None:
        return _say("装入放假通知要两个人:写明 --operator 经办人 --second 复核人。", USAGE)
    done = enter_notice(office, notice, second=second, by=by)
    print(f"已装入{notice.year}年放假通知。" if done.is_new else f"{notice.year}年放假通知原已装入,没有变化。")
    return FINE


def _tell(notices: Sequence[object], problems: Sequence[object]) -> None:
    for notice in notices:
        print(notice)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")


def _prepare_export(parser: ChineseParser) -> None:
    periods = (
        "如 2026-10;只写年份(2026)出全年的表,写到日期(2026-10-12)出当天的表,"
        "写到时刻(2026-10-12T09:20)出当时的在岗情况表"
    )
    parser.options.add_argument("period", metavar="月份", nargs="?", type=_period, help=periods)
    parser.options.add_argument("registers", metavar="册", nargs="*", help="只出这些册,如 attendance;不写则全部")
    parser.options.add_argument(
        "--blank", action="store_true", help="出这一天的空白应急表(手工签字用),不写日期则为下一个工作日"
    )
    _add_operator(parser)


def _export(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.reports import write_forms, write_packet

    period = options.period
    if options.blank and period is not None and span_of(period) is not Span.DAY:
        return _say("空白应急表按天出,请写日期,如 govoffice export 2026-10-12 --blank。", USAGE)
    if period is None and not options.blank:
        return _say("还要写月份,如 govoffice export 2026-10。看说明:govoffice export --help", USAGE)
    with closing(_open(options)) as office:
        if options.blank:
            _tell_packet(write_packet(office, None if period is None else _day(period), options.registers))
            return FINE
        written = write_forms(office, period, options.registers, by=person_named(office, options.operator))
        for one in written:
            note = one.changes if one.is_new else "数字没变"
            print(f"{one.title}第{one.version}版 {one.path}" + (f"  {note}" if note else ""))
        return FINE


def _prepare_verify(parser: ChineseParser) -> None:
    parser.options.add_argument("--anchor", metavar="文件", type=Path, nargs="+", default=[], help="以前导出的表或备份")
    parser.options.add_argument("--code", metavar="号:码", type=_code, help="印在纸上的核对码,如 123:7f3a91c2")
    parser.options.add_argument("--json", action="store_true", help="结果写成 JSON")


def _verify(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.office import Anchor, open_office
    from govoffice_tui.registers.verification import verify_office
    from govoffice_tui.reports import read_anchor

    with closing(open_office(options.office, SystemClock(), as_is=True)) as office:
        anchors = [read_anchor(path) for path in options.anchor]
        if options.code:
            seq, code = options.code
            anchors.append(Anchor(seq, bytes.fromhex(code), f"核对码{seq}-{code}"))
        report = verify_office(office, anchors)
    if options.json:
        findings = [asdict(finding) for finding in report.findings]
        print(json.dumps({"lines": report.lines, "code": report.code, "findings": findings}, ensure_ascii=False))
        return FINDING if findings else FINE
    for finding in report.findings:
        print(finding)
    if report.findings:
        return _say(f"共{len(report.findings)}处不一致。", FINDING)
    checked = f",{len(anchors)}个锚点一致" if anchors else ""
    print(f"一致:{report.lines}笔日志和全部登记都与写入时相同{checked}。核对码 {report.lines}-{report.code}")
    return FINE


def _prepare_backup(parser: ChineseParser) -> None:
    parser.options.add_argument("folder", metavar="文件夹", nargs="?", type=Path, help="备份到哪里,默认 data/backups")


def _backup(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.backups import back_up

    with closing(_open(options)) as office:
        done = back_up(office, options.folder, by=None)
        print(f"已备份并核验:{done.path}")
        if done.sentence:
            print(done.sentence)
        return FINE


def _prepare_restore(parser: ChineseParser) -> None:
    parser.options.add_argument("file", metavar="备份文件", nargs="?", type=Path, help="要恢复的备份")
    parser.options.add_argument("--list", action="store_true", help="列出备份")


def _restore(options: argparse.Namespace) -> int:
    from govoffice_tui.registers.backups import listed, restore_here, shown

    if options.list or options.file is None:
        print("\n".join(f"{shown(one)}  {one.path}" for one in listed(options.office)) or "没有备份。")
        return FINE
    for line in restore_here(options.office, options.file, SystemClock()):
        print(line)
    return FINE


def _add_operator(parser: ChineseParser) -> None:
    parser.options.add_argument("--operator", metavar="姓名或工号", help="经办人,不写则记为系统")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _period(text: str) -> str:
    span_of(text)
    return text


def _code(text: str) -> tuple[int, str]:
    seq, code = re.split("[:：-]", text.replace(" ", ""))
    bytes.fromhex(code)
    return int(seq), code


class Command:
    """One command: what it is for, its options, and what it does."""

    def __init__(
        self,
        help_text: str,
        prepare: Callable[[ChineseParser], None],
        run: Callable[[argparse.Namespace], int],
    ) -> None:
        self.help = help_text
        self.prepare = prepare
        self.run = run


COMMANDS = {
    "init": Command("建一个单位的登记库", _prepare_init, _init),
    "demo": Command("建一个演示办公室并打开", _prepare_demo, _demo),
    "import": Command("导入花名册或放假通知", _prepare_import, _import),
    "export": Command("导出一个月(或一年、一天)的表,或空白应急表", _prepare_export, _export),
    "verify": Command("核对登记库有没有被改动", _prepare_verify, _verify),
    "backup": Command("备份登记库", _prepare_backup, _backup),
    "restore": Command("从备份恢复登记库", _prepare_restore, _restore),
}


if __name__ == "__main__":
    sys.exit(main())
