"""The forms of 设备: the month's report, the slips of one matter, the list of machines and a machine's history."""
