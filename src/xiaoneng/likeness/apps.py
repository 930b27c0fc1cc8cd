"""The Django application of this package."""

from __future__ import annotations

from django.apps import AppConfig


class LikenessConfig(AppConfig):
    """Names the package to Django."""

    name = "xiaoneng.likeness"
