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
    """One person's place in a shift: `planned_id` keeps the turn whoever stands in; `part` 1 took over midway.

    `post_title` names a post of a 专项值班安排's own.
    """

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
    post_title = _words()
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


class Meeting(Entry):
    """One meeting (会议): `event_day` is its day; `kind` is empty where it is 涉密, with nothing but number and day.

    Its parts hang on its number, which every revision keeps. `sitting` is the N of 第N次常务会议 in its run: a year, or
    the first day of a government's term.
    """

    kind = TextField(
        constraints=[Check("kind IN ('', 'plenary', 'executive', 'county', 'grand', 'special', 'proposed')")]
    )
    title = TextField()
    sitting_run = _words()
    sitting = IntegerField(null=True)
    starts_at = _at("starts_at")
    ends_at = _at_or_never("ends_at")
    place = _words()
    leader = TextField(default="", constraints=[Check("leader IN ('', 'head', 'vice')"), SQL("DEFAULT ''")])
    chair = _words()
    organiser = _words()
    partner = _words()
    materials_lead = _words()
    arranger = ForeignKeyField(Staff, null=True, index=False)
    scope = _words()
    planned_people = IntegerField(null=True)
    attended = IntegerField(null=True)
    is_classified = _flag("is_classified")
    held_at = _at_or_never("held_at")
    no_minutes_reason = _words()
    archived_at = _at_or_never("archived_at")
    archived_by = IntegerField(null=True)
    paper_book = _words()
    paper_page = _words()

    class Meta:
        table_name = "meetings"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("state",), False),
        )


class MeetingPart(Dated):
    """What belongs to a meeting by its number."""

    meeting_year = IntegerField()
    meeting_number = IntegerField()


class MeetingChange(MeetingPart):
    """A meeting put off or called off: from when to when, and who ordered it; the reason stands in `remark`."""

    kind = TextField(constraints=[Check("kind IN ('moved', 'postponed', 'cancelled')")])
    was_at = _at("was_at")
    now_at = _at_or_never("now_at")
    ordered_by = TextField()

    class Meta:
        table_name = "meeting_changes"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingTask(MeetingPart):
    """One line of a meeting's checklist (会前、会中、会后) that somebody has touched: done, assigned, put off or added.

    The lines nobody has touched are the type's own; `due_at` stands where another time was set than theirs.
    """

    phase = TextField(constraints=[Check("phase IN ('before', 'during', 'after')")])
    place = IntegerField()
    words = TextField()
    owner = ForeignKeyField(Staff, null=True, index=False)
    due_at = _at_or_never("due_at")
    done_at = _at_or_never("done_at")
    done_by = IntegerField(null=True)
    is_needless = _flag("is_needless")

    class Meta:
        table_name = "meeting_tasks"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingTopic(MeetingPart):
    """One topic (议题): who reports it, how far its review has come, and what became of it."""

    place = IntegerField()
    title = TextField()
    unit = _words()
    reporter = _words()
    attending = _words()
    state = TextField(constraints=[Check("state IN ('collected', 'first', 'second', 'director', 'leader')")])
    first_day = _day_or_open("first_day")
    first_by = _words()
    second_day = _day_or_open("second_day")
    second_by = _words()
    director_day = _day_or_open("director_day")
    director_by = _words()
    leader_day = _day_or_open("leader_day")
    leader_by = _words()
    outcome = TextField(
        default="",
        constraints=[Check("outcome IN ('', 'passed', 'in_principle', 'deferred', 'withdrawn')"), SQL("DEFAULT ''")],
    )
    outcome_words = _words()

    class Meta:
        table_name = "meeting_topics"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingMaterial(MeetingPart):
    """One paper of a meeting (材料): how many numbered copies were made, and whether they come back afterwards."""

    place = IntegerField()
    title = TextField()
    lead = _words()
    copies = IntegerField(constraints=[Check("copies >= 1")])
    is_collected_back = _flag("is_collected_back")

    class Meta:
        table_name = "meeting_materials"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingHandout(MeetingPart):
    """Copies of one paper in one hand, by their numbers, and when they came back."""

    material = IntegerField()
    holder = TextField()
    first_copy = IntegerField(constraints=[Check("first_copy >= 1")])
    last_copy = IntegerField(constraints=[Check("last_copy >= first_copy")])
    given_at = _at("given_at")
    back_at = _at_or_never("back_at")
    back_by = IntegerField(null=True)

    class Meta:
        table_name = "meeting_handouts"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingNotice(MeetingPart):
    """One unit asked to a meeting: when it was told and by whom, and what it answered; reasons stand in `remark`."""

    place = IntegerField()
    unit = TextField()
    told_at = _at_or_never("told_at")
    told_by = IntegerField(null=True)
    receiver = _words()
    reply = TextField(
        default="",
        constraints=[Check("reply IN ('', 'coming', 'substitute', 'excused', 'unreached')"), SQL("DEFAULT ''")],
    )
    replied_at = _at_or_never("replied_at")
    replied_by = IntegerField(null=True)
    approved_by = _words()

    class Meta:
        table_name = "meeting_notices"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingAttendee(MeetingPart):
    """One person at a meeting, or one chair kept for a unit that named nobody; `stands_for` is who was asked (替会)."""

    place = IntegerField()
    unit = TextField()
    name = _words()
    position = _words()
    stands_for = _words()
    is_visitor = _flag("is_visitor")
    mark = TextField(
        default="", constraints=[Check("mark IN ('', 'present', 'late', 'absent', 'excused')"), SQL("DEFAULT ''")]
    )
    arrived_at = _at_or_never("arrived_at")

    class Meta:
        table_name = "meeting_attendees"
        indexes = ((("meeting_year", "meeting_number"), False),)


