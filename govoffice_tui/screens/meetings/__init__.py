"""会议: a month of meetings, and one meeting with its checklist, topics, papers, notices, attendance and minutes."""
