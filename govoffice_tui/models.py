"""Every table of an office, in the order of the regulation: columns, constraints and indexes, no behaviour."""

from __future__ import annotations

from typing import Any, cast

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    Node,
    TextField,
)


def rows(query: Any, database: Any) -> list[tuple[Any, ...]]:
    """Run a query on a database and return its rows as plain tuples."""
    return cast("list[tuple[Any, ...]]", list(query.tuples().execute(database)))


def _day_shape(name: str) -> list[Node]:
    """Return the check of a TEXT column that holds YYYY-MM-DD and nothing else."""
    return [
        Check(
            f"length({name}) = 10 AND substr({name}, 5, 1) = '-' AND substr({name}, 8, 1) = '-'"
            f" AND {name} >= '1990-01-01' AND {name} <= '2199-12-31'"
        )
    ]


def _day(name: str) -> TextField[str]:
    return TextField(constraints=_day_shape(name))


def _day_or_open(name: str) -> TextField[str | None]:
    return TextField(null=True, constraints=_day_shape(name))


def _at(name: str) -> BigIntegerField[int]:
    """Return an INTEGER column of epoch seconds."""
    return BigIntegerField(constraints=[Check(f"{name} >= 0")])


def _at_or_never(name: str) -> BigIntegerField[int | None]:
    return BigIntegerField(null=True, constraints=[Check(f"{name} >= 0")])


def _half(name: str = "half") -> IntegerField[int]:
    """Return the column of a session: 0 morning, 1 afternoon."""
    return IntegerField(constraints=[Check(f"{name} IN (0, 1)")])


def _half_or_never(name: str) -> IntegerField[int | None]:
    return IntegerField(null=True, constraints=[Check(f"{name} IN (0, 1)")])


def _words() -> TextField[str]:
    """Return a column of text that is empty where nothing was said."""
    return TextField(default="", constraints=[SQL("DEFAULT ''")])


def _flag(name: str) -> IntegerField[int]:
    """Return a column that is 0 or 1."""
    return IntegerField(default=0, constraints=[Check(f"{name} IN (0, 1)"), SQL("DEFAULT 0")])


class Table(Model):
    """What every table has: an id, and strict types where the engine knows them."""

    id = AutoField()

    class Meta:
        strict_tables = True
        legacy_table_names = False


class OfficeKey(Table):
    """What identifies the office itself: `uuid` is 16 bytes."""

    key = TextField(unique=True)
    value = BlobField()

    class Meta:
        table_name = "office"


class Line(Model):
    """One line of the journal, chained to the line before it."""

    seq = IntegerField(primary_key=True)
    at = _at("at")
    register = TextField()
    entry = IntegerField()
    verb = TextField()
    operator = IntegerField(null=True)
    form_key = TextField()
    schema = IntegerField()
    payload = TextField(null=True)
    salt = BlobField(null=True)
    payload_hash = BlobField()
    previous = BlobField()
    hash = BlobField()

    class Meta:
        table_name = "journal"
        strict_tables = True
        indexes = ((("register", "entry"), False),)


class Submission(Model):
    """One form sent once: which lines it became, so that sending it again changes nothing."""

    form_key = TextField(primary_key=True)
    first_seq = IntegerField()
    last_seq = IntegerField()

    class Meta:
        table_name = "submissions"
        strict_tables = True
        without_rowid = True


class Event(Table):
    """Something that happened to the office and has no row of its own: a refusal, a clock step, a backup."""

    at = _at("at")
    kind = TextField()
    detail = TextField(default="")

    class Meta:
        table_name = "events"
        indexes = ((("kind", "at"), False),)


class Setting(Table):
    """One decision about the office's rules, from a day on; never changed, only followed by another."""

    key = TextField()
    value = TextField()
    from_day = _day("from_day")
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)

    class Meta:
        table_name = "settings"
        indexes = ((("key", "from_day"), False),)


class CalendarRow(Table):
    """One year's working days: two letters a day, and what the named days are called."""

    year = IntegerField()
    revision = IntegerField()
    codes = TextField()
    names = TextField()
    source = TextField()
    notice = TextField(default="")
    is_provisional = _flag("is_provisional")
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)
    checked_by = IntegerField(null=True)

    class Meta:
        table_name = "calendar"
        indexes = ((("year", "revision"), True),)


