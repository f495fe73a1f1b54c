"""What becomes of a matter: progress, reminders, extensions, done, returned, settled; and each put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govoffice_tui.clock import day_of
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.models import DecisionStep
from govoffice_tui.registers import posts
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supervision.checks import follow, require, require_open_from, required
from govoffice_tui.registers.supervision.reading import line
from govoffice_tui.registers.supervision.views import DecisionKey, DecisionLine, StepLine
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.supervision import FOLLOWING, STEP_VERBS, StepKind, Way, require_evidence


@dataclass(frozen=True)
class Noted:
    """What now stands in the book of a matter."""

    key: DecisionKey
    step: StepLine
    lead_unit: str

    @property
    def words(self) -> str:
        """Return 督〔2026〕12号 水利局 10月20日 延期至2026年11月5日,钱县长批准:汛期停工."""
        return f"{self.key.shown} {self.lead_unit} {self.step.words}"


def note_progress(
    office: Office,
    key: DecisionKey,
    words: str,
    said_by: str = "",
    way: Way = Way.PHONE,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Note how far a matter has come, who reported it and how; the first note makes it 办理中."""
    with office.write("note_progress", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "note_progress")
        told = required(words, "words", "请写进展:办到了哪一步。")
        values = {"words": told, "said_by": checked(said_by, "said_by") or found.person, "way": way.value}
        return _write(office, writing, found, StepKind.PROGRESS, day, values)


