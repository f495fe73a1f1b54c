"""The drafts of the forms on a desk, kept in a thread of their own so that no disk ever makes a key wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from govoffice_tui.registers.form_drafts import Draft, Drafts, Subject, clear_old, keep, offered, subject_of
from govoffice_tui.registers.office import WRITE_PATIENCE, Office, StorageError

T = TypeVar("T")

NOT_KEPT = "草稿存不下来(磁盘写不进去)。不影响登记,写完请及时登记。"


class DeskDrafts:
    """The drafts of one open office."""

    def __init__(self, opened: Office) -> None:
        self.office = opened.another(WRITE_PATIENCE)
        self.drafts = Drafts(opened.folder)
        self.has_complained = False
        self._thread = ThreadPoolExecutor(1, "drafts")

    def of_form(self, person: int | None, form: str, about: str = "") -> FormDrafts | None:
        """Return the drafts of a person's form about a matter; None where none are kept.

        None are kept of a form without a name, of nobody, and beside a book that is only read.
        """
        if not form or person is None or self.office.read_only:
            return None
        return FormDrafts(self, subject_of(self.office, person, form, about))

    async def clear_old(self) -> None:
        """Forget what is older than seven days; where the disk does not take it, the next start tries again."""
        try:
            await asyncio.shield(self.hand_over(partial(clear_old, self.office, self.drafts)))
        except StorageError:
            return

    def hand_over(self, act: Callable[[], T]) -> asyncio.Future[T]:
        """Begin something behind what was handed over before it; it goes to its end whoever waits for it."""
        return asyncio.get_running_loop().run_in_executor(self._thread, act)

    def close(self) -> None:
        """Wait for what was handed over."""
        self._thread.submit(self.office.close)
        self._thread.shutdown(wait=True)


class FormDrafts:
    """The drafts of one form of one person about one matter."""

    def __init__(self, desk: DeskDrafts, subject: Subject) -> None:
        self._desk = desk
        self._subject = subject

    async def offered(self) -> Sequence[Draft]:
        """Return what can be gone on with, the newest first; nothing where it cannot be read."""
        desk = self._desk
        try:
            return await asyncio.shield(desk.hand_over(partial(offered, desk.office, desk.drafts, self._subject)))
        except StorageError:
            return ()

    def keep(self, key: str, answers: Mapping[str, str], instead_of: str = "") -> asyncio.Future[bool]:
        """Keep what a form holds; the future tells whether the disk took it."""
        desk = self._desk
        act = partial(keep, desk.office, desk.drafts, self._subject, key, dict(answers), instead_of)
        return desk.hand_over(partial(_taken, act))

    def drop(self, key: str) -> asyncio.Future[bool]:
        """Forget what a form held."""
        return self._desk.hand_over(partial(_taken, partial(self._desk.drafts.drop, key)))

    def complaint(self) -> str:
        """Return what to say of a disk that does not take drafts: once, then nothing."""
        was_told, self._desk.has_complained = self._desk.has_complained, True
        return "" if was_told else NOT_KEPT


def _taken(act: Callable[[], object]) -> bool:
    try:
        act()
    except StorageError:
        return False
    return True
