"""An act as a form, and a form as an act: built from the act's own questions, so that no act has a page of its own.

What a browser sends is read into the plain values that `matters.codec` reads; everything wrong is said at once.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import QueryDict

from xiaoneng.desk.papers import FORMS
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act, Asked, Kind, key, questions
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.web.asking import Choice, FieldKind, FieldView
from xiaoneng.web.choices import Asking, choices
from xiaoneng.worktime.days import ZONE

MISSING = Phrase("请填写", "Please fill this in")
PICK = Phrase("请选择", "Please choose")
NO_DAY = Phrase("日期形如 2026-11-23", "A day reads like 2026-11-23")
NO_INSTANT = Phrase("时间形如 2026-11-23 09:30", "A time reads like 2026-11-23 09:30")
NO_NUMBER = Phrase("请填整数", "Please give a whole number")
NO_CHOICE = Phrase("选项不在可选范围内", "This is not one of the choices")

ASKED_AS = {("rated", "level"): "level"}
"""Numbers that are asked as a choice of words."""


class FormFaulty(ValueError):
    """What was typed makes no act; `faults` says for each field what is wrong."""

    def __init__(self, faults: Mapping[str, Phrase]) -> None:
        super().__init__("; ".join(f"{name}: {why.en}" for name, why in faults.items()))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the fields now: blank, or what was sent with what is wrong with it."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, Phrase] = field(default_factory=dict)


def asked_of(act: type[Act]) -> dict[str, Asked]:
    """Return what an act asks, with the numbers that are asked as a choice."""
    return {name: _as_choice(key(act), name, one) for name, one in questions(act).items()}


def _as_choice(act: str, name: str, question: Asked) -> Asked:
    word = ASKED_AS.get((act, name))
    return dataclasses.replace(question, kind=Kind.CHOICE, choices=word) if word else question


def fields(act: type[Act], asking: Asking, *, typed: Typed | None = None) -> tuple[FieldView, ...]:
    """Return the questions of an act as fields, with what was typed; a choice without choices is left out."""
    shown = (_field(act, name, one, asking, typed) for name, one in asked_of(act).items())
    return tuple(one for one in shown if one is not None)


def _field(
    act: type[Act], name: str, question: Asked, asking: Asking, typed: Typed | None
) -> FieldView | None:
    given = _default(act, name) if typed is None else typed.values.get(name, ())
    fault = typed.faults.get(name) if typed else None
    possible = choices(question, asking)
    if question.choices and not possible and not question.required:
        return None
    return FieldView(
        name=name,
        label=question.label,
        kind=FieldKind(question.kind.value),
        value="" if question.kind is Kind.CHOICES or not given else given[0],
        hint=question.hint or "",
        errors=(fault,) if fault else (),
        choices=tuple(dataclasses.replace(one, chosen=one.value in given) for one in possible),
        required=question.required and question.kind is not Kind.YES_NO,
        autocomplete="off" if question.sealed else "",
        prefix=key(act),
        sealed=question.sealed,
    )


def _default(act: type[Act], name: str) -> tuple[str, ...]:
    default = next(one.default for one in dataclasses.fields(act) if one.name == name)
    match default:
        case bool():
            return ("on",) if default else ()
        case str():
            return (str(default),) if default else ()
        case _:
            return ()


def sent(act: type[Act], posted: QueryDict) -> dict[str, tuple[str, ...]]:
    """Return what was typed into an act's fields, to be shown again."""
    return {name: tuple(posted.getlist(name)) for name in asked_of(act)}


def read(act: type[Act], posted: QueryDict, asking: Asking, *, by: Capacity, at: datetime) -> Act:
    """Return the act that a form describes; raises FormFaulty naming every field that is wrong."""
    values: dict[str, object] = {}
    faults: dict[str, Phrase] = {}
    hints = typing.get_type_hints(act)
    for name, question in asked_of(act).items():
        try:
            value = _read(question, posted, name, asking)
        except ValueError as error:
            faults[name] = FAULTS[str(error)]
            continue
        if value is None and hints[name] is str:
            value = ""  # a default that was wiped out is not put back behind the author's back
        if value is not None:
            values[name] = int(str(value)) if hints[name] is int else value
    if faults:
        raise FormFaulty(faults)
    return _made(act, values, by=by, at=at)


def _made(act: type[Act], values: dict[str, object], *, by: Capacity, at: datetime) -> Act:
    if hints := typing.get_type_hints(act):
        for name, hint in hints.items():  # several persons are numbers, not words
            if hint == tuple[int, ...] and name in values:
                values[name] = [int(str(one)) for one in _listed(values[name])]
    body = codec.canonical(values)
    return codec.read(key(act), body=body, personal=b"{}", shared={"at": at, "by": by})


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


FAULTS = {
    "missing": MISSING,
    "pick": PICK,
    "day": NO_DAY,
    "instant": NO_INSTANT,
    "number": NO_NUMBER,
    "choice": NO_CHOICE,
}


def _read(question: Asked, posted: QueryDict, name: str, asking: Asking) -> object:
    """Return a field's plain value, None for a blank that may be; raises ValueError with the word of the fault."""
    match question.kind:
        case Kind.YES_NO:
            return bool(posted.get(name))
        case Kind.CHOICES:
            return _chosen(question, posted.getlist(name), asking)
        case Kind.LINES:
            lines = [line.strip() for line in (posted.get(name) or "").splitlines() if line.strip()]
            return _needed(lines, question)
        case _:
            text = (posted.get(name) or "").strip()
            return _needed(_single(question, text, asking) if text else None, question)


def _needed(value: object, question: Asked) -> object:
    if value in (None, []) and question.required:
        raise ValueError("pick" if question.kind is Kind.CHOICE else "missing")
    return value


def _chosen(question: Asked, given: list[str], asking: Asking) -> object:
    allowed = {one.value for one in choices(question, asking)}
    if not set(given) <= allowed:
        raise ValueError("choice")
    if not given and question.required:
        raise ValueError("pick")
    return given


def _single(question: Asked, text: str, asking: Asking) -> object:
    match question.kind:
        case Kind.CHOICE:
            if text not in {one.value for one in choices(question, asking)}:
                raise ValueError("choice")
            return text
        case Kind.DAY:
            return _day(text)
        case Kind.INSTANT:
            return _instant(text)
        case Kind.NUMBER:
            return _number(text)
        case _:
            return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("day") from None


def _instant(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("instant") from None
    return codec.instant(at if at.tzinfo else at.replace(tzinfo=ZONE))


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("number") from None


def hidden(act: type[Act], **values: object) -> tuple[FieldView, ...]:
    """Return what a form carries unseen: how many acts its author had seen."""
    return tuple(
        FieldView(name=name, label="", kind=FieldKind.HIDDEN, value=str(value), prefix=key(act))
        for name, value in values.items()
    )


PREVIEW = Choice(value="preview", words=Phrase("先看文书", "See the paper first"))


def previews(act: type[Act]) -> tuple[Choice, ...]:
    """Return the quieter button of an act that writes a paper."""
    return (PREVIEW,) if act in FORMS else ()
