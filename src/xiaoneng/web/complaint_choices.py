"""Choices that the acts of a complaint offer: agencies near at hand, who holds posts there, what was alleged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.taxonomy import shipped
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.organisation import access as organisation
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.rules.allegations import allegations as listed
from xiaoneng.web.asking import Choice


def allegations(dossier: Dossier | None) -> Iterator[Choice]:
    """Yield every allegation that was listed."""
    for words in listed(dossier) if dossier else ():
        yield Choice(value=words, words=words)


def agencies(dossier: Dossier | None, agency: str) -> Iterator[Choice]:
    """Yield the agencies of the places at hand: the centre's own, and those of the agencies already complained of."""
    rows = list(organisation.agencies())
    near = {agency, *_complained_of(dossier)}
    divisions = {one.division_id for one in rows if one.pk in near}
    for one in rows:
        if one.division_id in divisions:
            yield Choice(
                value=one.pk, words=Phrase(one.zh, one.en), hint=Phrase(one.division.zh, one.division.en)
            )


def places() -> Iterator[Choice]:
    """Yield every division."""
    for one in organisation.divisions():
        yield Choice(value=one.pk, words=Phrase(one.zh, one.en))


def officials(dossier: Dossier | None, *, now: datetime) -> Iterator[Choice]:
    """Yield who holds a post in the agencies complained of."""
    yield from holders(_complained_of(dossier), now=now)


def holders(wanted: Iterable[str], *, now: datetime) -> Iterator[Choice]:
    """Yield who holds a post in these agencies, as the public roster has it: by name and post, each person once."""
    posts = {one.pk: Phrase(one.zh, one.en) for one in organisation.posts_of_all(wanted)}
    held = {
        one.person: (posts[post], one.name)
        for post, seat in organisation.seats(posts).items()
        for one in seat.holdings
        if one.holds(now)
    }
    names = organisation.names_of(held)
    for person, (title, name) in held.items():
        called = names.get(person, Phrase(name, name))
        words = Phrase(f"{called.zh}　{title.zh}", f"{called.en}, {title.en}")
        yield Choice(value=str(person), words=words)


def handlers(dossier: Dossier | None, by: Capacity, *, now: datetime) -> Iterator[Choice]:
    """Yield who acts in the posts of the complaint; whoever complained sees the posts, no names."""
    if dossier is None:
        return
    titles = {one.pk: Phrase(one.zh, one.en) for one in organisation.posts_of_all(_offices(dossier))}
    for post in sorted(set(dossier.state.posts.values())):
        seat = dossier.seats.get(post)
        acting = seat.acting(at=now, recused=dossier.aside) if seat else None
        if acting is None or seat is None:
            continue
        title = titles.get(post, Phrase(seat.title, seat.title))
        named = Phrase(f"{acting.name}　{title.zh}", f"{acting.name}, {title.en}")
        yield Choice(value=str(acting.person), words=named if by.official else title)


def _offices(dossier: Dossier) -> set[str]:
    return {seat.agency for seat in dossier.seats.values()}


def _complained_of(dossier: Dossier | None) -> frozenset[str]:
    return agencies_in(dossier.state.barred) if dossier else frozenset()


def kinds() -> Iterator[Choice]:
    """Yield the kinds of conduct that complaints are about."""
    for one in shipped().conducts:
        yield Choice(value=one.key, words=one.name)
