"""Loading the reference city: its offices, posts, invented people and items, through the packages' own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection

from xiaoneng.catalogue.actions import NewItem, publish_first
from xiaoneng.catalogue.item import ItemFacts, Material, Trait
from xiaoneng.cli.city.roll import Offered, offered, offices, places
from xiaoneng.cli.city.shape import CaseKind, City, Fee, Starts
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.actions import NewAgency, NewDivision, NewPost, found

FOUNDED = datetime(2024, 12, 31, 16, tzinfo=UTC)
"""Midnight of 1 January 2025 on the office's wall: since when the invented people hold their posts."""


def load_city(city: City) -> tuple[int, int]:
    """Load the whole city into an empty database; return how many people and items there are now."""
    divisions = [NewDivision(code=one.code, name=one.name, superior=one.superior) for one in city.divisions]
    agencies = [
        NewAgency(
            code=one.code,
            division=one.division.code,
            name=one.name,
            short=one.plan.short,
            functions=one.plan.functions,
        )
        for one in offices(city)
    ]
    people = found(divisions, agencies, _posts(city), since=FOUNDED)
    items = publish_first([_item(one) for one in offered(city)])
    _count_rows()
    return people, items


def _count_rows() -> None:
    """Let PostgreSQL's planner know at once how many rows there are; by itself it learns a minute or so later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _posts(city: City) -> list[NewPost]:
    return [
        NewPost(
            code=one.code,
            agency=one.office,
            name=one.template.name,
            duty=one.duty,
            duties=one.template.duties,
            external=one.template.external,
            superior=one.superior,
            holders=tuple((f"{who.name}（虚构）", who.romanised) for who in (one.primary, one.cover)),
        )
        for one in places(city)
    ]


def _item(one: Offered) -> NewItem:
    plan = one.item
    traits = {
        Trait.INSTANT: plan.kind is CaseKind.INSTANT,
        Trait.EXAMINED: plan.examined,
        Trait.FROM_RECEIPT: plan.starts in {Starts.RECEIPT, Starts.ALL_VALID_DOCUMENTS},
    }
    facts = ItemFacts(
        code=one.code,
        edition=1,
        name=plan.name,
        agency=one.office,
        in_force=date(2025, 1, 1),
        statutory=plan.statutory,
        basis=plan.basis,
        promised=plan.promised,
        extension=plan.extension.limit if plan.extension else None,
        extension_basis=plan.extension.basis if plan.extension else None,
        traits=frozenset(trait for trait, has in traits.items() if has),
        materials=_materials(one),
        special=tuple(special.name for special in plan.special),
        conditions=plan.conditions,
        fee=_charged(plan.fee),
        result=plan.result,
        place=one.window,
        hours=one.hours,
        phone=one.phone,
        major_interest=plan.major_interest,
        counted=plan.counted,
        note=plan.note or Phrase("", ""),
        promise_is_default=True,
    )
    return NewItem(facts=facts, division=one.office[:6], kind=plan.type)


def _charged(fee: Fee | None) -> Phrase:
    """Return what is charged; behind the Chinese words the article that lets it be."""
    if fee is None:
        return Phrase("不收费", "No fee")
    return Phrase(f"{fee.words.zh}（{fee.basis}）", fee.words.en)


def _materials(one: Offered) -> tuple[Material, ...]:
    basis = str(one.item.materials_basis) if one.item.materials_basis else ""
    return tuple(
        Material(
            key=wanted.material.key,
            name=wanted.material.name,
            required=wanted.required,
            conditional=wanted.may_follow,
            copies=f"{wanted.material.originals}/{wanted.material.copies}",
            basis=basis,
        )
        for wanted in one.item.materials
    )
