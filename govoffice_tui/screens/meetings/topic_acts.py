"""The acts on a meeting's checklist, topics and papers."""

from __future__ import annotations

from govoffice_tui.registers.meetings import history, materials, notices, tasks, topics
from govoffice_tui.registers.meetings.views import (
    HandoutLine,
    MaterialLine,
    MeetingKey,
    MeetingPage,
    TaskLine,
    TopicLine,
)
from govoffice_tui.rules.meetings.articles import SERVICE
from govoffice_tui.rules.meetings.checklists import Phase
from govoffice_tui.rules.meetings.parts import Outcome, Reply, next_stage
from govoffice_tui.screens.acting import act
from govoffice_tui.screens.meetings.acts import MeetingActs
from govoffice_tui.screens.meetings.forms import WHY
from govoffice_tui.screens.meetings.part_forms import (
    material_fields,
    read_day,
    read_due,
    read_material,
    read_topic,
    task_fields,
    topic_fields,
)
from govoffice_tui.widgets.form_rows import Field


class TopicActs(MeetingActs):
    """The acts on checklist, topics and papers of the meeting that is open."""

    def tick_task(self, key: MeetingKey, task: TaskLine) -> None:
        """Tick a line off."""
        self.perform(tasks.finish_task, key, task.place, done=lambda words: f"已办结 {words}")

    def skip_task(self, key: MeetingKey, task: TaskLine) -> None:
        """Say why a line is not needed."""
        self.fill(
            f"不需要 {task.words}",
            [Field("remark", "为什么", required=True, placeholder="如 承办部门自办")],
            lambda values: act(tasks.finish_task, key, task.place, is_needless=True, remark=values["remark"]),
            lambda words: f"已记不需要 {words}",
        )

    def add_task(self, key: MeetingKey) -> None:
        """Add a line to the checklist."""
        self.fill(
            "添加事项",
            task_fields(self.desk.people),
            lambda values: act(
                tasks.add_task,
                key,
                Phase(values["phase"]),
                values["words"],
                int(values["owner"]) if values["owner"] else None,
                read_due(values),
            ),
            lambda words: self.added(f"已添加 {words}", TaskLine),
        )

    def change_task(self, key: MeetingKey, task: TaskLine, *, is_reopened: bool = False) -> None:
        """Say who sees to a line and by when; open one again that was ticked off by mistake."""
        self.fill(
            f"{'重新打开' if is_reopened else '谁办、时限'} {task.words}",
            task_fields(self.desk.people, task),
            lambda values: act(
                tasks.change_task,
                key,
                task.place,
                int(values["owner"]) if values["owner"] else None,
                read_due(values),
                is_reopened=is_reopened,
            ),
            lambda words: f"已改 {words}",
            word="更正",
        )

    def add_topic(self, key: MeetingKey) -> None:
        """Enter a topic."""
        self.fill(
            "登记议题",
            topic_fields(self.desk.office),
            lambda values: act(topics.add_topic, key, read_topic(values)),
            lambda words: self.added(f"已登记 {words}", TopicLine),
            draft="meeting.topic",
            about=key.shown,
        )

    def correct_topic(self, key: MeetingKey, topic: TopicLine) -> None:
        """Put a topic right."""
        self.fill(
            f"更正 议题{topic.place}",
            topic_fields(self.desk.office, topic),
            lambda values: act(topics.correct_topic, key, topic.id, read_topic(values), values["why"]),
            lambda words: f"已更正 {words}",
            word="更正",
        )

    def strike_topic(self, key: MeetingKey, topic: TopicLine) -> None:
        """Strike a topic."""
        self.fill(
            f"划去 议题{topic.place} {topic.title}",
            [WHY],
            lambda values: act(topics.strike_topic, key, topic.id, values["why"]),
            lambda words: f"已划去 {words}",
            word="划去",
            hint="不上会的请按 4 撤下;划去只用于登错的。",
        )

    def review_topic(self, key: MeetingKey, topic: TopicLine) -> None:
        """Note the next step of a topic's review."""
        after = next_stage(topic.stage)
        if after is None:
            self.note("这个议题县领导已审定。")
            return
        used = history.names_used(self.desk.office, "meeting_topics", f"{after.value}_by")
        fields = [
            Field(
                "reviewer",
                "谁审的",
                required=True,
                value=used[0] if used else "",
                history=used,
                width=24,
                article=SERVICE,
            ),
            Field("day", "日期", "date", True, value=self.today.isoformat()),
        ]
        self.fill(
            f"{after.label} 议题{topic.place} {topic.title}",
            fields,
            lambda values: act(topics.review_topic, key, topic.id, values["reviewer"], read_day(values)),
            lambda words: f"已登记 {words}",
        )

    def decide_topic(self, key: MeetingKey, topic: TopicLine, outcome: Outcome) -> None:
        """Note what became of a topic."""
        self.perform(
            topics.decide_topic, key, topic.id, outcome, topic.outcome_words, done=lambda words: f"已登记 {words}"
        )
        self.move_on()

    def word_outcome(self, key: MeetingKey, topic: TopicLine) -> None:
        """Write what was decided on a topic, in a sentence."""
        outcome = topic.outcome
        if outcome is None:
            self.note("会后先按 1 到 4 记结果,再写说明。")
            return
        self.fill(
            f"结果说明 议题{topic.place} {outcome.label}",
            [Field("words", "说明", value=topic.outcome_words, placeholder="如 按会议意见修改后印发")],
            lambda values: act(topics.decide_topic, key, topic.id, outcome, values["words"]),
            lambda words: f"已登记 {words}",
        )

    def add_material(self, key: MeetingKey) -> None:
        """Enter a paper."""
        self.fill(
            "登记材料",
            material_fields(self.desk.office),
            lambda values: act(materials.add_material, key, read_material(values)),
            lambda words: self.added(f"已登记 {words}", MaterialLine),
        )

    def correct_material(self, key: MeetingKey, paper: MaterialLine) -> None:
        """Put a paper right."""
        self.fill(
            f"更正 材料{paper.place}",
            material_fields(self.desk.office, paper),
            lambda values: act(materials.correct_material, key, paper.id, read_material(values), values["why"]),
            lambda words: f"已更正 {words}",
            word="更正",
        )

    def strike_material(self, key: MeetingKey, paper: MaterialLine) -> None:
        """Strike a paper."""
        self.fill(
            f"划去 材料{paper.place} {paper.title}",
            [WHY],
            lambda values: act(materials.strike_material, key, paper.id, values["why"]),
            lambda words: f"已划去 {words}",
            word="划去",
        )

    def give_copies(self, key: MeetingKey, page: MeetingPage, paper: MaterialLine) -> None:
        """Give copies out, by default to every unit that is coming."""
        coming = [one.unit for one in page.notices if one.reply in (Reply.COMING, Reply.SUBSTITUTE)]
        given = {one.holder for one in paper.handouts}
        left = "、".join(unit for unit in coming if unit not in given)
        self.fill(
            f"发放 {paper.title}(已发{paper.given}份,共{paper.copies}份)",
            [
                Field(
                    "holders",
                    "发给",
                    required=True,
                    value=left,
                    width=70,
                    placeholder="单位或姓名,用、隔开",
                    joint="、",
                ),
                Field("each", "每处几份", "number", True, value="1", width=12),
            ],
            lambda values: act(
                materials.give_copies, key, paper.id, notices.split_units(values["holders"]), int(values["each"])
            ),
            lambda words: f"已发放 {words}",
            word="发放",
            hint="编号从下一份起,按所写的先后一处一处排。",
        )

    def take_back(self, key: MeetingKey, paper: MaterialLine, one: HandoutLine | None) -> None:
        """Note that copies came back: of one line, or everything still out of a paper."""
        wanted = [one] if one is not None else list(paper.still_out)
        if not wanted:
            self.note("这份材料没有要收回的。")
            return
        ids = [each.id for each in wanted]
        self.perform(materials.take_back_copies, key, ids, done=lambda count: f"已收回 {paper.title} {count}份")
        self.move_on()
