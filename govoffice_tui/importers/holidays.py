"""The State Council's notice of days off, read from its own words: a text in, dated days and problems out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from govoffice_tui.importers.reader import Unreadable
from govoffice_tui.rules.notices import (
    FESTIVALS,
    FEWEST_WORKDAYS,
    FIXED_DAYS,
    MOST_WORKDAYS,
    WEEKDAYS,
    YEAR_END,
    HolidayNotice,
    plain_kind,
    workday_count,
)
from govoffice_tui.text import Verdict, clean, guard

FILE_BYTES = 200_000
CHARACTERS = 20_000

_SHORT_NAMES = {"元旦节": "元旦", "清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
_NAME = '(?:元旦节?|春节|清明节?|[“"]?五一[”"]?(?:国际劳动节)?|(?:国际)?劳动节|端午节?|中秋节?|国庆节?)'
_HEADING = re.compile(f"({_NAME}(?:[、和及,]{_NAME}){{0,6}})(?:放假)?(?:时间)?:")
_NUMBERING = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十0-9]{1,2}[).、])$")
_END = re.compile(r"节假日期间|假期期间|放假期间|国务院办公厅(?=[0-9]{4}年)|各地区|特此通知")

_YEAR = re.compile("(20[0-9]{2})年(?:部分)?(?:节假日|元旦|放假)")
_NUMBER = re.compile(r"国办发(?:明电)?[〔\[(](20[0-9]{2})[〕\])]([0-9]{1,3})号")

_BRACKET = r"(?:\([^()]{0,20}\))?"
_DAY = rf"(?:(?:[0-9]{{4}}年)?[0-9]{{1,2}}月)?[0-9]{{1,2}}日{_BRACKET}"
_SPAN = f"{_DAY}(?:(?:至|到|[-—~]){{1,2}}{_DAY})?"
_DAYS = f"{_SPAN}(?:[、和及]{_SPAN}){{0,20}}"
_COUNT = "[0-9]{1,2}|[一二三四五六七八九十两]{1,2}"
_OFF = re.compile(f"({_DAYS})(?:放假|补休|公休|调休|休息)(?:调休|公休|补休|放假)?(?:共?({_COUNT})天)?")
_WORK = re.compile(f"({_DAYS})(?:正常|照常|调休|补)?(?:上班|补班)")
_TOTAL = re.compile(f"(?:共|合计|共计|连休)({_COUNT})天")
_PLAIN = re.compile("不调休|(?:与)?(?:前后)?(?:周末|双休日)(?:连休|相连)?|连休|调休|放假调休")
_SAYS_SOMETHING = re.compile("放假|上班|补休|调休|公休|补班|连休")
_ONE_SPAN = re.compile(_SPAN)
_ONE_DAY = re.compile(rf"(?:(?:([0-9]{{4}})年)?([0-9]{{1,2}})月)?([0-9]{{1,2}})日({_BRACKET})")
_WEEKDAY = re.compile("(?:星期|周|礼拜)([一二三四五六日天])")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


@dataclass
class _Reading:
    """What has been read so far."""

    year: int
    days_off: dict[date, str] = field(default_factory=dict)
    make_up: dict[date, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def parse_notice(text: str, year: int | None = None) -> HolidayNotice:
    """Return what a notice says (国务院办公厅关于某年部分节假日安排的通知), every problem of it at once.

    `year` stands for a heading that was not copied along; of a text that names another year it is a problem.
    Nothing is raised: a text that is no notice gives a notice of no days with problems.
    """
    if guard(text) is Verdict.REFUSE:
        return HolidayNotice(
            year or 0, "", {}, {}, ("文字里像带有密级标志,没有读。涉密文件不得放在本机,请报告保密办。",)
        )
    if len(text) > CHARACTERS:
        return HolidayNotice(year or 0, "", {}, {}, (f"文字有{len(text)}个字,太长,请只粘贴通知本身。",))
    shown = clean(text, multiline=True, limit=CHARACTERS).text
    flat = "".join(unicodedata.normalize("NFKC", shown).split())
    named = _YEAR.search(flat)
    number = _NUMBER.search(flat)
    found = int(named[1]) if named else None
    if found is None and year is None:
        return HolidayNotice(0, "", {}, {}, ("看不出是哪一年的通知:请连同标题“关于…年部分节假日安排的通知”一起粘贴。",))
    reading = _Reading(year or found or 0)
    if year is not None and found not in (None, year):
        reading.problems.append(f"要的是{year}年,通知写的是{found}年,请核对选的是不是这一年的通知。")
    for festivals, body in _sections(flat):
        _read_section(reading, festivals, body)
    _check(reading)
    written = f"国办发明电〔{number[1]}〕{number[2]}号" if number and "明电" in number[0] else ""
    if number and not written:
        written = f"国办发〔{number[1]}〕{number[2]}号"
    notices = () if written else ("没有文号,需要时请连同文号一起粘贴。",)
    return HolidayNotice(
        reading.year, written, reading.days_off, reading.make_up, tuple(dict.fromkeys(reading.problems)), notices
    )


def read_notice(path: Path, year: int | None = None) -> HolidayNotice:
    """Return the notice in a text file (UTF-8 or GB18030).

    Raises:
        Unreadable: for a file that is missing, is no text, or is too large.
    """
    shown = "这个文件" if guard(path.name) is Verdict.REFUSE else f"“{clean(path.name, limit=80).text}”"
    if path.suffix.lower() != ".txt":
        raise Unreadable(f"{shown}不是.txt文件,请打开通知,全选复制,粘贴到“放假通知”一页里,或另存为.txt。")
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{shown}打不开,请核对文件名和所在文件夹。") from error
    if len(data) > FILE_BYTES:
        raise Unreadable(f"{shown}太大,不像一份放假通知,请核对是不是选错了文件。")
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return parse_notice(data.decode(encoding), year)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{shown}的文字认不出来,请用记事本打开,另存为UTF-8的.txt。")


def _sections(flat: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each festival's own words: what stands between its heading and the next one."""
    headings = list(_HEADING.finditer(flat))
    for place, heading in enumerate(headings):
        end = headings[place + 1].start() if place + 1 < len(headings) else len(flat)
        body = flat[heading.end() : end]
        close = _END.search(body)
        body = _NUMBERING.sub("", body[: close.start()] if close else body)
        yield tuple(_full_name(name) for name in re.findall(_NAME, heading[1])), body


