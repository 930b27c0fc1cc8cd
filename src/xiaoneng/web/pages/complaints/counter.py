"""登记投诉: a complaint by telephone, in person or by letter is taken in at the centre; the same receipt at once.

While the clerk types, the page says where it would go and why, what kind it seems to be, and which complaints say
nearly the same; without a script a button says so. Nothing that will be sealed is looked at.
"""

from __future__ import annotations

from secrets import token_urlsafe

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiaoneng.desk import centre as desk
from xiaoneng.desk.complaints import file_complaint
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused, read
from xiaoneng.matters.access import NotFound, access_matter
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES, ComplaintChannel
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.web import clock
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FormView
from xiaoneng.web.complaint_choices import kinds
from xiaoneng.web.form_fields import form_errors
from xiaoneng.web.pages.complaints.helps import helps
from xiaoneng.web.pages.complaints.sent import known, remember
from xiaoneng.web.pages.complaints.telling import Telling, told_in
from xiaoneng.web.pages.matters import finding
from xiaoneng.web.pages.matters.receipt import show_receipt
from xiaoneng.web.parts import Words
from xiaoneng.web.places import Places, places
from xiaoneng.web.promises import promised_days
from xiaoneng.web.sections import section
from xiaoneng.web.wording import spoken

CHANNELS = (ComplaintChannel.PHONE, ComplaintChannel.VISIT, ComplaintChannel.LETTER)
KEEP = "open-complaint"


class Taken(Telling):
    """What the clerk writes down: what the public form asks, and by which way it came."""

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    subject_area = forms.ChoiceField(required=False)

    def ready(self) -> None:
        """Say what is asked more."""
        super().ready()
        self.fields["channel"].label = gettext("投诉渠道")
        self.fields["channel"].error_messages["required"] = gettext("请选择投诉渠道")
        self.fields["subject_area"].label = gettext("投诉类别")
        self.choose("channel", [(str(one), spoken(COMPLAINT_NAMES[one])) for one in CHANNELS])
        self.choose("subject_area", [("", ""), *((one.value, spoken(one.words)) for one in kinds())])


def seen(number: str, *, by: tuple[Capacity, ...]) -> bool:
    """Tell whether somebody in these capacities may see a matter."""
    try:
        access_matter(number, by=by)
    except NotFound:
        return False
    return True


def _clerk(request: HttpRequest) -> Capacity:
    """Return the capacity in which complaints are taken in; raises Http404 for whoever takes in none."""
    at = clock.now()
    found = [
        one for one in desk.standing_in(capacities_of(request.user, at=at)) if one.duty is Duty.COMPLAINTS
    ]
    if not found:
        raise Http404
    return found[0]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a complaint in and hand the receipt over."""
    by, city = _clerk(request), places()
    if number := known(request):
        return redirect("receipt-page", number=number)
    looking = request.POST.get("way", "") in {"find", "look"}
    form = _form(request, by, city, looking=looking or request.method != "POST")
    if not form.is_valid():
        return _asked(request, form, by, city)
    try:
        return _taken(request, form, by)
    except ActRefused as refused:
        return _asked(request, form, by, city, refused=refused)
    except CannotOpen as fault:
        return _asked(request, form, by, city, also=fault.faults)


def _form(request: HttpRequest, by: Capacity, city: Places, *, looking: bool) -> Taken:
    def knows(number: str) -> bool:
        return finding.traced(number) or seen(number, by=(by,))

    data = None if looking else request.POST
    return Taken(data, city=city, now=clock.now(), first=request.POST, knows=knows)


def _taken(request: HttpRequest, form: Taken, by: Capacity) -> HttpResponse:
    channel = ComplaintChannel(form.cleaned_data["channel"])
    receipt = file_complaint(form.act(by=by, channel=channel), now=form.now)
    remember(request, receipt.number)
    return show_receipt(
        request,
        receipt,
        onward=_onward(receipt.number, by),
        keep=KEEP,
        days=promised_days(read(receipt.number)),
        anonymous=form.anonymous,
    )


def _onward(number: str, by: Capacity) -> str:
    """Return the page that follows: the matter's, or the centre's where the complaint went elsewhere."""
    return reverse("desk-matter", args=(number,)) if seen(number, by=(by,)) else reverse("centre")


def _asked(
    request: HttpRequest,
    form: Taken,
    by: Capacity,
    city: Places,
    *,
    refused: ActRefused | None = None,
    also: tuple[Words, ...] = (),
) -> HttpResponse:
    views = form.views()
    view = FormView(
        action=request.path,
        button=gettext("登记，出具回执"),
        fields=tuple(views.values()),
        errors=(*form_errors(form), *also),
        reasons=tuple(map(reason, refused.refusals)) if refused else (),
        keep=KEEP,
    )
    first = section(views, key="way", title=gettext("渠道与类别"), names=("channel", "subject_area"))
    shown = {
        "form": view,
        "sections": (first, *told_in(views)),
        "once": request.POST.get("once", "") or token_urlsafe(12),
        "nothing": form.nothing,
        "more": form.whom.more,
        "helps": helps(form, by=by, city=city) if request.method == "POST" else None,
    }
    return render(request, "xiaoneng/complaints/take_in.html", shown, status=400 if view.broken else 200)


@login_required
@never_cache
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Say what the page knows of what is typed so far: the part of the page that changes while typing."""
    by, city = _clerk(request), places()
    form = _form(request, by, city, looking=True)
    return render(request, "xiaoneng/complaints/helps.html", {"helps": helps(form, by=by, city=city)})
