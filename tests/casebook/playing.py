"""Plays a casebook file, act by act, through the gate, and says what turned out otherwise than written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from tests.casebook import centre, lots
from tests.casebook.reading import Case, Row, instant
from xiaoneng.desk import gate, opening
from xiaoneng.desk.projecting import foremost, row_of
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Act, Clock, Kind, Opening, key, questions
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.fold import Running
from xiaoneng.matters.light import Reading, light, marks, provisional
from xiaoneng.matters.vocabulary import BY_KEY, VOCABULARY
from xiaoneng.rules.allegations import nudge_level, unfound
from xiaoneng.rules.every import EVERY
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.calendar import CalendarBook
from xiaoneng.worktime.days import local_day
from xiaoneng.worktime.runs import Axis

BY_NAME = {act.name.zh: act for act in VOCABULARY}
SYSTEMS = {rule.name.zh: rule.key for rule in EVERY} | {"程序": gate.PROCEDURE}
SPOKEN_OF = {"on", "by", "act", "refused", "recorded", "because"} | lots.SPOKEN_OF
ASKED_OF = {"day", "clock", "because"}
LEFT_OUT = "略"
PEOPLE = {"people", "self", "colleagues", "staff", "officials", "handlers", "team"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A reason or a finding, whose system it is, and for a finding the post answerable."""

    rule: str
    words: Phrase
    post: str = ""


@dataclass
class Play:
    """A case while it is played: the dossier so far, and what turned out otherwise."""

    case: Case
    dossier: Dossier | None = None
    found: list[str] = dataclasses.field(default_factory=list)

    def run(self) -> list[str]:
        """Play every row in order of time; return what turned out otherwise than written."""
        rows = [(row.now, 0, row) for row in self.case.acts] + [(row.now, 1, row) for row in self.case.days]
        for now, kind, row in sorted(rows, key=lambda one: one[:2]):
            self._catch_up(now)
            if kind:
                self._look(row)
            else:
                self._act(row)
        return self.found

    def _catch_up(self, now: datetime) -> None:
        """Take the calendar as known at `now`, and write down what time has done."""
        if self.dossier is None:
            return
        self.dossier = replace(self.dossier, book=known(self.case.book, now), folded=None)
        for act in self.dossier.lapsed(now=now):
            self.dossier = _recorded(self.dossier, act, now=now)

    def _act(self, row: Row) -> None:
        act = lots.drawn(act_from(row, self.case), row, self.case, self.dossier)
        if self.dossier is None:
            refusals = self._opened(act, now=row.now)
        else:
            act, dossier = centre.about_to(act, self.dossier, self.case)
            refusals = gate.refusals(dossier, act, now=row.now)
            if not refusals:
                self.dossier = _recorded(dossier, act, now=row.now)
        where = f"{row.words['on']} {act.name.zh}"
        self._compare(where, "refused", row.words.get("refused", []), _told(refusals))

    def _opened(self, act: Act, *, now: datetime) -> list[Refusal]:
        assert isinstance(act, Opening), "the first act of a case opens the matter"
        whole = centre.filled(act, self.case)
        if isinstance(whole, Refusal):
            return [whole]
        _, dossier = centre.about_to(whole, opened(self.case, whole, now=now), self.case)
        refusals = opening.refusals(dossier, now=now)
        if not refusals:
            self.dossier = dossier
        return refusals

    def _look(self, row: Row) -> None:
        assert self.dossier is not None, "nothing is open yet"
        _, self.dossier = centre.about_to(self.dossier.acts[-1], self.dossier, self.case)
        where = str(row.words["day"])
        facts = facts_on(self.dossier, clock=row.words.get("clock", ""), now=row.now)
        for word in row.words.keys() - ASKED_OF - {"breaches"}:
            if row.words[word] not in facts[word]:
                self.found.append(f"{where} {word}: written {row.words[word]!r}, is {facts[word][0]!r}")
        if "breaches" in row.words:
            self._compare(
                where, "breaches", row.words["breaches"], _told(breaches(self.dossier, now=row.now))
            )

    def _compare(self, where: str, word: str, written: Sequence[str], is_so: Sequence[Said]) -> None:
        for words in written:
            if not any(_says(words, one) for one in is_so):
                self.found.append(f"{where} {word}: written {words!r}, but nothing says so")
        for one in is_so:
            if not any(_says(words, one) for words in written):
                spoken = f"{one.rule}@{one.post}: {one.words.zh} / {one.words.en}"
                self.found.append(f"{where} {word}: nobody wrote {spoken}")


def play(case: Case) -> list[str]:
    """Return what turned out otherwise than `case` says; empty when everything holds."""
    return Play(case).run()


def opened(case: Case, act: Opening, *, now: datetime) -> Dossier:
    """Return the dossier of the matter that `act` opens, with everything it keeps for good."""
    filled = replace(
        act,
        procedure=case.procedure.key,
        edition=case.procedure.edition,
        agency=act.agency or case.office.seats["窗口"].agency,
        division=act.division or case.office.seats["窗口"].division,
        calendar=case.book.key,
        item=case.item.code if case.item else "",
        item_edition=case.item.edition if case.item else 0,
        subject=case.item.name.zh if case.item else case.procedure.name.zh,
        traits=tuple(sorted({*(case.item.traits if case.item else ()), *act.own_traits(), *case.traits})),
        terms=case.terms,
        posts=act.posts or case.posts,
    )
    return Dossier(
        number="XK2026-0000001-0",
        procedure=case.procedure,
        book=known(case.book, now),
        acts=(filled,),
        recorded=(now,),
        item=case.item,
        seats=case.office.seats,
        people=case.office.servants(),
        open_tasks=case.open_tasks,
        twins=case.twins,
        referred=case.referred,
        known=case.known,
        earlier=case.before,
    )


