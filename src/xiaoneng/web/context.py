"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from xiaoneng.matters.access import LEADING
from xiaoneng.organisation.access import duties_of, in_centre
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock
from xiaoneng.web.device import phone_user
from xiaoneng.web.doors import PUBLIC, STAFF, Door, address, doors


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, the moment the page was made, and the doors that are built."""
    return {
        "house": settings.SITE,
        "as_of": clock.now(),
        "home": address("home") or "/",
        "public_doors": doors(PUBLIC, path=request.path),
        "phone_user": SimpleLazyObject(lambda: phone_user(request)),
        "staff_doors": SimpleLazyObject(lambda: _staff_doors(request)),
    }


def _staff_doors(request: HttpRequest) -> tuple[Door, ...]:
    """Return the doors an official may open: some only to who holds a post of the duty that is behind them."""
    at = clock.now()
    held = duties_of(request.user, at=at)
    shut = {name for name, duties in BEHIND.items() if not held & duties}
    if not in_centre(request.user, at=at):
        shut.add("centre")
    return doors(tuple(one for one in STAFF if one[0] not in shut), path=request.path)


BEHIND = {
    "supervision": frozenset({Duty.SUPERVISE}),
    "inspections": frozenset({Duty.SUPERVISE}),
    "visits": frozenset({Duty.INSPECT}),
    "desk-agency": LEADING,
}
"""Doors that open to some duties only; the centre's opens to who watches over complaints."""
