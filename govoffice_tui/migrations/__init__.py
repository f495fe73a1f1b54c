"""Numbered steps from one schema to the next; a new office is made at the newest."""

SCHEMA = 1
"""The schema this program writes, kept in the file as its user_version."""
