"""Drafts of forms on the disk: whose they are, how long they stay, and what is never kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.backups import back_up
from govoffice_tui.registers.form_drafts import Draft, Drafts, Subject, clear_old, keep, offered, subject_of
from govoffice_tui.registers.office import CannotWrite, Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.rules.authority import Post
from govoffice_tui.storage.form_drafts import MOST_OF_ONE_FORM

NOON = datetime(2026, 10, 12, 12)
SECRET = "秘密★10年"


class Desk:
    """An office with its drafts, as one window has them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.drafts = Drafts(office.folder)

    def keep(self, subject: Subject, key: str, instead_of: str = "", **answers: str) -> None:
        keep(self.office, self.drafts, subject, key, answers, instead_of)

    def of(self, person: int, form: str = "seals.use", about: str = "") -> Subject:
        return subject_of(self.office, person, form, about)

    def texts(self, subject: Subject) -> list[dict[str, str]]:
        return [dict(draft.answers) for draft in offered(self.office, self.drafts, subject)]

    @property
    def path(self) -> Path:
        return self.drafts.path


@pytest.fixture
def any_umask() -> Iterator[None]:
    """A machine on which new files are everybody's."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_a_draft_is_offered_to_the_same_person_for_the_same_form_and_matter_only(desk: Desk) -> None:
    desk.keep(desk.of(3, about="137"), "k1", reason="乡镇换届材料")
    assert desk.texts(desk.of(3, about="137")) == [{"reason": "乡镇换届材料"}]
    for other in (desk.of(4, about="137"), desk.of(3, about="138"), desk.of(3, "seals.lend", "137"), desk.of(3)):
        assert desk.texts(other) == []


def test_a_draft_of_another_office_is_offered_to_nobody_here(desk: Desk) -> None:
    there = Subject(b"another office's", 3, "seals.use")
    desk.drafts.keep(there, Draft("k1", desk.office.clock.now(), {"reason": "别的单位"}))
    assert desk.texts(desk.of(3)) == []


def test_a_later_state_of_a_form_takes_the_place_of_the_earlier_one(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="乡")
    desk.keep(desk.of(3), "k1", reason="乡镇")
    assert desk.texts(desk.of(3)) == [{"reason": "乡镇"}]


def test_two_windows_keep_a_draft_each_and_the_newest_is_offered_first(desk: Desk, clock: SetClock) -> None:
    other = Desk(desk.office)
    desk.keep(desk.of(3), "k1", reason="这边")
    clock.set(NOON)
    other.keep(other.of(3), "k2", reason="那边")
    desk.keep(desk.of(4), "k3", reason="别人")
    assert desk.texts(desk.of(3)) == [{"reason": "那边"}, {"reason": "这边"}]
    other.drafts.drop("k2")
    assert desk.texts(desk.of(3)) == [{"reason": "这边"}]


def test_a_draft_gone_on_with_is_one_draft_and_not_two(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="乡镇")
    desk.keep(desk.of(3), "k2", instead_of="k1", reason="乡镇换届")
    assert desk.texts(desk.of(3)) == [{"reason": "乡镇换届"}]


def test_of_one_form_only_the_newest_drafts_are_kept_and_others_lose_none(desk: Desk, clock: SetClock) -> None:
    desk.keep(desk.of(4), "other", reason="别人的")
    for count in range(MOST_OF_ONE_FORM + 3):
        clock.set(NOON + timedelta(minutes=count))
        desk.keep(desk.of(3), f"k{count}", reason=f"{count}")
    newest = range(MOST_OF_ONE_FORM + 2, 2, -1)
    assert desk.texts(desk.of(3)) == [{"reason": f"{count}"} for count in newest]
    assert desk.texts(desk.of(4)) == [{"reason": "别人的"}]


def test_after_seven_days_a_draft_is_neither_offered_nor_on_the_disk(desk: Desk, clock: SetClock) -> None:
    clock.set(NOON)
    desk.keep(desk.of(3), "k1", reason="七天前的草稿")
    clock.set(NOON + timedelta(days=7, seconds=-1))
    clear_old(desk.office, desk.drafts)
    assert desk.texts(desk.of(3)) == [{"reason": "七天前的草稿"}]
    clock.set(NOON + timedelta(days=7))
    assert desk.texts(desk.of(3)) == []
    assert "七天前的草稿".encode() in desk.path.read_bytes()
    clear_old(desk.office, desk.drafts)
    assert "七天前的草稿".encode() not in desk.path.read_bytes()


def test_a_draft_from_a_wrong_future_ages_from_the_day_the_clock_was_put_right(desk: Desk, clock: SetClock) -> None:
    clock.set(NOON + timedelta(days=400))
    desk.keep(desk.of(3), "k1", reason="机器时间错了")
    clock.set(NOON)
    clear_old(desk.office, desk.drafts)
    clock.set(NOON + timedelta(days=7))
    assert desk.texts(desk.of(3)) == []


def test_a_text_the_guard_refuses_is_not_kept_and_takes_what_was_kept_of_its_field(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="秘密", unit="县委办")
    desk.keep(desk.of(3), "k1", reason=SECRET, unit="县委办")
    assert desk.texts(desk.of(3)) == [{"unit": "县委办"}]
    desk.keep(desk.of(3), "k1", reason=SECRET)
    assert desk.texts(desk.of(3)) == []
    assert "秘密".encode() not in desk.path.read_bytes()


def test_a_refused_text_leaves_nothing_of_the_draft_it_went_on_with(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="秘密")
    desk.keep(desk.of(3), "k2", instead_of="k1", reason=SECRET)
    assert desk.texts(desk.of(3)) == []


def test_a_file_that_holds_a_refused_text_offers_the_rest_of_it(desk: Desk) -> None:
    subject = desk.of(3)
    desk.drafts.keep(subject, Draft("k1", desk.office.clock.now(), {"reason": SECRET, "unit": "县委办"}))
    desk.drafts.keep(subject, Draft("k2", desk.office.clock.now(), {"reason": SECRET}))
    assert desk.texts(subject) == [{"unit": "县委办"}]


def test_a_form_that_reached_the_book_before_its_draft_was_dropped_is_not_offered(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="已经登记")
    desk.keep(desk.of(3), "k2", reason="没有登记")
    assign_post(desk.office, 3, Post.SIGN_IN_KEEPER, "A", by=3, form_key="k1")
    assert desk.texts(desk.of(3)) == [{"reason": "没有登记"}]
    assert "已经登记".encode() not in desk.path.read_bytes()


def test_drafts_leave_the_book_as_it_is_and_go_into_no_backup(desk: Desk, tmp_path: Path) -> None:
    before = desk.office.tail().seq
    desk.keep(desk.of(3), "k1", reason="只在草稿里")
    assert desk.office.tail().seq == before
    backup = back_up(desk.office, None, by=None)
    assert "只在草稿里".encode() not in Path(backup.path).read_bytes() + desk.office.path.read_bytes()
    assert not list(backup.path.parent.glob("*draft*"))


@pytest.mark.usefixtures("any_umask")
def test_the_file_is_for_its_owner_only_whatever_the_machine_says(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="乡镇")
    assert desk.path.stat().st_mode & 0o777 == 0o600
    desk.path.chmod(0o666)
    desk.texts(desk.of(3))
    assert desk.path.stat().st_mode & 0o777 == 0o600


def test_looking_and_clearing_make_no_file(desk: Desk) -> None:
    assert desk.texts(desk.of(3)) == []
    clear_old(desk.office, desk.drafts)
    desk.drafts.drop("k1")
    assert not desk.path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4080, b"\x00" * 8192], ids=range(4)
)
def test_a_file_that_is_no_database_is_made_anew_without_a_word(desk: Desk, content: bytes) -> None:
    desk.path.write_bytes(content)
    assert desk.texts(desk.of(3)) == []
    desk.keep(desk.of(3), "k1", reason="乡镇")
    assert desk.texts(desk.of(3)) == [{"reason": "乡镇"}]


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TABLE drafts (key TEXT PRIMARY KEY, text TEXT)",
        "CREATE TABLE other (id INTEGER)",
        "ALTER TABLE drafts ADD COLUMN more TEXT",
        "CREATE TRIGGER steal AFTER INSERT ON drafts BEGIN DELETE FROM drafts; END",
        "PRAGMA journal_mode = wal",
    ],
)
def test_a_file_made_differently_is_made_anew_or_read_as_it_is(desk: Desk, made: str) -> None:
    if not made.startswith("CREATE TABLE"):
        desk.keep(desk.of(3), "k0", reason="先前")
    connection = sqlite3.connect(desk.path)
    connection.execute(made)
    connection.close()
    desk.keep(desk.of(3), "k1", reason="乡镇")
    assert {"reason": "乡镇"} in desk.texts(desk.of(3))


def test_every_byte_turned_leaves_a_file_that_keeps_again(desk: Desk) -> None:
    desk.keep(desk.of(3), "k1", reason="乡镇换届材料" * 50)
    whole = desk.path.read_bytes()
    for place in [*range(0, 160, 3), *range(160, len(whole), 211)]:
        desk.path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        desk.texts(desk.of(3))
        desk.keep(desk.of(3), "k2", reason="又写")
        assert {"reason": "又写"} in desk.texts(desk.of(3)), place


@pytest.mark.parametrize("at", [2**63 - 1, -(2**63), 10**15])
def test_a_row_of_no_time_at_all_is_passed_over(desk: Desk, at: int) -> None:
    desk.drafts.keep(desk.of(3), Draft("k1", at, {"reason": "乡镇"}))
    assert desk.texts(desk.of(3)) == []


@pytest.mark.parametrize("answers", ["", "[]", "null", '{"reason": 5}', '{"reason": ["x"]}', "[" * 5000])
def test_a_row_that_cannot_be_read_is_passed_over(desk: Desk, answers: str) -> None:
    desk.keep(desk.of(3), "k1", reason="乡镇")
    connection = sqlite3.connect(desk.path)
    connection.execute(
        "INSERT INTO drafts SELECT 'k0', office, person, form, about, saved_at, ? FROM drafts", (answers,)
    )
    connection.commit()
    connection.close()
    assert desk.texts(desk.of(3)) == [{"reason": "乡镇"}]


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_removed(desk: Desk) -> None:
    desk.path.mkdir()
    (desk.path / "kept").write_text("x")
    with pytest.raises(CannotWrite):
        desk.keep(desk.of(3), "k1", reason="乡镇")
    assert (desk.path / "kept").exists()


def test_a_file_another_window_holds_is_said_and_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govoffice_tui.storage.form_drafts.PATIENCE", 0.0)
    desk.keep(desk.of(3), "k1", reason="乡镇")
    holder = sqlite3.connect(desk.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotWrite):
        desk.keep(desk.of(3), "k2", reason="又写")
    holder.execute("COMMIT")
    holder.close()
    assert desk.texts(desk.of(3)) == [{"reason": "乡镇"}]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answers=st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=40), min_size=1, max_size=4))
def test_whatever_is_typed_comes_back_as_it_was(desk: Desk, answers: dict[str, str]) -> None:
    subject = desk.of(3, about="law")
    keep(desk.office, desk.drafts, subject, "k1", answers)
    assert desk.texts(subject) in ([answers], [{n: t for n, t in answers.items() if "密" not in t}])
