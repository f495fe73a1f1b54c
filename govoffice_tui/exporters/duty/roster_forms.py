"""The forms of the duty roster: 值班表, 专项值班安排表, 调班申请单, 值班统计表."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from govoffice_tui.clock import WEEKDAYS, chinese_day, chinese_short_day, chinese_weekday, local, month_days
from govoffice_tui.exporters.page import Block, Cell, Look, Orientation, Page, Row
from govoffice_tui.exporters.words import joined, made_words
from govoffice_tui.registers.duty.roster import ShiftLine, specials
from govoffice_tui.registers.duty.roster_fairness import DutyFigures, DutyMonth
from govoffice_tui.registers.duty.roster_pages import DayRow, RosterPage, roster_page
from govoffice_tui.registers.duty.roster_slips import ChangeLine
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.roster import ChangeKind, DutyKind, DutyPost, RosterState

LONGEST_MONTH = 31
"""Days that stand on one sheet of paper."""

ROSTER_SHEET, CHANGES_SHEET, FIGURES_SHEET = "值班表", "调班申请单", "值班统计表"
COLUMNS = (17.0, 8.0, 18.0, 17.0, 23.0, 27.0, 23.0, 17.0, 24.0)
HEADS = ("日期", "星期", "性质", "带班领导", "电话", "值班员", "电话", "通讯员", "备注")
USUAL = tuple(post.label for post in DutyPost)
LYING = 247.0
"""Millimetres between the edges of a sheet that lies."""
MOST_ON_ONE_PAGE = 40
"""People of 值班统计表 that stand on one sheet of paper with the sum and the notes."""
FIGURES_COLUMNS = (10.0, 28.0, 16.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0, 18.0)
FIGURES_HEADS = ("序号", "姓名", "值班次数", "工作日", "周末", "节假日", "带班", "调出", "调入", "补休", "备注")
RULES = (
    "1.值班人员坚守岗位,不得脱岗、漏岗;外单位职工、亲属不得代值(值班制度第2条)。",
    "2.本人有特殊情况需与办公室其他人员调换的,提前告知行政股,填写调班申请单(值班制度第2条)。",
    "3.认真填写值班记录簿,急办的马上办,该请示的立即请示,该移交的当面移交(值班制度第3条)。",
    "4.做好保密工作;交班前打扫值班室,物品存放有序(值班制度第4条、第5条)。",
    "5.通讯员值班室全天有人;值班员短时离开由通讯员临时替班(值班制度第6条)。",
)


@dataclass(frozen=True)
class RosterSheets:
    """A month's roster with the 专项值班安排 that touch it."""

    page: RosterPage
    specials: tuple[RosterPage, ...]


def roster_sheets(office: Office, month: str) -> RosterSheets:
    """Return what 值班表 of a month shows."""
    days = month_days(month)
    found = specials(office, days[0], days[-1])
    return RosterSheets(roster_page(office, month), tuple(roster_page(office, month, one.id) for one in found))


def roster_forms(sheets: RosterSheets, made_at: datetime) -> list[Page]:
    """Return 值班表, and a 专项值班安排表 for each."""
    pages = [_roster(sheets.page, made_at, ROSTER_SHEET)]
    pages += [_roster(one, made_at, f"专项{place}") for place, one in enumerate(sheets.specials, 1)]
    return pages


def roster_digest(sheets: RosterSheets) -> str:
    """Return the SHA-256 in hex of all a roster shows."""
    return _digest([_shown(one) for one in (sheets.page, *sheets.specials)])


def change_forms(page: RosterPage, made_at: datetime) -> list[Page]:
    """Return a 调班申请单 for each slip of the month, a blank one where there is none."""
    slips: Sequence[ChangeLine | None] = page.changes or (None,)
    return [_slip(page, slip, made_at, place) for place, slip in enumerate(slips, 1)]


def change_digest(page: RosterPage) -> str:
    """Return the SHA-256 in hex of the month's slips."""
    return _digest([page.office_name, page.month, [_slip_words(page, slip) for slip in page.changes]])


def figure_forms(month: DutyMonth, made_at: datetime) -> list[Page]:
    """Return 值班统计表 of a month."""
    blocks: list[Block] = [(_figures_row(place, one),) for place, one in enumerate(month.people, 1) if one.count]
    if not blocks:
        blocks = [(Row((Cell("本月没有值班安排。", Look.MIDDLE, len(FIGURES_COLUMNS)),), 18),)]
    else:
        *_, last = blocks.pop()
        blocks.append((last, _totals([one for one in month.people if one.count])))
    year, number = month.month.split("-")
    return [
        Page(
            sheet=FIGURES_SHEET,
            title=f"{month.office_name}{FIGURES_SHEET}",
            subline=f"{year}年{int(number)}月" + ("" if month.is_issued else "(未定稿:值班表没有印发)"),
            columns=FIGURES_COLUMNS,
            header=(Row(tuple(Cell(title, Look.HEAD) for title in FIGURES_HEADS), 22),),
            blocks=tuple(blocks),
            notes=(
                "注:次数按实际值班的人计;欠、补为本年替班累计,轮次记在原排的人名下;补休单位:半天。",
                "周末为星期六、星期日,其中的节假日和调休上班日也计在节假日、工作日栏,各栏相加可以多于值班次数。",
                *(
                    f"{post.label}{kind.label}全年最少{least}次,最多{most}次。"
                    for (post, kind), (least, most) in month.spread.items()
                    if most
                ),
            ),
            signatures=("制表:", "审核:", "分管副主任签字:"),
            frozen_columns=2,
            is_one_page=len(blocks) <= MOST_ON_ONE_PAGE,
            running_foot=f"{FIGURES_SHEET} {year}年{int(number)}月",
            made_foot=made_words(made_at),
        )
    ]


