"""Answers to questions on where things stick, for other systems (梗阻之问接口): the same table and access as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.api.refusals import Refused, as_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import reach
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Duty
from xiaoneng.supervision.access import NoFeed
from xiaoneng.supervision.obstruction.access import answered, grouped_by, source
from xiaoneng.supervision.obstruction.as_data import as_data
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.obstruction.book import QUESTIONS

ABSENT = Phrase("没有这个来源或问题，或者您不在督察岗位", "no such feed or question, or you do not supervise")


@require_safe
def question(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Answer one question to a supervisor who is logged in; absent and forbidden read the same."""
    now = timezone.now()
    by = tuple(one for one in capacities_of(request.user, at=now) if one.duty is Duty.SUPERVISE)
    if not by or name not in QUESTIONS:
        return Refused(404, ABSENT).answer()
    try:
        one = source(key, now=now, prefixes=tuple(map(reach, by)))
    except NoFeed:
        return Refused(404, ABSENT).answer()
    found, asked = QUESTIONS[name], Asked.of(request.GET)
    group = grouped_by(one, found, request.GET.get("by", ""))
    answer = answered(one, found, asked, by=group)
    return as_json(as_data(one, found, answer, asked=asked, by=group), status=200)