class Staff(Table):
    """One person, under a number that is never given again."""

    number = TextField(unique=True)
    sex = TextField(default="")
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)

    class Meta:
        table_name = "staff"


class Dated(Table):
    """A fact that holds from a day; a wrong one is struck and followed by its correction."""

    revision = IntegerField(default=1)
    corrects = IntegerField(null=True)
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)
    remark = TextField(default="")
    struck_at = _at_or_never("struck_at")
    struck_by = IntegerField(null=True)
    struck_reason = TextField(null=True)


class CalendarAdjustment(Dated):
    """One half-day the office itself closed or worked, with who ordered it; the reason stands in `remark`."""

    event_day = _day("event_day")
    half = _half()
    kind = TextField(constraints=[Check("kind IN ('closed', 'extra')")])
    ordered_by = TextField()

    class Meta:
        table_name = "calendar_adjustments"


class StaffProfile(Dated):
    """Name, section, position and the like of a person, as they hold from a day on."""

    staff = ForeignKeyField(Staff, index=False)
    from_day = _day("from_day")
    name = TextField()
    section = TextField()
    position = TextField()
    category = TextField()
    mode = TextField()
    rank = IntegerField()
    phone = TextField()
    initials = TextField()

    class Meta:
        table_name = "staff_profiles"
        indexes = ((("staff", "from_day"), False),)


class StaffPeriod(Dated):
    """The days a person stands to the office in one way: employed, lent out, borrowed in."""

    staff = ForeignKeyField(Staff, index=False)
    kind = TextField()
    from_day = _day("from_day")
    to_day = _day_or_open("to_day")

    class Meta:
        table_name = "staff_periods"
        indexes = ((("staff", "from_day"), False),)


class PostHolding(Dated):
    """The days a person holds a post, as A角 or B角."""

    staff = ForeignKeyField(Staff, index=False)
    post = TextField()
    part = TextField(constraints=[Check("part IN ('A', 'B')")])
    from_day = _day("from_day")
    to_day = _day_or_open("to_day")

    class Meta:
        table_name = "posts"
        indexes = ((("post", "from_day"), False),)


class Entry(Table):
    """What every numbered line of a book has."""

    series = TextField()
    year = IntegerField()
    number = IntegerField()
    revision = IntegerField(default=1)
    corrects = IntegerField(null=True)
    event_day = _day("event_day")
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)
    late_reason = TextField(null=True)
    state = TextField()
    remark = TextField(default="")
    struck_at = _at_or_never("struck_at")
    struck_by = IntegerField(null=True)
    struck_reason = TextField(null=True)


class SignSession(Entry):
    """The sign-in book of one half-day: its hours as they were decided, and its collection."""

    half = _half()
    opens_at = _at("opens_at")
    cutoff_at = _at("cutoff_at")
    carrier = TextField(default="screen", constraints=[Check("carrier IN ('screen', 'paper')")])
    collected_at = _at_or_never("collected_at")
    collected_by = ForeignKeyField(Staff, null=True, index=False)
    expected = IntegerField(null=True)
    signed = IntegerField(null=True)
    early_reason = TextField(null=True)

    class Meta:
        table_name = "sign_sessions"
        indexes = ((("series", "year", "number", "revision"), True),)


class SignIn(Entry):
    """One signature in the book of a session."""

    session = ForeignKeyField(SignSession, index=False)
    half = _half()
    staff = ForeignKeyField(Staff, index=False)
    signed_at = _at("signed_at")
    paper_page = _words()
    is_untimed = _flag("is_untimed")

    class Meta:
        table_name = "sign_ins"
        indexes = ((("series", "year", "number", "revision"), True),)


