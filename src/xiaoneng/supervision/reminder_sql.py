"""The statements by which reminders are filed as sets, in plain SQL; nothing is judged here.

A few words differ between databases (`Dialect`). Every value is bound, with `?` for its place. Matters and alarms
are looked up one key at a time (`LATERAL ... LIMIT 1`): with thousands in a batch PostgreSQL would else read the
whole table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

KIND = {
    "place": "int",
    "key": "text",
    "level": "text",
    "cause": "text",
    "rule": "text",
    "rung": "text",
    "rule_set": "text",
    "rule_set_edition": "int",
    "instrument": "text",
    "article": "text",
    "since": "timestamptz",
    "told": "boolean",
    "person": "bigint",
    "person_name": "text",
    "acting_for_name": "text",
    "promised_on": "date",
    "statutory_on": "date",
    "zh": "text",
    "en": "text",
}
"""What reminders of one kind share, with the types by which PostgreSQL reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What two databases write differently: locks, looking up by key, gathering, and lists as values."""

    lock: str
    look_up: str
    gather: str
    kinds: str
    only_kinds: str
    any_of: str


POSTGRESQL = Dialect(
    lock="FOR UPDATE OF a SKIP LOCKED",
    look_up="CROSS JOIN LATERAL (SELECT * FROM {table} WHERE id = {key} LIMIT 1) {name}",
    gather="json_agg(h.id)",
    kinds=", ".join(KIND),
    only_kinds="json_to_recordset(?) AS kinds("
    + ", ".join(f"{name} {kind}" for name, kind in KIND.items())
    + ")",
    any_of="= ANY(CAST(? AS bigint[]))",
)
SQLITE = Dialect(
    lock="",
    look_up="CROSS JOIN {table} {name} ON {name}.id = {key}",
    gather="json_group_array(h.id)",
    kinds=", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in KIND),
    only_kinds="json_each(?)",
    any_of="IN (SELECT value FROM json_each(?))",
)


def _look_up(dialect: Dialect, table: str, key: str, name: str) -> str:
    return dialect.look_up.format(table=table, key=key, name=name)


HOLD = """
WITH held AS MATERIALIZED (
    SELECT a.id, a.matter_id, a.clock, a.run, a.axis, a.at, a.calendar
    FROM matters_alarm a
    WHERE a.rung = ? AND a.axis = ? AND a.at <= ? {calendars}
        AND NOT EXISTS (SELECT 1 FROM supervision_putoff p WHERE p.matter_id = a.matter_id AND p.until > ?)
    ORDER BY a.at LIMIT {limit} {lock})
SELECT h.clock, h.run, h.axis, h.at, h.calendar, m.division, m.owner_post,
    CASE WHEN m.clock = h.clock THEN m.statutory END,
    (SELECT 1 FROM supervision_card c WHERE c.matter_id = h.matter_id AND c.clock = h.clock AND c.run = h.run
        AND c.rung = ? LIMIT 1) IS NOT NULL,
    {gather}
FROM held h {matter}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY h.at
"""
"""Hold the oldest reminders due in one range of the queue, and say of what kinds they are.

Gives: clock, run, axis, end, calendar, division, post, the lawful end where this is the foremost clock, whether
it was filed before, and the alarms. Values: rung, axis, up to, calendars, now, rung.
"""


@cache
def hold(dialect: Dialect, *, only: int, others: int, limit: int) -> str:
    """Return the statement that holds reminders on so many calendars, or on all but so many."""
    calendars = ""
    if only:
        calendars = f"AND a.calendar IN ({', '.join(['?'] * only)})"
    if others:
        calendars += f" AND a.calendar NOT IN ({', '.join(['?'] * others)})"
    matter = _look_up(dialect, "matters_matter", "h.matter_id", "m")
    return HOLD.format(
        calendars=calendars, limit=limit, lock=dialect.lock, gather=dialect.gather, matter=matter
    )


CARDS = """
WITH given(alarm, place, number) AS ({given}), kind AS MATERIALIZED (SELECT {kinds} FROM {only_kinds})
INSERT INTO supervision_card (number, matter_id, key, level, cause, rule, clock, run, rung, rule_set,
    rule_set_edition, instrument, article, since, raised_at, told, agency, division, post, person, person_name,
    acting_for_name, stage, promised_on, statutory_on, sequences, zh, en)
SELECT g.number, a.matter_id, k.key, k.level, k.cause, k.rule, a.clock, a.run, k.rung, k.rule_set,
    k.rule_set_edition, k.instrument, k.article, k.since, {now}, k.told, m.agency, m.division, m.owner_post,
    k.person, k.person_name, k.acting_for_name, m.stage, k.promised_on, k.statutory_on,
    CAST(m.acts_seen AS text), k.zh, k.en
FROM given g JOIN kind k ON k.place = g.place {alarm} {matter}
WHERE true ORDER BY g.number
ON CONFLICT DO NOTHING RETURNING level
"""
"""File a card for every alarm given, with the words of its kind and the facts of its matter; gives the levels.

Values: the alarms with their kinds and numbers, the kinds, now.
"""


@cache
def cards(dialect: Dialect, *, count: int) -> str:
    """Return the statement that files `count` cards."""
    if dialect is SQLITE:
        given, now = "VALUES " + ", ".join(["(?, ?, ?)"] * count), "?"
    else:
        given = "SELECT * FROM unnest(CAST(? AS bigint[]), CAST(? AS int[]), CAST(? AS text[]))"
        now = "CAST(? AS timestamptz)"
    return CARDS.format(
        given=given,
        kinds=dialect.kinds,
        only_kinds=dialect.only_kinds,
        now=now,
        alarm=_look_up(dialect, "matters_alarm", "g.alarm", "a"),
        matter=_look_up(dialect, "matters_matter", "a.matter_id", "m"),
    )


NOTICES = """
INSERT INTO matters_notice (key, matter_id, sequence, recipient, kind, zh, en, created_at, due_at, via, attempts)
SELECT c.number || '/' || c.post, c.matter_id, 0, c.post, c.level,
    replace(replace(replace(CAST(? AS text), '{{card}}', c.number), '{{matter}}', m.number), '{{what}}', c.zh),
    replace(replace(replace(CAST(? AS text), '{{card}}', c.number), '{{matter}}', m.number), '{{what}}', c.en),
    c.raised_at, {due_at}, '', 0
FROM supervision_card c {matter}
WHERE c.number BETWEEN ? AND ? AND c.level = ? AND c.told AND c.post <> ''
ORDER BY c.number
ON CONFLICT DO NOTHING
"""
"""Tell the posts named by the cards of one level in a block of numbers.

Values: the notice in both languages with {card}, {matter} and {what} in it, when it may leave, the first and the
last number, the level.
"""


@cache
def notices(dialect: Dialect) -> str:
    """Return the statement that tells of a block of cards."""
    due_at = "?" if dialect is SQLITE else "CAST(? AS timestamptz)"
    return NOTICES.format(matter=_look_up(dialect, "matters_matter", "c.matter_id", "m"), due_at=due_at)


@cache
def drop(dialect: Dialect) -> str:
    """Return the statement that takes alarms out of the queue; its value is their keys."""
    return f"DELETE FROM matters_alarm WHERE id {dialect.any_of}"  # noqa: S608 - the words are ours
