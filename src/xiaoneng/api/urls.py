"""Addresses for machines."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiaoneng.api import feeds, questions

urlpatterns: list[URLPattern] = [
    path("feeds/<slug:key>/batches", feeds.batches, name="api-batches"),
    path("feeds/<slug:key>/batches/<int:number>", feeds.batch, name="api-batch"),
    path("feeds/<slug:key>/questions/<slug:name>", questions.question, name="api-question"),
]