class MeetingMinutes(MeetingPart):
    """The minutes of a meeting (纪要): who drafted, checked and signed them, and when; signing numbers them."""

    state = TextField(constraints=[Check("state IN ('drafting', 'checked', 'signed', 'issued')")])
    drafter = TextField()
    begun_day = _day("begun_day")
    checker = _words()
    checked_day = _day_or_open("checked_day")
    signer = _words()
    signer_post = TextField(
        default="", constraints=[Check("signer_post IN ('', 'head', 'vice', 'other')"), SQL("DEFAULT ''")]
    )
    signed_day = _day_or_open("signed_day")
    issue_year = IntegerField(null=True)
    issue_number = IntegerField(null=True)
    issued_day = _day_or_open("issued_day")
    copies = IntegerField(null=True)
    recipients = _words()

    class Meta:
        table_name = "meeting_minutes"
        indexes = ((("meeting_year", "meeting_number"), False), (("issue_year", "issue_number"), False))


class Decision(Entry):
    """One matter under supervision (督办): `event_day` is the day it was put in hand; `due_day` is its first limit.

    Its steps hang on its number, which every revision keeps; a later limit stands in the step that set it. Without
    `due_day` it is 长期.
    """

    source = TextField(constraints=[Check("source IN ('meeting', 'instruction', 'other')")])
    source_words = _words()
    source_day = _day_or_open("source_day")
    meeting_year = IntegerField(null=True)
    meeting_number = IntegerField(null=True)
    topic = IntegerField(null=True)
    matter = TextField()
    lead_unit = TextField()
    co_units = _words()
    person = _words()
    phone = _words()
    due_day = _day_or_open("due_day")
    supervisor = ForeignKeyField(Staff, null=True, index=False)
    is_opening = _flag("is_opening")

    class Meta:
        table_name = "decisions"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("state",), False),
            (("meeting_year", "meeting_number"), False),
        )


