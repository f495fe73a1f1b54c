"""今日在岗情况 on the screen, for an inspector at the door and no printer near."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content

from govoffice_tui.clock import chinese_day, chinese_time
from govoffice_tui.registers.attendance.whereabouts import SectionWhereabouts, Whereabouts, whereabouts
from govoffice_tui.registers.office import StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.whereabouts import Presence
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.exporting import export_moment
from govoffice_tui.screens.menu import Entry
from govoffice_tui.widgets.literal import fitted

SECTION_CELLS, NAME_CELLS = 26, 30
SHOWN = {Presence.UNSIGNED: "$late", Presence.ON_LEAVE: "$due", Presence.COMPENSATED: "$due", Presence.OUT: "$chosen"}
"""The colours of those away; the words beside them say the same."""


class WhereaboutsScreen(TextScreen):
    """The page of a moment; F7 writes it as a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f7", "export", "导出", tooltip="写成表,可以打印", id="whereabouts.export")
    ]

    def __init__(self, page: RegisterScreen, seen: Whereabouts) -> None:
        moment = f"{chinese_day(seen.moment.date())} {chinese_time(seen.moment.time())}"
        super().__init__(f"{moment} 在岗情况", words_of(seen))
        self._page = page

    def action_export(self) -> None:
        """Write the form of just now, and leave."""
        self.dismiss(None)
        export_moment(self._page)


def whereabouts_entries(screen: RegisterScreen) -> tuple[Entry, Entry]:
    """Return the menu entries that write the form of just now, and that show it."""
    return (
        Entry("今日在岗情况表", partial(export_moment, screen), hint="有人来查岗,写成一页表"),
        Entry("看在岗情况", partial(show_whereabouts, screen), hint="有人来查岗,在屏幕上看"),
    )


def show_whereabouts(screen: RegisterScreen) -> None:
    """Show who is where just now over a page."""
    screen.run_worker(_show(screen), group="whereabouts", exclusive=True)


async def _show(screen: RegisterScreen) -> None:
    try:
        seen = await screen.desk.read(whereabouts, screen.desk.office.now())
    except (Refused, StorageError) as error:
        screen.show_failure(error)
    else:
        screen.app.push_screen(WhereaboutsScreen(screen, seen))


def words_of(seen: Whereabouts) -> Content:
    """Return the page in lines: the totals, each section's counts, and everybody away under their section."""
    lines = [Content.styled(_counts(seen.whole), "bold"), Content("")]
    for section in seen.sections:
        title = set_cell_size(fitted(section.title, SECTION_CELLS - 1), SECTION_CELLS)
        lines.append(Content.assemble((title, "bold"), _counts(section)))
        lines += _away(section)
    return Content("\n").join(lines)


def _counts(section: SectionWhereabouts) -> str:
    """Return 应到7 在岗5 请假2, without the kinds nobody is of."""
    found = [(presence.label, section.count(presence)) for presence in Presence]
    listed = [f"{label}{count}" for label, count in found if count or label == Presence.PRESENT.label]
    return "  ".join([f"应到{section.due}", *listed])


def _away(section: SectionWhereabouts) -> list[Content]:
    """Return a line for everybody a book speaks of, and one for all who have not signed."""
    told = [one for one in section.away if one.presence is not Presence.UNSIGNED]
    names = "  ".join(one.display_name for one in section.away if one.presence is Presence.UNSIGNED)
    width = max((cell_len(one.display_name) for one in told), default=0)
    lines = [
        Content.assemble(
            "  ",
            set_cell_size(fitted(one.display_name, NAME_CELLS), min(width, NAME_CELLS)),
            "  ",
            (one.presence.label, SHOWN.get(one.presence, "$faint")),
            f"  {one.when}",
        )
        for one in told
    ]
    return [*lines, *([Content.assemble("  ", ("未签", "$late"), f"  {fitted(names, 2000)}")] if names else [])]
