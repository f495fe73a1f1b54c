"""Two seals in their keeper's hands, and what is brought to be stamped."""

from __future__ import annotations

from datetime import date

from govoffice_tui.registers.office import Office
from govoffice_tui.registers.posts import assign_post
from govoffice_tui.registers.seals.handovers import Handing, hand_over_seal
from govoffice_tui.registers.seals.keeping import add_seal
from govoffice_tui.registers.seals.lines import Used
from govoffice_tui.registers.seals.requests import Consent, Request, Title
from govoffice_tui.registers.seals.using import Signing, use_seal
from govoffice_tui.rules.authority import Post
from govoffice_tui.rules.seals import Checks, DocumentKind, SealKind, Signatory, SignPost

DIRECTOR, DEPUTY, KEEPER, STAND_IN, HEAD = 1, 2, 3, 5, 8
BOSS = Signatory("赵敏", SignPost.DIRECTOR, DIRECTOR)
SECOND = Signatory("钱峰", SignPost.DEPUTY_DIRECTOR, DEPUTY, is_in_charge=True)
VICE = Signatory("马骏", SignPost.VICE_HEAD)
ISSUE = Handing("issue", KEEPER, "吴桂芳", "完好,印迹清晰")


def posts_filled(office: Office) -> None:
    """赵敏 is 主任, 钱峰 分管副主任, 周小萍 keeps the seals, 吴桂芳 is 股长."""
    assign_post(office, DIRECTOR, Post.DIRECTOR, by=None)
    for person, post in ((DEPUTY, Post.DEPUTY_IN_CHARGE), (KEEPER, Post.SEAL_KEEPER), (HEAD, Post.SECTION_HEAD)):
        assign_post(office, person, post, by=DIRECTOR)


def two_seals(office: Office) -> tuple[int, int]:
    """Fill the posts and hand both seals out; return the office's and the government's."""
    posts_filled(office)
    ours = add_seal(office, "测试县人民政府办公室", SealKind.OFFICE, "行政股保险柜", date(2020, 1, 6), by=KEEPER)
    county = add_seal(office, "测试县人民政府", SealKind.GOVERNMENT, "行政股保险柜", date(2020, 1, 6), by=KEEPER)
    for seal in (ours, county):
        hand_over_seal(office, seal, ISSUE, by=DIRECTOR)
    return ours, county


def notice(copies: int = 30, title: str = "关于做好秋季防火工作的通知", **changes: object) -> Title:
    """Return a document to be stamped."""
    return Title(title, DocumentKind.DOCUMENT, copies, document_number="政办发〔2026〕88号", **changes)  # type: ignore[arg-type]


def stamp(
    office: Office,
    seal: int,
    *titles: Title,
    consent: Consent = Consent(BOSS, deputy=SECOND),  # noqa: B008  frozen
    checks: Checks = Checks.all(),  # noqa: B008  frozen
    page: int | None = 1,
    by: int | None = KEEPER,
    unit: str = "行政股",
    form_key: str | None = None,
) -> Used:
    """Register a stamp in one call."""
    request = Request(seal, unit)
    listed = titles or (notice(),)
    return use_seal(office, request, consent, listed, checks, Signing("韩文斌", page), by=by, form_key=form_key)
