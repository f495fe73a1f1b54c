"""值班来电呈阅单: one line of the duty book laid before a leader, with room for what is to be done."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day, chinese_time
from govoffice_tui.exporters.page import Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.duty.slips import CallSlip
from govoffice_tui.registers.duty.views import EntryLine

TITLE = "值班来电呈阅单"
COLUMNS = (28.0, 57.0, 28.0, 57.0)
LINE, TALL = 26.0, 110.0


@dataclass(frozen=True)
class _Pair:
    label: str
    value: str


def slip_pages(slip: CallSlip, made_at: datetime) -> list[Page]:
    """Return the one sheet of a line's slip."""
    line = slip.line
    details = line.details
    fax = joined([line.fax_words, details.grade, f"{details.pages}页" if details.pages else ""], " ")
    rows = [
        _row(_Pair("来电(文)单位", details.unit), _Pair("时间", _moment(line.happened_at))),
        _row(_Pair("姓名职务", details.caller), _Pair("电话", details.phone)),
        _row(
            _Pair("类别", joined([line.kind.label, fax], " ")),
            _Pair("缓急", line.urgency.label if line.urgency else ""),
        ),
        _wide("内容摘要", line.words, TALL),
        _wide("已办情况", _handled(line), 60),
        _wide("拟办意见", "", 70),
        _wide("领导批示", line.instruction, TALL),
        _wide("办理结果", line.result, 70),
        _row(_Pair("记录人", line.entered_by), _Pair("带班领导", slip.leader)),
    ]
    return [
        Page(
            sheet=TITLE,
            title=f"{slip.office_name}{TITLE}",
            subline=f"{slip.shift_words}    第{line.place}号    {slip.number}",
            columns=COLUMNS,
            header=(),
            blocks=tuple((row,) for row in rows),
            signatures=("呈报人:", "领导签字:"),
            running_foot=TITLE,
            made_foot=made_words(made_at),
        )
    ]


def slip_digest(slip: CallSlip) -> str:
    """Return the SHA-256 in hex of everything the slip shows."""
    line = slip.line
    shown = [
        slip.office_name,
        slip.shift_words,
        slip.number,
        slip.leader,
        line.words,
        repr(line.details),
        line.happened_at.isoformat(),
        line.kind.value,
        line.urgency.value if line.urgency else "",
        line.instruction,
        line.result,
        _handled(line),
        line.entered_by,
    ]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return f"{chinese_day(at.date())} {chinese_time(at.time())}"


def _handled(line: EntryLine) -> str:
    told = f"报{line.reported_to} {_moment(line.reported_at)}" if line.reported_to and line.reported_at else ""
    return joined([told, *(stage.told for stage in line.stages), line.handing.told if line.handing else ""], "\n")


def _row(left: _Pair, right: _Pair) -> Row:
    cells = (Cell(left.label, Look.HEAD), Cell(left.value), Cell(right.label, Look.HEAD), Cell(right.value))
    return Row(cells, LINE)


def _wide(label: str, value: str, height: float) -> Row:
    return Row((Cell(label, Look.HEAD), Cell(value, Look.TEXT, 3)), height)
