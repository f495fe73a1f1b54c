"""Reading the whole book again: is the chain whole, and is every row what its last line says."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from govoffice_tui.journal import chain
from govoffice_tui.journal.change import Tail, Wording, wording
from govoffice_tui.models import REGISTERS, Line, Table

Fetch = Callable[..., list[tuple[Any, ...]]]
Progress = Callable[[int], None]
Columns = Mapping[str, Collection[str]]

SLICE = 2000
"""Lines read by one statement, so that no reader keeps a writer waiting."""

REGISTER_WORDS: Mapping[str, str] = {
    "events": "大事记",
    "settings": "设置",
    "calendar": "工作日历",
    "calendar_adjustments": "本单位放假停班",
    "staff": "花名册",
    "staff_profiles": "人员情况",
    "staff_periods": "在册期间",
    "posts": "岗位",
    "sign_sessions": "签到簿",
    "sign_ins": "签到",
    "sign_sheets": "签到页",
    "arrivals": "到岗情况",
    "no_books": "未设簿",
    "presences": "未设簿核实",
    "presence_draws": "抽查到岗",
    "drawn_names": "抽查到岗名单",
    "spot_checks": "在岗抽查",
    "reviews": "复核",
    "outings": "因公外出",
    "outing_people": "外出人员",
    "absences": "旷工认定",
    "roll_sessions": "集中学习和大扫除",
    "roll_marks": "点名",
    "trainings": "培训",
    "training_people": "参训人员",
    "leaves": "请假登记",
    "delegations": "委托代批",
    "leave_entitlements": "年休假应休",
    "duty_shifts": "值班",
    "duty_entries": "值班记录",
    "duty_handings": "值班移交",
    "duty_stages": "突发报告",
    "duty_changes": "值班调换",
    "duty_absences": "替班离岗",
    "duty_blanks": "空白班说明",
    "contacts": "单位通讯录",
    "rosters": "值班表",
    "roster_shifts": "值班表班次",
    "roster_changes": "调班",
    "roster_receipts": "值班表收件",
    "duty_unavailable": "不能值班",
    "duty_starts": "以前的值班",
    "duty_rests": "值班补休",
    "meetings": "会议",
    "meeting_changes": "会议延期取消",
    "meeting_tasks": "会议清单",
    "meeting_topics": "会议议题",
    "meeting_materials": "会议材料",
    "meeting_handouts": "会议材料发放",
    "meeting_notices": "会议通知",
    "meeting_attendees": "到会",
    "meeting_minutes": "会议纪要",
    "decisions": "督办事项",
    "decision_steps": "督办经过",
    "seals": "印章",
    "seal_handovers": "印章交接",
    "seal_counts": "印章清点",
    "seal_cleanings": "印章清洗",
    "seal_approvals": "用印审批",
    "seal_items": "用印审批文件",
    "seal_amendments": "用印份数变更",
    "seal_pages": "用印签字页",
    "seal_carries": "印章外带",
    "seal_uses": "用印登记",
    "seal_organs": "联合用印机关",
    "equipment": "设备",
    "equipment_places": "设备去处",
    "equipment_changes": "设备变动",
    "equipment_upkeep": "设备保养",
    "repairs": "报修",
    "equipment_loans": "设备借用",
    "loan_extensions": "借用延期",
    "equipment_breaches": "设备违规",
    "supply_items": "耗材品目",
    "supply_profiles": "耗材品目情况",
    "supply_slips": "耗材凭证",
    "supply_lines": "耗材账",
    "closings": "封存",
    "exports": "导出",
}

_TABLES: Mapping[str, type[Table]] = {str(table._meta.table_name): table for table in REGISTERS}
_decode = json.JSONDecoder().raw_decode
_LINE_TAG = chain.ENTRY_TAG
_PAYLOAD_TAG = chain.PAYLOAD_TAG


@dataclass(frozen=True)
class Finding:
    """One place where the book is not what was written: which register, which entry, which line."""

    kind: str
    message: str
    register: str = ""
    entry: int | None = None
    seq: int | None = None

    def __str__(self) -> str:
        return self.message


def verify_chain(
    fetch: Fetch, uuid: bytes, progress: Progress = lambda seq: None, after: Tail | None = None
) -> Iterator[Finding]:
    """Yield every finding of the journal itself, in order; memory does not grow with the journal.

    `after` is a line that is known to be good: the check goes on from there.
    """
    encode_text = json.encoder.encode_basestring
    purged: set[int] | None = None
    words: dict[str, str] = {}
    start = after or Tail(0, 0, chain.genesis(uuid))
    seq, at, previous = start.seq, start.at, start.hash
    columns = ", ".join(wording(Line).columns)
    for (number,) in fetch("SELECT seq FROM journal WHERE seq < 1"):
        yield Finding("gap", f"日志里多出第{number}笔", seq=number)
    while lines := fetch(f"SELECT {columns} FROM journal WHERE seq > ? ORDER BY seq LIMIT {SLICE}", seq):
        for line in lines:
            when, entry, form_key, own, operator, payload, of_payload, before, register, salt, schema, number, verb = (
                line
            )
            if number != seq + 1:
                yield Finding("gap", f"日志第{seq + 1}笔到第{number - 1}笔不见了", seq=seq + 1)
            if before != previous:
                yield Finding(
                    "chain", f"日志第{number}笔接不上前一笔({_what(register, entry)})", register, entry, number
                )
            if when < at and verb != "fix_clock":
                yield Finding(
                    "time", f"日志第{number}笔的时间早于前一笔({_what(register, entry)})", register, entry, number
                )
            if payload is None or salt is None:
                purged = _purged_lines(fetch) if purged is None else purged
                if number not in purged:
                    yield Finding(
                        "blank", f"日志第{number}笔内容被抹去({_what(register, entry)})", register, entry, number
                    )
            elif sha256(_PAYLOAD_TAG + salt + payload.encode()).digest() != of_payload:
                yield Finding(
                    "payload", f"日志第{number}笔内容被改动({_what(register, entry)})", register, entry, number
                )
            if register not in words:
                words[register] = encode_text(register)
                if register not in _TABLES:
                    yield Finding("register", f"日志第{number}笔记的是不认识的册“{register}”", register, entry, number)
            if verb not in words:
                words[verb] = encode_text(verb)
            doer = "null" if operator is None else operator
            head = f"[{words[register]},{entry},{words[verb]},{doer},{encode_text(form_key)},{schema}]"
            hashed = sha256(
                _LINE_TAG
                + before
                + number.to_bytes(8, "big")
                + when.to_bytes(8, "big", signed=True)
                + sha256(head.encode()).digest()
                + of_payload
            ).digest()
            if hashed != own:
                yield Finding("line", f"日志第{number}笔被改动({_what(register, entry)})", register, entry, number)
            seq, at, previous = number, max(at, when) if verb != "fix_clock" else when, own
        progress(seq)


def verify_rows(
    fetch: Fetch, progress: Progress = lambda seq: None, columns: Columns | None = None
) -> Iterator[Finding]:
    """Yield every row that is not what its last line says, that has no line, or that is gone.

    `columns` are the tables of a file older than the program, each with its columns.
    """
    done = 0
    for register, table in _TABLES.items():
        words = wording(table)
        if columns is not None and register not in columns:
            yield from _missing_table(fetch, register)
            continue
        if columns is not None:
            words = _known(words, columns[register])
        query = f"{_with_last_line(register, words)} WHERE t.id > ? ORDER BY t.id LIMIT {SLICE}"
        key = words.columns.index("id")
        last = 0
        while rows := fetch(query, last):
            for row in rows:
                yield from _compare(fetch, register, words, row)
            last = rows[-1][key]
            done += len(rows)
            progress(done)
        yield from _missing_rows(fetch, register)


def verify_since(fetch: Fetch, uuid: bytes, good: Tail) -> Iterator[Finding]:
    """Yield what is wrong in the lines after a good one, and in the rows they are about."""
    yield from verify_chain(fetch, uuid, after=good)
    queries = {name: (wording(table), _with_last_line(name, wording(table))) for name, table in _TABLES.items()}
    last = good.seq
    while lines := fetch(f"SELECT seq, register, entry FROM journal WHERE seq > ? ORDER BY seq LIMIT {SLICE}", last):
        for register, entry in sorted({(register, entry) for _, register, entry in lines if register in queries}):
            words, query = queries[register]
            rows = fetch(f"{query} WHERE t.id = ?", entry)
            if not rows:
                yield Finding("missing", f"{_what(register, entry)}不见了,日志里有", register, entry)
            for row in rows:
                yield from _compare(fetch, register, words, row)
        last = lines[-1][0]


def _with_last_line(register: str, words: Wording) -> str:
    """Return the query of a register's rows, each with the payload of its last line."""
    columns = ", ".join(f't."{column}"' for column in words.columns)
    return (
        f'SELECT {columns}, j.payload FROM "{register}" t LEFT JOIN journal j ON j.seq ='
        f" (SELECT max(seq) FROM journal WHERE register = '{register}' AND entry = t.id)"
    )


