"""A 督办台账 kept elsewhere so far, entered as what is carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import chinese_day, day_of
from govoffice_tui.models import DecisionStep
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.checks import follow
from govoffice_tui.registers.supervision.recording import Matter, of_row, write_matter
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Problem, Refused
from govoffice_tui.rules.supervision import Source, StepKind, require_course


@dataclass(frozen=True)
class LedgerLine:
    """One open line of an older ledger: `row` is where it stands in the file, `due` None is 长期."""

    row: int
    begun: date
    matter: str
    source_words: str
    lead_unit: str
    co_units: str
    person: str
    phone: str
    due: date | None
    progress: str
    remark: str


@dataclass(frozen=True)
class LedgerImported:
    """What a ledger brought: the numbers given, and how many lines the book held already."""

    added: tuple[str, ...]
    already: int


def ledger_problems(lines: Sequence[LedgerLine], today: date) -> list[Problem]:
    """Return what speaks against lines on a day, each by its row."""
    found = []
    for line in lines:
        try:
            require_course(line.begun, line.due, (), today)
        except Refused as refusal:
            found.append(Problem(f"第{line.row}行", refusal.message))
    return found


def import_decisions(
    office: Office, lines: Sequence[LedgerLine], *, by: int | None, form_key: str | None = None
) -> LedgerImported:
    """Enter the open matters of an older ledger: all of them or none, each with what it said of its progress.

    They count from the day they were put in hand, so that the present month takes them over as 上月结转. What the
    book holds already, open, in the same words with the same unit, is passed over.
    """
    with office.write("import_decisions", by, form_key) as writing:
        if writing.repeated is not None:
            return LedgerImported((), len(lines))
        today = day_of(writing.now)
        if by is not None:
            posts.require(office, "import_decisions", by, today)
        if not lines:
            raise Refused("台账里没有没办完的事项,没有可导入的。")
        problems = ledger_problems(lines, today)
        if problems:
            raise Refused(f"{problems[0]}")
        known = set(
            office.fetch(
                "SELECT matter, lead_unit FROM decisions WHERE struck_at IS NULL AND state IN ('new', 'going', 'done')"
            )
        )
        added, already = [], 0
        for line in lines:
            told = (checked(line.matter, "matter"), checked(line.lead_unit, "lead_unit"))
            if told in known:
                already += 1
                continue
            known.add(told)
            plan = Matter(
                line.matter,
                line.lead_unit,
                line.due,
                line.begun,
                Source.OTHER,
                line.source_words or "原督办台账",
                co_units=line.co_units,
                person=line.person,
                phone=line.phone,
                remark=line.remark,
            )
            found = of_row(office, write_matter(office, writing, plan, is_opening=True))
            if line.progress:
                writing.insert(
                    DecisionStep,
                    decision_year=found.key.year,
                    decision_number=found.key.number,
                    place=1,
                    kind=StepKind.PROGRESS.value,
                    event_day=line.begun.isoformat(),
                    words=checked(line.progress, "progress"),
                    said_by="原台账",
                    remark=f"{chinese_day(today)}导入",
                    entered_at=writing.now,
                    entered_by=by,
                )
                follow(office, writing, found.key)
            added.append(found.number)
        return LedgerImported(tuple(added), already)
