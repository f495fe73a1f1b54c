"""因公外出 from other pages: the form that explains somebody missing, and a phoned outing at one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from textual.content import Content

from govoffice_tui.registers.outings import pages, recording
from govoffice_tui.registers.outings.names import goers, read_names
from govoffice_tui.registers.outings.recording import Entered
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.leave.outing_forms import (
    CLASSIFIED_HINT,
    Answers,
    outing_fields,
    prefilled_title,
    read_plan,
)


def phone_outing(screen: RegisterScreen, person: Person, day: date, half: Half) -> None:
    """Enter at once that somebody phoned to be out for a half-day; the rest may follow by F4 on the page of outings."""
    screen.perform(recording.phone_outing, person.id, day, half, done=entered_words)


def explain_missing(screen: RegisterScreen, person: Person, name: str, day: date, half: Half) -> None:
    """Open the form for somebody who had not signed, filled with who and when: word comes after the cut-off."""
    open_outing_form(screen, prefilled_title(name, day, half), who=name, day=day, half=half)


def open_outing_form(
    screen: RegisterScreen,
    title: str,
    *,
    who: str = "",
    day: date | None = None,
    half: Half | None = None,
    then: Callable[[Entered], None] | None = None,
) -> None:
    """Open the form of a new outing over a page."""
    desk = screen.desk

    def begin() -> None:
        used = partial(pages.texts_used, desk.office)
        fields = outing_fields(desk.people, desk.office.now(), desk.operator_id, used, who=who, day=day, half=half)
        screen.open_form(
            title,
            fields,
            submit,
            CLASSIFIED_HINT,
            then=finished,
            draft="outing",
            about=f"{who} {day} {half}" if who else "",
        )

    async def submit(values: Answers, *, form_key: str) -> Entered:
        plan = read_plan(values, desk.office.now())
        people = await ask_for_people(screen, values["people"], plan.first)
        return await desk.carry_out(recording.enter_outing, [person.id for person in people], plan, form_key=form_key)

    def finished(done: Entered) -> None:
        screen.say(entered_words(done))
        if then is not None:
            then(done)

    screen.with_operator(lambda: screen.try_reading(begin))


async def ask_for_people(screen: RegisterScreen, typed: str, day: date) -> tuple[Person, ...]:
    """Return whom a list means, after asking which namesake; refused with every name nobody bears."""
    chosen: dict[str, int] = {}
    while True:
        found = read_names(goers(screen.desk.office, day), typed, chosen)
        if found.unknown or not found.shared:
            break
        name, people = found.shared[0]
        person = await _ask_which(screen, name, people)
        if person is None:
            break
        chosen[name] = person
    if found.problem:
        raise Refused(found.problem, field="people")
    return found.found


def entered_words(done: Entered) -> str:
    """Return the line that says what now stands in the book."""
    return f"已登记 {done.words}"


async def _ask_which(screen: RegisterScreen, name: str, people: tuple[Person, ...]) -> int | None:
    names = display_names(people)
    options = [
        (str(place), Content(f"{names[person.id]} {person.position}"), person.id)
        for place, person in enumerate(people[:9], 1)
    ]
    return await screen.app.push_screen_wait(ChooseScreen(f"{name}有{len(people)}人,是哪一位", options))
