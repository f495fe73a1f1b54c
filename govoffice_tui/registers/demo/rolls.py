"""The demo office's 集中学习, 大扫除 and trainings: most are there, a few told before, now and then one is missing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from govoffice_tui.registers import training
from govoffice_tui.registers.demo.days import Act, DemoDay
from govoffice_tui.registers.rolls import calling, marking, pages, planning, sessions
from govoffice_tui.registers.rolls.marking import Detail
from govoffice_tui.registers.rolls.views import Session, Topic
from govoffice_tui.registers.training import Course
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.hygiene import HYGIENE
from govoffice_tui.rules.rolls import Book, MarkKind, ToldTo
from govoffice_tui.rules.study import STUDY

RECORDER, DIRECTOR, LEADER = "郑爽爽", "赵敏", "李卫东"
LEFT_UNCHECKED = timedelta(days=3)
"""The newest sessions are left as a recorder finds them: called, not yet checked."""

SUBJECTS = (
    "学习《信访工作条例》",
    "公文处理常见差错讲评",
    "学习《机关事务管理条例》",
    "值班和紧急信息报送规范",
    "学习上级办公室工作会议精神",
    "保密制度学习",
    "会务工作流程讨论",
    "学习《中华人民共和国档案法》",
    "安全生产和消防常识",
    "调查研究方法交流",
)
FORMS = ("集体学习", "集体学习", "专题辅导", "讨论交流")
SPEAKERS = ("钱峰", "孙立人", "何志远")
AREAS = ("主楼前和东侧停车场", "办公楼一至三楼走廊和楼梯", "西院绿化带", "后院和车棚", "食堂门前和南侧道路")
COURSES = (
    ("公文写作培训班", "市政府办公室", "16"),
    ("信息报送业务培训", "市政府办公室", "8"),
    ("档案管理人员培训", "县档案馆", "8"),
    ("机关消防安全培训", "县消防救援大队", "4"),
    ("电子政务系统操作培训", "县大数据中心", "6"),
)
WHY_AWAY = ("家中有急事", "送孩子入学", "身体不适", "")
CANCELLED, COURSE = 0.03, 0.035
"""How often a study is cancelled, and how often somebody goes on a course of a workday."""


def rolls(day: DemoDay) -> Iterator[Act]:
    """Keep the rolls of one day as a recorder does: topic, exceptions, the rest present, checked a little later.

    They have a chance of their own, so that the other books are the same with and without them.
    """
    by, director = day.people[RECORDER].id, day.people[DIRECTOR].id
    for book in (HYGIENE, STUDY):
        session = sessions.session_on(day.office, book, day.day)
        if session is None or session.row is not None:
            continue
        chance = random.Random(f"{book.word}{day.day.isoformat()}")
        if book is STUDY and chance.random() < CANCELLED:
            why = "全体赴现场防汛"
            yield day.at(8), partial(planning.cancel, day.office, book, day.day, director, why, by=by)
            continue
        yield day.at(9, 5), partial(calling.write, day.office, book, day.day, _topic(book, chance), by=by)
        missed = []
        for person, kind, detail in _exceptions(day, session, chance, director):
            yield day.at(9, 6), partial(marking.mark, day.office, book, day.day, person, kind, detail, by=by)
            if not kind.is_attended and chance.random() < 0.5:
                missed.append(person)
        yield day.at(9, 8), partial(calling.finish, day.office, book, day.day, by=by)
        if day.is_settled or day.last - day.day > LEFT_UNCHECKED:
            yield day.at(9, 20), partial(calling.check, day.office, book, day.day, by=by)
        for person in missed if book is STUDY else ():
            words = "自学并交笔记"
            yield day.at(16, 30), partial(marking.make_up, day.office, book, day.day, person, day.day, words, by=by)
    yield from _courses(day, by)


def _courses(day: DemoDay, by: int) -> Iterator[Act]:
    """Send one, two or three people on a course that lasts the day."""
    chance = random.Random(f"training{day.day.isoformat()}")
    if not day.is_workday or chance.random() >= COURSE:
        return
    course, organiser, hours = chance.choice(COURSES)
    who = sorted(chance.sample([one.id for one in day.people.values() if one.name != DIRECTOR], chance.randint(1, 3)))
    done = Course(course, organiser, day.day, day.day, hours)
    yield day.at(18), partial(training.record_training, day.office, who, done, by=by)


def _topic(book: Book, chance: random.Random) -> Topic:
    if book is HYGIENE:
        return Topic(subject=chance.choice(AREAS), led_by=LEADER)
    return Topic(chance.choice(SUBJECTS), chance.choice(FORMS), chance.choice(SPEAKERS), DIRECTOR, "三楼会议室")


def _exceptions(
    day: DemoDay, session: Session, chance: random.Random, director: int
) -> Iterator[tuple[int, MarkKind, Detail]]:
    """Yield about one person in twenty-five who was not simply there, of those no other book tells of."""
    starts = session.span.starts
    for person in pages.roster(day.office, day.day):
        draw = chance.random()
        if draw >= 0.045 or person.id in day.away[Half.MORNING]:
            continue
        if draw < 0.016:
            told = starts - timedelta(minutes=chance.randint(5, 60))
            to = chance.choice((ToldTo.SECTION, ToldTo.LEADER))
            yield person.id, MarkKind.LEAVE, Detail(told_to=to, told_at=told, remark=chance.choice(WHY_AWAY))
        elif draw < 0.024:
            yield person.id, MarkKind.OUT, Detail()
        elif draw < 0.029:
            yield person.id, MarkKind.ABSENT, Detail()
        elif draw < 0.042:
            yield person.id, MarkKind.LATE, Detail(moment=starts + timedelta(minutes=chance.randint(2, 14)))
        else:
            left = starts + timedelta(minutes=chance.randint(16, 28))
            yield person.id, MarkKind.EARLY, Detail(approved_by=director, moment=left)