class SignSheet(Entry):
    """The sheet of a session at one 签到点: its carrier, its own collection, and the check of what was transcribed.

    A session on the screen at one point has none: its own line says everything. `is_reopened` marks a sheet that was
    collected on the screen before it was declared paper.
    """

    session = ForeignKeyField(SignSession, index=False)
    half = _half()
    point = TextField(default="")
    carrier = TextField(default="screen", constraints=[Check("carrier IN ('screen', 'paper')")])
    paper_reason = TextField(null=True)
    decided_by = TextField(default="")
    declared_at = _at_or_never("declared_at")
    declared_by = ForeignKeyField(Staff, null=True, index=False)
    is_reopened = _flag("is_reopened")
    paper_book = TextField(default="")
    paper_page = TextField(default="")
    collected_at = _at_or_never("collected_at")
    collected_by = ForeignKeyField(Staff, null=True, index=False)
    early_reason = TextField(null=True)
    expected = IntegerField(null=True)
    signed = IntegerField(null=True)
    checked_at = _at_or_never("checked_at")
    checked_by = ForeignKeyField(Staff, null=True, index=False)

    class Meta:
        table_name = "sign_sheets"
        indexes = ((("series", "year", "number", "revision"), True),)


class Arrival(Entry):
    """What the keeper noted of somebody who had not signed when the book was collected."""

    session = ForeignKeyField(SignSession, index=False)
    half = _half()
    staff = ForeignKeyField(Staff, index=False)
    kind = TextField(constraints=[Check("kind IN ('late', 'pending')")])
    arrived_at = _at_or_never("arrived_at")

    class Meta:
        table_name = "arrivals"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day", "half"), False),
        )


class NoBook(Entry):
    """A session that had no book at all: why stands in `remark`, and what the deputy decided on paper."""

    session = ForeignKeyField(SignSession, index=False)
    half = _half()
    decision = TextField(default="", constraints=[Check("decision IN ('', 'everybody', 'one_by_one')")])
    decided_by = ForeignKeyField(Staff, null=True, index=False)
    paper_page = TextField(default="")
    ruled_at = _at_or_never("ruled_at")
    ruled_by = IntegerField(null=True)

    class Meta:
        table_name = "no_books"
        indexes = ((("series", "year", "number", "revision"), True),)


class Presence(Dated):
    """Somebody found to have been there in a session without a book, where that is found out one by one."""

    no_book = ForeignKeyField(NoBook, index=False)
    event_day = _day("event_day")
    half = _half()
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "presences"


class PresenceDraw(Entry):
    """抽查到岗 of one session: who drew the names to look for, and when."""

    session = ForeignKeyField(SignSession, index=False)
    half = _half()
    inspector = ForeignKeyField(Staff, index=False)
    drawn_at = _at("drawn_at")

    class Meta:
        table_name = "presence_draws"
        indexes = ((("series", "year", "number", "revision"), True),)


class DrawnName(Dated):
    """One name that was drawn, and whether the person was seen; empty until somebody has looked."""

    draw = ForeignKeyField(PresenceDraw, index=False)
    event_day = _day("event_day")
    half = _half()
    staff = ForeignKeyField(Staff, index=False)
    place = IntegerField()
    found = TextField(default="", constraints=[Check("found IN ('', 'seen', 'not_seen')")])
    found_at = _at_or_never("found_at")
    found_by = IntegerField(null=True)

    class Meta:
        table_name = "drawn_names"


class SpotCheck(Entry):
    """在岗抽查: what an inspector found of one person at one time; the finding is the state."""

    half = _half()
    checked_at = _at("checked_at")
    inspector = ForeignKeyField(Staff, index=False)
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "spot_checks"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day", "half"), False),
        )


class Review(Table):
    """A correction that holds at once and that a second person agrees to or rejects; `entry` is the row it made."""

    register = TextField()
    entry = IntegerField()
    event_day = _day("event_day")
    about = IntegerField(null=True)
    words = TextField()
    asked_at = _at("asked_at")
    asked_by = IntegerField()
    due_day = _day("due_day")
    state = TextField(constraints=[Check("state IN ('open', 'agreed', 'rejected')")])
    reviewed_at = _at_or_never("reviewed_at")
    reviewed_by = IntegerField(null=True)
    remark = TextField(default="")

    class Meta:
        table_name = "reviews"
        indexes = (
            (("register", "entry"), False),
            (("state",), False),
        )


class Outing(Entry):
    """One outing on business (因公外出), of however many people: `event_day` and `half` are when it begins.

    `left_at` and `until_at` stand where a time was given; without one a half-day is meant as a whole.
    """

    half = _half()
    left_at = _at_or_never("left_at")
    until_day = _day("until_day")
    until_half = _half("until_half")
    until_at = _at_or_never("until_at")
    matter = TextField()
    place = TextField(default="")
    sent_by = TextField(default="")
    notice = TextField(constraints=[Check("notice IN ('phone', 'in_person', 'meeting')")])
    notified_at = _at("notified_at")
    taken_by = ForeignKeyField(Staff, null=True, index=False)
    is_leader_report = _flag("is_leader_report")
    is_late_notice = _flag("is_late_notice")

    class Meta:
        table_name = "outings"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("until_day",), False),
        )


