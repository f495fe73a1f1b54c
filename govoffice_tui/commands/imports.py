"""Bring in what the office has in files: people, holidays, phone book, matters in hand, machines, stock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from govoffice_tui.commands.exports import tell_packet
from govoffice_tui.commands.offices import open_here
from govoffice_tui.commands.usage import FINDING, FINE, USAGE, ChineseParser, add_operator, say

if TYPE_CHECKING:
    from govoffice_tui.registers.office import Office


def prepare_import(parser: ChineseParser) -> None:
    """Take the kind of file, the file, and who brings it in."""
    kinds = {
        "staff": "花名册",
        "holidays": "放假通知",
        "contacts": "单位通讯录",
        "supervision": "督办台账",
        "equipment": "设备清单",
        "supplies": "耗材库存清单",
    }
    listed = ",".join(f"{kind} {title}" for kind, title in kinds.items())
    parser.options.add_argument("what", metavar="种类", choices=tuple(kinds), help=listed)
    parser.options.add_argument("file", metavar="文件", type=Path, help=".xlsx .xls .ods .csv .txt,放假通知 .txt")
    parser.options.add_argument("--dry-run", action="store_true", help="只检查,不写入")
    parser.options.add_argument("--second", metavar="姓名或工号", help="放假通知的复核人,与经办人不是同一个人")
    add_operator(parser)


def import_file(options: argparse.Namespace) -> int:
    """Check a file and bring it in whole, or not at all."""
    from govoffice_tui.importers.reader import Unreadable

    with closing(open_here(options)) as office:
        try:
            return _IMPORTS[options.what](office, options)
        except Unreadable as error:
            return say(str(error), FINDING)


def _import_staff(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.staff import read_staff_list
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.registers.staff import import_staff, numbers_given

    read = read_staff_list(options.file)
    _tell(read.notices, read.problems)
    if read.problems:
        return say(f"有{len(read.problems)}处要改,一个人也没有导入。", FINDING)
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
        tell_packet(write_packet(office))
    except (Refused, StorageError) as error:
        say(f"空白应急表没有写成:{error}花名册已经导入,以后用 govoffice export --blank 再出。", FINE)


def _import_notice(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.holidays import read_notice
    from govoffice_tui.registers.holiday_notices import enter_notice, month_changes, propose, told
    from govoffice_tui.registers.operators import person_named

    notice = read_notice(options.file)
    _tell(notice.notices, notice.problems)
    if notice.problems:
        return say(f"有{len(notice.problems)}处要改,放假通知没有装入。", FINDING)
    days = propose(office, notice)
    for line in told(days, month_changes(office, days, notice)):
        print(line)
    if options.dry_run:
        print(f"检查通过:{notice.year}年放假通知,没有写入。")
        return FINE
    by, second = person_named(office, options.operator), person_named(office, options.second)
    if by is None or second is None:
        return say("装入放假通知要两个人:写明 --operator 经办人 --second 复核人。", USAGE)
    done = enter_notice(office, notice, second=second, by=by)
    print(f"已装入{notice.year}年放假通知。" if done.is_new else f"{notice.year}年放假通知原已装入,没有变化。")
    return FINE


def _import_contacts(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.contacts import read_contacts
    from govoffice_tui.registers.duty.contacts import import_contacts
    from govoffice_tui.registers.operators import person_named

    read = read_contacts(options.file)
    _tell(read.notices, read.problems)
    if read.problems:
        return say(f"有{len(read.problems)}处要改,一个也没有导入。", FINDING)
    if options.dry_run:
        print(f"检查通过:{len(read.lines)}行,没有写入。")
        return FINE
    done = import_contacts(office, read.lines, by=person_named(office, options.operator))
    print(f"已导入通讯录:新增{done.added},更新{done.changed},原有{done.already}。")
    return FINE


def _import_ledger(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.supervision import read_ledger
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.registers.supervision.importing import import_decisions

    read = read_ledger(options.file, office.now().date())
    _tell(read.notices, read.problems)
    if read.problems:
        return say(f"有{len(read.problems)}处要改,一件也没有导入。", FINDING)
    if options.dry_run:
        print(f"检查通过:没办完的{len(read.lines)}件,没有写入。")
        return FINE
    done = import_decisions(office, read.lines, by=person_named(office, options.operator))
    already = f",{done.already}件原已登记" if done.already else ""
    print(f"已导入督办{len(done.added)}件{already}。")
    return FINE


def _import_equipment(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.equipment import read_equipment
    from govoffice_tui.registers.equipment.importing import check_lines, import_equipment
    from govoffice_tui.registers.operators import person_named

    read = read_equipment(options.file)
    problems = [*read.problems, *check_lines(office, read.lines)]
    _tell(read.notices, problems)
    if problems:
        return say(f"有{len(problems)}处要改,一台也没有导入。", FINDING)
    if options.dry_run:
        print(f"检查通过:{len(read.lines)}台,没有写入。")
        return FINE
    done = import_equipment(office, read.lines, by=person_named(office, options.operator))
    already = f",{done.already}台原已有卡" if done.already else ""
    print(f"已导入{done.added}台设备{already}。")
    return FINE


def _import_supplies(office: Office, options: argparse.Namespace) -> int:
    from govoffice_tui.importers.supplies import read_stock_list
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.registers.supplies.slips import open_book

    read = read_stock_list(options.file)
    _tell(read.notices, read.problems)
    if read.problems:
        return say(f"有{len(read.problems)}处要改,一种也没有导入。", FINDING)
    if options.dry_run:
        print(f"检查通过:{len(read.lines)}种品目,没有写入。")
        return FINE
    by = person_named(office, options.operator)
    if by is None:
        return say("导入库存清单要写明 --operator 经办人。", USAGE)
    print(f"已导入期初 {open_book(office, read.lines, by=by).sentence}。")
    return FINE


_IMPORTS = {
    "staff": _import_staff,
    "holidays": _import_notice,
    "contacts": _import_contacts,
    "supervision": _import_ledger,
    "equipment": _import_equipment,
    "supplies": _import_supplies,
}


def _tell(notices: Sequence[object], problems: Sequence[object]) -> None:
    for notice in notices:
        print(notice)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
