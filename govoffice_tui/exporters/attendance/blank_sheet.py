"""The blank 签到表: today's names with cells to sign in, for a morning on which the screen stays dark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from govoffice_tui.clock import chinese_day, chinese_time, chinese_weekday
from govoffice_tui.exporters.attendance.day_sheet import HEADS, NOT_HELD
from govoffice_tui.exporters.attendance.figures import APART
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.attendance.blanks import BlankSheet
from govoffice_tui.rules.attendance import COLLECTION
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person

SHEET = "签到表"
COLUMNS = (8.0, 33.0, 28.0, 24.0, 13.0, 24.0, 13.0, 27.0)
SIGNING_HEIGHT = 22.75
"""Points of a line a hand signs in: 8 mm, and still 7 where a program prints the page a tenth smaller."""

FOOT_HEIGHT = 24.0
GUEST_LINES = 5
GUESTS = "来访、新到人员"
PAPER_WORDS = "改用纸质原因____________________________    决定人______________    第____页"


def blank_pages(sheets: Sequence[BlankSheet], made_at: datetime) -> list[Page]:
    """Return the blank book of a day, a page for each place one lies at; none on a day without a session."""
    held = [sheet for sheet in sheets if sheet.hours]
    return [
        _page(sheet, made_at, f"{SHEET}{number}" if len(held) > 1 else SHEET) for number, sheet in enumerate(held, 1)
    ]


def _page(sheet: BlankSheet, made_at: datetime, name: str) -> Page:
    day = f"{chinese_day(sheet.day)} {chinese_weekday(sheet.day)} {sheet.day_title}"
    guests = (_heading(GUESTS), *[_line(sheet, "")] * GUEST_LINES)
    foot = (*(_foot(_foot_words(sheet, half)) for half in Half), _foot(PAPER_WORDS))
    return Page(
        sheet=name,
        title=f"{sheet.office_name}{SHEET}",
        subline=joined([day, f"签到点:{sheet.point}" if sheet.point else ""], "    "),
        columns=COLUMNS,
        header=(Row(tuple(Cell(title, Look.HEAD) for title in HEADS), 20),),
        blocks=(*_people(sheet), (*guests, *foot)),
        notes=_notes(sheet),
        frozen_columns=2,
        running_foot=joined([f"空白{SHEET}", chinese_day(sheet.day), sheet.point], " "),
        made_foot=made_words(made_at),
    )


def _people(sheet: BlankSheet) -> list[Block]:
    """Return a line a person, those on the establishment in rank order and 编外 under a heading of their own."""
    blocks: list[Block] = []
    listed = sorted(sheet.signers, key=lambda person: person.category.is_apart)
    for is_apart, people in groupby(listed, key=lambda person: person.category.is_apart):
        lines = [_line(sheet, len(blocks) + place, person) for place, person in enumerate(people, 1)]
        if is_apart:
            blocks.append((_heading(APART), lines.pop(0)))
        blocks.extend((line,) for line in lines)
    return blocks


def _line(sheet: BlankSheet, number: int | str, person: Person | None = None) -> Row:
    cells = [
        Cell(number, Look.NUMBER),
        Cell(sheet.display_names[person.id] if person else "", Look.MIDDLE),
        Cell(person.section if person else "", Look.MIDDLE),
    ]
    for half in Half:
        is_held = half in sheet.hours
        cells += [Cell("" if is_held else NOT_HELD, Look.MARK, is_shaded=not is_held)]
        cells += [Cell("", Look.MARK, is_shaded=not is_held)]
    return Row((*cells, Cell("", Look.TEXT)), SIGNING_HEIGHT)


def _heading(words: str) -> Row:
    return Row((Cell(words, Look.HEAD, len(COLUMNS)),), 18)


def _foot(words: str) -> Row:
    return Row((Cell(words, Look.SIGNATURE, len(COLUMNS)),), FOOT_HEIGHT)


def _foot_words(sheet: BlankSheet, half: Half) -> str:
    """Return the line the keeper fills in: 上午 8:15 收存 应到____ 实到____ 收存人________."""
    if half not in sheet.hours:
        return f"{half.label} {NOT_HELD}"
    at = chinese_time(sheet.hours[half].cutoff.time())
    return f"{half.label} {at} 收存    应到______ 实到______    收存人______________    收存时间____:____"


def _notes(sheet: BlankSheet) -> tuple[str, ...]:
    """Return how the sheet is kept, and who of the roster is not on it."""
    excused = [f"{why}:{joined(name for name, other in sheet.excused if other == why)}" for why in _whys(sheet)]
    notes = [
        f"本人在收存时间以前亲笔签名、写明时间,收存后不得补签({COLLECTION})。录入登记库时注明页码,本表存档。",
        *([f"不列入本表:{';'.join(excused)}。"] if excused else []),
    ]
    return tuple(f"{'注:' if number == 1 else '  '}{number}.{note}" for number, note in enumerate(notes, 1))


def _whys(sheet: BlankSheet) -> list[str]:
    return list(dict.fromkeys(why for _, why in sheet.excused))
