"""How the seal register is drawn: one line each of a use, an approval, a seal, and everything entered about them."""

from __future__ import annotations

from datetime import date

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers.seals.views import ApprovalRow, HandoverRow, SealCard, UseRow
from govoffice_tui.rules.seal_states import ApprovalState, UseState
from govoffice_tui.rules.seals import DocumentKind, SignPost
from govoffice_tui.widgets.literal import fitted

NUMBER, DAY, SEAL, COPIES, STATE = 8, 7, 13, 8, 8
SHORT_SEAL, WIDE = 8, 96
"""A seal's column where the window is narrower than `WIDE`: 办公室 says enough."""
FOUND_NUMBER, FOUND_DAY = 18, 11


def use_words(use: UseRow, width: int, *, with_day: bool) -> Content:
    """Return one line of the register: number, seal, unit and title, copies, who approved, and where it stands."""
    day = DAY if with_day else 0
    seal, word = _seal_column(use, width)
    room = max(24, width - NUMBER - day - seal - COPIES - STATE - 10)
    unit = room * 7 // 20
    state, style = _use_state(use)
    body = "strike $faint" if use.is_struck else ""
    approver = "" if use.approver is None else use.approver.name
    text = (
        set_cell_size(use.number.split("〕")[-1], NUMBER)
        + set_cell_size(f"{use.event_day:%-m-%-d}" if with_day else "", day)
        + set_cell_size(fitted(word, seal - 1), seal)
        + set_cell_size(fitted(use.unit, unit - 1), unit)
        + set_cell_size(fitted(_title(use), room - unit - 1), room - unit)
        + set_cell_size(f"{use.copies}份", COPIES)
        + set_cell_size(fitted(approver, 9), 10)
    )
    return Content.assemble(Content.styled(text, body), Content.styled(state, style))


def found_words(use: UseRow, width: int) -> Content:
    """Return one line of what a search found: number, day, unit, title, copies, who approved."""
    room = max(16, width - FOUND_NUMBER - FOUND_DAY - COPIES - 10)
    unit = room * 7 // 20
    approver = "" if use.approver is None else use.approver.name
    text = (
        set_cell_size(use.number, FOUND_NUMBER)
        + set_cell_size(f"{use.event_day:%Y-%m-%d}", FOUND_DAY)
        + set_cell_size(fitted(use.unit, unit - 1), unit)
        + set_cell_size(fitted(_title(use), room - unit - 1), room - unit)
        + set_cell_size(f"{use.copies}份", COPIES)
        + set_cell_size(fitted(approver, 9), 10)
    )
    return Content.styled(text, "strike $faint" if use.is_struck else "")


def approval_words(approval: ApprovalRow, width: int) -> Content:
    """Return one line of the approvals: number, seal, unit, titles, copies left, and where it stands."""
    seal, word = _seal_column(approval, width)
    room = max(24, width - NUMBER - DAY - seal - COPIES - STATE - 6)
    unit = room * 7 // 20
    if approval.struck_reason is not None:
        state, style = "作废", "$faint"
    elif approval.awaits_paper:
        state, style = "待补办", "bold $late"
    elif approval.state is ApprovalState.APPLIED:
        state, style = "待批", "$due"
    elif approval.state is ApprovalState.APPROVED:
        state, style = ("同意", "$chosen") if approval.left else ("已用完", "$done")
    else:
        state, style = approval.state.label, "$late"
    text = (
        set_cell_size(approval.number.split("〕")[-1], NUMBER)
        + set_cell_size(f"{approval.event_day:%-m-%-d}", DAY)
        + set_cell_size(fitted(word, seal - 1), seal)
        + set_cell_size(fitted(approval.unit, unit - 1), unit)
        + set_cell_size(fitted(approval.titles, room - unit - 1), room - unit)
        + set_cell_size(f"余{approval.left}份" if approval.state is ApprovalState.APPROVED else "", COPIES + 2)
    )
    return Content.assemble(
        Content.styled(text, "strike $faint" if approval.struck_reason is not None else ""),
        Content.styled(state, style),
    )


