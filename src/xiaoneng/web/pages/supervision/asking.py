"""What every page on where things stick has in common: who may look, at which feed, at which part of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.access import NoFeed
from xiaoneng.supervision.obstruction.access import Source, source
from xiaoneng.supervision.obstruction.answers import GROUPS
from xiaoneng.supervision.obstruction.asked import Asked
from xiaoneng.supervision.pouring import OWN
from xiaoneng.web import clock
from xiaoneng.web.pages.supervision.standing import supervisor
from xiaoneng.web.parts import Link, Words
from xiaoneng.web.places import places

MOST = 500
"""Names offered in a list at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A name that a part can be narrowed to."""

    value: str
    words: Words
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A list of names of one kind."""

    kind: str
    label: Phrase
    choices: tuple[Choice, ...]


def opened(request: HttpRequest, key: str) -> tuple[Source, Asked]:
    """Return a feed and the part asked for; raises Http404 for who does not supervise, and for no such feed."""
    now = clock.now()
    who = supervisor(request, now=now)
    try:
        return source(key, now=now, prefixes=who.prefixes), Asked.of(request.GET)
    except NoFeed:
        raise Http404 from None


def narrowings(one: Source, asked: Asked) -> list[Narrowing]:
    """Return the lists of names by which a feed can be narrowed; those of which it records nothing are left out."""
    chosen = {kind: getattr(asked, field) for field, kind in _FIELDS.items()}
    return [
        Narrowing(
            kind=kind,
            label=GROUPS[kind],
            choices=tuple(
                Choice(value=name, words=named(one, kind, name), chosen=name in chosen[kind])
                for name in names[:MOST]
            ),
        )
        for kind, names in one.names.items()
        if names
    ]


def named(one: Source, kind: str, name: str) -> Words:
    """Return a name as people know it: of our own matters agencies are known by more than a code."""
    if one.key == OWN and kind == "agency":
        known = places().agencies.get(name)
        return known.name if known else name
    return name


def crumbs(one: Source, *further: tuple[Words, str]) -> tuple[Link, ...]:
    """Return the way to a page of a feed."""
    return (
        Link(words=gettext("督察"), href=reverse("supervision")),
        Link(words=gettext("其他系统"), href=reverse("feeds")),
        Link(words=one.name, href=reverse("feed-questions", args=(one.key,)) if further else ""),
        *(Link(words=words, href=href) for words, href in further),
    )


def address(asked: Asked, **more: str) -> str:
    """Return what keeps a part, and more, in an address."""
    return "?" + urlencode([*asked.query(), *((name, value) for name, value in more.items() if value)])


_FIELDS = {"agencies": "agency", "items": "item", "channels": "channel", "departments": "department"}
