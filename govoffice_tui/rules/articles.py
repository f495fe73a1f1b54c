"""The articles the product cites, each in a sentence of our own."""

from __future__ import annotations

from collections.abc import Mapping

ARTICLES: Mapping[str, str] = {
    "考勤制度第1条": "每个工作日上午、下午各签到一次,两场都要签。",
    "考勤制度第2条": "行政股专人管签到簿:上午8:15、下午14:45(暑期15:15)前收存,收存后不得补签;每月汇总报分管副主任。",
    "考勤制度第3条": "不得迟到、早退;没有正当理由半天不到岗的,按当天旷工处理。",
    "考勤制度第5条": "半日以内向分管副主任请假,半日以上2日以内书面向分管副主任请假,2日以上书面向主任请假;"
    "急事先打电话、事后补书面材料,否则按旷工处理;因公外出打电话告知。",
    "公务员法第88条": "旷工连续超过15个工作日,或者一年内累计超过30个工作日的,由办公室按规定研究;程序只累计、提示。",
    "考勤制度第4条": "上班时间在岗做本职工作:不串岗、溜岗、聊天,不办私事,不会私客。",
}


def article_text(article: str) -> str:
    """Return what an article says, empty for one the product does not carry out."""
    return ARTICLES.get(article, "")
