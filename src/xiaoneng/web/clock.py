"""What time it is, for pages: the only place where a page asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_hands: list[Callable[[], datetime]] = []


def now() -> datetime:
    """Return the instant, in UTC."""
    return _hands[-1]() if _hands else timezone.now()


def today() -> date:
    """Return the day where the office is."""
    return timezone.localtime(now()).date()


def set_for_tests(source: Callable[[], datetime] | None) -> None:
    """Let pages read the time from `source`, or from the wall again; refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("The clock of a running office cannot be moved.")
    _hands.clear()
    if source:
        _hands.append(source)
