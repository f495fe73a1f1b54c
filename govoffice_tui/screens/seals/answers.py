"""What the forms of the seal register ask, and how the answers become a document, a consent and a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from govoffice_tui.registers import settings
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals.requests import Consent, Request, Title
from govoffice_tui.registers.seals.signatories import in_charge, read_signatory
from govoffice_tui.registers.seals.views import ItemRow, SealCard
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import CHECK_TITLES, CLASSIFIED_TITLE, Checks, DocumentKind, Organ, read_classified
from govoffice_tui.text import fold
from govoffice_tui.widgets.form_rows import Field

Answers = dict[str, str]

BLANK_KIND = "blank"
KINDS = tuple((kind.value, kind.label) for kind in DocumentKind)
KINDS_AND_BLANK = (*KINDS, (BLANK_KIND, "空白纸张、凭证"))
"""Where a stamp is registered blank paper can be named, so that its refusal goes on record; it is never stamped."""

PAPER, PHONE = "paper", "phone"
MODES = ((PAPER, "书面"), (PHONE, "电话"))
SIGNED, UNSIGNED = "signed", "unsigned"
CHECKS = tuple(zip(("complete", "blank", "approved", "dated"), CHECK_TITLES, strict=True))
OURS = ("本单位", "本办", "我办")
_BATCH = re.compile("[;\uff1b]")
_BETWEEN_ORGANS = re.compile("[、,;\uff0c\uff1b]")


@dataclass(frozen=True)
class Kept:
    """What the form keeps from the last stamp."""

    seal: str = ""
    approver: str = ""
    unit: str = ""
    kind: str = DocumentKind.DOCUMENT.value


def title_fields(kept: Kept, numbers: Sequence[str] = (), kinds: Sequence[tuple[str, str]] = KINDS) -> list[Field]:
    """Return the fields of one document: title, number, kind, copies and impressions."""
    return [
        Field("title", "文件标题", required=True, placeholder="标题或事由;涉密的写“涉密件”", width=60),
        Field("document_number", "文号", history=tuple(numbers), placeholder="没有就空着", width=40),
        Field("kind", "类别", "choice", True, choices=tuple(kinds), value=kept.kind),
        Field("copies", "份数", "number", True, width=12),
        Field("approved", "批准份数", "number", placeholder="不写就是份数", width=24),
        Field("per_copy", "每份枚数", "number", True, value="1", width=12),
        Field("impressions", "共盖枚数", "number", placeholder="不写就是份数×每份", width=24),
        Field("impressions_reason", "枚数说明", placeholder="枚数不是份数×每份时写原因"),
        Field("organs", "联合机关", placeholder="联合行文才写:主办在前,用、隔开;本单位写“本单位”", width=60),
        Field("paper_book", "机要第几册", width=12, placeholder="涉密件才写"),
        Field("paper_page", "第几页", width=12),
    ]


def consent_fields(kept: Kept, approvers: Sequence[str], deputy: str, today: date) -> list[Field]:
    """Return the fields of an approval: by whom, when, how, and the deputy's signature."""
    signed = f"已签({deputy})" if deputy else "已签"
    return [
        Field(
            "approver",
            "批准人",
            value=kept.approver,
            history=tuple(approvers),
            placeholder="办公室领导写姓名;县领导写 副县长 马骏",
            width=40,
        ),
        Field("approved_day", "批准日期", "date", value=today.isoformat()),
        Field("mode", "批准方式", "choice", True, choices=MODES, value=PAPER),
        Field("phone_at", "几点通话", "time", placeholder="如 1640", width=12),
        Field("phone_number", "电话号码", width=24),
        Field("deputy", "分管签字", "choice", choices=((SIGNED, signed), (UNSIGNED, "没有签"))),
    ]


