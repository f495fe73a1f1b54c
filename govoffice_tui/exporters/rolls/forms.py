"""The forms of 集中学习 and 大扫除."""

from __future__ import annotations

from govoffice_tui.exporters.form import Blank, Form
from govoffice_tui.exporters.rolls import hygiene, study
from govoffice_tui.exporters.rolls.sheets import has_session, month_digest, session_page, sheet_digest
from govoffice_tui.registers.rolls import months as roll_months
from govoffice_tui.registers.rolls.views import RollMonth, RollPage
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.periods import Span
from govoffice_tui.rules.study import STUDY

STUDY_MONTH: Form[RollMonth] = Form(
    id="study_month",
    title=study.TITLE,
    register=STUDY.word,
    name="{period}_集中学习考勤汇总表",
    span=Span.MONTH,
    summary=lambda office, month: roll_months.month(office, STUDY, month),
    pages=study.month_pages,
    digest=month_digest,
)
STUDY_ROLL: Form[RollPage] = Form(
    id="study_roll",
    title="集中学习点名表",
    register=STUDY.word,
    name="{period}_集中学习点名表",
    span=Span.DAY,
    summary=lambda office, day: session_page(office, STUDY, day),
    pages=study.roll_pages,
    digest=sheet_digest,
    applies=lambda office, day: has_session(office, STUDY, day),
)
HYGIENE_MONTH: Form[RollMonth] = Form(
    id="hygiene_month",
    title=hygiene.TITLE,
    register=HYGIENE.word,
    name="{period}_大扫除登记汇总表",
    span=Span.MONTH,
    summary=lambda office, month: roll_months.month(office, HYGIENE, month),
    pages=hygiene.month_pages,
    digest=month_digest,
)
HYGIENE_ROLL: Form[RollPage] = Form(
    id="hygiene_roll",
    title="大扫除点名表",
    register=HYGIENE.word,
    name="{period}_大扫除点名表",
    span=Span.DAY,
    summary=lambda office, day: session_page(office, HYGIENE, day),
    pages=hygiene.roll_pages,
    digest=sheet_digest,
    applies=lambda office, day: has_session(office, HYGIENE, day),
)
BLANK_STUDY = Blank(
    id="blank_study",
    title="集中学习点名表",
    register=STUDY.word,
    pages=lambda office, day, made_at: (
        study.blank_pages(office, day, made_at) if has_session(office, STUDY, day.isoformat()) else []
    ),
)
BLANK_HYGIENE = Blank(
    id="blank_hygiene",
    title="大扫除点名表",
    register=HYGIENE.word,
    pages=lambda office, day, made_at: (
        hygiene.blank_pages(office, day, made_at) if has_session(office, HYGIENE, day.isoformat()) else []
    ),
)

FORMS = (STUDY_MONTH, STUDY_ROLL, HYGIENE_MONTH, HYGIENE_ROLL)

BLANKS = (BLANK_STUDY, BLANK_HYGIENE)
