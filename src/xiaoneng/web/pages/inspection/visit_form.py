"""The form of a visit (查访记录): checklist, findings and signature asked for on one page, and read as acts.

Built from the acts' own questions, like every form; what belongs to a finding or to the signature has a prefix.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from xiaoneng.desk.exhibits import ExhibitRefused, line_for
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act
from xiaoneng.matters.vocabulary.inspection import (
    FindingRecorded,
    InspectionPlanned,
    Manner,
    RecordSigned,
    SigningRefused,
    VisitRecorded,
)
from xiaoneng.organisation.capacity import Capacity
from xiaoneng.supervision.checklists import Answer, Checklist, Point, Result, checklists
from xiaoneng.web.act_forms import FormFaulty, Typed, fields, read, sent
from xiaoneng.web.asking import FieldView
from xiaoneng.web.choices import Asking, visited

FINDINGS = 3
"""Findings that one form takes; more are sent with a further record, or at the desk."""
CHOOSE = Phrase("每一项都要选", "Choose one for every point")
SIGN = Phrase("明查须当场签字，或者注明拒签", "An open visit is signed for, or the refusal noted")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """One point of the checklist with what was chosen and noted."""

    point: Point
    chosen: str = ""
    note: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The questions of one finding, or of the signature; open where something was typed."""

    name: str
    fields: tuple[FieldView, ...]
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """Everything that the page asks."""

    points: tuple[PointView, ...]
    times: tuple[FieldView, ...]
    present: FieldView
    closing: tuple[FieldView, ...]
    findings: tuple[Block, ...]
    signing: str = ""
    signed: Block | None = None
    refused: Block | None = None
    errors: tuple[Phrase, ...] = ()


def checklist_of(plan: InspectionPlanned) -> Checklist:
    """Return the checklist of an inspection; the first one where the plan's is no more."""
    known = checklists()
    return known.get(plan.checklist) or next(iter(known.values()))


def visit_form(
    plan: InspectionPlanned, asking: Asking, posted: QueryDict | None = None, fault: FormFaulty | None = None
) -> VisitForm:
    """Return the form, blank or with what was sent and what is wrong with it."""
    faults = dict(fault.faults) if fault else {}
    asked = {one.name: one for one in _asked(VisitRecorded, asking, "", posted, faults)}
    if posted is None:
        present = asked["present"]
        everybody = tuple(dataclasses.replace(one, chosen=True) for one in present.choices)
        asked["present"] = dataclasses.replace(present, choices=everybody)
    open_visit = plan.manner is Manner.OPEN
    return VisitForm(
        points=tuple(_points(checklist_of(plan), posted, faults)),
        times=tuple(asked[name] for name in ("place", "began_at", "ended_at")),
        present=asked["present"],
        closing=(asked["notes"], asked["photos"]),
        findings=tuple(_finding(number, asking, posted, faults) for number in range(1, FINDINGS + 1)),
        signing=posted.get("signing", "") if posted else "",
        signed=_block("signed", RecordSigned, asking, posted, faults) if open_visit else None,
        refused=_block("refused", SigningRefused, asking, posted, faults) if open_visit else None,
        errors=tuple(faults[name] for name in ("", "signing") if name in faults),
    )


def _asked(
    act: type[Act], asking: Asking, prefix: str, posted: QueryDict | None, faults: dict[str, Phrase]
) -> Iterator[FieldView]:
    typed = None
    if posted is not None:
        own = {name.removeprefix(prefix): why for name, why in faults.items() if name.startswith(prefix)}
        typed = Typed(values=sent(act, _within(posted, prefix)), faults=own)
    for one in fields(act, asking, typed=typed):
        yield dataclasses.replace(one, name=f"{prefix}{one.name}", prefix="v")


def _within(posted: QueryDict, prefix: str) -> QueryDict:
    """Return what was sent under a prefix, without it."""
    found = QueryDict(mutable=True)
    for name, values in posted.lists():
        if name.startswith(prefix):
            found.setlist(name.removeprefix(prefix), values)
    return found


