"""The office's rules as data: every setting with its default, read as one frozen `Settings` for a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from typing import Any

from govoffice_tui.rules.sign_points import ONE_POINT, SignPoint

DEFAULT_LEGEND = (
    "signed=√ late=◇ early=□ absent=× personal=△ sick=○ out=☆ annual=◎ marriage=婚 maternity=产 paternity=护 "
    "bereavement=丧 family_visit=探 training=学 compensatory=休 seconded=借 exempt=免 off_roster=－ pending=待"
)
"""符号式: the marks a new office prints."""

CHARACTER_MARKS: Mapping[str, str] = {
    "late": "迟",
    "early": "退",
    "absent": "旷",
    "personal": "事",
    "sick": "病",
    "out": "公",
    "annual": "年",
}
"""汉字式: what a mark of 符号式 is replaced by; the others are characters already."""

CARRIERS: Mapping[str, str] = {"screen": "屏幕上签到", "paper": "纸质签到簿,收存后转录"}
"""What the sign-in book of a session is kept on unless the session itself says otherwise."""


@dataclass(frozen=True)
class Settings:
    """What the office has decided, as it stands on one day.

    Times are wall times of the office; `summer_from` and `summer_to` are inclusive MM-DD. Leave of up to
    `leave_oral_halves` half-days may be asked for by word of mouth, of up to `leave_deputy_halves` from the deputy.
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
    carrier: str = "screen"
    sign_points: str = ""
    backup_folder: str = ""
    study_starts: time = time(8, 15)
    study_ends: time = time(8, 45)
    cleaning_starts: time = time(7, 30)
    cleaning_ends: time = time(8, 0)
    leave_oral_halves: int = 1
    leave_deputy_halves: int = 4
    leave_followup_days: int = 2
    leave_long_sick_days: int = 30
    duty_report_minutes: int = 10
    duty_hours: str = "8:00-12:00 14:30-17:30"
    duty_summer_hours: str = "8:00-12:00 15:00-18:00"
    duty_rest_shifts: str = "8:00-8:00"
    duty_noon: str = "officer"
    duty_officers: str = "1"
    duty_pools: str = "带班领导=办领导;通讯员=通讯员"
    duty_rest_after: str = "off"
    meeting_rooms: str = ""
    meeting_term_from: str = ""
    supervision_blue_days: int = 7
    supervision_yellow_days: int = 3
    supplies_limit: int = 10
    supplies_count_months: int = 3

    @property
    def first_half_day(self) -> tuple[date, int]:
        """Return the day and half from which the book is kept here: nobody is due before it."""
        day, half = self.first_session.split(" ")
        return date.fromisoformat(day), int(half)

    @property
    def points(self) -> tuple[SignPoint, ...]:
        """Return the places people sign at, one without a name where none is named."""
        return tuple(SignPoint(*point) for point in read_sign_points(self.sign_points).items()) or ONE_POINT

    @property
    def rooms(self) -> tuple[tuple[str, int | None], ...]:
        """Return the office's meeting rooms, each with the people it holds where that is written."""
        return read_rooms(self.meeting_rooms)

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
    "summer_from": "暑期开始",
    "summer_to": "暑期结束",
    "legend": "考勤符号",
    "first_session": "启用场次",
    "carrier": "签到簿用什么",
    "sign_points": "签到点",
    "backup_folder": "第二备份文件夹",
    "study_starts": "集中学习开始",
    "study_ends": "集中学习结束",
    "cleaning_starts": "大扫除开始",
    "cleaning_ends": "大扫除结束",
    "leave_oral_halves": "可口头请假(半天数以内)",
    "leave_deputy_halves": "分管副主任批假(半天数以内)",
    "leave_followup_days": "补办请假手续(返岗后工作日)",
    "leave_long_sick_days": "病假按自然日计(超过天数)",
    "duty_report_minutes": "急办、请示几分钟内报告",
    "duty_hours": "行政股值守时间",
    "duty_summer_hours": "暑期行政股值守时间",
    "duty_rest_shifts": "休息日班次",
    "duty_noon": "中午由谁值守",
    "duty_officers": "每班值班员人数",
    "duty_pools": "谁轮值",
    "duty_rest_after": "值夜班后补休",
    "meeting_rooms": "会议室",
    "meeting_term_from": "常务会议次数从哪天起计",
    "supervision_blue_days": "督办蓝色提醒(到期前天数)",
    "supervision_yellow_days": "督办黄色提醒(到期前天数)",
    "supplies_limit": "领用须批准(超过数量)",
    "supplies_count_months": "几个月盘点一次",
}

