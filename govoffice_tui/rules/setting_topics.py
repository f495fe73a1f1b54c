"""The office's settings as a reader meets them: what is decided together, in which words, and what contradicts what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from govoffice_tui.rules.attendance import COLLECTION, LEAVE, TWO_SIGN_INS
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.duty import RECORD as DUTY_RECORD
from govoffice_tui.rules.leave import days_words
from govoffice_tui.rules.settings import (
    CARRIERS,
    CHARACTER_MARKS,
    DEFAULT_LEGEND,
    DUTY_CHOICES,
    TITLES,
    Settings,
    is_printable_mark,
    read_hours,
    read_legend,
    read_sign_points,
    read_value,
    write_legend,
)
from govoffice_tui.rules.supervision import FOLLOWING as SUPERVISION
from govoffice_tui.rules.supplies import SUPPLIES

NAME_LIMIT = 40
"""Characters of an office's name: more do not fit over a form."""

_ROUND_THE_CLOCK = "值班制度第1条"
_SAME_YEAR = "暑期的开始要早于结束,中间不跨年"

LEGEND_PRESETS: Mapping[str, str] = {
    "符号式": DEFAULT_LEGEND,
    "汉字式": write_legend({**read_legend(DEFAULT_LEGEND), **CHARACTER_MARKS}),
}
"""The two sets of marks an office may take whole."""


@dataclass(frozen=True)
class Topic:
    """Settings that are decided in one form: their keys, what they are called together, and the article."""

    word: str
    title: str
    keys: tuple[str, ...]
    help: str
    article: str = ""
    is_at_once: bool = False


