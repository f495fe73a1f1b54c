"""集中学习 (学习制度第1条至第3条): Tuesdays and Thursdays from the minute the morning's sign-in book closes."""

from __future__ import annotations

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.rolls import Book, RollState, moves

TRAINING = "学习制度第4条"

STUDY = Book(
    word="study",
    title="集中学习",
    noun="学习",
    series="学",
    weekdays=frozenset({1, 3}),
    recorder=Post.STUDY_RECORDER,
    schedule_article="学习制度第1条",
    record_article="学习制度第2条",
    attend_article="学习制度第3条",
    subject_label="学习内容",
    led_label="主持",
    needs_director=True,
    asks_after_holiday=False,
)

STATES = tuple(RollState)
MOVES = moves(STUDY)
"""(state, deed) → (state after, article, post that may): what one session of study allows."""
