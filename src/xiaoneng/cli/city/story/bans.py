"""Breaches of the bans in the story (四条禁令), and the leader who answers for an office that had two in a quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiaoneng.cli.city.story import reckoning_words as words
from xiaoneng.cli.city.story.deeds import Deed, Place, Script
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.reckoning import CASE, WATCH, Ending, Reckoning, judged, registered
from xiaoneng.cli.city.story.steps import Steps
from xiaoneng.matters.vocabulary.bans import Ban, BanBreachFound, Signing
from xiaoneng.matters.vocabulary.measures import Source

FACTS = {Ban.LUNCH_ALCOHOL: words.BAN_FACTS, Ban.CHAT_GAMES: words.GAME_FACTS}
AT_LUNCH = {Ban.LUNCH_ALCOHOL: timedelta(hours=1, minutes=20), Ban.CHAT_GAMES: timedelta(hours=4)}
"""How long before it is registered it happened: at noon, in the morning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One breach of a ban, planned."""

    seed: str
    at: datetime
    office: str
    key: str
    kind: Ban


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """The leader of an office that a quarter shows to be weak, who answers."""

    seed: str
    at: datetime
    office: str
    quarter: str


def breach(plan: Breach, *, diary: Diary) -> Script:
    """Return the script of one breach: found on the spot, an oral warning, circulated, archived."""
    steps = Steps(plan.seed, plan.at, diary=diary)
    reckoning = Reckoning(
        office=plan.office,
        source=Source.INSPECTION,
        reference="",
        ending=Ending.SPOKEN_TO,
        key=plan.key,
    )
    facts = {
        "kind": plan.kind,
        "person": reckoning.subject,
        "happened_at": plan.at - AT_LUNCH[plan.kind],
        "place": words.BAN_PLACE if plan.kind is Ban.LUNCH_ALCOHOL else "本机关办公室",
        "witnesses": words.WITNESSES,
        "signing": Signing.SIGNED,
        "facts": FACTS[plan.kind],
    }
    place = Place(procedure="discipline", office=WATCH)
    deed = Deed(
        at=plan.at, act=BanBreachFound, post=f"{WATCH}-supervise", facts=facts, opens=place, matter=CASE
    )
    steps.told((yield deed))
    yield from judged(steps, reckoning)


def leader(plan: Leader, *, diary: Diary) -> Script:
    """Return the script of a leader's matter, opened in the first days after the quarter."""
    steps = Steps(plan.seed, plan.at, diary=diary)
    reckoning = Reckoning(
        office=plan.office,
        source=Source.WEAK_AGENCY,
        reference=f"{plan.office} {plan.quarter}",
        ending=Ending.SPOKEN_TO,
        key="head",
        registrar=f"{WATCH}-supervise",
        investigators=(f"{WATCH}-review", f"{WATCH}-legality"),
    )
    yield from registered(steps, reckoning)
    yield from judged(steps, reckoning)
