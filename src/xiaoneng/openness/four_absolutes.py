"""The four always (四个一律): four questions whose answers must hold nothing that is broken, asked of the acts.

Each says what it asks in both languages, when it was asked, how much it examined, and what breaks it; and every
thing it examined names the acts that show it, so that anybody can check the answer against the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from time import perf_counter

from xiaoneng.accountability import leaders
from xiaoneng.accountability.leaders import WeakAgency
from xiaoneng.accountability.quarter import Quarter
from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import count_of, told
from xiaoneng.law.phrase import Phrase
from xiaoneng.openness import disposing, exposing, leading, queries, tracing
from xiaoneng.openness.fact import Case, Entry
from xiaoneng.organisation.access import calendar_book
from xiaoneng.worktime.days import local_day, midnight


class Question(StrEnum):
    """The four."""

    TRACED = "traced"
    DISPOSED = "disposed"
    ANSWERED = "answered"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absolute:
    """One of the four: what it is called, what it asks, and where it stands."""

    question: Question
    name: Phrase
    definition: Phrase
    basis: Citation


FOUR: tuple[Absolute, ...] = (
    Absolute(
        question=Question.TRACED,
        name=Phrase("投诉一律查清", "Every complaint traced"),
        definition=Phrase(
            "查验全部已办结的投诉和已超期的在办投诉。违反：办结而有投诉事项没有认定、没有答复或者没有回访；"
            f"期限届满 {told('four-always-traced').zh} 日以上，无人办理，督察也没有出牌。",
            "Examines every closed complaint and every open one past its term. Broken: closed with an allegation "
            "without a finding, without an answer or without a call-back; past its term by more than "
            f"{told('four-always-traced').en} days with "
            "nobody acting and no card raised.",
        ),
        basis=default("four-always-traced"),
    ),
    Absolute(
        question=Question.DISPOSED,
        name=Phrase("违规一律处理", "Every breach disposed of"),
        definition=Phrase(
            "查验全部红牌、认定属实或者部分属实的投诉、督察发现的问题和违反禁令的行为。违反：自查实（出牌、提出办结意见、"
            f"督察结果）之日起 {told('four-always-disposed').zh} 个工作日内，没有失职追究、处理建议、整改，"
            "也没有说明理由的免予处理。撤回的红牌视为已处理；异议未决的不计期限，维持后起算。",
            "Examines every red card, every complaint found substantiated or partly so, what inspections found and "
            "breaches of the bans. Broken: within "
            f"{told('four-always-disposed').en} working days of being proven (card, conclusion, result) no "
            "accountability, recommendation or rectification, and no exemption with its reason. A card withdrawn "
            "counts as disposed of; while it is contested no term runs.",
        ),
        basis=default("four-always-disposed"),
    ),
    Absolute(
        question=Question.ANSWERED,
        name=Phrase("效能低下一律问责", "Every weak agency's leader answers"),
        definition=leading.DEFINITION,
        basis=default("leader-answers"),
    ),
    Absolute(
        question=Question.PUBLISHED,
        name=Phrase("情节严重一律公开", "Every grave case published"),
        definition=Phrase(
            "查验全部已作出处理决定、情节严重或者造成严重后果的案件，被申诉撤销的除外。违反：自决定之日起二十个工作日内"
            "没有公开曝光，也没有依法不予公开的记录；申诉期间不计，自申诉决定之日起计；曝光被撤回的，自撤回之日起另计。",
            "Examines every decided case that is serious or had serious consequences, those revoked on appeal left "
            "out. Broken: within twenty working days of the decision neither exposed nor barred by law on record; "
            "an appeal stops the term, which runs from its decision; after a withdrawal it runs anew.",
        ),
        basis=Citation("政府信息公开条例", "第二十六条"),
    ),
)
BY_KEY: Mapping[Question, Absolute] = {one.question: one for one in FOUR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one of the four found at an instant."""

    absolute: Absolute
    as_of: datetime
    entries: tuple[Entry, ...]

    @property
    def examined(self) -> int:
        """Return how many things were examined."""
        return len(self.entries)

    @property
    def broken(self) -> tuple[Entry, ...]:
        """Return what breaks the rule, the oldest first."""
        found = (entry for entry in self.entries if entry.broken(now=self.as_of))
        return tuple(sorted(found, key=lambda entry: (entry.due or entry.since, entry.number)))

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Return what is not yet as it must be while its term still runs, the most urgent first."""
        found = (entry for entry in self.entries if entry.wrong and not entry.broken(now=self.as_of))
        return tuple(sorted(found, key=lambda entry: (entry.due is None, entry.due or entry.since)))


class Terms:
    """When a term of working days is over, by the calendar of each division; each is read once."""

    def __init__(self, days: int | str) -> None:
        """Keep the length of the term in working days, or the topic of the default that tells it by the day."""
        self._days = days
        self._kept: dict[tuple[date, str], datetime] = {}

    def __call__(self, at: datetime, division: str) -> datetime:
        """Return the first instant after the term that began at `at`."""
        place = (local_day(at), division)
        if place not in self._kept:
            days = self._days if isinstance(self._days, int) else count_of(self._days, on=place[0])
            last = calendar_book(division).latest.shift(place[0], days)
            self._kept[place] = midnight(last + timedelta(days=1))
        return self._kept[place]


def ask(question: Question, *, now: datetime) -> Answer:
    """Return the answer to one of the four at `now`, read from the acts."""
    return Answer(absolute=BY_KEY[question], as_of=now, entries=tuple(ENTRIES[question](now)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The four answers as they were last read: how far the record had come, and how long the reading took."""

    mark: queries.Mark
    answers: tuple[Answer, ...]
    took: timedelta

    def stands(self, mark: queries.Mark, *, now: datetime) -> bool:
        """Tell whether the answers may be shown at `now`: a minute, while the record stays or reading it is costly."""
        asked = self.answers[0].as_of
        if local_day(asked) != local_day(now):
            return False
        age = now - asked
        if mark == self.mark:
            return timedelta() <= age < MINUTE
        return timedelta() < age < min(MINUTE, self.took * PATIENCE)


