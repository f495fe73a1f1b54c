"""专项值班安排 (春节, 防汛, 重大活动): a dated overlay with its own title, posts and shifts (值班制度第1条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from govoffice_tui.clock import day_of, epoch
from govoffice_tui.models import Roster, RosterShift
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.duty.roster import BOOK, REGISTER
from govoffice_tui.registers.duty.roster_facts import ensure_calendar
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.roster import OWN_STAFF, ROUND_THE_CLOCK, DutyPost, RosterState, duty_kind
from govoffice_tui.rules.settings import read_hours

MOST_DAYS = 130
"""Days one 专项值班安排 may span: a flood season."""

ONE_DAY = timedelta(days=1)


MOST_OWN_POSTS = 6
LONGEST_TITLE = 10

USUAL_TITLES = frozenset(post.label for post in DutyPost)


@dataclass(frozen=True)
class OwnPost:
    """A post of a 专项值班安排's own, such as 抢险组: who takes turns in it, and how many stand it in one shift."""

    title: str
    people: Sequence[int]
    count: int = 1


@dataclass(frozen=True)
class Special:
    """A 专项值班安排 as it is asked for.

    `hours` divide each day, such as 8:00-20:00 20:00-8:00; `people` take turns in each post in the order given,
    and `counts` says how many stand a post in one shift; `own` are posts with names of their own.
    """

    title: str
    first: date
    last: date
    hours: str
    people: Mapping[DutyPost, Sequence[int]]
    counts: Mapping[DutyPost, int]
    own: Sequence[OwnPost] = ()

    @property
    def posts(self) -> tuple[tuple[DutyPost, OwnPost], ...]:
        """Return every post with its people, 带班领导 first and those with names of their own after 值班员."""
        usual = {
            post: (post, OwnPost("", self.people.get(post, ()), self.counts.get(post, 1)))
            for post in DutyPost
            if self.people.get(post)
        }
        own = [(DutyPost.OFFICER, one) for one in self.own]
        messengers = usual.pop(DutyPost.MESSENGER, None)
        return (*usual.values(), *own, *([messengers] if messengers else []))


def make_special(office: Office, special: Special, *, by: int | None, form_key: str | None = None) -> int:
    """Make a 专项值班安排 as a draft beside the months' rosters; the people go round in their order. Returns the row.

    Refused without a title, for reversed or too many days, hours that leave a gap, and people who are not of the
    office. Making the same title and days again gives the next version, until it is issued.
    """
    title = checked(special.title, "title")
    days = [special.first + ONE_DAY * place for place in range((special.last - special.first).days + 1)]
    chart = ensure_calendar(office, days[:MOST_DAYS] or [special.first])
    with office.write("make_special", by, form_key) as writing:
        if writing.repeated is not None:
            return int(
                office.fetch("SELECT entry FROM journal WHERE form_key = ? AND register = 'rosters'", form_key)[-1][0]
            )
        posts.require(office, "make_special", by, day_of(writing.now))
        pieces = _checked(office, special, title)
        closing.require_open(office, REGISTER, special.first, BOOK)
        rows = office.fetch(
            "SELECT id, version, state FROM rosters WHERE struck_at IS NULL AND title = ? AND first_day = ?"
            " AND last_day = ?",
            title,
            special.first.isoformat(),
            special.last.isoformat(),
        )
        if rows and rows[0][2] == RosterState.ISSUED.value:
            raise Refused("这份专项值班安排已印发,不能重排;个别变动请用调班。", ROUND_THE_CLOCK)
        if rows:
            writing.strike(Roster, rows[0][0], "重新安排")
        roster = writing.insert(
            Roster,
            title=title,
            first_day=special.first.isoformat(),
            last_day=special.last.isoformat(),
            version=rows[0][1] + 1 if rows else 1,
            state=RosterState.DRAFT.value,
            is_provisional=int(any(chart.is_provisional(day) for day in (special.first, special.last))),
            entered_at=writing.now,
            entered_by=by,
        )
        turns = [0] * len(special.posts)
        for day in days:
            kind = duty_kind(chart, day)
            for template, starts, ends in pieces:
                begins = datetime.combine(day, starts)
                finishes = datetime.combine(day, ends)
                finishes = finishes if finishes > begins else finishes + ONE_DAY
                places: Counter[DutyPost] = Counter()
                for number, (post, asked) in enumerate(special.posts):
                    for _ in range(asked.count):
                        person = asked.people[turns[number] % len(asked.people)]
                        turns[number] += 1
                        writing.insert(
                            RosterShift,
                            roster_id=roster,
                            event_day=day.isoformat(),
                            template=template,
                            kind=kind.value,
                            post=post.value,
                            post_title=asked.title,
                            place=places[post],
                            starts_at=epoch(begins),
                            ends_at=epoch(finishes),
                            staff_id=person,
                            planned_id=person,
                            basis="轮流",
                            entered_at=writing.now,
                            entered_by=by,
                        )
                        places[post] += 1
        return roster


def _checked(office: Office, special: Special, title: str) -> list[tuple[str, time, time]]:
    """Return the shifts of a day by name; refused where the asking makes no sense."""
    if not title:
        raise Refused("专项值班安排要有题目,如 春节值班安排。", field="title")
    if special.last < special.first:
        raise Refused("止日早于起日,请核对。", field="last")
    if (special.last - special.first).days >= MOST_DAYS:
        raise Refused(f"专项值班安排最多{MOST_DAYS}天,请分段安排。", field="last")
    try:
        hours = read_hours(special.hours)
    except ValueError:
        raise Refused("班次要写成 8:00-20:00 20:00-8:00。", field="hours") from None
    if any(before[1] != after[0] for before, after in pairwise(hours)):
        raise Refused("班次要前后相接,不留空当。", ROUND_THE_CLOCK, "hours")
    if not special.people.get(DutyPost.LEADER):
        raise Refused("要有带班领导。", ROUND_THE_CLOCK, "leader")
    if not special.people.get(DutyPost.OFFICER) and not special.own:
        raise Refused("要有值班员,或者写明其他岗位。", ROUND_THE_CLOCK, "officer")
    _check_own(special.own)
    for post, asked in special.posts:
        field = "own" if asked.title else post.value
        label = asked.title or post.label
        if len(asked.people) < asked.count:
            raise Refused(f"每班{asked.count}名{label},只写了{len(asked.people)}人。", field=field)
        for person in asked.people:
            if not staff.periods(office, special.first, special.last).get(person):
                raise Refused("不在本办公室花名册上的人不能排班。", OWN_STAFF, field)
    names = ("全天",) if len(hours) == 1 else ("白班", "夜班") if len(hours) == 2 else ()
    return [(names[place] if names else f"第{place + 1}班", starts, ends) for place, (starts, ends) in enumerate(hours)]


def _check_own(own: Sequence[OwnPost]) -> None:
    titles = [checked(one.title, "own") for one in own]
    if len(own) > MOST_OWN_POSTS:
        raise Refused(f"其他岗位最多{MOST_OWN_POSTS}个。", field="own")
    for title, one in zip(titles, own, strict=True):
        if not 1 <= len(title) <= LONGEST_TITLE or title != one.title:
            raise Refused(f"岗位名称写1到{LONGEST_TITLE}个字。", field="own")
        if title in USUAL_TITLES:
            raise Refused(f"{title}请写在上面{title}一栏。", field="own")
        if not one.people or one.count < 1:
            raise Refused(f"{title}要写由谁轮。", field="own")
    if len(set(titles)) < len(titles):
        raise Refused("其他岗位的名称有重复的。", field="own")
