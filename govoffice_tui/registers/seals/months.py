"""A month of the seal register as its forms print it: every line, sums by seal and by unit, what stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govoffice_tui.clock import month_days
from govoffice_tui.registers import closing, settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import carry_pages, duties, keeping_pages, pages
from govoffice_tui.registers.seals.views import REGISTER, ApprovalRow, CarryRow, RefusalRow, UseRow
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.seals import DocumentKind


@dataclass(frozen=True)
class UseFigures:
    """Sums of some lines: how often, copies, impressions, lines by kind and outside, spoiled copies, 作废."""

    title: str
    times: int
    copies: int
    impressions: int
    by_kind: tuple[int, ...]
    outside: int
    spoiled: int
    voided: int
    carried: int = 0


KINDS_SHOWN = (DocumentKind.DOCUMENT, DocumentKind.LETTER, DocumentKind.CERTIFICATE, DocumentKind.CONTRACT)
"""Kinds that have a column of their own in the sums."""


@dataclass(frozen=True)
class SealsMonth:
    """One month of the register; `revision` 0 while it is not sealed."""

    office_name: str
    month: str
    lines: tuple[UseRow, ...]
    by_seal: tuple[UseFigures, ...]
    by_unit: tuple[UseFigures, ...]
    total: UseFigures
    carries: tuple[CarryRow, ...]
    unpapered: tuple[ApprovalRow, ...]
    by_phone: int
    refusals: tuple[RefusalRow, ...]
    declined: tuple[ApprovalRow, ...]
    shortfalls: tuple[Problem, ...]
    revision: int

    @property
    def voided(self) -> tuple[UseRow, ...]:
        """Return the lines whose number is spent."""
        return tuple(one for one in self.lines if one.is_struck)


def seals_month(office: Office, word: str) -> SealsMonth:
    """Return one month (YYYY-MM) of the register, read while nobody wrote."""
    return office.steady(lambda: _seals_month(office, word))


def _seals_month(office: Office, word: str) -> SealsMonth:
    days = month_days(word)
    lines = _newest(pages.month(office, word))
    carries = tuple(carry_pages.carries_of_month(office, word))
    seals = keeping_pages.seals(office)
    seal = closing.sealed(office, REGISTER, word)
    names = {one.id: one.name for one in seals}
    order = {one.name: place for place, one in enumerate(seals)}
    carried: dict[str, int] = {}
    for carry in carries:
        if carry.out_at is not None and days[0] <= carry.out_at.date() <= days[-1]:
            name = names.get(carry.seal, carry.seal_name)
            carried[name] = carried.get(name, 0) + 1
    by_seal = _sums(lines, lambda one: names.get(one.seal, one.seal_name), carried)
    by_unit = _sums(lines, lambda one: one.unit, {})
    declined = pages.select_approvals(
        office,
        "a.struck_at IS NULL AND a.state IN ('refused', 'returned') AND a.event_day BETWEEN ? AND ? ORDER BY a.id",
        days[0].isoformat(),
        days[-1].isoformat(),
    )
    return SealsMonth(
        office_name=settings.on(office, days[-1]).office_name,
        month=word,
        lines=lines,
        by_seal=tuple(sorted(by_seal, key=lambda one: order.get(one.title, len(order)))),
        by_unit=tuple(sorted(by_unit, key=lambda one: (-one.impressions, one.title))),
        total=_figures("合计", lines, sum(carried.values())),
        carries=carries,
        unpapered=tuple(one for one in pages.to_be_papered(office) if days[0] <= one.event_day <= days[-1]),
        by_phone=len({one.approval for one in lines if one.is_by_phone and not one.is_struck}),
        refusals=tuple(reversed(keeping_pages.refusals(office, days[0], days[-1]))),
        declined=tuple(declined),
        shortfalls=tuple(duties.pending(office, word)),
        revision=seal.revision if seal else 0,
    )


def _newest(lines: Sequence[UseRow]) -> tuple[UseRow, ...]:
    """Return one line a number, oldest first: the standing one, or the last that was struck with none in its place."""
    found: dict[tuple[int, int], UseRow] = {}
    for one in sorted(lines, key=lambda one: (not one.is_struck, one.revision)):
        found[one.year, one.running] = one
    return tuple(found[key] for key in sorted(found))


def _sums(lines: Sequence[UseRow], key: Callable[[UseRow], str], carried: dict[str, int]) -> list[UseFigures]:
    found: dict[str, list[UseRow]] = {name: [] for name in carried}
    for one in lines:
        found.setdefault(key(one), []).append(one)
    sums = [_figures(title, some, carried.get(title, 0)) for title, some in found.items()]
    return [one for one in sums if one.times or one.voided or one.carried]


def _figures(title: str, lines: Sequence[UseRow], carried: int) -> UseFigures:
    standing = [one for one in lines if not one.is_struck]
    return UseFigures(
        title,
        len(standing),
        sum(one.copies for one in standing),
        sum(one.impressions for one in standing),
        tuple(sum(one.kind is kind for one in standing) for kind in KINDS_SHOWN),
        sum(one.carry is not None for one in standing),
        sum(one.spoiled_copies for one in standing),
        len(lines) - len(standing),
        carried,
    )
