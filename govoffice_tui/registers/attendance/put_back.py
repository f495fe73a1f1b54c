"""How a correction of the sign-in book that was rejected is written back: a new line of its own, never an erasure."""

from __future__ import annotations

from govoffice_tui.journal.change import Change
from govoffice_tui.models import Arrival, SignIn
from govoffice_tui.registers.office import Office

REJECTED = "复核不同意"


def put_back_signature(office: Office, writing: Change, row: int, remark: str) -> None:
    """Write a struck signature anew with its time; where another stands by now there is nothing to put back."""
    standing = office.fetch(
        "SELECT 1 FROM sign_ins s JOIN sign_ins struck ON struck.event_day = s.event_day AND struck.half = s.half"
        " AND struck.staff_id = s.staff_id WHERE struck.id = ? AND s.struck_at IS NULL",
        row,
    )
    if not standing:
        writing.put_back(SignIn, row, remark=f"{REJECTED}划销:{remark}")


def put_back_arrival(office: Office, writing: Change, row: int, remark: str) -> None:
    """Correct a note back to what stood before it; where it was corrected again by now it stands no more anyway."""
    if office.fetch("SELECT struck_at FROM arrivals WHERE id = ?", row)[0][0] is not None:
        return
    rejected = {
        entry
        for (entry,) in office.fetch("SELECT entry FROM reviews WHERE register = 'arrivals' AND state = 'rejected'")
    }
    before = office.fetch("SELECT corrects FROM arrivals WHERE id = ?", row)[0][0]
    while before in rejected:
        before = office.fetch("SELECT corrects FROM arrivals WHERE id = ?", before)[0][0]
    kind, arrived_at = office.fetch("SELECT kind, arrived_at FROM arrivals WHERE id = ?", before)[0]
    writing.correct(Arrival, row, REJECTED, state=kind, kind=kind, arrived_at=arrived_at, remark=f"{REJECTED}:{remark}")
