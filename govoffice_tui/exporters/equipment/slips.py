"""设备报修单 and 设备借用单: one matter with its places to sign, or blank."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day, chinese_time
from govoffice_tui.exporters.page import Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.equipment.papers import LoanSlip, RepairSlip
from govoffice_tui.registers.equipment.views import Machine

REPAIR_TITLE, LOAN_TITLE = "设备报修单", "设备借用单"
COLUMNS = (28.0, 57.0, 28.0, 57.0)
LINE, TALL, SIGNED = 26.0, 56.0, 44.0
SIGNING = "签字:________  ____年__月__日"


@dataclass(frozen=True)
class _Pair:
    label: str
    value: str


def repair_pages(slip: RepairSlip, made_at: datetime, sheet: str = REPAIR_TITLE) -> list[Page]:
    """Return the one sheet of a 报修单."""
    number = slip.line.number if slip.line else "修〔    〕    号"
    return [_page(slip.office_name, REPAIR_TITLE, number, _repair_rows(slip), made_at, sheet)]


def loan_pages(slip: LoanSlip, made_at: datetime, sheet: str = LOAN_TITLE) -> list[Page]:
    """Return the one sheet of a 借用单."""
    number = slip.line.number if slip.line else "借〔    〕    号"
    return [_page(slip.office_name, LOAN_TITLE, number, _loan_rows(slip), made_at, sheet)]


def repair_digest(slip: RepairSlip) -> str:
    """Return the SHA-256 in hex of everything a 报修单 shows."""
    return _digest(slip.office_name, slip.line.number if slip.line else "", _repair_rows(slip))


def loan_digest(slip: LoanSlip) -> str:
    """Return the SHA-256 in hex of everything a 借用单 shows."""
    return _digest(slip.office_name, slip.line.number if slip.line else "", _loan_rows(slip))


def _page(office: str, title: str, number: str, rows: list[Row], made_at: datetime, sheet: str) -> Page:
    return Page(
        sheet=sheet,
        title=f"{office}{title}",
        subline=f"编号:{number}",
        columns=COLUMNS,
        header=(),
        blocks=tuple((row,) for row in rows),
        running_foot=title,
        made_foot=made_words(made_at),
    )


def _digest(office: str, number: str, rows: list[Row]) -> str:
    shown = [office, number, [[str(cell.value) for cell in row.cells if cell] for row in rows]]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _machine_rows(machine: Machine | None) -> list[Row]:
    if machine is None:
        return [
            _row(_Pair("设备名称", ""), _Pair("型号", "")),
            _row(_Pair("资产编号", ""), _Pair("使用股室、人", "")),
        ]
    return [
        _row(_Pair("设备名称", machine.name), _Pair("型号", machine.model)),
        _row(_Pair("资产编号", joined((machine.asset, machine.number), " ")), _Pair("使用股室、人", machine.place)),
    ]


def _repair_rows(slip: RepairSlip) -> list[Row]:
    line = slip.line
    if line is None:
        return [
            *_machine_rows(None),
            _row(_Pair("报修日期", ""), _Pair("是否涉密设备", "□是  □否")),
            _wide("故障现象", "", TALL),
            _wide("报修人", SIGNING, LINE),
            _wide("股室负责人\n意见", f"\n{SIGNING}", SIGNED),
            _row(_Pair("处理方式", "□现场 □上门 □送修 □更换"), _Pair("维修单位、人", "")),
            _wide("涉密设备\n送修前", _ticks(False, False, False), TALL),
            _row(_Pair("存储部件\n保管人", ""), _Pair("陪同、在场人", "")),
            _wide("解决情况", "", TALL),
            _row(_Pair("更换配件", ""), _Pair("费用(元)", "")),
            _row(_Pair("完成日期", ""), _Pair("维修天数", "")),
            _wide("报修人确认", f"□能正常使用  □建议报废\n{SIGNING}", SIGNED),
        ]
    checked = f"{line.confirmed_by}确认 {_day(line.checked_day)}" if line.checked_day else ""
    ticks = _ticks(line.is_removed, line.is_kept, line.is_emptied) if line.is_classified else "不是涉密设备"
    days = "" if line.days_taken is None else f"{line.days_taken}天"
    handling = joined((line.handling.label if line.handling else "", _day(line.sent_day or line.begun_day)), " ")
    return [
        *_machine_rows(slip.machine),
        _row(_Pair("报修日期", _day(line.event_day)), _Pair("是否涉密设备", "是" if line.is_classified else "否")),
        _wide("故障现象", line.fault, TALL),
        _wide("报修人", f"{line.reporter}    {SIGNING}", LINE),
        _wide("股室负责人\n意见", joined((line.opinion, f"{line.head}    {SIGNING}"), "\n"), SIGNED),
        _row(_Pair("处理方式", handling), _Pair("维修单位、人", line.repairer)),
        _wide("涉密设备\n送修前", ticks, TALL if line.is_classified else LINE),
        _row(_Pair("存储部件\n保管人", line.storage_keeper), _Pair("陪同、在场人", line.escort)),
        _wide("解决情况", joined((line.result, "建议报废" if line.is_given_up else "", line.remark), ";"), TALL),
        _row(_Pair("更换配件", line.parts), _Pair("费用(元)", line.cost)),
        _row(_Pair("完成日期", _day(line.finished_day)), _Pair("维修天数", days)),
        _wide("报修人确认", joined((checked, SIGNING), "\n"), SIGNED),
    ]


def _ticks(*done: bool) -> str:
    words = ("存储部件(硬盘)已拆下", "存储部件已交机要人员保管", "光盘、U盘等介质和纸质材料已取出")
    return "\n".join(f"{'√' if tick else '□'}{text}" for tick, text in zip(done, words, strict=True))


def _loan_rows(slip: LoanSlip) -> list[Row]:
    line = slip.line
    if line is None:
        return [
            *_machine_rows(None),
            _row(_Pair("借用人、单位", ""), _Pair("申请日期", "")),
            _wide("用途", "", TALL),
            _wide("批准人", f"□同意  □不同意\n{SIGNING}", SIGNED),
            _row(_Pair("借出时间", ""), _Pair("应还日期", "")),
            _wide("附件清单", "", TALL),
            _row(_Pair("存储内容\n(借出前)", "□已清除  □不存资料"), _Pair("经手人", "")),
            _wide("借用人签字", SIGNING, LINE),
            _row(_Pair("归还时间", ""), _Pair("完好情况", "□完好 □损坏 □缺附件 □丢失")),
            _row(_Pair("存储内容\n(归还后)", "□已清除  □不存资料"), _Pair("验收人", "")),
            _wide("损坏、丢失的\n责任和处理", "", TALL),
        ]
    returned = line.returned_at
    lent = line.lent_at
    before = ("已清除" if line.is_cleared_before else "") if line.holds_data else "不存资料"
    after = ("已清除" if line.is_cleared_after else "") if line.holds_data else "不存资料"
    approved = f"{line.approver} {_day(line.approved_day)}" if line.approver else ""
    liability = joined((f"{line.liable}负责" if line.liable else "", line.treatment), ";")
    return [
        *_machine_rows(slip.machine),
        _row(_Pair("借用人、单位", line.who), _Pair("申请日期", _day(line.event_day))),
        _wide("用途", line.purpose, TALL),
        _wide("批准人", joined((approved, SIGNING), "\n"), SIGNED),
        _row(_Pair("借出时间", _moment(lent)), _Pair("应还日期", _day(line.due))),
        _wide("延期", "\n".join(one.words for one in line.extensions) or "没有延期", LINE),
        _wide("附件清单", line.accessories or "没有附件", TALL),
        _row(_Pair("存储内容\n(借出前)", before), _Pair("经手人", line.handed_by)),
        _wide("借用人签字", SIGNING, LINE),
        _row(_Pair("归还时间", _moment(returned)), _Pair("完好情况", line.outcome)),
        _row(_Pair("存储内容\n(归还后)", after), _Pair("验收人", "")),
        _wide("损坏、丢失的\n责任和处理", liability, TALL),
    ]


def _day(day: date | None) -> str:
    return chinese_day(day) if day is not None else ""


def _moment(at: datetime | None) -> str:
    return f"{chinese_day(at.date())} {chinese_time(at.time())}" if at is not None else ""


def _row(left: _Pair, right: _Pair) -> Row:
    cells = (Cell(left.label, Look.HEAD), Cell(left.value), Cell(right.label, Look.HEAD), Cell(right.value))
    return Row(cells, LINE)


def _wide(label: str, value: str, height: float) -> Row:
    return Row((Cell(label, Look.HEAD), Cell(value, Look.TEXT, 3)), height)
