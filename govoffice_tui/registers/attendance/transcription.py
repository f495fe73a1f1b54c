"""A paper sheet typed into the book in one transaction: everybody present but the exceptions (考勤制度第2条、第3条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import day_of, epoch, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Arrival, SignIn
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.attendance.facts import claims
from govoffice_tui.registers.attendance.pages import REGISTER, session_on
from govoffice_tui.registers.attendance.sheets import due_on_sheet, hours_on, recount, sheet_named
from govoffice_tui.registers.attendance.signing import ARRIVALS, SIGN_INS, WORDS
from govoffice_tui.registers.attendance.views import Sheet, SheetLine, SheetPage
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import ArrivalKind, SessionHours
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import EXCUSED, HalfStatus, bit
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.sign_sheets import (
    LATE_ENTRY,
    SheetEntry,
    SheetMark,
    require_in_time,
    require_late,
    require_sheet_state,
    sheet_place,
)

CORRECTED = "录入更正"
"""Why a line typed from paper is struck when the sheet is taken up again."""


@dataclass(frozen=True)
class Transcribed:
    """What now stands in the book of a sheet, and how many lines this pass changed."""

    sheet: Sheet
    present: int
    late: int
    missing: int
    changed: int


@dataclass(frozen=True)
class _Standing:
    """What the book says of one person: a signature with its page, or what was noted instead."""

    mark: SheetMark
    at: datetime | None = None
    sign_in: int | None = None
    arrival: int | None = None
    page: str = ""
    is_excused: bool = False

    @property
    def is_on_screen(self) -> bool:
        return self.sign_in is not None and not self.page


def sheet_page(office: Office, day: date, half: Half, point: str = "") -> SheetPage:
    """Return a sheet as it is typed: nobody typed yet is present, afterwards everybody as the book has them."""
    sheet = sheet_named(office, day, half, point)
    people = due_on_sheet(office, day, half, point)
    names = display_names(people)
    standing = _standing(office, people, day, half)
    lines = []
    for person in people:
        mine = standing[person.id]
        is_blank = mine.mark is SheetMark.MISSING and mine.arrival is None and sheet.is_unread
        lines.append(
            SheetLine(
                person,
                names[person.id],
                SheetMark.PRESENT if is_blank else mine.mark,
                None if mine.is_on_screen else mine.at,
                mine.at if mine.is_on_screen else None,
                mine.is_excused,
            )
        )
    return SheetPage(day, half, hours_on(office, day, half), sheet, tuple(lines))


def transcribe(
    office: Office,
    day: date,
    half: Half,
    entries: Sequence[SheetEntry],
    point: str = "",
    seen: Sequence[SheetEntry] = (),
    *,
    by: int | None,
    form_key: str | None = None,
) -> Transcribed:
    """Type a paper sheet, whole or again: only lines that differ are written, a wrong one is struck and kept.

    A time is not after the cut-off nor the collection; without one the line holds the cut-off and shows 纸. Somebody
    late needs a time after it; whose slip will follow stays 待核 with that remark. Refused before collection, once it
    is checked, in a month under seal, for somebody not due at this place, for who signed on the screen unless marked
    present, and where the book says something else by now than the lines `seen` before typing. Nothing is written
    where one line is refused.
    """
    with office.write("transcribe", by, form_key) as writing:
        sheet = sheet_named(office, day, half, point)
        if writing.repeated is not None:
            return _transcribed(office, day, half, point, 0)
        posts.require(office, "transcribe", by, day_of(writing.now))
        closing.require_open(office, REGISTER, day, WORDS)
        require_sheet_state(sheet.state, "transcribe", sheet_place(sheet.point, day, half))
        session = session_on(office, day, half)
        assert session is not None
        assert sheet.collected_at is not None
        people = {person.id: person for person in due_on_sheet(office, day, half, point)}
        _require_seen(sheet_page(office, day, half, point), seen)
        standing = _standing(office, list(people.values()), day, half)
        scribe = _Scribe(office, writing, session.id, sheet, sheet.collected_at, day, half)
        changed = 0
        for entry in {entry.person: entry for entry in entries}.values():
            if entry.person not in people:
                raise Refused("名单里有人不在这一页上(不在册、免签,或在别的签到点),请重新打开再录。")
            changed += scribe.write(people[entry.person].name, entry, standing[entry.person])
        recount(office, writing, sheet, day, half)
    return _transcribed(office, day, half, point, changed)


class _Scribe:
    """Writes the lines of one sheet inside one change."""

    def __init__(
        self,
        office: Office,
        writing: Change,
        session: int,
        sheet: Sheet,
        collected: datetime,
        day: date,
        half: Half,
    ) -> None:
        self._office = office
        self._writing = writing
        self._session = session
        self._sheet = sheet
        self._collected = collected
        self._day = day
        self._half = half
        self._hours: SessionHours = hours_on(office, day, half)
        self._late = LATE_ENTRY if day < day_of(writing.now) else None

    def write(self, name: str, entry: SheetEntry, standing: _Standing) -> bool:
        """Write one person's line where the book says something else; return whether it did."""
        if standing.is_on_screen:
            if entry.mark is not SheetMark.PRESENT:
                raise Refused(f"{name}已在屏幕上{standing.at:%H:%M:%S}签到,屏幕上的签到不改。")
            return False
        at = entry.at if entry.mark in (SheetMark.PRESENT, SheetMark.LATE) else None
        if entry.mark is SheetMark.PRESENT and at is not None:
            require_in_time(name, at, self._hours, self._collected)
        elif entry.mark is SheetMark.LATE:
            at = require_late(name, at, self._hours, self._collected, local(self._writing.now))
        if (entry.mark, at) == (standing.mark, standing.at):
            return False
        if entry.mark is SheetMark.PRESENT:
            self._sign(entry.person, at, standing)
        else:
            self._note(entry, at, standing)
        return True

    def _sign(self, person: int, at: datetime | None, standing: _Standing) -> None:
        if standing.arrival is not None:
            self._writing.strike(Arrival, standing.arrival, CORRECTED)
        signed_at = epoch(at or min(self._hours.cutoff, self._collected))
        page, is_untimed = self._sheet.page, int(at is None)
        if standing.sign_in is not None:
            self._writing.correct(
                SignIn,
                standing.sign_in,
                CORRECTED,
                signed_at=signed_at,
                paper_page=page,
                is_untimed=is_untimed,
                late_reason=self._late,
            )
            return
        enter(
            self._office,
            self._writing,
            SignIn,
            SIGN_INS,
            self._day,
            "signed",
            late_reason=self._late,
            session_id=self._session,
            half=int(self._half),
            staff_id=person,
            signed_at=signed_at,
            paper_page=page,
            is_untimed=is_untimed,
        )

    def _note(self, entry: SheetEntry, at: datetime | None, standing: _Standing) -> None:
        if standing.sign_in is not None:
            self._writing.strike(SignIn, standing.sign_in, CORRECTED)
        if entry.mark is SheetMark.MISSING:
            if standing.arrival is not None:
                self._writing.strike(Arrival, standing.arrival, CORRECTED)
            return
        kind = ArrivalKind.LATE if entry.mark is SheetMark.LATE else ArrivalKind.PENDING
        arrived = None if at is None else epoch(at)
        remark = entry.mark.waiting_words
        if standing.arrival is not None:
            self._writing.correct(
                Arrival,
                standing.arrival,
                CORRECTED,
                state=kind.value,
                kind=kind.value,
                arrived_at=arrived,
                remark=remark,
                late_reason=self._late,
            )
            return
        enter(
            self._office,
            self._writing,
            Arrival,
            ARRIVALS,
            self._day,
            kind.value,
            late_reason=self._late,
            session_id=self._session,
            half=int(self._half),
            staff_id=entry.person,
            kind=kind.value,
            arrived_at=arrived,
            remark=remark,
        )


