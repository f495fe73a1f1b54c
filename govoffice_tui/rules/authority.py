"""Who may do what: posts (岗位) hold verbs, persons hold posts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Post(StrEnum):
    """The office's keeper posts, each held by a person from a day to a day, as A角 or B角."""

    SIGN_IN_KEEPER = "sign_in_keeper"
    DUTY_OFFICER = "duty_officer"
    SEAL_KEEPER = "seal_keeper"
    SUPPLIES_KEEPER = "supplies_keeper"
    CLASSIFIED_KEEPER = "classified_keeper"
    STUDY_RECORDER = "study_recorder"
    HYGIENE_RECORDER = "hygiene_recorder"
    SECTION_HEAD = "section_head"
    DEPUTY_IN_CHARGE = "deputy_in_charge"
    DIRECTOR = "director"
    READER = "reader"

    @property
    def label(self) -> str:
        return _POST_TITLES[self]


_POST_TITLES: Mapping[Post, str] = {
    Post.SIGN_IN_KEEPER: "签到管理人",
    Post.DUTY_OFFICER: "值班员",
    Post.SEAL_KEEPER: "印章管理人",
    Post.SUPPLIES_KEEPER: "耗材保管人",
    Post.CLASSIFIED_KEEPER: "机要人员",
    Post.STUDY_RECORDER: "学习记录员",
    Post.HYGIENE_RECORDER: "卫生登记员",
    Post.SECTION_HEAD: "股长",
    Post.DEPUTY_IN_CHARGE: "分管副主任",
    Post.DIRECTOR: "主任",
    Post.READER: "查阅",
}

HEADS = frozenset({Post.SECTION_HEAD, Post.DEPUTY_IN_CHARGE, Post.DIRECTOR})
ANYONE: frozenset[Post] = frozenset()

KEEPERS = frozenset(
    {
        Post.SIGN_IN_KEEPER,
        Post.SUPPLIES_KEEPER,
        Post.CLASSIFIED_KEEPER,
        Post.STUDY_RECORDER,
        Post.HYGIENE_RECORDER,
    }
)
"""Posts whose B角 acts on any day the A角 does not; without one the book stands still.

Seals have none: who minds one for its keeper is designated by a leader and receives it by a handover.
"""

SHARED = frozenset({Post.DUTY_OFFICER, Post.SEAL_KEEPER, Post.SECTION_HEAD, Post.READER})
"""Posts several people hold side by side: a further holder relieves nobody."""

ROLL_DEEDS = ("write", "mark", "finish", "check", "move", "cancel", "order", "make_up", "void")
"""What is done to a session of 集中学习 or 大扫除 (`rules.rolls.DEEDS`): each book's recorder does it."""

MEETING_DEEDS = (
    "enter_meeting",
    "correct_meeting",
    "void_meeting",
    "collect_topics",
    "settle_topics",
    "send_notices",
    "postpone_meeting",
    "move_meeting",
    "cancel_meeting",
    "hold_meeting",
    "take_back_meeting",
    "archive_meeting",
    "add_topic",
    "correct_topic",
    "strike_topic",
    "review_topic",
    "decide_topic",
    "add_material",
    "correct_material",
    "strike_material",
    "give_copies",
    "take_back_copies",
    "add_units",
    "import_attendees",
    "fill_notice",
    "strike_notice",
    "change_attendee",
    "mark_attendee",
    "add_visitor",
    "strike_attendee",
    "add_task",
    "change_task",
    "finish_task",
    "draft_minutes",
    "check_minutes",
    "return_minutes",
    "sign_minutes",
    "issue_minutes",
    "correct_minutes",
    "void_minutes",
    "go_without_minutes",
)
"""What is done to a meeting and what hangs on it; answers of units are taken by the duty officer too."""