def seal_words(card: SealCard, today: date, counted: str, width: int) -> Content:
    """Return one line of the seals: name, kind, holder, place, and today's count."""
    name = max(16, width - 58)
    holding = card.holding
    if not card.is_in_use(today):
        state, style = "已停用" if card.to_day is not None else "未启用", "$faint"
    elif card.is_out:
        state, style = "外带", "$due"
    elif holding is None:
        state, style = "没有保管人", "bold $late"
    elif holding.until is not None and holding.until < today:
        state, style = "代管过期", "bold $late"
    else:
        state, style = counted or "今日未清点", "$done" if counted else "$due"
    text = (
        set_cell_size(fitted(card.name, name - 1), name)
        + set_cell_size(card.kind.label, 12)
        + set_cell_size(fitted("" if holding is None else holding.words, 21), 22)
        + set_cell_size(fitted(card.place, 11), 12)
    )
    return Content.assemble(text, Content.styled(state, style))


def use_facts(use: UseRow, entered_by: str) -> list[str]:
    """Return everything entered about a line, in words."""
    approver = "还没有" if use.approver is None else use.approver.words
    approved = "" if use.approved_day is None else chinese_short_day(use.approved_day)
    phone = "  电话批准" + (",还没有补书面审批" if use.awaits_paper else ",已补办") if use.is_by_phone else ""
    page = f"{use.page_number}第{use.page_line}行" if use.page is not None else "还没有在签字页签字"
    if use.page is None and use.signed_at is not None:
        page = f"已签在纸质应急页{use.outage_page}"
    spoiled = f"  作废{use.spoiled_copies}份" if use.spoiled_copies else ""
    return [
        *([f"缺项  {'、'.join(use.gaps)}", ""] if use.gaps else []),
        f"印章  {use.seal_name}",
        f"批准  {approver} {approved}  {use.approval_number}{phone}",
        *([f"分管  {use.deputy}签字"] if use.deputy else []),
        f"单位  {use.unit}",
        f"文件  {use.shown_title}",
        *([f"文号  {use.document_number}"] if use.document_number else []),
        f"类别  {use.kind.label}",
        f"份数  {use.copies}份,每份{use.per_copy}枚,共{use.impressions}枚"
        + (f"({use.impressions_reason})" if use.impressions_reason else ""),
        *(
            ["联合  " + "、".join(f"{one.place}{one.name}{'(本单位)' if one.is_ours else ''}" for one in use.organs)]
            if use.organs
            else []
        ),
        f"核对  {'四项都已核对' if not use.checks.left else '缺' + '、'.join(use.checks.left)}",
        f"承办  {use.agent or '还没有写'}  {page}",
        f"用印  {f'{use.stamped_at:%Y-%m-%d %H:%M} {use.keeper_name}' if use.stamped_at is not None else '还没有盖'}",
        *(
            [f"验印  {'端正、清晰' if use.is_clear else '不清晰'}{spoiled} {use.spoiled_words}".rstrip()]
            if use.checked_at is not None
            else []
        ),
        *([f"停机  {use.outage_reason},纸上登记第{use.outage_page}页"] if use.is_outage else []),
        *([f"备注  {use.remark}"] if use.remark else []),
        f"登记  {use.entered_at:%Y-%m-%d %H:%M} {entered_by}"
        f"{f'  {use.late_reason}' if use.late_reason else ''}{f'  第{use.revision}次更正' if use.revision > 1 else ''}",
        *([f"划去  {use.struck_reason}"] if use.struck_reason else []),
    ]


