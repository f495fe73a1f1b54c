"""Invented people for tests."""

from __future__ import annotations

from datetime import date

from govoffice_tui.rules.people import Category, StaffLine

FIRST = (
    ("赵敏", "办领导", "主任"),
    ("钱峰", "办领导", "副主任"),
    ("周小萍", "行政股", "科员"),
    ("王伟", "行政股", "科员"),
    ("阿依古丽·买买提", "信息股", "科员"),
    ("王伟", "资料动态股", "副股长"),
    ("冯䶮", "资料动态股", "科员"),
    ("吴桂芳", "信息股", "股长"),
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "建国秀英志强丽娟海燕文斌晓东春梅永福玉兰"


def staff_lines(count: int, joined: date | None = None) -> list[StaffLine]:
    """Return a list of people, the first eight always the same."""
    people = list(FIRST[:count])
    for place in range(len(people), count):
        name = SURNAMES[place % len(SURNAMES)] + GIVEN[(place * 7) % len(GIVEN)] + GIVEN[(place * 3 + 1) % len(GIVEN)]
        people.append((name, f"第{1 + place // 12}股", "科员"))
    return [
        StaffLine(row + 2, "", name, "", section, position, f"1390000{row:04d}", joined, Category.CIVIL_SERVANT, "")
        for row, (name, section, position) in enumerate(people)
    ]
