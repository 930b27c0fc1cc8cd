"""Who in this session opened which matter with its code, and how often wrong codes were tried. Knows no page.

Wrong tries are counted in the cache by address and matter: a code has 50 random bits, five tries an hour are
plenty for slips and useless for guessing. Where several processes serve, each counts for itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

from xiaoneng.matters.access import NotFound, access_with_code

OPENED = "opened"
STAYS = timedelta(hours=12)
HOUR = 3600
TRIES_A_MATTER = 5
TRIES_AN_ADDRESS = 30


class Answer(StrEnum):
    """What a code brought."""

    RIGHT = "right"
    WRONG = "wrong"
    STOPPED = "stopped"


def remember(request: HttpRequest, number: str, *, now: datetime) -> None:
    """Keep in the session that its holder showed the code of a matter."""
    request.session[OPENED] = {**request.session.get(OPENED, {}), number: now.isoformat()}


def forget(request: HttpRequest, number: str) -> None:
    """Close a matter again for this session, as on a shared screen."""
    request.session[OPENED] = {
        one: at for one, at in request.session.get(OPENED, {}).items() if one != number
    }


def remembered(request: HttpRequest, number: str, *, now: datetime) -> bool:
    """Tell whether this session showed the code of a matter within twelve hours."""
    at = request.session.get(OPENED, {}).get(number)
    return bool(at) and now - datetime.fromisoformat(at) < STAYS


def show(request: HttpRequest, number: str, *, code: str, now: datetime) -> Answer:
    """Try a code: open the matter for this session, or count the wrong try."""
    keys = _counters(request, number)
    if any(int(cache.get(key, 0)) >= most for key, most in keys):
        return Answer.STOPPED
    try:
        access_with_code(number, code=code)
    except NotFound:
        for key, _ in keys:
            _count(key)
        return Answer.WRONG
    remember(request, number, now=now)
    return Answer.RIGHT


def _counters(request: HttpRequest, number: str) -> tuple[tuple[str, int], ...]:
    address = sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:24]
    session = request.session.session_key
    of_session = ((f"codes/{session}/{number}", TRIES_A_MATTER),) if session else ()
    return (
        (f"codes/{address}/{number}", TRIES_A_MATTER),
        (f"codes/{address}", TRIES_AN_ADDRESS),
        *of_session,
    )


def _count(key: str) -> None:
    if not cache.add(key, 1, timeout=HOUR):
        cache.incr(key)
