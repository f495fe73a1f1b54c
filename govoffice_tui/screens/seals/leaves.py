"""The pages of the seal register as they are leafed through, and the list they share."""

from __future__ import annotations

from enum import StrEnum

from textual import events
from textual.message import Message
from textual.widgets import OptionList


class View(StrEnum):
    """Which of its pages the book lies open at."""

    DAY = "day"
    MONTH = "month"
    APPROVALS = "approvals"
    KEEPERS = "keepers"
    CARRIES = "carries"

    @property
    def next(self) -> View:
        """Return the page F8 leads to."""
        listed = list(View)
        return listed[(listed.index(self) + 1) % len(listed)]

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    View.DAY: "日页",
    View.MONTH: "月页",
    View.APPROVALS: "审批页",
    View.KEEPERS: "保管人页",
    View.CARRIES: "外带页",
}
KEYS_SHOWN = {
    View.DAY: "1 印迹端正清晰   回车 详情   F5 承办人签字、验印、补缺项",
    View.MONTH: "1 印迹端正清晰   回车 详情   F5 承办人签字、验印、补缺项",
    View.APPROVALS: "F2 登记申请   F5 同意、不同意、退回、用印、补办   回车 详情",
    View.KEEPERS: "F2 登记印章   F5 交接、清点上锁、清洗   F6 回车 清点上锁   回车 详情",
    View.CARRIES: "F2 登记外带   F5 同意、带出、现场用印、归还、验收   回车 详情",
}
EMPTY = {
    View.DAY: "这一天没有用印登记。\n\n按 F2 登记:先批准、签字、核对、承办人签字,再盖章(印章管理制度第3条)。",
    View.MONTH: "这个月没有用印登记。",
    View.APPROVALS: "没有用印申请。\n\n事先送来审批的按 F2 登记,批下来按 F5 用印;当场送来当场盖的,在日页按 F2。",
    View.KEEPERS: "还没有印章。\n\n按 F2 登记印章,再按 F5 办启用交接;谁手里的印章谁才能用(印章管理制度第1条)。",
    View.CARRIES: "没有印章外带。\n\n确需在外用印的按 F2 登记,主任批准后由保管人亲自带出(印章管理制度第2条)。",
}


class SealList(OptionList):
    """The lines of a page; 1 notes that the imprint of a line is clear."""

    class Clear(Message):
        """The imprint of the highlighted line is straight and clear."""

    def on_key(self, event: events.Key) -> None:
        """Take 1 for the line under the cursor; elsewhere digits choose tabs."""
        if event.character == "1" and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Clear())
