"""Drafts of forms: what somebody typed and did not enter yet, offered to the same person again; no part of the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from govoffice_tui.models import Submission
from govoffice_tui.registers.office import Office
from govoffice_tui.storage.form_drafts import Draft, Drafts, Subject
from govoffice_tui.text import Verdict, guard

__all__ = ["Draft", "Drafts", "Subject", "clear_old", "keep", "offered", "subject_of"]


def subject_of(office: Office, person: int, form: str, about: str = "") -> Subject:
    """Return what the drafts of a person's form are kept under."""
    return Subject(office.uuid, person, form, about)


def keep(
    office: Office, drafts: Drafts, subject: Subject, key: str, answers: Mapping[str, str], instead_of: str = ""
) -> None:
    """Keep what an opened form holds, without the texts that bear a classification mark (保密制度第2条).

    `key` is the form's own `form_key`. A field whose text is refused loses what was kept of it before; where nothing
    is left the whole draft goes. Raises CannotWrite where the disk does not take it.
    """
    allowed = _allowed(answers)
    if allowed:
        drafts.keep(subject, Draft(key, office.clock.now(), allowed), instead_of)
        return
    drafts.drop(key)
    if instead_of:
        drafts.drop(instead_of)


def offered(office: Office, drafts: Drafts, subject: Subject) -> list[Draft]:
    """Return the drafts of a form, the newest first; one whose form did reach the book is dropped instead."""
    found = [replace(one, answers=_allowed(one.answers)) for one in drafts.find(subject, office.clock.now())]
    found = [one for one in found if one.answers]
    if not found:
        return []
    keys = [one.key for one in found]
    entered = {key for (key,) in office.rows(Submission.select(Submission.form_key).where(Submission.form_key << keys))}
    for key in entered:
        drafts.drop(key)
    return [one for one in found if one.key not in entered]


def clear_old(office: Office, drafts: Drafts) -> None:
    """Forget what was typed more than seven days ago."""
    drafts.clear(office.clock.now())


def _allowed(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in answers.items() if guard(text) is not Verdict.REFUSE}
