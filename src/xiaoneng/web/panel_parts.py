"""What a panel of the matter page is given: plain values that a procedure's own function makes. Knows no page."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.parts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who looks at a matter: an official in these capacities, or whoever holds its code, who has none."""

    by: tuple[Capacity, ...] = ()

    @property
    def official(self) -> bool:
        """Tell whether an official looks."""
        return any(one.official for one in self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel: its heading, the template that prints it, and what that template is given as `panel`."""

    key: str
    title: Words
    template: str
    shown: object
