"""Staff lists (花名册) as county offices keep them: found by their titles, checked whole, every problem named."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from govoffice_tui.importers.headings import Heading, find_heading, plain
from govoffice_tui.importers.reader import Table, read_table
from govoffice_tui.importers.staff_words import (
    CATEGORIES,
    COLUMNS,
    MOBILE,
    NUMBER,
    SEXES,
    is_footer,
    is_name,
    read_day,
)
from govoffice_tui.rules.people import Category, StaffLine
from govoffice_tui.rules.refusal import Problem
from govoffice_tui.text import (
    MIDDLE_DOT,
    NAME_LIMIT,
    TEXT_LIMIT,
    Verdict,
    clean,
    clean_name,
    close_up,
    fold,
    guard,
    is_clean,
    may_be_marked,
)

_ROOM = {"section": 50, "position": 100, "phone": 60, "remark": 500}
_NO_HEADING = (
    "找不到表头。名单里要有一行列名,写“姓名”和另外至少一列"
    "(工号、性别、股室、职务、联系电话、到岗日期、人员类别、备注),请补上后再导入"
)


@dataclass(frozen=True)
class StaffList:
    """The people of a list. With any problem nothing of it may be entered; notices say how it was read."""

    lines: tuple[StaffLine, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def read_staff_list(path: Path) -> StaffList:
    """Return the people of a 花名册 file (.xlsx, .xls, .ods, .csv, .txt).

    Raises:
        Unreadable: when the file gives no table at all.
    """
    return parse_staff(read_table(path))


def parse_staff(table: Table) -> StaffList:
    """Return the people of a table with all its problems and notices, whatever it holds.

    Titles above the column titles, totals and signatures below the people are passed over, and 序号 is no
    staff number. A blank 股室 takes the one above only where the whole column shows merged cells.
    """
    heading = find_heading(table.rows, COLUMNS, "name")
    reading = _Reading(table, heading or Heading(-1, -1, {}, {}, (), frozenset()))
    reading.guard_cells()
    if heading is None:
        reading.note_problem(-1, "", _NO_HEADING)
    else:
        reading.read_people()
    return reading.result()


class _Reading:
    """One pass over a table: its people, what is wrong and what is worth a word, gathered as it goes."""

    def __init__(self, table: Table, heading: Heading) -> None:
        self._heading = heading
        self._rows = table.rows
        self._sheet = table.sheet
        self._removed = table.removed
        self._refused: set[tuple[int, int]] = set()
        self._lines: list[StaffLine] = []
        self._problems: list[tuple[int, Problem]] = []
        self._notices: list[str] = []
        self._rows_with: dict[str, list[int]] = defaultdict(list)

    def result(self) -> StaffList:
        problems = tuple(problem for _, problem in sorted(self._problems, key=lambda pair: pair[0]))
        with_rows = [f"{said}:{_shown_rows(rows)}" for said, rows in self._rows_with.items()]
        removed = [f"已去掉{self._removed}个不能显示的字符"] if self._removed else []
        return StaffList(tuple(self._lines), problems, (*self._notices, *with_rows, *removed))

    def note_problem(self, index: int, title: str, message: str) -> None:
        place = f"第{index + 1}行" if index >= 0 else ""
        self._problems.append((index, Problem(f"{place}“{title}”" if title else place, message)))

    def guard_cells(self) -> None:
        """Report every cell that bears a classified mark, without its words, and keep it from being read."""
        mark = "像密级标志,涉密内容不得录入本机:确是的请报告保密办,不是的请改写"
        if guard(self._sheet) is Verdict.REFUSE:
            self._sheet = ""
            self.note_problem(-1, "", f"工作表的名字{mark}")
        titles = {column: self._heading.titles[field] for field, column in self._heading.columns.items()}
        for index, row in enumerate(self._rows):
            if not may_be_marked("".join(row)):
                continue
            for column, cell in enumerate(row):
                verdict = guard(cell)
                if verdict is Verdict.REFUSE:
                    self._refused.add((index, column))
                    title = titles.get(column) if index >= self._heading.first else None
                    self.note_problem(index, title or f"第{column + 1}列", f"这一格{mark}")
                elif verdict is Verdict.REMIND:
                    self._rows_with["有绝密、机密、秘密字样,请确认不涉密"].append(index)

    def read_people(self) -> None:
        """Read every person below the heading, then look at them together."""
        if "name" in self._heading.repeated:
            self._say(self._heading.first, "name", "这一列有两个,名单左右并排时请把右半边接到左半边下面")
        self._lines = [self._line(index) for index in self._people_rows()]
        if not self._lines and not self._problems:
            self.note_problem(-1, "", "表头下面没有人员,请核对是不是选错了文件或工作表")
        self._share_merged_sections()
        self._find_doubles()
        self._tell_what_was_left_out()

    def _say(self, index: int, field: str, message: str) -> None:
        self.note_problem(index, self._heading.titles.get(field, ""), message)

    def _raw(self, index: int, field: str) -> str:
        column = self._heading.columns.get(field)
        if column is None or (index, column) in self._refused:
            return ""
        row = self._rows[index]
        return row[column] if column < len(row) else ""

    def _cell(self, index: int, field: str) -> str:
        """Return a cell as it may be kept, and report one that is too long for its column."""
        raw = self._raw(index, field)
        if is_clean(raw, _ROOM.get(field, TEXT_LIMIT)):
            return raw
        cleaned = clean(raw)
        self._removed += cleaned.removed - cleaned.cut
        room = _ROOM.get(field, len(cleaned.text))
        if len(cleaned.text) > room:
            self._say(index, field, f"太长(最多{room}个字),请缩短")
        return cleaned.text[:room]

    def _people_rows(self) -> list[int]:
        """Return the rows that stand for a person, with a name or without."""
        people, passed = [], []
        title = self._raw(self._heading.first, "name").strip()
        below_footer = False
        for index in range(self._heading.last + 1, len(self._rows)):
            filled = [column for column, cell in enumerate(self._rows[index]) if cell and not cell.isspace()]
            serial = self._raw(index, "serial").strip()
            if not filled or (len(filled) == 1 and serial.isdecimal()):
                continue  # lists are printed with numbered lines to spare
            name = self._raw(index, "name").strip()
            if is_footer(self._rows[index][filled[0]]):
                below_footer = True
                passed.append(index)
            elif name == title or (below_footer and not name):
                passed.append(index)
            else:
                below_footer = False
                people.append(index)
        if passed:
            self._rows_with["已跳过合计、签字、重复表头等行"] = passed
        return people

    def _line(self, index: int) -> StaffLine:
        return StaffLine(
            row=index + 1,
            number=self._number(index),
            name=self._name(index),
            sex=self._sex(index),
            section=close_up(self._cell(index, "section")),
            position=close_up(self._cell(index, "position")),
            phone=self._phone(index),
            joined=self._joined(index),
            category=self._category(index),
            remark=self._cell(index, "remark"),
        )

    def _number(self, index: int) -> str:
        number = unicodedata.normalize("NFKC", self._cell(index, "number"))
        if number and not NUMBER.fullmatch(number):
            self._say(index, "number", f"{_quoted(number)}不能作工号,请只用数字和字母,最多20位")
        return number

    def _name(self, index: int) -> str:
        raw = self._raw(index, "name")
        if (raw.isalpha() and len(raw) <= NAME_LIMIT) or (index, self._heading.columns["name"]) in self._refused:
            return raw
        typed = clean(raw)
        self._removed += typed.removed - typed.cut
        name = clean_name(typed.text)
        if not name.text:
            alone = sum(bool(cell.strip()) for cell in self._rows[index]) == 1
            self._say(index, "name", "没有姓名,请补上" + (";这一行如果不是人员,请删去" if alone else ""))
        elif name.cut or typed.cut:
            self._say(index, "name", f"{_quoted(name.text)}超过{NAME_LIMIT}个字,请核对")
        elif not is_name(name.text):
            self._say(index, "name", f"{_quoted(name.text)}不像人名,请只写姓名,其他的写到备注")
        elif name.text != typed.text:
            changed = "间隔号已统一" if MIDDLE_DOT in name.text else "空格已去掉"
            self._rows_with[f"姓名里的{changed}"].append(index)
        return name.text

    def _sex(self, index: int) -> str:
        sex = close_up(self._cell(index, "sex"))
        if sex and sex not in SEXES:
            self._say(index, "sex", f"{_quoted(sex)}认不出来,请写男或女")
        return SEXES.get(sex, "")

    def _phone(self, index: int) -> str:
        phone = self._cell(index, "phone")
        if not phone.isdecimal() and any(sign.isalpha() and sign != "转" for sign in phone):
            self._rows_with["电话里有数字以外的字,请核对"].append(index)
        return phone

    def _joined(self, index: int) -> date | None:
        written = self._cell(index, "joined")
        if not written:
            return None
        found = read_day(written)
        if found is None:
            self._say(index, "joined", f"{_quoted(written)}不是看得懂的日期,请写成2026-03-01")
            return None
        if found.month_only:
            self._rows_with["日期只写到月,按1日计"].append(index)
        return found.day

    def _category(self, index: int) -> Category | None:
        written = self._cell(index, "category")
        category = CATEGORIES.get(written) or CATEGORIES.get(plain(written))
        if written and category is None:
            allowed = "、".join(one.label for one in Category)
            self._say(index, "category", f"{_quoted(written)}不在人员类别里,请写{allowed}之一")
        return category

    def _share_merged_sections(self) -> None:
        """Give blank sections the one above where the column was merged: filled at the top of each block only."""
        filled = [place for place, line in enumerate(self._lines) if line.section]
        if "section" not in self._heading.columns or not filled:
            return
        sections = [line.section for line in self._lines]
        repeated = any(one and one == after for one, after in pairwise(sections))
        for place, section in enumerate(sections):
            if section:
                continue
            index = self._lines[place].row - 1
            if repeated or place < filled[0]:
                self._rows_with["没有写股室"].append(index)
            else:
                self._lines[place] = replace(self._lines[place], section=self._lines[place - 1].section)
                self._rows_with["股室是合并的格子,空着的随上面一格"].append(index)

    def _find_doubles(self) -> None:
        """Report a number given twice and a person listed twice; namesakes in two sections are two people."""
        numbers: dict[str, StaffLine] = {}
        places: dict[tuple[str, str], StaffLine] = {}
        phones: dict[tuple[str, str], StaffLine] = {}
        for line in self._lines:
            index = line.row - 1
            same_number = numbers.setdefault(fold(line.number), line) if line.number else line
            if same_number is not line:
                self._say(index, "number", f"工号与第{same_number.row}行相同,请核对")
            if not line.name:
                continue
            name, phone = fold(line.name), fold(line.phone)
            same_place = places.setdefault((name, line.section), line)
            same_phone = phones.setdefault((name, phone), line) if MOBILE.fullmatch(phone) else line
            if same_place is not line and not _told_apart(line, same_place):
                where = f"第{same_place.row}行同股室同姓名"
                self._say(index, "name", f"与{where},重复的请删去,确是两个人的请都写上工号")
            elif same_phone is not line and not _told_apart(line, same_phone):
                where = f"第{same_phone.row}行同姓名同手机号"
                self._say(index, "name", f"与{where},像是同一个人,请删去一行或改正手机号")

    def _tell_what_was_left_out(self) -> None:
        if self._sheet:
            self._notices.append(f"读的是工作表“{clean(self._sheet).text}”")
        above = [index for index in range(self._heading.first) if any(cell.strip() for cell in self._rows[index])]
        if above:
            self._notices.append(f"已跳过标题行{len(above)}行")
        unread = [_quoted(title) for title in self._heading.unread if guard(title) is not Verdict.REFUSE]
        if unread:
            self._notices.append(f"没有读入的列:{'、'.join(unread)}")


def _told_apart(one: StaffLine, other: StaffLine) -> bool:
    return bool(one.number and other.number) and fold(one.number) != fold(other.number)


def _quoted(text: str) -> str:
    shown = clean(text).text
    return f"“{shown[:12]}…”" if len(shown) > 12 else f"“{shown}”"


def _shown_rows(indexes: Sequence[int]) -> str:
    rows = list(dict.fromkeys(index + 1 for index in indexes))
    listed = "、".join(str(row) for row in rows[:8])
    return f"第{listed}行等{len(rows)}行" if len(rows) > 8 else f"第{listed}行"
