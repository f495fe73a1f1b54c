"""What every leave verb holds a slip against before it is written (考勤制度第5条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from govoffice_tui.clock import chinese_day, chinese_short_day, epoch, local
from govoffice_tui.journal.chain import Value
from govoffice_tui.journal.change import Change
from govoffice_tui.registers import closing, settings, staff
from govoffice_tui.registers.leave.charts import ATTENDANCE_REGISTER, FARTHEST, LEAVE_REGISTER, LONGEST, chart_for
from govoffice_tui.registers.leave.records import LeaveRecord, by_id, holding
from govoffice_tui.registers.leave.standing import approvers_on, right_of, ruling_on
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.attendance import LEAVE, session_hours
from govoffice_tui.rules.leave import LeaveKind, LeaveMode, Moment, Stretch, first_worked
from govoffice_tui.rules.leave_approval import LeaveRuling, Level, require_level, require_mode
from govoffice_tui.rules.people import Membership, Person
from govoffice_tui.rules.refusal import Refused

WORDS = "请假"


@dataclass(frozen=True)
class LeaveRequest:
    """What a slip says. `asked_at` is when leave was asked for, where the hour is known."""

    person: int
    stretch: Stretch
    mode: LeaveMode
    asked_day: date
    asked_at: time | None = None
    reason: str = ""
    destination: str = ""
    phone: str = ""
    cover: int | None = None
    has_proof: bool = False
    taken_by: int | None = None
    paper_page: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Approval:
    """Who agreed and on which day: somebody of the office, or a county leader by name and post."""

    day: date
    approver: int | None = None
    leader_name: str = ""
    leader_post: str = ""


def known_person(office: Office, person: int, day: date, field: str = "person") -> Person:
    """Return a person of the list, or refuse."""
    found = staff.person_on(office, person, day)
    if found is None:
        raise Refused("花名册里没有这个人。", field=field)
    return found


def require_days(office: Office, person: int, stretch: Stretch, today: date) -> None:
    """Refuse reversed days, years far away, days off the roster, and leave that is all rest."""
    first, last = stretch.start.day, stretch.end.day
    if stretch.end < stretch.start:
        raise Refused(f"止({stretch.end})早于起({stretch.start}),请核对。", field="last")
    if abs((first - today).days) > FARTHEST:
        raise Refused(f"{chinese_day(first)}离今天太远,请核对年份。", field="first")
    if (last - first).days > LONGEST:
        raise Refused(f"{chinese_day(first)}到{chinese_day(last)}超过{LONGEST}天,请核对止日的年份。", field="last")
    name = known_person(office, person, max(first, today)).name
    mine = staff.periods(office, first, last).get(person, [])
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        kinds = {period.kind for period in mine if period.covers(day)}
        if not kinds or Membership.SECONDED_OUT in kinds:
            why = "借出" if kinds else "不在册"
            raise Refused(
                f"{name}{chinese_short_day(day)}{why},不能登记请假。", field="first" if day == first else "last"
            )
    chart = chart_for(office, first, last)
    if not any(chart.is_work(moment.day, moment.half) for moment in stretch.moments()):
        raise Refused(f"{stretch}不上班,不用请假。", field="last")


def require_free(office: Office, person: int, stretch: Stretch, without: Iterable[int] = ()) -> None:
    """Refuse half-days that another slip of the person holds already."""
    left_out = set(without)
    for one in holding(office, person, stretch.start.day, stretch.end.day):
        taken = one.taken
        if one.id not in left_out and taken.start <= stretch.end and stretch.start <= taken.end:
            raise Refused(
                f"与{one.number}({taken}{one.kind.label},{one.state.label})重叠,同一半天不能请两次假。"
                "请改起止,或者先在那张假条上办:F5 下一步(撤销、续假),F4 更正、作废。",
                LEAVE,
                field="first",
            )


def require_open_days(office: Office, first: date, last: date, *, changes_attendance: bool = True) -> None:
    """Refuse to write about days of a month under seal, in this register or, where it changes, in attendance."""
    month = first.replace(day=1)
    while month <= last:
        closing.require_open(office, LEAVE_REGISTER, month, WORDS)
        if changes_attendance:
            closing.require_open(office, ATTENDANCE_REGISTER, month, "考勤")
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def asked_moment(office: Office, request: LeaveRequest, now: datetime) -> datetime | None:
    """Return when leave was asked for, None where only the day is known; refused where it was not before the work.

    Leave is asked for before the cut-off of its first session (第5条); who has signed in that session was there.
    """
    if request.asked_day > now.date():
        raise Refused(f"{chinese_day(request.asked_day)}还没有到,请核对哪天请的假。", field="asked_day")
    if (now.date() - request.asked_day).days > FARTHEST:
        raise Refused(f"{chinese_day(request.asked_day)}离今天太远,请核对年份。", field="asked_day")
    asked = None if request.asked_at is None else datetime.combine(request.asked_day, request.asked_at)
    if asked is not None and asked > now:
        raise Refused(f"{asked:%-H:%M}还没有到,请核对几点请的假。", field="asked_at")
    if asked is None and request.mode is not LeaveMode.WRITTEN:
        if request.asked_day != now.date():
            raise Refused(f"{request.mode.label}请假要写几点请的。", LEAVE, field="asked_at")
        asked = now
    chart = chart_for(office, request.stretch.start.day, request.stretch.end.day)
    first = first_worked(request.stretch.start, chart)
    hours = session_hours(first.day, first.half, settings.on(office, first.day))
    if request.asked_day < first.day or _has_signed(office, request.person, first):
        return asked
    if request.asked_day > first.day:
        raise Refused(
            f"{chinese_short_day(request.asked_day)}才请{chinese_short_day(first.day)}的假,不是事前请假,不能补登。"
            "打过电话的按电话登记,写明来电时间;没有的按缺签待核。",
            LEAVE,
            field="asked_day",
        )
    if asked is None:
        if now <= hours.cutoff:
            return now
        raise Refused(
            f"当天请假要写几点请的,{first.half.label}签到{hours.cutoff:%-H:%M}截止。", LEAVE, field="asked_at"
        )
    if asked > hours.cutoff:
        what = "来电" if request.mode is LeaveMode.PHONE else "请假"
        raise Refused(
            f"{asked:%-H:%M}{what},晚于{first.half.label}签到截止{hours.cutoff:%-H:%M},{first}不算事前请假,按缺签待核。"
            "其余半天请从下一个半天起登记。",
            LEAVE,
            field="asked_at",
        )
    return asked


def require_approval(
    office: Office, ruling: LeaveRuling, person: int, approval: Approval, asked_day: date, today: date
) -> int | None:
    """Return the delegation an approver acts on, None for their own right; refused for somebody below the rule.

    A county leader, by name and post, is above everybody; nobody approves their own leave.
    """
    if approval.day > today:
        raise Refused(f"{chinese_day(approval.day)}还没有到,请核对批准日期。", field="approved_day")
    if (today - approval.day).days > FARTHEST:
        raise Refused(f"{chinese_day(approval.day)}离今天太远,请核对年份。", field="approved_day")
    if approval.day < asked_day:
        raise Refused(f"批准日期早于请假日期({chinese_short_day(asked_day)}),请核对。", field="approved_day")
    if approval.approver is None:
        if not approval.leader_name and ruling.level not in (Level.COUNTY, *approvers_on(office, approval.day)):
            title = ruling.level.label
            raise Refused(f"还没有指定{title},请先在菜单“花名册”里定岗位(F5),再登记谁批准的。", LEAVE, field="approver")
        _require_leader(office, approval, today)
        return None
    found = known_person(office, approval.approver, max(approval.day, today), "approver")
    if approval.approver == person:
        raise Refused(f"{found.name}不能批自己的假,须{ruling.level.label}批准。", LEAVE, field="approver")
    right = right_of(office, approval.approver, approval.day)
    if ruling.level is Level.COUNTY:
        raise Refused("主任请假须县领导批准,请写县领导的职务和姓名。", LEAVE, field="approver")
    require_level(ruling, right.level(ruling.total), found.name)
    acts = right.own < ruling.level and right.delegation is not None
    return right.delegation.id if acts and right.delegation else None


def request_values(request: LeaveRequest, asked: datetime | None) -> dict[str, Value]:
    """Return the columns of a slip; a reason for sick leave is refused: it may not say what somebody suffers from."""
    reason = checked(request.reason, "reason")
    if request.stretch.kind is LeaveKind.SICK and reason:
        raise Refused("病假不登记病情,事由请留空,只写有无证明。", field="reason")
    stretch = request.stretch
    return {
        "staff_id": request.person,
        "half": int(stretch.start.half),
        "end_day": stretch.end.day.isoformat(),
        "end_half": int(stretch.end.half),
        "kind": stretch.kind.value,
        "mode": request.mode.value,
        "reason": reason,
        "destination": checked(request.destination, "destination"),
        "phone": checked(request.phone, "phone"),
        "cover_id": request.cover,
        "has_proof": int(request.has_proof),
        "applied_day": request.asked_day.isoformat(),
        "told_at": None if asked is None else epoch(asked),
        "taken_by_id": request.taken_by,
        "paper_page": checked(request.paper_page, "paper_page"),
        "remark": checked(request.remark, "remark"),
    }


def approval_values(approval: Approval, delegation: int | None) -> dict[str, Value]:
    """Return the columns of an approval."""
    return {
        "approver_id": approval.approver,
        "leader_name": checked(approval.leader_name, "leader_name"),
        "leader_post": checked(approval.leader_post, "leader_post"),
        "delegation": delegation,
        "approved_day": approval.day.isoformat(),
    }


def require_slip(office: Office, row: int) -> LeaveRecord:
    """Return the slip as it stands, refused where it is struck or was corrected by another window meanwhile."""
    found = by_id(office, row)
    if found is None:
        raise Refused("没有这张假条。")
    if found.struck_at is not None:
        raise Refused(f"{found.number}已{'作废' if not _has_successor(office, row) else '更正'},请重新打开这一行。")
    return found


def rule_and_require(
    office: Office, request: LeaveRequest, approval: Approval | None, today: date, *, without: int | None = None
) -> tuple[LeaveRuling, int | None]:
    """Return what the rule asks of a slip, and the delegation of whoever approved it."""
    ruling = ruling_on(office, request.person, request.stretch, without=without)
    require_mode(ruling, request.mode)
    delegation = None
    if approval is not None:
        delegation = require_approval(office, ruling, request.person, approval, request.asked_day, today)
    return ruling, delegation


def written_today(writing: Change) -> date:
    """Return the day a verb is carried out on."""
    return local(writing.now).date()


def _require_leader(office: Office, approval: Approval, today: date) -> None:
    name, post = checked(approval.leader_name, "leader_name"), checked(approval.leader_post, "leader_post")
    if not name:
        raise Refused("请写谁批准的。", LEAVE, field="approver")
    if not post:
        raise Refused(f"请写{name}的职务,如 县长、副县长。", LEAVE, field="leader_post")
    if any(one.name == name for one in staff.people_on(office, today)):
        raise Refused(f"{name}在花名册里,请在批准人里选。县领导才写姓名和职务。", field="leader_name")


def _has_signed(office: Office, person: int, moment: Moment) -> bool:
    return bool(
        office.fetch(
            "SELECT 1 FROM sign_ins WHERE event_day = ? AND half = ? AND staff_id = ? AND struck_at IS NULL",
            moment.day.isoformat(),
            int(moment.half),
            person,
        )
    )


def _has_successor(office: Office, row: int) -> bool:
    return bool(office.fetch("SELECT 1 FROM leaves WHERE corrects = ?", row))
