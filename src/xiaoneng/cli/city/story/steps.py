"""Steps of a story one after the other (先后): each so many working days after the last was really done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from xiaoneng.cli.city.story.deeds import Deed, Script, Told, Wait
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.matters.acts import Act, Role


class Steps:
    """What happens one after the other, from an instant on."""

    def __init__(self, seed: str, at: datetime, *, diary: Diary) -> None:
        """Begin at an instant."""
        self.diary, self.at = diary, at
        self.rng = Random(seed)  # noqa: S311 - a story, not a secret

    def do(
        self,
        act: type[Act],
        role: Role | None,
        facts: Mapping[str, object],
        *,
        days: int = 0,
        matter: str = "",
    ) -> Script:
        """Let whoever stands in a role do something so many working days on; the citizen where there is no role."""
        deed = Deed(at=self.later(days), act=act, role=role, facts=facts, matter=matter)
        self.told((yield deed))

    def wait(self, days: int, *, matter: str = "") -> Script:
        """Let working days pass."""
        self.told((yield Wait(at=self.later(days), matter=matter)))

    def later(self, days: int) -> datetime:
        """Return an office moment so many working days on."""
        return self.diary.later(self.at, days, rng=self.rng)

    def told(self, told: Told) -> None:
        """Remember when it was really done."""
        self.at = told.at
