"""A mark of where a request comes from (来处标记): a keyed digest, another one every month; never the address."""

from __future__ import annotations

import hmac
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from xiaoneng.worktime.days import local_day

LENGTH = 20
"""Hexadecimal digits kept: enough to tell places apart, and no more."""


def place_of(request: HttpRequest, *, now: datetime) -> str:
    """Return the mark of the network address that a request comes from, in the month of `now`; empty if unknown."""
    address = _address(request)
    if not address:
        return ""
    month = local_day(now).strftime("%Y-%m")
    key = f"place of a rating/{settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{month}/{address}".encode(), "sha256").hexdigest()[:LENGTH]


def _address(request: HttpRequest) -> str:
    """Return who called; behind a proxy on this machine, whom that proxy names last: the rest can be made up."""
    called = str(request.META.get("REMOTE_ADDR", "")).strip()
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told if told and _own(called) else called


def _own(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:  # a socket of this machine has no address
        return not address
