"""Addresses of the office's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.office import absence, agency, loading, year

urlpatterns: list[URLPattern] = [
    path("desk/absence/", absence.absence, name="absence"),
    path("desk/agency/", agency.agency, name="desk-agency"),
    path("office/calendar/", year.calendar, name="calendar"),
    path("office/calendar/load/", loading.load, name="calendar-load"),
]
