"""Who is back from an outing and when, what is put right of it, and the checking off (核销)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from govoffice_tui.clock import chinese_short_day, day_of, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.models import Outing, OutingPerson
from govoffice_tui.registers import closing, posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.outings.checks import (
    NAMES_SHOWN,
    REGISTER,
    WORDS,
    names_of,
    note_all_back,
    require,
    require_change,
    require_free,
    row_of,
    stretches_of,
    travellers_of,
)
from govoffice_tui.registers.outings.claims import moment_words
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.outings import NOON, OUTING, OutingState, Stretch, half_of
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Returned:
    """Who is noted as back, and when."""

    number: str
    people: tuple[str, ...]
    when: str
    still_out: int

    @property
    def words(self) -> str:
        """Return 外〔2026〕12号 王伟 10月12日11:20返回."""
        names = "、".join(self.people[:NAMES_SHOWN])
        names += f"等{len(self.people)}人" if len(self.people) > NAMES_SHOWN else ""
        left = f",还有{self.still_out}人未返回" if self.still_out else ""
        return f"{self.number} {names} {self.when}返回{left}"


def record_return(
    office: Office,
    outing: int,
    people: Sequence[int] = (),
    day: date | None = None,
    half: Half | None = None,
    at: time | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Returned:
    """Note that people are back: of everybody still out where none are named, at a time or now.

    Without a time somebody who signed in after the expected end came back then. Somebody noted already is put
    right: the note is struck and written again. Refused before the outing began, for a return before it or still to
    come, and for one after a signature of the person that follows the expected end.
    """
    with office.write("record_return", by, form_key) as writing:
        if writing.repeated is not None:
            return _returned(office, outing, people)
        posts.require(office, "record_return", by, day_of(writing.now))
        now = local(writing.now)
        row = require(office, writing, outing, "record_return")
        before = stretches_of(office, outing)
        out = {person for _, person in travellers_of(office, outing, "AND back_day IS NULL")}
        wanted = set(people) or out
        if not wanted:
            raise Refused("都已登记返回。要改时间请选一个人。", OUTING, field="person")
        if not wanted <= before.keys():
            raise Refused("这个人不在这一笔外出里,或已经划去。", field="person")
        moment = _moment(day, half, at, now)
        back = {person: _return(office, row.stretch, person, moment, now) for person in sorted(wanted)}
        require_free(office, back, ignoring=outing)
        require_change(office, before, before | back)
        for traveller, person in travellers_of(office, outing):
            if person in out and person in wanted:
                writing.update(OutingPerson, traveller, **_columns(back[person]))
            elif person in wanted:
                writing.correct(OutingPerson, traveller, "更正返回时间", **_columns(back[person]))
        note_all_back(office, writing, outing)
        return _returned(office, outing, sorted(wanted))


def take_back_return(office: Office, outing: int, person: int, *, by: int | None, form_key: str | None = None) -> str:
    """Take back that somebody returned: struck and written again without a return; return the name."""
    with office.write("take_back_return", by, form_key) as writing:
        row = row_of(office, outing, local(writing.now))
        name = "".join(names_of(office, {person}, row.stretch.first))
        if writing.repeated is not None:
            return name
        posts.require(office, "take_back_return", by, day_of(writing.now))
        row = require(office, writing, outing, "take_back_return")
        mine = [
            traveller for traveller, one in travellers_of(office, outing, "AND back_day IS NOT NULL") if one == person
        ]
        if not mine:
            raise Refused(f"{name}还没有登记返回。", OUTING, field="person")
        before = stretches_of(office, outing)
        again = {person: row.stretch}
        require_free(office, again, ignoring=outing)
        require_change(office, before, before | again)
        writing.correct(OutingPerson, mine[0], "撤回返回", back_day=None, back_half=None, back_at=None)
        writing.update(Outing, outing, state=OutingState.OUT.value)
        return name


def settle_outings(office: Office, outings: Sequence[int], *, by: int | None, form_key: str | None = None) -> int:
    """Check off outings whose people are all back (核销); return how many. Nothing of them changes afterwards."""
    with office.write("settle_outings", by, form_key) as writing:
        if writing.repeated is not None:
            return len(outings)
        posts.require(office, "settle_outings", by, day_of(writing.now))
        if not outings:
            raise Refused("没有可以核销的外出。", OUTING)
        for outing in outings:
            row = require(office, writing, outing, "settle_outings")
            if not row.place:
                raise Refused(f"{row.number}还没有写去哪里,请先按F4更正补上。", OUTING)
            closing.require_open(office, REGISTER, row.stretch.first, WORDS)
            writing.update(Outing, outing, state=OutingState.SETTLED.value)
        return len(outings)


def _moment(day: date | None, half: Half | None, at: time | None, now: datetime) -> tuple[date, Half, datetime | None]:
    """Return a return as it is kept: day, half, and the moment where a time was given; without anything, now."""
    if day is None and half is None and at is None:
        return now.date(), half_of(now.time()), now
    on = day or now.date()
    if at is not None:
        return on, half_of(at), datetime.combine(on, at)
    return on, half if half is not None else Half.AFTERNOON, None


def _return(
    office: Office, stretch: Stretch, person: int, moment: tuple[date, Half, datetime | None], now: datetime
) -> Stretch:
    """Return one person's outing with its return, checked against the outing and the sign-in book."""
    day, half, at = moment
    (name,) = names_of(office, {person}, stretch.first)
    signed = office.fetch(
        "SELECT min(signed_at) FROM sign_ins WHERE event_day >= ? AND staff_id = ? AND struck_at IS NULL"
        " AND signed_at > ?",
        stretch.ends.date().isoformat(),
        person,
        epoch(stretch.ends),
    )[0][0]
    if signed is not None and at == now:
        at = local(signed)
        day, half = at.date(), half_of(at.time())
    back = replace(stretch, last=day, to_half=half, back_at=at)
    if back.ends <= stretch.starts:
        raise Refused(f"{name}的返回时间不晚于外出时间。", OUTING, field="day")
    begins = at or datetime.combine(day, NOON if half is Half.AFTERNOON else time())
    if begins > now:
        raise Refused("返回时间还没有到,请到时再登记。", OUTING, field="day")
    if signed is not None and begins > local(signed):
        moment_signed = local(signed)
        raise Refused(
            f"{name}{chinese_short_day(moment_signed.date())}{moment_signed:%-H:%M}已签到,返回不会在这以后。",
            OUTING,
            field="day",
        )
    return back


def _columns(back: Stretch) -> dict[str, Value]:
    """Return how a return is kept."""
    at = None if back.back_at is None else epoch(back.back_at)
    return {"back_day": back.last.isoformat(), "back_half": int(back.to_half), "back_at": at}


def _returned(office: Office, outing: int, people: Sequence[int]) -> Returned:
    row = row_of(office, outing, local(office.clock.now()))
    returned = {person for _, person in travellers_of(office, outing, "AND back_day IS NOT NULL")}
    stretches = stretches_of(office, outing)
    wanted = returned & set(people) if people else returned
    last = max((stretches[person] for person in wanted), key=lambda one: one.ends)
    when = f"{chinese_short_day(last.last)}{moment_words(last.back_at, last.to_half)}"
    names = tuple(names_of(office, wanted, row.stretch.first))
    return Returned(row.number, names, when, len(stretches) - len(returned))
