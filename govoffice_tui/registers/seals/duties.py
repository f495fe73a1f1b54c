"""What the seal register asks for: signatures, paper after telephone approvals, counts, seals minded too long."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from govoffice_tui.clock import chinese_short_day, month_days
from govoffice_tui.registers import calendar, staff
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.reviews import open_reviews
from govoffice_tui.registers.seals import carry_pages, finding, keeping_pages, pages
from govoffice_tui.registers.seals.views import REGISTER, ApprovalRow, SealCard, UseRow
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.rules.seal_search import SealQuery
from govoffice_tui.rules.seal_states import UseState

COUNTED_FROM = time(17, 0)
"""From when on the day's 清点上锁 is asked for."""

Line = tuple[str, bool, date]
SEARCH_LIMIT = 300


def due(office: Office, now: datetime) -> list[Line]:
    """Return the lines of 今日: what has to be done, whether it is late, and the day of its page."""
    found: list[Line] = []
    waiting = pages.waiting(office)
    unsigned = [one for one in waiting if one.state is UseState.WAITING]
    gaps = [one for one in waiting if one.state is not UseState.WAITING]
    if unsigned:
        first = unsigned[0]
        late = first.event_day < now.date()
        found.append((f"用印承办人未签 {len(unsigned)}件(最早{first.number} {first.unit})", late, first.event_day))
    if gaps:
        first = gaps[0]
        words = f"停机补登缺项 {len(gaps)}件({first.number}缺{'、'.join(first.gaps)})"
        found.append((words, True, first.event_day))
    found += [(paper_words(one), True, one.event_day) for one in pages.to_be_papered(office)]
    cards = keeping_pages.seals(office, with_retired=False)
    found += carry_pages.carry_lines(office, now)
    found += _in_wrong_hands(office, cards, now.date())
    found += _uncounted(office, cards, now)
    return found


def paper_words(approval: ApprovalRow) -> str:
    """Return 批〔2026〕12号 教育局 电话批准(副县长 马骏) 10月13日前补书面审批."""
    who = approval.approver.words if approval.approver is not None else ""
    until = "" if approval.follow_up_day is None else f" {chinese_short_day(approval.follow_up_day)}前补书面审批"
    return f"{approval.number} {approval.unit} 电话批准({who}){until}"


def pending(office: Office, word: str) -> list[Problem]:
    """Return what keeps a month of the seal register from being sealed."""
    days = month_days(word)
    today = office.now().date()
    found = []
    if today <= days[-1]:
        found.append(Problem("印章", "本月还没有过完", today))
    for one in reversed(pages.month(office, word, with_struck=False)):
        if one.gaps:
            found.append(Problem(one.number, f"{one.unit} 缺{'、'.join(one.gaps)}", one.event_day))
    for approval in pages.to_be_papered(office):
        if days[0] <= approval.event_day <= days[-1]:
            found.append(Problem(approval.number, f"{approval.unit} 电话批准没有补书面审批", approval.event_day))
    for carry in carry_pages.carries_of_month(office, word):
        if carry_pages.is_open(carry):
            found.append(Problem(carry.number, carry_pages.carry_words(carry), carry.event_day))
    found += [Problem("复核", one.sentence, one.event_day) for one in open_reviews(office, REGISTER, days)]
    return found


def month_summary(office: Office, word: str) -> str:
    """Return the month in one line."""
    lines = pages.month(office, word, with_struck=False)
    struck = voided(office, word)
    days = month_days(word)
    refused = len(keeping_pages.refusals(office, days[0], days[-1]))
    phone = len({one.approval for one in lines if one.is_by_phone})
    carried = sum(one.out_at is not None for one in carry_pages.carries_of_month(office, word))
    return (
        f"用印{len(lines)}次 {sum(one.copies for one in lines)}份 {sum(one.impressions for one in lines)}枚"
        f" 电话批准{phone}件 外带{carried}次 拒绝{refused}件 作废{struck}号"
    )


