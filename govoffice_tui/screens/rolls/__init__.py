"""The pages of 集中学习 and 大扫除: one roll with its acts, its forms and its month."""
