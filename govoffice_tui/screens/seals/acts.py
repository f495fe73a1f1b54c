"""The acts of the seal register by key: what can be put right, and what comes next, of what stands under the cursor."""

from __future__ import annotations

from functools import partial

from govoffice_tui.registers.seals import keeping_pages
from govoffice_tui.registers.seals.views import ApprovalRow, CarryRow, SealCard, UseRow
from govoffice_tui.rules.seal_states import APPROVAL_MOVES, CARRY_MOVES
from govoffice_tui.screens.acting import Act
from govoffice_tui.screens.seals.carry_acts import CarryActs
from govoffice_tui.screens.seals.keeping_acts import KeepingActs
from govoffice_tui.screens.seals.use_acts import UseActs

Line = UseRow | ApprovalRow | SealCard | CarryRow


class SealActs(UseActs, KeepingActs, CarryActs):
    """The acts on what stands under the cursor; the page that inherits them says what that is."""

    @property
    def chosen(self) -> Line | None:
        """Return what stands under the cursor."""
        raise NotImplementedError

    def action_correct(self) -> None:
        """Choose what is to be put right."""
        line = self.chosen
        if isinstance(line, UseRow) and not line.is_struck:
            self.offer(
                f"更正 {line.number} {line.unit}",
                [Act("更正", partial(self.correct_use, line)), Act("作废", partial(self.void_use, line))],
            )
        elif isinstance(line, ApprovalRow) and line.struck_reason is None:
            legal = {verb for state, verb in APPROVAL_MOVES if state is line.state}
            acts = [
                *(
                    Act(f"改批准份数 {item.shown_title}", partial(self.amend, item.id, item.copies))
                    for item in line.items
                    if "amend_approval" in legal
                ),
                *([Act("作废", partial(self.void_approval, line))] if "void_approval" in legal else []),
            ]
            self.offer(f"更正 {line.number} {line.unit}", acts)
        elif isinstance(line, CarryRow) and line.struck_reason is None:
            legal = {verb for state, verb in CARRY_MOVES if state is line.state}
            acts = [Act("作废", partial(self.void_carry, line))] if "void_carry" in legal else []
            self.offer(f"更正 {line.number} {line.seal_name}", acts)
        elif isinstance(line, SealCard):
            last = next(
                (one for one in keeping_pages.handovers(self.desk.office, line.id) if one.struck_reason is None), None
            )
            acts = [
                Act("更正名称或存放处", partial(self.correct_seal, line)),
                Act("停用", partial(self.retire, line)),
            ]
            if last is not None:
                words = f"作废最近一次交接 {last.number} {last.receiver_name}"
                acts.append(Act(words, partial(self.void_handover, last.id)))
            self.offer(f"更正 {line.name}", acts)
        elif line is not None:
            self.note("已划去,没有可以更正的。")

    def action_proceed(self) -> None:
        """Choose what happens next."""
        line = self.chosen
        if isinstance(line, UseRow):
            self.offer(f"下一步 {line.number} {line.unit}", self.next_of_use(line))
        elif isinstance(line, ApprovalRow):
            self.offer(f"下一步 {line.number} {line.unit}", self.next_of_approval(line))
        elif isinstance(line, CarryRow):
            self.offer(f"下一步 {line.number} {line.seal_name}", self.next_of_carry(line))
        elif isinstance(line, SealCard):
            self.offer(
                f"下一步 {line.name}",
                [
                    Act("交接(专人变更、代管、交还)", partial(self.hand_over, line)),
                    Act("清点上锁(手里的全部)", self.count),
                    Act("清洗", partial(self.clean, line)),
                    Act("清点时不见了", partial(self.missing, line)),
                ],
            )
