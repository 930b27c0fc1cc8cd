"""The city's divisions and agencies by code, read once for a page and passed on as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import access as organisation

NOWHERE = Phrase("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyName:
    """An agency: what it is called, what it does, and where it is."""

    code: str
    name: Phrase
    division: str
    functions: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Divisions and agencies in order of their codes; the first division without a superior is the city."""

    divisions: Mapping[str, Phrase]
    agencies: Mapping[str, AgencyName]
    city: str

    def agency(self, code: str) -> Phrase:
        """Return what an agency is called."""
        found = self.agencies.get(code)
        return found.name if found else Phrase(code, code)

    def division(self, code: str) -> Phrase:
        """Return what a division is called."""
        return self.divisions.get(code, Phrase(code, code))

    def within(self, division: str) -> tuple[AgencyName, ...]:
        """Return the agencies of a division; all of them for none."""
        return tuple(one for one in self.agencies.values() if not division or one.division == division)

    def searched(self) -> dict[str, str]:
        """Return the words by which each agency may be asked for."""
        return {
            code: f"{one.name.zh} {one.name.en} {self.division(one.division).zh} {self.division(one.division).en}"
            for code, one in self.agencies.items()
        }


def places() -> Places:
    """Return every division and agency, in two queries."""
    divisions = list(organisation.divisions())
    agencies = {
        one.pk: AgencyName(
            code=one.pk,
            name=Phrase(one.zh, one.en),
            division=one.division_id,
            functions=Phrase(one.functions, one.functions_en or one.functions),
        )
        for one in organisation.agencies()
    }
    return Places(
        divisions={one.pk: Phrase(one.zh, one.en) for one in divisions},
        agencies=agencies,
        city=next((one.pk for one in divisions if one.superior_id is None), ""),
    )
