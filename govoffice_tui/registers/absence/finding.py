"""旷工认定: a paper opened, the person heard, proposed, decided as it was signed, or voided (考勤制度第3条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from govoffice_tui.clock import chinese_short_day, day_of
from govoffice_tui.journal.change import Change
from govoffice_tui.models import Absence
from govoffice_tui.registers import closing, posts, staff
from govoffice_tui.registers.absence.papers import SERIES, AbsencePaper, paper, papers
from govoffice_tui.registers.attendance.months import figures
from govoffice_tui.registers.attendance.pages import REGISTER as ATTENDANCE
from govoffice_tui.registers.attendance.pages import session_on
from govoffice_tui.registers.attendance.pages import story as half_day_story
from govoffice_tui.registers.numbering import enter
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import holdings_on
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.absence import (
    AbsenceState,
    Decision,
    halves_label,
    mask_of,
    require_move,
    require_other,
    require_pending,
    signers,
)
from govoffice_tui.rules.attendance import ABSENCE, SessionState
from govoffice_tui.rules.authority import HEADS, Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.refusal import Refused


def prefilled_facts(office: Office, person: int, day: date, halves: Collection[Half]) -> str:
    """Return what the books say of the half-days, as the paper begins: not signed, no leave, no outing, notes."""
    told = []
    for half in sorted(halves):
        story = half_day_story(office, person, day, half)
        notes = ";".join(fact.words for fact in story.facts if not fact.words.startswith("签到簿收存"))
        collected = [fact for fact in story.facts if fact.words.startswith("签到簿收存")]
        closed = f"签到簿{collected[0].at:%-H:%M}收存" if collected else "签到簿未收存"
        told.append(f"{half.label}{closed},没有签到、请假和因公外出登记{f';{notes}' if notes else ''}")
    return f"{chinese_short_day(day)}" + "。".join(told) + "。"


def open_absence(
    office: Office,
    person: int,
    day: date,
    halves: Collection[Half],
    facts: str = "",
    asked: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> AbsencePaper:
    """Open a 旷工认定单 of a person's 待核 half-days of one day; it finds nothing by itself.

    `asked` is who was asked and how. Refused for a half-day that is signed, on leave, out, not due, still to come,
    not collected or under seal, for a second paper of the same day, and to the person themselves.
    """
    with office.write("open_absence", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _standing(office, writing.repeated_entry)
        posts.require(office, "open_absence", by, day_of(writing.now))
        wanted = tuple(sorted(set(halves)))
        if not wanted:
            raise Refused("请选上午、下午还是全天。", ABSENCE, field="halves")
        require_other(person, {"by": by})
        _require_unexplained(office, writing, person, day, wanted)
        name = staff.name_of(office, person, day)
        for other in papers(office, "event_day = ? AND staff_id = ? AND struck_at IS NULL", day.isoformat(), person):
            raise Refused(
                f"{name}{chinese_short_day(day)}已有认定单{other.number}({other.words});要重新认定请先按F4作废它。",
                ABSENCE,
                field="halves",
            )
        row = enter(
            office,
            writing,
            Absence,
            SERIES,
            day,
            AbsenceState.OPENED.value,
            staff_id=person,
            halves=mask_of(wanted),
            facts=checked(facts, "facts", multiline=True) or prefilled_facts(office, person, day, wanted),
            asked=checked(asked, "asked"),
        )
        return _standing(office, row)


def note_own_words(
    office: Office, row: int, words: str, *, by: int | None, form_key: str | None = None
) -> AbsencePaper:
    """Note what the person says of it, or that they would not or could not say anything."""
    with office.write("note_own_words", by, form_key) as writing:
        if writing.repeated is not None:
            return _standing(office, row)
        found = _require(office, writing, row, "note_own_words", by)
        said = checked(words, "own_words", multiline=True)
        if not said:
            raise Refused(
                "请写本人的陈述;不陈述的写“本人不陈述”,联系不上的写明怎样联系过。", ABSENCE, field="own_words"
            )
        writing.update(Absence, found.id, own_words=said, state=AbsenceState.HEARD.value)
        return _standing(office, row)


def propose_absence(
    office: Office,
    row: int,
    proposed_by: int,
    proposed_day: date,
    proposal: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> AbsencePaper:
    """Note what the section head proposes, as it stands on the paper.

    The proposer is a head of the office, or stands before the person in rank in the same section.
    """
    with office.write("propose_absence", by, form_key) as writing:
        if writing.repeated is not None:
            return _standing(office, row)
        found = _require(office, writing, row, "propose_absence", by)
        require_other(found.person, {"proposed_by": proposed_by})
        _require_day(found, proposed_day, day_of(writing.now), "proposed_day")
        _require_head(office, found, proposed_by)
        said = checked(proposal, "proposal")
        if not said:
            raise Refused("请写股长的提请意见。", ABSENCE, field="proposal")
        writing.update(
            Absence,
            found.id,
            proposed_by_id=proposed_by,
            proposed_day=proposed_day.isoformat(),
            proposal=said,
            state=AbsenceState.PROPOSED.value,
        )
        return _standing(office, row)


def decide_absence(
    office: Office,
    row: int,
    decision: Decision,
    signed_by: int | None,
    signed_day: date,
    paper_page: str,
    ground: str = "",
    signed_name: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> AbsencePaper:
    """Note what the deputy or the director signed on paper: 认定, or 不予认定 with its ground.

    The director's own case is signed by a county leader, by name. Only 认定 makes the day 旷工; 不予认定 leaves the
    half-day 待核, or counts it as attended where that was decided. Refused without the paper's page, for a signer
    without the post on that day, and where the half-day has been explained since.
    """
    with office.write("decide_absence", by, form_key) as writing:
        if writing.repeated is not None:
            return _standing(office, row)
        found = _require(office, writing, row, "decide_absence", by)
        require_other(found.person, {"by": by, "signed_by": signed_by})
        _require_day(found, signed_day, day_of(writing.now), "signed_day")
        if found.proposed_day is not None and signed_day < found.proposed_day:
            raise Refused(f"签字不能早于提请({chinese_short_day(found.proposed_day)})。", ABSENCE, field="signed_day")
        name = _require_signer(office, found, signed_by, signed_day, checked(signed_name, "signed_name"))
        page, why = checked(paper_page, "paper_page"), checked(ground, "ground")
        if not page:
            raise Refused("请写签了字的认定单放在哪里(第几页)。", ABSENCE, field="paper_page")
        if decision is not Decision.FOUND and not why:
            raise Refused("不予认定要写理由。", ABSENCE, field="ground")
        _require_unexplained(office, writing, found.person, found.day, found.halves)
        writing.update(
            Absence,
            found.id,
            state=decision.state.value,
            is_deemed=int(decision is Decision.DEEMED),
            signed_by_id=signed_by,
            signed_name=name,
            signed_day=signed_day.isoformat(),
            paper_page=page,
            ground=why,
            decided_at=writing.now,
        )
        return _standing(office, row)


def void_absence(office: Office, row: int, reason: str, *, by: int | None, form_key: str | None = None) -> AbsencePaper:
    """Strike a paper, with the reason; what it decided no longer counts. Refused to the person themselves."""
    with office.write("void_absence", by, form_key) as writing:
        if writing.repeated is not None:
            return _standing(office, row)
        found = _require(office, writing, row, "void_absence", by)
        require_other(found.person, {"by": by})
        why = checked(reason, "why")
        if not why:
            raise Refused("请写为什么作废。", ABSENCE, field="why")
        writing.strike(Absence, found.id, why)
        return _standing(office, row)


def signers_of(office: Office, found: AbsencePaper, day: date) -> tuple[frozenset[Post], int | None]:
    """Return whose signature decides a paper on a day, and who usually gives it; no post where a county leader does."""
    held = holdings_on(office, day)
    wanted = signers({one.post for one in held if one.staff == found.person})
    usual = [one.staff for one in held if one.post in wanted and one.staff != found.person]
    return wanted, usual[0] if usual else None


def _standing(office: Office, row: int) -> AbsencePaper:
    found = paper(office, row)
    assert found is not None
    return found


def _require(office: Office, writing: Change, row: int, verb: str, by: int | None) -> AbsencePaper:
    """Return a paper that may be treated so, or refuse."""
    posts.require(office, verb, by, day_of(writing.now))
    found = paper(office, row)
    if found is None or found.struck_at is not None:
        raise Refused("这张认定单已经作废。" if found is not None else "没有这张认定单。", ABSENCE)
    require_move(found.state, verb)
    closing.require_open(office, ATTENDANCE, found.day, "考勤")
    return found


def _require_unexplained(office: Office, writing: Change, person: int, day: date, halves: Collection[Half]) -> None:
    """Refuse where a half-day is anything but 待核, its book still open, or its month under seal."""
    today = day_of(writing.now)
    known = staff.person_on(office, person, day)
    if known is None:
        raise Refused("花名册里没有这个人。", field="person")
    if day > today:
        raise Refused(f"{chinese_short_day(day)}还没有到,不能认定旷工。", ABSENCE, field="halves")
    closing.require_open(office, ATTENDANCE, day, "考勤")
    _, _, people = figures(office, f"{day:%Y-%m}")
    mine = next((one for one in people if one.person.id == person), None)
    for half in halves:
        status = HalfStatus.OFF_ROSTER if mine is None else mine.status(day, half)
        require_pending(known.name, day, half, status)
        book = session_on(office, day, half)
        if book is None or book.state is not SessionState.COLLECTED:
            raise Refused(
                f"{chinese_short_day(day)}{half.label}签到簿还没有收存,没有签到簿不能认定谁旷工。",
                ABSENCE,
                field="halves",
            )


def _require_day(found: AbsencePaper, day: date, today: date, field: str) -> None:
    if day > today:
        raise Refused("日期还没有到。", ABSENCE, field=field)
    if day < found.day:
        raise Refused(f"日期早于{chinese_short_day(found.day)}(未到岗的那天)。", ABSENCE, field=field)


def _require_head(office: Office, found: AbsencePaper, proposer: int) -> None:
    """Refuse a proposer who is neither a head of the office nor before the person in their section's rank."""
    if any(one.staff == proposer and one.post in HEADS for one in holdings_on(office, found.day)):
        return
    person, other = (staff.person_on(office, one, found.day) for one in (found.person, proposer))
    if person is None or other is None or other.section != person.section or other.rank >= person.rank:
        raise Refused("提请人应是本股股长(排序在本人前面),或股长、分管副主任、主任。", ABSENCE, field="proposed_by")


def _require_signer(office: Office, found: AbsencePaper, signed_by: int | None, day: date, name: str) -> str:
    """Return the name that signed, or refuse one whose signature does not decide."""
    wanted, _ = signers_of(office, found, day)
    if not wanted:
        if signed_by is not None or not name:
            raise Refused("主任本人的认定由县领导决定,请写签字的县领导姓名。", ABSENCE, field="signed_name")
        return name
    listed = "、".join(post.label for post in Post if post in wanted)
    if signed_by is None:
        raise Refused(f"请选签字的{listed}。", ABSENCE, field="signed_by")
    theirs = {one.post for one in holdings_on(office, day) if one.staff == signed_by}
    if not theirs & wanted and not wanted <= posts.vacant(office):
        raise Refused(f"认定要由{listed}签字,所选的人{chinese_short_day(day)}不是。", ABSENCE, field="signed_by")
    return staff.name_of(office, signed_by, day)


def told(found: AbsencePaper, name: str) -> str:
    """Return the line that says what now stands in the book: 已登记 旷〔2026〕1号 王伟 10月12日上午 认定旷工."""
    return f"{found.number} {name} {chinese_short_day(found.day)}{halves_label(found.halves)} {found.words}"
