"""今日在岗情况表: one page whatever the office, closer where many are away, and nothing of why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from govoffice_tui.exporters.attendance.whereabouts import whereabouts_digest, whereabouts_page
from govoffice_tui.exporters.layout import ROW_LIMIT, heights, lay_out, room_left
from govoffice_tui.registers.attendance.whereabouts import SectionWhereabouts, Whereabout, Whereabouts
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.whereabouts import Presence
from tests.exporters.factories import MADE_AT, OFFICE, rows_named, staff, texts

MOMENT = datetime(2026, 10, 12, 9, 20)
LONG = "2025年12月28日下午至2026年10月14日上午"


def at_door(presences: dict[int, Presence], people: list[Person] | None = None) -> Whereabouts:
    """Return a moment at which everybody is at work but those given."""
    people = staff() if people is None else people
    names = display_names(people)
    found: dict[str, list[Whereabout]] = {}
    for one in people:
        presence = presences.get(one.id, Presence.PRESENT)
        title = "编外" if one.category.is_apart else one.section
        when = LONG if presence.is_explained else ""
        found.setdefault(title, []).append(Whereabout(one, names[one.id], presence, when))
    sections = tuple(SectionWhereabouts(title, tuple(seen)) for title, seen in found.items())
    return Whereabouts(OFFICE, MOMENT, Half.MORNING, "工作日", sections)


EVERYBODY = [one.id for one in staff()]
CROWDS = [
    {},
    {5: Presence.ON_LEAVE, 12: Presence.OUT, 14: Presence.COMPENSATED, 9: Presence.LENT, 1: Presence.EXEMPT},
    dict.fromkeys(EVERYBODY, Presence.UNSIGNED),
    dict.fromkeys(EVERYBODY, Presence.ON_LEAVE),
    {person: list(Presence)[person % 7] for person in EVERYBODY},
]


@pytest.mark.parametrize("presences", CROWDS)
def test_sixty_people_fit_one_page_at_full_size(presences: dict[int, Presence]) -> None:
    people = staff(60)
    page = whereabouts_page(at_door(presences | dict.fromkeys(range(57, 61), Presence.UNSIGNED), people), MADE_AT)
    assert page.is_one_page
    assert lay_out(page).pages == 1
    assert room_left(page) >= 0
    assert max(heights(page, page.blocks[0])) <= ROW_LIMIT
    words = texts(page)
    away = [one for one in people if presences.get(one.id) not in (None, Presence.PRESENT, Presence.EXEMPT)]
    assert all(display_names(people)[one.id] in words for one in away)


def test_one_section_of_sixty_all_away_is_cut_nowhere() -> None:
    people = [replace(one, section="信息股") for one in staff(53)]
    page = whereabouts_page(at_door(dict.fromkeys(EVERYBODY, Presence.ON_LEAVE), people), MADE_AT)
    assert max(heights(page, page.blocks[0])) <= ROW_LIMIT
    assert all(display_names(people)[one.id] in texts(page) for one in people)


def test_the_days_of_an_absence_are_left_out_only_where_most_of_the_office_is_away() -> None:
    for presences in (CROWDS[1], CROWDS[4]):
        words = texts(whereabouts_page(at_door(presences), MADE_AT)).replace("\n", "")
        assert words.count(LONG) == sum(one.is_explained for one in presences.values())
    assert LONG not in texts(whereabouts_page(at_door(CROWDS[3]), MADE_AT))


def test_the_page_says_when_and_who_and_not_why() -> None:
    page = whereabouts_page(at_door(CROWDS[1]), MADE_AT)
    assert page.subline.startswith("2026年10月12日 9:20    工作日")
    (row,) = rows_named(page, "行政股")
    assert row[:9] == ["行政股", 7, 6, 0, 1, 0, 0, 0, 1]
    words = texts(page)
    assert f"阿卜杜热合曼·买买提明 公出 {LONG}" in words
    assert "病" not in words


def test_the_totals_are_those_of_the_sections() -> None:
    seen = at_door(CROWDS[4])
    rows = [[cell.value for cell in row.cells if cell] for row in whereabouts_page(seen, MADE_AT).blocks[0]]
    *sections, total = [row[1:-1] for row in rows]
    assert total == [sum(int(str(row[place])) for row in sections) for place in range(len(total))]


def test_an_office_without_people_has_a_page_that_says_so() -> None:
    assert "花名册上没有人" in texts(whereabouts_page(at_door({}, []), MADE_AT))


def test_whatever_the_page_shows_changes_the_digest() -> None:
    seen = at_door(CROWDS[1])
    others = [
        at_door(CROWDS[4]),
        replace(seen, moment=datetime(2026, 10, 12, 9, 21)),
        replace(seen, office_name="别县人民政府办公室"),
        replace(seen, day_title="调休上班"),
        replace(seen, sections=seen.sections[1:]),
    ]
    assert len({whereabouts_digest(one) for one in [seen, at_door(CROWDS[1]), *others]}) == len(others) + 1
