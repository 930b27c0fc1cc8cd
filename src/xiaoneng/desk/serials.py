"""Numbers by the hundred: serials of one prefix and year, taken together in one statement."""

from __future__ import annotations

from xiaoneng.desk.plain import fetch
from xiaoneng.matters.number import block

TAKE = """INSERT INTO matters_serial (prefix, year, last) VALUES (?, ?, ?)
ON CONFLICT (prefix, year) DO UPDATE SET last = matters_serial.last + excluded.last RETURNING last"""


def new_numbers(prefix: str, *, year: int, count: int) -> list[str]:
    """Return the next `count` numbers of a prefix; none is taken by anybody else until the transaction ends."""
    last = int(fetch(TAKE, (prefix, year, count))[0][0])
    return block(prefix=prefix, year=year, first=last - count + 1, count=count)
