"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from xiaoneng.web import clock
from xiaoneng.web.doors import PUBLIC, STAFF, address, doors


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, the moment the page was made, and the doors that are built."""
    return {
        "house": settings.SITE,
        "as_of": clock.now(),
        "home": address("home") or "/",
        "public_doors": doors(PUBLIC, path=request.path),
        "staff_doors": doors(STAFF, path=request.path),
    }
