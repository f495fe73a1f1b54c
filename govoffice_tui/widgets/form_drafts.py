"""What a form does so that nothing typed is lost: it is kept while typed, and offered when the form opens again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Generic, Protocol, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.timer import Timer

from govoffice_tui.clock import chinese_short_day, local
from govoffice_tui.registers.form_drafts import Draft
from govoffice_tui.widgets.form_rows import FieldRow
from govoffice_tui.widgets.lines import StatusLine

T = TypeVar("T")

SAVE_AFTER = 1.0
"""Seconds from a change to its being handed over: with the time the disk takes, under two."""

RETRY_AFTER = 5.0
"""Seconds until a draft the disk did not take is handed over again."""

ALWAYS_KEPT = frozenset({"date", "time", "due"})
"""Kinds kept also as they stood at the start: what is offered tomorrow is still about today."""


class FormDrafts(Protocol):
    """Where a form keeps what it holds."""

    async def offered(self) -> Sequence[Draft]:
        """Return what can be gone on with, the newest first."""

    def keep(self, key: str, answers: Mapping[str, str], instead_of: str = "") -> Awaitable[bool]:
        """Begin to keep what a form holds; tell in the end whether the disk took it."""

    def drop(self, key: str) -> Awaitable[bool]:
        """Begin to forget what a form held."""

    def complaint(self) -> str:
        """Return what to say of a disk that does not take drafts."""


class DraftedScreen(ModalScreen[T | None], Generic[T]):
    """A form that keeps what is typed into it; the form that inherits gives its rows and its key.

    Only what differs from the form as it opened is kept, never a secret.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "take_draft", "接着写", tooltip="接着上次没有登记完的写", id="form.take_draft"),
        Binding("f4", "drop_draft", "不要上次的", tooltip="丢弃上次没有登记完的", id="form.drop_draft"),
    ]

    verb: str
    today: date
    form_key: str

    def __init__(self, drafts: FormDrafts | None) -> None:
        super().__init__()
        self.is_edited = False
        self._drafts = drafts
        self._offers: tuple[Draft, ...] = ()
        self._dropped: tuple[Draft, ...] = ()
        self._blank: dict[str, str] = {}
        self._always: frozenset[str] = frozenset()
        self._typed: dict[str, str] = {}
        self._is_over = False
        self._is_unsaved = False
        self._is_saving = False
        self._timer: Timer | None = None

    @property
    def rows(self) -> list[FieldRow]:
        """Return the rows in their order."""
        return list(self.query(FieldRow))

    @property
    def foot(self) -> StatusLine:
        """Return the line above the keys."""
        return self.query_one("#form-status", StatusLine)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A draft is gone on with or dropped while one is offered; one just dropped can be had back."""
        if action == "take_draft":
            return bool(self._offers or self._dropped)
        return action != "drop_draft" or bool(self._offers)

    def on_mount(self) -> None:
        """Remember the form as it opens, and look for what was left of it before."""
        if self._drafts is not None:
            self._blank = self._standing()
            self._always = frozenset(row.field.name for row in self._kept_rows() if row.field.kind in ALWAYS_KEPT)
            self._typed = dict(self._blank)
            self._look_for_drafts(self._drafts)

    def on_unmount(self) -> None:
        """Keep what stands in a form that the end of the program takes away."""
        if self._drafts is not None and self._is_unsaved and not self._is_over:
            self._hand_over(self._drafts)

    def leave_draft(self) -> None:
        """Keep what stands in a form that is left."""
        self._note_all()
        if self._drafts is not None and self._is_unsaved:
            self._hand_over(self._drafts)
        self._is_over = True

    def forget_draft(self) -> None:
        """Forget the draft of a form that the book has accepted."""
        self._is_over = True
        if self._drafts is not None:
            self._drafts.drop(self.form_key)

    def draft_taken(self, names: set[str]) -> None:
        """Meet the fields that a draft has filled: whoever wrote it had decided them."""

    def begin_editing(self) -> None:
        """Meet the first key: from now on this is a form of its own, and what was offered stays for the next time."""
        self.is_edited = True
        if self._offers or self._dropped:
            self._offers = self._dropped = ()
            self.foot.say("", "quiet")
        self.refresh_bindings()

    def action_take_draft(self) -> None:
        """Go on with what was typed the last time."""
        draft, *_ = self._offers or self._dropped
        self._offers = self._dropped = ()
        filled = [row for row in self._kept_rows() if row.field.name in draft.answers]
        for row in filled:
            row.restore(draft.answers[row.field.name])
        self.draft_taken({row.field.name for row in filled})
        self.is_edited = True
        self.refresh_bindings()
        self.foot.say("已接着上次的写", "quiet")
        self._note_all()
        if self._drafts is not None:
            self._hand_over(self._drafts, instead_of=draft.key)
        if filled:
            filled[-1].begin()

    def action_drop_draft(self) -> None:
        """Forget what was typed the last time, and offer what was typed before it."""
        if self._drafts is not None:
            self._drafts.drop(self._offers[0].key)
        self._dropped, self._offers = self._offers[:1], self._offers[1:]
        self.refresh_bindings()
        if self._offers:
            self._offer()
        else:
            self.foot.say("上次的已丢弃,现在按 F5 还拿得回来。", "quiet")

    @work(group="drafts")
    async def _look_for_drafts(self, drafts: FormDrafts) -> None:
        """Offer what was typed before, unless typing has begun or the form has been left meanwhile."""
        offers = tuple(await drafts.offered())
        if offers and not self.is_edited and not self._is_over and self.is_attached:
            self._offers = offers
            self._offer()
            self.refresh_bindings()

    def _offer(self) -> None:
        at = local(self._offers[0].saved_at)
        day = "" if at.date() == self.today else f"{chinese_short_day(at.date())} "
        more = f",另有{len(self._offers) - 1}份" if len(self._offers) > 1 else ""
        self.foot.say(f"上次没有{self.verb}完({day}{at:%-H:%M}{more}),按 F5 接着写,F4 不要了。", "quiet")

    @on(FieldRow.Edited)
    def _note_typed(self, event: FieldRow.Edited) -> None:
        """Note what stands in a row now; it is on the disk two seconds later."""
        row = event.row
        if not self._typed or self._is_over or row.field.is_secret:
            return
        typed = row.typed()
        if typed != self._typed.get(row.field.name):
            self._typed[row.field.name] = typed
            self._is_unsaved = True
            self._save_after(SAVE_AFTER)

    def _note_all(self) -> None:
        """Note what stands in every row, also where nothing told of a change."""
        standing = self._standing() if self._typed else {}
        if standing != self._typed:
            self._typed = standing
            self._is_unsaved = True

    def _save_after(self, seconds: float) -> None:
        if self._timer is None and not self._is_saving:
            self._timer = self.set_timer(seconds, self._save)

    @work(group="drafts")
    async def _save(self) -> None:
        """Keep what stands in the form; where the disk does not take it, say so once and try again."""
        self._timer = None
        if self._is_over or self._drafts is None:
            return
        self._note_all()
        self._is_saving = True
        try:
            is_taken = await asyncio.shield(self._hand_over(self._drafts))
        finally:
            self._is_saving = False
        if not is_taken:
            self._is_unsaved = True
        if self._is_over or not self.is_attached:  # the form was left while the disk was at it
            return
        if not is_taken and not self.foot.shown and (words := self._drafts.complaint()):
            self.foot.say(words, "quiet")
        if self._is_unsaved:
            self._save_after(SAVE_AFTER if is_taken else RETRY_AFTER)

    def _hand_over(self, drafts: FormDrafts, instead_of: str = "") -> Awaitable[bool]:
        """Hand over what differs from the form as it opened; where nothing does, there is nothing to keep."""
        self._is_unsaved = False
        changed = {name for name, text in self._typed.items() if text != self._blank.get(name, "")}
        if not changed:
            return drafts.drop(self.form_key)
        kept = {name: text for name, text in self._typed.items() if name in changed | self._always}
        return drafts.keep(self.form_key, kept, instead_of)

    def _standing(self) -> dict[str, str]:
        return {row.field.name: row.typed() for row in self._kept_rows()}

    def _kept_rows(self) -> list[FieldRow]:
        return [row for row in self.query(FieldRow) if not row.field.is_secret]