def read_title(answers: Answers, office: Office) -> Title:
    """Return the document a form describes."""
    kind = answers["kind"]
    is_classified = read_classified(answers["title"]) is not None
    return Title(
        answers["title"],
        DocumentKind(kind),
        _number(answers, "copies", 1),
        _number(answers, "per_copy", 1),
        answers.get("document_number", ""),
        int(answers["approved"]) if answers.get("approved") else None,
        int(answers["impressions"]) if answers.get("impressions") else None,
        answers.get("impressions_reason", ""),
        is_classified,
        answers.get("paper_book", ""),
        answers.get("paper_page", ""),
        read_organs(answers.get("organs", ""), office),
    )


def read_batch(text: str, first: Title) -> list[Title]:
    """Return further documents of the same approval: one a line, 标题;文号;份数, of the kind of the first.

    A document without a number may be written 标题;份数; how many copies there are is never guessed.
    """
    found = []
    for place, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        title, *rest = (one.strip() for one in _BATCH.split(line))
        number, said = (rest[0], rest[1]) if len(rest) == 2 else ("", rest[0] if len(rest) == 1 else "")
        count = fold(said).removesuffix("份")
        if not (count.isascii() and count.isdecimal() and len(count) < 6):
            raise Refused(
                f"第{place}行读不懂或没有份数,请写成 标题;文号;份数,如 会议纪要;政办纪〔2026〕3号;5。"
                "没有文号的写 会议纪要;5。",
                field="batch",
            )
        found.append(Title(title, first.kind, int(count), first.per_copy, number))
    return found


def batch_text(items: Sequence[ItemRow]) -> str:
    """Return titles as `read_batch` reads them."""
    return "\n".join(f"{_batch_title(one)};{one.document_number};{one.copies}" for one in items)


def _batch_title(item: ItemRow) -> str:
    if not item.is_classified:
        return item.title
    return f"{CLASSIFIED_TITLE},见机要第{item.paper_book}册第{item.paper_page}页"


def read_organs(text: str, office: Office) -> tuple[Organ, ...]:
    """Return the organs of a joint document in their order; ours by its name or as 本单位."""
    names = [one.strip() for one in _BETWEEN_ORGANS.split(text) if one.strip()]
    ours = settings.on(office, office.now().date()).office_name
    return tuple(
        Organ(ours, True) if fold(name) in {fold(ours), *(fold(one) for one in OURS)} else Organ(name) for name in names
    )


def read_consent(answers: Answers, office: Office, today: date) -> Consent:
    """Return whose consent a form records; the deputy is whoever is 分管副主任 that day."""
    approved = date.fromisoformat(answers["approved_day"]) if answers.get("approved_day") else None
    day = approved or today
    typed = answers.get("approver", "")
    is_phone = answers.get("mode") == PHONE
    at = answers.get("phone_at", "")
    return Consent(
        read_signatory(office, typed, min(day, today)) if typed else None,
        approved,
        in_charge(office, today) if answers.get("deputy") == SIGNED else None,
        None,
        is_phone,
        datetime.combine(day, time.fromisoformat(at)) if is_phone and at else None,
        answers.get("phone_number", "") if is_phone else "",
    )


def read_request(answers: Answers, seal: int) -> Request:
    """Return what a unit asks for."""
    return Request(
        seal,
        answers["unit"],
        answers.get("agent", ""),
        answers.get("unit_head", ""),
        answers.get("attachments", ""),
        answers.get("filed_page", ""),
        answers.get("remark", ""),
    )


def read_checks(text: str) -> Checks:
    """Return the checks that were made."""
    ticked = text.split(",")
    return Checks(*(word in ticked for word, _ in CHECKS))


def seal_field(cards: Sequence[SealCard], value: str) -> Field:
    """Return the field that asks which seal; one that is outside the office says so."""
    chosen = value if value in {str(card.id) for card in cards} else str(cards[0].id) if len(cards) == 1 else ""
    choices = tuple((str(card.id), card.whereabouts_name) for card in cards)
    return Field("seal", "印章", "choice", True, choices=choices, value=chosen)


def _number(answers: Answers, name: str, otherwise: int) -> int:
    return int(answers[name]) if answers.get(name) else otherwise
