"""Months under seal: what may still be written in them, and how one is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of, month_days, month_of
from govoffice_tui.models import Closing
from govoffice_tui.registers import calendar, posts
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar
from govoffice_tui.rules.refusal import Problem, Refused, Sealed

CLOSERS: Mapping[str, str] = {"supplies": "close_supplies"}
"""The verbs of registers whose own keeper closes their months; the others are closed by `close_month`."""


@dataclass(frozen=True)
class SealedMonth:
    """One month of a register under seal, in its newest revision."""

    revision: int
    closed_at: int
    closed_by: int | None
    figures_digest: str
    calendar_revision: int


def sealed(office: Office, register: str, month: str) -> SealedMonth | None:
    """Return how a month (YYYY-MM) was sealed, None while it is open."""
    rows = office.fetch(
        "SELECT revision, closed_at, closed_by, figures_digest, calendar_revision FROM closings"
        " WHERE register = ? AND month = ? ORDER BY revision DESC LIMIT 1",
        register,
        month,
    )
    return SealedMonth(*rows[0]) if rows else None


def calendar_of(office: Office, register: str, day: date) -> Calendar:
    """Return the calendar a day of a register goes by: of a month under seal the revision it was sealed with."""
    seal = sealed(office, register, month_of(day))
    return calendar.for_day(office, day, seal.calendar_revision if seal is not None else None)


def require_open(office: Office, register: str, day: date, words: str) -> None:
    """Refuse to write in a month under seal, but as an amendment; `words` names the register on the screen."""
    month = month_of(day)
    if sealed(office, register, month) is None:
        return
    if office.amends is None:
        raise Sealed(f"{day.year}年{day.month}月{words}已封存,不能再改。请按更正单办理,另出更正表。", month)
    office.amends.touch(month)


def close_month(
    office: Office,
    register: str,
    month: str,
    pending: Callable[[Office, str], list[Problem]],
    digest: Callable[[Office, str], str],
    *,
    by: int | None,
    form_key: str | None = None,
) -> SealedMonth:
    """Seal a month (YYYY-MM): refused while `pending` finds anything, and a second time.

    `digest` gives the figures' digest that stands beside the seal from then on.
    """
    verb = CLOSERS.get(register, "close_month")
    with office.write(verb, by, form_key) as writing:
        before = sealed(office, register, month)
        if before is not None and writing.repeated is not None:
            return before
        if before is not None:
            raise Refused("本月已封存。")
        posts.require(office, verb, by, day_of(writing.now))
        left = pending(office, month)
        if left:
            more = f"等{len(left)}项" if len(left) > 1 else ""
            raise Refused(f"还不能封存:{left[0]}{more}。")
        revision = calendar.for_day(office, month_days(month)[0]).years[int(month[:4])].revision
        figures_digest = digest(office, month)
        writing.insert(
            Closing,
            register=register,
            month=month,
            revision=1,
            closed_at=writing.now,
            closed_by=by,
            figures_digest=figures_digest,
            calendar_revision=revision,
        )
        return SealedMonth(1, writing.now, by, figures_digest, revision)
