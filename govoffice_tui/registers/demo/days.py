"""One day of the demo office as its books meet it, and what every part of the history may ask of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from govoffice_tui.registers.office import Office
from govoffice_tui.rules.calendar import Calendar, Half
from govoffice_tui.rules.people import Person

Act = tuple[datetime, Callable[[], object]]
"""Something done at a moment of the day; acts of all books are carried out in the order of their times."""


@dataclass
class DemoDay:
    """A day with its people by name; `away` fills with who need not sign which half, book by book,
    and `on_paper` holds the halves whose sign-in book is paper.

    In a settled day nothing stays open, because its month is to be sealed.
    """

    office: Office
    day: date
    last: date
    chart: Calendar
    people: Mapping[str, Person]
    chance: random.Random
    is_settled: bool
    away: dict[Half, set[int]] = field(default_factory=lambda: {half: set() for half in Half})
    on_paper: set[Half] = field(default_factory=set)

    @property
    def is_workday(self) -> bool:
        """Return whether any half of the day is worked."""
        return any(self.chart.is_work(self.day, half) for half in Half)

    def at(self, hour: int, minute: int = 0) -> datetime:
        """Return a moment of the day."""
        return datetime(self.day.year, self.day.month, self.day.day, hour, minute)


Book = Callable[[DemoDay], Iterator[Act]]
"""A register's part: what is done in it on a day."""
