"""Write forms to files."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from govoffice_tui.commands.offices import open_here
from govoffice_tui.commands.usage import FINE, USAGE, ChineseParser, add_operator, read_day, read_period, say
from govoffice_tui.rules.periods import Span, span_of

if TYPE_CHECKING:
    from govoffice_tui.reports import Packet


def prepare_export(parser: ChineseParser) -> None:
    """Take what the forms are of, which registers, and whether they are blank."""
    periods = (
        "如 2026-10;只写年份(2026)出全年的表,写到日期(2026-10-12)出当天的表,"
        "写到时刻(2026-10-12T09:20)出当时的在岗情况表"
    )
    parser.options.add_argument("period", metavar="月份", nargs="?", type=read_period, help=periods)
    parser.options.add_argument("registers", metavar="册", nargs="*", help="只出这些册,如 attendance;不写则全部")
    parser.options.add_argument(
        "--blank", action="store_true", help="出这一天的空白应急表(手工签字用),不写日期则为下一个工作日"
    )
    add_operator(parser)


def export(options: argparse.Namespace) -> int:
    """Write the forms of a period, or the blank ones of a day."""
    from govoffice_tui.registers.operators import person_named
    from govoffice_tui.reports import write_forms, write_packet

    period = options.period
    if options.blank and period is not None and span_of(period) is not Span.DAY:
        return say("空白应急表按天出,请写日期,如 govoffice export 2026-10-12 --blank。", USAGE)
    if period is None and not options.blank:
        return say("还要写月份,如 govoffice export 2026-10。看说明:govoffice export --help", USAGE)
    with closing(open_here(options)) as office:
        if options.blank:
            tell_packet(write_packet(office, None if period is None else read_day(period), options.registers))
            return FINE
        written = write_forms(office, period, options.registers, by=person_named(office, options.operator))
        for one in written:
            note = one.changes if one.is_new else "数字没变"
            print(f"{one.title}第{one.version}版 {one.path}" + (f"  {note}" if note else ""))
        return FINE


def tell_packet(packet: Packet) -> None:
    """Say which blank forms were written, and where."""
    print(f"空白应急表({'、'.join(packet.titles)}) {packet.path}")