class DecisionStep(Dated):
    """What became of a matter on a day: 进展, 催办, 延期, 办结 with its evidence, 退回重办, 销号.

    `place` is its place among the matter's steps, which a correction keeps; `said_by` who reported or was reached.
    """

    decision_year = IntegerField()
    decision_number = IntegerField()
    place = IntegerField()
    kind = TextField(constraints=[Check("kind IN ('progress', 'reminded', 'extended', 'done', 'returned', 'settled')")])
    event_day = _day("event_day")
    happened_at = _at_or_never("happened_at")
    way = TextField(default="", constraints=[Check("way IN ('', 'phone', 'paper', 'in_person')"), SQL("DEFAULT ''")])
    said_by = _words()
    words = _words()
    approved_by = _words()
    due_day = _day_or_open("due_day")

    class Meta:
        table_name = "decision_steps"
        indexes = ((("decision_year", "decision_number"), False), (("event_day",), False))


class Seal(Dated):
    """One seal: what is cut into it, its kind, where it is locked up, and the days it is in use."""

    name = TextField()
    kind = TextField(constraints=[Check("kind IN ('government', 'office', 'special', 'leader')")])
    place = _words()
    from_day = _day("from_day")
    to_day = _day_or_open("to_day")

    class Meta:
        table_name = "seals"


class SealHandover(Entry):
    """印章交接单: a seal that went from one person to another under the eyes of a third, and how it was found.

    `kind` is issue (启用领取), change (专人变更), acting (代管, until `until_day`) or back (交还). Whoever received a
    seal last holds it.
    """

    seal = ForeignKeyField(Seal, index=False)
    kind = TextField(constraints=[Check("kind IN ('issue', 'change', 'acting', 'back')")])
    giver = ForeignKeyField(Staff, null=True, index=False, backref="+")
    receiver = ForeignKeyField(Staff, index=False, backref="+")
    supervisor = TextField()
    condition = TextField()
    handed_at = _at("handed_at")
    until_day = _day_or_open("until_day")
    designated_by = _words()
    designated_post = _words()
    paper_page = _words()

    class Meta:
        table_name = "seal_handovers"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("seal", "handed_at"), False),
        )


class SealCount(Dated):
    """清点上锁 of one seal on one day: whether it was there and locked away, and who looked."""

    event_day = _day("event_day")
    seal = ForeignKeyField(Seal, index=False)
    counted_by = ForeignKeyField(Staff, index=False, backref="+")
    counted_at = _at("counted_at")
    found = TextField(constraints=[Check("found IN ('locked', 'out', 'missing')")])

    class Meta:
        table_name = "seal_counts"


class SealCleaning(Dated):
    """One cleaning of a seal, or what was found wrong with it."""

    event_day = _day("event_day")
    seal = ForeignKeyField(Seal, index=False)
    cleaned_by = ForeignKeyField(Staff, index=False, backref="+")
    cleaned_at = _at("cleaned_at")
    words = _words()

    class Meta:
        table_name = "seal_cleanings"
        indexes = ((("event_day",), False),)


class SealApproval(Entry):
    """用印审批单: which unit wants which seal, who let it, and who signed besides; its titles are its items.

    `approver_post` is what the approver signed as. A telephone approval has its time and number, and
    `follow_up_day` until the paper has come on `papered_day`.
    """

    seal = ForeignKeyField(Seal, index=False)
    unit = TextField()
    unit_head = _words()
    agent = _words()
    approver = ForeignKeyField(Staff, null=True, index=False, backref="+")
    approver_name = _words()
    approver_post = _words()
    approved_day = _day_or_open("approved_day")
    mode = TextField(default="paper", constraints=[Check("mode IN ('paper', 'phone')")])
    phone_at = _at_or_never("phone_at")
    phone_number = _words()
    follow_up_day = _day_or_open("follow_up_day")
    papered_day = _day_or_open("papered_day")
    deputy = ForeignKeyField(Staff, null=True, index=False, backref="+")
    deputy_name = _words()
    deputy_day = _day_or_open("deputy_day")
    decision_words = _words()
    attachments = _words()
    paper_page = _words()

    class Meta:
        table_name = "seal_approvals"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("follow_up_day",), False),
        )