class OutingPerson(Dated):
    """One person of an outing, with their own return."""

    outing = ForeignKeyField(Outing, index=False)
    staff = ForeignKeyField(Staff, index=False)
    back_day = _day_or_open("back_day")
    back_half = _half_or_never("back_half")
    back_at = _at_or_never("back_at")

    class Meta:
        table_name = "outing_people"
        indexes = ((("outing",), False), (("back_day",), False))


class Absence(Entry):
    """旷工认定单 of one person and day; `halves` is 1 for the morning, 2 for the afternoon, 3 for both."""

    staff = ForeignKeyField(Staff, index=False)
    halves = IntegerField(constraints=[Check("halves IN (1, 2, 3)")])
    facts = TextField()
    asked = TextField(default="")
    own_words = TextField(default="")
    proposed_by = ForeignKeyField(Staff, null=True, index=False)
    proposed_day = _day_or_open("proposed_day")
    proposal = TextField(default="")
    signed_by = ForeignKeyField(Staff, null=True, index=False)
    signed_name = TextField(default="")
    signed_day = _day_or_open("signed_day")
    decided_at = _at_or_never("decided_at")
    paper_page = TextField(default="")
    ground = TextField(default="")
    is_deemed = _flag("is_deemed")

    class Meta:
        table_name = "absences"
        indexes = ((("series", "year", "number", "revision"), True),)


class RollSession(Entry):
    """One session of 集中学习 or 大扫除 (`series` 学 or 卫), held on `event_day`.

    `planned_day` is the day the calendar made it for, none where it was ordered besides. The counts are what stood
    there when the roll was closed or checked; the marks are what they are found from.
    """

    planned_day = _day_or_open("planned_day")
    starts_at = _at("starts_at")
    ends_at = _at("ends_at")
    ordered_by = ForeignKeyField(Staff, null=True, index=False)
    order_reason = TextField(default="")
    subject = TextField(default="")
    form = TextField(default="")
    speaker = TextField(default="")
    led_by = TextField(default="")
    place = TextField(default="")
    carrier = TextField(default="screen", constraints=[Check("carrier IN ('screen', 'paper')")])
    paper_page = TextField(default="")
    expected = IntegerField(null=True)
    attended = IntegerField(null=True)
    checked_at = _at_or_never("checked_at")
    checked_by = ForeignKeyField(Staff, null=True, index=False)

    class Meta:
        table_name = "roll_sessions"
        indexes = ((("series", "year", "number", "revision"), True),)


class RollMark(Dated):
    """How one person stood to a session where it was not simply 到; `present` only overrules another book."""

    series = TextField()
    event_day = _day("event_day")
    staff = ForeignKeyField(Staff, index=False)
    kind = TextField()
    moment_at = _at_or_never("moment_at")
    told_to = TextField(default="")
    told_at = _at_or_never("told_at")
    approved_by = ForeignKeyField(Staff, null=True, index=False)
    made_up_day = _day_or_open("made_up_day")
    made_up_words = TextField(default="")

    class Meta:
        table_name = "roll_marks"


class Training(Entry):
    """A course people of the office were sent to, from `event_day` to `last_day`."""

    last_day = _day("last_day")
    course = TextField()
    organiser = TextField()
    half_hours = IntegerField(constraints=[Check("half_hours > 0")])

    class Meta:
        table_name = "trainings"
        indexes = ((("series", "year", "number", "revision"), True),)


class TrainingPerson(Dated):
    """One person on a course."""

    training = ForeignKeyField(Training)
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "training_people"


