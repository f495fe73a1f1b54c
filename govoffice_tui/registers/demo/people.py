"""The fifty-six invented people of the demo office."""

from __future__ import annotations

from datetime import date

from govoffice_tui.rules.people import Category, StaffLine

_PEOPLE = """
办领导 赵敏 主任|钱峰 副主任|孙立人 副主任|何志远 副主任
行政股 李卫东 股长|周小萍 科员|吴桂芳 科员|郑爽爽 科员|王伟 科员|刘建华 通讯员|陶永福 通讯员
资料动态股 褚文斌 股长|王伟 副股长|冯䶮 科员|陈喆 科员|买买提·吐尔逊 科员|卫晓东 科员|蒋玉兰 科员
信息股 沈海燕 股长|赵雯 科员|阿依古丽·买买提 科员|欧阳丽娟 科员|单于飞 科员|仇英 科员
综合股 韩志强 股长|张伟 科员|杨丽娟 科员|朱春梅 科员|秦秀英 科员|尤建国 科员
督查股 许文斌 股长|吕海燕 科员|施晓东 科员|孔玉兰 科员|曹永福 科员
法制股 严志强 股长|华春梅 科员|金秀英 科员|魏建国 科员
应急股 姜丽娟 股长|戚文斌 科员|谢晓东 科员|邹海燕 科员
机要室 喻永福 主任|柏玉兰 科员|水志强 科员
后勤服务中心 窦建国 主任|章春梅 科员|云秀英 科员|苏文斌 驾驶员|潘晓东 驾驶员
编外人员 葛海燕 打字员|奚永福 保洁员|范玉兰 打字员|彭志强 实习生|郎春梅 实习生
"""

_WORKERS = ("通讯员", "驾驶员")
_APART = {"打字员": Category.CONTRACT, "保洁员": Category.PUBLIC_POST, "实习生": Category.INTERN}


def demo_lines(first: date) -> list[StaffLine]:
    """Return the people as a list brought in on the office's first day, in rank order."""
    lines: list[StaffLine] = []
    for block in _PEOPLE.strip().splitlines():
        section, people = block.split(" ", 1)
        for entry in people.split("|"):
            name, position = entry.split(" ")
            category = _APART.get(position, Category.WORKER if position in _WORKERS else Category.CIVIL_SERVANT)
            phone = f"1390000{1000 + 37 * len(lines):04d}"
            lines.append(StaffLine(len(lines) + 1, "", name, "", section, position, phone, first, category, ""))
    return lines
