"""The acts of a matter as people read them (办理经过), and what moved its dates. Pure: knows a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext

from xiaoneng.desk.papers import FORMS
from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.vocabulary.handling import Extended, Suspended
from xiaoneng.organisation.capacity import Standing
from xiaoneng.web import wording
from xiaoneng.web.facts import facts
from xiaoneng.web.parts import Link, TimelineLine, Who
from xiaoneng.web.showing import View
from xiaoneng.web.strips import said_by_an_act
from xiaoneng.worktime.clock import moved
from xiaoneng.worktime.runs import Run

LATE_ENTRY = timedelta(hours=1)
"""An act entered longer than this after it happened is shown as entered late (补录)."""
DERIVED = 10_000
"""Lines that no act wrote are numbered from here: their numbers only tell them apart on the page."""
Address = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a reader may see of each act: its words, personal ones too, its papers."""

    words: bool = False
    inside: bool = False
    paper: Address | None = None
    receipt: Address | None = None


def timeline(view: View, reader: Reader) -> tuple[TimelineLine, ...]:
    """Return every act, first to last, with the lines derived from the calendar's editions in their place."""
    lines = [*_acts(view, reader), *_moves(view)]
    return tuple(sorted(lines, key=lambda one: (one.at, one.sequence)))


def _acts(view: View, reader: Reader) -> Iterator[TimelineLine]:
    bases = list(_bases(view.dossier))
    for place, act in enumerate(view.dossier.acts, start=1):
        line = TimelineLine(
            sequence=place,
            what=act.name,
            at=act.at,
            who=view.names.post_only(act.by) if view.public else view.names.who(act.by),
            note=_note(act, view, reader),
            effect=_effect(act, place, view),
            papers=tuple(_papers(act, place, view, reader)),
            recorded_at=_entered(view.dossier, place),
            basis=bases[place - 1],
        )
        yield line


def _bases(dossier: Dossier) -> Iterator[Citation]:
    """Yield the article behind each act, by the grammar the matter was opened under."""
    read = replace(dossier, acts=dossier.acts[:1], recorded=(), folded=None)
    yield dossier.procedure.basis
    for act in dossier.acts[1:]:
        step = dossier.procedure.step(type(act), stage=read.stage, traits=dossier.traits)
        yield step.basis if step else dossier.procedure.basis
        read = read.after(act)


def _note(act: Act, view: View, reader: Reader) -> Phrase | str:
    if not reader.words or (act.internal and not reader.inside):
        return ""
    return facts(act, view.dossier, view.names)


def _entered(dossier: Dossier, place: int) -> datetime | None:
    """Return when an act was entered, where that was well after it happened; what time did is never late."""
    if place > len(dossier.recorded) or dossier.acts[place - 1].by.standing is Standing.SYSTEM:
        return None
    recorded = dossier.recorded[place - 1]
    return recorded if recorded - dossier.acts[place - 1].at > LATE_ENTRY else None


def _papers(act: Act, place: int, view: View, reader: Reader) -> Iterator[Link]:
    if place > view.seen:
        return
    form = FORMS.get(type(act))
    if form is not None and reader.paper:
        yield Link(words=form[0], href=reader.paper(place))
    if reader.receipt and (reader.inside or not act.internal):
        yield Link(words=gettext("签名凭证"), href=reader.receipt(place))


def _effect(act: Act, place: int, view: View) -> str:
    """Return what an act did to the clocks."""
    said = [_started(run) for run in view.dossier.every_run() if run.opened_by == place]
    match act:
        case Suspended():
            day = wording.full_day(act.expected_until)
            said.append(gettext("计时中止，预计 %(day)s 恢复。") % {"day": day})
        case Extended():
            said.append(gettext("期限延长。"))
        case _:
            pass
    return "".join(said)


def _started(running: Running) -> str:
    said = {
        "clock": wording.spoken(running.clock.phrase),
        "limit": wording.spoken(running.term.statutory.spoken()),
    }
    if running.term.promised:
        said["promise"] = wording.spoken(running.term.promised.spoken())
        return gettext("%(clock)s开始计时：承诺 %(promise)s，法定 %(limit)s。") % said
    if said_by_an_act(running.statutory) and (until := running.statutory.extensions[0].until):
        said["day"] = wording.full_day(until)
        return gettext("%(clock)s开始计时，至 %(day)s。") % said
    return gettext("%(clock)s开始计时：%(limit)s。") % said


def _moves(view: View) -> Iterator[TimelineLine]:
    """Yield a line for each time that a calendar notice moved the end of a clock."""
    dossier, count = view.dossier, DERIVED
    for running in dossier.every_run():
        for kind, run in _both(running):
            for one in moved(run, book=dossier.book, until=dossier.state.closed_at or view.now):
                count += 1
                said = {"before": wording.full_day(one.before), "after": wording.full_day(one.after)}
                name = running.clock.phrase
                yield TimelineLine(
                    sequence=count,
                    what=Phrase(f"{name.zh}{kind.zh}变动", f"{name.en}: the {kind.en} moved"),
                    at=one.known_from,
                    who=Who(name=one.because.because),
                    effect=gettext("期限由 %(before)s 变为 %(after)s。") % said,
                )


def _both(running: Running) -> Iterator[tuple[Phrase, Run]]:
    if running.promised:
        yield Phrase("承诺期限", "limit by promise"), running.promised
    yield Phrase("法定期限", "limit by law"), running.statutory
