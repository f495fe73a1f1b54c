"""The page model all forms share: what a printed page holds, without a word of how it is written.

A page is a grid of columns given in millimetres. Its rows come in blocks, and a block never stands on two sheets
of paper. Title, sub-line, notes, the opinion box and the signature line are the same on every form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import accumulate, pairwise

TITLE_FONT = "方正小标宋简体"
SUBLINE_FONT = "楷体"
HEAD_FONT = "黑体"
BODY_FONT = "仿宋_GB2312"
RARE_FONT = "宋体"

BODY_POINTS = 10.5
SMALL_POINTS = 9.0
"""小五, the smallest size a form may use."""

SIGNATURES = ("制表:", "审核:", "分管副主任签字:")


class Look(StrEnum):
    """How a cell is printed; the value is the style's name in the workbook."""

    TITLE = "表题"
    SUBLINE = "副题"
    HEAD = "表头"
    STACKED = "表头竖排"
    TEXT = "文字"
    MIDDLE = "文字居中"
    MARK = "符号"
    NUMBER = "数字"
    TOTAL = "合计文字"
    TOTAL_NUMBER = "合计数字"
    CHECK = "复核"
    NOTE = "注"
    OPINION = "审阅意见"
    SIGNATURE = "签字"
    SIGNING_DAY = "签字日期"


@dataclass(frozen=True)
class Setting:
    """The type of a look: `points` None takes the page's body size, zeros stay blank where `hides_zero`."""

    font: str
    points: float | None = None
    across: str = "center"
    upright: str = "center"
    wraps: bool = False
    shrinks: bool = False
    stacks: bool = False
    ruled: bool = True
    hides_zero: bool = False


SETTINGS = {
    Look.TITLE: Setting(TITLE_FONT, 22, shrinks=True, ruled=False),
    Look.SUBLINE: Setting(SUBLINE_FONT, 12, shrinks=True, ruled=False),
    Look.HEAD: Setting(HEAD_FONT, wraps=True),
    Look.STACKED: Setting(HEAD_FONT, stacks=True),
    Look.TEXT: Setting(BODY_FONT, across="left", wraps=True),
    Look.MIDDLE: Setting(BODY_FONT, wraps=True),
    Look.MARK: Setting(BODY_FONT, shrinks=True),
    Look.NUMBER: Setting(BODY_FONT, shrinks=True, hides_zero=True),
    Look.TOTAL: Setting(HEAD_FONT, wraps=True),
    Look.TOTAL_NUMBER: Setting(HEAD_FONT, shrinks=True, hides_zero=True),
    Look.CHECK: Setting(BODY_FONT, shrinks=True),
    Look.NOTE: Setting(BODY_FONT, SMALL_POINTS, across="left", upright="top", wraps=True, ruled=False),
    Look.OPINION: Setting(BODY_FONT, BODY_POINTS, across="left", upright="top", wraps=True),
    Look.SIGNATURE: Setting(BODY_FONT, BODY_POINTS, across="left", ruled=False),
    Look.SIGNING_DAY: Setting(BODY_FONT, BODY_POINTS, across="right", ruled=False),
}


@dataclass(frozen=True)
class Check:
    """A formula of the 复核 row, which the spreadsheet works out itself.

    `{column}` stands for the cell's column letter, `{row}` for its row, `{above}` for the row above, which holds the
    figure to check, and `{first}` to `{last}` for all rows of the table before that one.
    """

    formula: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, `across` columns wide and `down` rows high."""

    value: str | int | float | Check = ""
    look: Look = Look.TEXT
    across: int = 1
    down: int = 1
    is_shaded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row from left to right; None stands under a cell that reaches down from above.

    `height` in points is a least height: a row grows until the text of its cells fits.
    """

    cells: tuple[Cell | None, ...]
    height: float = 15.0


Block = tuple[Row, ...]


