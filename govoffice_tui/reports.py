"""Joins summary, form, version and anchor: the one way a form gets written, for the command line and every screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from govoffice_tui.clock import chinese_day, day_of, local, month_days, month_of
from govoffice_tui.exporters.attendance.workbook_pages import Unbalanced
from govoffice_tui.exporters.catalog import BLANKS, FORMS, PACKET, PAPERS, packet_name
from govoffice_tui.exporters.duty.roster_calendar import duty_calendar
from govoffice_tui.exporters.form import Form
from govoffice_tui.exporters.leave.forms import LEAVE_SLIP
from govoffice_tui.exporters.page import Page, Properties, VerificationInfo, verification_page
from govoffice_tui.exporters.saving import ExportFailed, save_atomically
from govoffice_tui.exporters.verification import ExportUnreadable, read_verification
from govoffice_tui.exporters.workbook import write_workbook
from govoffice_tui.registers import backups, calendar, catalog, exports, settings, staff
from govoffice_tui.registers.attendance.blanks import next_worked_day
from govoffice_tui.registers.duty.roster_pages import duties_of
from govoffice_tui.registers.duty.slips import slip_period as duty_slip_period
from govoffice_tui.registers.exports import Exported
from govoffice_tui.registers.leave.slips import slip_period
from govoffice_tui.registers.office import Anchor, Office
from govoffice_tui.rules.periods import folder_word, span_of
from govoffice_tui.rules.refusal import Refused


@dataclass(frozen=True)
class Written:
    """One form in its file: `is_new` says whether its figures differ from the version before, `changes` in what."""

    title: str
    path: Path
    version: int
    is_new: bool
    changes: str


@dataclass(frozen=True)
class Packet:
    """The blank forms of a day in their file, by their titles."""

    path: Path
    day: date
    titles: tuple[str, ...]


def _heard(words: str) -> None:
    """Tell nobody how far the writing is."""


def _wanted() -> bool:
    """Never stop."""
    return False


def write_forms(
    office: Office,
    period: str,
    registers: Sequence[str] = (),
    *,
    by: int | None,
    progress: Callable[[str], None] = _heard,
    cancelled: Callable[[], bool] = _wanted,
) -> list[Written]:
    """Write the forms of a period (`rules.periods`) into the folder of its month or year, all registers or those named.

    The same figures give the same version, anchor and date; other figures a new version beside the old file.
    Refused for an unknown register, a year without a calendar, a sheet that does not balance, and a disk that
    cannot be written; `cancelled` is asked between two forms.
    """
    asked = _asked(registers)
    span = span_of(period)
    calendar.ensure(office, int(period[:4]))
    written = []
    for form in FORMS:
        if cancelled() or form.register not in asked or form.span is not span:
            continue
        if not form.applies(office, period):
            continue
        progress(f"正在写{form.title}…")
        written.append(_write(office, form, period, by))
    return written


def write_packet(office: Office, day: date | None = None, registers: Sequence[str] = ()) -> Packet:
    """Write the blank forms of a day, by default of the next that can be signed, as one workbook: a sheet a form.

    It holds no figures, so that it stands in no book and has no version and no anchor. Refused for an unknown register,
    a day none of the forms is for, and a disk that cannot be written; a packet open elsewhere is left as it is.
    """
    asked = _asked(registers)
    day = next_worked_day(office, office.now()) if day is None else day
    calendar.ensure(office, day.year)
    made_at = office.now()
    made = [(blank.title, blank.pages(office, day, made_at)) for blank in BLANKS if blank.register in asked]
    pages = [page for _, found in made for page in found]
    if not pages:
        raise Refused(f"{chinese_day(day)}不设签到,没有要备的空白表。请写一个工作日。")
    properties = Properties(f"{PACKET} {day.isoformat()}", settings.on(office, day).office_name, made_at)
    target = office.folder / "exports" / month_of(day) / packet_name(day)
    return Packet(_save(target, pages, properties), day, tuple(title for title, found in made if found))


def write_paper(office: Office, form_id: str, period: str, *, by: int | None) -> Written:
    """Write the paper of one matter, such as a 旷工认定单; versions and anchors as for every form."""
    form = next(form for form in PAPERS if form.id == form_id)
    return _write(office, form, period, by)


def write_slip(office: Office, row: int | None, *, by: int | None) -> Written:
    """Write one leave slip to be signed, two on a sheet, or two blank ones for None."""
    return write_paper(office, LEAVE_SLIP.id, slip_period(office, row), by=by)


def write_call_slip(office: Office, row: int, *, by: int | None) -> Written:
    """Write the 值班来电呈阅单 of one line of the duty book."""
    return write_paper(office, "duty_slip", duty_slip_period(office, row), by=by)


def write_duty_calendar(office: Office, person: int, month: str) -> Path:
    """Write one person's duties of a month (YYYY-MM) as an iCalendar file into exports/YYYY-MM and return its path.

    Refused where the month's roster has none of this person, and for a disk that cannot be written.
    """
    lines = duties_of(office, person, month)
    who = staff.person_on(office, person, month_days(month)[-1])
    if not lines or who is None:
        raise Refused("已印发的值班表里没有这个人的班,没有可导出的。")
    text = duty_calendar(who.name, office.uuid.hex(), lines, office.now())
    target = office.folder / "exports" / month / f"{month}_值班日历_{who.number}.ics"

    def write(path: Path) -> None:
        path.write_bytes(text.encode())

    try:
        return save_atomically(target, write)
    except ExportFailed as error:
        raise Refused(error.sentence) from None


def read_anchor(path: Path) -> Anchor:
    """Return the line of the book an exported workbook or a backup remembers; refused where it holds none."""
    if path.suffix.lower() == ".db":
        return backups.anchor_of(path)
    try:
        info = read_verification(path)
    except ExportUnreadable as error:
        raise Refused(error.sentence) from None
    return Anchor(info.seq, bytes.fromhex(info.hash), path.name)


def _asked(registers: Sequence[str]) -> set[str]:
    """Return the words of the registers named by word or title, of all where none is named."""
    known = {register.word: register.title for register in catalog.REGISTERS}
    unknown = [word for word in registers if word not in known and word not in known.values()]
    if unknown:
        listed = "、".join(f"{word}({title})" for word, title in known.items())
        raise Refused(f"没有“{unknown[0]}”这一册,现有:{listed}。")
    return {word for word, title in known.items() if not registers or word in registers or title in registers}


def _write(office: Office, form: Form[Any], period: str, by: int | None) -> Written:
    summary = form.summary(office, period)
    digest = form.digest(summary)
    before = exports.newest(office, form.id, period)
    version = 1 if before is None else before.version + (before.digest != digest)
    try:
        form.pages(summary, office.now())
    except Unbalanced as error:
        raise Refused(str(error)) from None
    done = exports.record_export(office, form.id, period, digest, form.file_name(period, version), by=by)
    made_at = local(done.made_at)
    info = VerificationInfo(
        done.anchor_seq,
        done.anchor_hash,
        exports.hash_before(office, done),
        done.version,
        done.digest,
        office.uuid.hex(),
        made_at,
    )
    author = settings.on(office, day_of(done.made_at)).office_name
    properties = Properties(f"{form.title} {period}", author, made_at)
    pages = [*form.pages(summary, made_at), verification_page(info)]
    target = office.folder / "exports" / folder_word(period) / done.file_name
    path = _save(target, pages, properties)
    is_new = before is None or before.version != done.version
    return Written(form.title, path, done.version, is_new, _changes(office, before, done))


def _save(target: Path, pages: Sequence[Page], properties: Properties) -> Path:
    try:
        return save_atomically(target, partial(write_workbook, pages, properties))
    except ExportFailed as error:
        raise Refused(error.sentence) from None


def _changes(office: Office, before: Exported | None, done: Exported) -> str:
    """Say what was entered between two versions of a form."""
    if before is None or before.version == done.version:
        return ""
    counted = exports.entered_between(office, before.anchor_seq, done.anchor_seq)
    listed = "、".join(f"{words}{count}笔" for words, count in counted)
    return f"比第{before.version}版:{listed or '数字有变'}"