def _full_name(name: str) -> str:
    if "五一" in name or "劳动节" in name:
        return "劳动节"
    return _SHORT_NAMES.get(name, name)


def _read_section(reading: _Reading, festivals: tuple[str, ...], body: str) -> None:
    title = "、".join(festivals)
    for festival in festivals:
        if festival in reading.seen:
            reading.problems.append(f"{festival}写了两次,请核对是不是粘贴了两份通知。")
        reading.seen.add(festival)
    before = len(reading.days_off)
    for sentence in re.split("[。;]", body):
        if _SAYS_SOMETHING.search(sentence) or _ONE_DAY.search(sentence):
            _read_sentence(reading, festivals, title, sentence)
    if len(reading.days_off) == before:
        reading.problems.append(f"{title}没有读到放假的日期,请核对这一段是否完整。")


def _read_sentence(reading: _Reading, festivals: tuple[str, ...], title: str, sentence: str) -> None:
    days: list[date] = []
    counts: list[int] = []
    for clause in filter(None, re.split(",", sentence)):
        if found := _OFF.fullmatch(clause):
            read = _read_days(reading, festivals, title, found[1])
            for day in read:
                if day in reading.days_off:
                    reading.problems.append(f"{_shown(day)}在{reading.days_off[day]}和{title}里都放假,请核对。")
                reading.days_off[day] = title
            days += read
            counts += [_number(found[2])] if found[2] else []
        elif found := _WORK.fullmatch(clause):
            for day in _read_days(reading, festivals, title, found[1]):
                reading.make_up[day] = title
        elif found := _TOTAL.fullmatch(clause):
            counts.append(_number(found[1]))
        elif not _PLAIN.fullmatch(clause):
            reading.problems.append(f"{title}:“{clause[:40]}”读不懂,请核对粘贴的文字是否完整,或照通知的写法改。")
    spans = {len(days), _with_weekends(days)} if "周末" in sentence or "双休日" in sentence else {len(days)}
    for count in counts:
        if days and count not in spans:
            reading.problems.append(f"{title}:写的是{count}天,起止日期算出来是{max(spans)}天,请核对日期。")