def figure_digest(month: DutyMonth) -> str:
    """Return the SHA-256 in hex of the month's figures."""
    people = [
        [
            *(one.name, *(one.month[kind] for kind in DutyKind), one.weekends, one.led, one.given, one.taken),
            *(one.owing, one.rest.earned, one.rest.taken),
        ]
        for one in month.people
    ]
    return _digest([month.office_name, month.month, month.is_issued, people])


def _roster(page: RosterPage, made_at: datetime, sheet: str) -> Page:
    made = page.document
    state = "没有生成"
    if made is not None and made.issued_at is not None:
        state = f"{chinese_day(local(made.issued_at).date())}印发"
    elif made is not None:
        state = f"{made.state.label},未印发"
    is_special = made is not None and bool(made.title)
    blocks = tuple((_day_row(page, row),) for row in page.rows)
    mark = "(暂定)" if page.is_provisional else ""
    words = page.title.replace("专项值班安排", "") if is_special else ""
    title = f"{page.office_name}{words or page.title}{mark}"
    first, last = page.rows[0].day, page.rows[-1].day
    columns, heads, is_wide = _columns(page)
    version = f" 第{made.version}版" if made is not None else ""
    changes = [f"{slip.number} {_change_words(page, slip)}" for slip in page.changes if slip.struck_reason is None]
    is_issued = made is not None and made.state is RosterState.ISSUED
    return Page(
        sheet=sheet,
        title=title,
        subline=(f"{chinese_day(first)}至{chinese_day(last)} " if is_special else "") + f"{state}{version}",
        columns=columns,
        header=(Row(tuple(Cell(head, Look.HEAD) for head in heads), 20),),
        blocks=blocks,
        notes=(
            *(("暂定:本年放假通知还没有装入,通知下来后核对调整。",) if page.is_provisional else ()),
            *(() if is_special else (f"交接班时间:{page.hours_note}",)),
            "值班电话:____________  传真:____________",
            *RULES,
            *((f"调班:{';'.join(changes)}。",) if changes and is_issued and not is_special else ()),
            "抄送:办公室全体人员。",
        ),
        signatures=("制表:", "股长审核:", "分管副主任签字:"),
        frozen_columns=2,
        body_points=9.0,
        orientation=Orientation.LANDSCAPE if is_wide else Orientation.PORTRAIT,
        is_one_page=len(page.rows) <= LONGEST_MONTH and not is_wide,
        running_foot=page.title,
        made_foot=made_words(made_at),
    )


def _columns(page: RosterPage) -> tuple[tuple[float, ...], tuple[str, ...], bool]:
    """Return widths in millimetres, heads, and whether the sheet lies: posts of its own take more room."""
    if page.labels == USUAL:
        return COLUMNS, HEADS, False
    is_wide = len(page.labels) > len(USUAL)
    room = (LYING if is_wide else sum(COLUMNS)) - sum(COLUMNS[:3]) - COLUMNS[-1]
    each = room / len(page.labels)
    return (*COLUMNS[:3], *([each] * len(page.labels)), COLUMNS[-1]), (*HEADS[:3], *page.labels, HEADS[-1]), is_wide


def _day_row(page: RosterPage, row: DayRow) -> Row:
    cells = [
        Cell(chinese_short_day(row.day), Look.MIDDLE),
        Cell(WEEKDAYS[row.day.weekday()], Look.MIDDLE),
        Cell(row.kind, Look.MIDDLE, is_shaded=not row.is_work),
    ]
    for label in page.labels:
        lines = row.of(label)
        names, is_changed = _names(page, lines), any(_is_changed(line) for line in lines)
        phones = joined(dict.fromkeys(page.phones.get(line.staff or 0, "") for line in lines), "\n")
        if page.labels != USUAL:
            cells.append(Cell(f"{names}\n{phones}".strip(), Look.MIDDLE, is_shaded=is_changed))
            continue
        cells.append(Cell(names, Look.MIDDLE, is_shaded=is_changed))
        if label != DutyPost.MESSENGER.label:
            cells.append(Cell(phones, Look.MIDDLE))
    cells.append(Cell(page.remark(row), Look.TEXT))
    return Row(tuple(cells), 14)


