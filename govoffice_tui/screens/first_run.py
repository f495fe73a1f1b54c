"""An empty folder: what to begin with, and the few questions an office cannot begin without."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import Clock, chinese_short_day, chinese_weekday
from govoffice_tui.registers import founding
from govoffice_tui.registers.founding import Draft, discard, draft_office, next_session, settle
from govoffice_tui.registers.office import AlreadyAnOffice, StorageError, open_office
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.rules.attendance import COLLECTION
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import StaffLine
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.dialogs import ChooseScreen
from govoffice_tui.screens.first_people import FirstPeopleScreen
from govoffice_tui.screens.setup import SetupApp
from govoffice_tui.screens.staff_import import StaffImportScreen
from govoffice_tui.widgets.form import FormScreen, Submit, T
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine
from govoffice_tui.widgets.literal import literal

QUESTION = "这个文件夹里还没有登记库。从哪里开始?按 1、2、3,或用上下键和回车。"
BANNER = "本机为非涉密计算机,严禁录入、存储涉密信息。"
DEMO_FOLDER = "demo"
DEMO_WORDS = "这是演示办公室,人和登记都是虚构的,随便试。Ctrl+P 列出能做的事,Ctrl+Q 退出。"

Answers = dict[str, str]

HOLDERS = (
    ("keeper", "签到管理人A角", Post.SIGN_IN_KEEPER, "A"),
    ("deputy", "签到管理人B角", Post.SIGN_IN_KEEPER, "B"),
    ("section_head", "股长", Post.SECTION_HEAD, "A"),
    ("deputy_in_charge", "分管副主任", Post.DEPUTY_IN_CHARGE, "A"),
    ("director", "主任", Post.DIRECTOR, "A"),
)
"""The posts asked for at the beginning; only the first is needed."""


@dataclass(frozen=True)
class Beginning:
    """What the first run led to: the office to open, and who keeps its book (None in the demo office)."""

    folder: Path
    keeper: int | None

    def greet(self, page: RegisterScreen) -> None:
        """Put the reader where the office's work begins: at the open sign-in board, or before what comes next."""
        coming = next_session(page.desk.office)
        if self.keeper is None:
            page.note(DEMO_WORDS)
        elif coming is not None and coming.is_open:
            page.open_tab("attendance")
        elif coming is not None:
            day = (
                "今天" if coming.day == page.today else f"{chinese_short_day(coming.day)} {chinese_weekday(coming.day)}"
            )
            page.say(f"登记库已建好。下一场:{day}{coming.half.label},{coming.opens:%-H:%M}起可以签到")
        else:
            page.say("登记库已建好。放假通知装入以后就能签到:按 Ctrl+P 选“放假通知”")


def begin_here(folder: Path, clock: Clock) -> Beginning | None:
    """Ask what to begin with and begin it; return what to open, None where nothing was begun."""
    app = FirstRunApp(folder, clock)
    return app.beginning if app.succeeds() else None


class Stopped(Exception):
    """Somebody stopped the building of the demo office."""


class StepForm(FormScreen[T]):
    """One question of several: Esc goes a step back."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work now, Esc as the way back."""
        return {
            key: active._replace(binding=replace(active.binding, description="上一步", tooltip="回上一步"))
            if active.binding.id == "form.leave"
            else active
            for key, active in super().active_bindings.items()
        }


