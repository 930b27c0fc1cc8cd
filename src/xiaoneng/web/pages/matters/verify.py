"""核验: is this paper or receipt genuine, by the office's public key; the page says why where it is not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiaoneng.desk import sealing
from xiaoneng.desk.papers import FORMS
from xiaoneng.ledger.access import vkey
from xiaoneng.ledger.receipt import Checked, ReceiptRejected, check_receipt
from xiaoneng.matters import access
from xiaoneng.matters.vocabulary import BY_KEY
from xiaoneng.web import clock
from xiaoneng.web.asking import FieldKind, FieldView, FormView
from xiaoneng.web.pages.matters import codes
from xiaoneng.web.pages.matters.finding import Slip, number_of

LARGEST = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking found: genuine or not, in a sentence, with the reasons or the facts."""

    genuine: bool
    title: str
    body: str = ""
    faults: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a receipt that was pasted or uploaded, or the paper that a QR code names."""
    error = ""
    verdict: Verdict | None = None
    if request.method == "POST":
        text = _text(request)
        error = "" if text else gettext("请粘贴凭证全文，或者选择凭证文件（不超过 200 KB）。")
        verdict = _of_receipt(text) if text else None
    elif request.GET.get("n"):
        verdict = _of_paper(request)
    shown = {"form": _form(request, error), "verdict": verdict, "vkey": vkey()}
    return render(request, "xiaoneng/matters/verify.html", shown, status=400 if error else 200)


def _form(request: HttpRequest, error: str) -> FormView:
    return FormView(
        action=reverse("verify"),
        button=gettext("核验"),
        multipart=True,
        errors=(error,) if error else (),
        fields=(
            FieldView(
                name="text",
                label=gettext("粘贴凭证全文"),
                kind=FieldKind.LONG,
                value=request.POST.get("text", "")[:LARGEST],
                hint=gettext("第一行是 xiaoneng-receipt@v1。凭证只在本次核验中使用，不保存。"),
                required=False,
            ),
            FieldView(name="file", label=gettext("或者选择凭证文件"), kind=FieldKind.FILE, required=False),
        ),
    )


def _text(request: HttpRequest) -> str:
    """Return the receipt as it was: a file to the byte, pasted text with the line ends that a browser changes."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return file.read().decode(errors="replace") if (file.size or 0) <= LARGEST else ""
    pasted = request.POST.get("text", "").replace("\r\n", "\n").strip()
    return f"{pasted}\n" if pasted and len(pasted) <= LARGEST else ""


def _of_receipt(text: str) -> Verdict:
    try:
        checked = check_receipt(text, vkey())
    except ReceiptRejected as rejected:
        return Verdict(
            genuine=False,
            title=gettext("不能证明：这不是本机关签发的凭证，或者签发后被改动"),
            body=gettext("下面逐条列出不符之处。请从办件页重新下载凭证再试。"),
            faults=rejected.faults,
        )
    return Verdict(
        genuine=True,
        title=gettext("真实：这份凭证由本机关签发，一字未改"),
        body=_sealed(checked),
        facts=tuple(_facts(checked)),
    )


def _sealed(checked: Checked) -> str:
    if checked.checkpoint is None:
        return gettext("该记录正在等待封存；签名已经有效，封存后可下载带封存证明的凭证。")
    return gettext("该记录已封存入存证账，账中共 %(size)d 项。") % {"size": checked.checkpoint.size}


def _facts(checked: Checked) -> list[tuple[str, object]]:
    shown = checked.facts
    act = BY_KEY.get(shown.get("verb", ""))
    form = FORMS.get(act) if act else None
    found: list[tuple[str, object]] = [
        (gettext("办件编号"), checked.number),
        (gettext("第几项记录"), shown["sequence"]),
        (gettext("行为"), act.name if act else shown.get("verb", "")),
        (gettext("文书"), form[0] if form and "paper" in shown else gettext("无")),
        (gettext("办理时间"), _moment(shown["at"])),
        (gettext("经办"), _actor(shown.get("actor", ""))),
        (gettext("当时承诺的期限"), checked.promised or "–"),
        (gettext("记录指纹"), checked.act_hash.hex()),
    ]
    return found


def _moment(text: str) -> datetime | str:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


def _actor(text: str) -> str:
    try:
        by = json.loads(text)
    except ValueError:
        return ""
    said = f"{by.get('title', '')} {by.get('name', '')}".strip()
    return f"{said}（{by['standing']} 岗，代 {by['acting_for_name']}）" if by.get("acting_for_name") else said


def _of_paper(request: HttpRequest) -> Verdict:
    """Return what the record says of the paper with this number, place and fingerprint.

    A paper of a matter that is not public is known only to whoever has shown its code.
    """
    number, sequence, fingerprint = (request.GET.get(name, "") for name in ("n", "s", "h"))
    try:
        known = number_of(number)
        if not codes.remembered(request, known, now=clock.now()):
            access.public_trace(known)
        found = sealing.receipt_at(known, sequence=_place(sequence), personal=False)
    except (Slip, access.NotFound):
        found = None
    if found is None:
        return Verdict(
            genuine=False,
            title=gettext("没有这样的文书"),
            body=gettext(
                "记录中没有这个编号和序号。请核对纸面上的编号；仍不符的，这份文书不是本机关签发的。"
            ),
        )
    verdict = _of_receipt(found.text())
    if not verdict.genuine or fingerprint.lower() == found.act_hash.hex():
        return verdict
    return Verdict(
        genuine=False,
        title=gettext("指纹不符：这份文书不是记录中的那一份"),
        body=gettext("编号和序号存在，但纸面上的指纹与记录不一致。记录中的指纹：%(hash)s")
        % {"hash": found.act_hash.hex()},
    )


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len("10000000") else 0
