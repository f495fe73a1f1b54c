"""Finding a line of 用印登记簿: what is typed, and what comes back year by year."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.founding import found_office
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.seals import duties
from govoffice_tui.registers.seals.corrections import void_use
from govoffice_tui.registers.seals.finding import find, find_in_year, years
from govoffice_tui.registers.seals.requests import Consent
from govoffice_tui.registers.staff import import_staff
from govoffice_tui.rules.seal_search import SealQuery, read_query
from tests.factories import staff_lines
from tests.seal_factories import KEEPER, SECOND, VICE, notice, stamp, two_seals


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("教育局 证明", SealQuery(("教育局", "证明"))),
        ("印〔2026〕137号", SealQuery(number=(2026, 137))),
        ("印[2026]137", SealQuery(number=(2026, 137))),
        ("印2026-137", SealQuery(number=(2026, 137))),
        ("政办发〔2026〕88号", SealQuery(("政办发〔2026〕88号",))),
        ("马骏、2019年", SealQuery(("马骏",), date(2019, 1, 1), date(2019, 12, 31))),
        ("2021-2019年", SealQuery((), date(2019, 1, 1), date(2021, 12, 31))),
        ("2019年到2021年", SealQuery((), date(2019, 1, 1), date(2021, 12, 31))),
        ("2024-2", SealQuery((), date(2024, 2, 1), date(2024, 2, 29))),
        ("2026年3月5日", SealQuery((), date(2026, 3, 5), date(2026, 3, 5))),
        ("2026年13月", SealQuery(("2026年13月",))),
        ("2026-02-30", SealQuery(("2026-02-30",))),
        ("  ", SealQuery()),
    ],
)
def test_what_is_typed_is_read_as_words_number_and_period(typed: str, query: SealQuery) -> None:
    assert read_query(typed) == query


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Lines of three years: a notice each spring and autumn, a certificate of the county's, one voided."""
    monkeypatch.setattr("govoffice_tui.storage.sqlite.FAR_AHEAD", 400 * 86400)
    clock = SetClock(datetime(2024, 3, 4, 9, 0))
    founded = found_office(tmp_path, clock, {"office_name": "测试县人民政府办公室"})
    import_staff(founded, staff_lines(12, date(2024, 1, 8)), by=None)
    ours, county = two_seals(founded)
    for year in (2024, 2025, 2026):
        for month in (3, 10):
            clock.set(datetime(year, month, 9, 9, 0))
            stamp(founded, ours, notice(title=f"{year}年{month}月防火通知"), page=1, unit="林业局")
    stamp(founded, county, notice(title="土地证明 100%_属实"), consent=Consent(VICE, deputy=SECOND), unit="自然资源局")
    gone = stamp(founded, ours, notice(title="登错的通知"), unit="林业局")
    void_use(founded, gone.uses[0], "点错", by=KEEPER)
    return founded


def _found(office: Office, typed: str) -> list[str]:
    return [one.number for part in find(office, read_query(typed)) for one in part.lines]


def test_newest_come_first_and_every_word_counts(office: Office) -> None:
    assert _found(office, "防火") == [f"印〔{year}〕{n}号" for year in (2026, 2025, 2024) for n in (2, 1)]
    assert _found(office, "林业局 10月") == ["印〔2026〕2号", "印〔2025〕2号", "印〔2024〕2号"]
    assert _found(office, "林业局 土地") == []
    assert _found(office, "") == []


@pytest.mark.parametrize("typed", ["马骏", "自然资源局", "土地证明", "印〔2026〕3号", "政办发〔2026〕88号 土地"])
def test_number_unit_title_approver_find_the_line(office: Office, typed: str) -> None:
    assert _found(office, typed) == ["印〔2026〕3号"]


def test_a_seal_is_found_by_what_is_cut_into_it(office: Office) -> None:
    assert len(_found(office, "测试县人民政府办公室")) == 7
    assert len(_found(office, "测试县人民政府")) == 8


def test_a_period_bounds_the_years_looked_through(office: Office) -> None:
    assert years(office, read_query("2024年")) == [2025, 2024]  # what was entered late stands in the year after
    assert _found(office, "2024年 防火") == ["印〔2024〕2号", "印〔2024〕1号"]
    assert _found(office, "2025年3月") == ["印〔2025〕1号"]
    assert _found(office, "1999年") == []


def test_signs_of_the_search_are_letters(office: Office) -> None:
    assert _found(office, "100%_") == ["印〔2026〕3号"]
    assert _found(office, "%") == ["印〔2026〕3号"]
    assert _found(office, "防_火") == []
    assert _found(office, "'; DROP") == []


def test_the_bar_between_two_texts_of_a_line_is_no_letter(office: Office) -> None:
    ours = office.fetch("SELECT seal_id FROM seal_uses WHERE unit = '林业局' LIMIT 1")[0][0]
    stamp(office, ours, notice(title="甲|乙协议"), page=1, unit="林业局")
    assert _found(office, "甲|乙") == _found(office, "甲乙协议") == ["印〔2026〕5号"]
    assert _found(office, "|") == _found(office, "协议 |") == []
    assert duties.search(office, "|") == []


def test_what_was_voided_is_found_as_struck(office: Office) -> None:
    (part,) = (one for one in find(office, read_query("登错的")) if one.lines)
    assert [one.is_struck for one in part.lines] == [True]


def test_more_than_can_be_listed_is_cut_at_the_newest(office: Office) -> None:
    query = read_query("防火")
    assert [len(one.lines) for one in find(office, query, 3)] == [2, 1]
    assert find_in_year(office, query, 2025, 1).is_cut
    assert not find_in_year(office, query, 2025, 2).is_cut
