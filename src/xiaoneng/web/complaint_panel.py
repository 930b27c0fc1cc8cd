"""What the page of a complaint shows beside its clocks: allegations and findings, conflicts, nudges, openings. Pure.

Whoever complained sees findings once they were told to them, and every opening of their identity at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import conflict
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    AnsweredOnSpot,
    ComplaintAnswered,
)
from xiaoneng.matters.vocabulary.complaint_after import (
    IdentityAsked,
    IdentityOpened,
    IdentityRefused,
    RepeatLinked,
    ReviewAnswered,
)
from xiaoneng.matters.vocabulary.complaint_ways import ExplanationDemanded, ExplanationReceived
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES
from xiaoneng.matters.vocabulary.handling import Nudged, Recused
from xiaoneng.rules.allegations import (
    HANDLER_TOLD,
    HEAD_TOLD,
    SUPERIOR_TOLD,
    allegations,
    findings,
    this_round,
)
from xiaoneng.web.panel_parts import Onlooker, Panel
from xiaoneng.web.parts import Who, Words
from xiaoneng.web.showing import View

TOLD = (AnsweredOnSpot, ComplaintAnswered, ReviewAnswered)
"""Acts by which whoever complained learns what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllegationLine:
    """One allegation and what was found of it; facts and evidence only for officials."""

    words: str
    finding: Phrase | None
    facts: str = ""
    evidence: str = ""
    again: bool = False
    """Whether a review found it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A dated line of a panel."""

    at: datetime
    what: Words
    who: Who
    words: Words = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideLine:
    """Somebody who stands aside from the complaint, and why."""

    who: Words
    why: Phrase


def panels(view: View, who: Onlooker) -> tuple[Panel, ...]:
    """Return the panels of a complaint for whoever looks; empty ones are left out."""
    found = [*_for_officials(view)] if who.official else []
    found += [_allegations(view, who), _nudges(view), _identity(view)]
    return tuple(one for one in found if one.shown)


def _for_officials(view: View) -> Iterator[Panel]:
    yield Panel(
        key="aside",
        title=Phrase("谁须回避，为什么", "Who stands aside, and why"),
        template="xiaoneng/complaints/aside.html",
        shown=tuple(asides(view)),
    )
    yield Panel(
        key="explained",
        title=Phrase("要求限期说明", "Explanations demanded"),
        template="xiaoneng/complaints/lines.html",
        shown=tuple(_lines(view, ExplanationDemanded, ExplanationReceived)),
    )
    yield Panel(
        key="linked",
        title=Phrase("关联的重复投诉", "Linked complaints"),
        template="xiaoneng/complaints/lines.html",
        shown=tuple(_lines(view, RepeatLinked)),
    )


def _allegations(view: View, who: Onlooker) -> Panel:
    told = view.dossier.last(*TOLD) is not None
    return Panel(
        key="allegations",
        title=Phrase("逐项结论", "Every allegation and its finding"),
        template="xiaoneng/complaints/allegations.html",
        shown=tuple(allegation_lines(view.dossier, inside=who.official, told=told or who.official)),
    )


def allegation_lines(dossier: Dossier, *, inside: bool, told: bool) -> Iterator[AllegationLine]:
    """Yield every allegation with its last finding; findings only where they are `told`, facts only `inside`."""
    on_spot = dossier.last(AnsweredOnSpot)
    if on_spot is not None:
        yield AllegationLine(
            words=on_spot.name.zh,
            finding=COMPLAINT_NAMES[on_spot.finding],
            facts=on_spot.facts if inside else "",
        )
    acts = this_round(dossier)
    found = {one.allegation.strip(): one for one in acts if isinstance(one, AllegationFound)}
    kept = findings(dossier)
    for words in allegations(dossier):
        one = found.get(words) if words in kept else None
        yield AllegationLine(
            words=words,
            finding=COMPLAINT_NAMES[one.finding] if one and told else None,
            facts=one.facts if one and inside else "",
            evidence=one.evidence if one and inside else "",
            again=one is not None and told and acts is not dossier.acts,
        )


