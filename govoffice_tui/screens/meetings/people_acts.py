"""The acts on a meeting's notices and people: answers taken, lists brought in, the day's marks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from govoffice_tui.registers.meetings import attending, history, notices
from govoffice_tui.registers.meetings.views import AttendeeLine, MeetingKey, NoticeLine
from govoffice_tui.rules.meetings.parts import Mark, Reply
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.dialogs import ChooseScreen, TextScreen, take
from govoffice_tui.screens.meetings.acts import MeetingActs
from govoffice_tui.screens.meetings.forms import WHY, Answers, read_time
from govoffice_tui.screens.meetings.part_forms import attendee_fields, notice_fields
from govoffice_tui.widgets.form_rows import Field

if TYPE_CHECKING:
    from govoffice_tui.importers.attendees import AttendeeList

PREVIEWED = 200
"""Lines of a list that are shown before it is brought in."""


class PeopleActs(MeetingActs):
    """The acts on units and people of the meeting that is open."""

    def add_units(self, key: MeetingKey) -> None:
        """Ask units, typed or pasted with 、 between them."""
        known = history.units_known(self.desk.office)
        self.fill(
            "添加通知单位",
            [
                Field(
                    "units",
                    "单位",
                    required=True,
                    width=70,
                    history=known,
                    placeholder="用、隔开,可以整段粘贴",
                    joint="、",
                )
            ],
            lambda values: act(notices.add_units, key, notices.split_units(values["units"])),
            lambda asked: f"已添加 {asked.words}",
        )

    def ask_known_units(self, key: MeetingKey) -> None:
        """Ask every unit of the phone book that is not asked already."""
        known = list(history.units_known(self.desk.office))
        self.perform(notices.add_units, key, known, done=lambda asked: f"已添加 {asked.words}")

    def answer(self, key: MeetingKey, notice: NoticeLine, reply: Reply) -> None:
        """Note a unit's answer, and go on to the next."""
        self.perform(notices.reply_notice, key, notice.id, reply, done=lambda words: f"已登记 {words}")
        self.move_on()

    def fill_notice(self, key: MeetingKey, notice: NoticeLine) -> None:
        """Write who comes in whose place, why somebody stays away, and who agreed."""
        first = notice.people[0] if notice.people else None

        def verb(values: Answers) -> Callable[..., Any]:
            comer = None
            if first is not None and values["name"]:
                comer = notices.Comer(first.id, *_person(values))
            stay = notices.Stay(values["receiver"], values["approved_by"], values["remark"], comer)
            return act(notices.fill_notice, key, notice.id, stay)

        self.fill(
            f"{notice.unit} {notice.reply.label if notice.reply else '未回执'}",
            notice_fields(self.desk.office, notice),
            verb,
            lambda unit: f"已登记 {unit}",
        )

    def take_reply_back(self, key: MeetingKey, notice: NoticeLine) -> None:
        """Take an answer back."""
        self.perform(notices.take_back_reply, key, notice.id, done=lambda unit: f"已撤回 {unit} 的回执")

    def strike_notice(self, key: MeetingKey, notice: NoticeLine) -> None:
        """Strike a unit."""
        self.fill(
            f"划去 {notice.unit}",
            [WHY],
            lambda values: act(notices.strike_notice, key, notice.id, values["why"]),
            lambda unit: f"已划去 {unit}",
            word="划去",
        )

    def import_list(self, key: MeetingKey) -> None:
        """Bring a list of people in: the file is read and shown first, and only then entered."""

        async def submit(values: Answers, *, form_key: str) -> AttendeeList:
            from govoffice_tui.importers.attendees import read_attendees
            from govoffice_tui.importers.reader import Unreadable

            path = Path(values["path"].strip().strip("'\"")).expanduser()
            try:
                read = await asyncio.to_thread(read_attendees, path)
            except Unreadable as error:
                raise Refused(str(error), field="path") from None
            if read.problems:
                more = f"等{len(read.problems)}处" if len(read.problems) > 1 else ""
                raise Refused(f"没有导入:{read.problems[0]}{more}。", field="path")
            return read

        fields = [Field("path", "表格文件", required=True, placeholder="可从文件夹拖进来;列名 单位、姓名、职务")]
        self.open_form("导入参会名单", fields, submit, verb="读取", then=partial(self._show_list, key))

    def _show_list(self, key: MeetingKey, read: AttendeeList) -> None:
        units = len({one.unit for one in read.lines})
        named = sum(bool(one.name) for one in read.lines)
        title = ";".join((f"读到单位{units}个、人员{named}名", *read.notices))

        def enter() -> None:
            self.perform(notices.import_attendees, key, read.lines, done=lambda asked: f"已导入 {asked.words}")

        def look() -> None:
            listed = [f"{one.row:>4}  {one.unit}  {one.position} {one.name}".rstrip() for one in read.lines[:PREVIEWED]]
            more = [f"……共{len(read.lines)}行"] if len(read.lines) > PREVIEWED else []
            self.app.push_screen(TextScreen(title, "\n".join([*listed, *more])), lambda _: self._show_list(key, read))

        options = [("1", Content("导入"), enter), ("2", Content("先看名单"), look)]
        self.app.push_screen(ChooseScreen(title, options), take)

    def mark(self, key: MeetingKey, person: AttendeeLine, mark: Mark | None) -> None:
        """Mark somebody, and go on to the next."""
        words = mark.label if mark is not None else "撤回"
        self.perform(attending.mark_attendee, key, person.id, mark, done=lambda who: f"已登记 {who} {words}")
        self.move_on()

    def add_visitor(self, key: MeetingKey) -> None:
        """Add somebody who came without having been asked."""
        self.fill(
            "列席人员",
            [
                Field("unit", "单位", required=True, history=history.units_known(self.desk.office)),
                Field("name", "姓名", required=True, width=30),
                Field("position", "职务", width=30, placeholder="可不写"),
            ],
            lambda values: act(attending.add_visitor, key, values["unit"], values["name"], values["position"]),
            lambda who: self.added(f"已登记 列席 {who}", AttendeeLine),
        )

    def name_person(self, key: MeetingKey, person: AttendeeLine) -> None:
        """Write who comes, and for whom."""
        self.fill(
            f"{person.unit} 参会人",
            attendee_fields(person),
            lambda values: act(attending.change_attendee, key, person.id, *_person(values)),
            lambda who: f"已登记 {who}",
        )

    def note_arrival(self, key: MeetingKey, person: AttendeeLine) -> None:
        """Write when somebody late came."""
        self.fill(
            f"迟到 {person.unit} {person.name}",
            [Field("arrived", "几点到", "time", True, width=24)],
            lambda values: act(attending.mark_attendee, key, person.id, Mark.LATE, read_time(values["arrived"])),
            lambda who: f"已登记 {who} 迟到",
        )

    def strike_person(self, key: MeetingKey, person: AttendeeLine) -> None:
        """Strike somebody from the list."""
        self.fill(
            f"划去 {person.unit} {person.name}",
            [WHY],
            lambda values: act(attending.strike_attendee, key, person.id, values["why"]),
            lambda who: f"已划去 {who}",
            word="划去",
        )


def _person(values: Answers) -> tuple[str, str, str]:
    """Return name, position and whom somebody stands for, as a form gives them."""
    return values["name"], values["position"], values["stands_for"]
