"""What a matter's page says after an act was sent: recorded, refused, overtaken by another, or only previewed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.vocabulary import BY_KEY
from xiaoneng.web import wording
from xiaoneng.web.acting import Sent, reason, typed_lines
from xiaoneng.web.parts import Notice, Tone
from xiaoneng.web.showing import View


def after_sending(request: HttpRequest, done: Receipt, word: str, *, to: str) -> HttpResponse:
    """Say that an act was recorded and go back to the matter's page, which lets the browser forget what was typed."""
    said = {"act": wording.spoken(BY_KEY[word].name), "sequence": done.sequence}
    messages.success(request, gettext("已记录第 %(sequence)d 项：%(act)s。签名凭证在办理经过里。") % said)
    return redirect(f"{reverse(to, args=(done.number,))}?done={word}")


def described(view: View, back: Sent | None) -> dict[str, Any]:
    """Return what the page shows above all else after an act was sent."""
    if back is None:
        return {}
    return {
        "back": back,
        "back_name": BY_KEY[back.act].name,
        "moved": _moved(view, back.moved_from) if back.moved_from is not None else None,
        "meanwhile": _meanwhile(view, back.moved_from) if back.moved_from is not None else (),
        "typed": typed_lines(back),
        "reasons": tuple(map(reason, back.refusals)),
        "paper": back.paper,
    }


def _moved(view: View, seen: int) -> Notice:
    count = max(0, view.seen - seen)
    body = gettext("您填写期间，事项又有 %(count)d 项新记录（见下）。您填写的内容还在，请看过再决定。")
    return Notice(title=gettext("事项已更新"), body=body % {"count": count}, tone=Tone.WARNING)


def _meanwhile(view: View, seen: int) -> tuple[str, ...]:
    told = []
    for act in view.dossier.acts[seen : view.seen]:
        who = view.names.post_only(act.by) if view.public else view.names.who(act.by)
        name = wording.spoken(who.name) or gettext("系统")
        said = {"at": wording.full_moment(act.at), "who": name, "what": wording.spoken(act.name)}
        told.append(gettext("%(at)s　%(who)s：%(what)s") % said)
    return tuple(told)
