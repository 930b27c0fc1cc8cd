"""Opening a matter: what it keeps for good is filled in here, from the catalogue and the organisation of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from xiaoneng.catalogue import queries as catalogue
from xiaoneng.catalogue.item import ItemFacts
from xiaoneng.desk import envelopes
from xiaoneng.desk.gate import ROLE_NAMES, blanks
from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Opening, Responsible, Role, Term
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Procedure
from xiaoneng.matters.roles import roles_of
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Duty
from xiaoneng.procedures import book, terms
from xiaoneng.rules.every import EVERY
from xiaoneng.rules.rule import Refusal
from xiaoneng.worktime.days import local_day

ROLE_DUTIES = {
    Role.FIRST_CONTACT: Duty.WINDOW,
    Role.HANDLER: Duty.HANDLE,
    Role.REVIEWER: Duty.REVIEW,
    Role.LEADER: Duty.OVERSEE,
    Role.HEAD: Duty.HEAD,
}
"""Which post of the agency stands in a role when nothing says otherwise."""


class CannotOpen(Exception):
    """The matter cannot be opened as asked; `faults` says everything that is missing."""

    def __init__(self, faults: list[Phrase]) -> None:
        super().__init__("；".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to open: a procedure, at an agency, for an item if it has one, with posts that differ from the usual."""

    procedure: str
    agency: str
    item: str = ""
    subject: str = ""
    posts: tuple[Responsible, ...] = ()
    traits: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    """Terms of this matter in place of the procedure's own of the same clock."""


def filled(act: Opening, *, request: Request) -> Opening:
    """Return the opening act with everything the matter keeps; raises CannotOpen naming all that is missing."""
    procedure = book.latest(request.procedure)
    on = local_day(act.at)
    item = catalogue.in_force(request.item, on=on) if request.item else None
    division, calendar = organisation.seat_of_agency(request.agency)
    posts = _posts(request)
    faults = [*_faults(procedure, posts), *envelopes.faults(act, posts)]
    if faults:
        raise CannotOpen(faults)
    return replace(
        act,
        procedure=procedure.key,
        edition=procedure.edition,
        agency=request.agency,
        division=division,
        calendar=calendar,
        item=item.code if item else "",
        item_edition=item.edition if item else 0,
        subject=request.subject or (item.name.zh if item else procedure.name.zh),
        traits=tuple(sorted({*(item.traits if item else ()), *act.own_traits(), *request.traits})),
        terms=_terms(procedure, item, on=on, division=division, given=request.terms),
        posts=posts,
    )


def _posts(request: Request) -> tuple[Responsible, ...]:
    given = {one.role: one.post for one in request.posts}
    usual = organisation.posts_by_duty(request.agency)
    for role, duty in ROLE_DUTIES.items():
        if role not in given and usual.get(duty):
            given[role] = usual[duty]
    return tuple(Responsible(role=role, post=post) for role, post in sorted(given.items()))


def _faults(procedure: Procedure, posts: tuple[Responsible, ...]) -> Iterator[Phrase]:
    """Yield each role that owns a stage and is held by no post: an orphan duty (岗位责任制)."""
    held = {one.role for one in posts}
    owners = {stage.owner for stage in procedure.stages() if stage.owner}
    given = {move.gives for move in procedure.moves} - {procedure.opening.owner}
    for role in sorted(owners - held - given - {Role.APPLICANT, Role.SYSTEM}):
        name = ROLE_NAMES[role]
        yield Phrase(f"无人承担职责：{name.zh}", f"No post stands in for: {name.en}")


def _terms(
    procedure: Procedure, item: ItemFacts | None, *, on: date, division: str, given: tuple[Term, ...]
) -> tuple[Term, ...]:
    rows = catalogue.parameters(on=on, division=division)
    own = {term.clock: term for term in given}
    fixed = []
    for term in procedure.terms:
        if term.clock in own:
            fixed.append(own[term.clock])
            continue
        row, dated = rows.get(f"{procedure.key}.{term.clock}"), terms.on(term, on)
        limit = replace(dated.statutory, count=row.value) if row else dated.statutory
        fixed.append(replace(dated, statutory=limit))
    return (*fixed, *((_handling(item),) if item else ()))


def _handling(item: ItemFacts) -> Term:
    return Term(
        clock=Clock.HANDLING,
        statutory=item.statutory,
        promised=item.promised,
        basis=item.basis,
        extension=item.extension,
        extension_by=Role.HEAD if item.extension else None,
        extension_basis=item.extension_basis,
    )


def refusals(dossier: Dossier, *, now: datetime) -> list[Refusal]:
    """Return every reason not to open a matter with this act."""
    act = dossier.opening
    found = []
    if act.at > now:
        words = Phrase("办理时间不得晚于现在", "An act cannot be dated in the future")
        found.append(Refusal(rule="procedure", reason=words, basis=default("two-times")))
    if not roles_of(act.by, dossier) & set(dossier.procedure.opened_by):
        words = Phrase("无权以此身份提起", "This capacity may not open it")
        found.append(Refusal(rule="procedure", reason=words, basis=dossier.procedure.basis))
    found += blanks(act, basis=dossier.procedure.basis)
    for rule in EVERY:
        found += rule.refusals(dossier, act)
    return found