DUTY_CHOICES: Mapping[str, Mapping[str, str]] = {
    "duty_noon": {"officer": "当天值班员", "section": "行政股"},
    "duty_officers": {"1": "一名", "2": "两名"},
    "duty_rest_after": {"off": "不补休", "morning": "次日上午补休"},
}
"""What the duty settings that have only a few values may be."""

DUTY_POSTS = ("带班领导", "值班员", "通讯员")


@lru_cache(maxsize=256)
def read_value(key: str, value: str) -> Any:
    """Return a stored setting as its type.

    Raises ValueError when it cannot be read: the caller closes the door, it never falls back.
    """
    kind = next(field.type for field in fields(Settings) if field.name == key)
    if kind == "time":
        moment = time.fromisoformat(value)
        if value not in (f"{moment:%H:%M}", f"{moment:%H:%M}:00"):
            raise ValueError("a time of day is HH:MM")
        return moment
    if key == "duty_report_minutes":
        minutes = int(value)
        if not 1 <= minutes <= 240 or str(minutes) != value:
            raise ValueError("minutes within which a leader hears of a matter")
        return minutes
    if kind == "int":
        return read_count(value)
    if key in ("summer_from", "summer_to") and f"{date.fromisoformat(f'2024-{value}'):%m-%d}" != value:
        raise ValueError("a day of the year is MM-DD")
    if key == "first_session":
        day, half = value.split(" ")
        if date.fromisoformat(day).isoformat() != day or half not in ("0", "1"):
            raise ValueError("a session is YYYY-MM-DD and its half-day, 0 or 1")
    if key == "legend":
        read_legend(value)
    if key == "office_name" and not value.strip():
        raise ValueError("empty office name")
    if key == "carrier" and value not in CARRIERS:
        raise ValueError("unknown carrier")
    if key == "sign_points":
        read_sign_points(value)
    if key in ("duty_hours", "duty_summer_hours"):
        hours = read_hours(value)
        if any(starts >= ends for starts, ends in hours) or any(a[1] > b[0] for a, b in pairwise(hours)):
            raise ValueError("office hours run forward and do not overlap")
    if key == "duty_rest_shifts":
        hours = read_hours(value)
        joins = [*pairwise(hours), (hours[-1], hours[0])]
        if len(hours) > 4 or len({starts for starts, _ in hours}) < len(hours) or any(a[1] != b[0] for a, b in joins):
            raise ValueError("the shifts of a day off follow one another round the clock")
        first = _minutes(hours[0][0])
        if [(_minutes(starts) - first) % 1440 for starts, _ in hours] != sorted(
            (_minutes(starts) - first) % 1440 for starts, _ in hours
        ):
            raise ValueError("the shifts of a day off go once round the clock")
    if key == "duty_pools":
        read_pools(value)
    if key == "meeting_rooms":
        read_rooms(value)
    if key == "meeting_term_from" and value and date.fromisoformat(value).isoformat() != value:
        raise ValueError("a day is YYYY-MM-DD")
    if key in DUTY_CHOICES and value not in DUTY_CHOICES[key]:
        raise ValueError("not one of the choices")
    return value


def read_count(value: str) -> int:
    """Return a number of half-days or days; raises ValueError on anything but plain digits up to 366."""
    if not (value.isascii() and value.isdecimal() and len(value) <= 3 and int(value) <= 366):
        raise ValueError("not a count of days")
    return int(value)


def read_hours(text: str) -> list[tuple[time, time]]:
    """Return spans of a day as `8:00-12:00 14:30-17:30` says; raises ValueError on a malformed text."""
    found = []
    for part in text.split():
        match = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})", part)
        if match is None:
            raise ValueError("a span is HH:MM-HH:MM")
        hour, minute, last_hour, last_minute = map(int, match.groups())
        found.append((time(hour, minute), time(last_hour, last_minute)))
    if not found:
        raise ValueError("no hours")
    return found


