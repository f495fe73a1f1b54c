"""The lines of the settings page: settings with what is to come, hours, backups, posts, calendar and looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import set_cell_size
from textual.content import Content

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import calendar, posts, setting_pages
from govoffice_tui.registers.backup_care import drill_words
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.setting_pages import Coming, SettingLine
from govoffice_tui.rules.authority import KEEPERS, Post
from govoffice_tui.rules.people import display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.setting_topics import GROUPS
from govoffice_tui.screens.staff_entry import open_staff_list
from govoffice_tui.screens.themes import THEMES
from govoffice_tui.widgets.literal import fitted

if TYPE_CHECKING:
    from govoffice_tui.screens.settings import SettingsScreen

HEADING, TITLE, ASIDE = 9, 15, 24
"""Cells of the group's name, the setting's title, and of since when and by whom."""


@dataclass(frozen=True)
class Row:
    """One line of the page: its words, who set it since when, and what Enter does; `line` where it is a setting."""

    key: str
    heading: str
    title: str
    words: str
    aside: str = ""
    is_due: bool = False
    line: SettingLine | None = None
    coming: Coming | None = None
    lead: Callable[[], object] | None = field(default=None, compare=False)


def rows_of(screen: SettingsScreen, office: Office) -> list[Row]:
    """Return every line of the page, in its groups."""
    return [*_setting_rows(screen, office), *_post_rows(screen, office), *_other_rows(screen, office)]


def _setting_rows(screen: SettingsScreen, office: Office) -> list[Row]:
    lines = setting_pages.lines(office, screen.today)
    rows = []
    for group, topics in GROUPS.items():
        for place, topic in enumerate(topics):
            line, heading = lines[topic.word], group if place == 0 else ""
            rows.append(Row(topic.word, heading, topic.title, line.words, line.since, line=line))
            for coming in line.coming:
                words = coming_words(coming)
                rows.append(Row(f"{topic.word} {coming.first}", "", "", words, is_due=True, line=line, coming=coming))
        if group == "作息":
            rows += _hours_rows(screen, office)
        if group == "备份":
            rows += _backup_rows(screen, office)
    return rows


def _hours_rows(screen: SettingsScreen, office: Office) -> list[Row]:
    try:
        now_words, then_words = setting_pages.hours_today(office, office.now())
    except Refused as refusal:
        return [Row("hours", "", "今天", refusal.message, is_due=True)]
    return [Row("hours", "", "今天", now_words), Row("next", "", "下次变动", then_words or "一年内没有")]


def _backup_rows(screen: SettingsScreen, office: Office) -> list[Row]:
    sentence, is_red = screen.backup_words
    drilled, is_late = drill_words(office)
    return [
        Row("backup", "", "最近备份", sentence, "回车现在备份", is_red, lead=screen.back_up),
        Row("drill", "", "恢复演练", drilled, "回车演练", is_late, lead=screen.run_drill),
    ]


def _post_rows(screen: SettingsScreen, office: Office) -> list[Row]:
    names = display_names(screen.desk.people())
    held: dict[Post, list[str]] = {}
    parts: dict[Post, set[str]] = {}
    for one in posts.holdings_on(office, screen.today):
        part = f" {one.part}角" if one.post in KEEPERS or one.part == "B" else ""
        held.setdefault(one.post, []).append(f"{names.get(one.staff, '不在册的人')}{part}")
        parts.setdefault(one.post, set()).add(one.part)
    rows = []
    for place, post in enumerate(Post):
        is_alone = post in KEEPERS and parts.get(post) == {"A"}
        words = "、".join(held.get(post, ())) or "没有指定"
        rows.append(
            Row(
                f"post {post.value}",
                "岗位" if place == 0 else "",
                post.label,
                f"{words}   缺B角" if is_alone else words,
                "回车到花名册" if place == 0 else "",
                is_alone,
                lead=partial(open_staff_list, screen),
            )
        )
    return rows


def _other_rows(screen: SettingsScreen, office: Office) -> list[Row]:
    year = screen.today.year
    chart = calendar.load(office, [year, year + 1])
    rows = []
    for place, one in enumerate((year, year + 1)):
        found = chart.years.get(one)
        provisional = "暂定,放假通知来了再装入"
        words = "还没有装入" if found is None else provisional if found.is_provisional else found.notice or "已装入"
        rows.append(
            Row(
                f"calendar {place}",
                "日历" if place == 0 else "",
                f"{one}年",
                words,
                "回车装通知、定停班" if place == 0 else "",
                found is None and place == 0,
                lead=screen.choose_calendar,
            )
        )
    theme = THEMES.get(screen.app.theme)
    rows.append(Row("theme", "外观", "主题", theme[0] if theme else "", "只管这台电脑", lead=screen.choose_theme))
    return rows


def row_words(row: Row, room: int) -> Content:
    """Return a line of the page; what is to come or is missing stands in gamboge. `room` is for words and aside."""
    width = room - ASIDE - 2 if row.aside else room
    return Content.assemble(
        (set_cell_size(row.heading, HEADING), "bold $faint"),
        set_cell_size(row.title, TITLE),
        (set_cell_size(fitted(row.words, width), width), "$due" if row.is_due else ""),
        "  " if row.aside else "",
        (fitted(row.aside, ASIDE), "$faint"),
    )


def coming_words(coming: Coming) -> str:
    """Return 11月26日起:7:00开始,8:20收存."""
    return f"{chinese_short_day(coming.first)}起:{coming.words}"
