"""Bringing an existing stock list in from the page: looked at first, then entered whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govoffice_tui.registers.supplies.booking import Booked
from govoffice_tui.registers.supplies.slips import open_book
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ConfirmScreen
from govoffice_tui.widgets.form_rows import Field

if TYPE_CHECKING:
    from govoffice_tui.importers.supplies import StockList

PROBLEMS_SHOWN = 3


def ask_for_list(screen: RegisterScreen) -> None:
    """Ask for the file, check it, say what is in it, and enter it once that is confirmed."""

    async def submit(values: dict[str, str], *, form_key: str) -> StockList:
        from govoffice_tui.importers.reader import Unreadable

        try:
            found = await screen.desk.read(_read, Path(values["file"].strip("\"' ")).expanduser())
        except Unreadable as error:
            raise Refused(str(error), field="file") from error
        if found.problems:
            shown = ";".join(str(one) for one in found.problems[:PROBLEMS_SHOWN])
            more = f"等{len(found.problems)}处" if len(found.problems) > PROBLEMS_SHOWN else ""
            raise Refused(f"{shown}{more}。改好再导入,现在一种也没有导入。", field="file")
        return found

    def looked_at(found: StockList) -> None:
        stocked = sum(1 for _, count, _ in found.lines if count)
        notices = f"({';'.join(found.notices)})" if found.notices else ""
        question = f"{len(found.lines)}种品目,{stocked}种有结存{notices}"

        def answered(agrees: bool | None) -> None:
            if agrees:
                screen.perform(open_book, found.lines, done=_entered)

        screen.app.push_screen(ConfirmScreen(question, "导入,作为期初结存", "不导入"), answered)

    fields = [Field("file", "清单文件", required=True, width=70, placeholder="如 /media/usb/库存.xlsx")]
    hint = "列名要有 品名、单位、数量;另可有 编码 规格 单价 金额 最低库存 换算(箱=10包) 以旧换新。先检查,再问一次。"
    screen.open_form("导入期初清单", fields, submit, hint, verb="检查", then=looked_at)


def _read(_: object, path: Path) -> StockList:
    from govoffice_tui.importers.supplies import read_stock_list

    return read_stock_list(path)


def _entered(done: Booked) -> str:
    return f"已导入 {done.sentence}"
