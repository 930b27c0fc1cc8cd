"""Addresses of inspection and hotline."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.web.pages.inspection import listing, lot, mandates, opening, phone, worker

urlpatterns: list[URLPattern] = [
    path("inspect/", phone.visits, name="visits"),
    path("inspect/token/", worker.token, name="visit-token"),
    path("inspect/worker.js", worker.worker, name="visit-worker"),
    path("inspect/<str:number>/", phone.visit, name="visit"),
    path("supervision/inspections/", listing.inspections, name="inspections"),
    path("supervision/inspections/plan/", opening.plan, name="inspection-plan"),
    path("supervision/inspections/<str:number>/lot/", lot.lot, name="inspection-lot"),
    path("supervision/inspections/<str:number>/member/", lot.member, name="inspection-member"),
    path("supervision/hotline/dispatch/", opening.dispatch, name="hotline-dispatch"),
    path("supervision/mandates/", mandates.mandates, name="mandates"),
    path("supervision/mandates.csv", mandates.export, name="mandates-csv"),
]
