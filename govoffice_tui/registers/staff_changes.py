"""The staff list in real life: who comes, goes, is lent out, moves, and is called something else from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from govoffice_tui.clock import chinese_day
from govoffice_tui.journal.change import Change
from govoffice_tui.models import StaffPeriod, StaffProfile
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.staff_rows import (
    ONE_DAY,
    Changed,
    authorise,
    changed,
    end_stay,
    lend,
    name_then,
    named,
    profiles_of,
    require_plausible,
    require_unsealed,
    require_unsigned,
    span_words,
    stays_of,
)
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.people import AttendanceMode, Category, Membership
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.text import initials


class Origin(StrEnum):
    """How somebody came to the office."""

    RECRUITED = "recruited"
    TRANSFERRED_IN = "transferred_in"
    SECONDED_IN = "seconded_in"

    @property
    def label(self) -> str:
        return {"recruited": "新录", "transferred_in": "调入", "seconded_in": "借入"}[self.value]

    @property
    def membership(self) -> Membership:
        """Return how somebody who came so stands to the office."""
        return Membership.SECONDED_IN if self is Origin.SECONDED_IN else Membership.EMPLOYED


@dataclass(frozen=True)
class NewPerson:
    """What is written of somebody new; an empty `number` asks for the next free one."""

    name: str
    section: str = ""
    position: str = ""
    category: Category = Category.CIVIL_SERVANT
    phone: str = ""
    sex: str = ""
    number: str = ""
    remark: str = ""


def add_person(
    office: Office,
    person: NewPerson,
    origin: Origin,
    first: date,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Changed:
    """Enter somebody who comes with a day, last in rank order; from that day on they sign.

    Refused for an empty name, a number that was ever given, an impossible day, and days of a month under seal.
    """
    with office.write("add_person", by, form_key) as writing:
        if writing.repeated_entry is None:
            authorise(office, writing)
            added = add_row(office, writing, person, origin, first)
        else:
            added = writing.repeated_entry
        return changed(office, added, f"{origin.label} {chinese_day(first)}到岗", first)


def add_row(office: Office, writing: Change, person: NewPerson, origin: Origin, first: date) -> int:
    """Write somebody who comes with a day, and return the staff id; inside a writing transaction only."""
    name = named(person.name)
    require_plausible(writing, first, "first")
    require_unsealed(office, first, None, "first")
    taken = staff.numbers_given(office)
    number = checked(person.number, "number")
    if number in taken:
        raise Refused(f"工号{number}已经用过,工号不重用。", field="number")
    highest = office.fetch("SELECT coalesce(max(rank), 0) FROM staff_profiles WHERE struck_at IS NULL")[0][0]
    return staff.enter_person(
        writing,
        number or staff.next_number(taken),
        person.sex,
        origin.membership,
        first,
        f"{origin.label} {checked(person.remark, 'remark')}".strip(),
        name=name,
        section=checked(person.section, "section"),
        position=checked(person.position, "position"),
        category=person.category.value,
        mode=AttendanceMode.SIGNS.value,
        rank=highest + staff.RANK_STEP,
        phone=checked(person.phone, "phone"),
        initials=initials(name),
    )


def rejoin(
    office: Office, person: int, origin: Origin, first: date, *, by: int | None, form_key: str | None = None
) -> Changed:
    """Enter that somebody who had left is back from a day on, under the number they always had.

    Refused while they are on the roster, before the day they left, and for days of a month under seal.
    """
    with office.write("rejoin", by, form_key) as writing:
        if writing.repeated is None:
            authorise(office, writing)
            rejoin_row(office, writing, person, origin, first)
        return changed(office, person, f"{origin.label} {chinese_day(first)}到岗", first)


def rejoin_row(office: Office, writing: Change, person: int, origin: Origin, first: date) -> None:
    """Write that somebody is back; inside a writing transaction only."""
    name = str(profiles_of(office, person)[-1].values["name"])
    require_plausible(writing, first, "first")
    for stay in stays_of(office, person):
        if stay.kind is not Membership.SECONDED_OUT and (stay.last is None or stay.last >= first):
            raise Refused(f"{name}{span_words(stay.first, stay.last)}在册,请核对日期。", field="first")
    require_unsealed(office, first, None, "first")
    writing.insert(
        StaffPeriod,
        staff_id=person,
        kind=origin.membership.value,
        from_day=first.isoformat(),
        entered_at=writing.now,
        entered_by=writing.operator,
    )


def correct_joined(office: Office, person: int, first: date, *, by: int | None, form_key: str | None = None) -> Changed:
    """Put right the day somebody came (到岗日期); the wrong lines are struck, their revisions stand.

    Refused where nothing would change, past days they signed, changes or loans that lie before it, and for
    days of a month under seal.
    """
    with office.write("correct_joined", by, form_key) as writing:
        if writing.repeated is None:
            authorise(office, writing)
            require_plausible(writing, first, "first")
            profiles, stays = profiles_of(office, person), stays_of(office, person)
            name, old = str(profiles[0].values["name"]), stays[0].first
            if first == old:
                raise Refused("与现在的一样,没有要改的。", field="first")
            later = [profile.first for profile in profiles[1:]] + [stay.first for stay in stays[1:]]
            if (later and first >= min(later)) or (stays[0].last is not None and first > stays[0].last):
                raise Refused(f"{name}在这以前已有别的登记,请核对日期。", field="first")
            begin, end = min(first, old), max(first, old) - ONE_DAY
            require_unsealed(office, begin, end, "first")
            if first > old:
                require_unsigned(office, person, name, begin, end, "first")
            writing.correct(StaffProfile, profiles[0].id, "改到岗日期", from_day=first.isoformat())
            writing.correct(StaffPeriod, stays[0].id, "改到岗日期", from_day=first.isoformat())
        return changed(office, person, f"到岗日期为{chinese_day(first)}", first)


def transfer_out(office: Office, person: int, last: date, *, by: int | None, form_key: str | None = None) -> Changed:
    """Enter the last day of somebody who is transferred away; loans and posts end with it.

    Refused outside their time at the office, before a day they signed, for days of a month under seal, and
    where nobody would be left to assign posts.
    """
    return _leave(office, "transfer_out", "调出", person, last, by, form_key)


def retire(office: Office, person: int, last: date, *, by: int | None, form_key: str | None = None) -> Changed:
    """Enter the last day of somebody who retires; refused as `transfer_out` is."""
    return _leave(office, "retire", "退休", person, last, by, form_key)


def lend_out(
    office: Office,
    person: int,
    first: date,
    last: date | None = None,
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> Changed:
    """Enter that somebody is lent out from a day, to a day or until they come back; pay and place stay.

    Refused outside their time at the office, across another loan, over days they signed, and for days of a
    month under seal.
    """
    with office.write("lend_out", by, form_key) as writing:
        name = name_then(office, person, first)
        if writing.repeated is None:
            authorise(office, writing)
            require_plausible(writing, first, "first")
            if last is not None:
                require_plausible(writing, last, "last")
            lend(office, writing, person, name, first, last, checked(remark, "remark"))
        return Changed(person, name, f"{span_words(first, last)}借出")


def return_from_loan(
    office: Office, person: int, back: date, *, by: int | None, form_key: str | None = None
) -> Changed:
    """Enter the first day somebody lent out is back; a loan that never began is struck.

    Refused where no loan goes on to that day, and for days of a month under seal.
    """
    with office.write("return_from_loan", by, form_key) as writing:
        name = name_then(office, person, back)
        if writing.repeated is None:
            authorise(office, writing)
            require_plausible(writing, back, "back")
            loan = next(
                (
                    stay
                    for stay in stays_of(office, person)
                    if stay.kind is Membership.SECONDED_OUT and stay.covers(back)
                ),
                None,
            )
            if loan is None:
                raise Refused(f"{name}{chinese_day(back)}没有借出,请核对日期。", field="back")
            require_unsealed(office, back, loan.last, "back")
            if loan.first == back:
                writing.strike(StaffPeriod, loan.id, "没有借出")
            else:
                writing.update(StaffPeriod, loan.id, to_day=(back - ONE_DAY).isoformat())
        return Changed(person, name, f"{chinese_day(back)}归来")


def _leave(
    office: Office, verb: str, word: str, person: int, last: date, by: int | None, form_key: str | None
) -> Changed:
    with office.write(verb, by, form_key) as writing:
        name = name_then(office, person, last)
        if writing.repeated is None:
            authorise(office, writing)
            require_plausible(writing, last, "last")
            end_stay(office, writing, person, name, last, word)
        return Changed(person, name, f"{word} 最后一天{chinese_day(last)}")
