"""复核: corrections that hold at once, and that a second person looks at within two workdays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govoffice_tui.clock import chinese_short_day, day_of, local
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Review, Table
from govoffice_tui.registers import calendar, closing, posts, staff
from govoffice_tui.registers.attendance import put_back
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused

WORKDAYS = 2
"""Within how many workdays a second person answers."""


@dataclass(frozen=True)
class ReviewedTable:
    """A table whose corrections are reviewed: its register, the register's word, and how a rejected one goes back.

    `put_back` gets the row the correction made and the reviewer's words, inside the writing transaction.
    """

    register: str
    words: str
    put_back: Callable[[Office, Change, int, str], None]


def _put_back_use(office: Office, writing: Change, row: int, remark: str) -> None:
    """Put a line of the seal register back; its corrections ask for reviews, so it is read when one is rejected."""
    from govoffice_tui.registers.seals.corrections import put_back_use

    put_back_use(office, writing, row, remark)


TABLES: Mapping[str, ReviewedTable] = {
    "sign_ins": ReviewedTable("attendance", "考勤", put_back.put_back_signature),
    "arrivals": ReviewedTable("attendance", "考勤", put_back.put_back_arrival),
    "seal_uses": ReviewedTable("seals", "印章", _put_back_use),
}
"""Every table whose corrections a second person looks at."""


@dataclass(frozen=True)
class OpenReview:
    """One correction that waits for its second person."""

    id: int
    table: str
    event_day: date
    words: str
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    due_day: date
    is_overdue: bool

    @property
    def sentence(self) -> str:
        """Return the correction in one line: what, by whom, until when."""
        return f"{self.words} {self.asked_by_name}改,{chinese_short_day(self.due_day)}前复核"


@dataclass(frozen=True)
class Reviewed:
    """What now stands in the book of a correction."""

    id: int
    words: str
    agrees: bool


def ask(
    office: Office,
    writing: Change,
    table: type[Table],
    entry: int,
    event_day: date,
    words: str,
    about: int | None = None,
) -> int:
    """Ask for a second person's look at the row a correction made; inside a writing transaction only.

    `about` is the person the row speaks of, who does not review it.
    """
    assert writing.operator is not None
    return writing.insert(
        Review,
        register=str(table._meta.table_name),
        entry=entry,
        event_day=event_day.isoformat(),
        about=about,
        words=words,
        asked_at=writing.now,
        asked_by=writing.operator,
        due_day=workday_after(office, day_of(writing.now), WORKDAYS).isoformat(),
        state="open",
    )


def review(
    office: Office, row: int, agrees: bool, remark: str = "", *, by: int | None, form_key: str | None = None
) -> Reviewed:
    """Agree to a correction, or reject it with words: then what stood before is entered back in a line of its own.

    Refused to who asked, to whom it is about, to a mere reader, without words for a rejection, and a second time.
    """
    with office.write("review", by, form_key) as writing:
        if writing.repeated is not None:
            return _reviewed(office, row)
        posts.require(office, "review", by, day_of(writing.now))
        rows = office.fetch("SELECT register, entry, event_day, about, asked_by, state FROM reviews WHERE id = ?", row)
        if not rows:
            raise Refused("没有这件复核。")
        table, entry, event_day, about, asked_by, state = rows[0]
        if state != "open":
            raise Refused("这一件已经复核过了。")
        if by == asked_by:
            raise Refused("更正的人不能自己复核,请另一个人按F9换经办人后复核。")
        if by == about:
            raise Refused("本人的登记不由本人复核,请另一个人办。")
        said = checked(remark, "remark")
        if not agrees and not said:
            raise Refused("不同意要写说明。", field="remark")
        book = TABLES[table]
        closing.require_open(office, book.register, date.fromisoformat(event_day), book.words)
        writing.update(
            Review,
            row,
            state="agreed" if agrees else "rejected",
            reviewed_at=writing.now,
            reviewed_by=by,
            remark=said,
        )
        if not agrees:
            book.put_back(office, writing, entry, said)
        return _reviewed(office, row)


def open_reviews(office: Office, register: str | None = None, days: Sequence[date] | None = None) -> list[OpenReview]:
    """Return the corrections nobody has answered, the oldest first; of one register, or of days, where given."""
    today = office.now().date()
    found = []
    for row, table, day, words, asked_by, asked_at, due_day in office.fetch(
        "SELECT id, register, event_day, words, asked_by, asked_at, due_day FROM reviews"
        " WHERE state = 'open' ORDER BY id"
    ):
        event_day, due = date.fromisoformat(day), date.fromisoformat(due_day)
        if register is not None and TABLES[table].register != register:
            continue
        if days is not None and not days[0] <= event_day <= days[-1]:
            continue
        name = staff.name_of(office, asked_by, today)
        found.append(OpenReview(row, table, event_day, words, asked_by, name, local(asked_at), due, today > due))
    return found


def outcomes(office: Office, days: Sequence[date]) -> dict[tuple[str, int], str]:
    """Return by table and row what became of the corrections of some days, as it stands behind the correction."""
    found = {}
    for table, entry, state, at, by, remark in office.fetch(
        "SELECT register, entry, state, reviewed_at, reviewed_by, remark FROM reviews WHERE event_day BETWEEN ? AND ?",
        days[0].isoformat(),
        days[-1].isoformat(),
    ):
        words = ";收存后更正,待复核"
        if state != "open":
            day = day_of(at)
            answer = "同意" if state == "agreed" else "不同意"
            said = f":{remark}" if remark else ""
            words = f";收存后更正,{chinese_short_day(day)}{staff.name_of(office, by, day)}复核{answer}{said}"
        found[table, entry] = words
    return found


def workday_after(office: Office, day: date, count: int) -> date:
    """Return the day `count` workdays after another; in a year the book does not hold every weekday is one."""
    chart = calendar.load(office, (day.year, day.year + 1))
    while count:
        day += timedelta(days=1)
        count -= chart.is_workday(day) if day.year in chart.years else day.weekday() < 5
    return day


def half_day_words(day: date, half: Half) -> str:
    """Return 10月12日上午."""
    return f"{chinese_short_day(day)}{half.label}"


def _reviewed(office: Office, row: int) -> Reviewed:
    words, state = office.fetch("SELECT words, state FROM reviews WHERE id = ?", row)[0]
    return Reviewed(row, words, state == "agreed")
