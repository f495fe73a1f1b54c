"""印章管理制度第5条: blank paper and blank forms are known by what is written of them, and never stamped."""

from __future__ import annotations

import re
import unicodedata

from govoffice_tui.rules.refusal import Refused

BLANK = "印章管理制度第5条"

_BLANK = re.compile(
    "空白|空的|白纸|未填写?|没填写?|待填写?|没有内容|没写内容|无内容|先盖章?后填写?|盖章备用|预先?盖章?"
    "|空(?=介绍信|信|合同|协议|表|纸|证|函|票|收据|发票|凭证)"
)
_BLANK_FILLER = re.compile(
    "纸张|稿纸|纸|凭证|介绍信|信笺|信封|信|公文|公函|便函|函件|函|发文|稿|合同书|合同|协议书|协议|申请表|登记表|审批表"
    "|审批单|表格|表|证明|证书|证件|证|支票|票据|收据|收条|发票|便笺|便条|授权委托书|委托书|承诺书|通知书|回执|文件|单据"
    "|单|红头|函头|抬头|头|A[34]|已|打印|先|提前|备用|使用|急用|急|用|盖好|加盖|盖|印章|公章|章|好|的|了|在|上|等|和|、|式"
    r"|[0-9一二两三四五六七八九十百几若干半]+|张|份|页|本|枚|个|些|[\s()〔〕“”\"'。.;:]"
)
_REMARK = re.compile(r"\([^)]*\)")
_CLAUSES = re.compile(r"[,;。]")


def is_blank_title(title: str) -> bool:
    """Return whether a title, or a clause of it, names nothing but blank paper or a form; one about them is a document.

    A remark in brackets and what follows a comma makes no document of it: 空白信笺(某人要), 空白合同三份,急用.
    """
    closed = "".join(unicodedata.normalize("NFKC", title).split())
    return any(map(_names_only_blanks, (closed, *_CLAUSES.split(_REMARK.sub("", closed)))))


def _names_only_blanks(words: str) -> bool:
    return _BLANK.search(words) is not None and not _BLANK_FILLER.sub("", _BLANK.sub("", words))


def blank_refused(what: str) -> Refused:
    """Return the refusal to stamp blank paper, which stands in the refusal list (印章管理制度第5条)."""
    return Refused(
        f"不能盖章:{what}是空白凭证或空白纸张,一律不盖。请填写完整、经批准后再来登记。",
        BLANK,
        field="title",
        recorded=True,
    )
