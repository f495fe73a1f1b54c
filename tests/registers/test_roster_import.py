"""An older roster brought in: it is where the turns begin, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.duty.roster import document, shifts
from govoffice_tui.registers.duty.roster_import import import_duties
from govoffice_tui.registers.duty.roster_making import make_roster
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.rules.people import Category, StaffLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import DutyPost


@dataclass(frozen=True)
class Line:
    row: int
    day: date
    post: DutyPost
    name: str


@pytest.fixture
def manned(office: Office, clock: SetClock) -> Office:
    """The eight people with two messengers, on 20 November."""
    lines = [
        StaffLine(row, "", name, "", "行政股", "通讯员", "", date(2026, 10, 1), Category.WORKER, "")
        for row, name in ((20, "刘建华"), (21, "陶永福"))
    ]
    import_staff(office, lines, by=1)
    clock.set(datetime(2026, 11, 20, 9, 0))
    return office


def test_who_had_the_duties_brought_in_comes_last(manned: Office) -> None:
    days = [date(2026, 11, day) for day in range(2, 7)]
    lines = [Line(place, day, DutyPost.LEADER, "赵敏") for place, day in enumerate(days, 2)]
    assert import_duties(manned, lines, by=1) == 5
    make_roster(manned, "2026-12", by=1)
    made = document(manned, "2026-12")
    assert made is not None
    leaders = [line.staff for line in shifts(manned, made.id) if line.post is DutyPost.LEADER]
    assert leaders.count(2) > leaders.count(1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(3, date(2026, 11, 2), DutyPost.OFFICER, "外单位某人"), "不在花名册上"),
        (Line(3, date(2026, 11, 2), DutyPost.OFFICER, "王伟"), "有2个人"),
        (Line(3, date(2026, 12, 2), DutyPost.OFFICER, "冯䶮"), "还没有到"),
    ],
)
def test_an_import_is_all_or_nothing(manned: Office, line: Line, words: str) -> None:
    good = Line(2, date(2026, 11, 1), DutyPost.LEADER, "赵敏")
    with pytest.raises(Refused, match=words):
        import_duties(manned, [good, line], by=1)
    assert manned.fetch("SELECT count(*) FROM duty_starts") == [(0,)]


def test_the_same_duties_are_not_brought_in_twice_nor_beside_a_roster(manned: Office) -> None:
    lines = [Line(2, date(2026, 11, 1), DutyPost.LEADER, "赵敏")]
    import_duties(manned, lines, by=1)
    with pytest.raises(Refused, match="已经导入过"):
        import_duties(manned, lines, by=1)
    make_roster(manned, "2026-11", by=1)
    with pytest.raises(Refused, match="已有值班表"):
        import_duties(manned, [Line(3, date(2026, 11, 3), DutyPost.LEADER, "赵敏")], by=1)
