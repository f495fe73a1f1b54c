"""Who holds which post, and whether that lets them carry out a verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from govoffice_tui.clock import day_of
from govoffice_tui.models import PostHolding
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.authority import Post, may
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Holding:
    """One person in one post, as A角 or B角."""

    id: int
    staff: int
    post: Post
    part: str
    first: date


def holdings_on(office: Office, day: date) -> list[Holding]:
    """Return who holds which post on a day, A角 before B角."""
    rows = office.fetch(
        "SELECT id, staff_id, post, part, from_day FROM posts WHERE struck_at IS NULL AND from_day <= ?"
        " AND (to_day IS NULL OR to_day >= ?) ORDER BY post, part, id",
        day.isoformat(),
        day.isoformat(),
    )
    return [Holding(row, staff, Post(post), part, date.fromisoformat(first)) for row, staff, post, part, first in rows]


def vacant(office: Office) -> frozenset[Post]:
    """Return the posts nobody has ever held."""
    held = {post for (post,) in office.fetch("SELECT DISTINCT post FROM posts WHERE struck_at IS NULL")}
    return frozenset(post for post in Post if post.value not in held)


def require(office: Office, verb: str, by: int | None, day: date) -> None:
    """Refuse a verb to somebody whose posts do not allow it; `by` None is nobody chosen at the keyboard."""
    if by is None:
        raise Refused("还没有选经办人,请先按F9选定。")
    posts = {holding.post for holding in holdings_on(office, day) if holding.staff == by}
    authority = may(verb, posts, vacant(office))
    if not authority.is_allowed:
        raise Refused(f"{authority.reason}。")


def assign_post(
    office: Office, staff: int, post: Post, part: str = "A", *, by: int | None, form_key: str | None = None
) -> int:
    """Give a person a post from today on, as A角 or B角; whoever held that part until today is relieved."""
    today = day_of(office.clock.now())
    with office.write("assign_post", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return writing.repeated_entry
        if by is not None or vacant(office) != frozenset(Post):
            require(office, "assign_post", by, today)
        for holding in holdings_on(office, today):
            if holding.post is post and holding.part == part:
                if holding.staff == staff:
                    raise Refused(f"已经是{post.label}{part}角,不用再设。", field="staff")
                if holding.first < today:
                    writing.update(PostHolding, holding.id, to_day=(today - timedelta(days=1)).isoformat())
                else:
                    writing.strike(PostHolding, holding.id, "当日换人")
        return writing.insert(
            PostHolding,
            staff_id=staff,
            post=post.value,
            part=part,
            from_day=today.isoformat(),
            entered_at=writing.now,
            entered_by=by,
        )
