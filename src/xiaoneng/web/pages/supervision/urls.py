"""Addresses of the supervision pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.supervision import card_files, cards, feeds, gaming, imports, listing, wall

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
]