def _compare(fetch: Fetch, register: str, words: Wording, row: tuple[Any, ...]) -> Iterator[Finding]:
    """Compare one row with the payload that came with it."""
    *values, payload = row
    if payload is None:
        yield from _without_payload(fetch, register, values[words.columns.index("id")])
        return
    written = _read_payload(payload)
    if list(written.values()) != values or tuple(written) != words.columns:
        yield from _differences(register, words.columns, words.defaults, values, written)


def _read_payload(payload: str) -> dict[str, Any]:
    """Return a payload's columns; one that is no longer JSON differs from its row in all of them."""
    try:
        written, end = _decode(payload)
    except ValueError:
        return {}
    return written if isinstance(written, dict) and end == len(payload) else {}


def _differences(
    register: str,
    columns: tuple[str, ...],
    defaults: tuple[chain.Value, ...],
    values: list[Any],
    written: dict[str, Any],
) -> Iterator[Finding]:
    """Compare a row with its line column by column: one the line does not know must hold its default."""
    row = dict(zip(columns, values, strict=True))
    expected = dict(zip(columns, defaults, strict=True)) | written
    if row == expected and written:
        return
    wrong = sorted(column for column in expected if row.get(column) != expected[column])
    if wrong or not written:
        entry = int(row["id"])
        title = _numbered(register, row, entry)
        yield Finding("row", f"{title}被改动({'、'.join(wrong)}与日志不符)", register, entry)


