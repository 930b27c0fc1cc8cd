"""The panel of photographs on a matter's page (照片): what the record names, what has come, handing in the rest."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.desk.exhibits import Exhibit, exhibits
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.roles import visible_parts
from xiaoneng.web.panel_parts import Onlooker, Panel
from xiaoneng.web.showing import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What the panel shows: a matter's pictures, and how many have not come yet."""

    number: str
    all: tuple[Exhibit, ...]
    missing: int


def may_see(view: View, who: Onlooker) -> bool:
    """Tell whether pictures are shown: to officials whose post stands in the matter, to nobody else."""
    return any(visible_parts(by, view.dossier) for by in who.by if by.official)


def panels(view: View, who: Onlooker) -> tuple[Panel, ...]:
    """Return the panel, where acts name pictures and the reader may see them."""
    found = exhibits(view.dossier) if may_see(view, who) else ()
    if not found:
        return ()
    shown = Pictures(number=view.dossier.number, all=found, missing=sum(not one.held for one in found))
    title = Phrase("照片", "Photographs")
    return (Panel(key="exhibits", title=title, template="xiaoneng/matters/exhibits.html", shown=shown),)
