"""Cards (红黄牌): nobody judges their own card, and no red card ends without a disposition. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.cards import (
    CardClosed,
    CardConfirmed,
    CardExempted,
    CardIssued,
    CardLevel,
    CardUpheld,
    CardWithdrawn,
    RecommendationMade,
)
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.days import local_day

key = "carding"
name = Phrase("红黄牌办理规则", "Handling of cards")
basis = default("card-answer")
JUDGING = (CardUpheld, CardWithdrawn, CardConfirmed, RecommendationMade, CardExempted, CardClosed)


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a step in the case of a card may not be taken as it stands."""
    opening = dossier.opening
    if not isinstance(opening, CardIssued):
        return
    if isinstance(act, JUDGING):
        yield from _own_cause(dossier, act)
    match act:
        case RecommendationMade():
            if act.deadline <= local_day(act.at):
                yield _refused(
                    "落实期限须在今天以后", "The day by which it is to be done must be after today"
                )
        case CardClosed():
            yield from _undisposed(dossier, opening, act)
        case _:
            return


def _refused(zh: str, en: str, *, on: Citation = basis) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=on)


def _own_cause(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why the post answerable, or whoever spoke for it in this matter, does not judge the card."""
    spoke = {one.by.person for one in dossier.acts[1:] if not isinstance(one, JUDGING) and one.by.official}
    if act.by.official and (act.by.post == dossier.post_of(Role.HANDLER) or act.by.person in spoke):
        yield _refused(
            "责任岗位不得核实、裁定本岗位的红黄牌",
            "The post answerable does not judge its own card",
            on=Citation("公务员法", "第七十六条"),
        )


def _undisposed(dossier: Dossier, opening: CardIssued, act: CardClosed) -> Iterator[Refusal]:
    """Yield why a red card may not be closed yet; a dereliction matter named must be one that names this card."""
    if act.discipline.strip() and act.discipline.strip() not in dossier.twins:
        yield _refused(
            f"没有来源编号为 {opening.card} 的失职追究“{act.discipline.strip()}”",
            f"There is no dereliction matter “{act.discipline.strip()}” that names card {opening.card}",
        )
    disposed = act.discipline.strip() or dossier.last(RecommendationMade) or dossier.last(CardExempted)
    if opening.level is CardLevel.RED and not disposed:
        yield _refused(
            "红牌结案须有处置：失职追究编号、监察建议书，或上级批准的免予追究",
            "A red card is closed only with a disposition: the number of a dereliction matter, a recommendation, "
            "or an exemption by a higher approver",
            on=default("red-card"),
        )


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield nothing: a card that is not answered shows as a red card on the matter itself."""
    yield from ()
