"""设备: the machines, fault reports, loans and services, one list at a time; F8 changes the list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import chinese_day, month_of
from govoffice_tui.registers import closing
from govoffice_tui.registers.equipment import pages, papers
from govoffice_tui.registers.equipment.history import history
from govoffice_tui.registers.equipment.register import EQUIPMENT
from govoffice_tui.registers.equipment.views import LoanLine, Machine, RepairLine, UpkeepLine
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.equipment import EQUIPMENT_MOVES, LENDING, REPAIRING, LoanState
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen, take
from govoffice_tui.screens.equipment import drawing
from govoffice_tui.screens.equipment.acts import EquipmentActs
from govoffice_tui.screens.exporting import choose_form, export_forms, export_paper
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field

Shown = Machine | RepairLine | LoanLine | UpkeepLine
PROBLEMS_SHOWN = 100


class Kind(StrEnum):
    """Which list stands on the page."""

    MACHINES = "machines"
    REPAIRS = "repairs"
    LOANS = "loans"
    UPKEEP = "upkeep"

    @property
    def label(self) -> str:
        return {"machines": "设备", "repairs": "报修", "loans": "借用", "upkeep": "保养"}[self.value]


_BEGINS = {Kind.REPAIRS: "report_fault", Kind.LOANS: "apply_loan", Kind.UPKEEP: "record_upkeep"}
_EMPTY = {
    Kind.MACHINES: "还没有设备卡。\n\n按 F2 登记一台,或在菜单(Ctrl+P)里选“导入设备清单”。",
    Kind.REPAIRS: "这个月没有报修。\n\n设备坏了按 F2:选是哪一台,写故障现象和报修人。",
    Kind.LOANS: "这个月没有借用。\n\n有人来借按 F2:选是哪一台,写借用人、用途、应还日期和批准人。",
    Kind.UPKEEP: "没有该保养的设备,这个月也没有保养登记。",
}


class EquipmentScreen(EquipmentActs):
    """One list of 设备; what is open stands on top of its month."""

    help_text = (
        "设备页有四张单子,F8 换:设备、报修、借用、保养。光标在一台设备上,F5 就能报修、借用、保养、调配、停用、报废。\n"
        "报修:报修、受理(股室负责人意见)、维修或送修、修复或报废建议、验收(报修人确认),每一步按 F5。\n"
        "涉密设备:现场或上门维修要有专人在场;要送修的,存储部件拆下、交机要人员保管、介质取出,一项不缺才能送(保密制度第4条)。\n"
        "借用:严禁私自外借(办公设施管理制度第4条)。先有批准才能借出;能存资料的,借出前、归还后都要清除内容。\n"
        "归还时对附件清单,损坏、缺件、丢失的写明,再登记谁负责、怎样处理。超期未还变红,可以批准延期。\n"
        "回车看这台设备的全部经历。F6 封存本月,F7 导出月报表、台账、履历、报修单、借用单。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "enter", "登记", tooltip="登记:设备卡、报修、借用、保养,看停在哪张单子", id="equipment.enter"),
        Binding("f3", "find", "查找", tooltip="按名称、编号、股室、责任人找一台设备", id="equipment.find"),
        Binding("f4", "correct", "更正", tooltip="更正、作废", id="equipment.correct"),
        Binding("f5", "proceed", "下一步", tooltip="这一行下一步能办的", id="equipment.proceed"),
        Binding("f6", "close", "封存", tooltip="封存本月", id="equipment.close"),
        Binding("f7", "export", "导出", tooltip="月报表、台账、履历、报修单、借用单", id="equipment.export"),
        Binding("f8", "switch", "换单子", tooltip="设备、报修、借用、保养", id="equipment.switch"),
        Binding("pageup", "turn(-1)", "前一月", tooltip="翻到前一月", priority=True, id="equipment.previous"),
        Binding("pagedown", "turn(1)", "后一月", tooltip="翻到后一月", priority=True, id="equipment.next"),
    ]

    def compose_body(self) -> ComposeResult:
        yield Static(id="equipment-head", classes="page-line", markup=False)
        yield OptionList(id="equipment", markup=False, compact=True)
        yield Static(classes="empty", id="no-equipment", markup=False)

    def on_mount(self) -> None:
        self._kind = Kind.MACHINES
        self._month = month_of(self.today)
        self._lines: list[Shown] = []
        self._drawn: object = None

    def on_resize(self) -> None:
        """Give the columns the room there is."""
        self._draw()

    def refresh_page(self) -> None:
        """Read the list that is shown."""
        kept = self.chosen
        self._lines = self._read()
        self._draw()
        if kept is not None:
            numbers = [one.number for one in self._lines]
            if kept.number in numbers:
                self.listing.highlighted = numbers.index(kept.number)

    def start_work(self) -> None:
        """Put the cursor on the first line."""
        self.set_focus(self.listing if self._lines else None)

    def visit(self, day: date) -> None:
        """Turn to the month of a day; what waits there is shown first."""
        self._month = month_of(min(day, self.today))
        office = self.desk.office
        if day == self.today and any(one.is_upkeep_near(day) for one in pages.machines(office, "e.upkeep_months > 0")):
            self._kind = Kind.UPKEEP
        elif any(one.event_day == day for one in pages.open_loans(office)):
            self._kind = Kind.LOANS
        elif any(one.event_day == day for one in pages.open_repairs(office)):
            self._kind = Kind.REPAIRS
        self.reload()
        self.start_work()

    def month_changed(self, month: str) -> None:
        """Begin the new month's page."""
        self._month = month

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show only the keys that do something now."""
        if action in ("correct", "proceed") and self.is_mounted:
            return bool(self._lines)
        if action == "turn" and self.is_mounted:
            return self._kind is not Kind.MACHINES
        return True

    def explain_cursor(self) -> Explanation | None:
        """Explain the line under the cursor."""
        line = self.chosen
        if line is None:
            return None
        article = LENDING if isinstance(line, LoanLine) else REPAIRING
        return Explanation(f"{line.number} 依据", self._facts(line), article, article_text(article))

    def menu_entries(self) -> Iterable[Entry]:
        """Offer what has no key of its own."""
        for kind in Kind:
            yield Entry(f"设备:{kind.label}单", partial(self._show, kind))
        yield Entry("登记违规", self._choose_for_breach, hint="私自外借、违章操作,写明谁、哪天")
        yield Entry("导入设备清单", self._import, hint=".xlsx .xls .ods .csv,先看问题再写入")
        yield Entry("空白报修单", partial(self._paper, "repair_slip", ""))
        yield Entry("空白借用单", partial(self._paper, "loan_slip", ""))

    @property
    def listing(self) -> OptionList:
        """Return the list of lines."""
        return self.query_one("#equipment", OptionList)

    @property
    def chosen(self) -> Shown | None:
        """Return the line under the cursor."""
        place = self.listing.highlighted
        return self._lines[place] if place is not None and place < len(self._lines) else None

    def action_enter(self) -> None:
        """Open the form of the list that is shown."""
        line = self.chosen
        if self._kind is Kind.MACHINES:
            self.enter_card()
        elif self._kind is Kind.UPKEEP and isinstance(line, Machine):
            self.service(line)
        else:
            self._choose_machine()

    def action_find(self) -> None:
        """Find a machine, and show everything that ever happened to it."""
        found = pages.machines(self.desk.office)
        self.app.push_screen(
            MenuScreen(_entries(found, self._show_history), "查设备", "名称、编号、股室、责任人的一段")
        )

    def action_correct(self) -> None:
        """Choose what is to be put right of the line."""
        line = self.chosen
        if line is None:
            return
        if isinstance(line, Machine):
            deeds = self.machine_corrections(line)
        elif line.struck_reason is not None:
            deeds = []
        elif isinstance(line, RepairLine):
            deeds = self.repair_corrections(line)
        elif isinstance(line, LoanLine):
            deeds = self.loan_corrections(line)
        else:
            deeds = self.upkeep_corrections(line)
        self.offer(f"更正 {line.number}", [(words, run) for _, words, run in deeds], f"{line.number}没有可以更正的。")

    def action_proceed(self) -> None:
        """Choose what happens next with the line."""
        line = self.chosen
        if line is None:
            return
        if isinstance(line, Machine):
            deeds = self.machine_deeds(line)
        elif isinstance(line, UpkeepLine) or line.struck_reason is not None:
            deeds = []
        elif isinstance(line, RepairLine):
            deeds = self.repair_deeds(line)
        else:
            deeds = self.loan_deeds(line)
        self.offer(
            f"下一步 {line.number}", [(words, run) for _, words, run in deeds], f"{line.number}已经办完,没有下一步。"
        )

    def action_close(self) -> None:
        """Seal the month."""
        title = f"{self._month[:4]}年{int(self._month[5:])}月设备"
        options: list[tuple[str, Content, Callable[[], object]]] = [("1", Content("封存本月"), self._seal)]
        self.app.push_screen(ChooseScreen(title, options), take)

    def action_export(self) -> None:
        """Write the month's report, the list of machines, or the paper of the line under the cursor."""
        line = self.chosen
        writes: list[tuple[str, Callable[[], object]]] = [
            ("设备报修与借用月报表", partial(export_forms, self, self._month, [EQUIPMENT.word])),
            ("设备台账", partial(export_paper, self, "equipment_list", self.today.isoformat())),
        ]
        machine = self._machine_of(line)
        if isinstance(line, RepairLine) and not line.is_struck:
            writes.append((f"报修单 {line.number}", partial(self._paper, "repair_slip", line.number)))
        if isinstance(line, LoanLine) and not line.is_struck:
            writes.append((f"借用单 {line.number}", partial(self._paper, "loan_slip", line.number)))
        if machine is not None:
            words = f"设备履历 {machine.number} {machine.title}"
            writes.append((words, partial(self._paper, "equipment_history", machine.number)))
        writes.append(("空白报修单", partial(self._paper, "repair_slip", "")))
        writes.append(("空白借用单", partial(self._paper, "loan_slip", "")))
        choose_form(self, writes)

    def action_switch(self) -> None:
        """Choose which list to show."""
        options: list[tuple[str, Content, Callable[[], object]]] = [
            (str(place), Content(kind.label), partial(self._show, kind)) for place, kind in enumerate(Kind, 1)
        ]
        self.app.push_screen(ChooseScreen("看哪张单子", options), take)

    def action_turn(self, step: int) -> None:
        """Leaf to the neighbouring month, the present one at the most."""
        first = date.fromisoformat(f"{self._month}-01")
        target = first - timedelta(days=1) if step < 0 else first + timedelta(days=32)
        if self._kind is not Kind.MACHINES and month_of(target) <= month_of(self.today):
            self._month = month_of(target)
            self.reload()
            self.start_work()

    @on(OptionList.OptionSelected, "#equipment")
    def show_detail(self, event: OptionList.OptionSelected) -> None:
        """Show a machine's history, or everything entered about a line."""
        event.stop()
        line = self._lines[event.option_index]
        if isinstance(line, Machine):
            self._show_history(line)
        else:
            self.app.push_screen(TextScreen(f"{line.number} {line.machine}", Content("\n".join(self._facts(line)))))

    def _read(self) -> list[Shown]:
        """Return the lines of the list that is shown: on the present month what is open stands on top."""
        office, is_present = self.desk.office, self._month == month_of(self.today)
        if self._kind is Kind.MACHINES:
            return list(pages.machines(office))
        if self._kind is Kind.UPKEEP:
            due = pages.machines(office, "e.upkeep_months > 0") if is_present else []
            near = sorted((one for one in due if one.is_upkeep_near(self.today)), key=lambda one: str(one.due_day))
            return [*near, *pages.upkeep(office, "u.event_day LIKE ?", f"{self._month}-%")]
        if self._kind is Kind.REPAIRS:
            faults = pages.repairs_of_month(office, self._month)
            waiting = pages.open_repairs(office) if is_present else []
            listed = {one.id for one in waiting}
            return [*waiting, *(one for one in faults if one.id not in listed)]
        lent = pages.loans_of_month(office, self._month)
        out = pages.open_loans(office) if is_present else []
        out.sort(key=lambda one: not one.is_overdue(self.today))
        standing = {one.id for one in out}
        return [*out, *(one for one in lent if one.id not in standing)]

    def _show(self, kind: Kind) -> None:
        self._kind = kind
        self.listing.highlighted = None
        self.reload()
        self.start_work()

    def _choose_machine(self) -> None:
        verb = _BEGINS[self._kind]
        begin = {Kind.REPAIRS: self.report_fault, Kind.LOANS: self.lend, Kind.UPKEEP: self.service}[self._kind]
        able = [one for one in pages.machines(self.desk.office) if (one.state, verb) in EQUIPMENT_MOVES]
        if self._kind is Kind.LOANS:
            able = [one for one in able if not one.is_classified]
        if not able:
            self.note("没有可以办的设备,请先登记设备卡。")
            return
        self.app.push_screen(MenuScreen(_entries(able, begin), "哪一台设备", "名称、编号、股室、责任人的一段"))

    def _choose_for_breach(self) -> None:
        found = pages.machines(self.desk.office)
        self.app.push_screen(MenuScreen(_entries(found, self._note_breach), "哪一台设备", "名称、编号的一段"))

    def _machine_of(self, line: Shown | None) -> Machine | None:
        if line is None or isinstance(line, Machine):
            return line
        return pages.machine(self.desk.office, line.equipment)

    def _show_history(self, one: Machine) -> None:
        self.app.push_screen(TextScreen(f"{one.number} {one.title}", Content("\n".join(self._facts(one)))))

    def _facts(self, line: Shown) -> list[str]:
        """Return everything that is known of a line, in words."""
        machine = self._machine_of(line)
        if machine is None:
            return []
        told = history(self.desk.office, machine.root)
        facts = [
            f"现状  {machine.state.label}{'  涉密设备' if machine.is_classified else ''}"
            f"{'  能存资料' if machine.holds_data else ''}",
            f"去处  {machine.place}",
            f"编号  序列号 {machine.serial or '没有写'}  资产编号 {machine.asset or '没有写'}",
            f"购置  {chinese_day(machine.bought_day) if machine.bought_day else '没有写'}"
            f"  {yuan(machine.price_fen) or '没有写价格'}",
        ]
        if machine.upkeep_months and machine.due_day is not None:
            facts.append(f"保养  每{machine.upkeep_months}个月,下次{chinese_day(machine.due_day)}")
        wanted = "" if isinstance(line, Machine) else line.number
        happened = [one for one in told.happenings if wanted in one.words]
        for one in happened:
            words = f"{one.day.isoformat()}  {one.kind}  {one.words}"
            facts.append(f"{words}(已划去)" if one.is_struck else words)
        facts.append(f"共报修{told.repairs}次,借用{told.loans}次,费用{yuan(told.cost_fen)}元")
        return facts

    def _paper(self, form: str, number: str) -> None:
        export_paper(self, form, papers.period_of(self.desk.office, number))

    def _seal(self) -> None:
        self.perform(
            closing.close_month,
            EQUIPMENT.word,
            self._month,
            EQUIPMENT.pending,
            EQUIPMENT.seal_digest,
            done=lambda _: f"已封存 {self._month[:4]}年{int(self._month[5:])}月设备",
        )

    def _import(self) -> None:
        """Ask for a file; what it says is shown before anything is entered."""
        from govoffice_tui.importers.equipment import EquipmentFile, read_equipment
        from govoffice_tui.importers.reader import Unreadable
        from govoffice_tui.registers.equipment.importing import check_lines

        async def submit(values: dict[str, str], *, form_key: str) -> EquipmentFile:
            path = Path(values["path"].strip("'\"")).expanduser()
            try:
                read = await asyncio.to_thread(read_equipment, path)
            except Unreadable as error:
                raise Refused(str(error), field="path") from None
            problems = [*read.problems, *await self.desk.read(check_lines, read.lines)]
            return EquipmentFile(read.lines, tuple(problems), read.notices)

        fields = [Field("path", "表格文件", required=True, placeholder="文件的位置,可从文件夹拖进来")]
        self.open_form("导入设备清单", fields, submit, verb="读取", then=self._show_file)

    def _show_file(self, read: object) -> None:
        from govoffice_tui.importers.equipment import EquipmentFile
        from govoffice_tui.registers.equipment.importing import import_equipment

        assert isinstance(read, EquipmentFile)
        if read.problems:
            lines = [f"有{len(read.problems)}处要改,一台也没有导入。", "", *map(str, read.problems[:PROBLEMS_SHOWN])]
            self.app.push_screen(TextScreen("导入设备清单", Content("\n".join([*lines, *read.notices]))))
            return

        def enter() -> None:
            self.perform(
                import_equipment,
                read.lines,
                done=lambda done: f"已导入{done.added}台设备,{done.already}台原已有卡",
            )

        options: list[tuple[str, Content, Callable[[], object]]] = [("1", Content("导入"), enter)]
        title = f"共{len(read.lines)}台,没有问题。{';'.join(read.notices)}"
        self.app.push_screen(ChooseScreen(title, options), take)

    def _draw(self) -> None:
        """Draw what was read; nothing is drawn anew where nothing differs."""
        width = self.size.width - 2
        drawn = (self._kind, self._month, width, self.today, self._lines)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        place = self.listing.highlighted
        self.listing.set_options(Option(self._words(line, width)) for line in self._lines)
        if self._lines:
            self.listing.highlighted = min(place or 0, len(self._lines) - 1)
        self.query_one("#equipment-head", Static).update(self._head())
        empty = self.query_one("#no-equipment", Static)
        empty.update(_EMPTY[self._kind])
        empty.display = not self._lines
        self.listing.display = bool(self._lines)
        self.refresh_bindings()

    def _words(self, line: Shown, width: int) -> Content:
        if isinstance(line, Machine):
            if self._kind is Kind.UPKEEP:
                return drawing.due_words(line, width, self.today)
            return drawing.machine_words(line, width, self.today)
        if isinstance(line, RepairLine):
            return drawing.repair_words(line, width, self.today)
        if isinstance(line, LoanLine):
            return drawing.loan_words(line, width, self.today)
        return drawing.upkeep_words(line, width)

    def _head(self) -> Content:
        office = self.desk.office
        tabs = [Content.styled(f" {kind.label} ", "bold reverse" if kind is self._kind else "$faint") for kind in Kind]
        out = [one for one in pages.open_loans(office) if one.state is LoanState.OUT]
        overdue = sum(one.is_overdue(self.today) for one in out)
        unrepaired = sum(one.state.is_open for one in pages.open_repairs(office))
        month = "" if self._kind is Kind.MACHINES else f"  {self._month[:4]}年{int(self._month[5:])}月"
        counted = f"  {len(self._lines)}台" if self._kind is Kind.MACHINES else ""
        parts = [*tabs, Content(f"{month}{counted}   未修 {unrepaired}   在借 {len(out)}")]
        if overdue:
            parts.append(Content.styled(f"   超期 {overdue}", "bold $late"))
        if self._kind is not Kind.MACHINES and closing.sealed(office, EQUIPMENT.word, self._month) is not None:
            parts.append(Content.styled("   已封存", "$done"))
        return Content.assemble(*parts)


def _entries(found: list[Machine], act: Callable[[Machine], object]) -> list[Entry]:
    return [
        Entry(f"{one.title} {one.number}", partial(act, one), hint=f"{one.place} {one.state.label}") for one in found
    ]
