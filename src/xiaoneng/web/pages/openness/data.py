"""Open data (开放数据): what may be taken away, its dictionary, its catalogue in DCAT, and the files themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.flow.out.catalogue import LEFT_OUT, TABLES, Publisher, catalogue
from xiaoneng.flow.out.figures import FEW_BASIS
from xiaoneng.flow.out.opening import open_tables
from xiaoneng.flow.out.publication import Dataset, Media, Publication, published
from xiaoneng.law.phrase import Phrase
from xiaoneng.web.parts import Empty, Link
from xiaoneng.web.places import places

FORMS = {Media.CSV: "CSV", Media.PARQUET: "Parquet"}
CITY_WIDTH = 6
KIB = 1024
Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file in the list of a data set."""

    table: Phrase
    name: str
    form: str
    rows: int
    size: str
    sha256: str
    href: str


def _publication() -> Publication:
    return published(Path(settings.OPEN_DATA))


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Show every data set with its files, and what each column means."""
    datasets = _publication().datasets
    shown = {
        "datasets": [{"data": one, "files": _files(one)} for one in datasets],
        "tables": open_tables(posts=True) if datasets else (),
        "left_out": LEFT_OUT,
        "basis": FEW_BASIS,
        "empty": Empty(
            title=gettext("还没有发布开放数据"),
            hint=gettext("公开办件汇入事件列并运行 xiaoneng publish-data 之后，文件和数据字典列在这里。"),
            link=Link(words=gettext("看已公开的内容"), href=reverse("open")),
        ),
        "crumbs": (
            Link(words=gettext("公开"), href=reverse("open")),
            Link(words=gettext("开放数据"), href=""),
        ),
    }
    return render(request, "xiaoneng/openness/data.html", shown)


def _files(data: Dataset) -> list[FileLine]:
    return [
        FileLine(
            table=TABLES[one.table],
            name=one.name,
            form=FORMS[one.media],
            rows=one.rows,
            size=_size(one.bytes),
            sha256=one.sha256,
            href=reverse("open-data-file", args=(data.feed, one.name)),
        )
        for one in data.files
    ]


def _size(number: int) -> str:
    """Return a size in the unit that suits it."""
    value, unit = float(number), "B"
    for bigger in ("KiB", "MiB", "GiB"):
        if value < KIB:
            break
        value, unit = value / KIB, bigger
    return f"{value:,.1f} {unit}" if unit != "B" else f"{number} B"


@require_safe
def open_data_catalogue(request: HttpRequest) -> HttpResponse:
    """Return the catalogue in DCAT 3 as JSON-LD."""
    city = places()
    publisher = Publisher(city.division(city.city), city.city.ljust(CITY_WIDTH, "0"))
    address = request.build_absolute_uri(reverse("open-data"))
    said = catalogue(_publication(), address=address, publisher=publisher)
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Type"] = "application/ld+json; charset=utf-8"
    return _for_all(answer)


@require_safe
def open_data_file(request: HttpRequest, feed: str, name: str) -> HttpResponseBase:
    """Stream a published file; what the manifest does not name is not there."""
    publication = _publication()
    data = publication.dataset(feed)
    file = data.file(name) if data else None
    if data is None or file is None:
        raise Http404
    mark = f'"{file.sha256}"'
    if mark in request.headers.get("if-none-match", ""):
        return _for_all(HttpResponse(status=304, headers={"ETag": mark}))
    try:
        stream = publication.place(data, name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(
        stream, as_attachment=True, filename=f"{feed}-{name}", content_type=file.media.value
    )
    answer["ETag"] = mark
    return _for_all(answer)


def _for_all(answer: Answer) -> Answer:
    """Let pages of other sites read an answer: it holds nothing that is not public."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
