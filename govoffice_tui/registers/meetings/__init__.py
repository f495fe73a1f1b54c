"""会议: the book of meetings, what hangs on each of them, its pages and its months."""
