"""From a feed's key to answers (梗阻之问的入口): which feeds can be asked, how far, and what was answered before.

An edition never changes: what was loaded or answered once for an edition is kept by its number.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from zoneinfo import ZoneInfo

from django.core.cache import cache

from xiaoneng.flow.columns.plainly import extent
from xiaoneng.flow.columns.selected import Selected, selected
from xiaoneng.flow.columns.selection import Selection
from xiaoneng.flow.columns.store import BadKey, Store
from xiaoneng.flow.declared import declared_order
from xiaoneng.flow.mapping import SOON_DAYS, parse_mapping
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.access import agencies, calendar_book
from xiaoneng.supervision import queries
from xiaoneng.supervision.access import NoFeed
from xiaoneng.supervision.feeding.intake import columns
from xiaoneng.supervision.obstruction.answers import (
    ARROW,
    Answer,
    Cell,
    Kind,
    Question,
    Subject,
    micros,
    moment,
)
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.obstruction.hours import Hours, hours_of
from xiaoneng.supervision.obstruction.own import OURS, called, orders, words
from xiaoneng.supervision.obstruction.picture import Picture, picture
from xiaoneng.supervision.pouring import OWN
from xiaoneng.worktime.days import ZONE

THEIRS = Phrase(
    "以来源在对照表中声明的次序为准。", "Held against the order that the feed declares in its mapping."
)
OWN_NAME = Phrase("本系统的办件", "Our own matters")
KEPT = 24 * 3600
"""Seconds for which an answer is kept."""
MOST = 6
"""Selections held in memory at a time."""
HOLDERS = ("holder", "group")
"""Columns whose names are not those of steps."""
NARROWED = ("agency", "item", "channel", "department")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed that can be asked: its edition, zone, hours, and the names it can be narrowed to, by kind.

    `last` is the instant of judgement where no other is asked for. `allowed`: the agencies that may be asked
    about, None for all.
    """

    key: str
    name: Phrase
    edition: str
    mapping: str
    zone: ZoneInfo
    soon_days: int
    hours: Hours
    last: datetime
    names: dict[str, tuple[str, ...]]
    store: Store
    allowed: tuple[str, ...] | None = None

    def word(self, step: str) -> str | Phrase:
        """Return what a step is called; acts of ours are called in both languages."""
        return words().get(step, step) if self.key == OWN else step


def is_settled(key: str) -> bool:
    """Tell whether a feed has columns that can be asked."""
    try:
        return columns().settled(key) is not None
    except BadKey:
        return False


def settled_feeds() -> dict[str, Phrase]:
    """Return the feeds that can be asked, by key: those whose columns are settled."""
    store = columns()
    return {key: _named(key, store)[0] for key in store.feeds() if store.settled(key) is not None}


def source(
    key: str, *, now: datetime, prefixes: tuple[str, ...] | None = None, store: Store | None = None
) -> Source:
    """Return a feed to be asked, of another store if one is given; raises NoFeed.

    `prefixes` of divisions limit our own matters.
    """
    rests = store or columns()
    try:
        folder = rests.settled(key)
    except BadKey:
        folder = None
    if folder is None:
        raise NoFeed(key)
    name, text = _named(key, rests)
    said = parse_mapping(text) if text else None
    zone = said.times.zone if said else ZONE
    names, first, last = _extent(rests, key, folder.name)
    allowed = _within(prefixes) if key == OWN and prefixes is not None else None
    if allowed is not None:
        names = {**names, "agency": tuple(one for one in names["agency"] if one in allowed)}
    return Source(
        key=key,
        name=name,
        edition=folder.name,
        mapping=text,
        zone=zone,
        soon_days=said.soon_days if said else SOON_DAYS,
        hours=_hours(key, text, zone, (moment(first).year, moment(last).year)),
        last=_judged_by_itself(key, moment(last), now),
        names=names,
        allowed=allowed,
        store=rests,
    )


def answered(one: Source, question: Question, asked: Asked, *, by: str = "") -> Answer:
    """Return the answer to a question, from before where it was given before."""
    chosen = grouped_by(one, question, by)
    at = asked.judged_at(one.zone) or one.last
    name = _kept_as(one.store, one.key, one.edition, question.key, chosen, at, _key(one, asked))
    found: Answer | None = cache.get(name)
    if found is None:
        found = _worded(one, question, question.ask(subject(one, asked, by=chosen, whole=question.whole)))
        cache.set(name, found, KEPT)
    return found


def _worded(one: Source, question: Question, found: Answer) -> Answer:
    """Return an answer whose steps are called in both languages where they have two names."""
    if one.key != OWN:
        return found
    steps = [column.kind is Kind.NAME and column.key not in HOLDERS for column in question.columns]
    rows = [
        tuple(_called(one, cell) if is_step else cell for cell, is_step in zip(row, steps, strict=True))
        for row in found.rows
    ]
    return replace(found, rows=tuple(rows))


