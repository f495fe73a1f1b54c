"""会议及督办情况月报 and the 督办清单 of one unit."""
