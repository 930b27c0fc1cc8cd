"""Whom an act tells what (告知): written to the outbox with the act; pure."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.desk.papers import FORMS
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import key
from xiaoneng.matters.dossier import Dossier

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice: to whom, of what kind, in which words. It names no person."""

    recipient: str
    kind: str
    words: Phrase


def notices(dossier: Dossier) -> tuple[Told, ...]:
    """Return the notices that the last act of `dossier` gives rise to."""
    act = dossier.acts[-1]
    if not dossier.procedure.public or type(act) not in FORMS:
        return ()
    title = FORMS[type(act)][0]
    words = Phrase(
        f"您的办件 {dossier.number}（{dossier.opening.subject}）：{act.name.zh}。请查收《{title}》。",
        f"Your matter {dossier.number}: {act.name.en}. A paper is ready for you.",
    )
    return (Told(recipient=APPLICANT, kind=key(act), words=words),)
