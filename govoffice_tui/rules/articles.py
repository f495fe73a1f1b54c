"""The articles the product cites, each in a sentence of our own."""

from __future__ import annotations

from collections.abc import Mapping

ARTICLES: Mapping[str, str] = {
    "考勤制度第1条": "每个工作日上午、下午各签到一次,两场都要签。",
    "考勤制度第2条": "行政股专人管签到簿:上午8:15、下午14:45(暑期15:15)前收存,收存后不得补签;每月汇总报分管副主任。",
    "考勤制度第3条": "不得迟到、早退;没有正当理由半天不到岗的,按当天旷工处理。",
    "公务员法第88条": "旷工连续超过15个工作日,或者一年内累计超过30个工作日的,由办公室按规定研究;程序只累计、提示。",
    "考勤制度第4条": "上班时间在岗做本职工作:不串岗、溜岗、聊天,不办私事,不会私客。",
    "学习制度第1条": "每星期二、四8:15到8:45集中学习;特殊情况由主任确定变更或取消。",
    "学习制度第2条": "学习内容由党支部指定的人确定,并做好学习考勤登记。",
    "学习制度第3条": "全体人员准时参加;有事缺席要提前告知办公室领导或行政股,有事早退要向主任请假。",
    "学习制度第4条": "除集中学习外要加强自学,积极参加各种培训。",
    "卫生制度第1条": "每星期一早上8:00前,全体人员参加院内卫生区大扫除,由行政股专人登记汇总。",
}


def article_text(article: str) -> str:
    """Return what an article says, empty for one the product does not carry out."""
    return ARTICLES.get(article, "")
