"""Written times read as instants on one time line. Knows no calendar of working days and no clock on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
DATE_LENGTH = len("2011-12-06")


@dataclass(frozen=True, slots=True)
class Instant:
    """What a written time means: an instant in UTC, or none; `sentinel`: a far date that stands for none.

    `odd`: it was written without an offset and its hour is skipped or repeated by a change of the clocks;
    the earlier reading is taken.
    """

    at: datetime | None
    odd: bool = False
    sentinel: bool = False


NONE = Instant(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReader:
    """How an agency writes times: the zone of those without offset, the format, and which dates mean "none"."""

    zone: ZoneInfo
    form: str = ""
    none_from: date | None = None
    none_until: date | None = None

    def read(self, text: str, *, day_ends: bool = False) -> Instant:
        """Return the instant that `text` means.

        A date without a time is its beginning, or its last microsecond with `day_ends` (a deadline holds
        through its day). Raises ValueError where `text` is no time.
        """
        if not text:
            return NONE
        written = datetime.strptime(text, self.form) if self.form else datetime.fromisoformat(text)  # noqa: DTZ007
        if self._stands_for_none(written.date()):
            return Instant(None, sentinel=True)
        if day_ends and len(text) == DATE_LENGTH:
            written = datetime.combine(written, time.max)
        try:
            return self._placed(written)
        except OverflowError:
            raise ValueError(text) from None

    def end_of_day(self, at: datetime) -> datetime:
        """Return the last microsecond, in UTC, of the local day that `at` falls on."""
        local = at.astimezone(self.zone)
        return datetime.combine(local, time.max, tzinfo=self.zone).astimezone(UTC)

    def _stands_for_none(self, day: date) -> bool:
        return (self.none_from is not None and day >= self.none_from) or (
            self.none_until is not None and day <= self.none_until
        )

    def _placed(self, written: datetime) -> Instant:
        if written.tzinfo is not None:
            return Instant(written.astimezone(UTC))
        offset = _all_day(self.zone, written.date())
        if offset is not None:
            return Instant((written - offset).replace(tzinfo=UTC))
        local = written.replace(tzinfo=self.zone)
        # Only in an hour that is skipped or repeated do the two folds of a local time have different offsets.
        odd = local.utcoffset() != local.replace(fold=1).utcoffset()
        return Instant(local.astimezone(UTC), odd=odd)


@lru_cache(1 << 13)
def _all_day(zone: ZoneInfo, day: date) -> timedelta | None:
    """Return the offset of a zone that holds from a local midnight to the next; None where the clocks change."""
    if day == date.max:
        return None
    midnights = [datetime.combine(one, time(), tzinfo=zone) for one in (day, day + DAY)]
    offsets = {one.replace(fold=fold).utcoffset() for one in midnights for fold in (0, 1)}
    return offsets.pop() if len(offsets) == 1 else None
