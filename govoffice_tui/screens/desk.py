"""The desk: what all screens share of one office, and the one thread that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from govoffice_tui.registers import calendar, settings, staff
from govoffice_tui.registers.office import READ_PATIENCE, WRITE_PATIENCE, Office, StorageError
from govoffice_tui.registers.register import Due, Register
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.form_drafts import DeskDrafts

if TYPE_CHECKING:
    from govoffice_tui.registers.amendments import Amendment

T = TypeVar("T")

Agenda = tuple[tuple[str, Due], ...]
"""What is to be done today, each behind the title of its book; on a desk None until it was first looked for."""


def unheard() -> None:
    """Do nothing: nobody listens yet."""


class Desk:
    """One open office at one keyboard.

    `office` is the screen's own handle and waits 50 ms at most; every write goes through `carry_out`, one
    after another in a thread of its own, slow reads through `read` in a second one, `drafts` in a third.
    While it `runs_alone` (签到台) nothing but the board can be reached.
    """

    def __init__(self, opened: Office, registers: Sequence[Register] = ()) -> None:
        self.office = opened.another(READ_PATIENCE)
        self.clock = opened.clock
        self.registers = registers
        self.operator: Person | None = None
        self.office_name = ""
        self.day_kind = ""
        self.alarm = f"只读打开,不能登记:{opened.read_only}" if opened.read_only else ""
        self.agenda: Agenda | None = None
        self.amendment: Amendment | None = None
        self.runs_alone = False
        self.on_change: Callable[[], None] = unheard
        self.drafts = DeskDrafts(opened)
        self._writer = opened.another(WRITE_PATIENCE)
        self._reader = opened.another(WRITE_PATIENCE)
        self._write_thread = ThreadPoolExecutor(1, "writer")
        self._read_thread = ThreadPoolExecutor(1, "reader")
        self._writing = 0
        self._named: tuple[Person | None, str] = (None, "")
        self._people: tuple[object, list[Person]] = (None, [])

    @property
    def is_writing(self) -> bool:
        """Return whether a write has been handed over and not come back."""
        return self._writing > 0

    @property
    def is_overdue(self) -> bool:
        """Return whether anything of the office is late."""
        return any(due.is_overdue for _, due in self.agenda or ())

    @property
    def operator_name(self) -> str:
        """Return the name of who is at the keyboard, with the section where two share it; empty for nobody."""
        if self.operator is None:
            return ""
        if self._named[0] is not self.operator:
            names = display_names(self.people())
            self._named = (self.operator, names.get(self.operator.id, self.operator.name))
        return self._named[1]

    @property
    def operator_id(self) -> int | None:
        """Return the staff id of who is at the keyboard."""
        return self.operator.id if self.operator is not None else None

    async def carry_out(self, verb: Callable[..., T], *args: object, form_key: str | None = None, **kwargs: Any) -> T:
        """Carry out one verb of a register as the person at the keyboard, off the screen's thread.

        Verbs run one after another in the order they were asked for; a write that has begun goes to its
        end whoever stops waiting for it. Raises what the verb raises. `by=` overrides the person. An `amendment`
        that was laid on the desk lets the next verb into months under seal.
        """
        given = {"by": self.operator_id, "form_key": form_key or uuid4().hex, **kwargs}
        act = partial(verb, self._writer, *args, **given)
        amendment, self.amendment = self.amendment, None
        if amendment is not None:
            from govoffice_tui.registers.amendments import amend

            act = partial(amend, self._writer, amendment, act, by=given["by"])
        self._writing += 1
        future = asyncio.get_running_loop().run_in_executor(self._write_thread, act)
        future.add_done_callback(self._written)
        return await asyncio.shield(future)

    async def read(self, query: Callable[..., T], *args: object) -> T:
        """Run a slow read off the screen's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._read_thread, partial(query, self._reader, *args))

    def take_seat(self, person: Person | None) -> None:
        """Note who is at the keyboard now."""
        self.operator = person
        self.on_change()

    def people(self) -> list[Person]:
        """Return the office's people of today in rank order, read again only after something was written.

        While the file cannot be read it is the list last read: a name field never waits and never fails.
        """
        today = self.office.now().date()
        try:
            mark = (today, self.office.data_version())
            if self._people[0] != mark:
                self._people = (mark, staff.people_on(self.office, today))
        except StorageError:
            return self._people[1]
        return self._people[1]

    def read_day(self) -> None:
        """Read what the head of every page says of today: the office's name and the kind of day."""
        today = self.office.now().date()
        self.office_name = settings.on(self.office, today).office_name
        chart = calendar.load(self.office, [today.year])
        self.day_kind = chart.title(today) if today.year in chart.years else ""

    async def keep_calendar(self) -> None:
        """Load the working days of this year, and in December of the next, where the book does not hold them."""
        today = self.office.now().date()
        try:
            for year in (today.year, today.year + 1) if today.month == 12 else (today.year,):
                if year not in calendar.load(self.office, [year]).years:
                    await self.carry_out(calendar.ensure, year)
            self.read_day()
        except (Refused, StorageError) as error:
            self.alarm = str(error)
        self.on_change()

    async def check_book(self) -> None:
        """Check in the background what was written since the last good check; raise the alarm over what is wrong."""
        from govoffice_tui.registers.verification import verify_recent

        try:
            findings = await self.read(verify_recent)
        except StorageError as error:
            self.alarm = str(error)
        else:
            if findings:
                more = f"等{len(findings)}处" if len(findings) > 1 else ""
                self.alarm = f"登记库被程序以外改动过:{findings[0]}{more}。请运行 govoffice verify 查看。"
        self.on_change()

    async def look_for_due(self) -> None:
        """Read what is due and late in all registers."""
        self.agenda = await self.read(self._all_due)
        self.on_change()

    async def record_clock_step(self, seconds: int) -> None:
        """Record that the machine's clock jumped and raise the alarm; an open sign-in stops."""
        from govoffice_tui.registers.timekeeping import record_step

        jumped = f"机器时间跳了{seconds:+d}秒"
        try:
            stopped = await self.carry_out(record_step, seconds)
        except (Refused, StorageError) as error:
            self.alarm = f"{jumped}。{error}"
        else:
            more = "正在进行的签到已停,请签到管理人核对时间后恢复。" if stopped else "请核对机器时间。"
            self.alarm = f"{jumped},已记入登记库。{more}"
        self.on_change()

    def close(self) -> None:
        """Wait for the running write, then close every connection in the thread that opened it."""
        self._write_thread.submit(self._writer.close)
        self._read_thread.submit(self._reader.close)
        self._write_thread.shutdown(wait=True)
        self._read_thread.shutdown(wait=True)
        self.drafts.close()
        self.office.close()

    def _all_due(self, office: Office) -> Agenda:
        now = office.now()
        return tuple((register.title, due) for register in self.registers for due in register.due(office, now))

    def _written(self, future: asyncio.Future[Any]) -> None:
        self._writing -= 1
        if not future.cancelled():
            future.exception()  # a caller that stopped waiting leaves the outcome unread
