"""Many verbs in one transaction: what is read stands until it is written, and the journal is as whole as ever."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from govoffice_tui.clock import SetClock
from govoffice_tui.registers import settings, staff
from govoffice_tui.registers.attendance.signing import sign_in
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.verification import verify_office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.storage.files import read_anchors

DAY = date(2026, 10, 12)


def test_a_bulk_reads_what_was_written_in_it(office: Office) -> None:
    with office.bulk():
        assert settings.on(office, DAY).office_name == "测试县人民政府办公室"
        settings.change(office, "office_name", "测试县政府办", by=None)
        assert settings.on(office, DAY).office_name == "测试县政府办"
        assert office.fetch("SELECT count(*) FROM sign_ins") == [(0,)]
        sign_in(office, 3, DAY, Half.MORNING, by=None)
        assert office.fetch("SELECT count(*) FROM sign_ins") == [(1,)]
        with pytest.raises(Refused, match="已在07:50:00签到"):
            sign_in(office, 3, DAY, Half.MORNING, by=None)
    assert settings.on(office, DAY).office_name == "测试县政府办"
    verbs = [verb for (verb,) in office.fetch("SELECT DISTINCT verb FROM journal ORDER BY seq DESC LIMIT 2")]
    assert verbs == ["sign_in", "change_setting"]
    assert verify_office(office).findings == ()


def test_what_is_built_in_a_bulk_is_built_again_only_after_a_table_of_it_was_written(office: Office) -> None:
    built = []

    def names() -> tuple[str, ...]:
        built.append(office.fetch("SELECT count(*) FROM settings"))
        return tuple(person.name for person in staff.people_on(office, DAY))

    with office.bulk():
        first = office.remembered("names", names)
        assert office.remembered("names", names) is first
        sign_in(office, 3, DAY, Half.MORNING, by=None)
        assert office.remembered("names", names) is first
        settings.change(office, "office_name", "测试县政府办", by=None)
        assert office.remembered("names", names) == first
        assert len(built) == 2
    office.remembered("names", names)
    office.remembered("names", names)
    assert len(built) == 4


def test_what_rests_on_the_journal_itself_is_never_kept(office: Office) -> None:
    def newest() -> int:
        return int(office.fetch("SELECT max(seq) FROM journal")[0][0])

    with office.bulk():
        before = office.remembered("newest", newest)
        settings.change(office, "office_name", "测试县政府办", by=None)
        assert office.remembered("newest", newest) == before + 1


def test_who_gets_a_list_in_a_bulk_may_change_it(office: Office) -> None:
    with office.bulk():
        staff.people_on(office, DAY).clear()
        office.fetch("SELECT id FROM staff").clear()
        assert len(staff.people_on(office, DAY)) == len(office.fetch("SELECT id FROM staff")) == 8


def test_an_anchor_of_a_bulk_is_of_the_line_just_written(office: Office, clock: SetClock) -> None:
    with office.bulk():
        clock.set(datetime(2026, 10, 12, 8, 0))
        sign_in(office, 3, DAY, Half.MORNING, by=None)
        noted = office.note_anchor("上午收存")
    assert (noted.seq, noted.hash) == (office.tail().seq, office.tail().hash)
    assert read_anchors(office.folder)[-1].seq == noted.seq
