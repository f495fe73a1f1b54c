"""Who holds which post from when to when, and whether that lets them carry out a verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import PostHolding
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.authority import HEADS, KEEPERS, SHARED, Post, may
from govoffice_tui.rules.people import Membership
from govoffice_tui.rules.refusal import Refused

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holding:
    """One person in one post, as A角 or B角; `last` is None while it goes on."""

    id: int
    staff: int
    post: Post
    part: str
    first: date
    last: date | None = None

    @property
    def label(self) -> str:
        """Return 签到管理人A角; a head is named without a part, but for who stands in as B角."""
        is_plain = self.post in SHARED or (self.post not in KEEPERS and self.part == "A")
        return self.post.label if is_plain else f"{self.post.label}{self.part}角"

    @property
    def short_label(self) -> str:
        """Return 签到A, where room is scarce."""
        return self.label.replace("管理人", "").replace("保管人", "").replace("角", "")


def holdings_on(office: Office, day: date) -> list[Holding]:
    """Return who holds which post on a day, A角 before B角."""
    return [holding for holding in holdings_from(office, day) if holding.first <= day]


def holdings_from(office: Office, day: date) -> list[Holding]:
    """Return who holds which post on a day or is to hold it later, A角 before B角."""
    rows = office.fetch(
        "SELECT id, staff_id, post, part, from_day, to_day FROM posts WHERE struck_at IS NULL"
        " AND (to_day IS NULL OR to_day >= ?) ORDER BY post, part, from_day, id",
        day.isoformat(),
    )
    return [
        Holding(row, staff, Post(post), part, date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for row, staff, post, part, first, last in rows
    ]


def vacant(office: Office) -> frozenset[Post]:
    """Return the posts nobody has ever held."""
    held = {post for (post,) in office.fetch("SELECT DISTINCT post FROM posts WHERE struck_at IS NULL")}
    return frozenset(post for post in Post if post.value not in held)


def without_deputy(office: Office, day: date) -> list[Post]:
    """Return the keeper posts that have an A角 on a day and no B角: nobody may act when the keeper is away."""
    held = {(holding.post, holding.part) for holding in holdings_on(office, day)}
    return [post for post in Post if post in KEEPERS and (post, "A") in held and (post, "B") not in held]


def require(office: Office, verb: str, by: int | None, day: date) -> None:
    """Refuse a verb to somebody whose posts do not allow it; `by` None is nobody chosen at the keyboard."""
    if by is None:
        raise Refused("还没有选经办人,请先按F9选定。")
    posts = {holding.post for holding in holdings_on(office, day) if holding.staff == by}
    authority = may(verb, posts, vacant(office))
    if not authority.is_allowed:
        raise Refused(f"{authority.reason}。")


def assign_post(
    office: Office,
    staff: int,
    post: Post,
    part: str = "A",
    first: date | None = None,
    last: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> int:
    """Give a person a post as A角 or B角, from today on where no day is given; return the holding.

    Whoever holds that part until then is relieved the day before, but in the posts several people share.
    Refused for a day gone by, reversed days, somebody not on the roster then, a part already promised to
    somebody later, the other part of a post to its holder, and where nobody would be left to assign posts.
    """
    today = day_of(office.clock.now())
    start = first or today
    with office.write("assign_post", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return writing.repeated_entry
        if by is not None or vacant(office) != frozenset(Post):
            require(office, "assign_post", by, today)
        _check_days(start, last, today)
        _require_on_roster(office, staff, start, last)
        for holding in holdings_from(office, start):
            if holding.post is not post or (last is not None and holding.first > last):
                continue
            if holding.staff == staff:
                raise Refused(f"已经是{holding.label},不用再设。", field="staff")
            if holding.part != part or post in SHARED:
                continue
            if holding.first > start:
                raise Refused(f"{chinese_day(holding.first)}起已另定{holding.label},请先结束那一条。", field="first")
            _end(writing, holding, start - _ONE_DAY, "换人")
        row = writing.insert(
            PostHolding,
            staff_id=staff,
            post=post.value,
            part=part,
            from_day=start.isoformat(),
            to_day=last.isoformat() if last else None,
            entered_at=writing.now,
            entered_by=by,
        )
        _require_head_left(office)
        return row


def end_post(
    office: Office, holding: int, last: date | None = None, *, by: int | None, form_key: str | None = None
) -> None:
    """End somebody's time in a post with a day, yesterday where none is given.

    Refused for a post that has ended, for a day before yesterday, and where nobody would be left to assign posts.
    """
    today = day_of(office.clock.now())
    end = last or today - _ONE_DAY
    with office.write("end_post", by, form_key) as writing:
        if writing.repeated is not None:
            return
        require(office, "end_post", by, today)
        found = next((one for one in holdings_from(office, today) if one.id == holding), None)
        if found is None:
            raise Refused("这个岗位已经结束。")
        if end < today - _ONE_DAY:
            raise Refused("已经过去的日子不能改,请写昨天或以后的日期。", field="last")
        if found.last is not None and end >= found.last:
            raise Refused(f"这个岗位本来就到{chinese_day(found.last)}。", field="last")
        _end(writing, found, end, "不再担任")
        _require_head_left(office)


def relieve(office: Office, writing: Change, staff: int, last: date) -> None:
    """End every post of somebody who leaves with a day; inside a writing transaction only."""
    held = [holding for holding in holdings_from(office, last + _ONE_DAY) if holding.staff == staff]
    for holding in held:
        _end(writing, holding, last, "离岗")
    if held:
        _require_head_left(office)


def _end(writing: Change, holding: Holding, last: date, reason: str) -> None:
    if holding.first <= last:
        writing.update(PostHolding, holding.id, to_day=last.isoformat())
    else:
        writing.strike(PostHolding, holding.id, reason)


def _check_days(first: date, last: date | None, today: date) -> None:
    if first < today:
        raise Refused("岗位从今天或以后的日子起,不能倒填。", field="first")
    if last is not None and last < first:
        raise Refused("止日早于起日,请核对。", field="last")
    for day, field in ((first, "first"), (last, "last")):
        if day is not None and day.year > today.year + 10:
            raise Refused(f"{chinese_day(day)}离今天太远,请核对年份。", field=field)


def _require_on_roster(office: Office, staff: int, first: date, last: date | None) -> None:
    rows = office.fetch(
        "SELECT max(coalesce(to_day, '9999-12-31')) FROM staff_periods WHERE staff_id = ? AND struck_at IS NULL"
        " AND kind <> ? AND from_day <= ? AND (to_day IS NULL OR to_day >= ?)",
        staff,
        Membership.SECONDED_OUT.value,
        first.isoformat(),
        first.isoformat(),
    )
    end = rows[0][0]
    if end is None:
        raise Refused(f"这个人{chinese_day(first)}不在册。", field="staff")
    if end != "9999-12-31" and (last is None or last.isoformat() > end):
        raise Refused(f"这个人{chinese_day(date.fromisoformat(end))}离岗,岗位请定到这一天为止。", field="last")


def _require_head_left(office: Office) -> None:
    """Refuse to leave an office that had one without anybody who may assign posts, today or when a post runs out."""
    marks = ", ".join("?" * len(HEADS))
    held, lasting = office.fetch(
        f"SELECT count(*), coalesce(sum(to_day IS NULL), 0) FROM posts WHERE struck_at IS NULL AND post IN ({marks})",
        *(post.value for post in sorted(HEADS)),
    )[0]
    if held and not lasting:
        listed = "、".join(post.label for post in Post if post in HEADS)
        raise Refused(f"{listed}都没有人了,以后谁也不能再指定岗位。请先指定接任的人。")
