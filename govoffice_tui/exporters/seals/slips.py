"""用印审批单 and 印章交接单: filled in for one matter, or blank to be filled by hand."""

from __future__ import annotations

from datetime import date, datetime

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import Cell, Look, Page, Row
from govoffice_tui.exporters.seals.shared import NO_DAY, cells_of, digest_of
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.seals.papers import ApprovalSheet, HandoverSheet
from govoffice_tui.registers.seals.views import ApprovalRow
from govoffice_tui.rules.seals import SealKind, Signatory, SignPost

APPROVAL_TITLE, HANDOVER_TITLE = "用印审批单", "印章交接单"
APPROVAL_COLUMNS = (12.0, 16.0, 38.0, 20.0, 28.0, 22.0, 16.0, 18.0)
"""Narrow ones, so that the items below have a wide title and the rows round them heads of one width."""

HANDOVER_COLUMNS = (26.0, 59.0, 24.0, 61.0)
ITEM_ACROSS = (1, 3, 1, 1, 1, 1)
BLANK_ITEMS = 4
SIGN = 46.0
SIGNED = "签字:________________    ______年____月____日"
APPROVAL_NOTES = (
    "注:1.县政府印章须经县长或副县长批准,办公室印章须经主任或副主任批准;公文、函件还须分管副主任签字(印章管理制度第3条)。",
    "  2.空白凭证、空白纸张一律不盖(印章管理制度第5条)。批准份数以外的,先由批准人改份数。涉密件只写机要登记册页。",
)
HANDOVER_NOTES = (
    "注:保存印章的桌柜要牢固加锁,用后及时收存锁好(印章管理制度第1条);代管须由领导指定,到期交还。",
    "  本单一式三份,移交人、接收人各一份,行政股存一份。",
)
_ITEM_HEADS = ("序号", "文件标题(事由)", "文号", "类别", "份数", "每份\n枚数")


def approval_pages(sheet: ApprovalSheet, made_at: datetime) -> list[Page]:
    """Return the one sheet of an approval, made at an office time."""
    one = sheet.approval
    rows = [
        _six(
            ("用印单位", one.unit if one else ""),
            ("承办人", one.agent if one else ""),
            ("申请日期", chinese_day(one.event_day) if one else NO_DAY),
        ),
        _wide("印章名称", one.seal_name if one else "  ".join(f"□{kind.label}" for kind in SealKind), 26),
        Row(tuple(Cell(head, Look.HEAD, across) for head, across in zip(_ITEM_HEADS, ITEM_ACROSS, strict=True)), 20),
        *_item_rows(one),
        _wide("附件", one.attachments if one else "", 24),
        _wide("用印单位\n负责人", _signed(one.unit_head if one else ""), SIGN),
        _wide(
            "分管副主任\n签字(公文、\n函件)", _said(one.deputy if one else None, one.deputy_day if one else None), SIGN
        ),
    ]
    is_of_county = one is None or one.seal_kind.is_of_the_government
    office = None if one is None or is_of_county else one.approver
    if one is None or not is_of_county:
        rows.append(_wide("主任(副主任)\n批准(办公室\n印章)", _decision(one, office), SIGN))
    if is_of_county:
        rows.append(_wide("县领导批准\n(县政府印章)", _decision(one, None if one is None else one.approver), SIGN))
    rows.append(
        _six(
            ("审批方式", _mode(one)),
            ("存放册页", one.paper_page if one else ""),
            ("印章管理人", ""),
        )
    )
    rows += [_wide("改批份数", words, 24) for words in ([] if one is None else _amendments(one))]
    return [
        Page(
            sheet=APPROVAL_TITLE,
            title=f"{sheet.office_name}{APPROVAL_TITLE}",
            subline=f"编号:{one.number}    {one.state.label}" if one else "编号:批〔    〕    号",
            columns=APPROVAL_COLUMNS,
            header=(),
            blocks=tuple((row,) for row in rows),
            notes=APPROVAL_NOTES,
            is_one_page=len(rows) < 30,
            running_foot=APPROVAL_TITLE,
            made_foot="" if one is None else made_words(made_at),
        )
    ]


def approval_digest(sheet: ApprovalSheet) -> str:
    """Return the SHA-256 in hex of what the sheet shows."""
    return digest_of(cells_of(approval_pages(sheet, datetime(2000, 1, 1))))


