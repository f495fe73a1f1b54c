"""The acts on a seal: entered, handed over, counted and locked away, cleaned, taken out of use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from govoffice_tui.registers.seals import handovers, keeping
from govoffice_tui.registers.seals.signatories import read_signatory
from govoffice_tui.registers.seals.views import SealCard
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import SealKind
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.seals.answers import Answers
from govoffice_tui.screens.seals.filling import FillingScreen
from govoffice_tui.widgets.form_rows import Field

HANDOVER_KINDS = (("issue", "启用"), ("change", "专人变更"), ("acting", "代管"), ("back", "交还"))
SEAL_KINDS = tuple((kind.value, kind.label) for kind in SealKind)


class KeepingActs(FillingScreen):
    """What is done about a seal itself."""

    def count(self) -> None:
        """Note that every seal in one's hands was counted and locked away."""
        self.perform(keeping.count_seals, done=lambda names: f"已清点上锁 {'、'.join(names)}")

    def add_seal(self) -> None:
        """Enter a seal."""
        fields = [
            Field("name", "印章名称", required=True, placeholder="章上刻的字", width=50),
            Field("kind", "类别", "choice", True, choices=SEAL_KINDS),
            Field("place", "存放处", required=True, placeholder="哪个桌柜,要加锁", article="印章管理制度第1条"),
            Field("from_day", "启用日期", "date", True, value=self.today.isoformat()),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            day = date.fromisoformat(values["from_day"])
            return act(keeping.add_seal, values["name"], SealKind(values["kind"]), values["place"], day)

        self.fill("登记印章", fields, verb, lambda _: "已登记印章,请接着按 F5 办启用交接", draft="seal.add")

    def hand_over(self, card: SealCard) -> None:
        """Enter that a seal went to somebody else."""
        holding = card.holding
        kind = "issue" if holding is None else "back" if holding.is_acting else "acting"
        listed = self.approvers()
        fields = [
            Field("kind", "交接", "choice", True, choices=HANDOVER_KINDS, value=kind),
            Field(
                "receiver",
                "接收人",
                "person",
                True,
                people=self.desk.people,
                value=str(holding.keeper) if holding is not None and holding.is_acting else "",
            ),
            Field("supervisor", "监交人", required=True, article="印章管理制度第1条", width=24),
            Field("condition", "印章状况", required=True, value="完好,印迹清晰"),
            Field("designated_by", "指定领导", history=tuple(listed), placeholder="代管才写,如 主任 赵敏", width=40),
            Field("until", "代管到", "date", placeholder="代管才写,如 周五"),
            Field("day", "交接日期", "date", True, value=self.today.isoformat()),
            Field("at", "几点", "time", placeholder="不写就是现在", width=24),
            Field("paper_page", "交接单存放", placeholder="册、页,可不写", width=24),
            Field("remark", "备注", placeholder="可不写"),
        ]

        def verb(values: Answers) -> Callable[..., Any]:
            day = date.fromisoformat(values["day"])
            moment = datetime.combine(day, time.fromisoformat(values["at"])) if values["at"] else None
            if moment is None and day != self.today:
                raise Refused("不是今天的交接请写几点。", field="at")
            leader = values["designated_by"]
            handing = handovers.Handing(
                values["kind"],
                int(values["receiver"]),
                values["supervisor"],
                values["condition"],
                read_signatory(self.desk.office, leader, day, "designated_by") if leader else None,
                date.fromisoformat(values["until"]) if values["until"] else None,
                moment,
                values["paper_page"],
                values["remark"],
            )
            return act(handovers.hand_over_seal, card.id, handing)

        held = "还没有人保管" if holding is None else f"现由{holding.words}保管"
        self.fill(
            f"印章交接 {card.name}",
            fields,
            verb,
            lambda done: f"已登记 {done.words}",
            hint=f"{held}。代管要由领导指定并写到哪一天;印章没有B角。",
            draft="seal.hand",
            about=f"{card.id}",
        )

    def correct_seal(self, card: SealCard) -> None:
        """Put name or place of a seal right."""
        fields = [
            Field("why", "更正原因", required=True),
            Field("name", "印章名称", required=True, value=card.name, width=50),
            Field("place", "存放处", required=True, value=card.place),
            Field("kind", "类别", "choice", True, choices=SEAL_KINDS, value=card.kind.value),
        ]
        self.fill(
            f"更正 {card.name}",
            fields,
            lambda values: act(
                keeping.correct_seal,
                card.id,
                values["name"],
                values["place"],
                values["why"],
                SealKind(values["kind"]),
            ),
            lambda done: f"已更正 {done.name}",
            word="更正",
        )

    def retire(self, card: SealCard) -> None:
        """Take a seal out of use."""
        fields = [
            Field("last", "用到哪天", "date", True, value=self.today.isoformat()),
            Field("why", "原因和去向", required=True, placeholder="如 换发新印,旧印缴销"),
        ]
        self.fill(
            f"停用 {card.name}",
            fields,
            lambda values: act(keeping.retire_seal, card.id, date.fromisoformat(values["last"]), values["why"]),
            lambda done: f"已停用 {done.name}",
            word="停用",
        )

    def void_handover(self, handover: int) -> None:
        """Strike the last handover of a seal."""
        self.fill(
            "作废最近一次交接",
            [Field("why", "作废原因", required=True)],
            lambda values: act(handovers.void_handover, handover, values["why"]),
            lambda number: f"已作废 {number}",
            word="作废",
        )

    def clean(self, card: SealCard) -> None:
        """Note that a seal was cleaned."""
        self.fill(
            f"清洗 {card.name}",
            [Field("words", "情况", value="清洗后印迹清晰")],
            lambda values: act(keeping.clean_seal, card.id, values["words"]),
            lambda name: f"已登记清洗 {name}",
        )

    def missing(self, card: SealCard) -> None:
        """Note that a seal was not there when the seals were counted."""
        self.fill(
            f"清点时不见了 {card.name}",
            [Field("words", "情况", required=True, placeholder="怎么不见的、报告了谁")],
            lambda values: act(keeping.count_seals, {card.id: values["words"]}),
            lambda _: f"已登记 {card.name}清点时不见",
            hint="手里的其他印章同时记为已清点上锁。",
        )
