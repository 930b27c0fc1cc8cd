"""What an act says, in one line: its questions and answers with the choices spelled out. Pure: knows a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from xiaoneng.law.phrase import Phrase
from xiaoneng.likeness.taxonomy import shipped
from xiaoneng.matters.acts import Act, Asked, questions
from xiaoneng.matters.dossier import Dossier
from xiaoneng.rules.materials import named
from xiaoneng.supervision import checklists
from xiaoneng.web.naming import Names
from xiaoneng.web.office_words import CHOICES, NO, YES
from xiaoneng.worktime.days import local

PEOPLE = frozenset({"people", "colleagues", "self", "handlers", "team"})
AGENCIES = frozenset({"agencies", "agencies_below", "agencies_visited"})
POSTS = frozenset({"posts", "posts_visited", "posts_below"})
MATERIALS = frozenset({"materials", "gaps", "held", "outstanding", "conditional"})


def facts(act: Act, dossier: Dossier, names: Names | None = None) -> Phrase:
    """Return the answers of an act that are not blank, each after its question; `names` call agencies and places."""
    called = names or Names()
    said = [(one.label, value) for one, value in _answers(act, dossier, called) if value.zh]
    zh = "；".join(f"{label.zh}：{value.zh.rstrip('。；')}" for label, value in said)
    en = "; ".join(f"{label.en}: {value.en.rstrip('。；')}" for label, value in said)
    return Phrase(zh, en)


def _answers(act: Act, dossier: Dossier, names: Names) -> Iterator[tuple[Asked, Phrase]]:
    for name, question in questions(type(act)).items():
        value = getattr(act, name)
        code = _coded(question, value, names)
        yield question, code if code is not None else spelled(question, value, dossier)


def _coded(question: Asked, value: object, names: Names) -> Phrase | None:
    """Return an agency, an official, a place or a kind of conduct by its name; None for any other answer."""
    if question.choices == "places":
        return names.place(str(value))
    if question.choices == "complaint_kind":
        return next((one.name for one in shipped().conducts if one.key == value), Phrase("", ""))
    if question.choices not in {*AGENCIES, "officials"}:
        return None
    several = value if isinstance(value, tuple) else (value,)
    by_number = question.choices == "officials"
    called = [names.person(int(one)) if by_number else names.agency(str(one)) for one in several if one]
    return Phrase("、".join(one.zh for one in called), ", ".join(one.en for one in called))


def spelled(question: Asked, value: object, dossier: Dossier) -> Phrase:
    """Return an answer in words; blank for what was left out."""
    match value:
        case bool():
            return YES if value else NO
        case tuple():
            return _several(question, tuple(str(one) for one in value), dossier)
        case datetime():
            at = local(value)
            return Phrase(f"{at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%d %H:%M}")
        case date():
            return Phrase(f"{value.year}年{value.month}月{value.day}日", f"{value:%d %b %Y}".lstrip("0"))
        case None:
            return Phrase("", "")
        case _:
            return _word(question, value, dossier)


def _word(question: Asked, value: object, dossier: Dossier) -> Phrase:
    if question.choices in PEOPLE:
        return _person(int(str(value)), dossier)
    if question.choices in POSTS and (seat := dossier.seats.get(str(value))):
        return Phrase(seat.title, seat.title)
    return CHOICES.get(question.choices, {}).get(str(value), Phrase(str(value), str(value)))


def _several(question: Asked, values: tuple[str, ...], dossier: Dossier) -> Phrase:
    if question.choices == "answers":
        return checklists.spoken(values)
    if question.choices in MATERIALS:
        return named(dossier.item, values)
    if question.choices in PEOPLE:
        people = [_person(int(one), dossier) for one in values]
        return Phrase("、".join(one.zh for one in people), ", ".join(one.en for one in people))
    known = CHOICES.get(question.choices, {})
    words = [known.get(one, Phrase(one, one)) for one in values]
    return Phrase("、".join(one.zh for one in words), ", ".join(one.en for one in words))


def _person(key: int, dossier: Dossier) -> Phrase:
    """Return a person by name where the dossier knows them; a cover named in passing may only be a number."""
    if not key:
        return Phrase("", "")
    servant = dossier.people.get(key)
    holds = (held for seat in dossier.seats.values() for held in seat.holdings if held.person == key)
    name = servant.name if servant else next((held.name for held in holds), f"#{key}")
    return Phrase(name, name)
