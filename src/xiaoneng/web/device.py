"""Whose things a device keeps: a word for the log-in, so that a shared phone shows nobody what is another's."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LENGTH = 24


def phone_user(request: HttpRequest) -> str:
    """Return a word that stands for the log-in on its device and tells nothing about it; empty for nobody."""
    key = getattr(request.user, "pk", None)
    return salted_hmac("xiaoneng.device", str(key)).hexdigest()[:LENGTH] if key else ""