def _names(page: RosterPage, lines: Sequence[ShiftLine]) -> str:
    """Return 原冯䶮 现陈喆 for a place that changed hands, each shift by its name where there are several."""
    templates = dict.fromkeys(line.template for line in lines)
    parts = []
    for line in lines:
        name = "—" if line.staff is None else page.name(line)
        if line.part:
            name = f"{line.starts_at:%-H:%M}起{name}"
        elif _is_changed(line):
            name = f"原{page.names.get(line.planned or 0, '')}\n现{name}"
        parts.append(f"{line.template} {name}" if len(templates) > 1 else name)
    return "\n".join(parts)


def _is_changed(line: ShiftLine) -> bool:
    return line.part > 0 or (line.planned is not None and line.staff != line.planned)


def _slip(page: RosterPage, slip: ChangeLine | None, made_at: datetime, place: int) -> Page:
    pairs = _slip_words(page, slip)
    blocks = tuple((Row((Cell(head, Look.HEAD), Cell(words, Look.TEXT, 3)), 30),) for head, words in pairs)
    mark = f"(已撤销:{slip.struck_reason})" if slip is not None and slip.struck_reason is not None else ""
    return Page(
        sheet=f"{CHANGES_SHEET}{place}",
        title=f"{page.office_name}{CHANGES_SHEET}",
        subline=(slip.number if slip is not None else "调〔    〕   号") + mark,
        columns=(44.0, 42.0, 42.0, 42.0),
        header=(),
        blocks=blocks,
        notes=("注:须提前告知行政股;外单位职工、亲属不得代值(值班制度第2条)。",),
        signatures=("原值班人签字:", "替班(对调)人签字:", "行政股登记:"),
        running_foot=CHANGES_SHEET,
        made_foot=made_words(made_at),
    )


def _slip_words(page: RosterPage, slip: ChangeLine | None) -> list[tuple[str, str]]:
    if slip is None:
        kinds = "  ".join(kind.label for kind in ChangeKind)
        heads = (
            "原值班人",
            "原日期",
            "替班(对调)人",
            "对调日期或接手时间",
            "原因",
            "告知时间",
            "双方是否同意",
            "是否提前告知",
        )
        return [("种类", kinds), *((head, "") for head in heads)]
    over = f"{chinese_day(slip.taken_over_at.date())} {slip.taken_over_at:%-H:%M}接手" if slip.taken_over_at else ""
    other = f"{chinese_day(slip.other_day)} {chinese_weekday(slip.other_day)}" if slip.other_day else ""
    told = f"{chinese_day(slip.told_at.date())} {slip.told_at:%-H:%M}"
    return [
        ("种类", slip.kind.label),
        ("原值班人", f"{page.names.get(slip.given_by or 0, '')}({slip.label})"),
        ("原日期", f"{chinese_day(slip.day)} {chinese_weekday(slip.day)}"),
        ("替班(对调)人", page.names.get(slip.taken_by, "")),
        ("对调日期或接手时间", other or over),
        ("原因", slip.reason),
        ("告知时间", told),
        ("双方是否同意", "双方同意"),
        ("是否提前告知", "是" if slip.is_prior else "否,临时调换"),
    ]


def _change_words(page: RosterPage, slip: ChangeLine) -> str:
    names = f"{page.names.get(slip.given_by or 0, '')}→{page.names.get(slip.taken_by, '')}"
    other = f"换{chinese_short_day(slip.other_day)}" if slip.other_day else ""
    return f"{chinese_short_day(slip.day)}{slip.label}{names}{slip.kind.label}{other}"


def _figures_row(place: int, one: DutyFigures) -> Row:
    figures = (
        one.count,
        one.month[DutyKind.WORKDAY],
        one.weekends,
        one.month[DutyKind.HOLIDAY],
        one.led,
        one.given,
        one.taken,
        one.rest.left,
    )
    cells = [Cell(place, Look.NUMBER), Cell(one.name, Look.MIDDLE), *(Cell(figure, Look.NUMBER) for figure in figures)]
    return Row((*cells, Cell(one.owing_words, Look.MIDDLE)), 16)


def _totals(people: Sequence[DutyFigures]) -> Row:
    sums = (
        sum(one.count for one in people),
        sum(one.month[DutyKind.WORKDAY] for one in people),
        sum(one.weekends for one in people),
        sum(one.month[DutyKind.HOLIDAY] for one in people),
        sum(one.led for one in people),
        sum(one.given for one in people),
        sum(one.taken for one in people),
        sum(one.rest.left for one in people),
    )
    cells = (Cell("合计", Look.TOTAL, 2), *(Cell(figure, Look.TOTAL_NUMBER) for figure in sums), Cell("", Look.TOTAL))
    return Row(cells, 18)


def _shown(page: RosterPage) -> list[object]:
    made = page.document
    head = [] if made is None else [made.version, made.state.value, made.issued_at, made.title]
    rows = [
        [row.day.isoformat(), row.kind, [_names(page, row.of(label)) for label in page.labels], page.remark(row)]
        for row in page.rows
    ]
    phones = sorted({page.phones.get(line.staff or 0, "") for row in page.rows for line in row.lines})
    return [page.office_name, page.title, page.is_provisional, page.hours_note, head, rows, phones]


def _digest(shown: object) -> str:
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()
