"""The four always: empty while offices do their duty, broken at the hour they do not, and provable from the log."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.complaints import CITY_BUREAU, CITY_CENTRE, Offices, complain, found_centres, put
from tests.office import at
from xiaoneng.cli.always import always
from xiaoneng.desk import recording, sealing
from xiaoneng.ledger import queries as ledger
from xiaoneng.matters.acts import key
from xiaoneng.matters.models import ActRecord, Matter
from xiaoneng.matters.vocabulary.cards import CardWithdrawn
from xiaoneng.matters.vocabulary.complaint import (
    AllegationFound,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintConcluded,
)
from xiaoneng.matters.vocabulary.complaint_words import Consequence, Finding
from xiaoneng.openness import four_absolutes
from xiaoneng.openness.four_absolutes import FOUR, Answer, Question, ask, ask_all, forget
from xiaoneng.openness.proving import proven
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices() -> Offices:
    forget()
    return found_centres()


def broken(question: Question, when: str) -> list[tuple[str, str]]:
    answer = ask(question, now=at(when))
    return [(one.number, one.wrong.zh if one.wrong else "") for one in answer.broken]


def handled(
    offices: Offices,
    *,
    finding: Finding = Finding.NOT,
    consequence: Consequence = Consequence.NONE,
    reference: str = "",
    answered: bool = True,
) -> str:
    """Take an anonymous complaint about the city bureau to its answer on 6 March 2026; return its number."""
    number = complain(agencies=(CITY_BUREAU,)).number
    centre = f"{CITY_CENTRE}-complaints"

    def do(act: type, when: str, **fields: object) -> None:
        put(act, number=number, when=when, by=offices.who(centre, when=when), **fields)

    do(ComplaintAccepted, "2026-03-03 09:00", allegations=("窗口推诿", "态度恶劣"))
    for minute, what in enumerate(("窗口推诿", "态度恶劣")):
        do(AllegationFound, f"2026-03-04 09:0{minute}", allegation=what, finding=finding, facts="已查看录像")
    do(
        ComplaintConcluded,
        "2026-03-05 09:00",
        measures="已教育",
        consequence=consequence,
        reference=reference,
    )
    if answered:
        do(ComplaintAnswered, "2026-03-06 09:00", answer="已查清")
    return number


def lapsed(number: str, when: str) -> None:
    recording.lapse(number, now=at(when))


def test_a_complaint_traced_to_its_end_is_examined_and_breaks_nothing(offices: Offices) -> None:
    number = handled(offices)
    assert ask(Question.TRACED, now=at("2026-03-07 09:00")).examined == 0
    lapsed(number, "2026-04-01 09:00")
    assert not Matter.objects.get(number=number).is_open
    answer = ask(Question.TRACED, now=at("2026-04-01 09:00"))
    assert (answer.examined, answer.broken) == (1, ())


def test_a_complaint_marked_closed_behind_the_desk_is_found_by_its_acts(offices: Offices) -> None:
    number = complain(agencies=(CITY_BUREAU,)).number
    Matter.objects.filter(number=number).update(
        is_open=False, stage="closed", closed_at=at("2026-03-03 09:00")
    )
    (found,) = broken(Question.TRACED, "2026-03-03 09:00")
    assert found == (number, "未答复；未回访；没有列明投诉事项")


def test_a_term_that_ran_out_is_broken_after_a_day_unless_a_card_was_raised(offices: Offices) -> None:
    number = handled(offices, answered=False)
    last_hour, next_day = "2026-04-16 23:59", "2026-04-17 00:00"
    assert Matter.objects.get(number=number).is_open
    due = recording.read(number)
    (run,) = due.running()
    assert str(due.due(run)) == "2026-04-15"
    assert broken(Question.TRACED, last_hour) == []
    (found,) = broken(Question.TRACED, next_day)
    assert found[0] == number
    assert "督察也未出牌" in found[1]
    sweep(now=at(next_day))
    assert broken(Question.TRACED, next_day) == []
    (card,) = Card.objects.filter(matter__number=number, rung="statute")
    assert card.level in {"yellow", "red"}


def test_a_red_card_without_a_consequence_breaks_the_second_after_five_working_days(offices: Offices) -> None:
    number = handled(offices, answered=False)
    sweep(now=at("2026-04-17 00:10"))
    card = Card.objects.filter(matter__number=number, level="red").first()
    assert card is not None
    assert broken(Question.DISPOSED, "2026-04-24 23:59") == []
    assert [one[0] for one in broken(Question.DISPOSED, "2026-04-25 00:00")] == [card.number]


def test_a_withdrawn_card_needs_no_consequence(offices: Offices) -> None:
    handled(offices, answered=False)
    sweep(now=at("2026-04-17 00:10"))
    card = Card.objects.get(level="red")
    assert [one[0] for one in broken(Question.DISPOSED, "2026-05-06 09:00")] == [card.number]
    assert card.case is not None
    record_as_if(card.case.number, key(CardWithdrawn))
    assert broken(Question.DISPOSED, "2026-05-06 09:00") == []


def record_as_if(number: str, verb: str) -> None:
    """Add an act by its columns alone: the question reads acts, whatever let them be recorded."""
    first = ActRecord.objects.filter(matter__number=number).order_by("sequence").last()
    assert first is not None
    first.pk = None
    first.sequence += 1
    first.verb, first.body, first.act_hash = verb, "{}", bytes(31) + bytes([first.sequence])
    first.save(force_insert=True)


def test_what_a_complaint_proves_has_a_consequence_that_exists(offices: Offices) -> None:
    number = handled(
        offices, finding=Finding.PARTLY, consequence=Consequence.DISCIPLINE, reference="ZZ2026-0000001-5"
    )
    assert broken(Question.DISPOSED, "2026-03-12 23:59") == []
    assert [one[0] for one in broken(Question.DISPOSED, "2026-03-13 00:00")] == [number]


def test_rectification_ordered_with_the_conclusion_disposes_of_it(offices: Offices) -> None:
    handled(
        offices, finding=Finding.SUBSTANTIATED, consequence=Consequence.RECTIFICATION, reference="整改1号"
    )
    answer = ask(Question.DISPOSED, now=at("2026-05-06 09:00"))
    assert (answer.examined, answer.broken) == (1, ())


def test_each_question_says_what_it_asks_in_both_languages() -> None:
    assert [one.question for one in FOUR] == list(Question)
    for one in FOUR:
        assert "违反" in one.definition.zh
        assert "Broken" in one.definition.en


def test_every_act_that_proves_an_answer_is_in_the_log_with_its_hash(offices: Offices) -> None:
    number = handled(
        offices,
        finding=Finding.SUBSTANTIATED,
        consequence=Consequence.RECTIFICATION,
        reference="整改1号",
    )
    lapsed(number, "2026-04-01 09:00")
    sealing.seal_waiting(now=at("2026-04-01 09:01"))
    now = at("2026-04-01 09:02")
    acts = [act for one in FOUR for entry in proven(ask(one.question, now=now)) for act in entry["acts"]]
    assert len(acts) >= 8
    entries = {entry.index: entry.act_hash for entry in ledger.entries()}
    for act in acts:
        stored = ActRecord.objects.get(matter__number=act["number"], sequence=act["sequence"])
        assert bytes(stored.act_hash).hex() == act["act_hash"]
        assert act["log_index"] is not None
        assert entries[act["log_index"]].hex() == act["act_hash"]
    assert list(sealing.faults()) == []


def test_an_act_that_is_not_sealed_yet_says_so(offices: Offices) -> None:
    lapsed(handled(offices), "2026-04-01 09:00")
    (entry,) = proven(ask(Question.TRACED, now=at("2026-04-01 09:02")))
    assert {act["log_index"] for act in entry["acts"]} == {None}


def test_the_command_prints_what_proves_each_answer(
    offices: Offices, capsys: pytest.CaptureFixture[str]
) -> None:
    lapsed(handled(offices), "2026-04-01 09:00")
    assert always(["--json", "traced"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["question"], told["examined"], told["broken"]) == ("traced", 1, 0)
    assert always(["--lang", "en"]) == 0
    assert "Every complaint traced: 1 examined, 0 broken" in capsys.readouterr().out


def test_the_number_of_queries_does_not_grow_with_the_record(offices: Offices) -> None:
    def asked() -> int:
        forget()
        with CaptureQueriesContext(
            connection,
        ) as some:
            ask_all(now=at("2026-05-06 09:00"))
        return len(some)

    lapsed(handled(offices), "2026-04-01 09:00")
    few = asked()
    for _ in range(4):
        lapsed(
            handled(
                offices, finding=Finding.SUBSTANTIATED, consequence=Consequence.RECTIFICATION, reference="1"
            ),
            "2026-04-01 09:00",
        )
    assert asked() == few


def test_the_answers_of_a_minute_are_kept_until_the_record_moves(offices: Offices) -> None:
    now = at("2026-05-06 09:00")
    first: tuple[Answer, ...] = ask_all(now=now)
    assert ask_all(now=now + timedelta(seconds=30)) is first
    assert ask_all(now=now + timedelta(seconds=60)) is not first
    again = ask_all(now=now)
    complain(agencies=(CITY_BUREAU,), by=CITIZEN)
    assert ask_all(now=now) is not again


def test_an_answer_that_takes_long_is_kept_for_twenty_times_as_long_though_the_record_moves(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter((0.0, 2.0, 0.0, 2.0))
    monkeypatch.setattr(four_absolutes, "perf_counter", lambda: next(ticks))
    now = at("2026-05-06 09:00")
    first = ask_all(now=now)
    complain(agencies=(CITY_BUREAU,))
    assert ask_all(now=now + timedelta(seconds=39)) is first
    assert ask_all(now=now + timedelta(seconds=40)) is not first
