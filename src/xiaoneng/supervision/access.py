"""From a request to what supervision keeps: lights, the wall, the board, cards, and feeds of other systems.

Counts and figures are public; a card is for the posts it names, its agency's leaders and the supervisors above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from xiaoneng.flow.case import Fault
from xiaoneng.flow.columns import arriving
from xiaoneng.flow.columns.store import Batch
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import CONFIDENTIAL, LEADING, PUBLIC, NotFound, closed_keys, reach
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.supervision import queries
from xiaoneng.supervision.counting import Period, Scope
from xiaoneng.supervision.feeding import intake
from xiaoneng.supervision.feeding import queries as coming
from xiaoneng.supervision.feeding.tokens import Bearer, TokenLine, digest_of
from xiaoneng.supervision.feeds import FeedLine, FeedView
from xiaoneng.supervision.gaming import Closing, Finding, Step, Vote, findings
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.mandates import queries as mandates
from xiaoneng.supervision.models import Card, Mandate
from xiaoneng.worktime.days import midnight

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """What a list of cards is narrowed to; empty fields narrow nothing. Times are half-open."""

    levels: tuple[Level, ...] = ()
    agency: str = ""
    post: str = ""
    matter: str = ""
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def predicate(self) -> Q:
        """Return the filter as a predicate."""
        found = Q(level__in=[one.value for one in self.levels]) if self.levels else Q()
        for column, value in (
            ("agency", self.agency),
            ("post", self.post),
            ("matter__number", self.matter),
            ("case__stage", self.state),
        ):
            found &= Q(**{column: value}) if value else Q()
        found &= Q(raised_at__gte=self.since) if self.since else Q()
        return found & (Q(raised_at__lt=self.until) if self.until else Q())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaming:
    """The gaming checks on the public matters closed in a period: over all of them, and by agency."""

    total: tuple[Finding, ...]
    agencies: Mapping[str, tuple[Finding, ...]]


def gaming(where: Scope, *, period: Period) -> Gaming:
    """Return every gaming check on the public matters closed in a period; in four queries."""
    closed = Q(closed_at__gte=midnight(period.since), closed_at__lt=midnight(period.until), is_open=False)
    asked = where.q() & closed & Q(procedure__in=PUBLIC)
    closings, steps, votes = queries.closings(asked), list(queries.steps(asked)), queries.votes(asked)
    apart = {one.agency for one in closings}
    several: dict[str, tuple[list[Closing], list[Step], list[Vote]]] = {one: ([], [], []) for one in apart}
    for closing in closings:
        several[closing.agency][0].append(closing)
    for step in steps:
        several[step.agency][1].append(step)
    for vote in votes:
        several[vote.agency][2].append(vote)
    return Gaming(
        total=findings(closings=closings, steps=steps, votes=votes),
        agencies={
            agency: findings(closings=own[0], steps=own[1], votes=own[2]) for agency, own in several.items()
        },
    )


class NoFeed(LookupError):
    """No feed has this key."""


def feed_list() -> list[FeedLine]:
    """Return every feed with its newest import."""
    return queries.feeds()


def feed_view(key: str) -> FeedView:
    """Return a feed with all its cases, in two queries whatever its size; raises NoFeed."""
    text = queries.mapping_text(key)
    if text is None:
        raise NoFeed(key)
    return FeedView(parse_mapping(text), queries.feed_cases(key))


def known_feed(key: str) -> str:
    """Return the key of a feed that is known, whether or not anything of it was taken; raises NoFeed."""
    if queries.mapping_text(key) is None:
        raise NoFeed(key)
    return key


def feed_mapping(key: str) -> LogMapping:
    """Return the mapping by which a feed is read; raises NoFeed."""
    return parse_mapping(queries.mapping_text(known_feed(key)) or "")


def feed_names() -> dict[str, Phrase]:
    """Return the agency of every feed that is known, by the feed's key."""
    return coming.feed_names()


def imports_of(feed: str) -> list[Batch]:
    """Return every import of a feed, in the order of arrival."""
    return intake.columns().batches(feed)


def import_of(feed: str, number: int) -> Batch:
    """Return one import of a feed; raises FileNotFoundError."""
    return intake.columns().batch(feed, number)


