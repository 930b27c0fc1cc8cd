"""What a row of columns holds (事件列的列): as it was taken in, and as it is settled. Knows no file and no engine.

Taken rows are never changed: a correction is a further row with the same key. Settled rows are derived from them and may
be made again at any time: the newest row of every key, in the order of its case, with what came before it.
Instants are microseconds in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa

INSTANT = pa.timestamp("us", tz="UTC")
TEXT, COUNT, PLACE, FLAG = pa.string(), pa.int64(), pa.int32(), pa.bool_()

CASE_TIMES = ("started", "ended", "due", "planned", "paused")
CASE_GROUPS = ("channel", "department", "person")
CASE_FACTS = (*CASE_TIMES, *CASE_GROUPS)
"""What a log says of a whole case, repeated on its rows; the newest row that says it holds."""

TAKEN = pa.schema(
    [
        ("batch", PLACE),  # number of the import within its feed, from 1
        ("line", COUNT),  # where it began in its file, from 1: for people, several rows may share one
        ("row", COUNT),  # its place among the rows of the import, from 1
        ("key", TEXT),  # the event's own number, or one made from what it says
        ("print", TEXT),  # changes with anything that is said
        ("case", TEXT),
        ("activity", TEXT),  # empty: a row that tells of its case alone, and then `at` is null
        ("at", INSTANT),
        ("recorded_at", INSTANT),  # when the agency wrote it down
        ("received_at", INSTANT),  # when we learnt of it
        ("actor", TEXT),
        ("post", TEXT),
        ("agency", TEXT),
        ("item", TEXT),
        ("effect", pa.int8()),  # flow.graph.events.Effect
        ("event_due", INSTANT),  # the day due of this event alone, as a task has one
        ("event_planned", INSTANT),
        ("odd", FLAG),  # a time fell into an hour that a change of the clocks skips or repeats
        *((name, INSTANT) for name in CASE_TIMES),
        *((name, TEXT) for name in CASE_GROUPS),
        ("more", TEXT),  # further columns that the mapping keeps, as a JSON object of texts
        ("month", TEXT),  # YYYY-MM of `at`, or of `started`, or "none": the partition
    ]
)
"""Columns of a taken row. Texts are empty where nothing was recorded, instants null."""

EVENTS = pa.schema(
    [
        ("case", TEXT),
        ("place", PLACE),  # 0 for the first event of the case
        ("activity", TEXT),
        ("at", INSTANT),
        ("recorded_at", INSTANT),
        ("actor", TEXT),
        ("post", TEXT),
        ("agency", TEXT),
        ("item", TEXT),
        ("channel", TEXT),
        ("department", TEXT),
        ("effect", pa.int8()),
        ("event_due", INSTANT),
        ("event_planned", INSTANT),
        ("before", TEXT),  # the activity before it in its case; null for the first
        ("before_at", INSTANT),
        ("before_actor", TEXT),
        ("before_post", TEXT),
        ("before_agency", TEXT),
        ("suspended", FLAG),  # the step that leads here passed while the case was suspended
        ("waiting", FLAG),  # … while it waited for another office
        ("revision", PLACE),  # how many corrections came before this one
        ("key", TEXT),
        ("more", TEXT),
        ("month", TEXT),
    ]
)
"""Columns of a settled event; rows without an event are not among them."""

CASES = pa.schema(
    [
        ("case", TEXT),
        *((name, INSTANT) for name in CASE_TIMES),
        *((name, TEXT) for name in CASE_GROUPS),
        ("agency", TEXT),  # of its newest event that names one
        ("item", TEXT),
        ("events", COUNT),
        ("first", INSTANT),
        ("last", INSTANT),
        ("odd", FLAG),
        ("line", COUNT),  # where its file first tells of it
        ("path", TEXT),  # the activities in order, told apart by a hash
        ("month", TEXT),  # of `started`
    ]
)
"""Columns of a settled case. `started` is its first event's instant where the log says nothing else."""

OF_EVENTS = {
    "activity": ("activity", "before"),
    "actor": ("actor", "before_actor"),
    "post": ("post", "before_post"),
    "agency": ("agency", "before_agency"),
}
"""Names that events have, and in which columns."""
OF_CASES = ("channel", "department", "person", "agency", "item")
"""Names that cases have."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def whole_micros(at: datetime) -> int:
    """Return an aware instant as microseconds since 1970 in UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)
