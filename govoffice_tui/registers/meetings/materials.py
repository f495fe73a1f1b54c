"""Papers of a meeting (材料): numbered copies made, given out, and taken back afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govoffice_tui.journal.chain import Value
from govoffice_tui.models import MeetingHandout, MeetingMaterial
from govoffice_tui.registers.meetings.checks import next_place, require, require_part, required, short
from govoffice_tui.registers.meetings.views import MeetingKey
from govoffice_tui.registers.office import Office
from govoffice_tui.rules.meetings.articles import MATERIALS, SERVICE
from govoffice_tui.rules.refusal import Refused

MOST_COPIES = 2000
MOST_HOLDERS = 300


@dataclass(frozen=True)
class MaterialPlan:
    """What is said of a paper: its title, who leads it, how many copies, and whether they come back (会后收回)."""

    title: str
    copies: int
    lead: str = ""
    is_collected_back: bool = False
    remark: str = ""


def add_material(
    office: Office, meeting: MeetingKey, plan: MaterialPlan, *, by: int | None, form_key: str | None = None
) -> str:
    """Enter a paper of a meeting with the copies made of it, numbered from 1."""
    with office.write("add_material", by, form_key) as writing:
        if writing.repeated_entry is not None:
            return _shown(office, writing.repeated_entry)
        require(office, writing, meeting, "add_material")
        row = writing.insert(
            MeetingMaterial,
            meeting_year=meeting.year,
            meeting_number=meeting.number,
            place=next_place(office, MeetingMaterial, meeting),
            entered_at=writing.now,
            entered_by=by,
            **_values(plan),
        )
        return _shown(office, row)


def correct_material(
    office: Office,
    meeting: MeetingKey,
    material: int,
    plan: MaterialPlan,
    reason: str,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Put a paper right; refused for fewer copies than are given out."""
    with office.write("correct_material", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, material)
        require(office, writing, meeting, "correct_material")
        require_part(office, MeetingMaterial, meeting, material, "份材料")
        why = required(reason, "why", "请写为什么更正。")
        given = _highest(office, meeting, _place(office, material))
        if plan.copies < given:
            raise Refused(f"已发到第{given}号,份数不能少于{given}。", MATERIALS, field="copies")
        return _shown(office, writing.correct(MeetingMaterial, material, why, **_values(plan)))


def strike_material(
    office: Office, meeting: MeetingKey, material: int, reason: str, *, by: int | None, form_key: str | None = None
) -> str:
    """Strike a paper entered by mistake; refused while copies of it are out."""
    with office.write("strike_material", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, material)
        require(office, writing, meeting, "strike_material")
        require_part(office, MeetingMaterial, meeting, material, "份材料")
        why = required(reason, "why", "请写为什么划去。")
        if _highest(office, meeting, _place(office, material)):
            raise Refused("这份材料已经发放,不能划去。", MATERIALS)
        writing.strike(MeetingMaterial, material, why)
        return _shown(office, material)


def give_copies(
    office: Office,
    meeting: MeetingKey,
    material: int,
    holders: Sequence[str],
    each: int = 1,
    *,
    by: int | None,
    form_key: str | None = None,
) -> str:
    """Give copies out, the next free numbers in the order of the holders, so many each.

    Refused without a holder, and for more copies than were made.
    """
    with office.write("give_copies", by, form_key) as writing:
        if writing.repeated is not None:
            return _shown(office, material)
        require(office, writing, meeting, "give_copies")
        require_part(office, MeetingMaterial, meeting, material, "份材料")
        names = [required(one, "holders", "请写发给谁。", MATERIALS) for one in holders]
        if not names:
            raise Refused("请写发给谁。", MATERIALS, field="holders")
        if len(names) > MOST_HOLDERS:
            raise Refused(f"一次最多发给{MOST_HOLDERS}处。", field="holders")
        if each < 1:
            raise Refused("每处至少一份。", field="each")
        place = _place(office, material)
        copies = office.fetch("SELECT copies FROM meeting_materials WHERE id = ?", material)[0][0]
        first = _highest(office, meeting, place) + 1
        if first + each * len(names) - 1 > copies:
            raise Refused(
                f"只印了{copies}份,还剩{copies - first + 1}份,不够发{each * len(names)}份。加印了请先更正份数。",
                MATERIALS,
                field="holders",
            )
        for name in names:
            writing.insert(
                MeetingHandout,
                meeting_year=meeting.year,
                meeting_number=meeting.number,
                material=place,
                holder=name,
                first_copy=first,
                last_copy=first + each - 1,
                given_at=writing.now,
                entered_at=writing.now,
                entered_by=by,
            )
            first += each
        more = f"等{len(names)}处" if len(names) > 1 else ""
        return f"{_shown(office, material)} 发给{names[0]}{more}"


def take_back_copies(
    office: Office,
    meeting: MeetingKey,
    handouts: Sequence[int],
    remark: str = "",
    *,
    by: int | None,
    form_key: str | None = None,
) -> int:
    """Note that copies came back (会后收回); return how many copies. Refused for one that came back already."""
    with office.write("take_back_copies", by, form_key) as writing:
        if writing.repeated is not None:
            return _copies(office, handouts)
        require(office, writing, meeting, "take_back_copies")
        if not handouts:
            raise Refused("没有要收回的材料。", SERVICE)
        for handout in handouts:
            require_part(office, MeetingHandout, meeting, handout, "笔发放")
            if office.fetch("SELECT back_at FROM meeting_handouts WHERE id = ?", handout)[0][0] is not None:
                raise Refused("这一笔已经收回。", SERVICE)
            told: dict[str, Value] = {"remark": short(remark, "remark", 200)} if remark else {}
            writing.update(MeetingHandout, handout, back_at=writing.now, back_by=by, **told)
        return _copies(office, handouts)


def _values(plan: MaterialPlan) -> dict[str, Value]:
    title = short(plan.title, "title", 120)
    if not title:
        raise Refused("请写材料名称。", MATERIALS, field="title")
    if not 1 <= plan.copies <= MOST_COPIES:
        raise Refused(f"份数写1到{MOST_COPIES}。", MATERIALS, field="copies")
    return {
        "title": title,
        "copies": plan.copies,
        "lead": short(plan.lead, "lead"),
        "is_collected_back": int(plan.is_collected_back),
        "remark": short(plan.remark, "remark", 200),
    }


def _place(office: Office, material: int) -> int:
    return int(office.fetch("SELECT place FROM meeting_materials WHERE id = ?", material)[0][0])


def _highest(office: Office, meeting: MeetingKey, place: int) -> int:
    """Return the highest number given out of a paper, 0 where none is."""
    return (
        office.fetch(
            "SELECT max(last_copy) FROM meeting_handouts WHERE meeting_year = ? AND meeting_number = ?"
            " AND material = ? AND struck_at IS NULL",
            meeting.year,
            meeting.number,
            place,
        )[0][0]
        or 0
    )


def _copies(office: Office, handouts: Sequence[int]) -> int:
    marks = ", ".join("?" * len(handouts))
    return int(
        office.fetch(f"SELECT sum(last_copy - first_copy + 1) FROM meeting_handouts WHERE id IN ({marks})", *handouts)[
            0
        ][0]
    )


def _shown(office: Office, material: int) -> str:
    place, title = office.fetch("SELECT place, title FROM meeting_materials WHERE id = ?", material)[0]
    return f"材料{place} {title}"
