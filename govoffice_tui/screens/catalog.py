"""The tabs in the regulation's order; a tab's module is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govoffice_tui.screens.base import RegisterScreen


@dataclass(frozen=True)
class Tab:
    """One tab: the word of its register, what it is called on the strip, and where its screen comes from."""

    id: str
    title: str
    screen: Callable[[], type[RegisterScreen]]


def _today() -> type[RegisterScreen]:
    from govoffice_tui.screens.today import TodayScreen

    return TodayScreen


def _attendance() -> type[RegisterScreen]:
    from govoffice_tui.screens.attendance.board import AttendanceScreen

    return AttendanceScreen


def _leave() -> type[RegisterScreen]:
    from govoffice_tui.screens.leave.page import LeaveScreen

    return LeaveScreen


def _outings() -> type[RegisterScreen]:
    from govoffice_tui.screens.leave.outings import OutingsScreen

    return OutingsScreen


def _absence() -> type[RegisterScreen]:
    from govoffice_tui.screens.leave.absence import AbsenceScreen

    return AbsenceScreen


def _roster() -> type[RegisterScreen]:
    from govoffice_tui.screens.duty.roster import RosterScreen

    return RosterScreen


def _study() -> type[RegisterScreen]:
    from govoffice_tui.screens.study import StudyScreen

    return StudyScreen


def _hygiene() -> type[RegisterScreen]:
    from govoffice_tui.screens.hygiene import HygieneScreen

    return HygieneScreen


def _meetings() -> type[RegisterScreen]:
    from govoffice_tui.screens.meetings.page import MeetingsScreen

    return MeetingsScreen


def _supervision() -> type[RegisterScreen]:
    from govoffice_tui.screens.supervision.page import SupervisionScreen

    return SupervisionScreen


def _supplies() -> type[RegisterScreen]:
    from govoffice_tui.screens.supplies.page import SuppliesScreen

    return SuppliesScreen


def _duty() -> type[RegisterScreen]:
    from govoffice_tui.screens.duty.page import DutyScreen

    return DutyScreen


def _seals() -> type[RegisterScreen]:
    from govoffice_tui.screens.seals.page import SealsScreen

    return SealsScreen


def _equipment() -> type[RegisterScreen]:
    from govoffice_tui.screens.equipment.page import EquipmentScreen

    return EquipmentScreen


def _months() -> type[RegisterScreen]:
    from govoffice_tui.screens.months import MonthsScreen

    return MonthsScreen


def _settings() -> type[RegisterScreen]:
    from govoffice_tui.screens.settings import SettingsScreen

    return SettingsScreen


TABS = (
    Tab("today", "今日", _today),
    Tab("attendance", "签到", _attendance),
    Tab("leave", "请假", _leave),
    Tab("outings", "外出", _outings),
    Tab("absence", "待核", _absence),
    Tab("duty", "值班", _duty),
    Tab("roster", "排班", _roster),
    Tab("study", "学习", _study),
    Tab("hygiene", "卫生", _hygiene),
    Tab("meetings", "会议", _meetings),
    Tab("supervision", "督办", _supervision),
    Tab("seals", "印章", _seals),
    Tab("equipment", "设备", _equipment),
    Tab("supplies", "耗材", _supplies),
    Tab("months", "月报", _months),
    Tab("settings", "设置", _settings),
)
