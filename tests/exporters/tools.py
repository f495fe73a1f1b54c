"""The programs outside Python that some tests need, and what is read back with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

WAIT = 240
"""Seconds a conversion may take on a busy machine."""


def need(*tools: str) -> None:
    """Skip the test where a tool is missing, or fail it where REQUIRE_TOOLS=1 says that all are there."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if not missing:
        return
    words = f"missing: {', '.join(missing)}"
    if os.environ.get("REQUIRE_TOOLS") == "1":
        pytest.fail(words)
    pytest.skip(words)


def printed(books: list[Path], folder: Path) -> dict[str, list[str]]:
    """Print workbooks by LibreOffice and return the text of each page by the workbook's name."""
    need("soffice", "pdftotext")
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), *map(str, books)], check=True, capture_output=True, timeout=WAIT)
    return {book.stem: _pages(folder / f"{book.stem}.pdf") for book in books}


def _pages(document: Path) -> list[str]:
    shown = subprocess.run(
        ["pdftotext", "-layout", str(document), "-"], check=True, capture_output=True, text=True, timeout=WAIT
    )
    return shown.stdout.split("\f")[:-1]
