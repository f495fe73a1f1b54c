"""An existing stock list as offices keep it in a spreadsheet: items with what is there, checked whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading
from govoffice_tui.importers.lines import Lines
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.registers.supplies.items import CODE_LIMIT, NAME_LIMIT, UNIT_LIMIT, WORD_LIMIT, ItemPlan
from govoffice_tui.rules.refusal import Problem, Refused
from govoffice_tui.rules.supplies import LARGEST_COUNT, read_money
from govoffice_tui.text import fold

COLUMNS = {
    "name": ("品名", "名称", "物品名称", "耗材名称", "品目"),
    "code": ("编码", "编号", "品目编码", "物品编码"),
    "specification": ("规格", "规格型号", "型号"),
    "unit": ("单位", "计量单位"),
    "count": ("结存", "数量", "库存", "现存", "结存数量", "库存数量", "期初数量", "期初结存", "实存"),
    "price": ("单价",),
    "amount": ("金额", "结存金额"),
    "minimum": ("最低库存", "最低", "安全库存"),
    "pack": ("换算", "装箱", "整件换算"),
    "swap": ("以旧换新",),
}
LIMITS = {"name": NAME_LIMIT, "specification": WORD_LIMIT, "unit": UNIT_LIMIT, "code": CODE_LIMIT}
MOST_ROWS = 2000
_YES, _NO = ("是", "√", "有", "1", "y"), ("", "否", "×", "无", "0", "n")
_PACK = re.compile(r"1?([^0-9=]{1,4})=([0-9]{1,6})([^0-9=]{0,4})")

Opening = tuple[ItemPlan, int, int | None]
"""An item, how many units there are, and what they are worth in fen, None where nobody knows."""


@dataclass(frozen=True)
class StockList:
    """The items of a list. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[Opening, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_stock_list(path: Path) -> StockList:
    """Return the items of a stock list (.xlsx, .xls, .ods, .csv, .txt).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_stock_list(read_table(path))


def parse_stock_list(table: Table) -> StockList:
    """Return the items of a table with all its problems and notices; empty lines and footers are passed over."""
    heading = find_heading(table.rows, COLUMNS, "name")
    if heading is None or not {"unit", "count"} <= heading.columns.keys():
        words = "找不到表头。清单里要有一行列名:品名、单位、数量(另可有规格、单价、金额、最低库存、换算),请补上后再导入"
        return StockList((), (Problem("", words),), ())
    reading = _Reading(table, heading)
    reading.read()
    notices = reading.notices()
    unpriced = sum(fen is None for _, _, fen in reading.lines)
    if unpriced:
        notices.append(f"没有单价和金额的{unpriced}种,金额空着")
    return StockList(tuple(reading.lines), tuple(reading.problems), tuple(notices))


class _Reading(Lines):
    """One pass over a table below its heading."""

    def __init__(self, table: Table, heading: Heading) -> None:
        super().__init__(table, heading, COLUMNS)
        self.lines: list[Opening] = []
        self._seen: dict[tuple[str, str], int] = {}
        self._codes: dict[str, int] = {}

    def read(self) -> None:
        """Read every line."""
        for index, cells in self.below():
            if len(self.lines) == MOST_ROWS:
                self.problems.append(Problem("", f"清单超过{MOST_ROWS}行,请核对是不是选错了文件"))
                return
            self._take(index, cells)
        if not self.lines and not self.problems:
            self.problems.append(Problem("", "表头下面没有品目,请核对是不是选错了文件或工作表"))

    def _take(self, index: int, cells: dict[str, str]) -> None:
        before = len(self.problems)
        self.check_texts(index, cells, LIMITS)
        self.require(index, cells, {"name": "没有品名", "unit": "没有单位"})
        self._check_double(index, cells)
        count, minimum = self._count(index, cells, "count"), self._count(index, cells, "minimum")
        price, amount = self._money(index, cells, "price"), self._money(index, cells, "amount")
        pack_unit, pack_size = self._pack(index, cells)
        swap = fold(cells["swap"])
        if swap not in (*_YES, *_NO):
            self.say(index, "swap", "写 是 或 否")
        if len(self.problems) > before:
            return
        fen = amount if amount is not None else None if price is None else price * count
        plan = ItemPlan(
            cells["name"],
            cells["unit"],
            cells["specification"],
            cells["code"],
            pack_unit,
            pack_size,
            minimum,
            None,
            swap in _YES,
        )
        self.lines.append((plan, count, fen if count else None))

    def _check_double(self, index: int, cells: dict[str, str]) -> None:
        key = fold(cells["name"]), fold(cells["specification"])
        if cells["name"] and key in self._seen:
            self.say(index, "name", f"与第{self._seen[key]}行是同一个品目,请合成一行或写明不同的规格")
        self._seen.setdefault(key, index + 1)
        code = fold(cells["code"])
        if code and not (code.isascii() and code.isalnum()):
            self.say(index, "code", "编码用字母和数字")
        if code and code in self._codes:
            self.say(index, "code", f"与第{self._codes[code]}行的编码相同")
        self._codes.setdefault(code, index + 1)

    def _count(self, index: int, cells: dict[str, str], name: str) -> int:
        text = fold(cells[name]).replace(",", "").removesuffix(fold(cells["unit"]))
        text = re.sub(r"\.0+$", "", text)
        if not text:
            return 0
        if not (text.isascii() and text.isdecimal()) or int(text[:9]) > LARGEST_COUNT or len(text) > 9:
            self.say(index, name, "要写整数,不能小于0;拆开的零头不算库存")
            return 0
        return int(text)

    def _money(self, index: int, cells: dict[str, str], name: str) -> int | None:
        try:
            return read_money(cells[name], name)
        except Refused as refusal:
            self.say(index, name, refusal.message.removesuffix("。"))
            return None

    def _pack(self, index: int, cells: dict[str, str]) -> tuple[str, int]:
        text = fold(cells["pack"])
        if not text:
            return "", 1
        found = _PACK.fullmatch(text)
        if found is None or int(found[2]) < 2 or (found[3] and found[3] != fold(cells["unit"])):
            self.say(index, "pack", "换算写成 箱=10包,等号后面是最小单位的数量")
            return "", 1
        return found[1], int(found[2])