class FirstRunApp(SetupApp):
    """The questions of the first run. What is begun grows in a place apart until the last one is answered."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder, clock)
        self.beginning: Beginning | None = None
        self.stop: Event | None = None
        """Set to stop the demo that is being built; None while none is."""
        self._draft: Draft | None = None
        self._desk: Desk | None = None
        self._answers: Answers = {}
        self._people: tuple[StaffLine, ...] = ()
        self._with_list = False

    def first_screen(self) -> Screen[None]:
        """Return the page that asks what to begin with."""
        return WelcomeScreen()

    def begin(self, *, with_list: bool) -> None:
        """Ask what the office is called and when its summer is."""
        self._with_list = with_list
        rules = Settings()
        given = {"summer_from": rules.summer_from, "summer_to": rules.summer_to} | self._answers
        fields = [
            Field(
                "office_name",
                "单位名称",
                required=True,
                value=given.get("office_name", ""),
                placeholder="如 ××县人民政府办公室,印在每张表上",
            ),
            Field("summer_from", "暑期从", "month_day", True, COLLECTION, value=given["summer_from"], width=24),
            Field("summer_to", "暑期到", "month_day", True, value=given["summer_to"], width=24),
        ]

        async def submit(values: Answers, *, form_key: str) -> Answers:
            await self._draft_anew(values)
            return values

        self._ask("建立登记库", fields, submit, BANNER, "下一步", self._named)

    def open_demo(self, folder: Path) -> None:
        """Go on with the demo office."""
        self.beginning = Beginning(folder, None)
        self.exit(True)

    def leave(self) -> None:
        """Leave; what was not begun to its end leaves nothing behind."""
        if self.stop is not None:
            self.stop.set()
        self.exit(False)

    def on_unmount(self) -> None:
        self._discard()

    def _ask(
        self,
        title: str,
        fields: list[Field],
        submit: Submit[T],
        hint: str,
        verb: str,
        then: Callable[[T | None], None],
    ) -> None:
        form: StepForm[T] = StepForm(title, fields, submit, hint, today=self.today, verb=verb)
        self.push_screen(form, then)

    def _named(self, values: Answers | None) -> None:
        if values is not None:
            self._answers = values
            self._ask_people()

    def _ask_people(self) -> None:
        if not self._with_list:
            self.push_screen(FirstPeopleScreen(self._people), self._listed)
        elif self._desk is not None:
            self.push_screen(StaffImportScreen(self._desk, nearby=self.folder, leave_word="上一步"), self._imported)

    def _imported(self, has_people: bool | None) -> None:
        if has_people:
            self._ask_holders()
        else:
            self._back_to_name()

    def _listed(self, people: tuple[StaffLine, ...] | None) -> None:
        if people is None:
            self._back_to_name()
        else:
            self._people = people
            self.run_worker(self._enter_people(), exclusive=True)

    async def _enter_people(self) -> None:
        desk = self._desk
        assert desk is not None
        try:
            await desk.carry_out(import_staff, self._people)
        except (Refused, StorageError) as error:
            self._ask_people()
            self.screen.query_one("#people-status", StatusLine).say(str(error), "refused")
        else:
            self._ask_holders()

    def _back_to_name(self) -> None:
        self._discard()
        self.begin(with_list=self._with_list)

    def _ask_holders(self) -> None:
        desk = self._desk
        assert desk is not None
        people = desk.people()
        first = "" if self._with_list or not people else str(people[0].id)
        fields = [
            Field(
                name,
                label,
                "person",
                name == "keeper",
                COLLECTION if name == "keeper" else "",
                value=first if name == "keeper" else "",
                people=desk.people,
                placeholder="姓名、首字母或工号" if name == "keeper" else "以后再设就空着回车",
            )
            for name, label, _, _ in HOLDERS
        ]

        async def submit(values: Answers, *, form_key: str) -> int:
            await self._finish(values, form_key)
            return int(values["keeper"])

        hint = "谁收存签到簿?空着的以后在“设置”页的岗位里设。定了股长、分管副主任或主任,岗位就由他们改。"
        self._ask("谁管签到簿", fields, submit, hint, "建立", self._finished)

    async def _finish(self, values: Answers, form_key: str) -> None:
        """Name who holds the posts and move the office into its folder."""
        draft = self._draft
        assert draft is not None
        if values["deputy"] and values["deputy"] == values["keeper"]:
            raise Refused("B角要是另一个人,A角不在时由他收存。", COLLECTION, field="deputy")
        given = [(post, part, int(values[name])) for name, _, post, part in HOLDERS if values[name]]
        desk = self._desk = self._desk or self._desk_at(draft)
        await desk.carry_out(founding.name_holders, given, form_key=form_key)
        desk.close()
        self._desk = None
        await asyncio.to_thread(settle, draft)
        self._draft = None

    def _finished(self, keeper: int | None) -> None:
        if keeper is not None:
            self.beginning = Beginning(self.folder, keeper)
            self.exit(True)
        else:
            self.run_worker(self._back_to_people(), exclusive=True)

    async def _back_to_people(self) -> None:
        """Begin the draft anew, because the people who are to be chosen again stand in it."""
        try:
            await self._draft_anew(self._answers)
        except (Refused, StorageError) as error:
            self.screen.query_one(StatusLine).say(str(error), "refused")
        else:
            self._ask_people()

    async def _draft_anew(self, values: Answers) -> None:
        self._discard()
        self._draft = await asyncio.to_thread(draft_office, self.folder, self.clock, values)
        self._desk = self._desk_at(self._draft)

    def _desk_at(self, draft: Draft) -> Desk:
        with closing(open_office(draft.place, self.clock)) as opened:
            return Desk(opened)

    def _discard(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        if self._draft is not None:
            discard(self._draft)
            self._draft = None


class WelcomeScreen(Screen[None]):
    """Three ways to begin."""

    WAYS: ClassVar = (
        ("导入花名册", "从 Excel、WPS 表格导入人员,马上可以签到"),
        ("演示办公室", "虚构的56人、14个月的签到,建好就打开"),
        ("手工开始", "先写几个人的名字,其余以后再添"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "停下", id="welcome.stop")]

    def compose(self) -> ComposeResult:
        yield Static("政务办公登记", id="welcome-title", markup=False)
        yield Static(f"{QUESTION}\n\n{BANNER}", id="welcome-words", markup=False)
        yield OptionList(
            *(
                Option(Content.assemble((f"{place}  {title}", "bold"), f"    {words}"))
                for place, (title, words) in enumerate(self.WAYS, 1)
            ),
            id="ways",
            markup=False,
        )
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        ways = self.query_one("#ways", OptionList)
        ways.highlighted = 0
        ways.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc stops what is being built; otherwise there is nothing behind this page."""
        return action != "stop" or self._first_run.stop is not None

    def key_1(self) -> None:
        """Begin with a staff list."""
        self._begin(with_list=True)

    def key_2(self) -> None:
        """Build the demo office and open it."""
        app = self._first_run
        if app.stop is None:
            app.stop = Event()
            self.refresh_bindings()
            self._tell(0, 1)
            self.run_worker(self._build_demo(app.stop), exclusive=True)

    def key_3(self) -> None:
        """Begin with people written by hand."""
        self._begin(with_list=False)

    def action_stop(self) -> None:
        """Stop building; what was built goes away again."""
        app = self._first_run
        if app.stop is not None:
            app.stop.set()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin the way that was chosen."""
        (self.key_1, self.key_2, self.key_3)[event.option_index]()

    @property
    def _first_run(self) -> FirstRunApp:
        assert isinstance(self.app, FirstRunApp)
        return self.app

    def _begin(self, *, with_list: bool) -> None:
        if self._first_run.stop is None:
            self.query_one(StatusLine).say("", "quiet")
            self._first_run.begin(with_list=with_list)

    async def _build_demo(self, stop: Event) -> None:
        from govoffice_tui.registers.demo.build import build_demo

        app, status = self._first_run, self.query_one(StatusLine)
        folder = app.folder / DEMO_FOLDER

        def told(done: int, total: int) -> None:
            if stop.is_set():
                raise Stopped
            app.call_later(self._tell, done, total)

        try:
            await asyncio.to_thread(partial(build_demo, folder, None, app.clock, progress=told))
        except Stopped:
            status.say("已停下,什么也没有留下。", "quiet")
        except AlreadyAnOffice as error:
            self._offer(folder, error)
        except (StorageError, Refused) as error:
            status.say(str(error), "refused")
        else:
            app.open_demo(folder)
        self._first_run.stop = None
        self.refresh_bindings()

    def _offer(self, folder: Path, error: AlreadyAnOffice) -> None:
        """Offer to open a demo office that was built before."""
        if not (folder / "data" / "office.db").is_file():
            self.query_one(StatusLine).say(str(error), "refused")
            return
        self.query_one(StatusLine).say("", "quiet")
        options = [("1", literal("打开它"), True), ("2", literal("返回"), False)]
        self.app.push_screen(
            ChooseScreen("演示办公室以前建过", options),
            lambda wanted: self._first_run.open_demo(folder) if wanted else None,
        )

    def _tell(self, done: int, total: int) -> None:
        stop = self._first_run.stop
        if stop is not None and not stop.is_set():
            share = done * 100 // max(1, total)
            self.query_one(StatusLine).say(f"正在建演示办公室 {share:3}%  {'=' * (share // 4)}   Esc 停下", "waiting")
