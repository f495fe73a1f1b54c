"""领用单 two on an A4, filled in or blank; the 盘点表; and the pre-numbered 签字页."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.supplies.papers import SignPage, SlipPaper
from govoffice_tui.registers.supplies.views import CountSheet, Slip, SlipLine
from govoffice_tui.rules.supplies import PAGE_LINES, SlipKind, SlipState

SLIP, COUNT, SIGN = "耗材领用单", "耗材盘点表", "耗材领用签字页"
SLIP_HEADS = ("品名规格", "单位", "数量", "股室、姓名", "领用人签字", "旧件", "用途")
SLIP_COLUMNS = (43.0, 12.0, 13.0, 36.0, 28.0, 12.0, 26.0)
SLIP_ROWS = 8
"""Lines of one slip: two of them fill a sheet. A longer slip has the whole sheet, and further ones."""

LONG_ROWS = 26
COPIES = ("行政股存", "领用股室存")
CUT = "………………………………………………………… 沿 此 线 裁 开 …………………………………………………………"
SIGNED = "批准:              保管:              日期:      年   月   日"
COUNT_HEADS = ("序号", "编码", "品名", "规格", "单位", "账存", "实存", "盈亏", "原因")
COUNT_COLUMNS = (10.0, 13.0, 34.0, 26.0, 11.0, 14.0, 16.0, 14.0, 32.0)
SIGN_HEADS = ("行", "日期", "品名规格", "数量", "股室", "领用人签字", "单号")
SIGN_COLUMNS = (9.0, 19.0, 44.0, 15.0, 27.0, 30.0, 26.0)


def slip_pages(paper: SlipPaper, made_at: datetime) -> list[Page]:
    """Return the sheet of a slip: the same twice, two blank ones, or a long one by itself."""
    slip = paper.slip
    lines = slip.standing if slip is not None else ()
    title = f"{paper.office_name}{SLIP}"
    if len(lines) > SLIP_ROWS:
        return [_long_slip(slip, lines, title, made_at)] if slip is not None else []
    first, second = ("", "") if slip is None else COPIES
    half = _half(slip, lines)
    again = (
        _whole(CUT, Look.SUBLINE, 34),
        _whole(title, Look.TITLE, 36),
        _whole(_subline(slip, second), Look.SUBLINE, 20),
        *half,
    )
    return [
        Page(
            sheet=SLIP,
            title=title,
            subline=_subline(slip, first),
            columns=SLIP_COLUMNS,
            header=(),
            blocks=(half, again),
            is_one_page=True,
        )
    ]


def slip_digest(paper: SlipPaper) -> str:
    """Return the SHA-256 in hex of everything a slip shows."""
    slip = paper.slip
    lines = [] if slip is None else [[*_values(line), line.revision] for line in slip.standing]
    head = [] if slip is None else [slip.number, slip.day.isoformat(), slip.approved_by, slip.keeper, slip.remark]
    return _digest([paper.office_name, head, lines])


def blank_slips(office: Office, day: date, made_at: datetime) -> list[Page]:
    """Return the sheet of two blank slips, for the packet of what is filled in by hand."""
    return slip_pages(SlipPaper(settings.on(office, day).office_name, None), made_at)


def count_pages(sheet: CountSheet, made_at: datetime) -> list[Page]:
    """Return the count sheet: blank to be counted on, without the book's figures, or filled once it is approved."""
    is_done = sheet.state is SlipState.COUNTED
    blocks: list[Block] = []
    for place, line in enumerate(sheet.lines, 1):
        item = line.item
        found = ("", "", "", "")
        if is_done:
            found = (
                str(line.book),
                str(line.counted),
                f"{line.difference:+d}" if line.difference else "0",
                line.reason,
            )
        values = (str(place), item.code, item.name, item.specification, item.unit, *found)
        looks = (*[Look.MIDDLE] * 2, Look.TEXT, Look.TEXT, *[Look.MIDDLE] * 4, Look.TEXT)
        blocks.append((Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), 20),))
    said = f"差异{len(sheet.differing)}种。" if sheet.differing else "账实相符。"
    people = f"盘点:{sheet.counted_by}  监盘:{sheet.watched_by}  批准:{sheet.approved_by or '(无差异)'}"
    return [
        Page(
            sheet=COUNT,
            title=f"{sheet.office_name}{COUNT}{'' if is_done else '(盘点用)'}",
            subline=f"{sheet.number}    {chinese_day(sheet.day)}",
            columns=COUNT_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in COUNT_HEADS), 22),),
            blocks=tuple(blocks),
            notes=(f"注:{said}{people}",) if is_done else ("注:只填实存,没有了的填0;账存在填回以后对。",),
            signatures=("盘点:", "监盘:", "批准:"),
            running_foot=f"{COUNT} {sheet.number}",
            made_foot=made_words(made_at),
        )
    ]


