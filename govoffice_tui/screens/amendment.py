"""更正单: asked where a change reaches into a month under seal."""

from __future__ import annotations

from datetime import date

from govoffice_tui.registers import posts
from govoffice_tui.registers.amendments import APPROVERS, Amendment
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Sealed
from govoffice_tui.screens.desk import Desk
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field


def amendment_form(desk: Desk, refusal: Sealed, today: date) -> FormScreen[Amendment]:
    """Return the form that asks who approved a change in a month under seal, and why."""

    def leaders() -> list[Person]:
        holders = {one.staff for one in posts.holdings_on(desk.office, today) if one.post in APPROVERS}
        people = desk.people()
        return [person for person in people if person.id in holders] or people

    fields = [
        Field("approved_by", "批准人", "person", required=True, people=leaders, placeholder="分管副主任或主任"),
        Field("reason", "更正原因", required=True, placeholder="如 病假证明月后补交"),
        Field("paper_page", "更正单页号", placeholder="归档在第几页,可不写"),
    ]

    async def submit(values: dict[str, str], *, form_key: str) -> Amendment:
        return Amendment(int(values["approved_by"]), values["reason"], values["paper_page"])

    drafts = desk.drafts.of_form(desk.operator_id, "amendment", refusal.month)
    month = f"{refusal.month[:4]}年{int(refusal.month[5:])}月"
    hint = "原表保留,按更正后的数字另出下一版。"
    return FormScreen(f"{month}已封存,按更正单登记", fields, submit, hint, today=today, verb="更正", drafts=drafts)
