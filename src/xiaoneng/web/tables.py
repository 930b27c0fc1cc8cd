"""Tables handed out as files (CSV), for spreadsheets: in UTF-8 with its mark, and no cell that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from django.http import HttpResponse

FORMULA = frozenset("=+-@\t\r")


def csv_table(name: str, heads: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return a table as the file `name`.csv."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")  # without it spreadsheets read Chinese as something else
    out = csv.writer(answer)
    out.writerow(heads)
    out.writerows(map(_defused, row) for row in rows)
    return answer


def _defused(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; a number below nought is none."""
    if not isinstance(cell, str) or cell[:1] not in FORMULA or cell.lstrip("-").isdecimal():
        return cell
    return f"'{cell}"