def count_digest(sheet: CountSheet) -> str:
    """Return the SHA-256 in hex of everything a count sheet shows."""
    rows = [[line.item.code, line.item.title, line.book, line.counted, line.reason] for line in sheet.lines]
    return _digest([sheet.office_name, sheet.number, sheet.state.value, sheet.watched_by, sheet.approved_by, rows])


def sign_pages(page: SignPage, made_at: datetime) -> list[Page]:
    """Return one blank 签字页 with its number and 25 lines."""
    blank = ("",) * (len(SIGN_HEADS) - 1)
    return [
        Page(
            sheet=SIGN,
            title=f"{page.office_name}{SIGN}",
            subline=f"{page.year}年    第{page.page}页",
            columns=SIGN_COLUMNS,
            header=(Row(tuple(Cell(head, Look.HEAD) for head in SIGN_HEADS), 22),),
            blocks=tuple(
                (Row(tuple(Cell(value, Look.MIDDLE) for value in (str(line), *blank)), 22),)
                for line in range(1, PAGE_LINES + 1)
            ),
            signatures=("保管:", "审核:"),
            running_foot=f"{SIGN} {page.year}年第{page.page}页",
            made_foot=made_words(made_at),
        )
    ]


def sign_digest(page: SignPage) -> str:
    """Return the SHA-256 in hex of a 签字页."""
    return _digest([page.office_name, page.year, page.page])


def _half(slip: Slip | None, lines: tuple[SlipLine, ...]) -> Block:
    rows = [Row(tuple(Cell(head, Look.HEAD) for head in SLIP_HEADS), 20)]
    rows += [_row(lines[place] if place < len(lines) else None) for place in range(SLIP_ROWS)]
    rows.append(_whole(_approved(slip), Look.NOTE, 15))
    rows.append(_whole(SIGNED, Look.SIGNATURE, 24))
    return tuple(rows)


def _long_slip(slip: Slip, lines: tuple[SlipLine, ...], title: str, made_at: datetime) -> Page:
    return Page(
        sheet=SLIP,
        title=title,
        subline=_subline(slip, ""),
        columns=SLIP_COLUMNS,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in SLIP_HEADS), 20),),
        blocks=tuple((_row(line),) for line in lines),
        notes=(_approved(slip),),
        signatures=("批准:", "保管:"),
        running_foot=f"{SLIP} {slip.number}",
        made_foot=made_words(made_at),
    )


def _row(line: SlipLine | None) -> Row:
    values = ("",) * len(SLIP_HEADS) if line is None else _values(line)
    looks = (Look.TEXT, *[Look.MIDDLE] * 5, Look.TEXT)
    return Row(tuple(Cell(value, look) for value, look in zip(values, looks, strict=True)), 20)


def _values(line: SlipLine) -> tuple[str, ...]:
    """Return a line's cells; the signature stays blank, the name stands behind the section to be signed beside."""
    old = str(line.old_parts) if line.old_parts else "无" if line.old_missing else ""
    said = line.remark or line.old_missing
    return (line.item.title, line.item.unit, str(line.count), line.to_whom, "", old, said)


def _subline(slip: Slip | None, copy: str) -> str:
    if slip is None:
        return "编号:              日期:      年   月   日"
    kind = "(退库)" if slip.kind is SlipKind.RETURN else ""
    return f"{slip.number}{kind}    {chinese_day(slip.day)}    {copy}".rstrip()


def _approved(slip: Slip | None) -> str:
    if slip is None:
        return "注:超过限额的先经股长批准;以旧换新的交回旧件,没有旧件写明原因。"
    parts = (f"批准人:{slip.approved_by}" if slip.approved_by else "", slip.late_reason, slip.remark)
    usual = "退回库存,不再计入领用。" if slip.kind is SlipKind.RETURN else "限额以内。"
    return "注:" + ("  ".join(part for part in parts if part) or usual)


def _whole(text: str, look: Look, height: float) -> Row:
    return Row((Cell(text, look, len(SLIP_COLUMNS)),), height)


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()
