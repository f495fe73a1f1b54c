"""An office of 120 people with twenty years of books, written row by row through the journal."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

from govoffice_tui.clock import SetClock, epoch
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import SignIn, SignSession
from govoffice_tui.registers import calendar
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import everybody, import_staff
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Category, StaffLine

PEOPLE = 120
LAST_DAY = date(2026, 10, 30)


def people_lines(count: int, first: date) -> list[StaffLine]:
    """Return invented people, ten a section."""
    return [
        StaffLine(row, "", f"测试{row:03d}", "", f"第{row // 10 + 1}股", "科员", "", first, Category.CIVIL_SERVANT, "")
        for row in range(count)
    ]


def build(folder: Path, years: int) -> Office:
    """Build the office and return it open; the last month is October 2026."""
    first = date(LAST_DAY.year - years, 11, 1)
    clock = SetClock(datetime.combine(first, time(6, 0)))
    office = found_office(folder, clock, {"office_name": "测试县人民政府办公室", "first_session": f"{first} 0"})
    for year in range(first.year, LAST_DAY.year + 1):
        calendar.ensure(office, year)
    import_staff(office, people_lines(PEOPLE, first), by=None)
    chart = calendar.load(office, range(first.year, LAST_DAY.year + 1))
    staff = [person.id for person in everybody(office, first)]
    chance = random.Random(1)
    numbers: dict[tuple[str, int], int] = {}

    def number(series: str, year: int) -> int:
        numbers[series, year] = numbers.get((series, year), 0) + 1
        return numbers[series, year]

    days = chart.workdays(first, LAST_DAY)
    for start in range(0, len(days), 20):
        with office.bulk():
            for day in days[start : start + 20]:
                for half in Half:
                    cutoff = datetime.combine(day, time(8, 15) if half is Half.MORNING else time(14, 45))
                    clock.set(cutoff - timedelta(minutes=20))
                    with office.write("sign_in", 1) as writing:
                        head: dict[str, Value] = {
                            "year": day.year,
                            "event_day": day.isoformat(),
                            "entered_by": 1,
                            "half": int(half),
                        }
                        session = writing.insert(
                            SignSession,
                            **head,
                            series="簿",
                            number=number("簿", day.year),
                            entered_at=writing.now,
                            state="collected",
                            opens_at=epoch(cutoff - timedelta(hours=1)),
                            cutoff_at=epoch(cutoff),
                            collected_at=epoch(cutoff),
                            collected_by_id=1,
                            expected=PEOPLE,
                            signed=PEOPLE,
                        )
                        for person in staff:
                            if chance.random() < 0.02:
                                continue
                            writing.insert(
                                SignIn,
                                **head,
                                series="签",
                                number=number("签", day.year),
                                entered_at=writing.now,
                                state="signed",
                                session_id=session,
                                staff_id=person,
                                signed_at=writing.now,
                            )
    clock.set(datetime(2026, 11, 2, 7, 30))
    return office