def _block(
    name: str, act: type[Act], asking: Asking, posted: QueryDict | None, faults: dict[str, Phrase]
) -> Block:
    shown = tuple(_asked(act, asking, f"{name}-", posted, faults))
    return Block(name=name, fields=shown, open=any(one.errors for one in shown))


def _finding(number: int, asking: Asking, posted: QueryDict | None, faults: dict[str, Phrase]) -> Block:
    block = _block(f"f{number}", FindingRecorded, asking, posted, faults)
    alone = len(visited(asking.dossier)) == 1
    left_out = {f"f{number}-photos", f"f{number}-agency" if alone else ""}
    shown = tuple(one for one in block.fields if one.name not in left_out)
    return dataclasses.replace(block, fields=shown, open=posted is not None and _filled(posted, number))


def _filled(posted: QueryDict, number: int) -> bool:
    return any((posted.get(f"f{number}-{name}") or "").strip() for name in ("kind", "what", "evidence"))


def _points(listed: Checklist, posted: QueryDict | None, faults: dict[str, Phrase]) -> Iterator[PointView]:
    for one in listed.points:
        chosen = posted.get(f"point-{one.key}", "") if posted else ""
        note = posted.get(f"note-{one.key}", "") if posted else ""
        yield PointView(point=one, chosen=chosen, note=note, wrong="answers" in faults and not chosen)


def with_pictures(posted: QueryDict, sent: Iterable[UploadedFile]) -> tuple[QueryDict, list[bytes]]:
    """Return the form with the pictures sent along named in it, and their bytes; raises FormFaulty for what is none.

    A telephone without a script sends them so; with one it names them itself and they follow later.
    """
    pictures, lines, posted = [], [posted.get("photos", "").strip()], posted.copy()
    for one in sent:
        content = one.read()
        try:
            lines.append(line_for(one.name or "", content))
        except ExhibitRefused as refused:
            raise FormFaulty({"photos": refused.why}) from None
        pictures.append(content)
    posted["photos"] = "\n".join(filter(None, lines))
    return posted, pictures


def acts_of(
    plan: InspectionPlanned, posted: QueryDict, asking: Asking, *, by: Capacity, at: datetime
) -> tuple[Act, ...]:
    """Return the acts that a form describes, each with its sender's key; raises FormFaulty naming all that is wrong."""
    faults: dict[str, Phrase] = {}
    found: list[Act] = []
    key = (posted.get("once") or "")[:60]
    for prefix, act in _wanted(plan, posted, faults):
        one = _within(posted, prefix)
        if act is VisitRecorded:
            one = _completed(plan, one, faults)
        try:
            made = read(act, one, asking, by=by, at=at)
        except FormFaulty as faulty:
            faults |= {f"{prefix}{name}": why for name, why in faulty.faults.items() if name not in faults}
            continue
        found.append(dataclasses.replace(made, once=f"{key}/{prefix}" if key else ""))  # type: ignore[call-arg]
    if faults:
        raise FormFaulty(faults)
    return tuple(found)


def _wanted(
    plan: InspectionPlanned, posted: QueryDict, faults: dict[str, Phrase]
) -> Iterator[tuple[str, type[Act]]]:
    yield "", VisitRecorded
    for number in range(1, FINDINGS + 1):
        if _filled(posted, number):
            yield f"f{number}-", FindingRecorded
    if plan.manner is not Manner.OPEN:
        return
    match posted.get("signing"):
        case "signed":
            yield "signed-", RecordSigned
        case "refused":
            yield "refused-", SigningRefused
        case _:
            faults["signing"] = SIGN


def _completed(plan: InspectionPlanned, posted: QueryDict, faults: dict[str, Phrase]) -> QueryDict:
    """Return what was sent with the checklist as lines, and the manner as it was planned."""
    lines = []
    for one in checklist_of(plan).points:
        said = posted.get(f"point-{one.key}", "")
        if said not in list(Result):
            faults["answers"] = CHOOSE
            continue
        note = " ".join((posted.get(f"note-{one.key}") or "").split())
        lines.append(Answer(key=one.key, result=Result(said), note=note).line())
    posted["answers"] = "\n".join(lines)
    posted.setlist("covert", ["on"] if plan.manner is Manner.COVERT else [])
    return posted