def _called(one: Source, cell: Cell) -> Cell:
    """Return a step, or a path of steps, in both languages."""
    if not isinstance(cell, str):
        return cell
    found = [one.word(step) for step in cell.split(ARROW)]
    if not any(isinstance(step, Phrase) for step in found):
        return cell
    spoken = [(step.zh, step.en) if isinstance(step, Phrase) else (step, step) for step in found]
    return Phrase(ARROW.join(zh for zh, _ in spoken), ARROW.join(en for _, en in spoken))


def pictured(one: Source, asked: Asked, *, level: int = 0) -> Picture:
    """Return the map of a part of a feed, from before where it was drawn before."""
    name = _kept_as(one.store, one.key, one.edition, "map", level, _key(one, asked))
    found: Picture | None = cache.get(name)
    if found is None:
        found = picture(subject(one, asked), level=level)
        cache.set(name, found, KEPT)
    return found


def grouped_by(one: Source, question: Question, by: str) -> str:
    """Return what groups are made by: as asked, else the first kind of which the feed records anything."""
    if by in question.by:
        return by
    first = next(iter(question.by), "")
    # Of holders it is not known beforehand whether they are recorded; the first kind is the finest.
    return next((kind for kind in question.by if one.names.get(kind)), first) if first in one.names else first


def subject(one: Source, asked: Asked, *, by: str = "", whole: bool = False) -> Subject:
    """Return what questions are asked of."""
    theirs = declared_order(one.mapping) if one.mapping else None
    declared = orders() if one.key == OWN else {"": theirs} if theirs else {}
    return Subject(
        selected=_selected(one, _key(one, asked), whole=whole),
        schedule=one.hours.schedule,
        as_of=micros(asked.judged_at(one.zone) or one.last),
        zone=one.zone,
        soon_days=one.soon_days,
        by=by,
        declared=declared,
        declared_by=OURS if one.key == OWN else THEIRS,
        own=one.key == OWN,
    )


def _hours(key: str, mapping: str, zone: ZoneInfo, years: tuple[int, int]) -> Hours:
    calendar = calendar_book().editions[-1].calendar
    return hours_of(mapping=mapping, key=key, zone=zone, years=years, calendar=calendar, own=key == OWN)


def _judged_by_itself(key: str, last: datetime, now: datetime) -> datetime:
    """Return when a feed is judged by default: a log at its end, our own matters at the full hour, for they go on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return max(hour, min(last, now)) if key == OWN else min(last, now.replace(second=0, microsecond=0))


def _key(one: Source, asked: Asked) -> Selection:
    return asked.selection(one.key, zone=one.zone, agencies=one.allowed)


_loaded: OrderedDict[tuple[str, Selection, bool], Selected] = OrderedDict()
_loading = Lock()


def _selected(one: Source, wanted: Selection, *, whole: bool) -> Selected:
    """Return a selection, from memory where it was loaded lately."""
    folder = one.store.edition(one.key, int(one.edition))
    name = (str(folder), wanted, whole)
    with _loading:
        if name not in _loaded:
            found = selected(one.store, wanted, whole=whole)
            _loaded[name] = called(found) if one.key == OWN else found
        _loaded.move_to_end(name)
        while len(_loaded) > MOST:
            _loaded.popitem(last=False)
        return _loaded[name]


def _named(key: str, store: Store) -> tuple[Phrase, str]:
    """Return the name of a feed and the text of its mapping."""
    if key == OWN:
        return OWN_NAME, ""
    batches = store.batches(key)
    ours = queries.mapping_text(key) if store == columns() else ""
    text = ours or next((one.mapping for one in reversed(batches) if one.mapping), "")
    return (parse_mapping(text).agency if text else Phrase(key, key)), text


def _extent(store: Store, key: str, edition: str) -> tuple[dict[str, tuple[str, ...]], int, int]:
    """Return the names of cases by kind, and the first and the last instant on record."""
    name = _kept_as(store, key, edition, "extent")
    found: tuple[dict[str, tuple[str, ...]], int, int] | None = cache.get(name)
    if found is None:
        with _loading:
            found = _measured(store, key)
        cache.set(name, found, KEPT)
    return found


def _measured(store: Store, key: str) -> tuple[dict[str, tuple[str, ...]], int, int]:
    found = extent(store, key)
    names = {kind: tuple(name for name in found.names[kind] if name) for kind in NARROWED}
    return names, found.first, found.last


def _kept_as(store: Store, *parts: object) -> str:
    """Return the name under which an answer is kept: it depends on everything that the answer depends on."""
    return f"flow:{sha256(repr((str(store.root), *parts)).encode()).hexdigest()}"


def _within(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the agencies of the divisions under some prefixes."""
    return tuple(one.code for one in agencies() if one.division_id.startswith(prefixes))