class Leave(Entry):
    """One leave slip: `event_day` and `half` are its first half-day, `end_day` and `end_half` its last.

    `extends` is the slip it goes on from. A county leader who approved stands by name and post; `delegation` is the
    record on which an approver acted for another.
    """

    staff = ForeignKeyField(Staff, index=False)
    half = _half()
    end_day = _day("end_day")
    end_half = IntegerField(constraints=[Check("end_half IN (0, 1)")])
    kind = TextField()
    mode = TextField(constraints=[Check("mode IN ('oral', 'written', 'phone')")])
    reason = TextField(default="")
    destination = TextField(default="")
    phone = TextField(default="")
    cover = ForeignKeyField(Staff, null=True, index=False, backref="+")
    has_proof = _flag("has_proof")
    applied_day = _day("applied_day")
    told_at = _at_or_never("told_at")
    taken_by = ForeignKeyField(Staff, null=True, index=False, backref="+")
    approver = ForeignKeyField(Staff, null=True, index=False, backref="+")
    leader_name = TextField(default="")
    leader_post = TextField(default="")
    delegation = IntegerField(null=True)
    approved_day = _day_or_open("approved_day")
    papered_day = _day_or_open("papered_day")
    papered_late = TextField(null=True)
    paper_page = TextField(default="")
    returned_day = _day_or_open("returned_day")
    returned_half = IntegerField(null=True, constraints=[Check("returned_half IN (0, 1)")])
    cleared_at = _at_or_never("cleared_at")
    extends = IntegerField(null=True)

    class Meta:
        table_name = "leaves"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("staff", "event_day"), False),
            (("end_day",), False),
        )


class Delegation(Dated):
    """委托代批: one who approves leave lets another do it for some days, up to a length where one is given."""

    giver = ForeignKeyField(Staff, index=False)
    taker = ForeignKeyField(Staff, index=False, backref="+")
    scope = TextField(default="")
    limit_halves = IntegerField(null=True)
    from_day = _day("from_day")
    to_day = _day("to_day")
    paper_page = TextField(default="")

    class Meta:
        table_name = "delegations"
        indexes = ((("taker", "from_day"), False),)


class LeaveEntitlement(Dated):
    """年休假应休: the half-days of annual leave due to a person in a year."""

    staff = ForeignKeyField(Staff, index=False)
    year = IntegerField()
    halves = IntegerField(constraints=[Check("halves >= 0")])

    class Meta:
        table_name = "leave_entitlements"


class DutyShift(Entry):
    """One page of the duty book: a shift of the day whose duty it is, who took it over and how it was handed on."""

    template = TextField(
        constraints=[Check("template IN ('night', 'whole_day', 'rest_day', 'rest_night', 'rest_part')")]
    )
    starts_at = _at("starts_at")
    ends_at = _at("ends_at")
    took_at = _at("took_at")
    officer = ForeignKeyField(Staff, index=False)
    second = ForeignKeyField(Staff, null=True, index=False)
    leader = ForeignKeyField(Staff, null=True, index=False)
    messenger = ForeignKeyField(Staff, null=True, index=False)
    weather = _words()
    is_one_sided = _flag("is_one_sided")
    is_quiet = _flag("is_quiet")
    handed_at = _at_or_never("handed_at")
    incoming = ForeignKeyField(Staff, null=True, index=False)
    five_missing = _words()
    hand_over_words = _words()
    signed_by = ForeignKeyField(Staff, null=True, index=False)
    signed_day = _day_or_open("signed_day")
    sign_paper_page = _words()

    class Meta:
        table_name = "duty_shifts"
        indexes = ((("series", "year", "number", "revision"), True),)


class DutyEntry(Entry):
    """One line of a shift's page: what came in, how urgent it is, and what became of it."""

    shift = ForeignKeyField(DutyShift, index=False)
    place = IntegerField(constraints=[Check("place >= 1")])
    kind = TextField()
    happened_at = _at("happened_at")
    is_backfilled = _flag("is_backfilled")
    unit = _words()
    caller = _words()
    phone = _words()
    gist = _words()
    urgency = _words()
    reported_to = _words()
    reported_at = _at_or_never("reported_at")
    instruction = _words()
    result = _words()
    done_at = _at_or_never("done_at")
    answered_by = ForeignKeyField(Staff, null=True, index=False)
    fax_year = IntegerField(null=True)
    fax_number = IntegerField(null=True)
    grade = _words()
    pages = IntegerField(null=True)
    is_classified = _flag("is_classified")
    paper_book = _words()
    paper_page = _words()

    class Meta:
        table_name = "duty_entries"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("shift", "place"), False),
            (("state",), False),
        )


