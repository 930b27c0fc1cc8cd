"""The doors of the house: what the header offers, and only what is built.

A door whose address does not exist yet is not shown, so a page family opens its door by naming its address.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from xiaoneng.law.phrase import Phrase

PUBLIC = (
    ("items", Phrase("办事", "Apply")),
    ("track", Phrase("查进度", "Track")),
    ("complain", Phrase("投诉", "Complain")),
    ("ask", Phrase("问询", "Ask")),
    ("open", Phrase("公开", "Open government")),
    ("board", Phrase("阳光榜", "The board")),
    ("duty", Phrase("岗位", "Who is who")),
)
STAFF = (
    ("desk", Phrase("待办", "My desk")),
    ("desk-agency", Phrase("本机关", "My agency")),
    ("absence", Phrase("请假与交接", "Leave and hand-over")),
    ("visits", Phrase("查访", "Visits")),
    ("supervision", Phrase("督察", "Supervision")),
    ("inspections", Phrase("巡视与热线", "Inspections")),
    ("centre", Phrase("投诉中心", "Complaint centre")),
    ("accountability", Phrase("问责", "Accountability")),
    ("merit", Phrase("考评", "Appraisal")),
    ("publish", Phrase("公开发布", "Publishing")),
    ("office", Phrase("机构与目录", "Office")),
)


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: `here` says that the reader is behind it."""

    words: Phrase
    href: str
    here: bool


def address(name: str) -> str:
    """Return the address of a page without arguments, or nothing where it is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def leads(name: str, *arguments: str) -> str:
    """Return the address of a page about something, or nothing where such pages are not built."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def doors(names: tuple[tuple[str, Phrase], ...], *, path: str) -> tuple[Door, ...]:
    """Return the doors that are built; the one whose address begins `path` longest is where the reader is."""
    named = ((address(name), words) for name, words in names)
    built = [(href, words) for href, words in named if href]
    here = max((href for href, _ in built if path.startswith(href)), key=len, default="")
    return tuple(Door(words, href, href == here) for href, words in built)
