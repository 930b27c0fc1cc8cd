"""What the phone needs beside the page: the worker that keeps it without a connection, and a fresh token."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.web.device import phone_user


@never_cache
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """Return who is logged in and a fresh token for the next sending; 401 for nobody, never the log-in page."""
    if not request.user.is_authenticated:
        return JsonResponse({"user": ""}, status=401)
    return JsonResponse({"user": phone_user(request), "token": get_token(request)})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Return the service worker. It stands under `/inspect/`, and so keeps nothing but these pages."""
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _source() -> str:
    return files("xiaoneng.web").joinpath("static/xiaoneng/inspect-worker.js").read_text(encoding="utf-8")
