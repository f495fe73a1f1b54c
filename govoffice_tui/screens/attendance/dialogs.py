"""The small pages of the sign-in book: whom to strike, why early, when somebody came, a person's days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from textual.content import Content

from govoffice_tui.clock import chinese_weekday
from govoffice_tui.registers import posts
from govoffice_tui.registers.attendance import signing, years
from govoffice_tui.registers.attendance.months import days_of
from govoffice_tui.registers.attendance.views import Board, BoardLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.attendance import ABSENCE, COLLECTION, StrikeReason
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.half_days import HalfStatus
from govoffice_tui.rules.people import Person, display_names
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import TextScreen
from govoffice_tui.screens.help import Explanation
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field


def strike_menu(page: Board, choose: Callable[[int], object]) -> MenuScreen:
    """Return the menu of a session's signatures, newest first; `choose` gets the row to strike."""
    signed = [line for line in page.lines if line.status is HalfStatus.SIGNED and line.sign_in is not None]
    signed.sort(key=lambda line: line.sign_in or 0, reverse=True)
    entries = [
        Entry(line.display_name, partial(choose, line.sign_in or 0), hint=f"{line.signed_at:%H:%M:%S} 签到")
        for line in signed
    ]
    return MenuScreen(entries, "划销哪一笔签到", "姓名中的字或首字母")


def strike_form() -> tuple[str, list[Field]]:
    """Return title and fields of the form that asks why a signature is struck after collection for another reason."""
    return "收存后划销:其他原因", [
        Field("remark", "说明", required=True, article=COLLECTION, placeholder="划销马上生效,另一个人两个工作日内复核")
    ]


async def strike_for_other_reason(desk: Desk, row: int, values: dict[str, str], *, form_key: str) -> signing.Signed:
    """Strike a signature with the words of the form."""
    reason = StrikeReason.OTHER
    return await desk.carry_out(signing.strike_sign_in, row, reason, values["remark"], form_key=form_key)


def early_collection(page: Board) -> tuple[str, list[Field]]:
    """Return title and fields of the form that asks why the book is collected before its time."""
    missing = len(page.missing)
    title = f"还没到{page.hours.cutoff:%-H:%M},{missing}人未签,现在收存?"
    return title, [
        Field("early_reason", "提前收存原因", required=True, article=COLLECTION, placeholder="如:停电、全体赴现场")
    ]


def arrival_form(line: BoardLine, half: Half) -> tuple[str, list[Field]]:
    """Return title and fields of the form for a time of arrival and a remark."""
    arrived = f"{line.arrived_at:%H:%M}" if line.arrived_at else ""
    return f"{line.display_name} {half.label}到岗情况", [
        Field("arrived_at", "到岗时间", "time", article=ABSENCE, value=arrived, placeholder="如 831,不写记为待核"),
        Field("remark", "说明", placeholder="可不写"),
    ]


def noted_words(noted: signing.Noted) -> str:
    """Return the line that says what was noted of somebody missing."""
    when = f" {noted.arrived_at:%H:%M}到岗" if noted.arrived_at else ""
    later = ",待另一个人两个工作日内复核" if noted.asks_review else ""
    return f"已登记 {noted.name} {noted.kind.label}{when}{later}"


def keeper_form(people: Callable[[], Sequence[Person]]) -> tuple[str, list[Field]]:
    """Return title and fields of the form that names who keeps the book."""
    parts = (("A", "A角"), ("B", "B角"))
    return "指定签到管理人", [
        Field("staff", "姓名", "person", required=True, article=COLLECTION, people=people),
        Field("part", "A角或B角", "choice", required=True, value="A", choices=parts),
    ]


async def assign_keeper(desk: Desk, values: dict[str, str], *, form_key: str) -> int:
    """Give the post to whom the form names."""
    return await desk.carry_out(
        posts.assign_post, int(values["staff"]), Post.SIGN_IN_KEEPER, values["part"], form_key=form_key
    )


def people_menu(people: Sequence[Person], choose: Callable[[Person], object]) -> MenuScreen:
    """Return the menu to find a person by."""
    names = display_names(people)
    entries = [
        Entry(names[person.id], partial(choose, person), hint=f"{person.section} {person.position}")
        for person in people
    ]
    return MenuScreen(entries, "查谁的签到", "姓名中的字或首字母")


def days_menu(
    office: Office,
    person: Person,
    months: Sequence[str],
    choose: Callable[[date], object],
    show: Callable[[TextScreen], object],
) -> MenuScreen:
    """Return one person's year in a line, then the days, newest first.

    `choose` gets the day to go to, `show` the page of the year.
    """
    year = years.read_year(office, office.now().year)
    lines = years.story(year, person.id)
    page = TextScreen(f"{person.name} {year.year}年", "\n".join(lines))
    entries = [Entry("本年", partial(show, page), hint=lines[1])] if lines else []
    entries += [
        Entry(
            f"{one.day.isoformat()} {chinese_weekday(one.day)}",
            partial(choose, one.day),
            hint=f"上午 {one.morning}   下午 {one.afternoon}",
        )
        for month in months
        for one in days_of(office, person.id, month)
    ]
    return MenuScreen(entries, f"{person.name} 的签到", "日期的一段,如 10-12;或 迟到、待核")


def story_screen(story: Explanation) -> TextScreen:
    """Return the page that explains a half-day."""
    cited = f"\n\n依据 {story.article}\n{story.article_text}" if story.article else ""
    return TextScreen(story.title, Content("\n".join(story.facts) + cited))
