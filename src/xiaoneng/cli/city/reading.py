"""Reads the reference city's data files and checks them whole: one error that names every flaw, or the city."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from xiaoneng.cli.city.checks import flaws_of
from xiaoneng.cli.city.row import Row
from xiaoneng.cli.city.shape import (
    AgencyPlan,
    Approver,
    CaseKind,
    City,
    Counted,
    Division,
    Extension,
    Fee,
    Hall,
    ItemType,
    Level,
    MaterialPlan,
    PostTemplate,
    ServiceItem,
    Special,
    Starts,
    Wanted,
)
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty

FILES = ("divisions", "agencies", "posts", "materials", "items")
Tables = Mapping[str, Mapping[str, object]]


class CityFlawed(ValueError):
    """The data of a city contradict themselves or the law register; `flaws` names everything wrong."""

    def __init__(self, flaws: tuple[str, ...]) -> None:
        super().__init__(f"{len(flaws)} flaws in the city's data:\n" + "\n".join(flaws))
        self.flaws = flaws


def load() -> City:
    """Return the reference city that ships with the product; raises `CityFlawed`."""
    folder = files(__package__)
    return read({name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in FILES})


def read(tables: Tables) -> City:
    """Return the city that `tables` describe, by file name without ending; raises `CityFlawed`."""
    flaws: list[str] = []
    root = {name: Row(tables.get(name, {}), name, flaws) for name in FILES}
    materials = [_material(row) for row in root["materials"].rows("material")]
    named = {one.key: one for one in materials}
    city = City(
        divisions=tuple(_division(row) for row in root["divisions"].rows("division")),
        agencies=tuple(_agency(row) for row in root["agencies"].rows("agency")),
        posts=tuple(_post(row) for row in root["posts"].rows("post")),
        materials=named,
        items=tuple(_item(row, named) for row in root["items"].rows("item")),
        hall=_hall(root["agencies"].row("hall")),
    )
    if len(named) < len(materials):
        flaws.append("materials: a key is used twice")
    flaws.extend(flaws_of(city))
    if flaws:
        raise CityFlawed(tuple(flaws))
    return city


def _division(row: Row) -> Division:
    division = Division(
        code=row.text("code"),
        name=Phrase(row.text("zh"), row.text("en")),
        stem=row.text("stem"),
        superior=row.text("superior"),
    )
    row.close()
    return division


def _hall(row: Row) -> Hall:
    hall = Hall(place=row.pair("place"), hours=row.text("hours"), phone=row.text("phone"))
    row.close()
    return hall


def _agency(row: Row) -> AgencyPlan:
    plan = AgencyPlan(
        function=row.text("function"),
        name=Phrase(row.text("zh"), row.text("en")),
        short=row.text("short"),
        kind=row.text("kind"),
        functions=row.pair("functions"),
        county=row.optional_pair("county"),
        district=row.optional_pair("district"),
    )
    row.close()
    return plan


def _post(row: Row) -> PostTemplate:
    post = PostTemplate(
        key=row.text("key"),
        duty=row.choice("duty", Duty, Duty.HANDLE),
        name=Phrase(row.text("zh"), row.text("en")),
        duties=row.pair("duties"),
        levels=frozenset(row.texts("levels")),
        kinds=frozenset(row.texts("kinds")),
        functions=frozenset(row.texts("functions")),
        external=row.flag("external"),
        superior=row.text("superior"),
    )
    row.close()
    return post


def _material(row: Row) -> MaterialPlan:
    material = MaterialPlan(
        key=row.text("key"),
        name=row.pair("name"),
        originals=row.count("originals"),
        copies=row.count("copies"),
    )
    row.close()
    return material


def _item(row: Row, materials: Mapping[str, MaterialPlan]) -> ServiceItem:
    row.where = f"items: {row.table.get('code', row.where)}"
    statutory, extension, basis, fee = (
        row.row("statutory"),
        row.optional_row("extension"),
        row.optional_row("materials_basis"),
        row.optional_row("fee"),
    )
    item = ServiceItem(
        code=row.text("code"),
        name=row.pair("name"),
        function=row.text("agency"),
        level=row.choice("level", Level, Level.BOTH),
        kind=row.choice("kind", CaseKind, CaseKind.PROMISED),
        type=row.choice("type", ItemType, ItemType.OTHER),
        statutory=statutory.limit(),
        counted=statutory.choice("counted", Counted, Counted.EXPLICIT),
        starts=statutory.choice("starts", Starts, Starts.ACCEPTANCE),
        basis=statutory.citation(),
        promised=row.row("promised").limit(),
        extension=_extension(extension) if extension else None,
        authority=tuple(one.citation() for one in row.rows("authority")),
        examined=row.flag("examined"),
        major_interest=row.flag("major_interest"),
        special=tuple(_special(one) for one in row.rows("special")),
        materials=_wanted(row, materials),
        materials_basis=basis.citation() if basis else None,
        fee=Fee(words=fee.pair("words"), basis=fee.citation()) if fee else None,
        conditions=row.pair("conditions"),
        result=row.pair("result"),
        note=row.optional_pair("note"),
    )
    row.close()
    return item


def _extension(row: Row) -> Extension:
    return Extension(
        limit=row.limit(), approver=row.choice("approver", Approver, Approver.HEAD), basis=row.citation()
    )


def _special(row: Row) -> Special:
    return Special(
        key=row.text("is"),
        name=row.pair("name"),
        suspends=row.flag("suspends"),
        usual=row.limit(),
        basis=row.citation(),
    )


def _wanted(row: Row, materials: Mapping[str, MaterialPlan]) -> tuple[Wanted, ...]:
    keys, follow, applicable = row.texts("materials"), row.texts("may_follow"), row.texts("if_applicable")
    for key in sorted({*keys, *follow, *applicable} - materials.keys()):
        row.flaws.append(f"{row.where}: no material {key!r} in materials")
    for key in sorted({*follow, *applicable} - set(keys)):
        row.flaws.append(f"{row.where}: {key!r} is not among its materials")
    return tuple(
        Wanted(material=materials[key], required=key not in applicable, may_follow=key in follow)
        for key in keys
        if key in materials
    )