def _read_days(reading: _Reading, festivals: tuple[str, ...], title: str, words: str) -> list[date]:
    """Return the days of a list such as 9月20日(周日)、10月10日(周六) or 1月28日至2月4日."""
    days: list[date] = []
    month = 0
    for span in _ONE_SPAN.finditer(words):
        ends: list[date] = []
        for year_words, month_words, day_words, bracket in _ONE_DAY.findall(span[0]):
            month = int(month_words) if month_words else month
            year = int(year_words) if year_words else reading.year
            if not year_words and month == 12 and "元旦" in festivals:
                year -= 1
            try:
                day = date(year, month, int(day_words))
            except ValueError:
                reading.problems.append(f"{title}:没有{month}月{day_words}日这一天,请核对。")
                return days
            if not year_words and ends and day < ends[0]:
                day = day.replace(year=day.year + 1)
            _check_weekday(reading, title, day, bracket)
            ends.append(day)
        length = (ends[-1] - ends[0]).days + 1
        if not 1 <= length <= 31:
            reading.problems.append(f"{title}:从{_shown(ends[0])}到{_shown(ends[-1])}不对,请核对起止日期。")
            continue
        days += [ends[0] + timedelta(days=offset) for offset in range(length)]
    return days


def _check_weekday(reading: _Reading, title: str, day: date, bracket: str) -> None:
    written = _WEEKDAY.search(bracket)
    if written and written[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        reading.problems.append(
            f"{title}:{day.year}年{_shown(day)}是星期{WEEKDAYS[day.weekday()]},写的是{written[0]},请核对日期和年份。"
        )


def _check(reading: _Reading) -> None:
    """Add what is wrong with the whole."""
    problems = reading.problems
    if not reading.seen:
        problems.append("没有读到节日的安排:每个节日应像“一、元旦:1月1日放假…”这样写,请粘贴通知全文。")
        return
    missing = [festival for festival in FESTIVALS if festival not in reading.seen]
    if missing:
        problems.append(f"缺{'、'.join(missing)},请粘贴通知全文。")
    for day in sorted(reading.days_off.keys() | reading.make_up.keys()):
        festivals = reading.days_off.get(day) or reading.make_up[day]
        is_before = day.year == reading.year - 1 and (day.month, day.day) >= YEAR_END and festivals == "元旦"
        if day.year != reading.year and not is_before:
            problems.append(f"{festivals}:{day.year}年{_shown(day)}不在{reading.year}年里,请核对年份。")
    for day, festival in sorted(reading.make_up.items()):
        if day in reading.days_off:
            problems.append(f"{_shown(day)}又放假又上班,请核对。")
        elif plain_kind(day).is_work:
            problems.append(f"{festival}:上班的{_shown(day)}是星期{WEEKDAYS[day.weekday()]},本来就上班,请核对日期。")
    for festival, (month, number) in FIXED_DAYS.items():
        if festival in reading.seen and date(reading.year, month, number) not in reading.days_off:
            problems.append(f"{festival}的放假日期里没有{month}月{number}日,请核对日期。")
    count = workday_count(HolidayNotice(reading.year, "", reading.days_off, reading.make_up))
    if not FEWEST_WORKDAYS <= count <= MOST_WORKDAYS:
        problems.append(
            f"照这份通知全年工作日有{count}天,应在{FEWEST_WORKDAYS}到{MOST_WORKDAYS}天之间,请核对有没有漏掉的放假或上班日期。"
        )


def _with_weekends(days: list[date]) -> int:
    """Return how long a run of days off is together with the weekends on both sides."""
    if not days:
        return 0
    first, last = min(days), max(days)
    while not plain_kind(first - timedelta(days=1)).is_work:
        first -= timedelta(days=1)
    while not plain_kind(last + timedelta(days=1)).is_work:
        last += timedelta(days=1)
    return (last - first).days + 1


def _number(words: str) -> int:
    """Return 7 for 7, 七 and 共七天's 七; 十一 is 11."""
    if words.isdecimal():
        return int(words)
    if len(words) == 2:
        return (
            _DIGITS[words[0]] * 10 if words[1] == "十" and words[0] != "十" else _DIGITS[words[0]] + _DIGITS[words[1]]
        )
    return _DIGITS[words]


def _shown(day: date) -> str:
    return f"{day.month}月{day.day}日"
