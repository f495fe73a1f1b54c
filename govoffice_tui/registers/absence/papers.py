"""旷工认定单 as they stand in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from govoffice_tui.clock import chinese_short_day, local
from govoffice_tui.registers.numbering import shown
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.absence import AbsenceState, Decision, halves_label, halves_of
from govoffice_tui.rules.calendar import Half

SERIES = "旷"
_COLUMNS = (
    "id, staff_id, event_day, halves, year, number, state, facts, asked, own_words, proposed_by_id, proposed_day,"
    " proposal, signed_by_id, signed_name, signed_day, paper_page, ground, is_deemed, decided_at, entered_at,"
    " entered_by, struck_at, struck_by, struck_reason"
)


@dataclass(frozen=True)
class AbsencePaper:
    """One 旷工认定单: what happened, what the person said, who proposed, who signed, and where the paper lies."""

    id: int
    person: int
    day: date
    halves: tuple[Half, ...]
    number: str
    state: AbsenceState
    facts: str
    asked: str
    own_words: str
    proposed_by: int | None
    proposed_day: date | None
    proposal: str
    signed_by: int | None
    signed_name: str
    signed_day: date | None
    paper_page: str
    ground: str
    is_deemed: bool
    decided_at: datetime | None
    entered_at: datetime
    entered_by: int | None
    struck_at: datetime | None
    struck_by: int | None
    struck_reason: str

    @property
    def when(self) -> str:
        """Return 10月12日上午."""
        return f"{chinese_short_day(self.day)}{halves_label(self.halves)}"

    @property
    def decision(self) -> Decision | None:
        """Return what was signed, None before."""
        if self.state is AbsenceState.FOUND:
            return Decision.FOUND
        if self.state is AbsenceState.DISMISSED:
            return Decision.DEEMED if self.is_deemed else Decision.PENDING
        return None

    @property
    def words(self) -> str:
        """Return where it stands in words: 认定旷工, 不予认定,仍待核, or what is to be done next."""
        if self.struck_at is not None:
            return "作废"
        return self.state.label if self.decision is None else self.decision.label

    @property
    def decided_words(self) -> str:
        """Return 认定旷工:电话不接 钱峰10月14日签字."""
        ground = f":{self.ground}" if self.ground else ""
        day = chinese_short_day(self.signed_day) if self.signed_day else ""
        label = self.decision.label if self.decision is not None else self.state.label
        return f"{label}{ground} {self.signed_name}{day}签字"


def papers(office: Office, condition: str, *values: object) -> list[AbsencePaper]:
    """Return the papers of a condition in SQL, in the order they were opened; struck ones among them."""
    found = []
    for row in office.fetch(f"SELECT {_COLUMNS} FROM absences WHERE {condition} ORDER BY id", *values):
        (
            paper,
            person,
            day,
            mask,
            year,
            number,
            state,
            facts,
            asked,
            own_words,
            proposed_by,
            proposed_day,
            proposal,
            signed_by,
            signed_name,
            signed_day,
            page,
            ground,
            is_deemed,
            decided,
            entered,
            entered_by,
            struck,
            struck_by,
            why,
        ) = row
        found.append(
            AbsencePaper(
                paper,
                person,
                date.fromisoformat(day),
                halves_of(mask),
                shown(SERIES, year, number),
                AbsenceState(state),
                facts,
                asked,
                own_words,
                proposed_by,
                _day(proposed_day),
                proposal,
                signed_by,
                signed_name,
                _day(signed_day),
                page,
                ground,
                bool(is_deemed),
                _moment(decided),
                local(entered),
                entered_by,
                _moment(struck),
                struck_by,
                why or "",
            )
        )
    return found


def paper(office: Office, row: int) -> AbsencePaper | None:
    """Return one paper by its row, None where there is none."""
    found = papers(office, "id = ?", row)
    return found[0] if found else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(at: int | None) -> datetime | None:
    return None if at is None else local(at)
