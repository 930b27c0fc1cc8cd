"""Addresses of what is public, and of the desk that publishes."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.openness import always, data, exposure, publish, register

urlpatterns: list[URLPattern] = [
    path("open/", register.register, name="open"),
    path("open/exposure/", register.exposures, name="exposures"),
    path("open/exposure/archive/", register.archive, name="exposures-archive"),
    path("open/exposure/feed.xml", register.feed, name="exposures-feed"),
    path("open/exposure/<str:number>/", exposure.exposure, name="exposure"),
    path("always/", always.always, name="always"),
    path("always/<slug:question>/", always.question, name="always-question"),
    path("data/", data.open_data, name="open-data"),
    path("data/catalog.jsonld", data.open_data_catalogue, name="open-data-catalogue"),
    path("data/<slug:feed>/<str:name>", data.open_data_file, name="open-data-file"),
    path("publish/", publish.publish, name="publish"),
    path("publish/exposure/", publish.propose, name="publish-exposure"),
]
