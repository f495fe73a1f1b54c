"""What is known of a person, from a day on or as it always was: changes, renames, corrections, the order of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import StaffProfile
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff_rows import (
    Changed,
    authorise,
    change_from,
    changed,
    correct_run,
    name_then,
    named,
    profiles_of,
    require_plausible,
    require_unsealed,
)
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import AttendanceMode, Category
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import NAME_LIMIT, clean, initials

TEXTS = ("section", "position", "phone")


def change_profile(
    office: Office,
    person: int,
    first: date,
    *,
    section: str | None = None,
    position: str | None = None,
    phone: str | None = None,
    category: Category | None = None,
    mode: AttendanceMode | None = None,
    remark: str = "",
    by: int | None,
    form_key: str | None = None,
) -> Changed:
    """Let section, position, phone, 人员类别 or 考勤方式 be another from a day on; None leaves one as it is.

    免签 needs `remark`: why, and who approved it. Refused before the person came, where nothing would
    change, and for days of a month under seal.
    """
    values: dict[str, Value] = {
        name: checked(text, name)
        for name, text in zip(TEXTS, (section, position, phone), strict=True)
        if text is not None
    }
    if category is not None:
        values["category"] = category.value
    if mode is not None:
        values["mode"] = mode.value
    said = checked(remark, "remark")
    with office.write("change_profile", by, form_key) as writing:
        if writing.repeated is None:
            authorise(office, writing)
            if mode is AttendanceMode.EXEMPT and not said:
                raise Refused("免签要写明理由和批准人。", field="remark")
            change_row(office, writing, person, first, said, values)
        return changed(office, person, f"{chinese_day(first)}起变动", first)


def change_row(
    office: Office, writing: Change, person: int, first: date, remark: str, values: Mapping[str, Value]
) -> None:
    """Write what is another from a day on; inside a writing transaction only."""
    require_plausible(writing, first, "first")
    before = [profile for profile in profiles_of(office, person) if profile.first <= first]
    changes = {name: value for name, value in values.items() if not before or before[-1].values[name] != value}
    if not changes:
        raise Refused("与现在的一样,没有要改的。")
    require_unsealed(office, first, None, "first")
    change_from(office, writing, person, first, remark, **changes)


def rename(
    office: Office, person: int, name: str, first: date, *, by: int | None, form_key: str | None = None
) -> Changed:
    """Enter that a person bears another name from a day on (更名); months before it keep the old one.

    Refused for an empty or unchanged name, before the person came, and for days of a month under seal.
    """
    new = named(name)
    with office.write("rename", by, form_key) as writing:
        old = name_then(office, person, first)
        if writing.repeated is None:
            authorise(office, writing)
            change_row(office, writing, person, first, f"原名{old}", {"name": new, "initials": initials(new)})
        return Changed(person, new, f"{chinese_day(first)}起更名")


def correct_profile(
    office: Office,
    person: int,
    *,
    name: str | None = None,
    section: str | None = None,
    position: str | None = None,
    phone: str | None = None,
    by: int | None,
    form_key: str | None = None,
) -> Changed:
    """Put right what was written wrong and was always so (改错字): the wrong lines are struck, their revisions stand.

    Refused where nothing would change.
    """
    with office.write("correct_profile", by, form_key) as writing:
        today = day_of(writing.now)
        if writing.repeated is None:
            authorise(office, writing)
            now = _profile_now(office, person, today)
            told: dict[str, Value] = {
                field: checked(text, field)
                for field, text in zip(TEXTS, (section, position, phone), strict=True)
                if text is not None
            }
            if name is not None and named(name) != now["name"]:
                told |= {"name": named(name), "initials": initials(named(name))}
            wrong = {field: value for field, value in told.items() if now[field] != value}
            if not wrong:
                raise Refused("与现在的一样,没有要改的。")
            correct_run(office, writing, person, today, "改错字", **wrong)
        return changed(office, person, "已改错字", today)


def correct_initials(
    office: Office, person: int, letters: str, *, by: int | None, form_key: str | None = None
) -> Changed:
    """Put right the pinyin initials a name is found by; refused for anything but letters."""
    typed = "".join(clean(letters).text.lower().split())
    if not (typed.isascii() and typed.isalpha() and len(typed) <= NAME_LIMIT):
        raise Refused("拼音首字母只用字母,如 zwj。", field="initials")
    with office.write("correct_initials", by, form_key) as writing:
        today = day_of(writing.now)
        if writing.repeated is None:
            authorise(office, writing)
            if _profile_now(office, person, today)["initials"] == typed:
                raise Refused("与现在的一样,没有要改的。", field="initials")
            correct_run(office, writing, person, today, "改拼音首字母", initials=typed)
        return changed(office, person, f"首字母为{typed}", today)


def move_rank(
    office: Office, person: int, before: int | None, *, by: int | None, form_key: str | None = None
) -> Changed:
    """Put a person before another in the order of every list, or last where `before` is None; holds from today.

    Months gone by keep the order they had. Refused once the month is under seal.
    """
    with office.write("move_rank", by, form_key) as writing:
        today = day_of(writing.now)
        if writing.repeated is None:
            authorise(office, writing)
            require_unsealed(office, today, None, "first")
            order = [one for one in staff.everybody_ever(office, today) if one.id != person]
            place = next((at for at, one in enumerate(order) if one.id == before), len(order))
            if before is not None and place == len(order):
                raise Refused("花名册上没有这个人。")
            lower = order[place - 1].rank if place else 0
            upper = order[place].rank if place < len(order) else lower + 2 * staff.RANK_STEP
            if upper - lower > 1:
                _set_rank(office, writing, person, today, (lower + upper) // 2)
            else:
                ids = [one.id for one in order[:place]] + [person] + [one.id for one in order[place:]]
                for at, one in enumerate(ids, 1):
                    _set_rank(office, writing, one, today, at * staff.RANK_STEP)
        return changed(office, person, "已移动", today)


def _profile_now(office: Office, person: int, today: date) -> Mapping[str, Value]:
    profiles = profiles_of(office, person)
    return max(
        (profile for profile in profiles if profile.first <= today),
        key=lambda profile: profile.first,
        default=profiles[0],
    ).values


def _set_rank(office: Office, writing: Change, person: int, today: date, rank: int) -> None:
    """Let a place in the order hold from today; within a day it is moved on the same line."""
    profiles = profiles_of(office, person)
    current = next((profile for profile in reversed(profiles) if profile.first <= today), profiles[0])
    if current.values["rank"] == rank:
        return
    if current.first < today:
        change_from(office, writing, person, today, "", rank=rank)
        return
    for profile in profiles:
        if profile.first >= current.first:
            writing.update(StaffProfile, profile.id, rank=rank)