def faults_of(feed: str, number: int, *, start: int = 0, most: int | None = None) -> list[Fault]:
    """Return what is wrong with an import, `most` from the `start`th (from 0) on; raises FileNotFoundError."""
    return arriving.faults(_folder(feed, number), start=start, most=most)


def fault_count(feed: str, number: int) -> int:
    """Return how many faults an import has; one row may have several; raises FileNotFoundError."""
    return arriving.fault_count(_folder(feed, number))


def _folder(feed: str, number: int) -> Path:
    store = intake.columns()
    return store.waiting(feed, store.batch(feed, number).number)


def tokens_of(feed: str) -> list[TokenLine]:
    """Return the tokens of a feed's senders, revoked ones too."""
    return coming.tokens(feed)


def bearer_of(secret: str) -> Bearer | None:
    """Return who shows a token; None for one that is unknown or revoked."""
    return coming.bearer(digest_of(secret))


def with_light(rows: QuerySet[Row], *, today: date) -> QuerySet[Row]:
    """Return matters with their `light` on a day: lists and exports show this column and no other."""
    return queries.with_light(rows, today=today)


def visible_cards(by: Iterable[Capacity]) -> QuerySet[Card]:
    """Return the cards that somebody acting in these capacities may see, the newest first; none for nobody.

    A card about a confidential matter is for its post and for supervision, and for nobody to whom the matter is
    closed by a conflict of interest.
    """
    by = tuple(by)
    allowed = Q(pk__in=())
    for capacity in by:
        if not capacity.official:
            continue
        allowed |= Q(post=capacity.post)
        if capacity.duty in LEADING:
            own = Q(agency=capacity.agency) | Q(case__agency=capacity.agency)
            allowed |= own & ~Q(matter__procedure__in=CONFIDENTIAL)
        if capacity.duty is Duty.SUPERVISE:
            allowed |= Q(division__startswith=reach(capacity))
    return (
        queries.cards()
        .filter(allowed)
        .exclude(matter_id__in=closed_keys({one.person for one in by if one.official}))
    )


def counted_cards(by: Iterable[Capacity]) -> QuerySet[Card]:
    """Return the cards that figures count: those visible and not withdrawn."""
    return visible_cards(by).filter(queries.COUNTED)


def card_list(by: Iterable[Capacity], *, narrowed: CardFilter | None = None) -> QuerySet[Card]:
    """Return the cards these capacities may see, narrowed, with their matters, the newest first."""
    return visible_cards(by).filter((narrowed or CardFilter()).predicate())


def open_cases() -> list[str]:
    """Return the numbers of the open cases of cards, the oldest first: for those who replay an office's year."""
    return queries.open_cases()


def cards_to_answer(by: Iterable[Capacity], *, agency: str) -> QuerySet[Card]:
    """Return the cards of an agency whose cases are open, the oldest first, as far as these capacities may see them."""
    rows = visible_cards(by).filter(case__agency=agency, case__is_open=True)
    return rows.order_by("raised_at", "pk")


def access_card(number: str, *, by: Iterable[Capacity]) -> Card:
    """Return one card that these capacities may see; raises NotFound, which absent and forbidden share."""
    found = visible_cards(by).filter(number=number).first()
    if found is None:
        raise NotFound(number)
    return found


def cards_of(matter: str, *, by: Iterable[Capacity]) -> QuerySet[Card]:
    """Return the cards of a matter that these capacities may see, the oldest first."""
    return visible_cards(by).filter(matter__number=matter).order_by("raised_at", "pk")


def mandate_list(by: Iterable[Capacity]) -> QuerySet[Mandate]:
    """Return the mandates of the offices in which somebody supervises, or of those below; none for anybody else."""
    allowed = Q(pk__in=())
    for capacity in by:
        if capacity.official and capacity.duty is Duty.SUPERVISE:
            allowed |= Q(post__agency__division__code__startswith=reach(capacity))
    return mandates.mandates().filter(allowed)


def tallies(matters: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return visits and findings by inspection, for matters that the caller was given."""
    return mandates.tallies(list(matters))
