"""Who acts in a post: at any instant at most one person, never one who is away, recused or untrained."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation import report
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.report import Fault
from xiaoneng.organisation.roster import Away, Hold, Holding, Seat, Servant, highest
from xiaoneng.rules.absences import Answers, Liable, liable, uncovered_minutes
from xiaoneng.worktime.calendar import WorkCalendar
from xiaoneng.worktime.notice import baseline

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Ningbo
CALENDAR = WorkCalendar.build(key="CN", notices=baseline())
PEOPLE = range(1, 6)
HOURS = st.integers(min_value=0, max_value=24 * 14)


def hour(count: int) -> datetime:
    return MONDAY + timedelta(hours=count)


@st.composite
def spans(draw: st.DrawFn) -> tuple[datetime, datetime | None]:
    first = draw(HOURS)
    last = draw(st.none() | st.integers(min_value=first + 1, max_value=24 * 14 + 1))
    return hour(first), None if last is None else hour(last)


@st.composite
def seats(draw: st.DrawFn) -> Seat:
    holdings = []
    for person in draw(st.lists(st.sampled_from(PEOPLE), max_size=6)):
        since, until = draw(spans())
        standing = draw(st.sampled_from([Standing.PRIMARY, Standing.COVER, Standing.APPOINTED]))
        qualified = draw(st.booleans())
        holdings.append(
            Holding(
                person=person,
                name=f"{person}",
                standing=standing,
                since=since,
                until=until,
                qualified=qualified,
            )
        )
    absences = []
    for person in draw(st.lists(st.sampled_from(PEOPLE), max_size=6)):
        since, until = draw(spans())
        absences.append(Away(person=person, since=since, until=until))
    return seat(holdings, absences)


def seat(holdings, absences=(), *, post: str = "A-handle", duty: Duty = Duty.HANDLE) -> Seat:
    return Seat(
        post=post,
        title="承办",
        agency="A",
        division="330200",
        duty=duty,
        holdings=tuple(holdings),
        absences=tuple(absences),
    )


def holds(person: int, standing: Standing, **facts) -> Holding:
    usual = {"person": person, "name": f"{person}", "standing": standing, "since": hour(-1000)}
    return Holding(**(usual | facts))


A_AND_B = (holds(1, Standing.PRIMARY), holds(2, Standing.COVER))


@settings(max_examples=200, deadline=None)
@given(seats(), HOURS, st.frozensets(st.sampled_from(PEOPLE)))
def test_at_most_one_person_acts_and_they_may(one: Seat, count: int, recused: frozenset[int]) -> None:
    at = hour(count)
    may = [person for person in PEOPLE if one.may_act(person, at=at, recused=recused)]
    assert len(may) <= 1
    for person in may:
        assert person not in recused
        assert not one.away(person, at=at)
        held = [hold for hold in one.holdings if hold.person == person and hold.holds(at)]
        assert any(hold.qualified or hold.standing is Standing.PRIMARY for hold in held)


@settings(max_examples=200, deadline=None)
@given(seats(), HOURS)
def test_nobody_acts_only_where_nobody_is_there(one: Seat, count: int) -> None:
    at = hour(count)
    if one.acting(at=at) is not None:
        return
    latest = [one.holding(standing, at=at) for standing in (Standing.PRIMARY, Standing.COVER)]
    named = [hold for hold in one.holdings if hold.standing is Standing.APPOINTED and hold.holds(at)]
    for held in filter(None, [*latest, *named]):
        trained = held.qualified or held.standing is Standing.PRIMARY
        assert one.away(held.person, at=at) or not trained


@settings(max_examples=100, deadline=None)
@given(seats(), st.integers(min_value=0, max_value=24 * 7))
def test_gaps_are_exactly_the_hours_in_which_nobody_acts(one: Seat, first: int) -> None:
    since, until = hour(first), hour(first + 24 * 7)
    gaps = one.gaps(since, until)
    for count in range(first, first + 24 * 7):
        at = hour(count)
        empty = any(begin <= at < end for begin, end in gaps)
        assert empty == (one.acting(at=at) is None)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(gaps))


@settings(max_examples=100, deadline=None)
@given(seats(), spans(), st.sampled_from(PEOPLE), HOURS)
def test_one_more_absence_never_puts_the_absent_in_charge(
    one: Seat, span: tuple[datetime, datetime | None], person: int, count: int
) -> None:
    away = Away(person=person, since=span[0], until=span[1])
    left = seat(one.holdings, (*one.absences, away))
    at = hour(count)
    assert not (away.away(at) and left.may_act(person, at=at))
    if not away.away(at):
        assert left.acting(at=at) == one.acting(at=at)


@settings(max_examples=100, deadline=None)
@given(seats(), HOURS)
def test_a_cover_says_for_whom_and_a_holder_for_nobody(one: Seat, count: int) -> None:
    at = hour(count)
    acting, first = one.acting(at=at), one.holding(Standing.PRIMARY, at=at)
    if acting is None:
        return
    covers = acting.standing is not Standing.PRIMARY and first is not None
    assert acting.acting_for == (first.person if covers and first else 0)


def test_whoever_said_when_they_are_back_is_planned_with_but_not_yet_back() -> None:
    absence = Away(person=1, since=hour(0), expected=hour(48))
    one = seat(A_AND_B, [absence])
    acting = one.acting(at=hour(72))
    assert acting is not None
    assert acting.person == 2
    planned = one.planned(now=hour(10)).acting(at=hour(72))
    assert planned is not None
    assert planned.person == 1
    overdue = one.planned(now=hour(60)).acting(at=hour(72))
    assert overdue is not None
    assert overdue.person == 2


def test_who_answers_for_a_post() -> None:
    away = Away(person=1, since=hour(0), until=hour(48), handed_over=True)
    silent = Away(person=1, since=hour(0), until=hour(48), handed_over=False)
    ill = Away(person=2, since=hour(0), until=hour(48))
    lone = seat(A_AND_B[:1], [away])
    untrained = seat((A_AND_B[0], holds(2, Standing.COVER, qualified=False)), [away])
    assert liable(seat(A_AND_B), at=hour(1)) == Liable(answers=Answers.HOLDER, person=1)
    assert liable(seat(A_AND_B, [silent]), at=hour(1)) == Liable(answers=Answers.HOLDER, person=1)
    assert liable(seat(A_AND_B, [away]), at=hour(1)) == Liable(answers=Answers.COVER, person=2)
    for nobody in (seat(A_AND_B, [away, ill]), lone, untrained):
        assert liable(nobody, at=hour(1)) == Liable(answers=Answers.HEAD)


def test_cover_is_counted_in_office_minutes() -> None:
    away = Away(person=1, since=hour(0), until=hour(24))
    ill = Away(person=2, since=hour(0), until=hour(1))
    one = seat(A_AND_B, [away, ill])
    found = report.cover_rate([one], since=hour(0), until=hour(48), calendar=CALENDAR)
    assert uncovered_minutes(one, since=hour(0), until=hour(48), calendar=CALENDAR) == 60
    assert found.away - found.covered == 60
    assert found.rate is not None
    assert 0 < found.rate < 1
    assert report.cover_rate([seat(A_AND_B)], since=hour(0), until=hour(48), calendar=CALENDAR).rate is None


def test_the_report_names_orphans_duplicates_and_who_covers_too_many() -> None:
    twins = [
        seat((holds(9, Standing.PRIMARY), holds(2, Standing.COVER)), post=f"A-{place}") for place in range(4)
    ]
    lone = seat((holds(7, Standing.PRIMARY), holds(7, Standing.COVER)), post="A-head", duty=Duty.HEAD)
    bare = seat((), post="A-window", duty=Duty.WINDOW)
    found = list(report.faults([*twins, lone, bare], at=hour(0)))
    by_fault = {fault: [one for one in found if one.fault is fault] for fault in Fault}
    assert {one.duty for one in by_fault[Fault.ORPHAN_DUTY]} == {Duty.REVIEW, Duty.OVERSEE}
    assert [one.duty for one in by_fault[Fault.DUPLICATE_DUTY]] == [Duty.HANDLE]
    assert [one.person for one in by_fault[Fault.OVERLOADED]] == [2]
    assert [one.person for one in by_fault[Fault.SAME_PERSON]] == [7]
    for fault in (Fault.ORPHAN_POST, Fault.NOBODY_ACTS, Fault.NO_COVER):
        assert [one.posts for one in by_fault[fault]] == [("A-window",)]
    assert set(report.FAULT_NAMES) == set(Fault)


def test_posts_whose_holders_cover_each_other_are_told() -> None:
    one = seat((holds(1, Standing.PRIMARY), holds(2, Standing.COVER)), post="A-one")
    other = seat((holds(2, Standing.PRIMARY), holds(1, Standing.COVER)), post="A-other")
    assert report.mutual([one, other], at=hour(0)) == (("A-one", "A-other"),)
    assert report.mutual([one, seat(A_AND_B, post="A-same")], at=hour(0)) == ()


def test_the_public_table_shows_posts_that_face_the_public() -> None:
    inner = seat(A_AND_B, post="A-review", duty=Duty.REVIEW)
    outer = Seat(
        post="A-window",
        title="窗口",
        agency="A",
        division="330200",
        duty=Duty.WINDOW,
        holdings=A_AND_B,
        absences=(Away(person=1, since=hour(0)),),
        external=True,
        phone="0574-0000",
    )
    assert [row.post for row in report.table([outer, inner], at=hour(1))] == ["A-review", "A-window"]
    (row,) = report.duty_roster([outer, inner], at=hour(1))
    assert (row.first, row.second, row.acting, row.phone) == ("1", "2", "2", "0574-0000")


def test_the_table_is_published_every_half_year() -> None:
    days = (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31))
    assert [report.table_edition(day).isoformat() for day in days] == [
        "2026-01-01",
        "2026-01-01",
        "2026-07-01",
        "2026-07-01",
    ]


def test_the_highest_in_rank_comes_first_and_of_equals_the_one_asked() -> None:
    window, handle, head = (
        seat(A_AND_B, post=f"A-{duty}", duty=duty) for duty in (Duty.WINDOW, Duty.HANDLE, Duty.HEAD)
    )
    assert highest([window, head, handle]) is head
    assert highest([handle, window]) is handle
    assert highest([]) is None


def test_a_person_is_known_by_all_that_they_hold() -> None:
    held = (
        Hold(post="A-handle", agency="A", holding=holds(1, Standing.COVER)),
        Hold(post="B-window", agency="B", holding=holds(1, Standing.PRIMARY)),
        Hold(post="C-old", agency="C", holding=holds(1, Standing.PRIMARY, until=hour(-1))),
    )
    away = Away(person=1, since=hour(0), expected=hour(24))
    one = Servant(person=1, name=str(Phrase("甲", "A")), holds=held, absences=(away,))
    assert [hold.post for hold in one.held(at=hour(0))] == ["B-window", "A-handle"]
    assert (one.covers(at=hour(0)), one.agencies(at=hour(0))) == (1, {"A", "B"})
    assert one.absent(hour(5), hour(6), now=hour(1))
    assert not one.absent(hour(24), hour(30), now=hour(1))
    assert one.absent(hour(40), hour(41), now=hour(30))
