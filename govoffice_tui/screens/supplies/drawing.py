"""How the lines of the stock book are drawn: items, slips, use, the ledger page and its twelve months."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.supplies.views import LedgerLine, LedgerPage, Slip, SlipLine, StockItem, UseRow
from govoffice_tui.rules.money import yuan
from govoffice_tui.rules.supplies import SlipKind, SlipState
from govoffice_tui.widgets.literal import fitted

CHART_HEIGHT, CHART_COLUMN = 3, 6
"""Lines of the chart's bars, and cells of one month."""

STOCK_COLUMNS = 46
SLIP_COLUMNS = 46
LEDGER_COLUMNS = 53


def stock_head(width: int) -> Content:
    """Return the heads of the list of items."""
    return Content(
        f"{set_cell_size('编码', 6)}{set_cell_size('品名 规格', _room(width, STOCK_COLUMNS))}"
        f"{_right('现存', 18)}{_right('最低', 7)}{_right('单价', 9)}  {set_cell_size('', 4)}"
    )


def stock_words(one: StockItem, width: int) -> Content:
    """Return one item: code, name, what is there, the minimum, the last price, a word where it is low."""
    word = ("已无", "bold $late") if one.is_low and not one.stock else ("低", "bold $due") if one.is_low else ("", "")
    return Content.assemble(
        set_cell_size(fitted(one.item.code, 5), 6),
        _cell(one.item.title, _room(width, STOCK_COLUMNS)),
        (_right(one.item.shown(one.stock), 18), "bold" if one.is_low else ""),
        _right(str(one.item.minimum) if one.item.minimum else "", 7),
        _right(yuan(one.unit_fen), 9),
        "  ",
        (set_cell_size(word[0], 4), word[1]),
    )


def slip_head(width: int) -> Content:
    """Return the heads of the month's slips."""
    return Content(
        f"{set_cell_size('凭证号', 17)}{set_cell_size('日期', 10)}{set_cell_size('类别', 6)}"
        f"{set_cell_size('摘要', _room(width, SLIP_COLUMNS))}{set_cell_size('现在', 9)}"
    )


def slip_words(slip: Slip, width: int) -> Content:
    """Return one slip: number, day, kind, to whom and what, and where it stands."""
    room = _room(width, SLIP_COLUMNS)
    lines = slip.standing or slip.lines
    who = list(dict.fromkeys(line.to_whom for line in lines if line.to_whom))
    what = "、".join(f"{line.item.name}{_counted(slip, line)}" for line in lines[:4])
    more = f"等{len(lines)}行" if len(lines) > 4 else ""
    words = f"{slip.source or '、'.join(who[:2])}{f'等{len(who)}处' if len(who) > 2 else ''} {what}{more}".strip()
    style, state = "", slip.state.label
    if slip.is_struck:
        state, style = "作废", "$faint"
    elif slip.state in (SlipState.UNSIGNED, SlipState.COUNTING):
        style = "$due"
    elif slip.state is SlipState.BOOKED:
        style = "$faint"
    else:
        style = "$done"
    return Content.assemble(
        Content.styled(
            set_cell_size(slip.number, 17)
            + set_cell_size(chinese_short_day(slip.day), 10)
            + set_cell_size(slip.kind.label, 6)
            + _cell(words, room),
            "strike $faint" if slip.is_struck else "",
        ),
        Content.styled(set_cell_size(state, 9), style),
    )


def slip_facts(slip: Slip) -> list[str]:
    """Return everything a slip says, in lines."""
    facts = [f"{slip.kind.label}  {slip.day:%Y-%m-%d}  {slip.state.label}"]
    for word, value in (
        ("来源", slip.source),
        ("验收", slip.accepted_by),
        ("批准", slip.approved_by),
        ("监盘", slip.watched_by),
        ("备注", slip.remark),
        ("说明", slip.late_reason),
        ("作废", slip.struck_reason or ""),
    ):
        if value:
            facts.append(f"{word}  {value}")
    facts += [f"登记  {slip.entered_at:%Y-%m-%d %H:%M} {slip.keeper}", ""]
    for line in slip.lines:
        notes = [
            line.to_whom,
            f"{yuan(line.amount_fen)}元" if line.amount_fen is not None else "",
            f"旧件{line.old_parts}" if line.old_parts else "",
            f"无旧件:{line.old_missing}" if line.old_missing else "",
            f"退回{line.returned}" if line.returned else "",
            f"签字页第{line.paper_page}页第{line.paper_row}行" if line.paper_page else "",
            line.remark,
            f"划去:{line.struck_reason}" if line.is_struck else "",
        ]
        words = "  ".join(note for note in notes if note)
        facts.append(
            f"{set_cell_size(fitted(line.item.title, 23), 24)}{set_cell_size(_counted(slip, line), 12)}{words}"
        )
    return facts


