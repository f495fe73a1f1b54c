"""大扫除 (卫生制度第1条): Mondays before eight, everybody; after a holiday Monday the section decides."""

from __future__ import annotations

from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.rolls import Book, RollState, moves

CLEANING = "卫生制度第1条"

HYGIENE = Book(
    word="hygiene",
    title="大扫除",
    noun="大扫除",
    series="卫",
    weekdays=frozenset({0}),
    recorder=Post.HYGIENE_RECORDER,
    schedule_article=CLEANING,
    record_article=CLEANING,
    attend_article=CLEANING,
    subject_label="卫生区域",
    led_label="带队",
    needs_director=False,
    asks_after_holiday=True,
)

STATES = tuple(RollState)
MOVES = moves(HYGIENE)
"""(state, deed) → (state after, article, post that may): what one session of cleaning allows."""
