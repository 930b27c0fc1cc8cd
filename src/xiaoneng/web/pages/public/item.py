"""The service guide of one item (办事指南): what to bring, whom to see, how long by law, by promise, and really."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xiaoneng.catalogue.access import ItemUnknown, editions_of, item_on
from xiaoneng.catalogue.item import ItemFacts, Material, Trait
from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty
from xiaoneng.supervision import counting
from xiaoneng.supervision.counting import Period, Scope
from xiaoneng.web import clock
from xiaoneng.web.cited import doubt
from xiaoneng.web.doors import address
from xiaoneng.web.figure_views import days_figure, kept_figure
from xiaoneng.web.parts import FigureView, Link, Notice, Tone, Words
from xiaoneng.web.places import places
from xiaoneng.web.rosters import roster

YEAR = 365
LICENCE = "行政许可法"
COUNTED = {
    "explicit": Phrase("法条写明“工作日”", "The statute says working days"),
    "licence": Phrase(
        "法条写“日”；属行政许可，依《行政许可法》第八十二条按工作日计",
        "The statute says days; for a licence these are working days (Administrative Licensing Law, art. 82)",
    ),
    "calendar": Phrase(
        "法条写“日”；不属行政许可，按自然日计", "The statute says days; no licence, so calendar days"
    ),
    "months": Phrase(
        "法条按月规定，到期日为对应日", "The statute counts months: due on the same day of the month"
    ),
    "instant": Phrase(
        "法条规定当场办理，或者收到即为办结", "The statute says on the spot, or that receipt is enough"
    ),
}
"""How the statute's number was read as a unit."""
REMEDIES = (
    (
        Phrase(
            "申请行政复议：知道决定之日起六十日内",
            "Administrative reconsideration: within sixty days of knowing",
        ),
        Citation("行政复议法", "第二十条"),
    ),
    (
        Phrase("提起行政诉讼：知道决定之日起六个月内", "Action in court: within six months of knowing"),
        Citation("行政诉讼法", "第四十六条"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitView:
    """A limit as the guide tells it: how long, on what basis, how sure, how counted."""

    label: Words
    value: Words
    basis: Words = ""
    doubt: Words | None = None
    counted: Words = ""


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that is to be known before applying."""
    now = clock.now()
    try:
        facts = item_on(code, on=clock.today())
    except ItemUnknown:
        raise Http404 from None
    city = places()
    division = city.agencies[facts.agency].division if facts.agency in city.agencies else ""
    shown = {
        "item": facts,
        "agency": city.agency(facts.agency),
        "division": city.division(division),
        "instant": Trait.INSTANT in facts.traits,
        "from_receipt": Trait.FROM_RECEIPT in facts.traits,
        "limits": _limits(facts),
        "invented": _invented(facts),
        "materials": [(one, copies_said(one), _cited(one.basis)) for one in facts.materials],
        "materials_basis": _one_basis(facts),
        "counters": [
            one for one in roster([facts.agency], now=now)[facts.agency] if one.duty == Duty.WINDOW.phrase
        ],
        "fee": _fee(facts),
        "suspends": Citation(LICENCE, "第四十五条"),
        "remedies": REMEDIES,
        "figures": _lately(facts, now=now),
        "editions": editions_of(code),
        "crumbs": (
            Link(words=gettext("办事指南"), href=address("items")),
            Link(words=facts.name, href=""),
        ),
    }
    return render(request, "xiaoneng/public/item.html", shown)


def _limits(facts: ItemFacts) -> list[LimitView]:
    found = [
        LimitView(
            label=gettext("法定时限"),
            value=facts.statutory.spoken(),
            basis=str_basis(facts.basis),
            doubt=doubt(facts.basis),
            counted=COUNTED.get(facts.counted, ""),
        )
    ]
    if facts.promised is not None:
        told = gettext("演示用，虚构") if facts.promise_is_default else gettext("本机关向社会的承诺")
        found.insert(0, LimitView(label=gettext("承诺时限"), value=facts.promised.spoken(), counted=told))
    if facts.extension is not None:
        found.append(_extension(facts))
    return found


def _extension(facts: ItemFacts) -> LimitView:
    limit, basis = facts.extension, facts.extension_basis
    assert limit is not None  # noqa: S101 - asked for only where there is one
    said = limit.spoken()
    return LimitView(
        label=gettext("可以延长"),
        value=Phrase(f"至多 {said.zh}", f"up to {said.en}"),
        basis=str_basis(basis) if basis else "",
        doubt=doubt(basis) if basis else None,
        counted=gettext("经本机关负责人批准，到期前作出，并把理由告诉申请人"),
    )


def str_basis(basis: Citation) -> Words:
    """Return a citation, or nothing where no instrument is named."""
    return basis if basis.instrument else ""  # type: ignore[return-value]


def _invented(facts: ItemFacts) -> Notice | None:
    if not facts.promise_is_default:
        return None
    return Notice(
        title=gettext("承诺时限、窗口、电话和材料份数是演示用的虚构数据"),
        body=gettext("法定时限和依据取自法律；没有看到原文的，在旁边写明待核实。"),
        tone=Tone.INFO,
    )


def copies_said(material: Material) -> Phrase:
    """Return how many originals and copies are wanted, as written in the catalogue: `1/2` is one and two."""
    originals, found, copies = material.copies.partition("/")
    if not found or not (originals.isdigit() and copies.isdigit()):
        return Phrase(material.copies, material.copies)
    parts = [
        (Phrase(f"原件 {originals} 份", f"{originals} original{_s(originals)}"), int(originals)),
        (Phrase(f"复印件 {copies} 份", f"{copies} cop{'y' if copies == '1' else 'ies'}"), int(copies)),
    ]
    said = [words for words, count in parts if count]
    return Phrase("，".join(one.zh for one in said), ", ".join(one.en for one in said))


def _one_basis(facts: ItemFacts) -> Citation | str:
    """Return the basis of all materials where it is one and the same, to be said once."""
    found = {one.basis for one in facts.materials}
    return _cited(found.pop()) if len(found) == 1 else ""


WRITTEN = re.compile(r"《(?P<instrument>[^》]+)》(?P<article>.*)")


def _cited(basis: str) -> Citation | str:
    """Return the citation that a basis writes out, or the text where it is none."""
    found = WRITTEN.fullmatch(basis)
    return Citation(found["instrument"], found["article"]) if found else basis


def _s(count: str) -> str:
    return "" if count == "1" else "s"


CHARGED = re.compile(r"(?P<words>.*)（(?P<basis>《[^》]+》[^（）]*)）")


def _fee(facts: ItemFacts) -> tuple[Phrase, Citation | str]:
    """Return what is charged and why it may be; for licences the law itself forbids a fee."""
    found = CHARGED.fullmatch(facts.fee.zh)
    if found:
        return Phrase(found["words"], facts.fee.en), _cited(found["basis"])
    free = facts.fee.zh == "不收费" and facts.basis.instrument == LICENCE
    return facts.fee, Citation(LICENCE, "第五十八条") if free else ""


def _lately(facts: ItemFacts, *, now: datetime) -> tuple[FigureView, ...]:
    period = Period.last(YEAR, today=clock.today())
    lately = counting.kept(Scope(item=facts.code), period=period)
    return (
        days_figure(gettext("近一年实际用时"), lately, as_of=now),
        kept_figure(gettext("近一年按承诺办结"), lately, as_of=now),
    )
