"""What becomes of cards in the story (红黄牌): most are answered in time, some contested, some forgotten.

What happens to a card hangs on its number alone, so that a year replayed is the same year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zlib import crc32

from xiaoneng.cli.city.story import words
from xiaoneng.desk import recording
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.cards import (
    CardAnswered,
    CardClosed,
    CardConfirmed,
    CardContested,
    CardIssued,
    CardLevel,
    CardUpheld,
    CardWithdrawn,
    RecommendationMade,
)
from xiaoneng.supervision.access import open_cases
from xiaoneng.worktime.days import local_day

PROMPT, NEXT_DAY, CONTESTED = 62, 80, 89
"""Of a hundred cards: answered the first afternoon, the second, contested; the rest are forgotten at first."""
FORGOTTEN = timedelta(days=9)
ONE_DAY = timedelta(days=1)
TO_MEND = timedelta(days=20)
WITHDRAWN_ONE_IN = 3
Made = tuple[type[Act], Role, dict[str, object]]


def handle_cards(*, now: datetime, after_act: Callable[[], None]) -> int:
    """Let posts answer and supervision judge what lies with them this afternoon; return how many acts that was."""
    done = 0
    for number in open_cases():
        dossier = recording.read(number)
        made = _next(dossier, now=now)
        if made is not None and _done(dossier, made, now=now):
            after_act()
            done += 1
    return done


def _done(dossier: Dossier, made: Made, *, now: datetime) -> bool:
    act, role, facts = made
    seat = dossier.seats.get(dossier.post_of(role))
    by = seat.acting(at=now, recused=dossier.aside) if seat else None
    if by is None:
        return False
    recording.record(act(at=now, by=by, **facts), number=dossier.number, seen=len(dossier.acts), now=now)
    return True


def _next(dossier: Dossier, *, now: datetime) -> Made | None:
    """Return what happens next in the case of a card, if anything this afternoon."""
    issued = dossier.opening
    if not isinstance(issued, CardIssued):
        return None
    luck, waited = crc32(issued.card.encode()), now - dossier.acts[-1].at
    match dossier.stage.key:
        case "issued" | "upheld" | "unanswered":
            grave = issued.level is CardLevel.RED
            return _post(luck, waited, first=dossier.stage.key == "issued", grave=grave)
        case "contested":
            right = luck % WITHDRAWN_ONE_IN == 0
            return (CardWithdrawn if right else CardUpheld), Role.SUPERVISOR, {"reasons": words.JUDGED[right]}
        case "answered":
            return CardConfirmed, Role.SUPERVISOR, {"note": words.CONFIRMED}
        case "confirmed" if issued.level is CardLevel.RED:
            return _recommended(dossier, now=now)
        case _:
            return CardClosed, Role.SUPERVISOR, {"note": words.CARD_CLOSED}


def _post(luck: int, waited: timedelta, *, first: bool, grave: bool) -> Made | None:
    """Return what the post does: of yellow cards some are forgotten, a red one is answered at once."""
    chance = luck % 100
    ready = grave or chance < PROMPT or (chance < NEXT_DAY and waited > ONE_DAY) or waited > FORGOTTEN
    if first and NEXT_DAY <= chance < CONTESTED:
        return CardContested, Role.HANDLER, {"grounds": words.CONTEST}
    if not first or ready:
        return CardAnswered, Role.HANDLER, {"explanation": words.EXPLAINED, "remedy": words.MENDED}
    return None


def _recommended(dossier: Dossier, *, now: datetime) -> Made:
    facts = {
        "addressee": words.ADDRESSEE,
        "recommendation": words.RECOMMENDED,
        "deadline": local_day(now + TO_MEND),
    }
    return RecommendationMade, Role.SUPERVISOR, facts
