"""What the papers of one meeting are named after, and what they show."""

from __future__ import annotations

import re

from govoffice_tui.registers.meetings.pages import line_of, page
from govoffice_tui.registers.meetings.views import MeetingKey, MeetingPage
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import SECRECY
from govoffice_tui.rules.refusal import Refused

_PERIOD = re.compile(r"\d{4}-\d{2}-\d{2}_会(\d{4})-(\d{1,6})号")


def paper_period(office: Office, meeting: MeetingKey) -> str:
    """Return what one meeting's papers are named after: 2026-10-14_会2026-12号. A 涉密会议 has none."""
    line = line_of(office, meeting)
    if line is None:
        raise Refused("没有这次会议,或已经作废。")
    if line.is_classified:
        raise Refused("涉密会议不在本机印签到表和名单,请按机要程序办理。", SECRECY)
    return f"{line.day.isoformat()}_会{meeting.year}-{meeting.number}号"


def paper_page(office: Office, period: str) -> MeetingPage:
    """Return the meeting a paper's name means."""
    named = _PERIOD.fullmatch(period)
    if named is None:
        raise Refused("没有这次会议。")
    found = page(office, MeetingKey(int(named[1]), int(named[2])))
    if found.line.is_classified:
        raise Refused("涉密会议不在本机印签到表和名单,请按机要程序办理。", SECRECY)
    return found
