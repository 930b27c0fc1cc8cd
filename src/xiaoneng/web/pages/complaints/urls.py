"""Addresses of the complaints: the public's, the centre's."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.complaints import centre, complain, counter

urlpatterns: list[URLPattern] = [
    path("complain/", complain.complain, name="complain"),
    path("desk/open/complaint/", counter.take_in, name="complaint-open"),
    path("desk/open/complaint/look/", counter.look, name="complaint-look"),
    path("centre/", centre.centre, name="centre"),
    path("centre/list.csv", centre.export, name="centre-csv"),
]
