"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from xiaoneng.matters.access import LEADING
from xiaoneng.organisation.access import duties_of
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock
from xiaoneng.web.doors import PUBLIC, STAFF, Door, address, doors


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, the moment the page was made, and the doors that are built."""
    return {
        "house": settings.SITE,
        "as_of": clock.now(),
        "home": address("home") or "/",
        "public_doors": doors(PUBLIC, path=request.path),
        "staff_doors": SimpleLazyObject(lambda: _staff_doors(request)),
    }


def _staff_doors(request: HttpRequest) -> tuple[Door, ...]:
    """Return the doors an official may open: some only to who holds a post of the duty that is behind them."""
    held = duties_of(request.user, at=clock.now())
    open_to = tuple(one for one in STAFF if one[0] not in BEHIND or held & BEHIND[one[0]])
    return doors(open_to, path=request.path)


BEHIND = {"supervision": frozenset({Duty.SUPERVISE}), "desk-agency": LEADING}
"""Doors that open to some duties only."""
