"""The sealed identity of a matter: one post asks, the other agrees or refuses; facts are shown once and kept nowhere.

What these forms carry is secret: nothing of it goes to the session, to a message, to an address or to a log, and no
answer is kept by a browser.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from xiaoneng.desk import vault
from xiaoneng.desk.recording import ActRefused, MatterMoved
from xiaoneng.desk.vault import CannotOpenIdentity, Given, Keeping, WrongPassphrase
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import key
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web import clock
from xiaoneng.web.acting import reason
from xiaoneng.web.asking import FieldKind, FieldView, FormView, ReasonView
from xiaoneng.web.pages.matters import finding

KEYS = frozenset(key(act) for act in vault.IDENTITY_ACTS)
"""Words of the acts that are done here and on no other page."""
ASK, OPEN, REFUSE = "ask", "open", "refuse"
TRIES, HOUR = 5, 3600
BLANK = Phrase("请填写", "Please fill this in")
STOPPED = Phrase("口令试错次数过多，请一小时以后再试", "Too many wrong passphrases: try again in an hour")
MOVED = Phrase(
    "这件投诉刚刚有了新的记录，请看过再办；刷新本页也不会再次显示",
    "Something was recorded on this complaint meanwhile: look again. Reloading this page shows nothing twice",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a form that was sent: what to say of it, and what to show this once."""

    way: str = ""
    reason: str = ""
    slip: str = field(default="", repr=False)
    blank: frozenset[str] = frozenset()
    errors: tuple[Phrase, ...] = ()
    reasons: tuple[ReasonView, ...] = ()
    made: str = field(default="", repr=False)
    facts: tuple[tuple[Phrase, str], ...] = field(default=(), repr=False)

    @property
    def wrong(self) -> bool:
        """Whether it did not go through."""
        return bool(self.blank or self.errors or self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An official before a sealed identity."""

    staff: finding.Staff
    keeping: Keeping

    @property
    def number(self) -> str:
        """The matter's number."""
        return self.staff.view.dossier.number


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Show who keeps the identity and what waits; ask, open or refuse. Raises Http404 where nothing is sealed."""
    desk = _desk(request, number)
    if request.method != "POST":
        return _page(request, desk)
    tried = _sent(request, desk)
    if tried.wrong:
        return _page(request, desk, tried, status=400)
    if tried.way == REFUSE:
        messages.success(request, gettext("已记录：不予启封。"))
        return redirect("identity", number=desk.number)
    return _page(request, _desk(request, number), tried)


def _desk(request: HttpRequest, number: str) -> Desk:
    staff = finding.staff_view(request, number, now=clock.now())
    keeping = vault.keeping(staff.view.dossier, staff.capacities, now=staff.view.now)
    if keeping is None:
        raise Http404
    return Desk(staff=staff, keeping=keeping)


@sensitive_variables()
def _sent(request: HttpRequest, desk: Desk) -> Tried:
    """Carry out what a form asks for; raises Http404 for whoever keeps no key of this identity."""
    by, posted = desk.keeping.by, request.POST
    way = posted.get("way", "")
    if by is None or way not in (ASK, OPEN, REFUSE):
        raise Http404
    names = {ASK: ("reason", "passphrase"), OPEN: ("reason", "slip", "passphrase"), REFUSE: ("reason",)}[way]
    given = Given(**{"passphrase": "", **{name: posted.get(name, "").strip() for name in names}})
    tried = Tried(way=way, reason=given.reason, slip=given.slip)
    blank = frozenset(name for name in names if not posted.get(name, "").strip())
    if blank:
        return replace(tried, blank=blank)
    return _carried_out(desk, tried, given, by=by, seen=_seen(request))


@sensitive_variables()
def _carried_out(desk: Desk, tried: Tried, given: Given, *, by: Capacity, seen: int) -> Tried:
    """Carry out what was asked, or say why not; whoever tries wrong passphrases is stopped for an hour."""
    tries = f"vault/{by.person}"
    if int(cache.get(tries, 0)) >= TRIES:
        return replace(tried, errors=(STOPPED,))
    try:
        return _done(desk, tried, given, by=by, seen=seen)
    except CannotOpenIdentity as shut:
        if isinstance(shut, WrongPassphrase):
            _count(tries)
        return replace(tried, errors=(shut.why,))
    except ActRefused as refused:
        return replace(tried, reasons=tuple(map(reason, refused.refusals)))
    except MatterMoved:
        return replace(tried, errors=(MOVED,))


@sensitive_variables()
def _done(desk: Desk, tried: Tried, given: Given, *, by: Capacity, seen: int) -> Tried:
    number, now = desk.number, desk.staff.view.now
    if tried.way == ASK:
        return replace(tried, made=vault.ask(number, given, by=by, seen=seen, now=now))
    if tried.way == OPEN:
        return replace(tried, facts=vault.open_together(number, given, by=by, seen=seen, now=now))
    vault.refuse(number, given.reason, by=by, seen=seen, now=now)
    return tried


def _seen(request: HttpRequest) -> int:
    """Return how many acts the officer had seen; a form that does not say has seen none, and is refused."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() else 0


def _count(tries: str) -> None:
    if not cache.add(tries, 1, timeout=HOUR):
        cache.incr(tries)


def _page(request: HttpRequest, desk: Desk, tried: Tried | None = None, *, status: int = 200) -> HttpResponse:
    tried = tried or Tried()
    over = bool(tried.made or tried.facts)
    view, keeping = desk.staff.view, desk.keeping
    shown = {
        "number": desk.number,
        "posts": keeping.posts,
        "asked": keeping.asked,
        "asked_by": view.names.who(keeping.asked.by) if keeping.asked else None,
        "answer_by": keeping.answer_by,
        "keeper": keeping.by,
        "slip": tried.made,
        "facts": tried.facts,
        "wrong": tried.wrong,
        "ask": _ask(desk, tried) if keeping.may_ask and not over else None,
        "open": _open(desk, tried) if keeping.may_answer and not over else None,
        "refuse": _refuse(desk, tried) if keeping.may_answer and not over else None,
    }
    return render(request, "xiaoneng/matters/identity.html", shown, status=status)


def _ask(desk: Desk, tried: Tried) -> FormView:
    hint = Phrase(
        "写明为什么非知道是谁不可。投诉人会看到这段话，不要写入身份信息。",
        "Say why it cannot be done without knowing who it is. The complainant reads this; name nobody.",
    )
    fields = (
        _long(
            "reason", Phrase("启封的理由和必要性", "Reason, and why it is necessary"), ASK, tried, hint=hint
        ),
        _passphrase(ASK, tried),
    )
    return _form(desk, ASK, Phrase("申请启封，出具交接码", "Ask, and get the slip"), fields, tried)


def _open(desk: Desk, tried: Tried) -> FormView:
    hint = Phrase("申请人交给您的那一段，从头到尾。", "What the other post handed you, from end to end.")
    fields = (
        _long("slip", Phrase("交接码", "Slip"), OPEN, tried, hint=hint),
        _long("reason", Phrase("同意的理由", "Why you agree"), OPEN, tried),
        _passphrase(OPEN, tried),
    )
    return _form(desk, OPEN, Phrase("同意，记录并启封", "Agree: record and open"), fields, tried)


def _refuse(desk: Desk, tried: Tried) -> FormView:
    fields = (_long("reason", Phrase("不予启封的理由", "Why it is not opened"), REFUSE, tried),)
    return _form(desk, REFUSE, Phrase("不予启封", "Do not open"), fields, tried)


def _form(desk: Desk, way: str, button: Phrase, fields: tuple[FieldView, ...], tried: Tried) -> FormView:
    mine = tried.way == way
    hidden = (
        FieldView(name="seen", label="", kind=FieldKind.HIDDEN, value=str(desk.staff.view.seen)),
        FieldView(name="way", label="", kind=FieldKind.HIDDEN, value=way),
    )
    return FormView(
        action=reverse("identity", args=(desk.number,)),
        button=button,
        fields=(*fields, *hidden),
        errors=tried.errors if mine else (),
        reasons=tried.reasons if mine else (),
    )


def _long(name: str, label: Phrase, way: str, tried: Tried, *, hint: Phrase | str = "") -> FieldView:
    mine = tried.way == way
    return FieldView(
        name=name,
        label=label,
        kind=FieldKind.LONG,
        hint=hint,
        value=getattr(tried, name) if mine else "",
        errors=(BLANK,) if mine and name in tried.blank else (),
        autocomplete="off",
        prefix=way,
    )


def _passphrase(way: str, tried: Tried) -> FieldView:
    return FieldView(
        name="passphrase",
        label=Phrase("您的钥匙口令", "Passphrase of your key"),
        kind=FieldKind.PASSWORD,
        hint=Phrase("不是登录密码。", "Not the password you log in with."),
        errors=(BLANK,) if tried.way == way and "passphrase" in tried.blank else (),
        autocomplete="off",
        prefix=way,
    )
