"""One exposure (曝光): its words, the reply, corrections above what they correct, and the log of the decision."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import NotFound
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.vocabulary.exposure import (
    ExposureCorrected,
    ExposureDecided,
    ExposureRevised,
    ExposureWithdrawn,
    ReplyGiven,
)
from xiaoneng.openness import access
from xiaoneng.openness.publication import CHANNELS, Channel
from xiaoneng.web import clock
from xiaoneng.web.naming import Names, names_of
from xiaoneng.web.pages.openness.register import item
from xiaoneng.web.parts import Link, Notice, TimelineLine, Tone
from xiaoneng.web.places import places

TOLD = {
    ExposureDecided: "reasons",
    ExposureCorrected: "reasons",
    ExposureWithdrawn: "reasons",
    ExposureRevised: "reasons",
}
"""Acts whose reasons the public log tells; what the reviewer wrote stays inside."""


@require_safe
def exposure(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was published in a matter, with its reply and log; the words only while their period lasts."""
    today = clock.today()
    try:
        rows = access.of_matter(Channel.EXPOSURE, parse(number))
    except (NotFound, NumberFaulty):
        raise Http404 from None
    first = rows[0]
    dossier = access.log_of(first.number)
    agency = places().agency(first.about)
    shown_items = [(row.sequence, item(row, agency=agency, on=today)) for row in rows]
    there = access.standing(first, on=today)
    title = (
        Phrase(first.title_zh, first.title_en)
        if there
        else Phrase(f"曝光 {first.number}", f"Exposure {first.number}")
    )
    reply = dossier.last(ReplyGiven)
    shown = {
        "title": title,
        "first": shown_items[0][1],
        "corrections": list(reversed(shown_items[1:])),
        "there": there,
        "reply": reply.reply if reply and there else "",
        "replied": reply,
        "gone": None if there else _gone(first.status),
        "number": first.number,
        "basis": Citation(first.instrument, first.article),
        "log": tuple(_log(dossier, names_of([dossier.opening.agency]), there=there)),
        "crumbs": (
            Link(words=gettext("公开"), href=reverse("open")),
            Link(words=CHANNELS[Channel.EXPOSURE], href=reverse("exposures")),
            Link(words=first.number, href=""),
        ),
    }
    return render(request, "xiaoneng/openness/exposure.html", shown)


def _gone(status: str) -> Notice:
    if status == "withdrawn":
        return Notice(
            title=gettext("本条曝光已撤回"), body=gettext("内容不再显示，撤回的原因见下。"), tone=Tone.WARNING
        )
    return Notice(
        title=gettext("公开期已满"),
        body=gettext("处理的效力期届满，内容不再显示；这里只留经过。"),
        tone=Tone.INFO,
    )


def _log(dossier: Dossier, names: Names, *, there: bool) -> Iterator[TimelineLine]:
    """Yield every act by post, not by name; with its reasons where they are public and its words still stand."""
    for place, act in enumerate(dossier.acts, start=1):
        told = TOLD.get(type(act), "")
        note = str(getattr(act, told)) if told and (there or isinstance(act, ExposureWithdrawn)) else ""
        move = next((one for one in dossier.procedure.moves if one.act is type(act)), None)
        yield TimelineLine(
            sequence=place,
            what=act.name,
            at=act.at,
            who=names.post_only(act.by),
            note=note,
            basis=move.basis if move else None,
        )
