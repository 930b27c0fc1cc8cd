"""What a complaint centre sees of its complaints (投诉中心): lists by stage, light and trace, counted in few queries.

Rows are only those that the reader may see and that no conflict of interest closes to them. How a complaint came
is read from its opening act, what was done from the verbs of its acts: nothing is kept twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from xiaoneng.desk import inbox
from xiaoneng.likeness import access as likeness
from xiaoneng.matters import conflict
from xiaoneng.matters.access import CENTRE, visible_to
from xiaoneng.matters.light import Light
from xiaoneng.matters.models import ActRecord, Bar, Matter
from xiaoneng.organisation import queries as organisation
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.models import Post

PROCEDURE = "complaint"
WATCH = CENTRE | {Duty.SUPERVISE}
"""Duties that see the complaints of their own centre, and of those below."""
LIGHTS = (Light.OVERDUE, Light.PROMISE_BROKEN, Light.DUE_SOON, Light.IN_TIME, Light.SUSPENDED, Light.WAITING)
DEEMED, NUDGED, REPEAT = "complaint-deemed-accepted", "nudged", "repeat-linked"
TEXTS = "complaint"
"""The kind under which the index of texts keeps what complaints say, by number."""
MOST_FOUND = 1000
NEAR = 5
LATELY = timedelta(days=90)
ASKED, DECIDED = "recusal-asked", "recusal-decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing."""

    stage: str = ""
    light: Light | None = None
    centre: str = ""
    agency: str = ""
    manner: str = ""
    channel: str = ""
    repeated: bool = False
    deemed: bool = False
    recusal: bool = False
    nudged: int = 0
    words: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCounts:
    """One centre: how many of its open complaints show each light, and how many it let lapse into acceptance."""

    agency: str
    lights: Mapping[Light, int] = field(default_factory=dict)
    deemed: int = 0

    @property
    def lapsing(self) -> bool:
        """Tell whether a complaint there is past its term or was accepted by silence."""
        return bool(self.deemed or self.lights.get(Light.OVERDUE))


def standing_in(by: Iterable[Capacity]) -> tuple[Capacity, ...]:
    """Return the capacities that watch over complaints: in a centre, or in the leading group's office above all."""
    offices = set(organisation.complaint_offices().values_list("agency_id", flat=True))
    return tuple(one for one in by if one.official and one.duty in WATCH and one.agency in offices)


def complaints(by: Sequence[Capacity]) -> QuerySet[Matter]:
    """Return the complaints that somebody who stands in a centre may see: its own, and those of centres below."""
    return visible_to(by).filter(procedure=PROCEDURE)


def topics(by: Sequence[Capacity]) -> QuerySet[Matter]:
    """Return the open studies of what recurs (专题) that somebody may see."""
    return visible_to(by).filter(procedure="topic", is_open=True)


def narrowed(rows: QuerySet[Matter], wanted: Wanted, *, today: date) -> QuerySet[Matter]:
    """Return the rows that fit everything asked for."""
    rows = rows.filter(is_open=not wanted.closed)
    rows = rows.filter(stage=wanted.stage) if wanted.stage else rows
    rows = with_centre(rows, wanted.centre) if wanted.centre else rows
    for name in ("manner", "channel"):
        if value := getattr(wanted, name):
            rows = rows.filter(_said(name, value))
    if wanted.agency:
        mark = conflict.agency(wanted.agency)
        rows = rows.filter(pk__in=Bar.objects.filter(mark=mark).values("matter_id"))
    rows = _traced(rows, wanted)
    rows = _holding(rows, wanted.words)
    return inbox.lit(rows, wanted.light, today=today) if wanted.light else rows


def with_centre(rows: QuerySet[Matter], centre: str) -> QuerySet[Matter]:
    """Return what a centre has: open complaints by the post they lie with, closed ones by where they were opened."""
    posts = organisation.posts_by_duty(centre).values()
    return rows.filter(Q(owner_post__in=posts) | Q(is_open=False, agency=centre))


def _said(name: str, value: str) -> Q:
    """Return what the opening act says of how the complaint came: its body is one line of canonical JSON."""
    opening = ActRecord.objects.filter(matter=OuterRef("pk"), sequence=1)
    return Q(Exists(opening.filter(body__contains=f'"{name}":"{value}"')))


def _done(verb: str) -> QuerySet[ActRecord]:
    return ActRecord.objects.filter(matter=OuterRef("pk"), verb=verb)


def _traced(rows: QuerySet[Matter], wanted: Wanted) -> QuerySet[Matter]:
    if wanted.repeated:
        rows = rows.filter(Exists(_done(REPEAT)))
    if wanted.deemed:
        rows = rows.filter(Exists(_done(DEEMED)))
    if wanted.recusal:
        rows = undecided(rows)
    if wanted.nudged:
        count = Count("actrecord", filter=Q(actrecord__verb=NUDGED))
        rows = rows.filter(pk__in=rows.annotate(nudges=count).filter(nudges__gte=wanted.nudged).values("pk"))
    return rows


