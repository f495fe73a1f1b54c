"""The forms of 集中学习 and 大扫除."""
