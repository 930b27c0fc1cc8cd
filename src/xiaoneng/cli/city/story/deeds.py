"""What a script asks of the stage: a deed by whoever acts then in a post, time to pass, a night. Knows no database.

A script is a generator: it yields a step, is told how it went, and goes on from there. Many scripts are played in
the order of their steps' instants, so that leave and approvals meet as they would in an office.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from xiaoneng.matters.acts import Act, Role
from xiaoneng.organisation.capacity import Standing

POST_KEYS = {
    Role.FIRST_CONTACT: "window",
    Role.HANDLER: "handle",
    Role.REVIEWER: "review",
    Role.LEADER: "oversee",
    Role.HEAD: "head",
    Role.PERSONNEL: "personnel",
}
"""The key, in the city's data, of the post that stands in a role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whoever holds a post with a standing on the day of the deed: a person's key where a fact names somebody."""

    post: str
    standing: Standing = Standing.PRIMARY


class Asked(StrEnum):
    """A fact that only the stage knows when the deed is done."""

    ACTOR = "actor"  # the key of who acts
    OFFICERS = "officers"  # the names of who acts and of a second officer who is there
    LEADER = "leader"  # the name of who acts as leader in charge: presides, and examines nothing
    TASKS = "tasks"  # the open matters of the post that is handed over
    TEAM = "team"  # the keys of the inspectors whom the lot drew


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A fact that refers to another matter of the same script: its number, or that of the newest red card on it."""

    matter: str = ""
    card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a deed opens: a procedure at an office, for an item if it has one, with posts that differ from the usual."""

    procedure: str
    office: str
    item: str = ""
    subject: str = ""
    posts: Mapping[Role, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act at an instant: by the citizen, by who acts then in `post`, or by one holder about their own leave.

    With `role` by who acts in the post that stands in it by then. A script that opens several matters names each.
    """

    at: datetime
    act: type[Act]
    post: str = ""  # empty: the citizen, unless a role says who
    role: Role | None = None
    matter: str = ""
    own: Holder | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    opens: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nobody does anything: at `at` look what time has done to the matter."""

    at: datetime
    matter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The office's own night work at `at`: supervision looks at what is due."""

    at: datetime


Step = Deed | Wait | Night


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a step went: when it was really done, where the matter rests, the date promised."""

    at: datetime
    stage: str = ""
    due: date | None = None


Script = Generator[Step, Told, None]
