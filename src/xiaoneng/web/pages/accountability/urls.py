"""Addresses of the accountability pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.accountability import bans, listing, opening, person

urlpatterns: list[URLPattern] = [
    path("accountability/", listing.accountability, name="accountability"),
    path("accountability/list.csv", listing.export, name="accountability-csv"),
    path("accountability/bans/", bans.bans, name="accountability-bans"),
    path("accountability/open/", opening.register, name="accountability-open"),
    path("accountability/mine/", person.mine, name="accountability-mine"),
    path("accountability/people/<int:number>/", person.record, name="accountability-person"),
]
