"""The acts that a page offers and what becomes of one that is sent: recorded, refused with every reason, overtaken.

Used alike by the desk and by the citizen's page; who may do what is the gate's to say, in its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from xiaoneng.desk import gate, papers, recording
from xiaoneng.desk.papers import Paper
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Opening, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary import BY_KEY
from xiaoneng.matters.vocabulary.decision import Rated
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.every import EVERY
from xiaoneng.rules.rule import Refusal
from xiaoneng.web.act_forms import FormFaulty, Typed, asked_of, fields, hidden, previews, read, sent
from xiaoneng.web.asking import ActView, FormView, ReasonView
from xiaoneng.web.choices import Asking, choices
from xiaoneng.web.showing import View

RULES = {rule.key: rule.name for rule in EVERY}
Address = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent and did not go through: what was typed, why not, the paper it would write, what overtook it."""

    act: str
    typed: Typed
    refusals: tuple[Refusal, ...] = ()
    paper: Paper | None = None
    moved_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody before a matter, in every capacity they have there, and where their acts are sent."""

    capacities: tuple[Capacity, ...]
    address: Address
    view: View
    previews: bool = True
    place: str = ""
    """A mark of where a citizen's act comes from, for acts that keep one."""

    def asking(self, by: Capacity) -> Asking:
        """Return what the choices of a form depend on."""
        opening = self.view.dossier.opening
        return Asking(by=by, now=self.view.now, agency=opening.agency, dossier=self.view.dossier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An act with the capacity in which the actor stands closest to it, and what still forbids it."""

    act: type[Act]
    by: Capacity
    option: gate.Option


def openings(dossier: Dossier, capacities: Sequence[Capacity]) -> tuple[Open, ...]:
    """Return the acts that the grammar opens, each for the capacity with the fewest reasons against it."""
    best: dict[type[Act], Open] = {}
    for by in capacities:
        for option in gate.options(dossier, by):
            known = best.get(option.move.act)
            if known is None or len(option.refusals) < len(known.option.refusals):
                best[option.move.act] = Open(act=option.move.act, by=by, option=option)
    return tuple(sorted(best.values(), key=lambda one: bool(one.option.refusals)))


def offered(
    actor: Actor, *, back: Sent | None = None, only: frozenset[str] | None = None
) -> tuple[ActView, ...]:
    """Return the acts of a page: open ones as forms, the others greyed with every reason; `only` these keys."""
    kept: dict[Capacity, Asking] = {}
    return tuple(
        _view(actor, one, kept.setdefault(one.by, actor.asking(one.by)), back=back)
        for one in openings(actor.view.dossier, actor.capacities)
        if only is None or key(one.act) in only
    )


def _view(actor: Actor, one: Open, asking: Asking, *, back: Sent | None) -> ActView:
    word, move = key(one.act), one.option.move
    mine = back if back is not None and back.act == word else None
    reasons = (*map(reason, one.option.refusals), *_unanswerable(one.act, asking))
    if reasons:
        return ActView(key=word, name=one.act.name, basis=move.basis, reasons=reasons)
    target = move.target or actor.view.dossier.stage
    leads = Phrase(f"之后：{target.name.zh}", f"Leads to: {target.name.en}")
    form = FormView(
        action=actor.address(word),
        button=Phrase(f"记录“{one.act.name.zh}”", f"Record “{one.act.name.en}”"),
        fields=(
            *fields(one.act, asking, typed=mine.typed if mine else None),
            *hidden(one.act, seen=actor.view.seen),
        ),
        keep=f"{actor.view.dossier.number}-{word}",
        also=previews(one.act) if actor.previews else (),
    )
    explained = leads if move.target else ""
    return ActView(
        key=word, name=one.act.name, form=form, basis=move.basis, explained=explained, open=mine is not None
    )


def _unanswerable(act: type[Act], asking: Asking) -> Iterator[ReasonView]:
    """Yield a reason for each question that must be answered and has nothing to choose from."""
    for question in asked_of(act).values():
        if question.choices and question.required and not choices(question, asking):
            said = question.label
            yield ReasonView(
                reason=Phrase(
                    f"“{said.zh}”现在没有可以选的", f"There is nothing to choose for “{said.en}” now"
                )
            )


def reason(refusal: Refusal) -> ReasonView:
    """Return a refusal as a page prints it."""
    return ReasonView(reason=refusal.reason, rule=RULES.get(refusal.rule, ""), basis=refusal.basis)


def perform(actor: Actor, word: str, posted: QueryDict) -> recording.Receipt | Sent | None:
    """Record the act that a form describes; return its receipt, or what to show again, or None for no act at all.

    Nothing is written unless the whole act passes; a preview writes nothing at all.
    """
    act_type = BY_KEY.get(word)
    if act_type is None or issubclass(act_type, Opening) or not actor.capacities:
        return None
    open_now = {each.act: each.by for each in openings(actor.view.dossier, actor.capacities)}
    by = open_now.get(act_type, actor.capacities[0])
    back = Sent(act=word, typed=Typed(values=sent(act_type, posted)))
    seen = _seen(posted, actor.view)
    if act_type not in open_now and seen != actor.view.seen:
        return replace(back, moved_from=seen)
    try:
        act = read(act_type, posted, actor.asking(by), by=by, at=_moment(actor.view))
    except FormFaulty as faulty:
        return replace(back, typed=replace(back.typed, faults=faulty.faults))
    if isinstance(act, Rated):
        act = replace(act, place=actor.place)
    if posted.get("way") == "preview":
        return _previewed(actor, act, back)
    return _recorded(actor, act, back, seen=seen)


def typed_lines(back: Sent) -> tuple[tuple[Phrase, str], ...]:
    """Return what was typed, question by question, for a page on which the form stands no more."""
    asked = asked_of(BY_KEY[back.act])
    return tuple(
        (asked[name].label, "\n".join(values)) for name, values in back.typed.values.items() if any(values)
    )


def _moment(view: View) -> datetime:
    """Return when the act happens: now, and never before what time has already done."""
    return max(view.now, view.dossier.acts[-1].at)


def _seen(posted: QueryDict, view: View) -> int:
    text = posted.get("seen") or ""
    return int(text) if text.isdecimal() else view.seen


def _recorded(actor: Actor, act: Act, back: Sent, *, seen: int) -> recording.Receipt | Sent:
    number = actor.view.dossier.number
    try:
        return recording.record(act, number=number, seen=seen, now=actor.view.now)
    except recording.ActRefused as refused:
        return replace(back, refusals=refused.refusals)
    except recording.MatterMoved as moved:
        return replace(back, moved_from=moved.seen)


def _previewed(actor: Actor, act: Act, back: Sent) -> Sent:
    """Return the paper that an act would write, or why it may not be done; nothing is recorded."""
    dossier = recording.ready(actor.view.dossier.number, act=act, now=actor.view.now)
    found = gate.refusals(dossier, act, now=actor.view.now)
    if found:
        return replace(back, refusals=tuple(found))
    return replace(back, paper=papers.paper_of(dossier.after(act), sequence=len(dossier.acts) + 1))
