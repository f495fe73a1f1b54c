"""The forms of the settings: what is asked for each, and how the answers become one change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import settings
from govoffice_tui.registers.backup_care import second_folder
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.setting_pages import SettingLine
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import LEGEND_PRESETS, mark_objection
from govoffice_tui.rules.settings import CARRIERS, DUTY_CHOICES, TITLES, read_legend, read_sign_points, write_legend
from govoffice_tui.widgets.form_row import Field, Kind

Answers = dict[str, str]

DAY = "from_day"
HALVES = (("0", "上午"), ("1", "下午"))
MARK_TITLES = {status.value: status.label for status in HalfStatus} | {"signed": "出勤", "early": "早退"}
"""What the mark of a status is called where it is changed."""

_KINDS: dict[str, Kind] = {"summer_from": "month_day", "summer_to": "month_day", "duty_report_minutes": "number"}
_PLACEHOLDERS = {
    "office_name": "如 ××县人民政府办公室",
    "sign_points": "主楼=办领导、行政股;老楼=信息股",
    "meeting_rooms": "一楼会议室=40;三楼会议室=200",
    "meeting_term_from": "如 2026-11-25,不写就按年",
    "backup_folder": "如 /media/usb/登记库备份,可从文件夹拖进来",
}


def form_fields(line: SettingLine, earliest: date) -> list[Field]:
    """Return the fields of a topic, last the day its values hold from where that can be chosen."""
    fields = [field for key in line.topic.keys for field in _fields_of(key, line)]
    return fields if line.topic.is_at_once else [*fields, day_field(earliest)]


def mark_fields(line: SettingLine, earliest: date) -> list[Field]:
    """Return a field for the mark of each status, and the day they hold from."""
    marks = read_legend(line.values["legend"])
    fields = [Field(status, MARK_TITLES.get(status, status), value=mark, width=8) for status, mark in marks.items()]
    return [*fields, day_field(earliest)]


def day_field(earliest: date) -> Field:
    """Return the field of the day values hold from: at once while nobody has signed yet."""
    if earliest == settings.EVER:
        return Field(DAY, "从哪天起", "date", placeholder="不写就是马上(还没有人签到),也可以写以后的日子")
    return Field(DAY, "从哪天起", "date", required=True, value=earliest.isoformat())


def written(line: SettingLine, answers: Answers) -> Answers:
    """Return the values of a topic's keys as its form gave them."""
    if line.topic.word == "first_session":
        return {"first_session": f"{answers['first_session']} {answers['half']}"}
    return {key: answers[key] for key in line.topic.keys}


def written_marks(answers: Answers) -> Answers:
    """Return the legend that a form of marks gave; refused under the first mark that cannot be."""
    marks = {status: mark for status, mark in answers.items() if status != DAY}
    wrong = mark_objection(marks, MARK_TITLES)
    if wrong is not None:
        status, message = wrong
        raise Refused(message, field=status)
    return {"legend": write_legend(marks)}


def preset_values(name: str) -> Answers:
    """Return the legend of a preset."""
    return {"legend": LEGEND_PRESETS[name]}


def first_day(answers: Answers) -> date | None:
    """Return the day a form asks for, None for the first possible."""
    return date.fromisoformat(answers[DAY]) if answers.get(DAY) else None


def change_folder(office: Office, typed: str, *, by: int | None, form_key: str | None = None) -> str:
    """Set the second folder of backups once it is found to serve; return what to tell of it."""
    found = second_folder(office, typed)
    settings.change(office, "backup_folder", found.path, by=by, form_key=form_key)
    return found.sentence


def require_sections(points: str, sections: Collection[str]) -> None:
    """Refuse sign-in places for a section nobody belongs to: most often it is misspelled."""
    try:
        named = [section for listed in read_sign_points(points).values() for section in listed]
    except ValueError:
        return  # the verb says what is wrong with the text
    unknown = [section for section in named if section not in sections]
    if unknown:
        known = "、".join(sections)
        raise Refused(f"花名册里没有“{unknown[0]}”这个股室。现有:{known}。", field="sign_points")


def day_words(first: date, today: date) -> str:
    """Return from when a change holds, as the status line says it."""
    if first <= today:
        return "马上生效"
    year = f"{first.year}年" if first.year != today.year else ""
    return f"{year}{chinese_short_day(first)}起"


def _fields_of(key: str, line: SettingLine) -> list[Field]:
    value, article = line.values[key], line.topic.article
    if key == "first_session":
        day, _, half = value.partition(" ")
        return [
            Field(key, "启用日期", "date", True, article, value=_day_or_blank(day)),
            Field("half", "从哪一场", "choice", True, value=half, choices=HALVES),
        ]
    if key == "carrier":
        return [Field(key, TITLES[key], "choice", True, article, value=value, choices=tuple(CARRIERS.items()))]
    if key in DUTY_CHOICES:
        return [Field(key, TITLES[key], "choice", True, article, value=value, choices=tuple(DUTY_CHOICES[key].items()))]
    kind = _KINDS.get(key, "time" if key.endswith(("_opens", "_cutoff", "_begins", "_ends")) else "text")
    is_required = key not in ("sign_points", "backup_folder", "meeting_rooms", "meeting_term_from")
    width = 70 if kind == "text" else 24
    placeholder = _PLACEHOLDERS.get(key, "")
    return [Field(key, TITLES[key], kind, is_required, article, value=value, placeholder=placeholder, width=width)]


def _day_or_blank(day: str) -> str:
    return "" if day == settings.EVER.isoformat() else day
