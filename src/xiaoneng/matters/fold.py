"""The fold: from the acts of a matter to where it rests, what its clocks read and who stands in which role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from xiaoneng.matters.acts import Act, Clock, Opening, Role, Term
from xiaoneng.matters.conflict import person, persons_in
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Start
from xiaoneng.matters.vocabulary.handling import Extended, Reassigned
from xiaoneng.organisation.capacity import Standing
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local_day, midnight
from xiaoneng.worktime.hours import effective_day
from xiaoneng.worktime.limits import Limit, Unit
from xiaoneng.worktime.runs import Extension, Pause, Run


class FoldFailed(Exception):
    """The acts do not follow the procedure they were opened under: the record itself is unsound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One run of one clock: its term, the run by law and, where there is a promise, the run by promise."""

    clock: Clock
    term: Term
    number: int
    opened_by: int
    statutory: Run
    promised: Run | None = None

    def changed(self, **facts: object) -> Running:
        """Return this run with the same facts changed in both the statutory and the promised run."""
        promised = replace(self.promised, **facts) if self.promised else None  # type: ignore[arg-type]
        return replace(self, statutory=replace(self.statutory, **facts), promised=promised)  # type: ignore[arg-type]

    @property
    def stopped(self) -> bool:
        """Tell whether this run is over."""
        return self.statutory.stopped is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Where the acts lead."""

    stage: Stage
    runs: Mapping[Clock, Running] = field(default_factory=dict)
    past: tuple[Running, ...] = ()
    posts: Mapping[Role, str] = field(default_factory=dict)
    recused: frozenset[int] = frozenset()
    barred: frozenset[str] = frozenset()
    closed_at: datetime | None = None


def day_zero(act: Act, *, calendar: WorkCalendar) -> date:
    """Return the day from which an act starts a clock; a citizen's filing after hours is of the next working day."""
    if act.by.standing is Standing.CITIZEN:
        return effective_day(act.at, calendar=calendar)
    return local_day(act.at)


def opened(act: Opening, *, procedure: Procedure, calendar: WorkCalendar) -> Folded:
    """Return where a matter rests after the act that opened it."""
    posts = {one.role: one.post for one in act.posts}
    folded = _barred(Folded(stage=procedure.opening, posts=posts), act.bars())
    return _started(folded, procedure.starts, acts=(act,), calendar=calendar, number=1)


def advanced(folded: Folded, acts: Sequence[Act], *, procedure: Procedure, calendar: WorkCalendar) -> Folded:
    """Return where the matter rests after the last of `acts`, given where it rested before it."""
    act, opening = acts[-1], acts[0]
    assert isinstance(opening, Opening)  # noqa: S101 - the first act of a matter always is
    step = procedure.step(type(act), stage=folded.stage, traits=frozenset(opening.traits))
    if step is None:
        raise FoldFailed(f"{type(act).__name__} cannot follow in stage {folded.stage.key}")
    folded = _stopped(folded, step.stops, day=local_day(act.at))
    if isinstance(step, Move):
        folded = _touched(folded, step, act=act)
    folded = _started(folded, step.starts, acts=acts, calendar=calendar, number=len(acts))
    return _excluded(_moved(folded, step, act=act), step, acts)


def _moved(folded: Folded, step: Move | Lapse, *, act: Act) -> Folded:
    target = step.target or folded.stage
    closed_at = (folded.closed_at or act.at) if target.final else None
    folded = replace(folded, stage=target, closed_at=closed_at)
    if target.final:  # a closed matter silences every clock in the same act
        folded = _stopped(folded, tuple(folded.runs), day=local_day(act.at))
    folded = _barred(folded, act.bars())
    if isinstance(act, Reassigned):
        return replace(folded, posts={**folded.posts, act.role: act.post})
    return _given(folded, step, act=act)


def _barred(folded: Folded, marks: frozenset[str]) -> Folded:
    """Return the matter with more marks of those it bars; persons barred by name stand aside at once."""
    if marks <= folded.barred:
        return folded
    return replace(folded, barred=folded.barred | marks, recused=folded.recused | persons_in(marks))


def _given(folded: Folded, step: Move | Lapse, *, act: Act) -> Folded:
    if not isinstance(step, Move) or not (step.gives or step.passes):
        return folded
    posts = dict(folded.posts)
    post = str(getattr(act, "post", act.by.post))
    if step.gives and post:
        posts[step.gives] = post
    for role, over in step.passes:
        if posts.get(role):
            posts[over] = posts[role]
    if step.passes:  # where the desk found the posts that stand from now on, these
        posts |= {one.role: one.post for one in getattr(act, "posts", ())}
    return replace(folded, posts=posts)


