"""设备清单 as offices keep it: a machine a line under its titles, checked whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.equipment.cards import CardPlan
from govoffice_tui.registers.equipment.importing import EquipmentLine
from govoffice_tui.rules.equipment import LONGEST_INTERVAL, read_cost
from govoffice_tui.rules.refusal import Problem, Refused

COLUMNS = {
    "name": ("设备名称", "资产名称", "名称", "品名"),
    "section": ("使用股室", "股室", "使用部门", "部门", "科室", "使用单位"),
    "model": ("型号", "规格型号", "规格", "品牌型号"),
    "serial": ("序列号", "出厂编号", "机身号", "sn"),
    "asset": ("资产编号", "资产编码", "固定资产编号", "编号"),
    "room": ("房间", "房间号", "存放地点", "地点"),
    "keeper": ("责任人", "使用人", "保管人", "领用人"),
    "bought": ("购置日期", "购入日期", "取得日期", "购买日期"),
    "price": ("原值", "价格", "单价", "金额", "购置金额"),
    "classified": ("是否涉密", "涉密", "涉密设备"),
    "data": ("能否存资料", "存储", "带存储"),
    "months": ("保养间隔", "保养周期", "保养月数"),
    "remark": ("备注", "说明"),
}
_YES, _NO = ("是", "涉密", "1", "√", "有", "能"), ("", "否", "非涉密", "0", "×", "无", "不能", "不涉密")
_TEXT_LIMIT = 200


@dataclass(frozen=True)
class EquipmentFile:
    """The machines of a list. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[EquipmentLine, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_equipment(path: Path) -> EquipmentFile:
    """Return the machines of a list (.xlsx, .xls, .ods, .csv, .txt).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_equipment(read_table(path))


def parse_equipment(table: Table) -> EquipmentFile:
    """Return the machines of a table with all its problems; a blank section takes the one above."""
    heading = find_heading(table.rows, COLUMNS, "name")
    if heading is None:
        words = "找不到表头。设备清单里要有一行列名:设备名称、使用股室,其余可有可无,请补上后再导入"
        return EquipmentFile((), (Problem("", words),), ())
    reading = _Reading(table, heading)
    reading.read()
    return EquipmentFile(tuple(reading.lines), tuple(reading.problems), tuple(reading.notices()))


class _Reading(Lines):
    """One pass over a table below its heading."""

    def __init__(self, table: Table, heading: Heading) -> None:
        super().__init__(table, heading, COLUMNS)
        self.lines: list[EquipmentLine] = []
        self._taken: dict[str, int] = {}

    def read(self) -> None:
        """Read every line; the section of a merged cell goes down."""
        section = ""
        for index, cells in self.below():
            section = cells["section"] = cells["section"] or section
            self._line(index, cells)
        if not self.lines and not self.problems:
            self.problems.append(Problem("", "表头下面没有设备,请核对是不是选错了文件或工作表"))

    def _line(self, index: int, cells: dict[str, str]) -> None:
        before = len(self.problems)
        self.require(index, cells, {"name": "没有设备名称", "section": "没有使用股室"})
        self.check_texts(index, cells, {}, _TEXT_LIMIT, unguarded=("classified",))
        for name in ("asset", "serial"):
            key = f"{name} {cells[name]}"
            if cells[name] and key in self._taken:
                self.say(index, name, f"和第{self._taken[key]}行重复")
            self._taken[key] = index + 1
        plan = CardPlan(
            cells["name"],
            cells["model"],
            cells["serial"],
            cells["asset"],
            self._day(index, cells["bought"]),
            self._sum(index, cells["price"]),
            self._flag(index, "classified", cells["classified"]),
            self._flag(index, "data", cells["data"]),
            self._months(index, cells["months"]),
            cells["remark"],
        )
        if len(self.problems) == before:
            line = EquipmentLine(index + 1, plan, cells["section"], cells["room"], cells["keeper"])
            self.lines.append(line)

    def _day(self, index: int, text: str) -> date | None:
        match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?: 00:00(?::00)?)?", text)
        if match is None:
            if text:
                self.say(index, "bought", f"“{text[:20]}”不是日期,请写成 2024-05-06")
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:
            self.say(index, "bought", f"“{text[:20]}”没有这一天")
            return None

    def _sum(self, index: int, text: str) -> int | None:
        try:
            return read_cost(re.sub(r"\.0+$", "", text), "price")
        except Refused as refusal:
            self.say(index, "price", refusal.message.removesuffix("。"))
            return None

    def _flag(self, index: int, name: str, text: str) -> bool:
        if text not in _YES and text not in _NO:
            self.say(index, name, "请写是或否")
        return text in _YES

    def _months(self, index: int, text: str) -> int:
        digits = re.sub(r"(个月|月|\.0)$", "", text) or "0"
        if not (digits.isascii() and digits.isdecimal() and int(digits[:4]) <= LONGEST_INTERVAL):
            self.say(index, "months", f"请写几个月,0到{LONGEST_INTERVAL}")
            return 0
        return int(digits)
