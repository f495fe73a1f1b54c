"""The sheets of a session (考勤制度第2条): what each is kept on, its collection, and how a paper one is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from govoffice_tui.rules.attendance import ABSENCE, COLLECTION, SessionHours
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused

LATE_ENTRY = "补录"
"""What stands beside a line of a paper sheet that was typed on a later day."""


class SheetState(StrEnum):
    """Where one sheet of a session stands."""

    OPEN = "open"
    PAPER = "paper"
    COLLECTED = "collected"
    TRANSCRIBING = "transcribing"
    CHECKED = "checked"

    @property
    def label(self) -> str:
        return _STATE_TITLES[self]

    @property
    def is_out(self) -> bool:
        """Return whether the sheet still lies there to be signed."""
        return self in (SheetState.OPEN, SheetState.PAPER)


_STATE_TITLES: Mapping[SheetState, str] = {
    SheetState.OPEN: "签到中",
    SheetState.PAPER: "纸质签到中",
    SheetState.COLLECTED: "已收存",
    SheetState.TRANSCRIBING: "已收存,待录入核对",
    SheetState.CHECKED: "已核对",
}

SHEET_STATES = tuple(SheetState)
SHEET_MOVES: Mapping[tuple[SheetState, str], tuple[SheetState, str, Post]] = {
    (SheetState.OPEN, "use_paper"): (SheetState.PAPER, COLLECTION, Post.SIGN_IN_KEEPER),
    (SheetState.COLLECTED, "use_paper"): (SheetState.TRANSCRIBING, COLLECTION, Post.SIGN_IN_KEEPER),
    (SheetState.OPEN, "collect_sheet"): (SheetState.COLLECTED, COLLECTION, Post.SIGN_IN_KEEPER),
    (SheetState.PAPER, "collect_sheet"): (SheetState.TRANSCRIBING, COLLECTION, Post.SIGN_IN_KEEPER),
    (SheetState.TRANSCRIBING, "transcribe"): (SheetState.TRANSCRIBING, COLLECTION, Post.SIGN_IN_KEEPER),
    (SheetState.TRANSCRIBING, "finish_transcription"): (SheetState.CHECKED, COLLECTION, Post.SIGN_IN_KEEPER),
}
"""(state, verb) → (state after, article, post that may): what a sheet allows."""


class PaperReason(StrEnum):
    """Why a session is signed on paper."""

    POWER = "power"
    FAULT = "fault"
    NOT_STARTED = "not_started"
    BRANCH = "branch"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"power": "停电", "fault": "故障", "not_started": "未开机", "branch": "分会场", "other": "其他"}[
            self.value
        ]


class SheetMark(StrEnum):
    """What a paper sheet says of somebody."""

    PRESENT = "present"
    LATE = "late"
    LEAVE = "leave"
    OUT = "out"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"present": "到", "late": "迟到", "leave": "请假", "out": "公出", "missing": "缺签"}[self.value]

    @property
    def waiting_words(self) -> str:
        """Return what is noted of somebody whose slip is still to come."""
        return {"leave": "请假,手续后补", "out": "公出,登记后补"}.get(self.value, "")


@dataclass(frozen=True)
class SheetEntry:
    """One person's line on a paper sheet; without a time the sheet shows none."""

    person: int
    mark: SheetMark
    at: datetime | None = None


def require_sheet_state(state: SheetState, verb: str, place: str) -> SheetState:
    """Return the state the verb leads to, or refuse it in this one; `place` names the sheet: 老楼上午."""
    move = SHEET_MOVES.get((state, verb))
    if move is not None:
        return move[0]
    if verb == "use_paper":
        message = f"{place}签到簿已经是纸质。"
    elif verb == "collect_sheet":
        message = f"{place}签到簿已收存,不能重收。"
    elif state is SheetState.CHECKED:
        message = f"{place}纸质签到簿已核对完毕,不能再录。缺签的人请在缺签名单里记到岗情况。"
    elif state is SheetState.PAPER:
        message = f"{place}纸质签到簿还没有收存,收存后才能录入。请先按F6收存。"
    else:
        message = f"{place}签到簿不是纸质,没有要录入的。"
    raise Refused(message, COLLECTION)


def refuse_on_screen(state: SheetState, verb: str, place: str) -> None:
    """Refuse to sign on the screen where the sheet is paper, and to sign or strike once it is collected (第2条)."""
    if state is SheetState.OPEN or (state is SheetState.PAPER and verb != "sign_in"):
        return
    if state is SheetState.PAPER:
        raise Refused(f"{place}改用纸质签到簿,请在纸质签到簿上签。", COLLECTION)
    raise Refused(f"{place}签到簿已收存,不能再签到、划销或重收。到岗情况请在缺签名单里记。", COLLECTION)


def require_taken_at(taken: datetime, now: datetime, hours: SessionHours) -> None:
    """Refuse a time at which a sheet cannot have been collected: before its session opened, another day, or to come."""
    if taken > now:
        raise Refused(f"收存时间{taken:%-H:%M}还没有到。", COLLECTION, field="taken_at")
    if taken < hours.opens or taken.date() != hours.opens.date():
        raise Refused(f"签到{hours.opens:%-H:%M}才开始,收存时间请写当天{hours.opens:%-H:%M}以后。", field="taken_at")


def require_in_time(name: str, at: datetime, hours: SessionHours, collected: datetime) -> None:
    """Refuse a time on a sheet that is not one of its session: after the cut-off or the collection (第2条)."""
    latest = min(hours.cutoff, collected)
    if at.date() != hours.opens.date() or at < hours.opens:
        raise Refused(f"{name}的签到时间{at:%-H:%M}不在本场:{hours.opens:%-H:%M}开始签到。", COLLECTION)
    if at > latest:
        what = "截止" if latest == hours.cutoff else "收存"
        raise Refused(f"不能补签:{name}的签到时间{_seconds(at)}晚于{what}{_seconds(latest)},请记迟到。", COLLECTION)


def require_late(name: str, at: datetime | None, hours: SessionHours, collected: datetime, now: datetime) -> datetime:
    """Return when somebody late arrived; refused without a time, one before the cut-off, and one to come (第3条)."""
    if at is None:
        raise Refused(f"{name}记迟到,要写到岗时间(选中后按回车)。", ABSENCE)
    if at > now:
        raise Refused(f"{name}的到岗时间{at:%-H:%M}还没有到。", ABSENCE)
    if at.date() != hours.opens.date() or at < min(hours.cutoff, collected):
        raise Refused(f"{name}的到岗时间应在当天{hours.cutoff:%-H:%M}以后:在这以前到的是签到。", ABSENCE)
    return at


def sheet_place(point: str, day: date, half: Half) -> str:
    """Return how a sheet is called in a sentence: 老楼10月12日上午."""
    return f"{point}{day.month}月{day.day}日{half.label}"


def _seconds(at: datetime) -> str:
    return f"{at:%-H:%M:%S}" if at.second else f"{at:%-H:%M}"
