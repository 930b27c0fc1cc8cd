"""Addresses of the supervision pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.supervision import (
    card_files,
    cards,
    feeds,
    gaming,
    imports,
    listing,
    obstruction,
    questions,
    wall,
)

urlpatterns: list[URLPattern] = [
    path("supervision/", wall.wall, name="supervision"),
    path("supervision/matters/", listing.matters, name="supervision-matters"),
    path("supervision/cards/", cards.cards, name="cards"),
    path("supervision/cards.csv", card_files.cards_csv, name="cards-csv"),
    path("supervision/gaming/", gaming.checks, name="gaming"),
    path("supervision/cards/<str:number>/", cards.card, name="card"),
    path("supervision/feeds/", feeds.feeds, name="feeds"),
    path("supervision/feeds/<slug:key>/", feeds.feed, name="feed"),
    path("supervision/feeds/<slug:key>/imports/", imports.imports, name="feed-imports"),
    path("supervision/feeds/<slug:key>/imports/<int:number>/", imports.one, name="feed-import"),
    path("supervision/feeds/<slug:key>/imports/<int:number>/faults.csv", imports.csv, name="feed-faults-csv"),
    path("supervision/feeds/<slug:key>/map/", obstruction.obstruction, name="feed-map"),
    path("supervision/feeds/<slug:key>/map.svg", obstruction.map_svg, name="feed-map-svg"),
    path("supervision/feeds/<slug:key>/map/matters/", obstruction.behind, name="feed-behind"),
    path("supervision/feeds/<slug:key>/questions/", questions.questions, name="feed-questions"),
    path("supervision/feeds/<slug:key>/questions/<slug:name>/", questions.question, name="feed-question"),
]