GROUPS: Mapping[str, tuple[Topic, ...]] = {
    "单位": (Topic("office_name", "单位名称", ("office_name",), "印在每张表上。"),),
    "作息": (
        Topic(
            "morning", "上午签到", ("morning_opens", "morning_cutoff"), "开始以前不能签,收存以后不能补签。", COLLECTION
        ),
        Topic(
            "afternoon",
            "下午签到",
            ("afternoon_opens", "afternoon_cutoff"),
            "暑期以外的下午;开始以前不能签,收存以后不能补签。",
            COLLECTION,
        ),
        Topic(
            "summer_afternoon",
            "暑期下午签到",
            ("summer_afternoon_opens", "summer_afternoon_cutoff"),
            "暑期起止之间的下午。",
            COLLECTION,
        ),
        Topic("summer", "暑期起止", ("summer_from", "summer_to"), "头尾两天都算暑期。", COLLECTION),
    ),
    "签到簿": (
        Topic("carrier", "签到簿用什么", ("carrier",), "以后每一场照此;某一场临时改用纸质,在签到页上改。", COLLECTION),
        Topic(
            "sign_points",
            "签到点",
            ("sign_points",),
            "几处分开签到时,写每处有哪些股室:主楼=办领导、行政股;老楼=信息股。只有一处不写。",
            TWO_SIGN_INS,
        ),
        Topic(
            "first_session",
            "启用场次",
            ("first_session",),
            "从这一场起计应到;有人签到以后不能再改。",
            TWO_SIGN_INS,
            is_at_once=True,
        ),
    ),
    "请假": (
        Topic(
            "leave_tiers",
            "请假谁批",
            ("leave_oral_halves", "leave_deputy_halves"),
            "按半天写:1是半天,4是2天,正好等于的归下一档;再长的由主任批。",
            LEAVE,
        ),
        Topic(
            "leave_followup", "补办手续期限", ("leave_followup_days",), "电话请假返岗以后几个工作日,过期转待核。", LEAVE
        ),
        Topic("leave_long_sick", "长病假", ("leave_long_sick_days",), "病假超过几天的,连休息日一起按自然日计。", LEAVE),
    ),
    "值班": (
        Topic(
            "duty_hours",
            "行政股值守时间",
            ("duty_hours",),
            "工作日由行政股值守的时间,写 8:00-12:00 14:30-17:30;此外的时间由值班人员承担。",
            _ROUND_THE_CLOCK,
        ),
        Topic(
            "duty_summer_hours",
            "暑期行政股值守时间",
            ("duty_summer_hours",),
            "暑期起止之间的工作日。",
            _ROUND_THE_CLOCK,
        ),
        Topic(
            "duty_rest_shifts",
            "休息日班次",
            ("duty_rest_shifts",),
            "一班到底写 8:00-8:00;分白班夜班写 8:00-20:00 20:00-8:00。前后相接,没有空当。",
            _ROUND_THE_CLOCK,
        ),
        Topic("duty_noon", "中午由谁值守", ("duty_noon",), "工作日中午算谁的班。", _ROUND_THE_CLOCK),
        Topic("duty_officers", "每班值班员人数", ("duty_officers",), "一班排几名值班员。", _ROUND_THE_CLOCK),
        Topic(
            "duty_pools",
            "谁轮值",
            ("duty_pools",),
            "按股室或职务写:带班领导=办领导;通讯员=通讯员。没写到的人都轮值班员。个别不能值班的在排班页登记。",
            _ROUND_THE_CLOCK,
        ),
        Topic(
            "duty_rest_after",
            "值夜班后补休",
            ("duty_rest_after",),
            "值夜班或全天后的补休;次日休息的,记入补休余额。",
        ),
        Topic(
            "duty_report",
            "报告时限",
            ("duty_report_minutes",),
            "急办、请示超过这么多分钟还没有报告的显示红色。",
            DUTY_RECORD,
        ),
    ),
    "学习卫生": (
        Topic(
            "study",
            "集中学习",
            ("study_starts", "study_ends"),
            "星期二、四几点到几点;请假要在开始以前告知。",
            "学习制度第1条",
        ),
        Topic("cleaning", "大扫除", ("cleaning_starts", "cleaning_ends"), "星期一早上几点到几点。", "卫生制度第1条"),
    ),
    "会议": (
        Topic(
            "meeting_rooms",
            "会议室",
            ("meeting_rooms",),
            "登记会议时供选,坐得下多少人写在后面:一楼会议室=40;三楼会议室=200。同一时间只能开一个会。",
            "会议管理制度第5条",
        ),
        Topic(
            "meeting_term_from",
            "常务会议第几次",
            ("meeting_term_from",),
            "写本届政府从哪天起(如 2026-11-25),次数按届累计;不写就每年从第1次起。",
            "会议管理制度第2条",
        ),
    ),
    "督办": (
        Topic(
            "supervision_warning",
            "到期提醒",
            ("supervision_blue_days", "supervision_yellow_days"),
            "到期前几天起标蓝、列入今日,几天起标黄;过了时限一律标红。",
            SUPERVISION,
        ),
    ),
    "耗材": (
        Topic(
            "supplies_limit",
            "领用须股长批准",
            ("supplies_limit",),
            "一张单上一个品目超过这么多单位的须股长批准;0是都不用批。个别品目可在品目里另定。",
            SUPPLIES,
        ),
        Topic("supplies_count", "多久盘点一次", ("supplies_count_months",), "几个月盘点一次;0是不提醒。", SUPPLIES),
    ),
    "考勤符号": (
        Topic("legend", "月报表符号", ("legend",), "每月按月底那天的符号印,注里也照它列。只收国标字库里有的字。"),
    ),
    "备份": (
        Topic(
            "backup_folder",
            "第二备份文件夹",
            ("backup_folder",),
            "U盘或另一块盘上的文件夹,每次备份都抄一份过去;不写就只备一份。",
            is_at_once=True,
        ),
    ),
}
"""The page's groups in their order, each with its settings."""

TOPICS: Mapping[str, Topic] = {topic.word: topic for topics in GROUPS.values() for topic in topics}