def known(book: CalendarBook, now: datetime) -> CalendarBook:
    """Return the editions of the calendar that were known at `now`."""
    return CalendarBook(tuple(one for one in book.editions if one.known_from <= now))


def _recorded(dossier: Dossier, act: Act, *, now: datetime) -> Dossier:
    return replace(dossier.after(act), recorded=(*dossier.recorded, now))


def act_from(row: Row, case: Case) -> Act:
    """Return the act of a row; text that the row leaves out reads 略."""
    cls = BY_NAME.get(row.words["act"]) or BY_KEY[row.words["act"]]
    at = instant(row.words["on"])
    told: dict[str, Any] = {
        name: LEFT_OUT
        for name, asked in questions(cls).items()
        if asked.required and asked.kind in {Kind.TEXT, Kind.LONG}
    }
    asked_of = {one.name: one.metadata["asked"] for one in fields(cls) if "asked" in one.metadata}
    for name in row.words.keys() - SPOKEN_OF:  # also what the desk fills in: an envelope
        told[name] = _value(row.words[name], asked_of[name].choices, case)
        if asked_of[name].kind is Kind.INSTANT:
            told[name] = codec.instant(instant(row.words[name]))
    shared = {"at": at, "by": case.office.capacity(row.words["by"], at=at)}
    return codec.read(key(cls), body=codec.canonical(told), personal=b"{}", shared=shared)


def _value(value: Any, choices: str, case: Case) -> Any:
    if choices in PEOPLE and isinstance(value, str):
        return case.office.number(value) if value else 0
    if choices in PEOPLE and isinstance(value, list):
        return [case.office.number(one) for one in value]
    return codec.plain(value)


def facts_on(dossier: Dossier, *, clock: str, now: datetime) -> Mapping[str, tuple[Any, ...]]:
    """Return what a day row may ask, by its word; each fact in every way in which it may be written."""
    today = local_day(now)
    run = dossier.run_of(Clock(clock)) if clock else foremost(dossier)
    at = marks(today, calendar=dossier.calendar)
    row = row_of(dossier)
    stored = Reading(
        axis=Axis(row.axis) if row.axis else None,
        statutory=row.statutory,
        promised=row.promised,
        paused=row.paused,
        closed=not row.is_open,
    )
    shown, who = light(stored, at), dossier.who_has_it(at=now)
    return {
        "stage": (dossier.stage.name.zh, dossier.stage.key),
        "light": (shown.phrase.zh, shown.value),
        "provisional": (provisional(stored, at),),
        "who_has_it": (who.name if who else "",),
        "who_acts_for": (who.acting_for_name if who else "",),
        "centre": (dossier.opening.agency,),
        "nudge_level": (nudge_level(dossier),),
        "unfound": (list(unfound(dossier)),),
        "acts": ([act.name.zh for act in dossier.acts], [key(act) for act in dossier.acts]),
        **(dict(_of_run(dossier, run, now=now)) if run else {"due": ("",), "remaining": ("",)}),
    }


def _of_run(dossier: Dossier, run: Running, *, now: datetime) -> Iterator[tuple[str, tuple[Any, ...]]]:
    today, calendar = local_day(now), dossier.calendar
    promise = run.promised or run.statutory
    due, promised = dossier.due(run), dossier.promised(run)
    yield "due", (due.isoformat() if due else "", due)
    yield "promised", (promised.isoformat() if promised else "", promised)
    yield "remaining", (worktime.remaining(run.statutory, today=today, calendar=calendar),)
    yield "remaining_promised", (worktime.remaining(promise, today=today, calendar=calendar),)
    yield "overdue", (worktime.overdue(run.statutory, today=today, calendar=calendar),)
    yield "moved", ([str(one.after) for one in worktime.moved(run.statutory, book=dossier.book)],)


def breaches(dossier: Dossier, *, now: datetime) -> list[Breach]:
    """Return what the eight systems hold against the record at `now`; no two may bear one key."""
    found = [one for rule in EVERY for one in rule.breaches(dossier, now=now)]
    keys = [(one.rule, one.key) for one in found]
    assert len(keys) == len(set(keys)), keys
    return found


def _told(found: Iterable[Refusal | Breach]) -> list[Said]:
    return [
        Said(rule=one.rule, words=one.reason)
        if isinstance(one, Refusal)
        else Said(rule=one.rule, words=one.what, post=one.post)
        for one in found
    ]


def _says(written: str, said: Said) -> bool:
    """Tell whether `system: words` or `system@post: words` is what was said."""
    system, _, words = written.partition(":")
    rule, _, post = system.strip().partition("@")
    if SYSTEMS.get(rule, rule) != said.rule or (post and post != said.post):
        return False
    return words.strip() in said.words.zh or words.strip() in said.words.en
