"""The form of a stamp: in the rule's order, with what is still missing named in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.widgets import Static

from govoffice_tui.registers.office import StorageError
from govoffice_tui.registers.seals import keeping_pages, pages
from govoffice_tui.registers.seals.lines import Used
from govoffice_tui.registers.seals.refusals import refuse_stamp
from govoffice_tui.registers.seals.signatories import county_leaders, in_charge, leaders, read_signatory
from govoffice_tui.registers.seals.using import Signing, use_seal
from govoffice_tui.registers.seals.views import SealCard
from govoffice_tui.rules.blank_paper import BLANK
from govoffice_tui.rules.refusal import Refused, Sealed
from govoffice_tui.rules.seals import (
    AUTHORITY,
    LINES_A_PAGE,
    DocumentKind,
    Signatory,
    gaps_of,
    may_approve,
    read_classified,
)
from govoffice_tui.screens.base import RegisterScreen
from govoffice_tui.screens.desk import Desk
from govoffice_tui.screens.seals.answers import (
    BLANK_KIND,
    CHECKS,
    KINDS_AND_BLANK,
    PHONE,
    SIGNED,
    UNSIGNED,
    Answers,
    Kept,
    consent_fields,
    read_batch,
    read_checks,
    read_consent,
    read_request,
    read_title,
    seal_field,
    title_fields,
)
from govoffice_tui.widgets.date_field import Unreadable
from govoffice_tui.widgets.form import FormScreen
from govoffice_tui.widgets.form_rows import Field, FieldRow
from govoffice_tui.widgets.literal import plain

HINT = "按①印章②批准③分管签字④文件⑤枚数⑥核对⑦承办人签字的次序;核对按一次空格,四项全打上。"

PASSED_BY = frozenset(
    {
        "approved_day",
        "mode",
        "approved",
        "per_copy",
        "impressions",
        "impressions_reason",
        "organs",
        "batch",
        "unit_head",
        "filed_page",
        "remark",
    }
)
"""Rows Enter goes past: their usual value stands; the arrows lead there."""

KEPT_ROWS = frozenset({"seal", "approver", "unit", "page"})
"""Rows Enter goes past once something stands in them."""


BEFORE_THE_DOCUMENT = ("批准人", "分管副主任签字")
"""What the rule asks for before the document itself."""


def use_fields(desk: Desk, cards: Sequence[SealCard]) -> list[Field]:
    """Return the fields of a stamp, with the last seal, approver and unit kept."""
    office, now = desk.office, desk.office.now()
    last = pages.last_use(office, desk.operator_id)
    kept = Kept()
    if last is not None:
        approver = last.approver.words if last.approver is not None else ""
        kept = Kept(str(last.seal), approver, last.unit, last.kind.value)
    listed = [*leaders(office, now.date()), *county_leaders(office)]
    deputy = in_charge(office, now.date())
    page, left = keeping_pages.sign_page(office, now.year)
    return [
        seal_field(cards, kept.seal),
        *consent_fields(kept, [one.words for one in listed], deputy.name if deputy is not None else "", now.date()),
        Field("unit", "用印单位", required=True, value=kept.unit, history=pages.texts_used(office, "unit"), width=40),
        *title_fields(kept, pages.texts_used(office, "document_number", 10), KINDS_AND_BLANK),
        Field("batch", "同批其他", "multiline", placeholder="一行一件:标题;文号;份数"),
        Field("checks", "核对", "checks", choices=CHECKS),
        Field("agent", "承办人", history=pages.texts_used(office, "agent"), width=24),
        Field("signed", "签字", "choice", choices=((SIGNED, "已在签字页签字"), (UNSIGNED, "待签字,先不盖章"))),
        Field(
            "page",
            "签字页第几页",
            "number",
            value=str(page) if left < LINES_A_PAGE else "",
            placeholder=f"新的一页,写 {page}",
            width=12,
        ),
        Field("filed_page", "审批单存放", placeholder="册、页,可不写", width=24),
        Field("remark", "备注", placeholder="可不写"),
    ]


class UseForm(FormScreen[Used]):
    """A stamp being registered: rows come and go with what is said, and the head names what is missing."""

    def __init__(
        self,
        desk: Desk,
        cards: Sequence[SealCard],
        *,
        failed: Callable[[StorageError], None],
        amend: Callable[[Sealed, Callable[[], object]], object],
        carry: int | None = None,
    ) -> None:
        super().__init__(
            "登记用印",
            use_fields(desk, cards),
            self._enter,
            HINT,
            today=desk.office.now().date(),
            verb="用印",
            failed=failed,
            amend=amend,
            drafts=desk.drafts.of_form(desk.operator_id, "seal.use", "" if carry is None else f"{carry}"),
        )
        self._desk = desk
        self._cards = {str(card.id): card for card in cards}
        self._carry = carry
        self._by_name: dict[str, FieldRow] = {}
        self._read: tuple[str, Signatory | None] = ("", None)

    def on_mount(self) -> None:
        self._by_name = {row.field.name: row for row in super().rows}
        self._follow()
        self._first_open().begin()

    def draft_taken(self, names: set[str]) -> None:
        """Show the rows a draft asks for."""
        self._follow()

    @property
    def rows(self) -> list[FieldRow]:
        """Return the rows that are asked now."""
        return [row for row in super().rows if row.display]

    @on(FieldRow.Edited)
    def follow_edit(self, event: FieldRow.Edited) -> None:
        """Tell anew what is missing."""
        self._follow()

    @on(FieldRow.Done)
    def _go_on(self, event: FieldRow.Done) -> None:
        """Go to the next row that wants an answer; behind the last one the form is sent."""
        event.stop()
        event.prevent_default()
        rows = self.rows
        following = rows[rows.index(event.row) + 1 :] if event.row in rows else rows
        for row in following:
            name = row.field.name
            if name not in PASSED_BY and not (name in KEPT_ROWS and self._value(name)):
                row.begin()
                return
        self.action_send()

    async def _enter(self, values: Answers, *, form_key: str) -> Used:
        office = self._desk.office
        if values["kind"] == BLANK_KIND:
            await self._desk.carry_out(refuse_stamp, values["unit"], values["title"], form_key=form_key)
            raise Refused("空白凭证和空白纸张一律不盖章,已记入拒绝用印清单。", BLANK, field="kind")
        title = read_title(values, office)
        titles = [title, *read_batch(values.get("batch", ""), title)]
        page = int(values["page"]) if values.get("page") else None
        if values.get("signed") == UNSIGNED:
            page = None
        elif values.get("signed") != SIGNED:
            raise Refused(
                "还缺承办人签字:由用印单位承办人签字,方可用印;还没有签的请选待签字。", AUTHORITY, field="signed"
            )
        elif page is None:
            raise Refused("请写承办人签在第几页。", AUTHORITY, field="page")
        return await self._desk.carry_out(
            use_seal,
            read_request(values, int(values["seal"])),
            read_consent(values, office, self.today),
            titles,
            read_checks(values.get("checks", "")),
            Signing(values.get("agent", ""), page),
            carry=self._carry,
            form_key=form_key,
        )

    def _first_open(self) -> FieldRow:
        """Return the row where work begins: the first that nothing stands in."""
        for row in self.rows:
            name = row.field.name
            if name not in PASSED_BY and not (name in KEPT_ROWS and self._value(name)):
                return row
        return self.rows[0]

    def _value(self, name: str) -> str:
        row = self._by_name.get(name)
        if row is None:
            return ""
        try:
            return row.read()
        except Unreadable:
            return ""

    def _follow(self) -> None:
        is_phone, kind = self._value("mode") == PHONE, self._value("kind")
        is_classified = read_classified(self._value("title")) is not None
        is_signed = self._value("signed") != UNSIGNED
        needs_deputy = (
            kind in {one.value for one in DocumentKind if one.needs_deputy} and not self._approver_in_charge()
        )
        shown = {
            "phone_at": is_phone,
            "phone_number": is_phone,
            "deputy": needs_deputy,
            "paper_book": is_classified,
            "paper_page": is_classified,
            "document_number": not is_classified,
            "impressions_reason": bool(self._value("impressions")),
            "page": is_signed,
        }
        for name, is_shown in shown.items():
            if self._by_name[name].display != is_shown:
                self._by_name[name].display = is_shown
        left = self._missing(needs_deputy)
        words = f"还缺:{'、'.join(left)}" if left else "手续齐全,按 F2 用印"
        if kind == BLANK_KIND:
            words = "空白凭证和空白纸张一律不盖章;送出后记入拒绝用印清单(印章管理制度第5条)"
        self.query_one(".hint", Static).update(plain(words))

    def _missing(self, needs_deputy: bool) -> list[str]:
        """Return what the stamp still lacks, in the order of the rule."""
        gaps = gaps_of(
            approver="" if self._approver_fault() else self._value("approver"),
            needs_deputy=needs_deputy,
            deputy="√" if self._value("deputy") == SIGNED else "",
            checks=read_checks(self._value("checks")),
            agent=self._value("agent"),
            is_signed=self._value("signed") == SIGNED,
        )
        wanted = (("unit", "用印单位"), ("title", "文件标题"), ("copies", "份数"))
        return [
            *([] if self._value("seal") else ["印章"]),
            *(one for one in gaps if one in BEFORE_THE_DOCUMENT),
            *(words for name, words in wanted if not self._value(name)),
            *(one for one in gaps if one not in BEFORE_THE_DOCUMENT),
        ]

    def _approver_fault(self) -> bool:
        """Return whether whoever is written as approver may not approve this seal."""
        card, signer = self._cards.get(self._value("seal")), self._signer()
        return signer is None or (card is not None and not may_approve(card.kind, signer.post))

    def _approver_in_charge(self) -> bool:
        signer = self._signer()
        return signer is not None and signer.is_in_charge

    def _signer(self) -> Signatory | None:
        """Return who is written as approver, read again only when something else is written."""
        typed = self._value("approver")
        if self._read[0] != typed:
            try:
                self._read = (typed, read_signatory(self._desk.office, typed, self.today) if typed else None)
            except Refused:
                self._read = (typed, None)
            except StorageError:
                return None
        return self._read[1]


def open_use_form(
    screen: RegisterScreen, then: Callable[[Used], None] | None = None, *, carry: int | None = None
) -> None:
    """Open the form of a stamp over a page; `carry` is the 外带 it belongs to."""

    def begin() -> None:
        cards = keeping_pages.seals(screen.desk.office, with_retired=False)
        if carry is not None:
            cards = [card for card in cards if card.carry == carry]
        if not cards and carry is not None:
            screen.note("这枚印章已经归还,不能再登记现场用印。")
            return
        if not cards:
            screen.note("还没有印章。请先按 F8 到保管人页,登记印章和保管人。")
            return
        form = UseForm(screen.desk, cards, failed=screen.show_failure, amend=screen.ask_amendment, carry=carry)
        screen.app.push_screen(form, finished)

    def finished(done: Used | None) -> None:
        screen.reload()
        screen.look_for_due()
        if done is not None:
            screen.say(f"已登记 {done.words}")
            if then is not None:
                then(done)

    screen.with_operator(lambda: screen.try_reading(begin))