class DutyHanding(Dated):
    """A line handed on at the end of a shift: to whom by name, and when they took it over."""

    shift = ForeignKeyField(DutyShift, index=False)
    entry_year = IntegerField()
    entry_number = IntegerField()
    receiver = ForeignKeyField(Staff, index=False)
    is_one_sided = _flag("is_one_sided")
    accepted_at = _at_or_never("accepted_at")
    accepted_by = IntegerField(null=True)

    class Meta:
        table_name = "duty_handings"
        indexes = ((("entry_year", "entry_number"), False),)


class DutyStage(Dated):
    """One report of the chain an incident makes: 首报, 续报, 终报."""

    entry_year = IntegerField()
    entry_number = IntegerField()
    stage = TextField(constraints=[Check("stage IN ('first', 'further', 'final')")])
    reported_at = _at("reported_at")
    reported_to = TextField()
    words = TextField()

    class Meta:
        table_name = "duty_stages"
        indexes = ((("entry_year", "entry_number"), False),)


class DutyChange(Dated):
    """A swap inside a shift: who left, who took over, when, and why."""

    shift = ForeignKeyField(DutyShift)
    left = ForeignKeyField(Staff, index=False)
    came = ForeignKeyField(Staff, index=False)
    changed_at = _at("changed_at")

    class Meta:
        table_name = "duty_changes"


class DutyAbsence(Dated):
    """Somebody on duty away for a while: relieved by the messenger, or found away by whoever looked."""

    shift = ForeignKeyField(DutyShift)
    staff = ForeignKeyField(Staff, index=False)
    is_found = _flag("is_found")
    from_at = _at("from_at")
    to_at = _at("to_at")
    relief = ForeignKeyField(Staff, null=True, index=False)
    relief_from_at = _at_or_never("relief_from_at")
    relief_to_at = _at_or_never("relief_to_at")
    found_by = _words()

    class Meta:
        table_name = "duty_absences"


class DutyBlank(Dated):
    """What was found out about a night nobody kept the book: 空白班 stays, with its reason."""

    event_day = _day("event_day")
    starts_at = _at("starts_at")

    class Meta:
        table_name = "duty_blanks"
        indexes = ((("event_day",), False),)


class Contact(Dated):
    """One line of the phone book of units."""

    unit = TextField()
    name = TextField()
    position = TextField()
    phone = TextField()

    class Meta:
        table_name = "contacts"
        indexes = ((("unit",), False),)


class Roster(Dated):
    """One version of a duty roster: a month's (值班表), or a 专项值班安排 with a title and posts of its own."""

    title = _words()
    first_day = _day("first_day")
    last_day = _day("last_day")
    version = IntegerField()
    state = TextField(constraints=[Check("state IN ('draft', 'checked', 'issued')")])
    is_provisional = _flag("is_provisional")
    acknowledged_at = _at_or_never("acknowledged_at")
    checked_at = _at_or_never("checked_at")
    checked_by = IntegerField(null=True)
    issued_at = _at_or_never("issued_at")
    issued_by = IntegerField(null=True)

    class Meta:
        table_name = "rosters"
        indexes = ((("first_day", "last_day"), False),)


class RosterShift(Dated):
    """One person's place in a shift: `planned_id` keeps the turn whoever stands in; `part` 1 took over midway."""

    roster = ForeignKeyField(Roster, index=True)
    event_day = _day("event_day")
    template = TextField()
    kind = TextField()
    post = TextField()
    place = IntegerField()
    part = IntegerField(default=0, constraints=[Check("part >= 0"), SQL("DEFAULT 0")])
    starts_at = _at("starts_at")
    ends_at = _at("ends_at")
    also = _words()
    staff = ForeignKeyField(Staff, null=True, index=False)
    planned = ForeignKeyField(Staff, null=True, index=False)
    is_pinned = _flag("is_pinned")
    basis = _words()
    notified_at = _at_or_never("notified_at")
    notified_by = IntegerField(null=True)

    class Meta:
        table_name = "roster_shifts"
        indexes = ((("event_day", "post"), False),)


