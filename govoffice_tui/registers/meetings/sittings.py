"""The count of 常务会议: which run a day belongs to, and the 第N次 that is next."""

from __future__ import annotations

from datetime import date

from govoffice_tui.registers import settings
from govoffice_tui.registers.meetings.plans import MeetingPlan
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import ORGANISING
from govoffice_tui.rules.refusal import Refused

MOST_SITTINGS = 999


def sitting_run(office: Office, day: date) -> str:
    """Return the run a counted meeting of a day belongs to: the government's term where it is set, else the year."""
    begins = settings.on(office, day).meeting_term_from
    return begins if begins and begins <= day.isoformat() else str(day.year)


def next_sitting(office: Office, day: date) -> int:
    """Return the N that the next 第N次常务会议 of a day's run has; one called off keeps its own."""
    return (
        office.fetch(
            "SELECT max(sitting) FROM meetings WHERE sitting_run = ? AND struck_at IS NULL", sitting_run(office, day)
        )[0][0]
        or 0
    ) + 1


def count_sitting(office: Office, plan: MeetingPlan, meeting: MeetingKey | None) -> tuple[str, int]:
    """Return run and N of a counted meeting; the N of a meeting called off may be given again where it is typed."""
    run = sitting_run(office, plan.starts.date())
    if meeting is not None and plan.sitting is None:
        stands = office.fetch(
            "SELECT sitting_run, sitting FROM meetings WHERE series = '会' AND year = ? AND number = ?"
            " AND struck_at IS NULL",
            meeting.year,
            meeting.number,
        )
        if stands and stands[0][0] == run and stands[0][1] is not None:
            return run, int(stands[0][1])
    if plan.sitting is None:
        return run, next_sitting(office, plan.starts.date())
    if not 1 <= plan.sitting <= MOST_SITTINGS:
        raise Refused(f"次数写1到{MOST_SITTINGS}。", field="sitting")
    for year, number in office.fetch(
        "SELECT year, number FROM meetings WHERE sitting_run = ? AND sitting = ? AND struck_at IS NULL"
        " AND state <> 'cancelled'",
        run,
        plan.sitting,
    ):
        if MeetingKey(year, number) != meeting:
            raise Refused(f"第{plan.sitting}次已是{MeetingKey(year, number).shown}。", ORGANISING, field="sitting")
    return run, plan.sitting
