"""Addresses of the one page family for all matters."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.matters import (
    exhibits,
    identity,
    inbox,
    intake,
    paper,
    public,
    receipt,
    staff,
    tracking,
    verify,
)

urlpatterns: list[URLPattern] = [
    path("track/", tracking.track, name="track"),
    path("verify/", verify.verify, name="verify"),
    path("m/<str:number>/", public.matter, name="matter"),
    path("m/<str:number>/code/", public.open_with_code, name="matter-code"),
    path("m/<str:number>/close/", public.close, name="matter-close"),
    path("m/<str:number>/receipt/", receipt.receipt_page, name="receipt-page"),
    path("m/<str:number>/do/<slug:word>/", public.act, name="matter-act"),
    path("m/<str:number>/papers/<int:sequence>.pdf", paper.paper, name="paper"),
    path("m/<str:number>/receipts/<int:sequence>.txt", paper.receipt, name="receipt"),
    path("desk/", inbox.desk, name="desk"),
    path("desk/list.csv", inbox.export, name="desk-csv"),
    path("desk/open/<slug:procedure>/", intake.open_at_counter, name="desk-open"),
    path("desk/m/<str:number>/", staff.matter, name="desk-matter"),
    path("desk/m/<str:number>/exhibits/", exhibits.hand_in_all, name="exhibits-hand-in"),
    path("desk/m/<str:number>/exhibits/<str:sha256>/", exhibits.exhibit, name="exhibit"),
    path("desk/m/<str:number>/identity/", identity.identity, name="identity"),
    path("desk/m/<str:number>/do/<slug:word>/", staff.act, name="desk-act"),
]
