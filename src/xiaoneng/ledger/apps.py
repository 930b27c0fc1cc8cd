"""The Django application of this package."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the package to Django."""

    name = "xiaoneng.ledger"
