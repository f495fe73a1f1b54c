"""集中学习 and 大扫除: two books of sessions with a roll, kept by the same verbs."""