def _excluded(folded: Folded, step: Move | Lapse, acts: Sequence[Act]) -> Folded:
    """Return the matter with whoever did what the move excludes standing aside from now on."""
    if not isinstance(step, Move) or not step.excludes:
        return folded
    earlier = (one for one in acts[:-1] if isinstance(one, step.excludes) and one.by.official)
    return _barred(folded, frozenset(person(one.by.person) for one in earlier))


def _stopped(folded: Folded, clocks: tuple[Clock, ...], *, day: date) -> Folded:
    if not any(clock in folded.runs for clock in clocks):
        return folded
    # A filing after hours starts its clock tomorrow; what ends it tonight ends it on that same day.
    runs = [folded.runs[clock] for clock in clocks if clock in folded.runs]
    over = [run.changed(stopped=max(day, run.statutory.start)) for run in runs]
    left = {clock: run for clock, run in folded.runs.items() if clock not in clocks}
    return replace(folded, runs=left, past=(*folded.past, *over))


def _touched(folded: Folded, move: Move, *, act: Act) -> Folded:
    """Apply suspension, resumption and extension to the running clocks that the move names."""
    if not (move.suspends or move.resumes or move.extends):
        return folded
    runs = dict(folded.runs)
    day = local_day(act.at)
    for clock in move.suspends:
        if clock in runs:
            pauses = (*runs[clock].statutory.pauses, Pause(day, None))
            runs[clock] = runs[clock].changed(pauses=pauses)
    for clock in move.resumes:
        if clock in runs:
            runs[clock] = runs[clock].changed(pauses=_closed(runs[clock].statutory.pauses, day))
    for clock in move.extends:
        if clock in runs and isinstance(act, Extended):
            runs[clock] = runs[clock].changed(
                extensions=(*runs[clock].statutory.extensions, extension_by(act))
            )
    return replace(folded, runs=runs)


def extension_by(act: Extended) -> Extension:
    """Return what the act grants: until a day, or by a length; raises ValueError for one that grants nothing."""
    day = local_day(act.at)
    if act.until is not None:
        return Extension(granted_on=day, until=act.until)
    return Extension(granted_on=day, limit=Limit(act.count, act.unit))


def _closed(pauses: tuple[Pause, ...], day: date) -> tuple[Pause, ...]:
    return tuple(Pause(one.first, day) if one.until is None else one for one in pauses)


def _started(
    folded: Folded, starts: tuple[Start, ...], *, acts: Sequence[Act], calendar: WorkCalendar, number: int
) -> Folded:
    opening = acts[0]
    assert isinstance(opening, Opening)  # noqa: S101 - the first act of a matter always is
    terms = {term.clock: term for term in opening.terms}
    for start in starts:
        unsaid = bool(start.until) and getattr(acts[-1], start.until, None) is None
        if start.clock in terms and set(start.only) <= set(opening.traits) and not unsaid:
            folded = _run(
                folded, terms[start.clock], start=start, acts=acts, calendar=calendar, number=number
            )
    return folded


def _run(
    folded: Folded, term: Term, *, start: Start, acts: Sequence[Act], calendar: WorkCalendar, number: int
) -> Folded:
    folded = _stopped(folded, (term.clock,), day=local_day(acts[-1].at))
    origin = next((act for act in reversed(acts) if isinstance(act, start.since)), acts[-1])
    day = day_zero(origin, calendar=calendar)
    earlier = sum(1 for run in folded.past if run.clock is term.clock)
    running = Running(
        clock=term.clock,
        term=term,
        number=earlier + 1,
        opened_by=number,
        statutory=_begun(term.statutory, day=day, at=origin.at),
        promised=_begun(term.promised, day=day, at=origin.at) if term.promised else None,
    )
    if start.until:
        running = _ending(running, on=getattr(acts[-1], start.until), granted=day)
    return replace(folded, runs={**folded.runs, term.clock: running})


def _ending(running: Running, *, on: date, granted: date) -> Running:
    """Return a run that ends on a day said by an act, whatever the length of its term."""
    nothing = replace(running.statutory.limit, count=0, unit=Unit.CALENDAR_DAYS)
    return running.changed(limit=nothing, extensions=(Extension(granted_on=granted, until=on),))


def _begun(limit: Limit, *, day: date, at: datetime) -> Run:
    """Return a run from day zero; a limit in office hours starts at the instant itself."""
    return Run(limit=limit, start=day, started_at=at if limit.unit is Unit.OFFICE_HOURS else None)


def lapse_moment(due: date) -> datetime:
    """Return the first instant after the last day of a term: midnight on the office's wall."""
    return midnight(due + timedelta(days=1))
