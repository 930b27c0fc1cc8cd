"""The three answers of a matter: who has it, how long is left, what can happen next. Pure: a dossier at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from xiaoneng.desk.gate import ROLE_NAMES
from xiaoneng.desk.projecting import foremost
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Role, key
from xiaoneng.matters.dossier import Dossier, dossier_after
from xiaoneng.matters.procedure import Move
from xiaoneng.web import wording
from xiaoneng.web.lights import light_of
from xiaoneng.web.naming import Names
from xiaoneng.web.parts import Answers, Notice, Tone, Who, Words
from xiaoneng.worktime.days import local_day

FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A matter as it reads at an instant: what time has done by itself is shown before anybody writes it down.

    `seen` counts the acts on record; `public` leaves out every name and particular.
    """

    dossier: Dossier
    names: Names
    now: datetime
    seen: int
    public: bool = False

    @property
    def today(self) -> date:
        """The day where the office is."""
        return local_day(self.now)


def view_of(dossier: Dossier, *, names: Names, now: datetime, public: bool = False) -> View:
    """Return a matter as it reads at `now`."""
    after = dossier_after(dossier, dossier.lapsed(now=now))
    return View(dossier=after, names=names, now=now, seen=len(dossier.acts), public=public)


def answers(view: View) -> Answers:
    """Return the three answers."""
    dossier = view.dossier
    front = foremost(dossier)
    due = (dossier.promised(front) or dossier.due(front)) if front else None
    return Answers(
        holder=holder(view),
        light=light_of(dossier, today=view.today),
        due=due,
        following=following(dossier),
        promised=_lawful(view, due),
    )


def _lawful(view: View, due: date | None) -> Words:
    """Return the lawful end where the promise ends sooner."""
    front = foremost(view.dossier)
    lawful = view.dossier.due(front) if front else None
    if lawful is None or lawful == due:
        return ""
    return gettext("法定期限至 %(day)s") % {"day": wording.full_day(lawful)}


def holder(view: View) -> Who:
    """Return who has the matter now: whoever acts in its post, the applicant, or nobody once it is closed."""
    dossier, names = view.dossier, view.names
    if dossier.closed:
        return Who(name=Phrase("已办结，无人承办", "Closed; with nobody"))
    if dossier.stage.owner is Role.APPLICANT:
        return Who(name=names.applicant)
    seat = dossier.seats.get(dossier.owner_post())
    agency = names.agency(seat.agency if seat else dossier.opening.agency)
    post = names.post(dossier.owner_post())
    acting = dossier.who_has_it(at=view.now)
    if acting is None:
        absent = Phrase(
            "无人在岗，本机关负责人须当日指定", "Nobody is at the post: the head must name a cover today"
        )
        return Who(name=absent, post=post, agency=agency)
    found = names.post_only(acting) if view.public else names.who(acting)
    return Who(
        name=found.name,
        post=found.post,
        agency=agency,
        standing=found.standing,
        acting_for=found.acting_for,
        phone=found.phone,
    )


def following(dossier: Dossier) -> Words:
    """Return what can happen next: where whoever has the matter can take it, and what time does by itself."""
    if dossier.closed:
        return Phrase(
            "已经办结；可以评价，有误可以申请更正", "Closed. It can be rated; mistakes can be put right"
        )
    owner = dossier.stage.owner
    names = list(dict.fromkeys(one.act.name for one in _forward(dossier) if owner in one.by))
    role = ROLE_NAMES[owner] if owner else Phrase("", "")
    shown = names[:FEW]
    more = len(names) > FEW
    zh = f"{role.zh}：{'、'.join(one.zh for one in shown)}{'等' if more else ''}"
    en = f"By {role.en}: {'; '.join(one.en for one in shown)}{'; and others' if more else ''}"
    lapse = next(_lapses(dossier), None)
    if lapse is None:
        return Phrase(zh, en)
    if not names:
        return Phrase(f"期满：{lapse.name.zh}", f"When the term ends: {lapse.name.en}")
    return Phrase(f"{zh}。期满不办，{lapse.name.zh}", f"{en}. If nothing is done in time: {lapse.name.en}")


ASIDE = frozenset(
    {
        "nudged",
        "reassigned",
        "recused",
        "corrected",
        "withdrawn",
        "retaliation-reported",
        "taken-up",
        "passed-up",
    }
)
"""Acts that are always possible and take the matter no further: not what a reader means by the next step."""


def _forward(dossier: Dossier) -> list[Move]:
    """Return the moves whose conditions are met and that lead on; where none leads on, all that are met."""
    met = [one for one in dossier.open_moves() if not one.needs or dossier.last(*one.needs)]
    met = [one for one in met if key(one.act) not in ASIDE]
    return [one for one in met if one.target not in {None, dossier.stage}] or met


def _lapses(dossier: Dossier) -> Iterator[type[Act]]:
    for lapse in dossier.procedure.lapses_from(dossier.stage, dossier.traits):
        if lapse.clock in dossier.state.runs:
            yield lapse.act


def notices(view: View) -> tuple[Notice, ...]:
    """Return what a reader should know now: silence that has decided, a suspension that outlasts its word."""
    return tuple(_lapse_notices(view))


def _lapse_notices(view: View) -> Iterator[Notice]:
    for act in view.dossier.acts[view.seen :]:
        yield Notice(
            title=Phrase(
                f"期限已过，依法{act.name.zh}", f"The term has passed; by law: {act.name.en.lower()}"
            ),
            body=Phrase(
                "系统将写入记录，日期以期满为准。", "The system writes it down, dated at the end of the term."
            ),
            tone=Tone.INFO,
        )
