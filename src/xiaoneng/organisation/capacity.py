"""Who acts, and in what capacity: a person, in a post, on a day, by a stated standing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaoneng.law.phrase import Phrase


class Standing(StrEnum):
    """How a person holds the post in which they act (AB岗)."""

    PRIMARY = "A"  # 主办
    COVER = "B"  # 协办, acting with the full authority of A
    APPOINTED = "C"  # named by the head of the unit when A and B are both absent
    CITIZEN = "citizen"
    SYSTEM = "system"


class Duty(StrEnum):
    """What a post is there for; a procedure's roles are resolved to posts by it."""

    WINDOW = "window"
    HANDLE = "handle"
    REVIEW = "review"
    OVERSEE = "oversee"
    HEAD = "head"
    SUPERVISE = "supervise"
    COMPLAINTS = "complaints"
    PERSONNEL = "personnel"
    CATALOGUE = "catalogue"
    INSPECT = "inspect"
    LEGALITY = "legality"
    PUBLISH = "publish"

    @property
    def phrase(self) -> Phrase:
        """Return what the duty is called in the office."""
        return DUTY_NAMES[self]


DUTY_NAMES = {
    Duty.WINDOW: Phrase("窗口", "Window"),
    Duty.HANDLE: Phrase("承办", "Handling"),
    Duty.REVIEW: Phrase("审核", "Review"),
    Duty.OVERSEE: Phrase("分管领导", "Leader in charge"),
    Duty.HEAD: Phrase("单位负责人", "Head of unit"),
    Duty.SUPERVISE: Phrase("效能督察", "Supervision"),
    Duty.COMPLAINTS: Phrase("效能投诉", "Complaints"),
    Duty.PERSONNEL: Phrase("人事", "Personnel"),
    Duty.CATALOGUE: Phrase("事项与政务服务", "Catalogue and service"),
    Duty.INSPECT: Phrase("督察巡视", "Inspection"),
    Duty.LEGALITY: Phrase("合法性审查", "Legality review"),
    Duty.PUBLISH: Phrase("公开发布", "Publishing"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """A person acting in a post by a stated standing; for a cover, also the person acted for.

    Names stand here, not only keys, because both names stand on every paper that the act writes.
    """

    person: int = 0
    name: str = ""
    post: str = ""
    title: str = ""
    agency: str = ""
    division: str = ""
    duty: Duty | None = None
    standing: Standing = Standing.CITIZEN
    acting_for: int = 0
    acting_for_name: str = ""

    @property
    def official(self) -> bool:
        """Tell whether the actor is an official in a post."""
        return self.standing in {Standing.PRIMARY, Standing.COVER, Standing.APPOINTED}


CITIZEN = Capacity(name="申请人")
SYSTEM = Capacity(name="系统", standing=Standing.SYSTEM)