def approval_facts(approval: ApprovalRow) -> list[str]:
    """Return everything entered about an approval, in words."""
    phone = (
        f"电话  {chinese_short_day(approval.phone_at.date())}{approval.phone_at:%H:%M} {approval.phone_number}"
        if approval.phone_at is not None
        else ""
    )
    papered = (
        f"补办  {chinese_short_day(approval.papered_day)}已补书面审批 {approval.paper_page}"
        if approval.papered_day is not None
        else f"补办  应在{chinese_short_day(approval.follow_up_day)}前补书面审批"
        if approval.follow_up_day is not None
        else ""
    )
    amended = {item.id: [one for one in approval.amendments if one.item == item.id] for item in approval.items}
    return [
        f"印章  {approval.seal_name}",
        f"单位  {approval.unit}  负责人 {approval.unit_head or '没有写'}  承办人 {approval.agent or '没有写'}",
        f"现在  {approval.state.label}{f':{approval.decision_words}' if approval.decision_words else ''}",
        *([f"批准  {approval.approver.words} {_day(approval.approved_day)}"] if approval.approver is not None else []),
        *([f"分管  {approval.deputy.name} {_day(approval.deputy_day)}签字"] if approval.deputy is not None else []),
        *(line for line in (phone, papered) if line),
        *([f"存放  {approval.paper_page}"] if approval.paper_page and approval.papered_day is None else []),
        *([f"备注  {approval.remark}"] if approval.remark else []),
        *([f"划去  {approval.struck_reason}"] if approval.struck_reason else []),
        "",
        *(
            f"{item.place}  {item.shown_title} {item.document_number} {item.kind.label}"
            f" 批准{item.copies}份 已用{item.used}份"
            + "".join(f";{_day(one.day)}{one.approver}由{one.before}份改为{one.after}份" for one in amended[item.id])
            for item in approval.items
        ),
    ]


def seal_facts(card: SealCard, handovers: list[HandoverRow]) -> list[str]:
    """Return everything entered about a seal: where it is kept, and whose hands it went through."""
    return [
        f"类别  {card.kind.label}",
        f"存放  {card.place}",
        f"启用  {card.from_day:%Y-%m-%d}{f'  停用 {card.to_day:%Y-%m-%d}' if card.to_day is not None else ''}",
        f"保管  {'还没有' if card.holding is None else card.holding.words}",
        *([f"备注  {card.remark}"] if card.remark else []),
        "",
        *(_handover_words(one) for one in handovers),
    ]


def _handover_words(one: HandoverRow) -> str:
    leader = f",{SignPost(one.designated_post).label}{one.designated_by}指定" if one.designated_by else ""
    until = f"到{chinese_short_day(one.until)}" if one.until is not None else ""
    struck = f"  作废:{one.struck_reason}" if one.struck_reason is not None else ""
    giver = f"{one.giver_name}→" if one.giver_name else ""
    return (
        f"{one.number} {one.handed_at:%Y-%m-%d %H:%M} {one.kind_words}{until} {giver}{one.receiver_name}"
        f" 监交{one.supervisor}{leader} {one.condition}{struck}"
    )


def _use_state(use: UseRow) -> tuple[str, str]:
    if use.is_struck:
        return use.struck_word, "$faint"
    if use.state is UseState.WAITING:
        return "待签字", "bold $due"
    if use.gaps:
        return "缺项", "bold $late"
    if use.awaits_paper:
        return "待补办", "bold $late"
    return use.state.label, "$done" if use.state is UseState.CHECKED else ""


def _seal_column(line: UseRow | ApprovalRow, width: int) -> tuple[int, str]:
    """Return the width of the seal's column and what stands in it: the name where it is short, else the kind."""
    if width < WIDE:
        return SHORT_SEAL, line.seal_kind.label.removesuffix("印章")
    return SEAL, line.seal_name if len(line.seal_name) <= 6 else line.seal_kind.label


def _title(use: UseRow) -> str:
    kind = "" if use.kind is DocumentKind.DOCUMENT else f"[{use.kind.label}]"
    joint = f"(联合{len(use.organs)}家)" if use.organs else ""
    return f"{kind}{use.shown_title}{joint}"


def _day(day: date | None) -> str:
    return "" if day is None else chinese_short_day(day)
