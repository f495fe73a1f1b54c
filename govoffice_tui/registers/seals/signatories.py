"""Who signs as what: the office's leaders from the list of staff, the county's by their typed names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from govoffice_tui.clock import chinese_short_day
from govoffice_tui.registers import staff
from govoffice_tui.registers.leave.standing import heads_on
from govoffice_tui.registers.office import Office
from govoffice_tui.registers.wording import checked
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.people import Person
from govoffice_tui.rules.refusal import Refused
from govoffice_tui.rules.seals import AUTHORITY, Signatory, SignPost
from govoffice_tui.text import clean_name

_DEPUTY = re.compile("副主任(?!科员)")
_OFFICE = (SignPost.DIRECTOR, SignPost.DEPUTY_DIRECTOR)
_COUNTY = {SignPost.VICE_HEAD: ("副县长", "常务副县长"), SignPost.COUNTY_HEAD: ("县长",)}
_TITLES = ("常务副县长", "副县长", "县长", "分管副主任", "副主任", "主任", "股长")


def leaders(office: Office, day: date) -> list[Signatory]:
    """Return the office's leaders on a day in rank order: director, deputies, 分管副主任 among them."""
    return [one for one in _of_staff(office, day) if one.post in _OFFICE]


def in_charge(office: Office, day: date) -> Signatory | None:
    """Return 分管副主任 on a day, None while nobody is named."""
    return next((one for one in _of_staff(office, day) if one.is_in_charge), None)


def county_leaders(office: Office, limit: int = 12) -> list[Signatory]:
    """Return the county's leaders who signed before, the last first."""
    rows = office.fetch(
        "SELECT approver_name, approver_post FROM (SELECT id, approver_name, approver_post FROM seal_approvals"
        " WHERE struck_at IS NULL ORDER BY id DESC LIMIT 3000) WHERE approver_post IN (?, ?)"
        " GROUP BY approver_name, approver_post ORDER BY max(id) DESC LIMIT ?",
        SignPost.COUNTY_HEAD.value,
        SignPost.VICE_HEAD.value,
        limit,
    )
    return [Signatory(name, SignPost(post)) for name, post in rows]


def read_signatory(office: Office, typed: str, day: date, field: str = "approver") -> Signatory:
    """Return whom a text means: 赵敏, 副主任 钱峰, 马骏副县长.

    The office's own people are known by name; a county leader is written with the title the first time. Refused for a
    name nobody bears, and for one of the office's leaders written as a county leader.
    """
    text = checked(typed, field)
    title, name = _split(text)
    known = [one for one in _of_staff(office, day) if one.name == name]
    county = next((post for post, words in _COUNTY.items() if title in words), None)
    if county is not None:
        wrong = next((one for one in known if one.post in _OFFICE), None)
        if wrong is not None:
            raise Refused(f"{name}是办公室{wrong.post.label},不是{title}。", AUTHORITY, field=field)
        if not name:
            raise Refused(f"请写{title}的姓名。", AUTHORITY, field=field)
        return Signatory(name, county)
    if known:
        return known[0]
    before = next((one for one in county_leaders(office, 50) if one.name == name), None)
    if before is not None and not title:
        return before
    raise Refused(
        f"花名册里没有{name or '这个人'}。办公室领导写姓名,县领导写职务和姓名,如 副县长 马骏。", AUTHORITY, field=field
    )


def settled(office: Office, signatory: Signatory, day: date, field: str = "approver") -> Signatory:
    """Return somebody who signs as the books know them on a day; refused for who is not on the list of staff."""
    if signatory.post.is_county_leader:
        name = checked(signatory.name, field)
        if not name:
            raise Refused(f"请写{signatory.post.label}的姓名。", AUTHORITY, field=field)
        return Signatory(name, signatory.post)
    person = None if signatory.person is None else staff.person_on(office, signatory.person, day)
    if person is None or not staff.memberships_on(office, person.id, day):
        raise Refused(
            f"{checked(signatory.name, field) or '这个人'}{chinese_short_day(day)}不在册,不能签字。",
            AUTHORITY,
            field=field,
        )
    return _signatory(office, person, heads_on(office, day), day)


def _of_staff(office: Office, day: date) -> list[Signatory]:
    """Return the office's people as what they sign, who signs highest first."""
    heads = heads_on(office, day)
    found = [_signatory(office, person, heads, day) for person in staff.people_on(office, day)]
    order = list(SignPost)
    return sorted(found, key=lambda one: (order.index(one.post), not one.is_in_charge))


def _signatory(office: Office, person: Person, heads: Mapping[Post, int], day: date) -> Signatory:
    is_in_charge = heads.get(Post.DEPUTY_IN_CHARGE) == person.id
    if heads.get(Post.DIRECTOR) == person.id or (Post.DIRECTOR not in heads and person.position == "主任"):
        return Signatory(person.name, SignPost.DIRECTOR, person.id, is_in_charge)
    if is_in_charge or (_DEPUTY.search(person.position) and _is_with_director(office, person, heads, day)):
        return Signatory(person.name, SignPost.DEPUTY_DIRECTOR, person.id, is_in_charge)
    post = SignPost.SECTION_HEAD if "股长" in person.position else SignPost.OTHER
    return Signatory(person.name, post, person.id)


def _is_with_director(office: Office, person: Person, heads: Mapping[Post, int], day: date) -> bool:
    """Return whether a 副主任 is one of the office, and not of another body whose people are on the list."""
    director = heads.get(Post.DIRECTOR)
    head = None if director is None else staff.person_on(office, director, day)
    return head is None or not head.section or head.section == person.section


def _split(text: str) -> tuple[str, str]:
    """Return title and name of 副县长 马骏, 马骏副县长 or 马骏."""
    squeezed = text.replace("\u3000", " ").strip()
    for title in _TITLES:
        if squeezed.startswith(title):
            return title, clean_name(squeezed.removeprefix(title)).text
        if squeezed.endswith(title):
            return title, clean_name(squeezed.removesuffix(title)).text
    return "", clean_name(squeezed).text