class SealItem(Dated):
    """One title of an approval: how many copies are let, with how many impressions each.

    A classified one is 涉密件, with the book and page of the paper register.
    """

    approval = ForeignKeyField(SealApproval, index=False)
    place = IntegerField(constraints=[Check("place >= 1")])
    title = TextField()
    document_number = _words()
    kind = TextField()
    copies = IntegerField(constraints=[Check("copies >= 1")])
    per_copy = IntegerField(constraints=[Check("per_copy >= 1")])
    is_classified = _flag("is_classified")
    paper_book = _words()
    paper_page = _words()

    class Meta:
        table_name = "seal_items"


class SealAmendment(Dated):
    """The number of copies of an item let anew: from how many to how many, by whom, and on which day."""

    item = ForeignKeyField(SealItem)
    event_day = _day("event_day")
    copies_before = IntegerField()
    copies_after = IntegerField()
    approver = ForeignKeyField(Staff, null=True, index=False, backref="+")
    approver_name = TextField()
    approver_post = TextField()
    paper_page = _words()

    class Meta:
        table_name = "seal_amendments"


class SealPage(Entry):
    """签字页: a pre-numbered page of 25 lines the agents sign on; `closed_at` stands once no line is left to sign."""

    closed_at = _at_or_never("closed_at")

    class Meta:
        table_name = "seal_pages"
        indexes = ((("series", "year", "number", "revision"), True),)


class SealCarry(Entry):
    """印章外带: a seal its keeper takes out of the office in person, let by the director, until it is inspected.

    `unit` is whose paper is stamped out there, `companions` who goes along; `due_at` is when it should be back.
    """

    seal = ForeignKeyField(Seal, index=False)
    unit = TextField()
    matter = TextField()
    destination = TextField()
    companions = _words()
    approver = ForeignKeyField(Staff, null=True, index=False, backref="+")
    approver_name = _words()
    approver_post = _words()
    approved_day = _day_or_open("approved_day")
    decision_words = _words()
    keeper = ForeignKeyField(Staff, null=True, index=False, backref="+")
    due_at = _at("due_at")
    out_at = _at_or_never("out_at")
    back_at = _at_or_never("back_at")
    inspected_by = ForeignKeyField(Staff, null=True, index=False, backref="+")
    inspected_at = _at_or_never("inspected_at")
    condition = _words()
    paper_page = _words()

    class Meta:
        table_name = "seal_carries"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("state",), False),
        )


class SealUse(Entry):
    """One line of 用印登记簿: what was stamped with which seal, on which approval, before whose eyes.

    A line registered beforehand waits for the agent's signature; `page` and `page_line` say where it stands.
    `outage_reason` marks what was stamped on paper while the program was down, `outage_page` its page. `search_key`
    is the folded text a search looks through.
    """

    seal = ForeignKeyField(Seal, index=False)
    approval = ForeignKeyField(SealApproval, null=True, index=False)
    item = ForeignKeyField(SealItem, null=True, index=False)
    carry = ForeignKeyField(SealCarry, null=True, index=False)
    unit = TextField()
    title = TextField()
    document_number = _words()
    kind = TextField()
    copies = IntegerField(constraints=[Check("copies >= 1")])
    per_copy = IntegerField(constraints=[Check("per_copy >= 1")])
    impressions = IntegerField(constraints=[Check("impressions >= 1")])
    impressions_reason = _words()
    is_complete = _flag("is_complete")
    is_not_blank = _flag("is_not_blank")
    is_as_approved = _flag("is_as_approved")
    is_dated_and_signed = _flag("is_dated_and_signed")
    agent = _words()
    page = ForeignKeyField(SealPage, null=True, index=False)
    page_line = IntegerField(null=True, constraints=[Check("page_line BETWEEN 1 AND 25")])
    signed_at = _at_or_never("signed_at")
    keeper = ForeignKeyField(Staff, null=True, index=False, backref="+")
    stamped_at = _at_or_never("stamped_at")
    checked_at = _at_or_never("checked_at")
    is_clear = _flag("is_clear")
    spoiled_copies = IntegerField(default=0, constraints=[Check("spoiled_copies >= 0"), SQL("DEFAULT 0")])
    spoiled_words = _words()
    is_classified = _flag("is_classified")
    paper_book = _words()
    paper_page = _words()
    outage_reason = _words()
    outage_page = _words()
    search_key = _words()

    class Meta:
        table_name = "seal_uses"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("event_day",), False),
            (("state",), False),
            (("approval",), False),
            (("page",), False),
        )


