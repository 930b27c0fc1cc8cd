"""Papers as PDF and receipts as files, to whoever has the code or may see the matter in their post."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import issued, sealing, typeset
from xiaoneng.web import clock
from xiaoneng.web.naming import names_of
from xiaoneng.web.pages.matters import finding


@never_cache
@require_safe
def paper(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """Print the paper of an act, or say that the record no longer yields the paper that was issued."""
    right = finding.right_to(request, number, now=clock.now())
    try:
        found = issued.issued(right.number, sequence=sequence)
    except issued.NoPaper:
        raise Http404 from None
    except issued.PaperDiffers:
        shown = {"number": right.number, "sequence": sequence}
        return render(request, "xiaoneng/matters/paper_differs.html", shown, status=409)
    return _file(typeset.pdf(sheet(request, found)), f"{found.number}-{sequence}.pdf", "application/pdf")


def sheet(request: HttpRequest, found: issued.Issued) -> typeset.Sheet:
    """Return a paper with what stands around its text: whose it is, its fingerprint, where it is checked."""
    asked = urlencode({"n": found.number, "s": str(found.sequence), "h": found.act_hash.hex()})
    return typeset.Sheet(
        paper=found.paper,
        agency=names_of([found.agency]).agency(found.agency).zh,
        fingerprint=found.act_hash.hex(),
        address=request.build_absolute_uri(f"{reverse('verify')}?{asked}"),
        at=found.recorded_at,
        seal="（印章）",
        note="内容以签名记录为准，扫码可当场核对。",
    )


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """Hand out the signed receipt of an act; its particulars and the office's own words only to those who may read them."""
    right = finding.right_to(request, number, now=clock.now())
    if not right.inside and sealing.internal(right.number, sequence=sequence):
        raise Http404
    found = sealing.receipt_at(right.number, sequence=sequence, personal=right.personal)
    if found is None:
        raise Http404
    return _file(found.text().encode(), f"{right.number}-{sequence}.receipt.txt", "text/plain; charset=utf-8")


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    way = "inline" if kind == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    return response
