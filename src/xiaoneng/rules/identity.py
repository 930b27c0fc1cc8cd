"""Sealed identity (身份密封): an identity is opened by two posts and two people, on a reason, in time; or not at all.

What keeps it shut is the envelope itself (`ledger.envelope`); this rule says who may try, and puts it on the record.
Knows no key and no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.citation import default
from xiaoneng.law.defaults import count_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.roles import keepers
from xiaoneng.matters.vocabulary.complaint_after import IdentityAsked, IdentityOpened, IdentityRefused
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "identity"
name = Phrase("身份密封", "Sealed identity")
basis = default("complaint-identity")


def pending(dossier: Dossier, *, at: datetime) -> IdentityAsked | None:
    """Return the request to open the identity that waits for the other post at `at`; None if none does."""
    asked = dossier.last(IdentityAsked, IdentityOpened, IdentityRefused)
    if not isinstance(asked, IdentityAsked) or local_day(at) > answer_by(dossier, asked):
        return None
    return asked


def answer_by(dossier: Dossier, asked: IdentityAsked) -> date:
    """Return the last day on which a request stands."""
    day = local_day(asked.at)
    return dossier.calendar.last_day(day, count_of("identity-asking", on=day))


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why an identity may not be asked for, opened or refused by this person in this post now."""
    if not isinstance(act, (IdentityAsked, IdentityOpened, IdentityRefused)):
        return
    if not keepers(dossier.opening):
        yield _refused(
            "没有密封的身份：投诉是匿名的，或者身份信息已依法销毁",
            "There is no sealed identity: the complaint is anonymous, or the identity was lawfully erased",
        )
    asked = pending(dossier, at=act.at)
    if isinstance(act, IdentityAsked):
        if asked is not None and asked.by.person != act.by.person:
            yield _refused(
                f"{asked.by.title}已申请启封，请先同意或不予启封",
                "The other post has asked already: agree or refuse first",
            )
    elif asked is None:
        days = count_of("identity-asking", on=local_day(act.at))
        yield Refusal(
            rule=key,
            reason=Phrase(
                f"没有等待答复的启封申请：申请只在当日和其后 {days} 个工作日内有效，请重新申请",
                f"No request is waiting: one stands for its day and {days} more working days; ask again",
            ),
            basis=default("identity-asking"),
        )
    else:
        yield from _somebody_else(act, asked)


def _somebody_else(act: Act, asked: IdentityAsked) -> Iterator[Refusal]:
    if act.by.person == asked.by.person:
        yield _refused(
            "申请启封的人不能自己同意：须由另一人办理",
            "Whoever asked cannot agree: it takes another person",
        )
    if act.by.post == asked.by.post:
        yield _refused(
            "须由保管另一半钥匙的岗位办理", "It takes the post that keeps the other half of the key"
        )


def _refused(zh: str, en: str) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=basis)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield nothing: what must not happen here cannot be recorded in the first place."""
    yield from ()
