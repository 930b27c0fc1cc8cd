"""The course of one application (办件经过): what has happened so far, and how its people do the next thing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from xiaoneng.cli.city.shape import ServiceItem
from xiaoneng.cli.city.story.case import Aside, Case
from xiaoneng.cli.city.story.deeds import POST_KEYS, Deed, Place, Script, Told, Wait
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.matters.acts import Act, Role
from xiaoneng.worktime import clock
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Pause, Run


class Course:
    """A case under way: where it rests, since when, until when it was promised."""

    def __init__(self, case: Case, *, diary: Diary) -> None:
        self.case, self.diary = case, diary
        self.rng = Random(case.seed)  # noqa: S311 - a story, not a secret
        self.at: datetime = case.filed
        self.stage = ""
        self.due: date | None = None
        self.started = diary.counted(case.filed)
        self.pauses: list[Pause] = []
        self.examined = False
        self.lacking: tuple[str, ...] = ()

    @property
    def item(self) -> ServiceItem:
        """Return the item applied for."""
        return self.case.offered.item

    @property
    def today(self) -> date:
        """Return the local day of what happened last."""
        return local_day(self.at)

    def has(self, aside: Aside) -> bool:
        """Tell whether this also happens in the matter."""
        return aside in self.case.asides

    def open(self, act: type[Act], *, post: str, facts: dict[str, object]) -> Script:
        """Open the matter."""
        place = Place(procedure="approval", office=self.case.offered.office, item=self.case.offered.code)
        self.told((yield Deed(at=self.at, act=act, post=post, facts=facts, opens=place)))

    def do(self, act: type[Act], role: Role | None, *, at: datetime, **facts: object) -> Script:
        """Let whoever acts in a role do something at `at`; the citizen where no role is named."""
        post = self.case.post(POST_KEYS[role]) if role else ""
        self.told((yield Deed(at=max(at, self.at), act=act, post=post, facts=facts)))

    def wait(self, at: datetime) -> Script:
        """Let time pass."""
        self.told((yield Wait(at=at)))

    def told(self, told: Told) -> None:
        """Remember how a step went."""
        self.at, self.stage, self.due = told.at, told.stage, told.due or self.due

    def when(self, days: int) -> datetime:
        """Return an office moment `days` working days from now, on that very day even if it is late in it."""
        wanted = self.diary.shift(self.today, days)
        at = self.diary.on(wanted, after=self.at, rng=self.rng)
        spilt = local_day(at) > max(wanted, self.today)
        return self.minutes(2, 6) if spilt else at

    def by(self, day: date) -> datetime:
        """Return an office moment on a day, or today where that day has passed."""
        return self.when(max(0, self.diary.between(self.today, day)))

    def minutes(self, least: int, most: int) -> datetime:
        """Return some minutes from now, whatever the hour."""
        return self.at + timedelta(minutes=self.rng.randint(least, most))

    @property
    def left(self) -> int:
        """Return the working days until the promised day; negative past it."""
        return self.diary.between(self.today, self.due) if self.due else 0

    @property
    def used(self) -> int:
        """Return the working days since handling began, without suspensions."""
        held = sum(self.diary.between(one.first, one.until) for one in self.pauses if one.until)
        return max(0, self.diary.between(self.started, self.today) - held)

    def statute_left(self) -> int:
        """Return the working days until the law's last day."""
        run = Run(limit=self.item.statutory, start=self.started, pauses=tuple(self.pauses))
        last = clock.due(run, calendar=self.diary.calendar)
        return self.diary.between(self.today, last) if last else 0
