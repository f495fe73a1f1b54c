"""签到: the board of a session, what a keeper does on it, and the page of its month."""
