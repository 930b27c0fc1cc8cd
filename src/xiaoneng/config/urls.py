"""Addresses of the whole product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("xiaoneng.api.urls")),
    path("", include("xiaoneng.web.urls")),
]
