"""Where the choices of an act's questions come from: the one place that turns their words into possible answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiaoneng.catalogue.item import Material
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.access import reach
from xiaoneng.matters.acts import Asked
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.team import team_of
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.inspection import InspectionPlanned
from xiaoneng.organisation import access as organisation
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules import materials
from xiaoneng.web import complaint_choices
from xiaoneng.web.asking import Choice
from xiaoneng.web.office_words import CHOICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is asked, about what, when: everything that choices depend on. A matter not yet open has no acts."""

    by: Capacity
    now: datetime
    agency: str
    dossier: Dossier | None = None
    listed: tuple[Material, ...] = ()
    kept: dict[str, tuple[Choice, ...]] = field(default_factory=dict)


def choices(question: Asked, asking: Asking) -> tuple[Choice, ...]:
    """Return the possible answers to a question, none where it is not a choice; each word is looked up once a page."""
    word = question.choices
    if not word:
        return ()
    if word not in asking.kept:
        found = SOURCES.get(word)
        asking.kept[word] = tuple(found(asking)) if found else tuple(_closed(word))
    return asking.kept[word]


def _closed(word: str) -> Iterator[Choice]:
    for value, words in CHOICES.get(word, {}).items():
        yield Choice(value=value, words=words)


def _materials(asking: Asking) -> Iterator[Choice]:
    yield from (_material(one) for one in _list(asking))


def _gaps(asking: Asking) -> Iterator[Choice]:
    yield from (_material(one) for one in _list(asking) if one.key not in _held(asking))


def _in_hand(asking: Asking) -> Iterator[Choice]:
    yield from (_material(one) for one in _list(asking) if one.key in _held(asking))


def _outstanding(asking: Asking) -> Iterator[Choice]:
    wanted = materials.outstanding(asking.dossier.acts) if asking.dossier else frozenset()
    yield from (_material(one) for one in _list(asking) if one.key in wanted)


def _conditional(asking: Asking) -> Iterator[Choice]:
    yield from (_material(one) for one in _list(asking) if one.conditional and one.key not in _held(asking))


def _list(asking: Asking) -> tuple[Material, ...]:
    item = asking.dossier.item if asking.dossier else None
    return item.materials if item else asking.listed


def _held(asking: Asking) -> frozenset[str]:
    return materials.held(asking.dossier.acts) if asking.dossier else frozenset()


FOLLOWS = Phrase("可以容缺后补", "May follow later")
IF_ANY = Phrase("符合情形的才需要", "Only where it applies")


def _material(one: Material) -> Choice:
    hint = FOLLOWS if one.conditional else Phrase("", "") if one.required else IF_ANY
    return Choice(value=one.key, words=one.name, hint=hint if hint.zh else "")


def _posts(asking: Asking) -> Iterator[Choice]:
    for post in organisation.posts_of(asking.agency):
        yield Choice(value=post.pk, words=Phrase(post.zh, post.en))


def _colleagues(asking: Asking) -> Iterator[Choice]:
    for person in organisation.colleagues_of(asking.by, at=asking.now):
        yield Choice(value=str(person.pk), words=Phrase(person.name, person.romanised or person.name))


def _people(asking: Asking) -> Iterator[Choice]:
    yield from _self(asking)
    yield from _colleagues(asking)


def _self(asking: Asking) -> Iterator[Choice]:
    if asking.by.person:
        yield Choice(value=str(asking.by.person), words=asking.by.name)


def _staff(asking: Asking) -> Iterator[Choice]:
    """Yield everybody who holds a post in the agency that the form is about."""
    for person in organisation.staff_of(asking.agency, at=asking.now):
        yield Choice(value=str(person.pk), words=Phrase(person.name, person.romanised or person.name))


def _investigating(dossier: Dossier) -> Iterator[Choice]:
    """Yield everybody who handles a dereliction: who holds its posts, and the investigators named in it."""
    people = {one.person: one.name for seat in dossier.seats.values() for one in seat.holdings}
    people |= {number: one.name for number, one in dossier.people.items()}
    concerned = int(getattr(dossier.opening, "person", 0))
    for number, name in sorted(people.items(), key=lambda one: one[1]):
        if number != concerned:
            yield Choice(value=str(number), words=name)


def _allegations(asking: Asking) -> Iterator[Choice]:
    yield from complaint_choices.allegations(asking.dossier)


def _agencies(asking: Asking) -> Iterator[Choice]:
    yield from complaint_choices.agencies(asking.dossier, asking.agency)


def _places(_: Asking) -> Iterator[Choice]:
    yield from complaint_choices.places()


def _kinds(_: Asking) -> Iterator[Choice]:
    yield from complaint_choices.kinds()


def _officials(asking: Asking) -> Iterator[Choice]:
    yield from complaint_choices.officials(asking.dossier, now=asking.now)


def _handlers(asking: Asking) -> Iterator[Choice]:
    if asking.dossier and not isinstance(asking.dossier.opening, ComplaintMade):
        yield from _investigating(asking.dossier)
        return
    yield from complaint_choices.handlers(asking.dossier, asking.by, now=asking.now)


def _team(asking: Asking) -> Iterator[Choice]:
    acts = asking.dossier.acts if asking.dossier else ()
    names = organisation.names_of(team_of(acts))
    for person in team_of(acts):
        yield Choice(value=str(person), words=names.get(person, str(person)))


def _agencies_below(asking: Asking) -> Iterator[Choice]:
    """Yield every agency under the actor's supervision, their own office left out."""
    below = reach(asking.by)
    for one in organisation.agencies().filter(division__code__startswith=below).exclude(pk=asking.by.agency):
        yield Choice(value=one.pk, words=Phrase(one.zh, one.en))


def _agencies_visited(asking: Asking) -> Iterator[Choice]:
    planned = visited(asking.dossier)
    yield from (one for one in _agencies_below(asking) if not planned or one.value in planned)


def _posts_visited(asking: Asking) -> Iterator[Choice]:
    """Yield the posts of the agencies visited; of all below where only an area was planned."""
    named = {one.value: one.words for one in _agencies_visited(asking)}
    for post in organisation.posts_of_all(named):
        agency = named[post.agency_id]
        if isinstance(agency, Phrase):
            yield Choice(value=post.pk, words=Phrase(f"{agency.zh} {post.zh}", f"{agency.en}: {post.en}"))


def visited(dossier: Dossier | None) -> tuple[str, ...]:
    """Return the agencies that an inspection was planned for; none for an area, or any other matter."""
    opening = dossier.opening if dossier else None
    return opening.agencies if isinstance(opening, InspectionPlanned) else ()


SOURCES: Mapping[str, Callable[[Asking], Iterator[Choice]]] = {
    "materials": _materials,
    "gaps": _gaps,
    "held": _in_hand,
    "outstanding": _outstanding,
    "conditional": _conditional,
    "posts": _posts,
    "colleagues": _colleagues,
    "people": _people,
    "self": _self,
    "staff": _staff,
    "allegations": _allegations,
    "agencies": _agencies,
    "places": _places,
    "complaint_kind": _kinds,
    "officials": _officials,
    "handlers": _handlers,
    "team": _team,
    "agencies_below": _agencies_below,
    "agencies_visited": _agencies_visited,
    "posts_visited": _posts_visited,
    "posts_below": _posts_visited,
}
"""Choices that depend on the matter or the organisation; all others are closed lists of words."""
