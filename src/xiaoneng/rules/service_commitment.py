"""Service commitment (服务承诺制): what an office promised binds it, and everybody can see how it is kept.

A promise is frozen with the matter's terms at opening, so a longer one never reaches a running matter; that an
edition of an item shortens freely and lengthens only by approval is checked where editions are saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from xiaoneng.catalogue.item import ItemFacts, compression, longer
from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock, Opening
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import lapse_moment
from xiaoneng.rules.record import missed, owner_on, rung
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime.limits import Limit

key = "service_commitment"
name = Phrase("服务承诺制", "Service commitment")
basis = Citation("浙江省保障“最多跑一次”改革规定", "第十二条")

STANDARDS = (
    Phrase("缺什么一次告知清楚", "What is missing is told once and completely"),
    Phrase("每个环节由谁办、办到哪一步随时可查", "Who has it, and where it stands, can always be looked up"),
    Phrase(
        "作出否定前先报备并说明理由和救济途径", "No refusal before it is filed, with reasons and remedies"
    ),
)
"""Quality standards that hold for every item; an item's own stand in its guide."""
REMEDY = Phrase(
    "超过承诺期限的，书面说明原因并致歉，免费送达结果",
    "Past the promise: a written apology with the cause, and free delivery of the result",
)
"""What the office owes when it breaks a promise; free delivery is a default of this product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What an item's page says of its promise; `compression` is 1 minus promise over statute, 0 to 1."""

    promised: Limit
    statutory: Limit
    compression: float
    standards: tuple[Phrase, ...]
    remedy: Phrase
    remedy_basis: Citation
    complaints: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseChange:
    """One line of a promise's history: since when which limit, and whether it became longer."""

    edition: int
    since: date
    before: Limit
    after: Limit
    lengthened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """How many matters kept their promise, of how many that had one and are decided."""

    kept: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share kept, 0 to 1; None where nothing was promised yet."""
        return self.kept / self.of if self.of else None


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why a matter may not be opened: a promise beyond the statute, or other than the item's own."""
    if not isinstance(act, Opening):
        return
    for term in act.terms:
        if term.promised is not None and longer(term.promised, term.statutory):
            words = Phrase(
                "承诺时限不得长于法定时限", "The promised limit may not exceed the statutory limit"
            )
            yield Refusal(rule=key, reason=words, basis=default("service-commitment"))
        if term.clock is Clock.HANDLING and dossier.item and term.promised != dossier.item.promised:
            words = Phrase(
                "承诺时限须与事项公布的一致", "The promised limit must be the one published for the item"
            )
            yield Refusal(rule=key, reason=words, basis=basis)


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield each promise that passed unkept, whether or not the law's term still runs."""
    for running in dossier.every_run():
        promise = running.promised
        if promise is None or promise.limit == running.statutory.limit:
            continue
        last = missed(promise, dossier, now=now)
        if last is None or running.clock not in dossier.procedure.answerable:
            continue
        yield Breach(
            rule=key,
            key=rung(running, "promise"),
            since=lapse_moment(last),
            what=Phrase(f"超过承诺期限：承诺 {last} 前办结", f"Past the promise, which ended on {last}"),
            basis=basis,
            evidence=(running.opened_by,),
            post=owner_on(dossier, last),
        )


def commitment(item: ItemFacts) -> Commitment:
    """Return what the item's page publishes; without a promise of its own the statute is the promise."""
    return Commitment(
        promised=item.promised or item.statutory,
        statutory=item.statutory,
        compression=compression(item),
        standards=STANDARDS,
        remedy=REMEDY,
        remedy_basis=default("courier"),
        complaints=item.phone,
    )


def history(editions: Sequence[ItemFacts]) -> tuple[PromiseChange, ...]:
    """Return what changed in an item's promise, edition by edition, oldest first."""
    ordered = sorted(editions, key=lambda one: one.edition)
    found = []
    for old, new in pairwise(ordered):
        was, now = old.promised or old.statutory, new.promised or new.statutory
        if was != now:
            found.append(
                PromiseChange(
                    edition=new.edition,
                    since=new.in_force,
                    before=was,
                    after=now,
                    lengthened=longer(now, was),
                )
            )
    return tuple(found)


def kept(dossier: Dossier) -> bool | None:
    """Tell whether a decided matter kept its promise; None while it is undecided or nothing was promised."""
    runs = [one for one in dossier.every_run() if one.clock is Clock.HANDLING and one.promised]
    if not runs or not all(one.stopped for one in runs):
        return None
    ended = dossier.acts[-1].at
    return all(one.promised is None or missed(one.promised, dossier, now=ended) is None for one in runs)


def compliance(dossiers: Iterable[Dossier]) -> Compliance:
    """Return the share of promises kept among decided matters (承诺兑现率)."""
    judged = [verdict for verdict in map(kept, dossiers) if verdict is not None]
    return Compliance(kept=sum(judged), of=len(judged))
