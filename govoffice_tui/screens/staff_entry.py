"""The menu's way to the staff list; the list itself is loaded when somebody goes there."""

from __future__ import annotations

from functools import partial

from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.menu import Entry


def staff_entry(page: RegisterScreen) -> Entry:
    """Return the menu entry that opens the staff list over a page."""
    return Entry("花名册", partial(open_staff_list, page), hint="调入、调出、借出、更名、岗位")


def open_staff_list(page: RegisterScreen) -> None:
    """Open the staff list once it is known who is at the keyboard; the page is read anew when it is left."""
    from govoffice_tui.screens.staff import StaffScreen

    page.with_operator(lambda: page.app.push_screen(StaffScreen(page.desk, page.show_failure), lambda _: page.reload()))