def _standing(office: Office, people: Sequence[Person], day: date, half: Half) -> dict[int, _Standing]:
    """Return what the book says of each person of a sheet."""
    between = (day.isoformat(), int(half))
    place = bit(day, half)
    excused = {
        person: SheetMark.OUT if status is HalfStatus.OUT else SheetMark.LEAVE
        for person, mine in claims(office, [day]).items()
        for status in reversed(EXCUSED)
        if mine.get(status, 0) & place
    }
    found = {
        person.id: _Standing(excused.get(person.id, SheetMark.MISSING), is_excused=person.id in excused)
        for person in people
    }
    waiting = {mark.waiting_words: mark for mark in (SheetMark.LEAVE, SheetMark.OUT)}
    for row, person, kind, at, remark in office.fetch(
        "SELECT id, staff_id, kind, arrived_at, remark FROM arrivals"
        " WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        *between,
    ):
        mark = SheetMark.LATE if kind == ArrivalKind.LATE else waiting.get(remark, SheetMark.MISSING)
        arrived = None if at is None else local(at)
        found[person] = _Standing(mark, arrived, arrival=row, is_excused=person in excused)
    for row, person, at, page, is_untimed in office.fetch(
        "SELECT id, staff_id, signed_at, paper_page, is_untimed FROM sign_ins"
        " WHERE event_day = ? AND half = ? AND struck_at IS NULL",
        *between,
    ):
        signed = None if is_untimed else local(at)
        found[person] = _Standing(SheetMark.PRESENT, signed, sign_in=row, page=page, is_excused=person in excused)
    return found


def _require_seen(page: SheetPage, seen: Sequence[SheetEntry]) -> None:
    """Refuse to type over what another window has typed since the page was read."""
    now = {line.person.id: line for line in page.lines}
    for entry in seen:
        line = now.get(entry.person)
        if line is not None and (line.mark, line.at) != (entry.mark, entry.at):
            raise Refused(f"{line.display_name}这一行别的窗口刚改过,请按Esc返回,重新打开再录。")


def _transcribed(office: Office, day: date, half: Half, point: str, changed: int) -> Transcribed:
    page = sheet_page(office, day, half, point)
    marks = [line.mark for line in page.lines]
    present, late = marks.count(SheetMark.PRESENT), marks.count(SheetMark.LATE)
    return Transcribed(page.sheet, present, late, len(marks) - present - late, changed)
