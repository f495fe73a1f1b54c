"""旷工认定单 on paper: filled as far as the book goes, or blank; the signatures are always by hand."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import chinese_day
from govoffice_tui.exporters.page import Block, Cell, Look, Page, Row
from govoffice_tui.exporters.words import made_words
from govoffice_tui.registers.absence.pages import PaperSheet
from govoffice_tui.rules.absence import PAPER
from govoffice_tui.rules.articles import article_text
from govoffice_tui.rules.attendance import ABSENCE

COLUMNS = (32.0, 53.0, 32.0, 53.0)
TEXT_LIMIT = 600
"""Characters of one text: the paper is one page."""

SIGNED = "签字:____________        年    月    日"
BLANK_DAY = "    年    月    日 上午□ 下午□ 全天□"
CHOICES = "□认定旷工    □不予认定,仍待核    □不予认定,视同出勤"


def paper_pages(sheet: PaperSheet, made_at: datetime) -> list[Page]:
    """Return the one page of a 旷工认定单, made at an office time."""
    paper = sheet.paper
    voided = "(作废)" if paper is not None and paper.struck_at is not None else ""
    day = f"{chinese_day(paper.entered_at.date())}开单" if paper is not None else ""
    when = f"{paper.day.year}年{paper.when}" if paper is not None else BLANK_DAY
    blocks = (
        (_pair("姓名", sheet.name, "股室", sheet.section), _pair("职务", sheet.position, "未到岗时间", when)),
        _text("事实\n(签到、请假、\n因公外出登记)", paper.facts if paper else "", 110),
        _text("问询情况\n(问过谁、怎样问)", paper.asked if paper else "", 60),
        _signed("本人陈述", paper.own_words if paper else "", 100, f"本人{SIGNED}"),
        _signed("股长提请意见", _proposal(sheet), 80, SIGNED),
        _signed("分管副主任\n(主任)决定", _decision(sheet), 90, SIGNED),
        _text("备注", _filed(sheet), 40),
    )
    return [
        Page(
            sheet=PAPER,
            title=f"{sheet.office_name}{PAPER}{voided}",
            subline=f"{paper.number if paper else '旷〔    〕    号'}    {day}",
            columns=COLUMNS,
            header=(),
            blocks=blocks,
            notes=(
                f"注:1.{ABSENCE}:{article_text(ABSENCE)}半天认定的,当天按1天旷工计,不重复计。",
                "  2.登记不等于签字:各栏签字后,由签到管理人在程序里记签字人、日期和存放页码,才算认定。",
                "  3.分管副主任的情况由主任签字,主任的情况由县领导签字;本人不得参与。",
            ),
            is_one_page=True,
            running_foot=PAPER,
            made_foot=made_words(made_at),
        )
    ]


def paper_digest(sheet: PaperSheet) -> str:
    """Return the SHA-256 in hex of everything the paper shows, but not of when it was made."""
    (page,) = paper_pages(sheet, datetime(2000, 1, 1))
    cells = [[str(cell.value) for cell in row.cells if cell is not None] for block in page.blocks for row in block]
    shown = [page.title, page.subline, cells]
    return sha256(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _pair(first: str, one: str, second: str, other: str) -> Row:
    return Row((Cell(first, Look.HEAD), Cell(one, Look.MIDDLE), Cell(second, Look.HEAD), Cell(other, Look.MIDDLE)), 26)


def _text(title: str, text: str, height: float) -> Block:
    return (Row((Cell(title, Look.HEAD), Cell(_cut(text), Look.TEXT, across=3)), height),)


def _signed(title: str, text: str, height: float, signature: str) -> Block:
    """Return a text with the line it is signed on under it."""
    return (
        Row((Cell(title, Look.HEAD, down=2), Cell(_cut(text), Look.TEXT, across=3)), height),
        Row((None, Cell(signature, Look.MIDDLE, across=3)), 30),
    )


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[: TEXT_LIMIT - 1]}…"


def _proposal(sheet: PaperSheet) -> str:
    paper = sheet.paper
    if paper is None or not paper.proposal:
        return ""
    day = chinese_day(paper.proposed_day) if paper.proposed_day else ""
    return f"{paper.proposal}({sheet.proposer} {day})"


def _decision(sheet: PaperSheet) -> str:
    paper = sheet.paper
    if paper is None or paper.decision is None:
        return CHOICES
    return CHOICES.replace(f"□{paper.decision.label}", f"√{paper.decision.label}") + (
        f"\n{paper.ground}" if paper.ground else ""
    )


def _filed(sheet: PaperSheet) -> str:
    """Return who signed when and where the signed paper lies, and why it was voided."""
    paper = sheet.paper
    if paper is None:
        return ""
    parts = []
    if paper.signed_day is not None:
        parts.append(f"{paper.signed_name}{chinese_day(paper.signed_day)}签字,存{paper.paper_page}")
    if paper.struck_reason:
        parts.append(f"作废:{paper.struck_reason}")
    return ";".join(parts)
