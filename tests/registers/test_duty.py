"""The duty book: shifts taken over and handed on, lines put on record, nothing lost between two nights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import closing
from govoffice_tui.registers.duty import (
    agenda,
    contacts,
    entries,
    entry_rows,
    handing,
    months,
    pages,
    presence,
    shift_rows,
    shifts,
)
from govoffice_tui.registers.duty.contacts import ContactLine
from govoffice_tui.registers.duty.presence import Absence
from govoffice_tui.registers.duty.register import DUTY
from govoffice_tui.registers.duty.shifts import Crew, LateShift
from govoffice_tui.registers.duty.views import Details, EntryLine
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.duty import EntryState, Kind, ShiftState, Stage, Urgency
from govoffice_tui.rules.refusal import Refused, Sealed
from tests.factories import staff_lines

DIRECTOR, DEPUTY, CLERK, NIGHT, SECOND, OTHER, THIRD, HEAD = range(1, 9)
MONDAY = date(2026, 11, 30)


@pytest.fixture
def clock() -> SetClock:
    """Monday 30 November 2026, 17:26."""
    return SetClock(datetime(2026, 11, 30, 17, 26))


@pytest.fixture
def posted(office: Office) -> Office:
    """An office whose posts are held: 吴桂芳 is 股长, 王伟 of 行政股 值班员."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    assign_post(office, HEAD, Post.SECTION_HEAD, by=DIRECTOR)
    assign_post(office, NIGHT, Post.DUTY_OFFICER, by=DIRECTOR)
    return office


@pytest.fixture
def shift(posted: Office) -> int:
    """The night of 30 November, taken over by 冯䶮."""
    return shifts.take_over_duty(posted, Crew(THIRD, None, DEPUTY), by=THIRD).shift


def call(office: Office, shift: int, gist: str = "K12处塌方", by: int = THIRD) -> EntryLine:
    return entries.record_entry(office, shift, Kind.CALL_IN, Details(gist), by=by)