def read_pools(text: str) -> dict[str, tuple[str, ...]]:
    """Return the sections and positions that take turns in each duty post, as `带班领导=办领导;通讯员=通讯员` says.

    Raises ValueError for an unknown post, one named twice, and a word named for two posts.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (one.strip() for one in re.split("[;；]", text))):
        post, *rest = (one.strip() for one in re.split("[=＝]", part))
        words = tuple(one.strip() for one in re.split("[、,，]", rest[0])) if len(rest) == 1 else ()
        if post not in DUTY_POSTS or post in found or not words or not all(words):
            raise ValueError("a duty post has its sections or positions")
        found[post] = words
    listed = [word for words in found.values() for word in words]
    if len(set(listed)) < len(listed) or not {"带班领导", "通讯员"} <= set(found):
        raise ValueError("a word stands for one post, and leaders and messengers are named")
    return found


def read_rooms(text: str) -> tuple[tuple[str, int | None], ...]:
    """Return meeting rooms with the people they hold, as `一楼会议室=40;三楼会议室` says; empty for none.

    Raises ValueError for a room without a name, one named twice, and a number of people that is none.
    """
    found: dict[str, int | None] = {}
    for part in filter(None, (one.strip() for one in re.split("[;；、]", text))):
        room, *rest = (one.strip() for one in re.split("[=＝]", part))
        seats = rest[0] if rest else ""
        if not room or room in found or len(rest) > 1 or (rest and not (seats.isascii() and seats.isdecimal())):
            raise ValueError("a meeting room has one name and the people it holds")
        found[room] = int(seats[:5]) if seats else None
    return tuple(found.items())


def _minutes(moment: time) -> int:
    return 60 * moment.hour + moment.minute


def read_legend(legend: str) -> dict[str, str]:
    """Return the marks of the month sheet by status; raises ValueError on a malformed legend.

    A status the legend does not name has the mark of a new office; no two statuses share one.
    """
    marks = _pairs(DEFAULT_LEGEND)
    given = _pairs(legend)
    if set(given) - set(marks):
        raise ValueError("legend names a status nobody knows")
    marks |= given
    if not all(is_printable_mark(mark) for mark in marks.values()) or len(set(marks.values())) < len(marks):
        raise ValueError("a mark is one character the form's typeface has, and no two statuses share it")
    return marks


def write_legend(marks: Mapping[str, str]) -> str:
    """Return marks by status as they are stored."""
    return " ".join(f"{status}={mark}" for status, mark in marks.items())


def is_printable_mark(mark: str) -> bool:
    """Return whether a mark is one character that 仿宋_GB2312 prints, and no blank."""
    if len(mark) != 1 or mark.isspace() or not mark.isprintable() or mark == "=":
        return False
    try:
        mark.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def read_sign_points(text: str) -> dict[str, tuple[str, ...]]:
    """Return the sections that sign at each place, as `主楼=办领导、行政股;老楼=信息股` says; empty for one place.

    Raises ValueError for a place without a name or a section, and a place or section named twice.
    """
    points: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (one.strip() for one in re.split("[;；]", text))):
        place, *rest = (one.strip() for one in re.split("[=＝]", part))
        sections = tuple(one.strip() for one in re.split("[、,，]", rest[0])) if len(rest) == 1 else ()
        if not place or not sections or not all(sections) or place in points:
            raise ValueError("a sign-in place has one name and its sections")
        points[place] = sections
    listed = [section for sections in points.values() for section in sections]
    if len(set(listed)) < len(listed):
        raise ValueError("a section signs at one place")
    return points


def _pairs(text: str) -> dict[str, str]:
    """Return `key=value` pairs parted by blanks; raises ValueError where one is none or comes twice."""
    pairs = [part.split("=", 1) for part in text.split(" ") if part]
    found = {key: value for key, value in pairs}
    if len(found) < len(pairs):
        raise ValueError("a key comes twice")
    return found