class SealOrgan(Dated):
    """One organ of a joint document in the order of its seals: ours with its impressions, the others as text."""

    use = ForeignKeyField(SealUse, index=False)
    place = IntegerField(constraints=[Check("place >= 1")])
    organ = TextField()
    is_ours = _flag("is_ours")

    class Meta:
        table_name = "seal_organs"


class Equipment(Entry):
    """The card of one machine (设备); `card` is the row of its first revision, NULL on that one itself.

    Everything else that tells of a machine points at its first row, so that a corrected card keeps its history.
    """

    card = IntegerField(null=True)
    name = TextField()
    model = TextField(default="")
    serial = TextField(default="")
    asset = TextField(default="")
    bought_day = _day_or_open("bought_day")
    price_fen = IntegerField(null=True, constraints=[Check("price_fen >= 0")])
    is_classified = _flag("is_classified")
    holds_data = _flag("holds_data")
    upkeep_months = IntegerField(default=0, constraints=[Check("upkeep_months >= 0"), SQL("DEFAULT 0")])
    upkeep_from = _day_or_open("upkeep_from")

    class Meta:
        table_name = "equipment"
        indexes = ((("series", "year", "number", "revision"), True), (("card",), False))


class EquipmentPlace(Dated):
    """Where a machine stands from a day on: section, room, and who answers for it."""

    equipment = ForeignKeyField(Equipment, index=False)
    from_day = _day("from_day")
    section = TextField()
    room = TextField(default="")
    keeper = ForeignKeyField(Staff, null=True, index=False)

    class Meta:
        table_name = "equipment_places"
        indexes = ((("equipment", "from_day"), False),)


class EquipmentChange(Dated):
    """A day a machine was laid up, taken into use again or scrapped, or its plan of services changed."""

    equipment = ForeignKeyField(Equipment, index=False)
    event_day = _day("event_day")
    kind = TextField(constraints=[Check("kind IN ('rest', 'resume', 'scrap', 'plan')")])
    months = IntegerField(default=0)
    approver = ForeignKeyField(Staff, null=True, index=False)

    class Meta:
        table_name = "equipment_changes"
        indexes = ((("equipment", "event_day"), False),)


class Upkeep(Entry):
    """One service of a machine (保养): what was done and by whom; `event_day` is the day it was done."""

    equipment = ForeignKeyField(Equipment, index=False)
    work = TextField()
    done_by = TextField()
    cost_fen = IntegerField(null=True, constraints=[Check("cost_fen >= 0")])

    class Meta:
        table_name = "equipment_upkeep"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("equipment", "event_day"), False),
            (("event_day",), False),
        )


class Repair(Entry):
    """One fault report and what became of it (报修); `event_day` is the day it was reported.

    `stood` is how the machine stood before; the three ticks and `storage_keeper` are the storage taken out of it.
    """

    equipment = ForeignKeyField(Equipment, index=False)
    stood = TextField()
    fault = TextField()
    reporter = ForeignKeyField(Staff, index=False)
    accepted_day = _day_or_open("accepted_day")
    head = ForeignKeyField(Staff, null=True, index=False)
    opinion = TextField(default="")
    handling = TextField(default="")
    repairer = TextField(default="")
    begun_day = _day_or_open("begun_day")
    sent_day = _day_or_open("sent_day")
    is_removed = _flag("is_removed")
    is_kept = _flag("is_kept")
    is_emptied = _flag("is_emptied")
    storage_keeper = TextField(default="")
    escort = TextField(default="")
    finished_day = _day_or_open("finished_day")
    result = TextField(default="")
    parts = TextField(default="")
    cost_fen = IntegerField(null=True, constraints=[Check("cost_fen >= 0")])
    is_given_up = _flag("is_given_up")
    checked_day = _day_or_open("checked_day")
    confirmed_by = ForeignKeyField(Staff, null=True, index=False)
    is_storage_back = _flag("is_storage_back")

    class Meta:
        table_name = "repairs"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("equipment",), False),
            (("event_day",), False),
            (("finished_day",), False),
            (("state",), False),
        )


