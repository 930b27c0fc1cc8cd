"""Addresses of the pages, one block a page family."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from xiaoneng.web.pages import entry, language, style

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xiaoneng.web.pages.public.urls")),
    path("", include("xiaoneng.web.pages.supervision.urls")),
    path("", include("xiaoneng.web.pages.office.urls")),
    path("", include("xiaoneng.web.pages.openness.urls")),
    path("", include("xiaoneng.web.pages.accountability.urls")),
    path("", include("xiaoneng.web.pages.inspection.urls")),
    path("language/<slug:code>/", language.language, name="language"),
    path("login/", entry.Login.as_view(), name="login"),
    path("logout/", entry.Logout.as_view(), name="logout"),
    path("", include("xiaoneng.web.pages.complaints.urls")),
    path("", include("xiaoneng.web.pages.matters.urls")),
    path("style/", style.style, name="style"),
    path("style/desk/", style.style_desk, name="style-desk"),
]
