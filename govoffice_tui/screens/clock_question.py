"""One question after days without a line: is it really this day."""

from __future__ import annotations

from govoffice_tui.clock import chinese_day, chinese_weekday
from govoffice_tui.registers.timekeeping import DayQuestion, confirm_day, day_question
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.dialogs import ConfirmScreen
from govoffice_tui.widgets.form_rows import Field


def ask_about_the_day(page: RegisterScreen) -> None:
    """Ask where days have passed without a line, far ahead two people."""
    question = day_question(page.desk.office)
    if question is not None:
        _ask(page, question)


def _ask(page: RegisterScreen, question: DayQuestion) -> None:
    today = f"{chinese_day(question.today)} {chinese_weekday(question.today)}"
    last = chinese_day(question.last)
    if question.needs_two:
        _ask_two(page, f"最后一笔登记在{last},今天是{today},对吗?")
        return

    def answered(is_right: bool | None) -> None:
        if is_right:
            page.run_worker(page.attempt(confirm_day), group="clock")
        elif is_right is False:
            page.alarm("机器日期不对:请退出程序,把电脑日期调准再登记。")

    words = f"今天是{today},对吗?(上次登记在{last})"
    page.app.push_screen(ConfirmScreen(words, "对", "不对,日期要调"), answered)


def _ask_two(page: RegisterScreen, words: str) -> None:
    """Two people compare the date with something other than this machine."""

    async def submit(values: dict[str, str], *, form_key: str) -> bool:
        await page.desk.carry_out(confirm_day, int(values["second"]), form_key=form_key)
        return True

    fields = [Field("second", "复核人", "person", required=True, people=page.desk.people)]
    hint = "超过40天没有登记,要由经办人和另一个人核对日期。"
    page.open_form(words, fields, submit, hint, verb="核对", then=lambda _: page.say("日期已核对"))
