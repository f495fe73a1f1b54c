"""复核: where a second person answers a correction, from 今日 and from the page it is about."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from govoffice_tui.registers import reviews
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.menu import Entry, MenuScreen
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.literal import plain


def open_review(screen: RegisterScreen, row: int) -> None:
    """Ask the person at the keyboard about one correction: 1 agrees, 2 rejects with words."""
    screen.with_operator(partial(_ask, screen, row))


def open_review_menu(screen: RegisterScreen) -> None:
    """List the corrections that wait; with one alone it is asked about at once."""
    waiting = reviews.open_reviews(screen.desk.office)
    if len(waiting) == 1:
        open_review(screen, waiting[0].id)
        return
    entries = [Entry(one.words, partial(open_review, screen, one.id), hint=one.sentence) for one in waiting]
    screen.app.push_screen(MenuScreen(entries, "复核哪一件", "姓名中的字或首字母"))


def _ask(screen: RegisterScreen, row: int) -> None:
    found = next((one for one in reviews.open_reviews(screen.desk.office) if one.id == row), None)
    if found is None:
        screen.note("这一件已经复核过了")
        screen.reload()
        return

    def answered(agrees: bool | None) -> None:
        if agrees:
            screen.perform(reviews.review, row, True, done=_said)
        elif agrees is False:
            _ask_why(screen, found)

    title = f"复核:{plain(found.words)} {found.asked_by_name}{found.asked_at:%-m月%-d日%H:%M}改"
    options = [
        ("1", Content("同意"), True),
        ("2", Content("不同意(写说明,恢复原来的登记)"), False),
    ]
    screen.app.push_screen(ChooseScreen(title, options), answered)


def _ask_why(screen: RegisterScreen, found: reviews.OpenReview) -> None:
    async def submit(values: dict[str, str], *, form_key: str) -> reviews.Reviewed:
        return await screen.desk.carry_out(reviews.review, found.id, False, values["remark"], form_key=form_key)

    fields = [Field("remark", "为什么不同意", required=True, placeholder="如 本人当时在场,有两人作证")]
    screen.open_form(
        f"不同意:{found.words}",
        fields,
        submit,
        verb="登记",
        then=lambda done: screen.say(_said(done)),
        draft="review",
        about=f"{found.id}",
    )


def _said(done: reviews.Reviewed) -> str:
    return f"已复核 {'同意' if done.agrees else '不同意,已恢复原来的登记'}:{done.words}"
