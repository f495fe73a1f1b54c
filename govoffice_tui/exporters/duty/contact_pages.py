"""应急联系表: whom the duty room calls, on sheets to be hung there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.duty.contact_list import Callee, CalleeGroup, ContactSheet

TITLE = "应急联系表"
HEADS = ("股室(单位)", "职务", "姓名", "电话")
COLUMNS = (46.0, 44.0, 34.0, 46.0)
LINE, FOOT = 17.5, 30.0
TOGETHER = 8
"""Lines of one section or unit that are never parted; a longer one begins again with 续."""

OWN, APART, UNITS = "本办人员", "编外人员", "有关单位"
NUMERALS = "一二三"


def contact_pages(sheet: ContactSheet, made_at: datetime) -> list[Page]:
    """Return the one sheet of the list, made at an office time; it breaks over as many pages as it needs."""
    parts = [(title, groups) for title, groups in _parts(sheet) if groups]
    blocks: list[Block] = []
    for place, (title, groups) in enumerate(parts):
        count = sum(len(group.callees) for group in groups)
        head = Row((Cell(f"{NUMERALS[place]}、{title}({count})", Look.TOTAL, len(COLUMNS), is_shaded=True),), LINE)
        first, *further = [block for group in groups for block in _group_blocks(group)]
        blocks += [(head, *first), *further]
    if not parts:
        blocks.append((_whole("花名册和单位通讯录都是空的。", LINE),))
    return [
        Page(
            sheet=TITLE,
            title=f"{sheet.office_name}{TITLE}",
            subline=f"{chinese_day(made_at.date())}制",
            columns=COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in HEADS), 22),),
            blocks=(*blocks, (_whole("值班电话:__________________    传真:__________________", FOOT),)),
            notes=_notes(sheet),
            running_foot=TITLE,
            made_foot=made_words(made_at),
        )
    ]


def contact_digest(sheet: ContactSheet) -> str:
    """Return the SHA-256 in hex of everything the list shows, but not of when it was made."""
    shown = [
        sheet.office_name,
        *(
            [title, [[group.title, [[one.name, one.position, one.phone] for one in group.callees]] for group in groups]]
            for title, groups in _parts(sheet)
        ),
    ]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _parts(sheet: ContactSheet) -> tuple[tuple[str, tuple[CalleeGroup, ...]], ...]:
    return (OWN, sheet.sections), (APART, sheet.apart), (UNITS, sheet.units)


def _whole(text: str, height: float) -> Row:
    return Row((Cell(text, Look.MIDDLE, len(COLUMNS)),), height)


def _group_blocks(group: CalleeGroup) -> Iterable[Block]:
    for start in range(0, len(group.callees), TOGETHER):
        callees = group.callees[start : start + TOGETHER]
        title = Cell(f"{group.title}(续)" if start else group.title, Look.MIDDLE, down=len(callees))
        yield tuple(_line(one, title if place == 0 else None) for place, one in enumerate(callees))


def _line(one: Callee, title: Cell | None) -> Row:
    return Row((title, *(Cell(text, Look.MIDDLE) for text in (one.position, one.name, one.phone))), LINE)


def _notes(sheet: ContactSheet) -> tuple[str, ...]:
    notes = []
    if not sheet.units:
        notes.append("单位通讯录还没有导入,有关单位的电话请手写附后。")
    if sheet.without_phone:
        notes.append(f"有{sheet.without_phone}行没有电话,请核实后写在空格里。")
    return ("注:人员、电话有变动的,在本表上改正并告知行政股。", *notes)