def _nudges(view: View) -> Panel:
    return Panel(
        key="nudges",
        title=Phrase("催办", "Nudges"),
        template="xiaoneng/complaints/lines.html",
        shown=tuple(_nudged(view)),
    )


def _nudged(view: View) -> Iterator[Line]:
    for place, act in enumerate(view.dossier.every(Nudged), start=1):
        level = nudge_level(place)
        yield Line(
            at=act.at,
            what=Phrase(f"第 {place} 次：{level.zh}", f"No. {place}: {level.en}"),
            who=view.names.who(act.by),
        )


def nudge_level(count: int) -> Phrase:
    """Return who answers to the complainant's nudge by how many there were."""
    return LEVELS[min(count, SUPERIOR_TOLD)]


LEVELS = {
    HANDLER_TOLD: Phrase("承办岗位须答复进展", "the post that has it must say how it stands"),
    HEAD_TOLD: Phrase("已报中心负责人", "the head of the centre was told"),
    SUPERIOR_TOLD: Phrase("已报上一级投诉中心", "the centre above was told"),
}
"""Whom a nudge reaches, by its level."""


def _identity(view: View) -> Panel:
    return Panel(
        key="identity",
        title=Phrase("身份信封：谁要求打开，为什么", "The sealed identity: who asked to open it, and why"),
        template="xiaoneng/complaints/lines.html",
        shown=tuple(_lines(view, IdentityAsked, IdentityOpened, IdentityRefused)),
    )


def _lines(view: View, *kinds: type[Act]) -> Iterator[Line]:
    for act in view.dossier.acts:
        if isinstance(act, kinds):
            yield Line(
                at=act.at,
                what=act.name,
                who=view.names.post_only(act.by) if view.public else view.names.who(act.by),
                words=_said(act, view),
                until=getattr(act, "by_day", None),
            )


def _said(act: Act, view: View) -> Words:
    match act:
        case ExplanationDemanded():
            return _asked_of(view.names.agency(act.agency), act.question)
        case ExplanationReceived():
            return _asked_of(view.names.agency(act.agency), act.explanation)
        case RepeatLinked():
            return act.reference
        case IdentityAsked() | IdentityOpened() | IdentityRefused():
            return act.reason
        case _:
            return ""


def _asked_of(agency: Phrase, words: str) -> Phrase:
    return Phrase(f"{agency.zh}：{words}", f"{agency.en}: {words}")


RECUSED = Phrase("已回避", "Recused")
ABOUT = Phrase("被投诉人", "Complained of")
EARLIER = Phrase("此前经手过本件，由他人重新办理", "Handled it before; somebody else decides anew")
TIED = Phrase(
    "在被投诉单位任职，或者是被投诉人的亲属",
    "Holds a post in an agency complained of, or is a relative of a person",
)
OFFICE = Phrase("被投诉单位：其所有岗位都看不到", "Complained of: nobody who holds a post there sees this")


def asides(view: View) -> Iterator[AsideLine]:
    """Yield who is kept out of the complaint: agencies complained of, then persons, each with the reason."""
    dossier = view.dossier
    for code in sorted(conflict.agencies_in(dossier.state.barred)):
        yield AsideLine(who=view.names.agency(code), why=OFFICE)
    for person in sorted(dossier.aside):
        yield AsideLine(who=_called(view, person), why=_why(dossier, person))


def _why(dossier: Dossier, person: int) -> Phrase:
    if any(one.person == person for one in dossier.every(Recused)):
        return RECUSED
    if conflict.kin(person) in dossier.state.barred:  # relatives are barred only of whom it is about
        return ABOUT
    if conflict.person(person) in dossier.state.barred:
        return EARLIER if any(one.by.person == person for one in dossier.acts) else RECUSED
    return TIED


def _called(view: View, person: int) -> Words:
    known = view.dossier.people.get(person)
    if known is not None:
        return known.name
    held = (one for seat in view.dossier.seats.values() for one in seat.holdings if one.person == person)
    return next((one.name for one in held), view.names.person(person))
