"""What the officer does with a shift: take it over, hand it over, and what is rarer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.duty import entry_rows, presence, shift_rows, shifts
from govoffice_tui.registers.duty.hours import current_hours, hours_on, next_hours
from govoffice_tui.registers.duty.planned import planned
from govoffice_tui.registers.duty.presence import Absence
from govoffice_tui.registers.duty.shifts import Crew, HandedOver, LateShift, TakenOver
from govoffice_tui.registers.duty.views import EntryLine, Shift, ShiftPage
from govoffice_tui.rules.duty import HAND_OVER, PRESENCE, RECORD, ShiftState
from govoffice_tui.rules.people import Person
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.duty import forms
from govoffice_tui.widgets.form_rows import Field

KEEPERS_SECTION = "行政股"


class ShiftActs(RegisterScreen):
    """The acts on one shift's page; the page that inherits them says which, and shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "close", "交班", tooltip="交班、带班领导签阅、替班、脱岗", id="duty.close"),
    ]

    _page: ShiftPage | None

    @property
    def shift(self) -> Shift | None:
        """Return the shift of the shown page."""
        return self._page.shift if self._page is not None else None

    def show_line(self, line: EntryLine) -> None:
        """Put the cursor on a line."""
        raise NotImplementedError

    def choose(self, title: str, options: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Offer a small menu by digit."""
        rows = [(str(place), Content(words), deed) for place, (words, deed) in enumerate(options, 1)]

        def chosen(deed: Callable[[], object] | None) -> None:
            if deed is not None:
                deed()

        self.app.push_screen(ChooseScreen(title, rows), chosen)

    def take_over(self) -> None:
        """Take over the shift the clock stands in: at once where the roster names who is at the keyboard."""
        page = self._page
        if page is None:
            return
        if page.shift is not None and page.shift.state is ShiftState.OPEN and not page.is_over:
            self.swap()
            return
        self.with_operator(self._begin_shift)

    def _begin_shift(self) -> None:
        office = self.desk.office
        hours = current_hours(office, office.now())
        words = self.next_words()
        if words:
            self.note(f"{words}。")
            return
        plan, operator = planned(office, hours.day, hours.starts), self.desk.operator_id
        if plan is not None and operator in plan.officers:
            others = [one for one in plan.officers if one != operator]
            crew = Crew(operator or 0, others[0] if others else None, plan.leader, plan.messenger)
            self.perform(shifts.take_over_duty, crew, done=self._taken)
            return
        before = shift_rows.shift_before(office, hours)
        fields = forms.crew_fields(self.desk.people, plan, operator, before)

        async def submit(values: dict[str, str], *, form_key: str) -> TakenOver:
            return await self.desk.carry_out(shifts.take_over_duty, forms.crew_of(values), form_key=form_key)

        self.open_form(
            f"接班 {hours.words}",
            fields,
            submit,
            verb="接班",
            then=lambda done: self.say(self._taken(done)),
            draft="duty.take_over",
            about=hours.starts.isoformat(),
        )

    def next_words(self) -> str:
        """Return from when the next shift may be taken over, empty where one may be taken over now."""
        office, now = self.desk.office, self.desk.office.now()
        hours = current_hours(office, now)
        if now < hours.ends and shift_rows.shift_at(office, hours) is None:
            return ""
        after = next_hours(office, hours).takes_from
        return f"下一班{chinese_short_day(after.date())}{after.hour}:{after:%M}起可以接"

    def _taken(self, done: TakenOver) -> str:
        self.follow()
        matters = f" 移交来{done.matters}件,按5全部接收,或逐件按F5" if done.matters else ""
        one_sided = " 上一班没有交班,记单方接班" if done.is_one_sided else ""
        return f"已接班 {chinese_short_day(done.day)} 值班员{done.officer_name} {done.at:%H:%M}{one_sided}{matters}"

    def show_shift(self, row: int) -> None:
        """Turn to the page of a shift."""
        raise NotImplementedError

    def follow(self) -> None:
        """Turn to the page that is worked on now."""
        raise NotImplementedError

    def swap(self) -> None:
        """Note a 临时调换 inside the shift."""
        shift = self.shift
        if shift is None:
            return
        choices = tuple((str(one), shift.name(one)) for one in shift.present)
        fields = [
            Field("left", "换下谁", "choice", True, PRESENCE, choices=choices, value=choices[0][0]),
            Field("came", "换上谁", "person", True, PRESENCE, people=self.desk.people),
            Field("reason", "原因", required=True, placeholder="如 急病、家中急事"),
            Field("at", "时间", "time", placeholder="现在不写", width=24),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            at = forms.moment_of(values["at"], shift, self.desk.office.now())
            left, came, reason = int(values["left"]), int(values["came"]), values["reason"]
            return await self.desk.carry_out(presence.swap_officer, shift.id, left, came, reason, at, form_key=form_key)

        hint = "临时调换:前后两人都留名,通知时间一并记下。"
        self.open_form(
            "调换值班员",
            fields,
            submit,
            hint,
            draft="duty.swap",
            about=shift.number,
            then=lambda name: self.say(f"已登记 临时调换 {name}接班"),
        )

    def action_close(self) -> None:
        """Offer what closes the page: 交班 first."""
        shift = self.shift
        if shift is None:
            self.note("这一班没有人接班,没有可以交的。")
            return
        options: list[tuple[str, Callable[[], object]]] = []
        if shift.state is ShiftState.OPEN:
            options.append(("交班", self.hand_over))
            options.append(("临时替班(通讯员)", partial(self.absence, False)))
        else:
            options.append(("带班领导签阅", self.sign))
        options.append(("脱岗、漏岗登记", partial(self.absence, True)))
        self.choose("本班", options)

    def hand_over(self) -> None:
        """Hand the shift over: who takes it, who gets each open line, 五项."""
        shift, page = self.shift, self._page
        if shift is None or page is None or shift.state is not ShiftState.OPEN:
            self.note("还没有接班,没有可以交的班。")
            return
        office = self.desk.office
        loose = entry_rows.loose_matters(office, shift)
        incoming = forms.shown(self._next_person(shift))
        fields = forms.hand_over_fields(self.desk.people, loose, incoming, not page.standing, incoming)
        if shift.late_reason:
            fields.insert(1, Field("at", "交班时间", "time", True, HAND_OVER, placeholder="纸上写的时间", width=24))

        async def submit(values: dict[str, str], *, form_key: str) -> HandedOver:
            receivers = {
                int(name.removeprefix(forms.RECEIVER)): int(value)
                for name, value in values.items()
                if name.startswith(forms.RECEIVER)
            }
            missing = values["five_missing"] or ("未写明" if values["five"] == "no" else "")
            at = forms.moment_of(values.get("at", ""), shift, self.desk.office.now())
            given = (receivers, missing, values["quiet"] == "yes", values["words"], at)
            return await self.desk.carry_out(
                shifts.hand_over_duty, shift.id, int(values["incoming"]), *given, form_key=form_key
            )

        hint = f"未结{len(loose)}件,各写接收人;已经办完的先按Esc,再按F5办结。" if loose else ""
        self.open_form(
            f"交班 {shift.hours.words}",
            fields,
            submit,
            hint,
            verb="交班",
            draft="duty.hand_over",
            about=shift.number,
            then=self._handed,
        )

    def _next_person(self, shift: Shift) -> int | None:
        """Return who most likely takes over: the next shift's officer where it follows at once, else 行政股."""
        office = self.desk.office
        after = next_hours(office, shift.hours)
        plan = planned(office, after.day, after.starts)
        if after.starts <= shift.hours.ends and plan is not None and plan.officers:
            return plan.officers[0]
        row = office.fetch(
            "SELECT incoming_id FROM duty_shifts WHERE incoming_id IS NOT NULL AND state = 'handed_over'"
            " AND struck_at IS NULL ORDER BY id DESC LIMIT 1"
        )
        section: list[Person] = [one for one in self.desk.people() if one.section == KEEPERS_SECTION]
        if row and any(one.id == row[0][0] for one in section):
            return int(row[0][0])
        return section[0].id if section else None

    def _handed(self, done: HandedOver) -> None:
        handed = f" 移交{done.handed_on}件" if done.handed_on else ""
        words = f"登记{done.lines}笔" if done.lines else "本班无重要事项"
        self.say(f"已交班 {done.at:%H:%M} 接班{done.incoming_name} {words}{handed} 核对码 {done.code_words}")
        self.back_up()

    def sign(self) -> None:
        """Record that the leader signed the page on paper."""
        shift = self.shift
        if shift is None:
            return
        fields = [
            Field(
                "leader", "带班领导", "person", True, RECORD, value=forms.shown(shift.leader), people=self.desk.people
            ),
            Field("day", "签阅日期", "date", True, value=self.today.isoformat()),
            Field("paper_page", "纸质页号", placeholder="可不写", width=24),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            day = date.fromisoformat(values["day"])
            leader, page = int(values["leader"]), values["paper_page"]
            return await self.desk.carry_out(presence.sign_duty_page, shift.id, leader, day, page, form_key=form_key)

        self.open_form(
            "带班领导签阅",
            fields,
            submit,
            draft="duty.sign",
            about=shift.number,
            then=lambda name: self.say(f"已登记 {name}签阅"),
        )

    def absence(self, is_found: bool) -> None:
        """Note a short absence with its relief, or one that was found out."""
        shift = self.shift
        if shift is None:
            return

        async def submit(values: dict[str, str], *, form_key: str) -> str:
            now = self.desk.office.now()

            def at(name: str) -> datetime | None:
                return forms.moment_of(values.get(name, ""), shift, now)

            start, end = at("start"), at("end")
            relief = int(values["relief"]) if values.get("relief") else None
            absence = Absence(
                int(values["person"]),
                start or now,
                end or now,
                relief,
                at("relief_start"),
                at("relief_end"),
                values.get("found_by", ""),
                values["remark"],
            )
            minutes = await self.desk.carry_out(presence.record_absence, shift.id, absence, form_key=form_key)
            return f"已登记 {'脱岗' if is_found else '临时替班'} {minutes}分钟"

        title = "脱岗、漏岗登记" if is_found else "临时替班"
        self.open_form(
            title,
            forms.absence_fields(self.desk.people, shift, is_found),
            submit,
            draft="duty.away" if is_found else "duty.relief",
            about=shift.number,
            then=self.say,
        )

    def enter_late_shift(self) -> None:
        """Enter a night that was kept on paper."""
        fields = [
            Field("day", "哪天的班", "date", True, RECORD, value=self._page.day.isoformat() if self._page else ""),
            Field("took", "接班时间", "time", True, placeholder="过了零点的照写,如 0030", width=24),
            *forms.crew_fields(self.desk.people, None, None, None),
            Field("late", "补登原因", required=True, placeholder="如 停电、机器故障"),
            Field("paper_page", "纸质页号", required=True, placeholder="记在纸质值班页第几页", width=24),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> TakenOver:
            day = date.fromisoformat(values["day"])
            took = forms.late_moment(day, values["took"], await self.desk.read(hours_on, day))
            late = LateShift(day, took, values["late"], values["paper_page"])
            return await self.desk.carry_out(shifts.take_over_duty, forms.crew_of(values), late, form_key=form_key)

        def done(taken: TakenOver) -> None:
            self.show_shift(taken.shift)
            self.say(f"已补登 {chinese_short_day(taken.day)}的班 值班员{taken.officer_name},按F2补登各笔,再按F6交班")

        self.open_form("补登纸质值班", fields, submit, draft="duty.late_shift", then=done)
