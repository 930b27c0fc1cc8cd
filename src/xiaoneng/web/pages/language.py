"""The reader's language: kept in a cookie, so that no account and no script is needed."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

YEAR = 365 * 24 * 3600


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language `code` and go back to the page in `next`; only to a page of this house."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    onward = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(onward if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
