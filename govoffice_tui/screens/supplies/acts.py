"""What is done in the stock book: each act by its form, offered as far as the slip's state allows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from govoffice_tui.registers.supplies import counts, pages, slips
from govoffice_tui.registers.supplies import items as item_book
from govoffice_tui.registers.supplies.booking import Booked, Goods, Head, open_page
from govoffice_tui.registers.supplies.items import match_items
from govoffice_tui.registers.supplies.stock import stocks
from govoffice_tui.registers.supplies.typed import sections_of
from govoffice_tui.registers.supplies.views import Slip, SlipLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supplies import SUPPLIES, Item, SlipKind, SlipState, moves_from, read_count
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.screens.supplies.corrections import Deed, SupplyCorrections
from govoffice_tui.screens.supplies.forms import (
    ISSUE_HINT,
    RECEIVE_HINT,
    Answers,
    finish_fields,
    issue_fields,
    item_fields,
    read_head,
    read_id,
    read_item,
    read_lines,
    receive_fields,
    return_fields,
    waste_fields,
)
from govoffice_tui.widgets.form_rows import Field

GRID_ITEMS = 8
"""Items of one grid: as many as a window of 100 cells shows."""


class SupplyActs(SupplyCorrections):
    """The acts of the stock book; the page that inherits them says which item or slip is meant."""

    def enter_issue(self, first: str = "", hint: str = "") -> None:
        """Open the form of an issue; `first` is what the quick line held."""
        office = self.desk.office
        fields = issue_fields(
            self.today, open_page(office, self.today), self.desk.people, pages.sources_used(office, "remark"), first
        )

        def verb(values: Answers) -> Callable[..., Booked]:
            goods = self._lines(values)
            return act(slips.issue, goods, read_head(values), values["page"])

        self.fill("领用登记", fields, verb, _booked, hint=hint or ISSUE_HINT, draft="" if first else "supplies.issue")

    def enter_delivery(self) -> None:
        """Open the form of a delivery."""
        fields = receive_fields(self.today, self.desk.people, pages.sources_used(self.desk.office))

        def verb(values: Answers) -> Callable[..., Booked]:
            return act(slips.receive, self._lines(values, with_person=False), read_head(values))

        self.fill("入库登记", fields, verb, _booked, hint=RECEIVE_HINT, draft="supplies.receive")

    def enter_waste(self) -> None:
        """Open the form of what is written off."""

        def verb(values: Answers) -> Callable[..., Booked]:
            return act(slips.write_off, self._lines(values, with_person=False), read_head(values))

        self.fill("报废登记", waste_fields(self.today, self.desk.people), verb, _booked, draft="supplies.waste")

    def choose_return(self) -> None:
        """Ask which issued line comes back."""
        found = pages.returnable(self.desk.office)
        entries = [
            Entry(
                f"{line.item.title} {line.count - line.returned}{line.item.unit}",
                partial(self.enter_return, slip, line),
                hint=f"{slip.number} {line.to_whom}",
            )
            for slip, line in found
        ]
        self.app.push_screen(MenuScreen(entries, "退库:哪一行领用", "品目、领用人、单号的一段或首字母"))

    def enter_return(self, slip: Slip, line: SlipLine) -> None:
        """Open the form of what comes back of an issued line."""

        def verb(values: Answers) -> Callable[..., Booked]:
            count = read_count(values["count"], line.item)
            return act(slips.give_back, line.id, count, read_head(values), is_unopened=values["is_unopened"] == "1")

        title = f"退库 {slip.number} {line.to_whom} {line.item.title}"
        self.fill(title, return_fields(line, self.today), verb, _booked, hint="只收没有拆封的;用过的作报废或交旧件。")

    def enter_item(self) -> None:
        """Open the form of a new item."""
        self.fill(
            "新品目",
            item_fields(),
            lambda values: act(item_book.add_item, read_item(values)),
            lambda item: f"已登记 品目{item.code} {item.title}",
            draft="supplies.item",
        )

    def sign_slip(self, slip: Slip) -> None:
        """Ask once on which page the lines are signed."""
        page = open_page(self.desk.office, slip.day)
        self.fill(
            f"记签字页 {slip.number} {len(slip.unsigned)}行",
            [Field("page", "签字页", required=True, value=page, width=16, placeholder="页号,如 12", article=SUPPLIES)],
            lambda values: act(slips.sign, slip.id, (), values["page"]),
            _booked,
            hint="写不下的行接着等下一页。",
        )

    def proceed_slip(self, slip: Slip) -> None:
        """Offer what comes next for a slip."""
        legal = moves_from(slip.state) if not slip.is_struck else ()
        deeds: list[Deed] = []
        if "sign_supplies" in legal:
            deeds.append((f"记签字页({len(slip.unsigned)}行待签)", partial(self.sign_slip, slip)))
        if "enter_supply_counts" in legal:
            deeds.append(("接着填实存", self.go_on_counting))
            deeds.append(("批准,完成盘点", partial(self.finish_count, slip.id)))
        if "return_supplies" in legal:
            deeds += [
                (f"退库 {line.to_whom} {line.item.title}", partial(self.enter_return, slip, line))
                for line in slip.standing[:6]
                if line.count > line.returned and slip.kind is SlipKind.ISSUE
            ]
        if deeds:
            self.offer(f"下一步 {slip.number}", deeds)
        else:
            self.note(f"{slip.number}{'已作废' if slip.is_struck else slip.state.label},没有下一步。")

    def begin_count(self) -> None:
        """Go on with the count under way, or ask what a new one is of."""
        if counts.open_count(self.desk.office) is not None:
            self.go_on_counting()
            return
        everything = partial(self.perform, counts.begin_count, (), done=_counting)
        self.offer(
            "盘点(在完成以前,盘点的品目不能收发)",
            [("全部品目", everything), ("写出几种品目", self._begin_some)],
        )

    def go_on_counting(self) -> None:
        """Type back what was found, item by item."""
        from govoffice_tui.screens.supplies.counting import CountScreen

        slip = counts.open_count(self.desk.office)
        sheet = counts.count_sheet(self.desk.office, slip) if slip is not None else None
        if slip is None or sheet is None:
            self.note("现在没有盘点。F2选盘点开始。")
            return

        def counted(is_whole: bool | None) -> None:
            self.reload()
            if is_whole:
                self.finish_count(slip)

        self.with_operator(lambda: self.app.push_screen(CountScreen(self.desk, sheet), counted))

    def finish_count(self, slip: int) -> None:
        """Ask who watched and who approves a count."""
        sheet = counts.count_sheet(self.desk.office, slip)
        if sheet is None:
            return
        differing = "、".join(
            f"{line.item.title}{line.difference:+d}" for line in sheet.differing[:5] if line.difference is not None
        )
        self.fill(
            f"完成盘点 {sheet.number}",
            finish_fields(self.desk.people, differs=bool(sheet.differing)),
            lambda values: act(
                counts.finish_count, slip, read_id(values["watched_by"]), read_id(values["approved_by"])
            ),
            _booked,
            hint=f"差异{len(sheet.differing)}种:{differing}" if sheet.differing else "账实相符。",
        )

    def begin_distribution(self) -> None:
        """Ask which items the month's distribution has, then show its grid."""

        async def submit(values: Answers, *, form_key: str) -> tuple[list[Item], Head]:
            listed = item_book.items(self.desk.office)
            wanted: list[Item] = []
            for word in values["items"].replace("、", " ").replace(",", " ").split():
                found = match_items(listed, word)
                if len(found) != 1:
                    several = "、".join(f"{one.code} {one.title}" for one in found[:4])
                    words = f"“{word[:8]}”有几种:{several},请写编码。" if found else f"没有“{word[:8]}”这个品目。"
                    raise Refused(words, field="items")
                wanted += [one for one in found if one not in wanted]
            if len(wanted) > GRID_ITEMS:
                raise Refused(f"一张表最多{GRID_ITEMS}种,请分两张。", field="items")
            return wanted, read_head(values)

        usual = tuple(dict.fromkeys(one.item.code for slip in self._last_grid() for one in slip.lines))[:GRID_ITEMS]
        fields = [
            Field("items", "发哪些品目", required=True, value=" ".join(usual), placeholder="编码或首字母,空格隔开"),
            Field("approved_by", "批准人", "person", people=self.desk.people, placeholder="超过限额的要写"),
            Field("remark", "用途", value="按月发放"),
        ]
        self.open_form("按月发放", fields, submit, verb="列表", then=lambda found: self._show_grid(*found))

    def _show_grid(self, listed: list[Item], head: Head) -> None:
        from govoffice_tui.screens.supplies.distribution import DistributionScreen

        async def issue(goods: list[Goods], *, form_key: str) -> Booked:
            return await self.desk.carry_out(slips.issue, goods, head, form_key=form_key)

        def issued(done: Booked | None) -> None:
            if done is not None:
                self._after_write()
                self.say(_booked(done))

        sections = sections_of(self.desk.people())
        grid = DistributionScreen("按月发放", sections, listed, stocks(self.desk.office), issue)
        self.with_operator(lambda: self.app.push_screen(grid, issued))

    def _last_grid(self) -> list[Slip]:
        """Return the last slip that went to sections rather than people."""
        for month in reversed(pages.months_up_to(f"{self.today:%Y-%m}", 2)):
            for slip in pages.slips_of(self.desk.office, month, with_struck=False):
                if slip.kind is SlipKind.ISSUE and slip.lines and all(line.person is None for line in slip.lines):
                    return [slip]
        return []

    def _begin_some(self) -> None:
        def verb(values: Answers) -> Callable[..., Booked]:
            listed, wanted = item_book.items(self.desk.office), []
            for word in values["items"].replace("、", " ").split():
                found = match_items(listed, word)
                if not found:
                    raise Refused(f"没有“{word[:8]}”这个品目。", field="items")
                wanted += [one.id for one in found]
            return act(counts.begin_count, wanted)

        fields = [Field("items", "盘点哪些", required=True, placeholder="编码或首字母,空格隔开")]
        self.fill("盘点几种品目", fields, verb, _counting, word="开始")

    def _lines(self, values: Answers, *, with_person: bool = True) -> list[Goods]:
        listed = item_book.items(self.desk.office)
        return read_lines(values, self.desk.people(), listed, with_person=with_person)


def is_counting(slip: Slip) -> bool:
    """Return whether a slip is a count under way."""
    return slip.state is SlipState.COUNTING


def _booked(done: Booked) -> str:
    return f"已登记 {done.sentence}"


def _counting(done: Booked) -> str:
    return f"已开始 {done.number} {done.words}。F7印盘点表,盘完按F6填实存。"