def handover_pages(sheet: HandoverSheet, made_at: datetime) -> list[Page]:
    """Return the one sheet of a handover, made at an office time."""
    one = sheet.handover
    leader = ""
    if one is not None and one.designated_by:
        leader = f"{SignPost(one.designated_post).label} {one.designated_by}"
    until = "" if one is None or one.until is None else f"至{chinese_day(one.until)}"
    kinds = "□启用  □专人变更\n□代管  □交还"
    moment = f"{chinese_day(one.handed_at.date())} {one.handed_at:%-H:%M}" if one else f"{NO_DAY}  时  分"
    rows = [
        _half(("印章名称", one.seal_name if one else ""), ("交接类别", one.kind_words if one else kinds)),
        _half(("交接时间", moment), ("代管期限", until or ("" if one else "至    年  月  日"))),
        _half(("印章状况", one.condition if one else ""), height=60),
        _half(("指定领导\n(代管)", leader), height=34),
        _half(("印模", ""), height=150),
        _half(("移交人", _signed(one.giver_name if one else "")), height=54),
        _half(("接收人", _signed(one.receiver_name if one else "")), height=54),
        _half(("监交人", _signed(one.supervisor if one else "")), height=54),
        _half(("备注", one.remark if one else ""), height=34),
    ]
    return [
        Page(
            sheet=HANDOVER_TITLE,
            title=f"{sheet.office_name}{HANDOVER_TITLE}",
            subline=f"编号:{one.number}" if one else "编号:交〔    〕    号",
            columns=HANDOVER_COLUMNS,
            header=(),
            blocks=tuple((row,) for row in rows),
            notes=HANDOVER_NOTES,
            is_one_page=True,
            running_foot=HANDOVER_TITLE,
            made_foot="" if one is None else made_words(made_at),
        )
    ]


def handover_digest(sheet: HandoverSheet) -> str:
    """Return the SHA-256 in hex of what the sheet shows."""
    return digest_of(cells_of(handover_pages(sheet, datetime(2000, 1, 1))))


def _item_rows(one: ApprovalRow | None) -> list[Row]:
    looks = (Look.NUMBER, Look.TEXT, Look.TEXT, Look.MIDDLE, Look.NUMBER, Look.NUMBER)
    filled: list[tuple[str | int, ...]] = [
        (item.place, item.shown_title, item.document_number, item.kind.label, item.copies, item.per_copy)
        for item in (() if one is None else one.items)
    ]
    empty: list[tuple[str | int, ...]] = [("",) * len(ITEM_ACROSS)] * (BLANK_ITEMS if one is None else 0)
    return [
        Row(tuple(Cell(*cell) for cell in zip(cells, looks, ITEM_ACROSS, strict=True)), 28) for cells in filled + empty
    ]


def _decision(one: ApprovalRow | None, who: Signatory | None) -> str:
    if one is None:
        return SIGNED
    phone = ""
    if one.phone_at is not None:
        phone = f"{one.phone_at:%-m月%-d日%-H:%M}电话批准({one.phone_number})"
    return joined((joined((phone, one.decision_words), ";"), _said(who, one.approved_day)), "\n")


def _said(who: Signatory | None, day: date | None) -> str:
    if who is None:
        return SIGNED
    registered = joined((f"登记:{who.words}", chinese_day(day) if day is not None else ""), " ")
    return f"{registered}\n{SIGNED}"


def _signed(name: str) -> str:
    return joined((name, SIGNED), "\n")


def _mode(one: ApprovalRow | None) -> str:
    if one is None:
        return "□书面 □电话"
    if not one.is_by_phone:
        return "书面"
    return "电话,未补办" if one.awaits_paper else "电话,已补办"


def _amendments(one: ApprovalRow) -> list[str]:
    places = {item.id: item.place for item in one.items}
    return [
        f"第{places.get(change.item, 0)}件由{change.before}份改为{change.after}份"
        f" {change.approver} {chinese_day(change.day)} {change.paper_page}".rstrip()
        for change in one.amendments
    ]


def _six(*pairs: tuple[str, str]) -> Row:
    """Return a row of an approval with three heads, each with what stands beside it."""
    across = (2, 1, 1, 1, 1, 2)
    cells = [(text, look) for pair in pairs for text, look in zip(pair, (Look.HEAD, Look.MIDDLE), strict=True)]
    return Row(tuple(Cell(text, look, wide) for (text, look), wide in zip(cells, across, strict=True)), 26)


def _wide(title: str, text: str, height: float) -> Row:
    """Return a row of an approval with one head and a cell as wide as the rest."""
    return Row((Cell(title, Look.HEAD, 2), Cell(text, Look.TEXT, len(APPROVAL_COLUMNS) - 2)), height)


def _half(*pairs: tuple[str, str], height: float = 30) -> Row:
    """Return a row of a handover: two heads with what stands beside each, or one with a cell as wide as the rest."""
    look, across = (Look.MIDDLE, 1) if len(pairs) > 1 else (Look.TEXT, len(HANDOVER_COLUMNS) - 1)
    return Row(
        tuple(cell for title, text in pairs for cell in (Cell(title, Look.HEAD), Cell(text, look, across))), height
    )