def at(clock: SetClock, day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    moment = datetime(2026, month, day, hour, minute)
    clock.set(moment)
    return moment


def line_of(office: Office, row: int) -> EntryLine:
    found = entry_rows.entry(office, row)
    assert found is not None
    return found


def test_a_call_after_midnight_stands_on_the_page_of_the_evening_before(
    posted: Office, shift: int, clock: SetClock
) -> None:  # example 16
    at(clock, 1, 2, 10)
    line = call(posted, shift)
    assert (line.day, line.happened_at, line.late_reason) == (MONDAY, datetime(2026, 12, 1, 2, 10), "")
    assert [one.id for one in pages.page(posted, MONDAY).lines] == [line.id]
    assert months.month(posted, "2026-11").figures["来电"] == 1
    assert months.month(posted, "2026-12").figures["来电"] == 0


def test_a_swap_after_the_shift_began_prints_both_names(posted: Office, shift: int, clock: SetClock) -> None:
    at(clock, 30, 20, 0, month=11)  # example 17
    presence.swap_officer(posted, shift, THIRD, SECOND, "急病", by=SECOND)
    page = pages.page(posted, MONDAY)
    assert page.shift is not None
    assert page.shift.present == (SECOND,)
    assert page.shift.officer_names == "冯䶮、阿依古丽·买买提(20:00接冯䶮)"
    assert call(posted, shift, by=SECOND).place == 1
    assert months.rows(posted, "2026-11")[-1].officers == "冯䶮、阿依古丽·买买提(调)"


def test_nobody_from_outside_takes_over(posted: Office) -> None:  # example 18
    with pytest.raises(Refused, match="不得由外人代值"):
        shifts.take_over_duty(posted, Crew(99), by=NIGHT)
    with pytest.raises(Refused, match="不得由外人代值"):
        shifts.take_over_duty(posted, Crew(NIGHT, 99), by=NIGHT)


def test_a_shift_is_taken_over_once_and_by_name_without_anybody_at_the_keyboard(posted: Office) -> None:
    done = shifts.take_over_duty(posted, Crew(THIRD), by=None, form_key="once")
    assert shifts.take_over_duty(posted, Crew(THIRD), by=None, form_key="once") == done
    with pytest.raises(Refused, match="冯䶮17:26已接班"):
        shifts.take_over_duty(posted, Crew(SECOND), by=SECOND)
    assert posted.fetch("SELECT count(*) FROM duty_shifts") == [(1,)]


def test_a_shift_has_the_hours_the_roster_gives_it(posted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Plan:
        leader: int | None = DEPUTY
        officers: tuple[int, ...] = (THIRD,)
        messenger: int | None = None
        starts_at: datetime = datetime(2026, 11, 30, 18, 30)
        ends_at: datetime = datetime(2026, 12, 1, 8, 30)
        template: str = "专项"

    monkeypatch.setattr("govoffice_tui.registers.duty.hours.planned_shifts", lambda *_: (Plan(),))
    done = shifts.take_over_duty(posted, Crew(THIRD), by=THIRD)
    found = shift_rows.shift_by_id(posted, done.shift)
    assert found is not None
    assert found.hours.words == "11月30日夜班(18:30—次日8:30)"


def test_a_call_is_on_record_with_its_gist_alone_and_names_what_it_lacks(posted: Office, shift: int) -> None:
    line = call(posted, shift)
    assert (line.place, line.kind, line.state) == (1, Kind.CALL_IN, EntryState.REGISTERED)
    assert line.missing == ("单位", "缓急")
    filled = entries.fill_entry(posted, line.id, Details("K12处塌方", "城关镇", "副镇长 马骏", "13900010001"), by=THIRD)
    assert filled.id == line.id
    assert filled.missing == ("缓急",)
    urgent = handing.dispose(posted, line.id, Urgency.URGENT, by=THIRD)
    assert urgent.missing == ("报告谁",)
    assert handing.report_entry(posted, line.id, "带班领导钱峰", by=THIRD).missing == ()


def test_what_stood_there_is_struck_and_never_replaced(posted: Office, shift: int) -> None:
    line = call(posted, shift)
    new = entries.fill_entry(posted, line.id, Details("K21处塌方"), by=THIRD)
    assert (new.place, new.number, new.revision) == (line.place, line.number, 2)
    old = line_of(posted, line.id)
    assert (old.words, old.struck_reason) == ("K12处塌方", "当班更正")
    with pytest.raises(Refused, match="已经划去"):
        handing.finish_entry(posted, line.id, "已通知", by=THIRD)
    assert call(posted, shift).place == 2


def test_minutes_count_until_somebody_was_told(posted: Office, shift: int, clock: SetClock) -> None:
    line = call(posted, shift)
    handing.dispose(posted, line.id, Urgency.ASK, by=THIRD)
    now = at(clock, 30, 17, 37, month=11)
    assert line_of(posted, line.id).minutes_waiting(now) == 11
    late = [one for one in agenda.due(posted, now) if "已过11分钟" in one.text]
    assert [one.is_overdue for one in late] == [True]
    handing.report_entry(posted, line.id, "带班领导", by=THIRD)
    assert line_of(posted, line.id).minutes_waiting(now) is None


def test_a_shift_cannot_close_with_a_loose_line(posted: Office, shift: int, clock: SetClock) -> None:
    first, second = call(posted, shift), call(posted, shift, "停水")
    at(clock, 1, 8, 0)
    with pytest.raises(Refused, match="第1号、11月30日第2号还没有办结"):
        shifts.hand_over_duty(posted, shift, CLERK, by=THIRD)
    handing.finish_entry(posted, first.id, "已通知", by=THIRD)
    done = shifts.hand_over_duty(posted, shift, CLERK, {second.id: CLERK}, by=THIRD)
    assert (done.lines, done.handed_on, done.incoming_name) == (2, 1, "周小萍")
    seq, code = done.code_words.split("-")
    hashed = posted.fetch("SELECT hash FROM journal WHERE seq = ?", int(seq))[0][0]
    assert bytes(hashed).hex().startswith(code)
    assert "交班" in (posted.folder / "data" / "anchors.log").read_text("utf-8")
    with pytest.raises(Refused, match="不能再交一次"):
        shifts.hand_over_duty(posted, shift, CLERK, by=NIGHT)
    with pytest.raises(Refused, match="不能再往这一页登记"):
        call(posted, shift, by=NIGHT)


def test_an_empty_shift_says_so_or_does_not_close(posted: Office, shift: int) -> None:
    with pytest.raises(Refused, match="一笔也没有") as refusal:
        shifts.hand_over_duty(posted, shift, CLERK, by=THIRD)
    assert refusal.value.field == "is_quiet"
    shifts.hand_over_duty(posted, shift, CLERK, is_quiet=True, by=THIRD)
    assert not pages.page(posted, MONDAY).is_blank


def test_what_was_handed_on_stands_on_top_until_it_is_done(posted: Office, shift: int, clock: SetClock) -> None:
    line = call(posted, shift)
    at(clock, 1, 7, 50)
    shifts.hand_over_duty(posted, shift, SECOND, {line.id: SECOND}, by=THIRD)
    at(clock, 1, 17, 28)
    after = shifts.take_over_duty(posted, Crew(SECOND), by=SECOND)
    assert (after.matters, after.is_one_sided) == (1, False)
    page = pages.page(posted, after.day)
    assert [one.id for one in page.matters] == [line.id]
    accepted = handing.accept_matter(posted, line.id, by=SECOND)
    assert accepted.handing is not None
    assert accepted.handing.told == "移交阿依古丽·买买提 17:28接收"
    with pytest.raises(Refused, match="还没有办结"):
        shifts.hand_over_duty(posted, after.shift, CLERK, is_quiet=True, by=SECOND)
    handing.finish_entry(posted, line.id, "已答复", by=SECOND)
    assert pages.page(posted, after.day).matters == ()
    shifts.hand_over_duty(posted, after.shift, CLERK, is_quiet=True, by=SECOND)


def test_all_that_was_handed_on_is_taken_over_at_once(posted: Office, shift: int, clock: SetClock) -> None:
    lines = [call(posted, shift) for _ in range(3)]
    at(clock, 1, 7, 50)
    office_hours = call(posted, shift)
    given = {**{line.id: SECOND for line in lines}, office_hours.id: CLERK}
    shifts.hand_over_duty(posted, shift, SECOND, given, by=THIRD)
    at(clock, 1, 17, 28)
    shifts.take_over_duty(posted, Crew(SECOND), by=SECOND)
    handing.accept_matter(posted, lines[0].id, by=SECOND)
    assert handing.accept_matters(posted, by=SECOND, form_key="all") == 2
    assert handing.accept_matters(posted, by=SECOND, form_key="all") == 2
    holders = [one.handing.accepted_by if one.handing else None for one in entry_rows.open_matters(posted)]
    assert holders == [SECOND, SECOND, SECOND, None]
    with pytest.raises(Refused, match="没有等着接收"):
        handing.accept_matters(posted, by=SECOND)


def test_a_shift_nobody_handed_over_is_one_sided_and_loses_nothing(posted: Office, shift: int, clock: SetClock) -> None:
    line = call(posted, shift)
    at(clock, 1, 17, 40)
    after = shifts.take_over_duty(posted, Crew(SECOND), by=SECOND)
    assert after.is_one_sided
    before = shift_rows.shift_by_id(posted, shift)
    assert before is not None
    assert (before.state, before.handed_at) == (ShiftState.ONE_SIDED, None)
    assert [one.id for one in entry_rows.loose_matters(posted, shift_rows.shift_on(posted, after.day))] == [line.id]  # type: ignore[arg-type]
    assert pages.page(posted, after.day).uncovered == 10


def test_a_day_nobody_took_over_is_blank_until_it_is_explained(posted: Office, shift: int, clock: SetClock) -> None:
    shifts.hand_over_duty(posted, shift, CLERK, is_quiet=True, by=THIRD)
    now = at(clock, 2, 12, 0)
    blank = [one for one in agenda.due(posted, now) if "空白班" in one.text]
    assert [(one.day, one.is_overdue) for one in blank] == [(date(2026, 12, 1), True)]
    assert months.month(posted, "2026-12").figures["空白班"] == 1
    presence.explain_duty(posted, date(2026, 12, 1), "停电,记在纸上", by=HEAD)
    assert not [one for one in agenda.due(posted, now) if "空白班" in one.text]
    assert months.month(posted, "2026-12").figures["空白班"] == 1
    assert months.month(posted, "2026-12").remarks == ("12月1日空白班:停电,记在纸上",)


def test_a_classified_line_keeps_its_book_and_page_only(posted: Office, shift: int) -> None:
    with pytest.raises(Refused, match="都不能写") as refusal:
        entries.record_entry(
            posted, shift, Kind.FAX, Details("标题", is_classified=True, paper_book="3", paper_page="12"), by=THIRD
        )
    assert refusal.value.article == "值班制度第4条"
    with pytest.raises(Refused, match="页号"):
        entries.record_entry(posted, shift, Kind.FAX, Details(is_classified=True, paper_book="3"), by=THIRD)
    kept = Details(is_classified=True, paper_book="3", paper_page="12")
    line = entries.record_entry(posted, shift, Kind.FAX, kept, urgency=Urgency.FILE, by=THIRD)
    assert line.words == "涉密件,见机要登记簿第3册第12页"
    assert line.missing == ()


@pytest.mark.parametrize("field", ["gist", "unit", "caller", "phone"])
def test_marked_text_is_refused_everywhere_and_leaves_no_trace(posted: Office, shift: int, field: str) -> None:
    said = {"gist": "通知", field: "机密★3年"}
    with pytest.raises(Refused, match="涉密"):
        entries.record_entry(posted, shift, Kind.CALL_IN, Details(**said), by=THIRD)  # type: ignore[arg-type]
    line = call(posted, shift)
    for verb in (
        lambda: handing.finish_entry(posted, line.id, "机密★3年", by=THIRD),
        lambda: handing.report_entry(posted, line.id, "机密★3年", by=THIRD),
        lambda: entries.void_entry(posted, line.id, "机密★3年", by=THIRD),
        lambda: presence.explain_duty(posted, MONDAY, "机密★3年", by=HEAD),
    ):
        with pytest.raises(Refused):
            verb()
    assert not [row for row in posted.fetch("SELECT payload FROM journal") if "★" in row[0]]


def test_a_text_that_is_too_long_is_refused_and_never_cut(posted: Office, shift: int) -> None:
    line = call(posted, shift)
    for verb in (
        lambda: handing.finish_entry(posted, line.id, "长" * 301, by=THIRD),
        lambda: call(posted, shift, "长" * 501),
        lambda: shifts.hand_over_duty(posted, shift, CLERK, {line.id: CLERK}, words="长" * 301, by=THIRD),
    ):
        with pytest.raises(Refused, match="个字,现在"):
            verb()
    assert line_of(posted, line.id).state is EntryState.REGISTERED


def test_faxes_and_telegrams_take_the_years_numbers(posted: Office, shift: int, clock: SetClock) -> None:
    first = entries.record_entry(posted, shift, Kind.FAX, Details("通知", grade="特急"), by=THIRD)
    call(posted, shift)
    second = entries.record_entry(posted, shift, Kind.TELEGRAM, Details("预警"), by=THIRD)
    assert (first.fax_words, second.fax_words) == ("传〔2026〕1号", "传〔2026〕2号")
    corrected = entries.correct_entry(
        posted, first.id, Kind.CALL_IN, Details("通知"), first.happened_at, "是电话", by=THIRD
    )
    assert corrected.fax is None
    third = entries.record_entry(posted, shift, Kind.FAX, Details("又一件"), by=THIRD)
    assert third.fax_words == "传〔2026〕3号"


def test_an_incident_keeps_its_chain_in_order(posted: Office, shift: int) -> None:
    line = entries.record_entry(posted, shift, Kind.INCIDENT, Details("塌方"), urgency=Urgency.URGENT, by=THIRD)
    assert "首报" in line.missing
    with pytest.raises(Refused, match="还没有首报"):
        entries.add_stage(posted, line.id, Stage.FINAL, "县应急局", "完", by=THIRD)
    for stage in (Stage.FIRST, Stage.FURTHER, Stage.FINAL):
        entries.add_stage(posted, line.id, stage, "县应急局", "情况", by=THIRD)
    assert [one.stage for one in line_of(posted, line.id).stages] == list(Stage)
    with pytest.raises(Refused, match="已经终报"):
        entries.add_stage(posted, line.id, Stage.FURTHER, "县应急局", "再报", by=THIRD)
    with pytest.raises(Refused, match="只用于突发"):
        entries.add_stage(posted, call(posted, shift).id, Stage.FIRST, "县应急局", "x", by=THIRD)


def test_a_relief_covers_and_what_it_leaves_is_counted(posted: Office, shift: int, clock: SetClock) -> None:
    def moment(hour: int, minute: int) -> datetime:
        return datetime(2026, 11, 30, hour, minute)

    at(clock, 30, 22, 0, month=11)
    away = Absence(THIRD, moment(21, 0), moment(21, 30), OTHER, moment(21, 5), moment(21, 30))
    assert presence.record_absence(posted, shift, away, by=THIRD) == 30
    assert pages.page(posted, MONDAY).uncovered == 5
    found = Absence(THIRD, moment(21, 40), moment(21, 50), found_by="市政府总值班室")
    presence.record_absence(posted, shift, found, by=HEAD)
    assert pages.page(posted, MONDAY).uncovered == 15
    assert months.month(posted, "2026-11").figures["脱漏岗"] == 1
    for start, end, words in (((21, 0), (20, 0), "晚于"), ((23, 0), (23, 30), "还没有到")):
        with pytest.raises(Refused, match=words):
            presence.record_absence(posted, shift, Absence(THIRD, moment(*start), moment(*end)), by=THIRD)


def test_an_event_earlier_than_its_entry_is_marked_and_a_later_one_refused(
    posted: Office, shift: int, clock: SetClock
) -> None:
    now = at(clock, 1, 1, 0)
    line = entries.record_entry(posted, shift, Kind.CALL_IN, Details("早些时候"), now - timedelta(hours=2), by=THIRD)
    assert line.is_backfilled
    for moment, words in ((now + timedelta(minutes=1), "还没有到"), (now - timedelta(days=2), "还没有到本班")):
        with pytest.raises(Refused, match=words):
            entries.record_entry(posted, shift, Kind.CALL_IN, Details("x"), moment, by=THIRD)


def test_only_the_shift_and_its_posts_write_and_only_heads_correct_a_closed_page(posted: Office, shift: int) -> None:
    with pytest.raises(Refused, match="需由值班员"):
        call(posted, shift, by=OTHER)
    line = call(posted, shift, by=NIGHT)
    handing.dispose(posted, line.id, Urgency.FILE, by=NIGHT)
    shifts.hand_over_duty(posted, shift, CLERK, by=THIRD)
    with pytest.raises(Refused, match="要由股长"):
        entries.correct_entry(posted, line.id, Kind.CALL_IN, Details("改"), line.happened_at, "听错", by=THIRD)
    new = entries.correct_entry(posted, line.id, Kind.CALL_IN, Details("改"), line.happened_at, "听错", by=HEAD)
    assert new.words == "改"
    late = entries.record_entry(posted, shift, Kind.CALL_IN, Details("漏记"), None, Urgency.FILE, "漏记一笔", by=HEAD)
    assert (late.place, late.late_reason) == (2, "补登:漏记一笔")


def test_a_night_kept_on_paper_is_entered_by_a_head(posted: Office, shift: int, clock: SetClock) -> None:
    at(clock, 3, 9, 0)
    late = LateShift(date(2026, 12, 1), datetime(2026, 12, 1, 17, 30), "停电")
    with pytest.raises(Refused, match="要由股长"):
        shifts.take_over_duty(posted, Crew(SECOND), late, by=SECOND)
    done = shifts.take_over_duty(posted, Crew(SECOND), late, by=HEAD)
    found = shift_rows.shift_by_id(posted, done.shift)
    assert found is not None
    assert (found.day, found.late_reason) == (date(2026, 12, 1), "补登:停电")
    future = LateShift(date(2026, 12, 3), datetime(2026, 12, 3, 17, 30), "停电")
    with pytest.raises(Refused, match="已经过去的班"):
        shifts.take_over_duty(posted, Crew(SECOND), future, by=HEAD)


def test_a_paper_night_taken_over_after_midnight_is_entered_with_its_own_times(
    posted: Office, shift: int, clock: SetClock
) -> None:
    with pytest.raises(Refused, match="交班时间就是现在"):
        shifts.hand_over_duty(posted, shift, CLERK, is_quiet=True, at=datetime(2026, 11, 30, 20, 0), by=THIRD)
    at(clock, 3, 9, 0)
    late = LateShift(date(2026, 12, 1), datetime(2026, 12, 2, 0, 30), "停电", "3")
    done = shifts.take_over_duty(posted, Crew(SECOND), late, by=HEAD)
    assert (done.day, done.at) == (date(2026, 12, 1), datetime(2026, 12, 2, 0, 30))
    happened = datetime(2026, 12, 2, 2, 10)
    line = entries.record_entry(posted, done.shift, Kind.CALL_IN, Details("塌方"), happened, Urgency.FILE, by=SECOND)
    assert (line.happened_at, line.day, line.late_reason) == (happened, done.day, "补登:停电,纸质值班页第3页")
    handed = datetime(2026, 12, 2, 8, 5)
    for wrong in (datetime(2026, 12, 2, 0, 10), datetime(2026, 12, 3, 9, 30)):
        with pytest.raises(Refused, match="交班时间要在"):
            shifts.hand_over_duty(posted, done.shift, CLERK, at=wrong, by=SECOND)
    assert shifts.hand_over_duty(posted, done.shift, CLERK, at=handed, by=SECOND).at == handed


def test_a_line_of_the_old_year_entered_in_the_new_takes_the_new_years_number(posted: Office, clock: SetClock) -> None:
    clock.set(datetime(2026, 12, 31, 17, 30))  # example 32
    row = shifts.take_over_duty(posted, Crew(NIGHT), by=NIGHT).shift
    shifts.hand_over_duty(posted, row, CLERK, is_quiet=True, by=NIGHT)
    clock.set(datetime(2027, 1, 2, 9, 0))
    happened = datetime(2026, 12, 31, 19, 30)
    line = entries.record_entry(posted, row, Kind.FAX, Details("通知"), happened, Urgency.FILE, "漏记", by=HEAD)
    assert (line.year, line.number, line.day) == (2027, 1, date(2026, 12, 31))
    assert (line.happened_at, line.late_reason, line.fax_words) == (happened, "补登:漏记", "传〔2027〕1号")
    assert months.month(posted, "2026-12").kinds["传真"] == 1


def test_a_page_is_signed_once_after_it_was_closed(posted: Office, shift: int) -> None:
    with pytest.raises(Refused, match="还没有交班"):
        presence.sign_duty_page(posted, shift, DEPUTY, MONDAY, by=NIGHT)
    shifts.hand_over_duty(posted, shift, CLERK, is_quiet=True, by=THIRD)
    assert presence.sign_duty_page(posted, shift, DEPUTY, MONDAY, "3", by=NIGHT) == "钱峰"
    with pytest.raises(Refused, match="已经签阅"):
        presence.sign_duty_page(posted, shift, DEPUTY, MONDAY, by=NIGHT)


def test_a_month_seals_only_when_every_shift_and_line_has_its_end(posted: Office, shift: int, clock: SetClock) -> None:
    line = call(posted, shift)
    at(clock, 1, 9, 0)
    found = [str(problem) for problem in months.pending(posted, "2026-11")]
    assert found == ["11月30日:值班中,还没有交班", "11月30日第1号:登记,没有办结"]
    handing.finish_entry(posted, line.id, "已通知", by=THIRD)
    shifts.hand_over_duty(posted, shift, CLERK, by=THIRD)
    closing.close_month(posted, "duty", "2026-11", DUTY.pending, DUTY.seal_digest, by=HEAD)
    with pytest.raises(Sealed, match="更正单"):
        presence.explain_duty(posted, MONDAY, "说明", by=HEAD)


def test_search_finds_units_names_phones_and_words_in_all_years(posted: Office, shift: int) -> None:
    said = Details("K12处塌方", "城关镇", "副镇长 马骏", "13900010001")
    line = entries.record_entry(posted, shift, Kind.CALL_IN, said, by=THIRD)
    for words in ("城关", "马骏 塌方", "0001 k12"):
        assert [one.entry for one in agenda.search(posted, words)] == [line.id]
    assert agenda.search(posted, "城关 停水") == []
    assert agenda.search(posted, "  ") == []


def test_numbers_that_are_nobodys_are_told_apart_by_their_post(posted: Office) -> None:
    lines = [ContactLine(2, "白水镇", "", "值班室", "88002001"), ContactLine(3, "白水镇", "", "传真", "88002002")]
    assert contacts.import_contacts(posted, lines, by=NIGHT).added == 2
    again = [ContactLine(2, "白水镇", "", "值班室", "88002009"), lines[1]]
    done = contacts.import_contacts(posted, again, by=NIGHT)
    assert (done.added, done.changed, done.already) == (0, 1, 1)
    assert set(contacts.phones(posted, "白水镇")) == {"88002009", "88002002"}


def test_the_phone_book_comes_in_whole_and_tells_who_called_last(posted: Office, shift: int) -> None:
    lines = [ContactLine(2, "白水镇", "丁宏", "镇长", "13900010002"), ContactLine(3, "龙潭乡", "任敏", "", "")]
    assert contacts.import_contacts(posted, lines, by=NIGHT).added == 2
    again = contacts.import_contacts(posted, [ContactLine(2, "白水镇", "丁宏", "镇长", "13900019999")], by=NIGHT)
    assert (again.added, again.changed) == (0, 1)
    with pytest.raises(Refused, match="第9行没有单位"):
        contacts.import_contacts(
            posted, [ContactLine(8, "青云乡", "", "", ""), ContactLine(9, "", "", "", "")], by=NIGHT
        )
    assert contacts.units(posted) == ("白水镇", "龙潭乡")
    assert contacts.last_call(posted, "白水镇") == "通讯录 镇长 丁宏 13900019999"
    entries.record_entry(posted, shift, Kind.CALL_IN, Details("事", "白水镇", "值班员 袁波"), by=THIRD)
    assert contacts.last_call(posted, "白水镇") == "上次来电 11-30 值班员 袁波"
    assert contacts.units(posted)[0] == "白水镇"


def test_the_same_form_sent_twice_changes_nothing(posted: Office, shift: int) -> None:
    first = entries.record_entry(posted, shift, Kind.CALL_IN, Details("甲"), by=THIRD, form_key="a")
    assert entries.record_entry(posted, shift, Kind.CALL_IN, Details("甲"), by=THIRD, form_key="a") == first
    new = entries.fill_entry(posted, first.id, Details("乙"), by=THIRD, form_key="b")
    assert entries.fill_entry(posted, first.id, Details("乙"), by=THIRD, form_key="b") == new
    done = handing.finish_entry(posted, new.id, "已办", by=THIRD, form_key="c")
    assert handing.finish_entry(posted, new.id, "已办", by=THIRD, form_key="c") == done
    over = shifts.hand_over_duty(posted, shift, CLERK, by=THIRD, form_key="d")
    assert shifts.hand_over_duty(posted, shift, CLERK, by=THIRD, form_key="d") == over
    assert verify_office(posted).findings == ()


@given(steps=st.lists(st.integers(-100, 400), min_size=1, max_size=8))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_clock_set_back_reorders_nothing(steps: list[int]) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock(datetime(2026, 11, 30, 17, 26))
        office = found_office(Path(folder), clock, {"office_name": "测试县人民政府办公室"})
        import_staff(office, staff_lines(8), by=None)
        shift = shifts.take_over_duty(office, Crew(THIRD), by=THIRD).shift
        made: list[int] = []
        for step in steps:
            clock.at += step  # up to 100 seconds back the book goes on, with the time of its last line
            if office.tail().at - clock.at <= 120:
                made.append(call(office, shift, f"第{len(made)}件").id)
        page = pages.page(office, MONDAY)
        office.close()
    assert [line.id for line in page.lines] == made
    assert [line.place for line in page.lines] == list(range(1, len(made) + 1))


@given(chances=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), min_size=2, max_size=5))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_open_matters_never_get_lost_over_hand_overs(chances: list[tuple[int, int, bool]]) -> None:
    with TemporaryDirectory() as folder:
        clock = SetClock(datetime(2026, 11, 30, 17, 26))
        office = found_office(Path(folder), clock, {"office_name": "测试县人民政府办公室"})
        import_staff(office, staff_lines(8), by=None)
        alive: set[int] = set()
        for night, (lines, finished, is_handed) in enumerate(chances):
            officer = (THIRD, SECOND, OTHER)[night % 3]
            clock.set(datetime(2026, 11, 30, 17, 26) + timedelta(days=night))
            shift = shifts.take_over_duty(office, Crew(officer), by=officer).shift
            alive |= {call(office, shift, f"{night}-{place}", by=officer).number for place in range(lines)}
            found = shift_rows.shift_by_id(office, shift)
            assert found is not None
            loose = entry_rows.loose_matters(office, found)
            for line in loose[:finished]:
                handing.finish_entry(office, line.id, "已办", by=officer)
                alive.discard(line.number)
            if is_handed:
                receivers = {line.id: (CLERK, (SECOND, OTHER, THIRD)[night % 3])[line.place % 2] for line in loose}
                shifts.hand_over_duty(office, shift, CLERK, receivers, "", True, by=officer)
            standing = {
                number
                for (number,) in office.fetch(
                    "SELECT number FROM duty_entries WHERE state NOT IN ('done', 'filed') AND struck_at IS NULL"
                )
            }
            assert standing == alive
            shown = entry_rows.open_matters(office) + [
                line for line in entry_rows.entries_of(office, shift) if not line.state.is_settled
            ]
            assert {line.number for line in shown} == alive
            handed = entry_rows.open_matters(office)
            assert all(line.handing is not None for line in handed)
        office.close()
