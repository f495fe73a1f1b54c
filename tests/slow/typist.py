"""A program with one form open over its page, for a terminal that is killed while somebody types into it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from govoffice_tui.app import OfficeApp
from govoffice_tui.clock import SetClock
from govoffice_tui.registers import staff
from govoffice_tui.registers.office import open_office
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.catalog import Tab
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.form_rows import Field

FORM = "test.long"
NOW = datetime(2026, 10, 12, 8, 12)


async def refuse_nothing(values: dict[str, str], *, form_key: str) -> str:
    """Take in a form."""
    return values["story"]


def main() -> None:
    """Open the office in the folder of the first argument, as the person of the second."""
    opened = open_office(Path(sys.argv[1]), SetClock(NOW))
    desk = Desk(opened)
    people = staff.people_on(desk.office, NOW.date())
    desk.operator = next(person for person in people if person.id == int(sys.argv[2]))
    app = OfficeApp(desk, [Tab("甲", "甲", lambda: RegisterScreen)])
    app.greet = lambda page: page.open_form("登记经过", [Field("story", "经过")], refuse_nothing, draft=FORM)
    app.run()
    desk.close()
    opened.close()


if __name__ == "__main__":
    main()
