"""What taken rows say of each case (列中之件), as reading the files would: streamed, in the order in which cases were told.

The newest row of every key counts, and the newest row of a case says what holds of it, even that something holds no
more: a case that is open again has no end. Rows of forms that tell a case in parts (`LogMapping.form`) unsay nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pyarrow as pa

from xiaoneng.flow.case import ReadCase
from xiaoneng.flow.columns.manner import MEMORY
from xiaoneng.flow.columns.schema import CASE_GROUPS, CASE_TIMES, INSTANT
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.columns.taking import engine, known
from xiaoneng.flow.mapping import LogMapping

AT_ONCE = 5_000

NEWEST = """
CREATE TEMP VIEW newest AS
SELECT *, (batch::BIGINT << 40) + line AS told FROM known {narrowed}
QUALIFY row_number() OVER (PARTITION BY key ORDER BY batch DESC, line DESC) = 1
"""
TOUCHED = 'SEMI JOIN (SELECT DISTINCT "case" FROM known WHERE batch = {batch}) USING ("case")'
CASES = """
SELECT "case" AS key, {facts},
       count("at") AS events, min("at") AS first, max("at") AS last,
       bool_or(odd) AS odd_clock, arg_min(line, told) AS line
FROM newest GROUP BY "case" ORDER BY min(told)
"""
NEWEST_ROW, NEWEST_SAID = "arg_max_null({0}, told)", "arg_max({0}, told)"
NEWEST_TEXT_SAID = "coalesce(arg_max(nullif({0}, ''), told), '')"
OF_LATEST_EVENT = "coalesce(arg_max({0}, {{'a': \"at\", 't': told}}) FILTER (\"at\" IS NOT NULL), '')"


def cases_of(
    store: Store, feed: str, *, mapping: LogMapping, batch: int | None = None, memory: str = MEMORY
) -> Iterator[ReadCase]:
    """Yield the cases of a feed as all that was taken tells them, or only those of which import `batch` told.

    A case of which nothing tells when it began is not among them.
    """
    narrowed = "" if batch is None else TOUCHED.format(batch=int(batch))
    with engine(store, memory=memory) as connection:
        known(store, feed, connection)
        connection.execute(NEWEST.format(narrowed=narrowed))
        cases = connection.sql(CASES.format(facts=_facts(mapping)))
        reader = cases.to_arrow_reader(AT_ONCE)
        told = _in_utc(reader.schema)
        for rows in reader:
            for row in rows.cast(told).to_pylist():
                row["started"] = row["started"] or row["first"]
                if isinstance(row["started"], datetime):
                    yield ReadCase(**row)


def _in_utc(schema: pa.Schema) -> pa.Schema:
    """Return a schema whose instants are in UTC: the engine hands them out in the zone of the process."""
    return pa.schema([one.with_type(INSTANT) if pa.types.is_timestamp(one.type) else one for one in schema])


def _facts(mapping: LogMapping) -> str:
    times = NEWEST_SAID if mapping.form else NEWEST_ROW
    texts = NEWEST_TEXT_SAID if mapping.form else NEWEST_ROW
    said = dict.fromkeys(CASE_TIMES, times)
    said |= {name: OF_LATEST_EVENT if name in mapping.event_level else texts for name in CASE_GROUPS}
    return ", ".join(f"{how.format(name)} AS {name}" for name, how in said.items())