class RosterChange(Entry):
    """One 调班申请单: who gave which shift to whom, agreed by both, and when it was told."""

    kind = TextField(constraints=[Check("kind IN ('exchange', 'substitute', 'temporary')")])
    shift = ForeignKeyField(RosterShift, index=False)
    other_shift = ForeignKeyField(RosterShift, null=True, index=False)
    other_day = _day_or_open("other_day")
    post = TextField()
    given_by = ForeignKeyField(Staff, null=True, index=False)
    taken_by = ForeignKeyField(Staff, index=False)
    told_at = _at("told_at")
    taken_over_at = _at_or_never("taken_over_at")
    reason = TextField()

    class Meta:
        table_name = "roster_changes"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
        )


class RosterReceipt(Dated):
    """One person who received an issued roster (值班制度第1条)."""

    roster = ForeignKeyField(Roster, index=True)
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "roster_receipts"


class DutyUnavailable(Dated):
    """The days a person stands in no roster; open where it goes on. The reason stands in `remark`."""

    staff = ForeignKeyField(Staff, index=False)
    from_day = _day("from_day")
    to_day = _day_or_open("to_day")

    class Meta:
        table_name = "duty_unavailable"


class DutyStart(Dated):
    """Turns somebody had before the rosters were kept here, from a roster brought in; one line a duty."""

    event_day = _day("event_day")
    kind = TextField()
    post = TextField()
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "duty_starts"
        indexes = ((("event_day", "post"), False),)


class DutyRest(Dated):
    """One half-day somebody took off for a night on duty (补休)."""

    event_day = _day("event_day")
    half = _half()
    staff = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "duty_rests"


class SupplyItem(Table):
    """One kind of consumable (品目), under a code that is never given again."""

    code = TextField(unique=True)
    entered_at = _at("entered_at")
    entered_by = IntegerField(null=True)

    class Meta:
        table_name = "supply_items"


class SupplyProfile(Dated):
    """What an item is called and counted in: `pack_size` units make one `pack_unit`, 1 where it has none.

    `limit_count` is the count from which on the section head approves an issue, none where the office's rule holds.
    """

    item = ForeignKeyField(SupplyItem, index=False)
    name = TextField()
    specification = TextField(default="")
    unit = TextField()
    pack_unit = TextField(default="")
    pack_size = IntegerField(default=1, constraints=[Check("pack_size >= 1")])
    minimum = IntegerField(default=0, constraints=[Check("minimum >= 0")])
    limit_count = IntegerField(null=True, constraints=[Check("limit_count >= 1")])
    is_swap = _flag("is_swap")
    is_retired = _flag("is_retired")
    initials = TextField()

    class Meta:
        table_name = "supply_profiles"


class SupplySlip(Entry):
    """One voucher of the stock book (`series` 初 入 领 退 废 盘), of however many lines.

    `place` is the order slips came into the book in, kept through corrections; `fact_day` stands where something of
    a closed month is posted late. On a count `watched_by` is 监盘.
    """

    kind = TextField(constraints=[Check("kind IN ('opening', 'receive', 'issue', 'return', 'waste', 'count')")])
    place = IntegerField(constraints=[Check("place >= 1")])
    fact_day = _day_or_open("fact_day")
    source = TextField(default="")
    accepted_by = ForeignKeyField(Staff, null=True, index=False, backref="+")
    approved_by = ForeignKeyField(Staff, null=True, index=False, backref="+")
    watched_by = ForeignKeyField(Staff, null=True, index=False, backref="+")

    class Meta:
        table_name = "supply_slips"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day", "place"), False),
            (("state",), False),
        )


class SupplyLine(Dated):
    """One item on a slip: `change` is what it does to the stock in base units, less than 0 for what goes out.

    `returned_line` is the line of an issue whose goods come back. On a count `book` is the stock by the book and
    `counted` what was found; the slip's approval makes the difference its change. The purpose or the reason stands
    in `remark`.
    """

    slip = ForeignKeyField(SupplySlip)
    item = ForeignKeyField(SupplyItem)
    change = IntegerField(default=0)
    amount_fen = BigIntegerField(null=True, constraints=[Check("amount_fen >= 0")])
    staff = ForeignKeyField(Staff, null=True, index=False, backref="+")
    section = TextField(default="")
    old_parts = IntegerField(default=0, constraints=[Check("old_parts >= 0")])
    old_missing = TextField(default="")
    returned_line = IntegerField(null=True)
    book = IntegerField(null=True, constraints=[Check("book >= 0")])
    counted = IntegerField(null=True, constraints=[Check("counted >= 0")])
    paper_page = TextField(default="")
    paper_row = IntegerField(null=True, constraints=[Check("paper_row >= 1")])

    class Meta:
        table_name = "supply_lines"


