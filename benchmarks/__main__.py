"""`make bench`: every figure beside its goal. BENCH_YEARS sets the size of the big office (20)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks import book, seals


def main() -> None:
    """Build the offices in a temporary folder, measure, and print one line a figure."""
    years = int(os.environ.get("BENCH_YEARS", "20"))
    with tempfile.TemporaryDirectory() as folder:
        for result in book.measure(Path(folder), years):
            print(result, flush=True)
        for result in seals.measure(Path(folder) / "seals", years):
            print(result, flush=True)


if __name__ == "__main__":
    main()