VERBS: Mapping[str, frozenset[Post]] = {
    "sign_in": ANYONE,
    "strike_sign_in": frozenset({Post.SIGN_IN_KEEPER}),
    "take_back_sign_in": ANYONE,
    "collect_book": frozenset({Post.SIGN_IN_KEEPER}),
    "use_paper": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "collect_sheet": frozenset({Post.SIGN_IN_KEEPER}),
    "transcribe": frozenset({Post.SIGN_IN_KEEPER}),
    "finish_transcription": frozenset({Post.SIGN_IN_KEEPER}),
    "resume_signing": frozenset({Post.SIGN_IN_KEEPER}),
    "note_arrival": frozenset({Post.SIGN_IN_KEEPER}),
    **dict.fromkeys(
        ("declare_no_book", "withdraw_no_book", "rule_no_book", "mark_present", "strike_presence"),
        frozenset({Post.SIGN_IN_KEEPER}),
    ),
    "decide_no_book": frozenset({Post.DEPUTY_IN_CHARGE, Post.DIRECTOR}),
    **dict.fromkeys(
        (
            "draw_presence_check",
            "answer_presence_check",
            "record_spot_checks",
            "correct_spot_check",
            "strike_spot_check",
            "run_kiosk",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    "review": ANYONE,
    **dict.fromkeys(
        (
            "enter_outing",
            "phone_outing",
            "add_travellers",
            "correct_outing",
            "strike_traveller",
            "void_outing",
            "extend_outing",
            "record_return",
            "take_back_return",
            "settle_outings",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    **dict.fromkeys(
        ("open_absence", "note_own_words", "propose_absence", "decide_absence", "void_absence"),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    **{f"{deed}_study": frozenset({Post.STUDY_RECORDER}) for deed in ROLL_DEEDS},
    **{f"{deed}_hygiene": frozenset({Post.HYGIENE_RECORDER}) for deed in ROLL_DEEDS},
    **dict.fromkeys(("record_training", "correct_training", "void_training"), frozenset({Post.STUDY_RECORDER})),
    "report_fault": ANYONE,
    **dict.fromkeys(
        (
            "enter_equipment",
            "correct_equipment",
            "void_equipment",
            "import_equipment",
            "move_equipment",
            "rest_equipment",
            "resume_equipment",
            "scrap_equipment",
            "plan_upkeep",
            "record_upkeep",
            "void_upkeep",
            "accept_repair",
            "begin_repair",
            "send_repair",
            "finish_repair",
            "advise_scrap",
            "redo_repair",
            "check_repair",
            "correct_repair",
            "void_repair",
            "apply_loan",
            "approve_loan",
            "refuse_loan",
            "hand_out",
            "extend_loan",
            "take_back_loan",
            "note_damage",
            "settle_loan",
            "correct_loan",
            "void_loan",
            "note_breach",
            "void_breach",
        ),
        frozenset({Post.SIGN_IN_KEEPER, Post.SUPPLIES_KEEPER}) | HEADS,
    ),
    **dict.fromkeys(
        (
            "add_supply_item",
            "change_supply_item",
            "retire_supply_item",
            "import_supplies",
            "receive_supplies",
            "issue_supplies",
            "return_supplies",
            "waste_supplies",
            "sign_supplies",
            "correct_supply_line",
            "strike_supply_line",
            "correct_supply_slip",
            "void_supply_slip",
            "begin_supply_count",
            "enter_supply_counts",
            "finish_supply_count",
            "cancel_supply_count",
            "close_supplies",
        ),
        frozenset({Post.SUPPLIES_KEEPER}) | HEADS,
    ),
    "import_staff": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    **dict.fromkeys(
        (
            "add_person",
            "rejoin",
            "transfer_out",
            "retire",
            "lend_out",
            "return_from_loan",
            "change_profile",
            "rename",
            "correct_profile",
            "correct_joined",
            "correct_initials",
            "move_rank",
            "apply_differences",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    **dict.fromkeys(
        (
            "add_seal",
            "correct_seal",
            "retire_seal",
            "hand_over_seal",
            "void_handover",
            "apply_for_stamp",
            "approve_stamp",
            "decline_stamp",
            "return_stamp",
            "reapply_stamp",
            "amend_approval",
            "paper_approval",
            "void_approval",
            "correct_use",
            "void_use",
            "record_outage_uses",
            "fill_outage",
            "refuse_stamp",
            "apply_carry",
            "approve_carry",
            "decline_carry",
            "extend_carry",
            "void_carry",
        ),
        frozenset({Post.SEAL_KEEPER}) | HEADS,
    ),
    **dict.fromkeys(
        (
            "use_seal",
            "use_approval",
            "sign_use",
            "check_imprint",
            "count_seals",
            "clean_seal",
            "take_out",
            "bring_back",
            "inspect_carry",
        ),
        ANYONE,  # the register itself asks whether they hold the seal: a post alone lets nobody stamp
    ),
    "assign_post": HEADS,
    "end_post": HEADS,
    "change_setting": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "take_back_setting": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "load_calendar": ANYONE,
    "enter_notice": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "check_notice": ANYONE,
    "adjust_calendar": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "withdraw_adjustment": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "take_over_duty": ANYONE,
    **dict.fromkeys(
        (
            "record_entry",
            "fill_entry",
            "treat_urgently",
            "ask_leader",
            "hand_on",
            "file_entry",
            "report_entry",
            "add_stage",
            "finish_entry",
            "hand_over_duty",
            "swap_officer",
            "record_absence",
        ),
        frozenset({Post.DUTY_OFFICER}) | HEADS,
    ),
    "accept_matter": ANYONE,
    "accept_matters": ANYONE,
    "sign_duty_page": frozenset({Post.DUTY_OFFICER, Post.SIGN_IN_KEEPER}) | HEADS,
    "correct_crew": frozenset({Post.DUTY_OFFICER}) | HEADS,
    "correct_entry": HEADS,
    "void_entry": HEADS,
    "explain_duty": frozenset({Post.DUTY_OFFICER, Post.SIGN_IN_KEEPER}) | HEADS,
    "import_contacts": frozenset({Post.DUTY_OFFICER, Post.SIGN_IN_KEEPER}) | HEADS,
    **dict.fromkeys(
        (
            "make_roster",
            "set_shift",
            "issue_roster",
            "return_roster",
            "receive_roster",
            "take_back_receipt",
            "change_shift",
            "cancel_change",
            "note_unavailable",
            "end_unavailable",
            "make_special",
            "import_duties",
            "take_duty_rest",
            "take_back_rest",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    "check_roster": HEADS,
    "note_notified": ANYONE,
    **dict.fromkeys(
        (
            "enter_decision",
            "correct_decision",
            "void_decision",
            "note_progress",
            "remind_unit",
            "extend_decision",
            "finish_decision",
            "return_decision",
            "correct_step",
            "strike_step",
            "import_decisions",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
    "settle_decision": HEADS,
    **dict.fromkeys(MEETING_DEEDS, frozenset({Post.SIGN_IN_KEEPER}) | HEADS),
    **dict.fromkeys(("reply_notice", "take_back_reply"), frozenset({Post.SIGN_IN_KEEPER, Post.DUTY_OFFICER}) | HEADS),
    "record_export": ANYONE,
    "record_backup": ANYONE,
    "record_drill": ANYONE,
    "restore": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "confirm_day": ANYONE,
    "record_clock_step": ANYONE,
    "fix_clock": frozenset({Post.DIRECTOR}),
    "amend": KEEPERS - {Post.CLASSIFIED_KEEPER} | {Post.SEAL_KEEPER} | HEADS,
    "close_month": frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    "phone_leave": ANYONE,
    **dict.fromkeys(
        (
            "apply_leave",
            "grant_leave",
            "refuse_leave",
            "send_back_leave",
            "paper_leave",
            "extend_leave",
            "end_leave",
            "end_signed_leave",
            "withdraw_leave",
            "correct_leave",
            "void_leave",
            "record_delegation",
            "end_delegation",
            "set_entitlement",
        ),
        frozenset({Post.SIGN_IN_KEEPER}) | HEADS,
    ),
}
"""Which posts may carry out a verb; ANYONE is whoever stands at the keyboard, but not a reader."""


@dataclass(frozen=True)
class Authority:
    """Whether a verb may go ahead, and who else could do it."""

    is_allowed: bool
    reason: str = ""


def may(verb: str, posts: Collection[Post], vacant: Collection[Post] = ()) -> Authority:
    """Rule whether somebody who holds `posts` may carry out `verb`.

    A post nobody has ever held is listed in `vacant`: until the office names a holder its verbs are
    open to whoever stands at the keyboard, so that a new office can begin. A verb that is not in the
    table is refused.
    """
    if verb not in VERBS:
        return Authority(False, f"没有“{verb}”这项权限")
    if posts and set(posts) == {Post.READER}:
        return Authority(False, "查阅人员不能登记")
    needed = VERBS[verb]
    if not needed or needed & set(posts) or needed <= set(vacant):
        return Authority(True)
    return Authority(False, "需由" + "、".join(post.label for post in Post if post in needed) + "办理")
