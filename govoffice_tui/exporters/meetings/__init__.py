"""The forms of the book of meetings: 会议台账 of a month, 会议签到表 and 参会名单 of one meeting."""
