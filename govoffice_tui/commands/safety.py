"""Check the book, back it up, go back to a backup."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from govoffice_tui.commands.offices import open_here
from govoffice_tui.commands.usage import FINDING, FINE, ChineseParser, read_code, say


def prepare_verify(parser: ChineseParser) -> None:
    """Take the anchors to hold against the book."""
    parser.options.add_argument("--anchor", metavar="文件", type=Path, nargs="+", default=[], help="以前导出的表或备份")
    parser.options.add_argument("--code", metavar="号:码", type=read_code, help="印在纸上的核对码,如 123:7f3a91c2")
    parser.options.add_argument("--json", action="store_true", help="结果写成 JSON")


def verify(options: argparse.Namespace) -> int:
    """Check the whole book, and tell every finding."""
    from govoffice_tui.registers.office import Anchor, open_office
    from govoffice_tui.registers.verification import verify_office
    from govoffice_tui.reports import read_anchor

    with closing(open_office(options.office, options.clock, as_is=True)) as office:
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
        return say(f"共{len(report.findings)}处不一致。", FINDING)
    checked = f",{len(anchors)}个锚点一致" if anchors else ""
    print(f"一致:{report.lines}笔日志和全部登记都与写入时相同{checked}。核对码 {report.lines}-{report.code}")
    return FINE


def prepare_backup(parser: ChineseParser) -> None:
    """Take the folder."""
    parser.options.add_argument("folder", metavar="文件夹", nargs="?", type=Path, help="备份到哪里,默认 data/backups")


def backup(options: argparse.Namespace) -> int:
    """Take a verified backup."""
    from govoffice_tui.registers.backups import back_up

    with closing(open_here(options)) as office:
        done = back_up(office, options.folder, by=None)
        print(f"已备份并核验:{done.path}")
        if done.sentence:
            print(done.sentence)
        return FINE


def prepare_restore(parser: ChineseParser) -> None:
    """Take the backup."""
    parser.options.add_argument("file", metavar="备份文件", nargs="?", type=Path, help="要恢复的备份")
    parser.options.add_argument("--list", action="store_true", help="列出备份")


def restore(options: argparse.Namespace) -> int:
    """Go back to a backup, or list what there is."""
    from govoffice_tui.registers.backups import listed, restore_here, shown

    if options.list or options.file is None:
        print("\n".join(f"{shown(one)}  {one.path}" for one in listed(options.office)) or "没有备份。")
        return FINE
    for line in restore_here(options.office, options.file, options.clock):
        print(line)
    return FINE
