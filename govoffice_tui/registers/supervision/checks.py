"""What every act on a matter looks at first: the line as it stands, the months under seal, and its meeting."""

from __future__ import annotations

from datetime import date

from govoffice_tui.clock import day_of, month_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Decision
from govoffice_tui.registers import closing
from govoffice_tui.registers.meetings.reading import lines as meeting_lines
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingLine
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.reading import line
from govoffice_tui.registers.supervision.views import REGISTER, WORDS, DecisionKey, DecisionLine
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING, SECRECY, require_course, require_move, state_after


def required(raw: str, field: str, sentence: str) -> str:
    """Return a text that may not be left out, checked."""
    text = checked(raw, field)
    if not text:
        raise Refused(sentence, FOLLOWING, field=field)
    return text


def require(office: Office, key: DecisionKey, verb: str) -> DecisionLine:
    """Return a matter that may be treated so, or refuse."""
    found = line(office, key)
    if found is None:
        raise Refused(f"没有{key.shown}这一件。")
    if found.is_struck:
        raise Refused(f"{key.shown}已作废,不能再办。")
    require_move(found.state, verb)
    return found


def require_open_from(office: Office, day: date) -> None:
    """Refuse a change that shows in a month under seal: in its own, and in every later one it is carried into."""
    for (month,) in office.fetch(
        "SELECT DISTINCT month FROM closings WHERE register = ? AND month >= ? ORDER BY month", REGISTER, month_of(day)
    ):
        closing.require_open(office, REGISTER, date.fromisoformat(f"{month}-01"), WORDS)


def follow(office: Office, writing: Change, key: DecisionKey) -> DecisionLine:
    """Bring the state of a matter's row to what its steps now say, refusing steps that do not follow one another."""
    found = line(office, key)
    assert found is not None
    require_course(found.begun, found.first_due, found.facts, day_of(writing.now))
    state = state_after(found.facts).value
    if office.fetch("SELECT state FROM decisions WHERE id = ?", found.id)[0][0] != state:
        writing.update(Decision, found.id, state=state)
    return found


def require_meeting(office: Office, key: MeetingKey) -> MeetingLine:
    """Return the meeting a matter was decided at; refused where there is none, it was not held, or it is 涉密."""
    found = meeting_lines(office, "year = ? AND number = ? AND struck_at IS NULL", key.year, key.number)
    if not found:
        raise Refused(f"没有{key.shown}这次会议,请核对会议编号。", FOLLOWING, field="meeting")
    if found[0].is_classified:
        raise Refused("涉密会议的议定事项不录入本机,请在机要登记簿上督办。", SECRECY, field="meeting")
    if not found[0].state.is_held:
        raise Refused(f"{key.shown}还没有召开,没有议定事项可登记。", FOLLOWING, field="meeting")
    return found[0]
