"""A person's record (个人问责记录): warnings, what is in effect, and what is proposed to the appraisal because of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.accountability.access import person_record
from xiaoneng.accountability.ladder import GRADE_NAMES
from xiaoneng.matters.access import NotFound
from xiaoneng.matters.vocabulary.measures import MOST_MONTHS
from xiaoneng.organisation.access import names_of
from xiaoneng.web.pages.accountability.standing import now_and_reader
from xiaoneng.web.parts import Empty, Link


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's own record."""
    _, reader = now_and_reader(request)
    if not reader.person:
        raise Http404
    return _shown(request, reader.person)


@login_required
@never_cache
@require_safe
def record(request: HttpRequest, number: int) -> HttpResponse:
    """Show a person's record to whom it is for."""
    return _shown(request, number)


def _shown(request: HttpRequest, person: int) -> HttpResponse:
    now, reader = now_and_reader(request)
    try:
        found = person_record(person, by=reader.by, asker=reader.person, now=now)
    except NotFound:
        raise Http404 from None
    name = names_of([person]).get(person, "")
    own = person == reader.person
    first = Link(words=gettext("问责"), href=reverse("accountability")) if reader.overseeing else None
    here = Link(words=gettext("我的问责记录") if own else name, href="")
    shown = {
        "record": found,
        "name": name,
        "own": own,
        "best": GRADE_NAMES[found.best],
        "most_months": MOST_MONTHS,
        "crumbs": (first, here) if first else (),
        "empty": Empty(title=gettext("没有问责记录"), hint=gettext("没有对本人作出过处理或者登记过处分。")),
    }
    return render(request, "xiaoneng/accountability/person.html", shown)
