"""From a request to what supervision keeps: lights, the wall, the board, cards, and feeds of other systems.

Counts and figures are public; a card is for the posts it names, its agency's leaders and the supervisors above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.matters.access import NotFound, reach
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.supervision import queries
from xiaoneng.supervision.feeds import FeedLine, FeedView
from xiaoneng.supervision.levels import Level
from xiaoneng.supervision.models import Card, Mandate

Row = TypeVar("Row", bound=Model)
LEADING = frozenset({Duty.HEAD, Duty.OVERSEE, Duty.PERSONNEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """What a list of cards is narrowed to; empty fields narrow nothing. Times are half-open."""

    levels: tuple[Level, ...] = ()
    agency: str = ""
    post: str = ""
    matter: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def predicate(self) -> Q:
        """Return the filter as a predicate."""
        found = Q(level__in=[one.value for one in self.levels]) if self.levels else Q()
        for column, value in (("agency", self.agency), ("post", self.post), ("matter__number", self.matter)):
            found &= Q(**{column: value}) if value else Q()
        found &= Q(raised_at__gte=self.since) if self.since else Q()
        return found & (Q(raised_at__lt=self.until) if self.until else Q())


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


def with_light(rows: QuerySet[Row], *, today: date) -> QuerySet[Row]:
    """Return matters with their `light` on a day: lists and exports show this column and no other."""
    return queries.with_light(rows, today=today)


def visible_cards(by: Iterable[Capacity]) -> QuerySet[Card]:
    """Return the cards that somebody acting in these capacities may see, the newest first; none for nobody."""
    allowed = Q(pk__in=())
    for capacity in by:
        if not capacity.official:
            continue
        allowed |= Q(post=capacity.post)
        if capacity.duty in LEADING:
            allowed |= Q(agency=capacity.agency)
        if capacity.duty is Duty.SUPERVISE:
            allowed |= Q(division__startswith=reach(capacity))
    return queries.cards().filter(allowed)


def card_list(by: Iterable[Capacity], *, narrowed: CardFilter | None = None) -> QuerySet[Card]:
    """Return the cards these capacities may see, narrowed, with their matters, the newest first."""
    return visible_cards(by).filter((narrowed or CardFilter()).predicate())


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
    return queries.mandates().filter(allowed)


def tallies(matters: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return visits and findings by inspection, for matters that the caller was given."""
    return queries.tallies(list(matters))
