"""A year of the reference city is planned by a seed alone, and its people keep office hours and the grammar."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from xiaoneng.cli.city.reading import load
from xiaoneng.cli.city.story.case import Aside, Manner
from xiaoneng.cli.city.story.deeds import Deed, Night, Told, Wait
from xiaoneng.cli.city.story.diary import Diary
from xiaoneng.cli.city.story.manners import possible
from xiaoneng.cli.city.story.playing import play
from xiaoneng.cli.city.story.replay import scripts
from xiaoneng.cli.city.story.year import Frame, plan
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.intake import Channel, DeemedAccepted, DeemedWithdrawn
from xiaoneng.organisation.capacity import Standing
from xiaoneng.procedures.book import latest
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.days import local, local_day
from xiaoneng.worktime.notice import baseline

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
CALENDAR = WorkCalendar.build(key="CN", notices=list(baseline()))
CITY = load()


def frame(seed: str = "ningbo", *, matters: int = 400) -> Frame:
    return Frame(since=NOW - timedelta(days=365), until=NOW, calendar=CALENDAR, matters=matters, seed=seed)


@pytest.fixture(scope="module")
def year():
    return plan(CITY, frame())


class ByGrammar:
    """A stage that knows the procedures and nobody: every deed must be a move of its stage."""

    def __init__(self) -> None:
        self.deeds: list[tuple[datetime, int, str]] = []
        self.stages: dict[tuple[int, str], tuple[str, str, frozenset[str]]] = {}
        self.nights = 0

    def act(self, deed: Deed, *, script: int) -> Told:
        self.deeds.append((deed.at, script, deed.act.__name__))
        if deed.opens:
            procedure = latest(deed.opens.procedure)
            traits = frozenset({"examined", "instant"} if deed.opens.item else ())
            self.stages[script, deed.matter] = (procedure.key, procedure.opening.key, traits)
            return Told(at=deed.at, stage=procedure.opening.key)
        key, stage, traits = self.stages[script, deed.matter]
        procedure = latest(key)
        now = next(one for one in procedure.stages() if one.key == stage)
        step = procedure.step(deed.act, stage=now, traits=traits)
        assert step is not None, f"{deed.act.__name__} cannot follow in {stage}"
        target = (step.target or now).key
        self.stages[script, deed.matter] = (key, target, traits)
        due = CALENDAR.shift(local_day(deed.at), 10)
        return Told(at=deed.at, stage=target, due=due)

    def look(self, step: Wait, *, script: int) -> Told:
        key, stage, traits = self.stages[script, step.matter]
        procedure = latest(key)
        now = next(one for one in procedure.stages() if one.key == stage)
        lapse = next(one for one in procedure.lapses if now in one.source)
        self.stages[script, step.matter] = (key, lapse.target.key, traits)
        self.deeds.append((step.at, script, lapse.act.__name__))
        return Told(at=step.at, stage=lapse.target.key, due=CALENDAR.shift(local_day(step.at), 10))

    def night(self, step: Night) -> None:
        self.nights += 1


def played(seed: str = "ningbo") -> ByGrammar:
    stage = ByGrammar()
    every = scripts(plan(CITY, frame(seed, matters=150)), diary=Diary(calendar=CALENDAR))
    for _ in play(every, stage=stage, until=NOW):
        pass
    return stage


def test_the_same_seed_is_the_same_year_and_another_is_another(year):
    assert plan(CITY, frame()) == year
    assert plan(CITY, frame("another")).cases != year.cases


def test_at_the_counter_people_apply_in_office_hours_of_working_days(year):
    counter = [one for one in year.cases if one.channel is Channel.COUNTER]
    assert len(counter) > 100
    for one in counter:
        assert CALENDAR.is_working(local_day(one.filed))
        assert 9 <= local(one.filed).hour < 17


def test_nobody_is_taken_for_a_real_person(year):
    assert all(one.applicant.endswith("（虚构）") for one in year.cases)
    assert all(one.who.endswith("（虚构）") for one in year.contacts)


def test_matters_go_only_as_their_item_allows(year):
    for one in year.cases:
        assert possible(one.manner, one.offered), f"{one.offered.code} cannot go {one.manner}"
    instant = [one for one in year.cases if one.instant]
    assert instant
    assert not any({Aside.SENT_BACK, Aside.REOPENED} & one.asides for one in instant)


def test_most_matters_go_well_and_poor_offices_break_more_promises():
    large = plan(CITY, frame(matters=3000))
    bad = {Manner.PROMISE_MISSED, Manner.STATUTE_MISSED, Manner.SILENT}
    counts: Counter[tuple[bool, bool]] = Counter(
        (one.offered.office in large.poor, one.manner in bad) for one in large.cases
    )
    good_share = counts[False, True] / (counts[False, True] + counts[False, False])
    poor_share = counts[True, True] / (counts[True, True] + counts[True, False])
    assert good_share < 0.06
    assert poor_share > 2 * good_share


def test_a_and_b_are_never_planned_away_together_unless_a_third_is_named(year):
    assert len(year.leaves) > 10
    by_post: dict[str, list] = {}
    for one in year.leaves:
        by_post.setdefault(one.who.post, []).append(one)
    for leaves in by_post.values():
        for first, second in pairwise(sorted(leaves, key=lambda one: one.since)):
            if second.since < first.until:
                assert second.third is not None
                assert {first.who.standing, second.who.standing} == {Standing.PRIMARY, Standing.COVER}


def test_a_planned_leave_is_asked_for_a_working_day_ahead_and_some_begin_at_noon(year):
    planned = [one for one in year.leaves if not one.kind.unforeseen]
    for one in planned:
        assert CALENDAR.ordinal(local_day(one.since)) - CALENDAR.ordinal(local_day(one.asked)) >= 1
    assert any(local(one.since).hour == 12 for one in planned)


def test_every_script_keeps_the_grammar_and_time_never_goes_back():
    stage = played()
    times = [at for at, _, _ in stage.deeds]
    assert times == sorted(times)
    assert max(times) <= NOW
    assert stage.nights > 200
    assert {DeemedAccepted.__name__, DeemedWithdrawn.__name__} & {what for _, _, what in stage.deeds}


def test_a_year_is_lived_the_same_way_twice():
    assert played().deeds == played().deeds
    assert played().deeds != played("another").deeds


def test_a_diary_stays_on_its_day_or_goes_to_the_next_one_worked():
    diary = Diary(calendar=CALENDAR)
    saturday_evening = datetime(2026, 10, 10, 10, 0, tzinfo=UTC)  # a make-up day, 18:00
    assert CALENDAR.is_working(date(2026, 10, 10))
    assert local_day(diary.opening(saturday_evening)) == date(2026, 10, 12)
    assert diary.soon(datetime(2026, 9, 30, 9, 0, tzinfo=UTC), 5) == diary.opening(
        datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    )
    assert Phrase("国庆", "").zh in CALENDAR.why(date(2026, 10, 1)).phrase.zh
