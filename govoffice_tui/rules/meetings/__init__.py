"""Meetings (会议管理制度): what each type decides, where a meeting stands, and what its checklist is."""