def undecided(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Return the complaints in which a recusal was asked for and is not decided."""
    asked = Count("actrecord", filter=Q(actrecord__verb=ASKED))
    decided = Count("actrecord", filter=Q(actrecord__verb=DECIDED))
    return rows.filter(
        pk__in=rows.annotate(asked=asked, decided=decided).filter(asked__gt=F("decided")).values("pk")
    )


def _holding(rows: QuerySet[Matter], words: str) -> QuerySet[Matter]:
    """Return the complaints whose number begins with what was typed, or whose text holds every word of it."""
    tidy = words.strip()
    if not tidy:
        return rows
    found = likeness.search(
        kind=TEXTS, words=tidy, limit=MOST_FOUND, within=rows.order_by().values_list("number", flat=True)
    )
    return rows.filter(Q(number__istartswith=tidy) | Q(number__in=[one.key for one in found]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Complaints that may be about the same thing: those that say nearly the same, and how many name the same agencies."""

    numbers: tuple[tuple[str, float], ...] = ()
    lately: int = 0


def alike(by: Sequence[Capacity], *, text: str, agencies: Iterable[str], now: datetime) -> Alike:
    """Return what of the complaints that somebody may see is like one that is being told; nothing of the others."""
    rows = complaints(by)
    near = {one.key: one.likeness for one in likeness.near(kind=TEXTS, text=text, limit=NEAR)}
    seen = set(rows.filter(number__in=near).values_list("number", flat=True))
    marks = [conflict.agency(one) for one in agencies]
    same = Bar.objects.filter(mark__in=marks).values("matter_id")
    return Alike(
        numbers=tuple((key, share) for key, share in near.items() if key in seen),
        lately=rows.filter(pk__in=same, opened_at__gte=now - LATELY).count() if marks else 0,
    )


def by_stage(rows: QuerySet[Matter], *, today: date) -> dict[str, dict[Light, int]]:
    """Return how many open complaints rest in each stage and show each light."""
    return _counted(rows, "stage", today=today)


def by_centre(rows: QuerySet[Matter], *, today: date) -> tuple[CentreCounts, ...]:
    """Return the centres with whom open complaints lie, those that let complaints lapse first."""
    lights = _counted(rows, "owner_post", today=today)
    lapsed = rows.filter(is_open=True).filter(Exists(_done(DEEMED))).order_by()
    deemed = dict(lapsed.values_list("owner_post").annotate(Count("pk")))
    posts: defaultdict[str, list[str]] = defaultdict(list)
    for post, centre in _agencies_of({*lights, *deemed}).items():
        posts[centre].append(post)
    found = [
        CentreCounts(
            agency=centre,
            lights=_added(lights.get(one, {}) for one in own),
            deemed=sum(deemed.get(one, 0) for one in own),
        )
        for centre, own in posts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.lights.get(Light.OVERDUE, 0), -one.deemed, one.agency)))


def _agencies_of(posts: Iterable[str]) -> dict[str, str]:
    return dict(Post.objects.filter(pk__in=set(posts)).values_list("pk", "agency_id"))


def _added(counts: Iterable[Mapping[Light, int]]) -> dict[Light, int]:
    found: dict[Light, int] = {}
    for one in counts:
        for light, count in one.items():
            found[light] = found.get(light, 0) + count
    return found


def _counted(rows: QuerySet[Matter], column: str, *, today: date) -> dict[str, dict[Light, int]]:
    """Return open rows counted by a column and light, one query a light."""
    found: defaultdict[str, dict[Light, int]] = defaultdict(dict)
    for light in LIGHTS:
        lit = inbox.lit(rows.filter(is_open=True), light, today=today).order_by()
        for key, count in lit.values_list(column).annotate(Count("pk")):
            found[key][light] = count
    return dict(found)


def complained_of(rows: QuerySet[Matter]) -> tuple[str, ...]:
    """Return the agencies complained of in these rows."""
    marks = Bar.objects.filter(matter__in=rows.order_by(), mark__startswith=conflict.AGENCY)
    return tuple(
        sorted(conflict.agencies_in(marks.order_by("mark").values_list("mark", flat=True).distinct()))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a list shows of a complaint beside its light: agencies complained of, nudges, repeats."""

    agencies: tuple[str, ...] = ()
    nudges: int = 0
    repeats: int = 0


def beside(matters: Sequence[int]) -> dict[int, Beside]:
    """Return what lists show of these complaints, in two queries."""
    agencies: defaultdict[int, list[str]] = defaultdict(list)
    marks = Bar.objects.filter(matter__in=matters, mark__startswith=conflict.AGENCY).order_by("mark")
    for matter, mark in marks.values_list("matter_id", "mark"):
        agencies[matter].append(mark.removeprefix(conflict.AGENCY))
    done: dict[tuple[int, str], int] = {}
    counted = ActRecord.objects.filter(matter__in=matters, verb__in=(NUDGED, REPEAT)).order_by()
    for matter, verb, count in counted.values_list("matter_id", "verb").annotate(Count("pk")):
        done[matter, verb] = count
    return {
        one: Beside(
            agencies=tuple(agencies[one]),
            nudges=done.get((one, NUDGED), 0),
            repeats=done.get((one, REPEAT), 0),
        )
        for one in matters
    }