def ask_all(*, now: datetime) -> tuple[Answer, ...]:
    """Return all four answers, each with its moment, at most a minute old.

    They are read anew when the record moved; where reading takes long, only after twenty times as long.
    """
    mark = queries.mark()
    kept = _KEPT.get("four")
    if kept is not None and kept.stands(mark, now=now):
        return kept.answers
    begun = perf_counter()
    answers = tuple(ask(one.question, now=now) for one in FOUR)
    _KEPT["four"] = _Kept(mark=mark, answers=answers, took=timedelta(seconds=perf_counter() - begun))
    return answers


MINUTE, PATIENCE = timedelta(minutes=1), 20
_KEPT: dict[str, _Kept] = {}


def forget() -> None:
    """Drop the answers that are kept."""
    _KEPT.clear()


def _traced(now: datetime) -> Iterable[Entry]:
    closed = queries.cases("complaint", tracing.VERBS, told=tracing.TOLD, closed=True)
    return tracing.traced(closed, queries.late_complaints(today=local_day(now)))


def _disposed(_now: datetime) -> Iterable[Entry]:
    discipline = _cases("discipline", disposing.OPENED)
    done, ends = disposing.consequences(discipline), Terms(disposing.TERM)
    yield from disposing.cards(
        queries.red_cards(),
        queries.cases("card", disposing.CARD_VERBS, told=("card-issued",)),
        done,
        ends=ends,
    )
    yield from disposing.complaints(queries.cases("complaint", disposing.COMPLAINT_VERBS), done, ends=ends)
    yield from disposing.inspections(
        queries.cases("inspection", disposing.INSPECTION_VERBS, told=()), done, ends=ends
    )
    yield from disposing.bans(discipline)


def _answered(now: datetime) -> Iterable[Entry]:
    done = disposing.consequences(_cases("discipline", disposing.OPENED))
    quarter, weak = Quarter.closed_before(local_day(now)), list[WeakAgency]()
    for _ in range(leading.QUARTERS):
        weak += leaders.weak(quarter)
        quarter = Quarter.closed_before(quarter.since)
    return leading.answered(weak, queries.red_cards() if weak else (), done)


def _published(_now: datetime) -> Iterable[Entry]:
    discipline = _cases("discipline", exposing.DISCIPLINE_VERBS)
    exposures = queries.cases("exposure", exposing.EXPOSURE_VERBS)
    return exposing.published(discipline, exposures, ends=Terms(exposing.TERM))


def _cases(procedure: str, verbs: tuple[str, ...]) -> tuple[Case, ...]:
    return tuple(queries.cases(procedure, verbs))


ENTRIES: Mapping[Question, Callable[[datetime], Iterable[Entry]]] = {
    Question.TRACED: _traced,
    Question.DISPOSED: _disposed,
    Question.ANSWERED: _answered,
    Question.PUBLISHED: _published,
}
"""How each of the four is read."""


def grave_due(*, now: datetime) -> tuple[Entry, ...]:
    """Return the grave cases that must be published or barred and are not yet, the most urgent first (公开待办)."""
    answer = ask(Question.PUBLISHED, now=now)
    return (*answer.broken, *answer.waiting)
