"""A process that signs everybody in turn and says each name once the program has said 已登记."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from govoffice_tui.clock import SetClock
from govoffice_tui.registers.attendance.signing import collect_book, sign_in, take_back_sign_in
from govoffice_tui.registers.office import Busy, open_office
from govoffice_tui.rules.calendar import Half
from govoffice_tui.rules.refusal import Refused


def main() -> None:
    """Sign people from the first to the last argument; collect at the end where asked."""
    folder, first, last, then = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    office = open_office(folder, SetClock(datetime(2026, 10, 12, 7, 50)))
    today = office.now().date()
    print("ready", flush=True)
    for person in range(first, last + 1):
        try:
            signed = sign_in(office, person, today, Half.MORNING, by=person)
            if then == "forever" and person % 7 == 0:
                take_back_sign_in(office, signed.sign_in, by=person)
                signed = sign_in(office, person, today, Half.MORNING, by=person)
        except Refused as refusal:
            print(f"refused {person} {refusal}", flush=True)
        except Busy:
            print(f"busy {person}", flush=True)
        else:
            print(f"signed {person} {signed.sign_in}", flush=True)
        if then == "collect" and person == (first + last) // 2:
            collect_book(office, today, Half.MORNING, "测试", by=person)
            print("collected", flush=True)
    office.close()


if __name__ == "__main__":
    main()
