"""Which form of this session became which complaint: a form sent twice, by a fast click, is one complaint."""

from __future__ import annotations

from django.http import HttpRequest

SENT = "complaints-sent"
MOST = 20


def known(request: HttpRequest) -> str:
    """Return the number of the complaint that this very form became already, or nothing."""
    return str(request.session.get(SENT, {}).get(request.POST.get("once", ""), ""))


def remember(request: HttpRequest, number: str) -> None:
    """Keep that this form became a complaint."""
    sent = {**request.session.get(SENT, {}), request.POST.get("once", "") or number: number}
    request.session[SENT] = dict(list(sent.items())[-MOST:])