def spelled(key: str, value: str) -> str:
    """Return a stored value in words; one that cannot be read is quoted as it is."""
    try:
        read = read_value(key, value)
    except ValueError:
        return f"“{value}”(读不懂)"
    if isinstance(read, time):
        return _clock(read)
    if key in ("leave_oral_halves", "leave_deputy_halves"):
        return days_words(read)
    if key == "leave_followup_days":
        return f"返岗后{read}个工作日"
    if key == "leave_long_sick_days":
        return f"超过{read}天"
    if key in ("supervision_blue_days", "supervision_yellow_days"):
        return f"{read}天"
    if key == "supplies_limit":
        return f"超过{read}个单位" if read else "都不用批"
    if key == "supplies_count_months":
        return f"每{read}个月" if read else "不提醒"
    if key in ("summer_from", "summer_to"):
        return _day(date.fromisoformat(f"2024-{value}"))
    if key == "first_session":
        day, half = value.split(" ")
        return f"{day[:4]}年{_day(date.fromisoformat(day))}{Half(int(half)).label}"
    if key == "legend":
        return legend_words(value)
    if key == "carrier":
        return CARRIERS[value]
    if key == "sign_points":
        return value or "只有一处"
    if key == "backup_folder":
        return value or "没有"
    if key == "meeting_rooms":
        return value or "没有写"
    if key == "meeting_term_from":
        return f"本届从{value[:4]}年{_day(date.fromisoformat(value))}起累计" if value else "每年从第1次起"
    if key in DUTY_CHOICES:
        return DUTY_CHOICES[key][value]
    return value


def topic_words(topic: Topic, values: Mapping[str, str]) -> str:
    """Return what a topic stands at, its keys' values together: 7:00开始,8:15收存."""
    words = [spelled(key, values[key]) for key in topic.keys]
    if topic.word == "duty_report":
        return f"{words[0]}分钟内"
    if topic.word == "supervision_warning":
        return f"到期前{words[0]}标蓝,{words[1]}标黄"
    if topic.word in ("summer", "study", "cleaning"):
        return f"{words[0]}到{words[1]}"
    if topic.word == "leave_tiers":
        return f"{words[0]}以内可口头,{words[1]}以内分管副主任"
    return f"{words[0]}开始,{words[1]}收存" if len(words) == 2 else words[0]


def legend_words(legend: str) -> str:
    """Return which set of marks a legend is, or in how many it departs from 符号式."""
    marks = read_legend(legend)
    for name, preset in LEGEND_PRESETS.items():
        if marks == read_legend(preset):
            return name
    usual = read_legend(DEFAULT_LEGEND)
    return f"自定,{sum(marks[status] != usual[status] for status in marks)}个与符号式不同"


def default_value(key: str) -> str:
    """Return what a setting nobody has made stands at, as it would be stored."""
    value = getattr(Settings(), key)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


_OBJECTIONS: Mapping[str, str] = {
    "duty_hours": "时间要写成 8:00-12:00 14:30-17:30,从早到晚,不重叠。",
    "duty_summer_hours": "时间要写成 8:00-12:00 15:00-18:00,从早到晚,不重叠。",
    "duty_rest_shifts": "班次要首尾相接满24小时,如 8:00-8:00,或 8:00-20:00 20:00-8:00。",
    "duty_pools": "要写成 带班领导=办领导;通讯员=通讯员,两个岗位都要有,一个股室或职务只写一处。",
    "duty_noon": "从所列的里选一个。",
    "duty_officers": "从所列的里选一个。",
    "duty_rest_after": "从所列的里选一个。",
    "meeting_rooms": "要写成 一楼会议室=40;三楼会议室=200,一间只写一次,人数可以不写。",
    "meeting_term_from": "要写成 2026-11-25 这样的日期,或者不写。",
}


