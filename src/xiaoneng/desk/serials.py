"""Numbers by the hundred: serials of one prefix and year, taken together in one statement or two."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from xiaoneng.matters.models import Serial
from xiaoneng.matters.number import written


def new_numbers(prefix: str, *, year: int, count: int) -> list[str]:
    """Return the next `count` numbers of a prefix; none is taken by anybody else until the transaction ends."""
    row = Serial.objects.filter(prefix=prefix, year=year)
    if not row.update(last=F("last") + count):
        try:
            with transaction.atomic():
                Serial.objects.create(prefix=prefix, year=year, last=count)
        except IntegrityError:  # somebody else opened the year in this very moment
            row.update(last=F("last") + count)
    last = row.values_list("last", flat=True).get()
    return [written(prefix=prefix, year=year, serial=one) for one in range(last - count + 1, last + 1)]