def remind_unit(
    office: Office,
    key: DecisionKey,
    said_by: str = "",
    words: str = "",
    way: Way = Way.PHONE,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Note that the unit was reminded just now, by telephone where nothing else is said; who was reached may be named.

    Without a name it is the responsible person with the number that stands in the line, else the unit.
    """
    with office.write("remind_unit", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "remind_unit")
        reached = checked(said_by, "said_by") or f"{found.person or found.lead_unit} {found.phone}".strip()
        values = {"said_by": reached, "words": checked(words, "words"), "way": way.value, "happened_at": writing.now}
        return _write(office, writing, found, StepKind.REMINDED, None, values)


def extend_decision(
    office: Office,
    key: DecisionKey,
    due: date,
    approved_by: str,
    reason: str,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Put off the day a matter is due; the first one stays and is shown.

    Refused without the leader who approved it and a reason, for an approval by the responsible person, a day that is
    not later, and a matter without a limit.
    """
    with office.write("extend_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "extend_decision")
        leader = required(approved_by, "approved_by", "延期须经领导批准,请写哪位领导批的。")
        _require_another(found, leader)
        values = {
            "approved_by": leader,
            "words": required(reason, "words", "请写延期的理由。"),
            "due_day": due.isoformat(),
        }
        return _write(office, writing, found, StepKind.EXTENDED, day, values)


def finish_decision(
    office: Office,
    key: DecisionKey,
    evidence: str,
    said_by: str = "",
    way: Way = Way.PAPER,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Note that a matter is done; refused without what shows it (办结依据)."""
    with office.write("finish_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "finish_decision")
        told = checked(evidence, "words")
        require_evidence(told)
        values = {
            "words": told,
            "said_by": checked(said_by, "said_by") or found.person,
            "way": way.value,
        }
        return _write(office, writing, found, StepKind.DONE, day, values)


def return_decision(
    office: Office,
    key: DecisionKey,
    approved_by: str,
    reason: str,
    due: date | None = None,
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Send a matter that was reported done back to be done again, with a new limit where one is set."""
    with office.write("return_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "return_decision")
        values: dict[str, Value] = {
            "approved_by": required(approved_by, "approved_by", "退回重办请写哪位领导定的。"),
            "words": required(reason, "words", "请写为什么退回,差在哪里。"),
            "due_day": None if due is None else due.isoformat(),
        }
        return _write(office, writing, found, StepKind.RETURNED, day, values)


def settle_decision(
    office: Office,
    key: DecisionKey,
    approved_by: str,
    words: str = "",
    day: date | None = None,
    *,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Strike a matter off the list once a leader has agreed that it is done (销号).

    Refused to who may not, without the leader's name, and for an approval by the responsible person.
    """
    with office.write("settle_decision", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, writing.repeated_entry)
        found = _begin(office, writing, key, "settle_decision")
        leader = required(approved_by, "approved_by", "销号须经领导同意,请写哪位领导。")
        _require_another(found, leader)
        values: dict[str, Value] = {"approved_by": leader, "words": checked(words, "words")}
        return _write(office, writing, found, StepKind.SETTLED, day, values)


def correct_step(
    office: Office,
    key: DecisionKey,
    step: int,
    reason: str,
    *,
    words: str,
    day: date,
    said_by: str = "",
    approved_by: str = "",
    due: date | None = None,
    by: int | None,
    form_key: str | None = None,
) -> Noted:
    """Put a step right: it is struck and written again in its place; what it needs it needs as at first."""
    with office.write("correct_step", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _noted(office, key, _place_of(office, writing.repeated_entry))
        found = _begin(office, writing, key, "correct_step")
        before = _step(found, step)
        why = required(reason, "why", "请写为什么更正。")
        kind = before.kind
        values: dict[str, Value] = {
            "event_day": day.isoformat(),
            "words": checked(words, "words"),
            "said_by": checked(said_by, "said_by"),
            "approved_by": checked(approved_by, "approved_by"),
            "due_day": None if due is None else due.isoformat(),
        }
        if kind not in (StepKind.REMINDED, StepKind.SETTLED) and not values["words"]:
            raise Refused(f"{kind.label}的内容不能空着。", FOLLOWING, field="words")
        if kind is StepKind.DONE:
            require_evidence(str(values["words"]))
        if kind in (StepKind.EXTENDED, StepKind.RETURNED, StepKind.SETTLED):
            leader = required(approved_by, "approved_by", f"{kind.label}请写哪位领导定的。")
            if kind is not StepKind.RETURNED:
                _require_another(found, leader)
        require_open_from(office, min(day, before.day))
        if kind is StepKind.REMINDED and day != before.day:
            raise Refused("催办的时间是当时记下的,不能改;记错了请划去。", FOLLOWING, field="day")
        new = writing.correct(DecisionStep, before.id, why, **values)
        follow(office, writing, key)
        return _noted(office, key, new)


def strike_step(
    office: Office, key: DecisionKey, step: int, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a step that was written by mistake; return it in words. The matter goes back to where it stood.

    Refused where what was written after it would hang in the air.
    """
    with office.write("strike_step", by, form_key) as writing:
        if writing.repeated is not None:
            return key.shown
        found = _begin(office, writing, key, "strike_step")
        before = _step(found, step)
        why = required(reason, "why", "请写为什么划去。")
        require_open_from(office, before.day)
        writing.strike(DecisionStep, before.id, why)
        try:
            follow(office, writing, key)
        except Refused as refusal:
            later = f"后面还有要靠它的登记,先划去后面的:{refusal.message}"
            raise Refused(later, FOLLOWING) from None
        return f"{key.shown} {before.words}"


def _begin(office: Office, writing: Change, key: DecisionKey, verb: str) -> DecisionLine:
    posts.require(office, verb, writing.operator, day_of(writing.now))
    return require(office, key, verb)


def _write(
    office: Office,
    writing: Change,
    found: DecisionLine,
    kind: StepKind,
    day: date | None,
    values: Mapping[str, Value],
) -> Noted:
    """Write the next step of a matter."""
    assert STEP_VERBS[kind] == writing.verb
    today = day_of(writing.now)
    on = day or today
    if on <= today:
        require_open_from(office, on)
    places = [one.place for one in (*found.steps, *found.struck_steps)]
    row = writing.insert(
        DecisionStep,
        decision_year=found.key.year,
        decision_number=found.key.number,
        place=max(places, default=0) + 1,
        kind=kind.value,
        event_day=on.isoformat(),
        entered_at=writing.now,
        entered_by=writing.operator,
        **values,
    )
    follow(office, writing, found.key)
    return _noted(office, found.key, row)


def _require_another(found: DecisionLine, leader: str) -> None:
    """Refuse an approval by whoever is responsible for the matter."""
    if leader == found.person:
        raise Refused(f"{leader}是责任人,不能自己批自己的事。", FOLLOWING, field="approved_by")


def _step(found: DecisionLine, step: int) -> StepLine:
    for one in found.steps:
        if one.id == step:
            return one
    raise Refused("这一条已经划去或更正,请看最新的。")


def _noted(office: Office, key: DecisionKey, row: int) -> Noted:
    found = line(office, key)
    assert found is not None
    by_row = {one.id: one for one in (*found.steps, *found.struck_steps)}
    place = _place(office, row)
    step = by_row.get(row) or next(one for one in by_row.values() if one.place == place)
    return Noted(key, step, found.lead_unit)


def _place(office: Office, row: int) -> int:
    return int(office.fetch("SELECT place FROM decision_steps WHERE id = ?", row)[0][0])


def _place_of(office: Office, row: int) -> int:
    """Return the row that now stands in the place of a row."""
    rows = office.fetch(
        "SELECT n.id FROM decision_steps n JOIN decision_steps o ON o.decision_year = n.decision_year"
        " AND o.decision_number = n.decision_number AND o.place = n.place WHERE o.id = ? ORDER BY n.revision DESC",
        row,
    )
    return int(rows[0][0])
