"""Long lists, a page at a time; addresses keep what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from xiaoneng.web.parts import Pages

LAST = 100_000


def page_of(request: HttpRequest) -> int:
    """Return the page asked for, the first where it is none."""
    said = request.GET.get("page", "1")
    return min(int(said), LAST) if said.isascii() and said.isdigit() and int(said) else 1


def pages(total: int, *, size: int, number: int, query: Mapping[str, str]) -> Pages:
    """Return where page `number` stands among the pages of `total` lines."""
    last = max(1, -(-total // size))

    def address(page: int) -> str:
        return "?" + urlencode({**query, "page": page})

    return Pages(
        previous=address(min(number - 1, last)) if number > 1 else "",
        following=address(number + 1) if number < last else "",
        number=number,
        total=last,
    )