class EquipmentLoan(Entry):
    """One loan of a machine (借用); `event_day` is the day it was asked for, `due_day` as it was last put off to."""

    equipment = ForeignKeyField(Equipment, index=False)
    borrower = ForeignKeyField(Staff, null=True, index=False)
    unit = TextField(default="")
    purpose = TextField()
    approver = ForeignKeyField(Staff, null=True, index=False)
    approved_day = _day_or_open("approved_day")
    lent_at = _at_or_never("lent_at")
    lent_day = _day_or_open("lent_day")
    first_due_day = _day("first_due_day")
    due_day = _day("due_day")
    accessories = TextField(default="")
    is_cleared_before = _flag("is_cleared_before")
    returned_at = _at_or_never("returned_at")
    returned_day = _day_or_open("returned_day")
    condition = TextField(default="")
    missing = TextField(default="")
    damage = TextField(default="")
    is_cleared_after = _flag("is_cleared_after")
    liable = TextField(default="")
    treatment = TextField(default="")
    settled_day = _day_or_open("settled_day")

    class Meta:
        table_name = "equipment_loans"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("equipment",), False),
            (("event_day",), False),
            (("state",), False),
        )


class LoanExtension(Dated):
    """A loan put off to a later day, with who approved it; why stands in `remark`."""

    loan = ForeignKeyField(EquipmentLoan, index=False)
    event_day = _day("event_day")
    from_day = _day("from_day")
    due_day = _day("due_day")
    approver = ForeignKeyField(Staff, index=False)

    class Meta:
        table_name = "loan_extensions"
        indexes = ((("loan",), False),)


class EquipmentBreach(Entry):
    """A machine lent without approval or handled against the rules, found on a day, and who did it."""

    equipment = ForeignKeyField(Equipment, index=False)
    kind = TextField(constraints=[Check("kind IN ('private_loan', 'mishandling', 'other_use')")])
    person = ForeignKeyField(Staff, index=False)
    words = TextField()
    treatment = TextField(default="")

    class Meta:
        table_name = "equipment_breaches"
        indexes = (
            (("series", "year", "number", "revision"), True),
            (("equipment",), False),
            (("event_day",), False),
        )


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
    MeetingTask: ("meeting_year", "meeting_number", "place"),
    MeetingTopic: ("meeting_year", "meeting_number", "place"),
    MeetingMaterial: ("meeting_year", "meeting_number", "place"),
    MeetingNotice: ("meeting_year", "meeting_number", "unit"),
    MeetingAttendee: ("meeting_year", "meeting_number", "place"),
    MeetingMinutes: ("meeting_year", "meeting_number"),
    DecisionStep: ("decision_year", "decision_number", "place"),
    Seal: ("name", "from_day"),
    SealCount: ("event_day", "seal_id"),
    SealItem: ("approval_id", "place"),
    SealOrgan: ("use_id", "place"),
    EquipmentPlace: ("equipment_id", "from_day"),
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
    Meeting,
    MeetingChange,
    MeetingTask,
    MeetingTopic,
    MeetingMaterial,
    MeetingHandout,
    MeetingNotice,
    MeetingAttendee,
    MeetingMinutes,
    Decision,
    DecisionStep,
    Seal,
    SealHandover,
    SealCount,
    SealCleaning,
    SealApproval,
    SealItem,
    SealAmendment,
    SealPage,
    SealCarry,
    SealUse,
    SealOrgan,
    Equipment,
    EquipmentPlace,
    EquipmentChange,
    Upkeep,
    Repair,
    EquipmentLoan,
    LoanExtension,
    EquipmentBreach,
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
