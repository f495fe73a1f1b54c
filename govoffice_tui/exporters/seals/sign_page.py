"""签字页, pre-numbered with 25 lines the agents sign on, and 用印页 for what is stamped while the program is down."""

from __future__ import annotations

from datetime import datetime

from govoffice_tui.exporters.page import SMALL_POINTS, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.seals.shared import cells_of, digest_of, head_row
from govoffice_tui.registers.seals.papers import SignSheet
from govoffice_tui.registers.seals.views import UseRow

SIGN_TITLE, USE_TITLE = "用印签字页", "用印页"
SIGN_HEADS = ("行", "编号", "用印单位", "文件标题(简)", "份数", "承办人签字", "日期")
SIGN_COLUMNS = (8.0, 29.5, 25.0, 55.5, 11.0, 26.0, 15.0)
SIGN_LOOKS = (Look.MIDDLE, Look.MARK, Look.MARK, Look.MARK, Look.NUMBER, Look.MARK, Look.MARK)
SIGN_HEIGHT = 23.0
SHORT_TITLE = 14
SIGN_NOTES = (
    "注:由用印单位承办人在本行签字后方可用印(印章管理制度第3条)。已印好编号的按行次签;空行按登记的先后接着写编号和简题。",
    "  一页25行,页尾没有用完的行在换页时划斜线作废。",
)
USE_HEADS = (
    "行",
    "时间",
    "用印单位",
    "文件标题(事由)、文号",
    "类别",
    "份数",
    "枚数",
    "印章",
    "批准人、日期",
    "分管副\n主任签字",
    "核对\n(四项)",
    "承办人\n签字",
    "印章\n管理人",
)
USE_COLUMNS = (8.0, 20.0, 27.0, 54.0, 15.0, 12.0, 12.0, 24.0, 26.0, 19.0, 13.0, 15.0, 12.0)
USE_LINES, USE_HEIGHT = 14, 27.0
USE_NOTES = (
    "注:停电、机器故障时用。先批准、签字、核对(内容完整、非空白、与批准件一致、落款相符)、承办人签字,再盖章。",
    "  恢复后由印章管理人在“停机补登”里照实登记,写本页页号;空白凭证、空白纸张一律不盖(印章管理制度第5条)。",
)


def sign_pages(sheet: SignSheet, made_at: datetime) -> list[Page]:
    """Return a 签字页 of 25 lines: number and short title where a line stands, and room to sign."""
    rows = tuple(
        (
            Row(
                tuple(Cell(value, look) for value, look in zip(_cells(place, one), SIGN_LOOKS, strict=True)),
                SIGN_HEIGHT,
            ),
        )
        for place, one in enumerate(sheet.lines, 1)
    )
    return [
        Page(
            sheet=SIGN_TITLE,
            title=f"{sheet.office_name}{SIGN_TITLE}",
            subline=f"页号 {sheet.number}" if sheet.number else "页号 签〔    〕    号",
            columns=SIGN_COLUMNS,
            header=(head_row(SIGN_HEADS, 22),),
            blocks=rows,
            notes=SIGN_NOTES,
            is_one_page=True,
            running_foot=SIGN_TITLE,
        )
    ]


def sign_digest(sheet: SignSheet) -> str:
    """Return the SHA-256 in hex of what the page shows."""
    return digest_of(cells_of(sign_pages(sheet, datetime(2000, 1, 1))))


def blank_use_page(office_name: str) -> Page:
    """Return the page to be filled by hand while the program cannot be used."""
    rows = tuple(
        (Row((Cell(place, Look.MIDDLE), *(Cell("", Look.TEXT) for _ in USE_HEADS[1:])), USE_HEIGHT),)
        for place in range(1, USE_LINES + 1)
    )
    return Page(
        sheet=USE_TITLE,
        title=f"{office_name}{USE_TITLE}",
        subline="第        页        年    月    日起    停用原因:",
        columns=USE_COLUMNS,
        header=(head_row(USE_HEADS, 30),),
        blocks=rows,
        notes=USE_NOTES,
        orientation=Orientation.LANDSCAPE,
        body_points=SMALL_POINTS,
        is_one_page=True,
        running_foot=USE_TITLE,
    )


def _cells(place: int, one: UseRow | None) -> tuple[str | int, ...]:
    if one is None:
        return (place, "", "", "", "", "", "")
    title = one.shown_title
    short = title if len(title) <= SHORT_TITLE else f"{title[: SHORT_TITLE - 1]}…"
    return (
        place,
        one.number.removeprefix("印"),
        one.unit,
        short,
        one.copies,
        one.struck_word if one.is_struck else "",
        "",
    )