class Orientation(StrEnum):
    """How the A4 sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True)
class Margins:
    """White edges in millimetres."""

    left: float
    right: float
    top: float
    bottom: float


class Edges(StrEnum):
    """The presets of white edges.

    RELAXED is what offices use for tables of 31 days. STRICT is GB/T 9704-2012: 天头 37 mm and 订口 28 mm; on a sheet
    that lies, the head of the table is at the edge that is bound.
    """

    RELAXED = "relaxed"
    STRICT = "strict"

    def margins(self, orientation: Orientation) -> Margins:
        """Return the white edges of a sheet that stands or lies so."""
        if self is Edges.RELAXED:
            return Margins(20, 20, 20, 20)
        if orientation is Orientation.PORTRAIT:
            return Margins(left=28, right=26, top=37, bottom=35)
        return Margins(left=35, right=37, top=28, bottom=26)


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook as it is printed.

    `columns` are widths in millimetres; `lead` stands once under the sub-line; `header` repeats on every printed
    page; `continued` are heads for each block, printed above one that begins a further page, where the tables of a
    page have different heads; each block begins a printed page where `is_page_a_block`; the box for 审阅意见 is
    `opinion_height` points high, 0 for none; `running_foot` is printed left and `made_foot` right of the page number.
    """

    sheet: str
    title: str
    subline: str
    columns: tuple[float, ...]
    header: Block
    blocks: tuple[Block, ...]
    continued: tuple[Block, ...] = ()
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    opinion_height: float = 0
    signatures: tuple[str, ...] = ()
    orientation: Orientation = Orientation.PORTRAIT
    edges: Edges = Edges.RELAXED
    body_points: float = BODY_POINTS
    is_one_page: bool = False
    is_page_a_block: bool = False
    frozen_columns: int = 0
    running_foot: str = ""
    made_foot: str = ""

    def opening(self) -> Block:
        """Return the rows above the header."""
        return (
            self.whole_row(self.title, Look.TITLE, 36),
            self.whole_row(self.subline, Look.SUBLINE, 20),
            *(self.whole_row(line, Look.NOTE, 13) for line in self.lead),
        )

    def closing(self) -> Block:
        """Return the rows under the last block: notes, the opinion box, the signature line with its days."""
        rows = []
        if self.opinion_height:
            rows.append(self.whole_row("审阅意见:", Look.OPINION, self.opinion_height))
        rows.extend(self.whole_row(note, Look.NOTE, 13) for note in self.notes)
        if self.signatures:
            parts = self.spread(len(self.signatures))
            signed = zip(self.signatures, parts, strict=True)
            rows.append(Row(tuple(Cell(words, Look.SIGNATURE, across) for words, across in signed), 26))
            rows.append(Row(tuple(Cell("年   月   日", Look.SIGNING_DAY, across) for across in parts), 18))
        return tuple(rows)

    def whole_row(self, text: str, look: Look, height: float) -> Row:
        """Return a row of one cell from edge to edge."""
        return Row((Cell(text, look, len(self.columns)),), height)

    def spread(self, parts: int) -> list[int]:
        """Return how many columns each of some parts of nearly equal width takes, at least one."""
        ends = list(accumulate(self.columns, initial=0.0))
        edges = [0]
        for part in range(1, parts):
            places = range(edges[-1] + 1, len(self.columns) - (parts - part) + 1)
            edges.append(min((abs(ends[place] - ends[-1] * part / parts), place) for place in places)[1])
        return [after - before for before, after in pairwise([*edges, len(self.columns)])]


@dataclass(frozen=True)
class Properties:
    """What stands in a workbook's properties; `made_at` is the office's time, so that two writings are the same."""

    title: str
    author: str
    made_at: datetime


@dataclass(frozen=True)
class VerificationInfo:
    """Which line of the book a workbook is anchored to (sheet 核对信息).

    `hash`, `previous_hash` and `digest` are 64 hex digits; `previous_hash` is that of the export before, empty where
    there was none.
    """

    seq: int
    hash: str
    previous_hash: str
    version: int
    digest: str
    office_uuid: str
    made_at: datetime


VERIFICATION_SHEET = "核对信息"
VERIFICATION_LABELS = {
    "seq": "日志末行号",
    "hash": "末行哈希",
    "previous_hash": "上次导出哈希",
    "version": "版本",
    "digest": "数字摘要",
    "office_uuid": "办公室编号",
    "made_at": "制表时间",
}


def verification_page(info: VerificationInfo) -> Page:
    """Return the small last sheet, from which `read_verification` reads the anchor back."""
    words = {
        "seq": str(info.seq),
        "hash": info.hash,
        "previous_hash": info.previous_hash or "无",
        "version": str(info.version),
        "digest": info.digest,
        "office_uuid": info.office_uuid,
        "made_at": info.made_at.isoformat(" ", "seconds"),
    }
    return Page(
        sheet=VERIFICATION_SHEET,
        title=VERIFICATION_SHEET,
        subline=f"核对码 {info.seq}-{info.hash[:8]}",
        columns=(34, 136),
        header=(Row((Cell("项目", Look.HEAD), Cell("内容", Look.HEAD))),),
        blocks=tuple((Row((Cell(title), Cell(words[key]))),) for key, title in VERIFICATION_LABELS.items()),
        notes=("注:用“govoffice verify --anchor 本文件”核对登记簿在制表以后有没有被改动。",),
        body_points=SMALL_POINTS,
    )