def objection(key: str, value: str) -> str:
    """Return why a value cannot be set for a key, empty where it can; the sentence stands under its field."""
    if key == "office_name" and not value.strip():
        return "单位名称不能空着。"
    if key == "office_name" and len(value) > NAME_LIMIT:
        return f"单位名称最多{NAME_LIMIT}个字,印在表上要一行排得下。"
    if key == "sign_points":
        try:
            read_sign_points(value)
        except ValueError:
            return "签到点要写成 主楼=办领导、行政股;老楼=信息股,一个股室只写一处。"
    if key in _OBJECTIONS:
        try:
            read_value(key, value)
        except ValueError:
            return _OBJECTIONS[key]
    try:
        read_value(key, value)
    except ValueError:
        return f"“{value[:20]}”不能作为“{TITLES[key]}”。"
    return ""


def mark_objection(marks: Mapping[str, str], titles: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the first status whose mark cannot be printed or told apart, and why."""
    seen: dict[str, str] = {}
    for status, mark in marks.items():
        if len(mark) != 1:
            return status, "符号只写一个字。"
        if not is_printable_mark(mark):
            return status, f"“{mark}”在国标字库里没有,印出来是空框;对勾请用 √,叉请用 ×。"
        if mark in seen:
            return status, f"“{mark}”已经是{titles[seen[mark]]}的符号。"
        seen[mark] = status
    return None


def contradiction(rules: Settings) -> tuple[str, str] | None:
    """Return the key and the sentence of what does not go together, None where all does.

    Each half-day opens before its cut-off, the morning closes before any afternoon opens, and the summer
    begins before it ends within one year; what may be asked for by word of mouth is within what the deputy grants.
    """
    pairs = (
        ("morning_cutoff", rules.morning_opens, rules.morning_cutoff, "上午的收存时间要晚于开始时间"),
        ("afternoon_cutoff", rules.afternoon_opens, rules.afternoon_cutoff, "下午的收存时间要晚于开始时间"),
        (
            "summer_afternoon_cutoff",
            rules.summer_afternoon_opens,
            rules.summer_afternoon_cutoff,
            "暑期下午的收存时间要晚于开始时间",
        ),
        ("study_ends", rules.study_starts, rules.study_ends, "集中学习的结束时间要晚于开始时间"),
        ("cleaning_ends", rules.cleaning_starts, rules.cleaning_ends, "大扫除的结束时间要晚于开始时间"),
        ("afternoon_opens", rules.morning_cutoff, rules.afternoon_opens, "下午开始要晚于上午收存"),
        ("summer_afternoon_opens", rules.morning_cutoff, rules.summer_afternoon_opens, "暑期下午开始要晚于上午收存"),
    )
    for key, earlier, later, rule in pairs:
        if earlier >= later:
            return key, f"{rule}:现在是{_clock(earlier)}和{_clock(later)}。"
    if rules.leave_oral_halves > rules.leave_deputy_halves:
        words = f"{days_words(rules.leave_oral_halves)}和{days_words(rules.leave_deputy_halves)}"
        return "leave_deputy_halves", f"分管副主任批假的天数不能少于可口头请假的:现在是{words}。"
    if rules.supervision_yellow_days > rules.supervision_blue_days:
        words = f"{rules.supervision_blue_days}天和{rules.supervision_yellow_days}天"
        return "supervision_yellow_days", f"黄色提醒不能早于蓝色提醒:现在是{words}。"
    begins = read_hours(rules.duty_rest_shifts)[0][0]
    for key in ("duty_hours", "duty_summer_hours"):
        first = read_hours(getattr(rules, key))[0][0]
        if first != begins:
            return key, f"行政股值守的开始要与休息日交接班同一个时间:现在是{_clock(first)}和{_clock(begins)}。"
    if rules.summer_from > rules.summer_to:
        words = f"{spelled('summer_from', rules.summer_from)}和{spelled('summer_to', rules.summer_to)}"
        return "summer_to", f"{_SAME_YEAR}:现在是{words}。"
    return None


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
