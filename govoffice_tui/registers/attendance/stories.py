"""What the books beside the sign-in book tell of one half-day to whoever asks why."""

from __future__ import annotations

from datetime import date

from govoffice_tui.clock import local
from govoffice_tui.registers import staff
from govoffice_tui.registers.attendance.views import Fact
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import Finding, NoBookDecision, Seen
from govoffice_tui.rules.calendar import Half


def of_no_book(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Tell why there was no book, what was decided, and whether the person was found to have been there."""
    found = []
    for at, by, reason, revision, decision, decided_by, page, ruled_at, struck_at, why in office.fetch(
        "SELECT entered_at, entered_by, remark, revision, decision, decided_by_id, paper_page, ruled_at, struck_at,"
        " struck_reason FROM no_books WHERE event_day = ? AND half = ?",
        day.isoformat(),
        int(half),
    ):
        if revision == 1:
            found.append(Fact(local(at), f"登记未设簿:{reason}({staff.name_of(office, by, day)})"))
        if decision:
            words = decision_words(decision, staff.name_of(office, decided_by, day), page)
            found.append(Fact(local(ruled_at), words))
        elif struck_at is not None:
            found.append(Fact(local(struck_at), f"取消未设簿:{why}"))
    for at, by, struck_at, why in office.fetch(
        "SELECT entered_at, entered_by, struck_at, struck_reason FROM presences"
        " WHERE event_day = ? AND half = ? AND staff_id = ?",
        day.isoformat(),
        int(half),
        person,
    ):
        found.append(Fact(local(at), f"核实到岗({staff.name_of(office, by, day)})"))
        if struck_at is not None:
            found.append(Fact(local(struck_at), f"核实划销:{why}"))
    return found


def decision_words(decision: str, decided_by: str, page: str) -> str:
    """Return 决定:全体视同出勤(钱峰 书面第3页)."""
    return f"决定:{NoBookDecision(decision).label}({decided_by} 书面{page})"


def of_checks(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Tell whether the person was looked for and seen, and what 在岗抽查 found."""
    found = []
    for drawn_at, result, found_at, by, struck_at in office.fetch(
        "SELECT d.drawn_at, n.found, n.found_at, n.found_by, n.struck_at FROM drawn_names n"
        " JOIN presence_draws d ON d.id = n.draw_id WHERE n.event_day = ? AND n.half = ? AND n.staff_id = ?",
        day.isoformat(),
        int(half),
        person,
    ):
        tail = ",后来更正" if struck_at is not None else ""
        if result:
            words = f"抽查到岗 {Seen(result).label}{tail}({staff.name_of(office, by, day)})"
            found.append(Fact(local(found_at), words))
        else:
            found.append(Fact(local(drawn_at), "抽查到岗抽到,还没有结果"))
    for at, state, inspector, remark, struck_at in office.fetch(
        "SELECT checked_at, state, inspector_id, remark, struck_at FROM spot_checks"
        " WHERE event_day = ? AND half = ? AND staff_id = ? ORDER BY id",
        day.isoformat(),
        int(half),
        person,
    ):
        tail = ",后来更正或作废" if struck_at is not None else ""
        said = f":{remark}" if remark else ""
        by = staff.name_of(office, inspector, day)
        found.append(Fact(local(at), f"在岗抽查 {Finding(state).label}{said}{tail}(抽查人{by})"))
    return found


def of_reviews(office: Office, person: int, day: date, half: Half) -> list[Fact]:
    """Tell which corrections of the person's half-day a second person was asked about, and what they said."""
    found = []
    for table in ("sign_ins", "arrivals"):
        for asked_at, asked_by, words, reviewed_at, reviewed_by, state, remark in office.fetch(
            "SELECT r.asked_at, r.asked_by, r.words, r.reviewed_at, r.reviewed_by, r.state, r.remark FROM reviews r"
            f" JOIN {table} e ON e.id = r.entry WHERE r.register = ? AND e.staff_id = ? AND e.event_day = ?"
            " AND e.half = ?",
            table,
            person,
            day.isoformat(),
            int(half),
        ):
            found.append(Fact(local(asked_at), f"请人复核:{words}({staff.name_of(office, asked_by, day)})"))
            if reviewed_at is not None:
                answer = "同意" if state == "agreed" else "不同意"
                said = f":{remark}" if remark else ""
                by = staff.name_of(office, reviewed_by, day)
                found.append(Fact(local(reviewed_at), f"复核{answer}{said}({by})"))
    return found
