"""处置提示: what to ask and whom to tell when something happened at night, a page a kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """处置提示 of one kind of incident: what to ask, and whom to tell."""

    title: str
    lines: tuple[str, ...]


ADVICE: tuple[Advice, ...] = (
    Advice(
        "通用(任何突发事件)",
        (
            "问清并记下:时间、地点、起因、现状、伤亡、已采取的措施、已报告谁、来电人姓名职务电话。",
            "先口头报带班领导,再按领导意见通知有关单位;时间逐一记下。",
            "首报讲清有什么事,不等全部查明;情况有变就续报,办完了终报。",
            "报送时限按本县规定;不清楚的,马上请示带班领导。",
        ),
    ),
    Advice(
        "暴雨洪涝、山洪",
        ("问清河段、村组、水位、转移人数、失联人数、道路通信。", "先通知应急、水利和有关乡镇,确认对方有人接。"),
    ),
    Advice(
        "火灾",
        ("问清地点、燃烧物、有无人员被困、消防是否到场。", "没有报火警的,请来电人立即拨119。"),
    ),
    Advice(
        "道路交通、工程塌方",
        ("问清路段桩号、伤亡、车辆种类、有无危险品、交通是否中断。", "通知公安交警、卫健和交通部门,报带班领导。"),
    ),
    Advice(
        "安全生产事故",
        (
            "问清单位、地点、被困和伤亡人数、是否还有危险。",
            "通知应急和行业主管部门;不得漏报人数,数字未核实的照实说明。",
        ),
    ),
    Advice(
        "公共卫生、食物中毒",
        ("问清地点、人数、症状、何时开始、是否送医。", "通知卫健、市场监管部门和所在乡镇。"),
    ),
    Advice(
        "群体上访、聚集",
        ("问清地点、人数、诉求、牵头人、情绪和现场处置。", "报带班领导和信访部门,通知责任单位派人到场。"),
    ),
    Advice(
        "停水停电、通信中断",
        ("问清范围、原因、预计恢复时间、有没有医院学校受影响。", "通知供电、供水、通信单位,把恢复时间记下来。"),
    ),
)
"""One page a kind, in our own words; local plans go first."""
