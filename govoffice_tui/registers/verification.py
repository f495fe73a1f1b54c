"""Checking an office as the command line and the screens ask for it; apart, because no start needs it."""

from __future__ import annotations

from govoffice_tui.storage.check import Report, verify_office, verify_recent

__all__ = ["Report", "verify_office", "verify_recent"]