def use_head(width: int) -> Content:
    """Return the heads of the month's use."""
    room = _room(width, 62)
    return Content(
        f"{set_cell_size('股室', 16)}{set_cell_size('品目', room)}"
        f"{_right('本月', 8)}{_right('上月', 8)}{_right('以往月均', 10)}{_right('人均', 8)}  {set_cell_size('', 8)}"
    )


def use_words(row: UseRow, width: int) -> Content:
    """Return one section's use of one item, a word where it is far above its past."""
    usual = "" if row.signal.usual is None else f"{row.signal.usual:.1f}"
    per_head = "" if row.per_head is None else f"{row.per_head:.1f}"
    return Content.assemble(
        _cell(row.section, 16),
        _cell(row.item.title, _room(width, 62)),
        _right(f"{row.this}{row.item.unit}", 8),
        _right(str(row.last), 8),
        _right(usual, 10),
        _right(per_head, 8),
        "  ",
        (set_cell_size(row.signal.word, 8), "bold $late"),
    )


def ledger_head(width: int) -> Content:
    """Return the heads of the ledger page."""
    return Content(
        f"{set_cell_size('日期', 7)}{set_cell_size('凭证号', 17)}{set_cell_size('摘要', _room(width, LEDGER_COLUMNS))}"
        f"{_right('收入', 7)}{_right('发出', 7)}{_right('结存', 7)}  {set_cell_size('经手', 6)}"
    )


def ledger_words(line: LedgerLine, width: int) -> Content:
    """Return one line of the page as the paper book has it; what was struck stays readable, struck."""
    summary = line.summary if line.kind == "movement" else f"      {line.summary}"
    words = (
        set_cell_size("" if line.day is None else f"{line.day:%m-%d}", 7)
        + set_cell_size(line.voucher, 17)
        + _cell(f"{summary}(划去:{line.struck_reason})" if line.is_struck else summary, _room(width, LEDGER_COLUMNS))
        + _right(_number(line.income), 7)
        + _right(_number(line.outgo), 7)
        + _right(_number(line.balance), 7)
        + "  "
        + set_cell_size(fitted(line.handler, 6), 6)
    )
    style = "strike $faint" if line.is_struck else "" if line.kind == "movement" else "bold"
    return Content.styled(words, style)


def chart(page: LedgerPage, width: int) -> Content:
    """Return the use of twelve months as bars of coloured cells, each over its month and its count."""
    months = page.twelve[-max(4, (width - 2) // CHART_COLUMN) :]
    most = max((count for _, count in months), default=0) or 1
    rows: list[Content] = []
    for level in range(CHART_HEIGHT, 0, -1):
        parts: list[Content] = []
        for place, (_, count) in enumerate(months):
            is_filled = count > 0 and (level == 1 or count / most > (level - 1) / CHART_HEIGHT)
            colour = "$chosen" if place < len(months) - 1 else "$due"
            parts += [Content.styled("    ", f"on {colour}") if is_filled else Content("    "), Content("  ")]
        rows.append(Content.assemble(*parts))
    counts = "".join(set_cell_size(str(count).rjust(4), CHART_COLUMN) for _, count in months)
    names = "".join(set_cell_size(f"{int(month[5:])}月".rjust(3), CHART_COLUMN) for month, _ in months)
    return Content("\n").join([*rows, Content(counts), Content.styled(names, "$faint")])


def _counted(slip: Slip, line: SlipLine) -> str:
    if slip.kind is SlipKind.COUNT:
        return "未盘" if line.counted is None else f"{line.counted}{line.item.unit}({line.change:+d})"
    return f"{line.count}{line.item.unit}"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _room(width: int, columns: int) -> int:
    return max(12, width - columns)


def _cell(text: str, width: int) -> str:
    return set_cell_size(fitted(text, width - 1), width)


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cell_len(text)) + fitted(text, width)
