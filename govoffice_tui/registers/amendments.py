"""Late facts of a month under seal: entered by a 更正单 somebody approved, told by the next revision of the forms."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from govoffice_tui.clock import day_of
from govoffice_tui.models import Closing, Event
from govoffice_tui.registers import catalog, closing, posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govoffice_tui.journal.change import Change

T = TypeVar("T")

APPROVERS = (Post.DEPUTY_IN_CHARGE, Post.DIRECTOR)


@dataclass(frozen=True)
class Amendment:
    """A 更正单: which leader approved the change of a month under seal, why, and the page it is filed on."""

    approved_by: int
    reason: str
    paper_page: str = ""


def amend(office: Office, amendment: Amendment, act: Callable[[], T], *, by: int | None) -> T:
    """Carry out a verb that reaches into months under seal, and seal each register it changed in its next revision.

    Refused without a reason, for an approver who is neither 分管副主任 nor 主任, and for whoever would approve
    what they enter themselves.
    """
    today = day_of(office.clock.now())
    posts.require(office, "amend", by, today)
    reason, page = checked(amendment.reason, "reason"), checked(amendment.paper_page, "paper_page")
    if not reason:
        raise Refused("更正单要写原因。", field="reason")
    holders = {one.staff for one in posts.holdings_on(office, today) if one.post in APPROVERS}
    is_named = bool(set(APPROVERS) - posts.vacant(office))
    if is_named and amendment.approved_by not in holders:
        raise Refused("更正单要由分管副主任或主任批准。", field="approved_by")
    if amendment.approved_by == by:
        raise Refused("批准人和登记人不能是同一个人。", field="approved_by")
    with _amending(office, _Amending(office, Amendment(amendment.approved_by, reason, page))):
        return act()


class _Amending:
    """Which months a change met, and the digests of every register sealed in them as they were before."""

    def __init__(self, office: Office, amendment: Amendment) -> None:
        self._office = office
        self._amendment = amendment
        self._before: dict[str, dict[str, str]] = {}

    def touch(self, month: str) -> None:
        """Remember what a month's registers said before the change."""
        if month not in self._before:
            self._before[month] = {
                register.word: register.seal_digest(self._office, month)
                for register in catalog.REGISTERS
                if closing.sealed(self._office, register.word, month) is not None
            }

    def finish(self, change: Change) -> None:
        """Seal every register that says something else now in its next revision."""
        if not change.has_written or not self._before:
            return
        detail = f"{'、'.join(sorted(self._before))} 批准{self._amendment.approved_by} {self._amendment.reason}"
        change.insert(Event, at=change.now, kind="amendment", detail=detail)
        for register in catalog.REGISTERS:
            for month, before in self._before.items():
                if register.word not in before:
                    continue
                digest = register.seal_digest(self._office, month)
                if digest != before[register.word]:
                    self._seal_again(change, register.word, month, digest)

    def _seal_again(self, change: Change, register: str, month: str, digest: str) -> None:
        seal = closing.sealed(self._office, register, month)
        assert seal is not None
        change.insert(
            Closing,
            register=register,
            month=month,
            revision=seal.revision + 1,
            closed_at=change.now,
            closed_by=change.operator,
            figures_digest=digest,
            calendar_revision=seal.calendar_revision,
            approved_by=self._amendment.approved_by,
            reason=self._amendment.reason,
            paper_page=self._amendment.paper_page,
        )


@contextmanager
def _amending(office: Office, amending: _Amending) -> Iterator[None]:
    office.amends = amending
    try:
        yield
    finally:
        office.amends = None