def _without_payload(fetch: Fetch, register: str, entry: int) -> Iterator[Finding]:
    """A row whose last line has no payload was purged; one without any line was slipped in."""
    if not fetch("SELECT 1 FROM journal WHERE register = ? AND entry = ? LIMIT 1", register, entry):
        yield Finding("unwritten", f"{_what(register, entry)}没有日志,是程序之外写进去的", register, entry)


def _known(words: Wording, columns: Collection[str]) -> Wording:
    """Return the wording of a table with only the columns an older file has."""
    known = [place for place, column in enumerate(words.columns) if column in columns]
    return replace(
        words,
        columns=tuple(words.columns[place] for place in known),
        defaults=tuple(words.defaults[place] for place in known),
    )


def _missing_table(fetch: Fetch, register: str) -> Iterator[Finding]:
    """Yield the lines of a register that the file has no table for; an older file has none of a newer register."""
    ((count, first),) = fetch("SELECT count(*), min(seq) FROM journal WHERE register = ?", register)
    if count:
        yield Finding("missing", f"{REGISTER_WORDS[register]}整册不见了,日志里有{count}笔", register, seq=first)


def _missing_rows(fetch: Fetch, register: str) -> Iterator[Finding]:
    """Yield every entry the journal knows and the register does not hold."""
    last = 0
    query = (
        f"SELECT DISTINCT j.entry FROM journal j WHERE j.register = ? AND j.entry > ?"
        f' AND NOT EXISTS (SELECT 1 FROM "{register}" t WHERE t.id = j.entry) ORDER BY j.entry LIMIT {SLICE}'
    )
    while gone := fetch(query, register, last):
        for (entry,) in gone:
            yield Finding("missing", f"{_what(register, entry)}不见了,日志里有", register, entry)
        last = gone[-1][0]


def _purged_lines(fetch: Fetch) -> set[int]:
    """Return the lines whose payload a recorded purge took out; its event lists them as 12 15 16."""
    return {
        int(seq)
        for (detail,) in fetch("SELECT detail FROM events WHERE kind = 'purge'")
        for seq in detail.split()
        if seq.isdecimal()
    }


def _numbered(register: str, row: Mapping[str, Any], entry: int) -> str:
    """Name a row by its number in the book where it has one."""
    if {"series", "year", "number"} <= row.keys():
        return f"{REGISTER_WORDS[register]} {row['series']}〔{row['year']}〕{row['number']}号"
    return _what(register, entry)


def _what(register: str, entry: int) -> str:
    """Name an entry by its register and row."""
    return f"{REGISTER_WORDS.get(register, register)}第{entry}行"
