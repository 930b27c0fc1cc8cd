"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.public import apply, board, duty, hall, item, items

urlpatterns: list[URLPattern] = [
    path("", hall.hall, name="home"),
    path("items/", items.items, name="items"),
    path("items/<str:code>/", item.item, name="item"),
    path("apply/<str:code>/", apply.apply, name="apply"),
    path("board/", board.board, name="board"),
    path("board.csv", board.board_csv, name="board-csv"),
    path("board/<str:agency>/", board.board_agency, name="board-agency"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<str:agency>/", duty.duty_agency, name="duty-agency"),
]