class Closing(Table):
    """A month of a register under seal, with what its figures were; a later revision says who approved it and why."""

    register = TextField()
    month = TextField()
    revision = IntegerField()
    closed_at = _at("closed_at")
    closed_by = IntegerField(null=True)
    figures_digest = TextField()
    calendar_revision = IntegerField()
    approved_by = IntegerField(null=True)
    reason = _words()
    paper_page = _words()

    class Meta:
        table_name = "closings"
        indexes = ((("register", "month", "revision"), True),)


class Export(Table):
    """One form written to a file, and the anchor that stands in it."""

    form = TextField()
    period = TextField()
    version = IntegerField()
    digest = TextField()
    file_name = TextField()
    anchor_seq = IntegerField()
    anchor_hash = TextField()
    made_at = _at("made_at")
    made_by = IntegerField(null=True)

    class Meta:
        table_name = "exports"
        indexes = ((("form", "period", "version"), True),)


UNIQUE_WHILE_CURRENT: dict[type[Table], tuple[str, ...]] = {
    SignSession: ("event_day", "half"),
    SignIn: ("event_day", "half", "staff_id"),
    SignSheet: ("event_day", "half", "point"),
    Arrival: ("event_day", "half", "staff_id"),
    NoBook: ("event_day", "half"),
    Presence: ("event_day", "half", "staff_id"),
    PresenceDraw: ("event_day", "half"),
    DrawnName: ("event_day", "half", "staff_id"),
    StaffProfile: ("staff_id", "from_day"),
    CalendarAdjustment: ("event_day", "half"),
    OutingPerson: ("outing_id", "staff_id"),
    Absence: ("event_day", "staff_id"),
    RollSession: ("series", "event_day"),
    RollMark: ("series", "event_day", "staff_id"),
    TrainingPerson: ("training_id", "staff_id"),
    LeaveEntitlement: ("staff_id", "year"),
    DutyShift: ("event_day", "starts_at"),
    DutyEntry: ("shift_id", "place"),
    Roster: ("first_day", "last_day", "title"),
    RosterShift: ("roster_id", "event_day", "template", "post", "place", "part"),
    RosterReceipt: ("roster_id", "staff_id"),
    DutyStart: ("event_day", "post", "staff_id"),
    DutyRest: ("event_day", "half", "staff_id"),
    SupplyProfile: ("item_id",),
    SupplySlip: ("place",),
}
"""Columns no two unstruck rows of a table may share."""

STRUCK_BY_DAY: tuple[type[Table], ...] = (SignIn,)
"""Tables whose struck rows have an index of their own, so that a new row touches no more pages than it must."""

REGISTERS: tuple[type[Table], ...] = (
    Event,
    Setting,
    CalendarRow,
    CalendarAdjustment,
    Staff,
    StaffProfile,
    StaffPeriod,
    PostHolding,
    SignSession,
    SignIn,
    SignSheet,
    Arrival,
    NoBook,
    Presence,
    PresenceDraw,
    DrawnName,
    SpotCheck,
    Review,
    Outing,
    OutingPerson,
    Absence,
    RollSession,
    RollMark,
    Training,
    TrainingPerson,
    Leave,
    Delegation,
    LeaveEntitlement,
    DutyShift,
    DutyEntry,
    DutyHanding,
    DutyStage,
    DutyChange,
    DutyAbsence,
    DutyBlank,
    Contact,
    Roster,
    RosterShift,
    RosterChange,
    RosterReceipt,
    DutyUnavailable,
    DutyStart,
    DutyRest,
    SupplyItem,
    SupplyProfile,
    SupplySlip,
    SupplyLine,
    Closing,
    Export,
)
"""Every table whose rows are lines of the book: journaled, and never deleted from."""

OUTSIDE_THE_CHAIN: tuple[type[Model], ...] = (OfficeKey, Line, Submission)
"""The office's identity, the journal itself, and what only guards against sending a form twice."""