def voided(office: Office, word: str) -> int:
    """Return how many numbers of a month were voided: struck, and nothing stands under them."""
    lines = pages.month(office, word)
    standing = {one.number for one in lines if not one.is_struck}
    return len({one.number for one in lines} - standing)


def seal_digest(office: Office, word: str) -> str:
    """Return the digest of a month of the register as it stands beside the seal."""
    days = month_days(word)
    lines = [
        "|".join(
            (
                one.number,
                one.seal_name,
                one.unit,
                one.shown_title,
                one.document_number,
                one.kind.value,
                f"{one.copies} {one.impressions} {one.spoiled_copies}",
                one.approver.words if one.approver is not None else "",
                one.deputy,
                one.agent,
                one.page_number,
            )
        )
        for one in pages.month(office, word, with_struck=False)
    ]
    lines += [
        "|".join(
            (
                one.number,
                one.seal_name,
                one.destination,
                one.state.value,
                one.keeper_name,
                "" if one.out_at is None else one.out_at.isoformat(),
                "" if one.back_at is None else one.back_at.isoformat(),
            )
        )
        for one in carry_pages.carries_of_month(office, word)
    ]
    counted = Counter(one.found for one in keeping_pages.counts(office, days[0], days[-1]))
    lines.append(
        f"{voided(office, word)} {len(keeping_pages.refusals(office, days[0], days[-1]))} {sorted(counted.items())}"
    )
    return sha256("\n".join(lines).encode()).hexdigest()


def search(office: Office, words: str) -> list[tuple[str, date]]:
    """Return the lines a text means, newest first: by number, unit, title, agent, approver or seal."""
    found = [one for part in finding.find(office, SealQuery((words,)), SEARCH_LIMIT) for one in part.lines]
    return [(f"{one.number} {one.unit} {one.shown_title} {one.copies}份{_struck(one)}", one.event_day) for one in found]


def _struck(one: UseRow) -> str:
    return f"({one.struck_word})" if one.is_struck else ""


def _in_wrong_hands(office: Office, cards: list[SealCard], today: date) -> list[Line]:
    """Return the seals nobody holds, those of somebody who has left, and those minded longer than was said."""
    found = []
    for card in cards:
        holding = card.holding
        if holding is None:
            found.append((f"{card.name}还没有保管人,请办交接", True, today))
        elif not staff.memberships_on(office, holding.person, today):
            found.append((f"{card.name}的保管人{holding.name}已不在册,请办交接", True, today))
        elif holding.until is not None and holding.until <= today:
            words = f"{card.name}由{holding.name}代管,{chinese_short_day(holding.until)}到期,交还{holding.keeper_name}"
            found.append((words, holding.until < today, today))
    return found


def _uncounted(office: Office, cards: list[SealCard], now: datetime) -> list[Line]:
    """Return the seals nobody counted today, once the day draws to its end, and on the workday before, red."""
    today = now.date()
    chart = calendar.load(office, {today.year - 1, today.year})
    before = today - timedelta(days=1)
    while before.year in chart.years and not chart.is_workday(before):
        before -= timedelta(days=1)
    found = []
    for day, is_late in ((before, True), (today, False)):
        if day == today and (now.time() < COUNTED_FROM or today.year not in chart.years or not chart.is_workday(day)):
            continue
        counted = {one.seal for one in keeping_pages.counts(office, day, day)}
        left = [
            card.name
            for card in cards
            if card.id not in counted
            and card.is_in_use(day)
            and card.holding is not None
            and _held_since(office, card) <= day
        ]
        if left:
            words = "、".join(left)
            found.append(
                (
                    f"{words} {chinese_short_day(day)}没有清点上锁" if is_late else f"{words} 还没有清点上锁",
                    is_late,
                    day,
                )
            )
    return found


def _held_since(office: Office, card: SealCard) -> date:
    """Return the day a seal was first handed out on."""
    day = office.fetch("SELECT min(event_day) FROM seal_handovers WHERE seal_id = ? AND struck_at IS NULL", card.id)[0][
        0
    ]
    return date.fromisoformat(day)
