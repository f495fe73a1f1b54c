"""The forms of a 旷工认定单: opened, the person heard, proposed, decided as it was signed, voided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from govoffice_tui.registers.absence.papers import AbsencePaper
from govoffice_tui.rules.absence import Decision
from govoffice_tui.rules.attendance import ABSENCE
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.people import Person
from govoffice_tui.widgets.form_rows import Field

WHOLE_DAY = "2"
DECISIONS = tuple((one.value, one.label) for one in Decision)
NOT_A_SIGNATURE = "登记不等于签字:先请各人在认定单上签字(F7 打印),再照纸上的登记。"


def opening_fields(halves: Collection[Half], chosen: Half, facts: str) -> list[Field]:
    """Return the fields that open a paper; the whole day is offered where both its half-days are 待核."""
    choices = [(str(int(half)), half.label) for half in sorted(halves)]
    if len(choices) > 1:
        choices.append((WHOLE_DAY, "全天"))
    return [
        Field("halves", "哪一场", "choice", True, article=ABSENCE, value=str(int(chosen)), choices=tuple(choices)),
        Field("facts", "事实", "multiline", value=facts),
        Field("asked", "问过谁", placeholder="如 股长电话问过本人,没人接"),
    ]


def read_halves(text: str) -> tuple[Half, ...]:
    """Return the half-days a form means."""
    return tuple(Half) if text == WHOLE_DAY else (Half(int(text)),)


def words_fields(paper: AbsencePaper) -> list[Field]:
    """Return the field for what the person says."""
    return [Field("own_words", "本人陈述", "multiline", True, article=ABSENCE, value=paper.own_words)]


def proposal_fields(people: Callable[[], Sequence[Person]], today: date) -> list[Field]:
    """Return the fields of what the section head proposes."""
    return [
        Field("proposed_by", "提请人", "person", True, article=ABSENCE, people=people, placeholder="本股股长"),
        Field("proposed_day", "提请日期", "date", True, value=today.isoformat()),
        Field("proposal", "提请意见", required=True, value="无故未到岗,提请认定旷工"),
    ]


def decision_fields(
    people: Callable[[], Sequence[Person]], signer: int | None, today: date, *, by_county: bool
) -> list[Field]:
    """Return the fields of what was signed; a county leader signs by name."""
    signed_by = Field(
        "signed_by", "签字人", "person", True, value=str(signer or ""), people=people, placeholder="分管副主任或主任"
    )
    signed_name = Field("signed_name", "签字的县领导", required=True, width=24, placeholder="主任的情况由县领导决定")
    return [
        Field("decision", "决定", "choice", True, article=ABSENCE, choices=DECISIONS),
        signed_name if by_county else signed_by,
        Field("signed_day", "签字日期", "date", True, value=today.isoformat()),
        Field("paper_page", "存放页码", required=True, article=ABSENCE, width=30, placeholder="如 认定单夹第3页"),
        Field("ground", "理由", placeholder="不予认定必须写"),
    ]


def voiding_fields() -> list[Field]:
    """Return the field that voids a paper."""
    return [Field("why", "作废原因", required=True, placeholder="如 补交了假条")]


def arrival_fields() -> list[Field]:
    """Return the fields that note somebody came late after all."""
    return [
        Field("arrived_at", "到岗时间", "time", True, article=ABSENCE, width=24, placeholder="如 831"),
        Field("remark", "说明", placeholder="可不写"),
    ]
