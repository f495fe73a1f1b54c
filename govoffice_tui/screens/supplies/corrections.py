"""更正 in the stock book: a line, a slip's head, a whole slip, an item; and the form every act goes through."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from govoffice_tui.registers import staff
from govoffice_tui.registers.supplies import correcting, counts
from govoffice_tui.registers.supplies import items as item_book
from govoffice_tui.registers.supplies.views import Slip, SlipLine
from govoffice_tui.rules.supplies import Item, SlipKind, moves_from, read_count
from govoffice_tui.screens.acting import ActingScreen, act
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.supplies.forms import (
    Answers,
    count_line_fields,
    head_fields,
    item_fields,
    line_fields,
    read_head,
    read_id,
    read_item,
    read_line,
)
from govoffice_tui.widgets.form_rows import Field

Deed = tuple[str, Callable[[], object]]


class SupplyCorrections(ActingScreen):
    """What can be put right; the page says which slip or item is meant."""

    def correct_item(self, item: Item) -> None:
        """Open the form that puts an item right."""
        self.fill(
            f"更正品目 {item.code} {item.title}",
            item_fields(item),
            lambda values: act(item_book.change_item, item.id, read_item(values), values["why"]),
            lambda changed: f"已更正 品目{changed.code} {changed.title}",
            word="更正",
        )

    def retire_item(self, item: Item, *, back: bool = False) -> None:
        """Ask why an item is kept no longer, or again."""
        word = "恢复" if back else "停用"
        self.fill(
            f"{word}品目 {item.code} {item.title}",
            [Field("why", "原因", required=True)],
            lambda values: act(item_book.retire_item, item.id, values["why"], back=back),
            lambda changed: f"已{word} 品目{changed.code} {changed.title}",
            word=word,
        )

    def choose_retired(self) -> None:
        """Ask which item is to be kept again."""
        retired = [one for one in item_book.items(self.desk.office, with_retired=True) if one.is_retired]
        entries = [Entry(one.title, partial(self.retire_item, one, back=True), hint=one.code) for one in retired]
        self.app.push_screen(MenuScreen(entries, "恢复停用的品目", "品名的一段或首字母"))

    def correct_slip(self, slip: Slip, line: SlipLine | None = None) -> None:
        """Offer what can be put right on a slip; with a line, of that line first."""
        if slip.is_struck:
            self.note(f"{slip.number}已作废,没有可以更正的。")
            return
        legal = moves_from(slip.state)
        deeds: list[Deed] = []
        for one in [line] if line is not None else slip.standing[:7]:
            if "correct_supply_line" in legal and not one.is_struck:
                who = f" {one.to_whom}" if one.to_whom else ""
                deeds.append(
                    (f"更正{who} {one.item.title} {one.count}{one.item.unit}", partial(self._correct_line, slip, one))
                )
        if "correct_supply_slip" in legal:
            if len(slip.standing) > 1:
                deeds.append(("划去一行", partial(self._choose_line, slip)))
            deeds.append(("更正日期、来源、批准", partial(self._correct_head, slip)))
            deeds.append(("整张作废", partial(self._void, slip)))
        if "cancel_supply_count" in legal:
            deeds.append(("取消这次盘点", partial(self._cancel, slip)))
        self.offer(f"更正 {slip.number}", deeds)

    def _correct_line(self, slip: Slip, line: SlipLine) -> None:
        if slip.kind is SlipKind.COUNT:

            def count_verb(values: Answers) -> Callable[..., Any]:
                counted = read_count(values["count"], line.item)
                return act(correcting.correct_count, line.id, counted, values["why"], read_id(values["approved_by"]))

            fields, verb = count_line_fields(line, self.desk.people), count_verb
        else:

            def line_verb(values: Answers) -> Callable[..., Any]:
                return act(correcting.correct_line, line.id, read_line(values, line), values["why"])

            fields, verb = line_fields(slip, line, self.desk.people), line_verb
        self.fill(
            f"更正 {slip.number} {line.item.title}",
            fields,
            verb,
            _corrected,
            word="更正",
            hint="原来的一行划去,仍看得到。",
        )

    def _choose_line(self, slip: Slip) -> None:
        deeds = [
            (f"{line.to_whom} {line.item.title} {line.count}{line.item.unit}", partial(self._strike, slip, line))
            for line in slip.standing[:9]
        ]
        self.offer(f"划去哪一行 {slip.number}", deeds)

    def _strike(self, slip: Slip, line: SlipLine) -> None:
        self.fill(
            f"划去 {slip.number} {line.to_whom} {line.item.title}",
            [Field("why", "原因", required=True, placeholder="如 没有领")],
            lambda values: act(correcting.strike_line, line.id, values["why"]),
            _corrected,
            word="划去",
        )

    def _correct_head(self, slip: Slip) -> None:
        known = {name: one for one, name in staff.names_ever(self.desk.office, self.today).items()}
        self.fill(
            f"更正 {slip.number}",
            head_fields(slip, self.desk.people, known),
            lambda values: act(correcting.correct_slip, slip.id, read_head(values), values["why"]),
            _corrected,
            word="更正",
        )

    def _void(self, slip: Slip) -> None:
        self.fill(
            f"作废 {slip.number}",
            [Field("why", "作废原因", required=True, placeholder="如 重复登记")],
            lambda values: act(correcting.void_slip, slip.id, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
        )

    def _cancel(self, slip: Slip) -> None:
        self.fill(
            f"取消盘点 {slip.number}",
            [Field("why", "原因", required=True)],
            lambda values: act(counts.cancel_count, slip.id, values["why"]),
            lambda number: f"已取消 {number}",
            word="取消",
        )


def _corrected(done: correcting.Corrected) -> str:
    return f"已更正 {done.number} {done.words}".rstrip()
