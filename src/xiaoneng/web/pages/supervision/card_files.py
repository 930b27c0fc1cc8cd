"""Cards as a table (CSV): what the reader may see, with where each case rests; names of persons are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiaoneng.desk import inbox
from xiaoneng.organisation.access import capacities_of
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision.access import CardFilter, card_list
from xiaoneng.supervision.levels import Cause, Level
from xiaoneng.web import clock
from xiaoneng.web.matter_rows import stage
from xiaoneng.web.tables import csv_table
from xiaoneng.web.wording import local_day, spoken

MOST = 20_000


@login_required
@never_cache
@require_safe
def cards_csv(request: HttpRequest) -> HttpResponse:
    """Return the cards that the reader may see as a file, narrowed as the list is."""
    by = capacities_of(request.user, at=clock.now())
    said = {name: request.GET.get(name, "") for name in ("level", "agency", "state")}
    levels = (Level(said["level"]),) if said["level"] in list(Level) else ()
    narrowed = CardFilter(levels=levels, agency=said["agency"], state=said["state"])
    return csv_table("cards", _heads(), _lines(by, narrowed))


def _lines(by: Iterable[Capacity], narrowed: CardFilter) -> Iterator[tuple[str, ...]]:
    rows = list(card_list(by, narrowed=narrowed)[:MOST])
    states = _states([one.case for one in rows if one.case], today=clock.today())
    for one in rows:
        state, due = states.get(one.case_id or 0, ("", ""))
        yield (
            one.number,
            spoken(Level(one.level).phrase),
            spoken(Cause(one.cause).phrase),
            one.matter.number,
            one.agency,
            one.post,
            local_day(one.raised_at).isoformat(),
            one.case.number if one.case else "",
            state,
            due,
            one.zh,
        )


def _heads() -> tuple[str, ...]:
    return (
        gettext("牌号"),
        gettext("种类"),
        gettext("缘由"),
        gettext("办件"),
        gettext("机关"),
        gettext("岗位"),
        gettext("出牌日"),
        gettext("办理编号"),
        gettext("办理情况"),
        gettext("本步期限"),
        gettext("查出什么"),
    )


def _states(cases: list, *, today: date) -> dict[int, tuple[str, str]]:  # type: ignore[type-arg]
    """Return where each case rests and by when, by its key."""
    return {
        one.matter.pk: (spoken(stage(one)), one.due.isoformat() if one.due else "")
        for one in inbox.listed(cases, today=today)
    }
