"""The office's rules as data: every setting with its default, read as one frozen `Settings` for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

DEFAULT_LEGEND = (
    "signed=√ late=◇ early=□ absent=× personal=△ sick=○ out=☆ annual=◎ marriage=婚 maternity=产 paternity=护 "
    "bereavement=丧 family_visit=探 training=学 compensatory=休 seconded=借 exempt=免 off_roster=－ pending=待"
)


@dataclass(frozen=True)
class Settings:
    """What the office has decided, as it stands on one day.

    Times are wall times of the office; `summer_from` and `summer_to` are inclusive MM-DD.
    """

    office_name: str = "××县人民政府办公室"
    morning_opens: time = time(7, 0)
    morning_cutoff: time = time(8, 15)
    afternoon_opens: time = time(14, 0)
    afternoon_cutoff: time = time(14, 45)
    summer_afternoon_opens: time = time(14, 30)
    summer_afternoon_cutoff: time = time(15, 15)
    summer_from: str = "05-01"
    summer_to: str = "09-30"
    legend: str = DEFAULT_LEGEND
    first_session: str = "1990-01-01 0"
    backup_folder: str = ""

    @property
    def first_half_day(self) -> tuple[date, int]:
        """Return the day and half from which the book is kept here: nobody is due before it."""
        day, half = self.first_session.split(" ")
        return date.fromisoformat(day), int(half)

    def is_summer(self, day: date) -> bool:
        """Return whether summer hours hold on the day."""
        return self.summer_from <= f"{day:%m-%d}" <= self.summer_to


TITLES: Mapping[str, str] = {
    "office_name": "单位名称",
    "morning_opens": "上午开始签到",
    "morning_cutoff": "上午收存",
    "afternoon_opens": "下午开始签到",
    "afternoon_cutoff": "下午收存",
    "summer_afternoon_opens": "暑期下午开始签到",
    "summer_afternoon_cutoff": "暑期下午收存",
    "summer_from": "暑期开始(月-日)",
    "summer_to": "暑期结束(月-日)",
    "legend": "考勤符号",
    "first_session": "启用场次(日期 0上午1下午)",
    "backup_folder": "第二备份文件夹",
}


def read_value(key: str, value: str) -> Any:
    """Return a stored setting as its type.

    Raises ValueError when it cannot be read: the caller closes the door, it never falls back.
    """
    kind = next(field.type for field in fields(Settings) if field.name == key)
    if kind == "time":
        return time.fromisoformat(value)
    if key in ("summer_from", "summer_to"):
        date.fromisoformat(f"2024-{value}")
    if key == "first_session":
        day, half = value.split(" ")
        date.fromisoformat(day)
        if half not in ("0", "1"):
            raise ValueError("a half-day is 0 or 1")
    if key == "legend":
        read_legend(value)
    if key == "office_name" and not value.strip():
        raise ValueError("empty office name")
    return value


def read_legend(legend: str) -> dict[str, str]:
    """Return the marks of the month sheet by status; raises ValueError on a malformed legend."""
    marks = dict(part.split("=", 1) for part in legend.split())
    known = dict(part.split("=", 1) for part in DEFAULT_LEGEND.split())
    if set(marks) != set(known) or not all(marks.values()):
        raise ValueError("legend does not name every status once")
    return marks
