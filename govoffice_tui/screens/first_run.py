"""An empty folder: what to begin with, and the few questions an office cannot begin without."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from govoffice_tui.clock import Clock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office, StorageError
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.settings import Settings
from govoffice_tui.screens.attendance.dialogs import assign_keeper, keeper_form
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.setup import SetupApp
from govoffice_tui.screens.staff_import import StaffImportScreen
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field
from govoffice_tui.widgets.key_line import KeyLine
from govoffice_tui.widgets.lines import StatusLine

QUESTION = "这个文件夹里还没有登记库。从哪里开始?按 1、2、3,或用上下键和回车。"
BANNER = "本机为非涉密计算机,严禁录入、存储涉密信息。"


def found_office_here(folder: Path, clock: Clock) -> bool:
    """Ask what to begin with and begin it; return whether there is an office now."""
    return FirstRunApp(folder, clock).succeeds()


class FirstRunApp(SetupApp):
    """The questions of the first run."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__(folder, clock)
        self.desk: Desk | None = None

    def first_screen(self) -> Screen[None]:
        """Return the page that asks what to begin with."""
        return WelcomeScreen()

    def begin(self, office: Office, *, with_list: bool) -> None:
        """Go on with an office just founded: its list and its keeper, or straight to work."""
        self.desk = Desk(office)
        if with_list:
            self.push_screen(StaffImportScreen(self.desk), self._imported)
        else:
            self.exit(True)

    def leave(self) -> None:
        """Leave; what was founded stays."""
        self.exit(self.desk is not None)

    def on_unmount(self) -> None:
        if self.desk is not None:
            self.desk.close()

    def _imported(self, has_people: bool | None) -> None:
        desk = self.desk
        if not has_people or desk is None:
            self.exit(True)
            return
        title, fields = keeper_form(desk.people)
        today = desk.office.now().date()

        async def submit(values: dict[str, str], *, form_key: str) -> int:
            return await assign_keeper(desk, values, form_key=form_key)

        hint = "谁收存签到簿?现在可以不选,以后在菜单“指定签到管理人”里设。"
        self.push_screen(FormScreen(title, fields, submit, hint, today=today, verb="指定"), lambda _: self.exit(True))


class WelcomeScreen(Screen[None]):
    """Three ways to begin."""

    WAYS: ClassVar = (
        ("导入花名册", "从 Excel、WPS 表格导入人员,马上可以签到"),
        ("看演示办公室", "五十六个虚构的人,十四个月的签到,建在 demo 文件夹里"),
        ("先建空办公室", "以后再导入花名册"),
    )

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

    def key_1(self) -> None:
        """Begin with a staff list."""
        self._begin(with_list=True)

    def key_2(self) -> None:
        """Build the demo office."""
        self._demo()

    def key_3(self) -> None:
        """Begin empty."""
        self._begin(with_list=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Begin the way that was chosen."""
        (self.key_1, self.key_2, self.key_3)[event.option_index]()

    def _begin(self, *, with_list: bool) -> None:
        app = self.app
        assert isinstance(app, FirstRunApp)
        rules = Settings()
        fields = [
            Field("office_name", "单位名称", required=True, placeholder="如 ××县人民政府办公室,印在每张表上"),
            Field("summer_from", "暑期从(月-日)", required=True, value=rules.summer_from, article="考勤制度第2条"),
            Field("summer_to", "暑期到(月-日)", required=True, value=rules.summer_to),
        ]

        async def submit(values: dict[str, str], *, form_key: str) -> Office:
            return found_office(app.folder, app.clock, values)

        def founded(office: Office | None) -> None:
            if office is not None:
                app.begin(office, with_list=with_list)

        today = app.today
        self.app.push_screen(FormScreen("建立登记库", fields, submit, BANNER, today=today, verb="建立"), founded)

    def _demo(self) -> None:
        self.query_one(StatusLine).say("正在建演示办公室,约十几秒…", "waiting")
        self.run_worker(self._build_demo, thread=True, exclusive=True)

    def _build_demo(self) -> None:
        from govoffice_tui.registers.demo.build import build_demo

        app = self.app
        assert isinstance(app, FirstRunApp)
        folder = app.folder / "demo"
        try:
            build_demo(folder, None, app.clock)
        except (StorageError, Refused) as error:
            app.call_from_thread(self.query_one(StatusLine).say, str(error), "refused")
            return
        words = f"演示办公室建在 {folder},请退出后运行 govoffice --office demo"
        app.call_from_thread(self.query_one(StatusLine).say, words, "done")
