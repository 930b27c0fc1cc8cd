"""Taken rows settled (整理入列): the newest row of every event in the order of its case, and what is known of the case.

One set of expressions for every engine. An edition is written beside the one that is asked, and the pointer is moved
last: whatever stops the machine, questions go on to the older edition. A case's facts are those of `casebook`: what its
newest row says, even that something holds no more; of forms that tell a case in parts, the newest row that says it at
all. What changes from event to event is that of the latest event.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack

import ibis
import ibis.expr.types as ir

from xiaoneng.flow.columns.engine import Engine
from xiaoneng.flow.columns.schema import CASE_FACTS, CASE_GROUPS, CASE_TIMES, CASES, EVENTS, TAKEN
from xiaoneng.flow.columns.store import BatchState, Store
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.mapping import LogMapping, parse_mapping

KEPT = 2
"""Editions that stay: the one that is asked, and the one before it, which a page may still be reading."""
ROWS = 1 << 40
"""More rows than any import has: batch times this plus its place orders rows as they came."""
BEGINS = {"suspended": Effect.SUSPEND, "waiting": Effect.ASK}
ENDS = {"suspended": Effect.RESUME, "waiting": Effect.SUPPLY}
BEFORE = {
    "before": "activity",
    "before_at": "at",
    "before_actor": "actor",
    "before_post": "post",
    "before_agency": "agency",
}


def settle(
    store: Store, feed: str, *, engine: Engine, event_level: frozenset[str] | None = None
) -> int | None:
    """Make an edition of everything taken from a feed and let it be asked; return its number, None of no rows.

    `event_level` names the groups that change from event to event; by default as the newest import's mapping says.
    """
    mapping = _mapping(store, feed)
    files = store.taken_files(feed)
    if not files:
        return None
    level = (mapping.event_level if mapping else frozenset()) if event_level is None else event_level
    number = _begun(store, feed)
    folder = store.edition(feed, number)
    with ExitStack() as stack:
        rows = stack.enter_context(engine.kept(newest(engine.read(files, schema=TAKEN))))
        events = stack.enter_context(engine.kept(placed(rows)))
        cases = stack.enter_context(
            engine.kept(gathered(rows, events, level, by_parts=bool(mapping and mapping.form)))
        )
        engine.write(cases.select(*CASES.names), folder / "cases")
        engine.write(_named(events, cases, level).select(*EVENTS.names), folder / "events")
    store.point_to(feed, number)
    _cleared(store, feed, number)
    return number


def newest(taken: ir.Table) -> ir.Table:
    """Return the newest row of every key, with how many came before it and in what order rows came."""
    rows = taken.mutate(came=taken.batch.cast("int64") * ROWS + taken.row)
    several = rows.group_by("key").agg(newest=rows.came.max(), revision=rows.count() - 1)
    several = several.filter(several.revision > 0).rename(many="key")
    found = rows.left_join(several, rows.key == several.many)
    found = found.filter(found.newest.isnull() | (found.came == found.newest))
    return found.mutate(revision=found.revision.fill_null(0).cast("int32")).drop("newest", "many")


def placed(rows: ir.Table) -> ir.Table:
    """Return the events in the order of their cases, each with the one before it and the state it was in."""
    events = rows.filter(rows.at.notnull())
    window = ibis.window(group_by=events.case, order_by=[events.at, events.came])
    before = {name: events[column].lag(1).over(window) for name, column in BEFORE.items()}
    events = events.mutate(place=ibis.row_number().over(window).cast("int32"), **before)
    earlier = ibis.window(group_by=events.case, order_by=events.place, preceding=(None, 1))
    states = {name: _marked(events, name).max().over(earlier).fill_null(0) % 2 == 1 for name in BEGINS}
    return events.mutate(**states)


def _marked(events: ir.Table, state: str) -> ir.Value:
    """Return a number that grows with the place: odd where a state begins, even where it ends, else null."""
    closing = [int(ENDS[state]), int(Effect.DONE), int(Effect.STOP)]
    begins = (events.effect == int(BEGINS[state]), events.place * 2 + 1)
    return ibis.cases(begins, (events.effect.isin(closing), events.place * 2))


def gathered(
    rows: ir.Table, events: ir.Table, event_level: frozenset[str], *, by_parts: bool = False
) -> ir.Table:
    """Return a row a case: what is said of it, and what its events tell."""
    told = _said_by_parts(rows) if by_parts else _said_at_last(rows)
    seen = _seen(events).rename(one="case")
    both = told.left_join(seen, told.case == seen.one)
    groups = {name: both[f"latest_{name}"] if name in event_level else both[name] for name in CASE_GROUPS}
    started = ibis.coalesce(both.started, both["first"])
    whole = both.mutate(
        started=started,
        **{name: value.fill_null("") for name, value in groups.items()},
        **{name: both[name].fill_null("") for name in ("agency", "item", "path")},
        events=both.events.fill_null(0),
        month=started.strftime("%Y-%m").fill_null("none"),
    )
    return whole.drop("one")


def _said_at_last(rows: ir.Table) -> ir.Table:
    """Return what the newest row of each case says, its silences included."""
    said = ibis.struct({name: rows[name] for name in CASE_FACTS}).argmax(rows.came)
    told = rows.group_by("case").agg(said=said, odd=rows.odd.max(), line=rows.line.argmin(rows.came))
    return told.mutate(**{name: told.said[name] for name in CASE_FACTS}).drop("said")


def _said_by_parts(rows: ir.Table) -> ir.Table:
    """Return of each fact what the newest row says that says it at all."""
    return rows.group_by("case").agg(
        **{name: rows[name].argmax(rows.came, where=rows[name].notnull()) for name in CASE_TIMES},
        **{name: rows[name].argmax(rows.came, where=rows[name] != "") for name in CASE_GROUPS},
        odd=rows.odd.max(),
        line=rows.line.argmin(rows.came),
    )


def _seen(events: ir.Table) -> ir.Table:
    steps = ibis.struct({"place": events.place, "activity": events.activity}).collect()
    return (
        events.group_by("case")
        .agg(
            events=events.count(),
            first=events["at"].min(),
            last=events["at"].max(),
            steps=steps,
            **{
                name: events[name].argmax(events.place, where=events[name] != "")
                for name in ("agency", "item")
            },
            **{f"latest_{name}": events[name].argmax(events.place) for name in CASE_GROUPS},
        )
        .mutate(
            path=lambda t: t.steps.sort().map(lambda step: step["activity"]).join("\x1f").hexdigest("md5")
        )
        .drop("steps")
    )


def _named(events: ir.Table, cases: ir.Table, event_level: frozenset[str]) -> ir.Table:
    """Return the events with the channel and department that hold for them: their own, or their case's."""
    facts = cases.select("case", case_channel="channel", case_department="department").rename(one="case")
    both = events.join(facts, events.case == facts.one)
    names = {
        name: both[name] if name in event_level else both[f"case_{name}"]
        for name in ("channel", "department")
    }
    return both.mutate(**names, month=both["at"].strftime("%Y-%m"))


def _mapping(store: Store, feed: str) -> LogMapping | None:
    taken = [one.mapping for one in store.batches(feed) if one.state is BatchState.TAKEN and one.mapping]
    return parse_mapping(taken[-1]) if taken else None


def _begun(store: Store, feed: str) -> int:
    """Return the number of a new edition and make its folder, so that no other process takes the number."""
    folder = store.edition(feed, 1).parent
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        number = max((int(one.name) for one in folder.iterdir() if one.name.isdigit()), default=0) + 1
        try:
            store.edition(feed, number).mkdir()
        except FileExistsError:
            continue
        return number


def _cleared(store: Store, feed: str, number: int) -> None:
    editions = sorted(
        int(one.name) for one in store.edition(feed, number).parent.iterdir() if one.name.isdigit()
    )
    older = [one for one in editions if one < number]
    for one in older[: max(0, len(older) + 1 - KEPT)]:
        shutil.rmtree(store.edition(feed, one), ignore_errors=True)
