"""A yellow or red card is a case: opened once with it, answered, contested, withdrawn, turned red by silence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.db.test_dereliction import DAY, appealed
from tests.db.test_sweep import accepted, answered, raised
from tests.duty import dereliction
from tests.duty import found_offices as found_both_offices
from tests.office import AGENCY, add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.duty import register_dereliction
from xiaoneng.desk.recording import ActRefused
from xiaoneng.matters.access import visible_to
from xiaoneng.matters.acts import Act
from xiaoneng.matters.models import Bar, Matter, Notice
from xiaoneng.matters.vocabulary.cards import (
    CardAnswered,
    CardClosed,
    CardConfirmed,
    CardContested,
    CardExempted,
    CardIssued,
    CardWithdrawn,
)
from xiaoneng.matters.vocabulary.discipline import DerelictionRegistered, Source
from xiaoneng.matters.vocabulary.measures import Exemption
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.queries import seats
from xiaoneng.supervision import queries
from xiaoneng.supervision.access import access_card, visible_cards
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.rulesets import CHENGDU
from xiaoneng.supervision.sweep import inspect, look, sweep, walk

pytestmark = pytest.mark.django_db
SUPERVISOR = "330200-XNB-supervise"


@pytest.fixture
def office():
    founded = found_office()
    supervision()
    return founded


def supervision(code: str = "330200-XNB") -> None:
    """Found an effectiveness office with a supervisor and a head."""
    city, _ = Division.objects.get_or_create(code="330200", defaults={"zh": "宁波市", "en": "Ningbo"})
    Agency.objects.create(code=code, zh="效能办", en="Effectiveness Office", short="效能办", division=city)
    for duty in (Duty.SUPERVISE, Duty.HEAD):
        post = Post.objects.create(code=f"{code}-{duty}", agency_id=code, zh="岗", en="Post", duty=duty)
        person = Person.objects.create(name=f"效能办{duty.phrase.zh}（虚构）", invented=True)
        Incumbency.objects.create(
            post=post, person=person, standing=Standing.PRIMARY, active_from=at("2020-01-01 00:00")
        )


def acting(post: str, when: str) -> Capacity:
    found = seats([post])[post].acting(at=at(when))
    assert found is not None
    return found


def put(card: Card, act: type[Act], post: str, when: str, **fields) -> None:
    case = Matter.objects.get(pk=card.case_id)
    made = act(at=at(when), by=acting(post, when), **fields)
    recording.record(made, number=case.number, seen=case.acts_seen, now=at(when))


def refused(card: Card, act: type[Act], post: str, when: str, **fields) -> str:
    with pytest.raises(ActRefused) as found:
        put(card, act, post, when, **fields)
    return "；".join(one.reason.zh for one in found.value.refusals)


def card_of(level: str) -> Card:
    return Card.objects.select_related("case").get(level=level)


def yellow(office) -> Card:
    accepted(office)
    sweep(now=at("2026-03-18 00:05"))
    return card_of("yellow")


def red(office) -> Card:
    apply(item=add_item(), when=at("2026-03-02 09:00"))
    sweep(now=at("2026-03-10 00:05"))
    return card_of("red")


def test_a_card_opens_its_case_with_whoever_used_up_the_time_and_says_where_to_answer(office):
    card = yellow(office)
    issued = recording.read(card.case.number).opening
    assert isinstance(issued, CardIssued)
    assert card.case.number.startswith("PB2026-0000001-")
    assert (issued.card, issued.about, issued.level.value) == (card.number, card.matter.number, "yellow")
    assert (card.case.owner_post, card.case.stage) == ("330200-TEST-handle", "issued")
    assert issued.named == "承办A（虚构）"
    case = recording.read(card.case.number)
    assert str(case.due(case.running()[0])) == "2026-03-23"
    notice = Notice.objects.get(key=f"{card.number}/{card.post}")
    assert card.case.number in notice.zh
    assert sweep(now=at("2026-03-18 00:06")).looked == 0


def test_a_reminder_has_no_case_and_nothing_reminds_of_a_card(office):
    yellow(office)
    assert card_of("reminder").case is None
    before = Card.objects.count()
    sweep(now=at("2026-03-20 09:00"))  # a working day before the answer is due
    inspect(
        Matter.objects.filter(procedure="card").values_list("number", flat=True), now=at("2026-05-20 09:00")
    )
    assert not Card.objects.filter(matter__procedure="card").exists()
    assert Card.objects.count() == before


def test_a_yellow_card_left_unanswered_three_working_days_turns_red_once(office):
    card = yellow(office)
    assert sweep(now=at("2026-03-23 23:59")).cards == 0
    swept = sweep(now=at("2026-03-24 00:05"))
    assert (swept.lapses, swept.cards) == (1, 1)
    turned = card_of("red")
    assert (turned.matter_id, turned.key) == (card.matter_id, f"unanswered/{card.number}")
    assert (turned.cause, turned.rule_set, turned.post) == ("unanswered", "recommended", card.post)
    assert turned.case is not None
    for look_again in (sweep, walk):
        look_again(now=at("2026-03-25 00:05"))
    look(card.case.number, now=at("2026-03-25 00:06"))
    assert raised().count(("red", "unanswered")) == 1


def test_a_red_card_left_unanswered_is_left_to_supervision_and_raises_nothing_more(office):
    red(office)
    sweep(now=at("2026-03-16 00:05"))
    assert raised().count(("red", "statute")) == 1
    assert ("red", "unanswered") not in raised()
    assert card_of("red").case.stage == "unanswered"


def test_a_late_answer_that_writes_the_lapse_down_itself_is_found_by_the_walk(office):
    card = yellow(office)
    answered(office, card, "2026-03-26 09:00")  # nobody swept since: the lapse is written with the answer
    assert ("red", "unanswered") not in raised()
    walk(now=at("2026-03-27 00:10"))
    assert ("red", "unanswered") in raised()


def test_an_answer_in_time_is_confirmed_and_closed(office):
    card = yellow(office)
    answered(office, card, "2026-03-19 09:00")
    assert sweep(now=at("2026-03-30 09:00")).cards == 0
    assert "须由效能督察办理" in refused(card, CardConfirmed, card.post, "2026-03-30 09:00", note="属实")
    put(card, CardConfirmed, SUPERVISOR, "2026-03-30 09:00", note="属实")
    put(card, CardClosed, SUPERVISOR, "2026-03-30 10:00", note="已整改")
    assert card_of("yellow").case.stage == "closed"


def test_a_contested_card_that_was_wrong_stays_to_be_seen_and_counts_nowhere(office):
    card = yellow(office)
    put(card, CardContested, card.post, "2026-03-19 09:00", grounds="已办结，系统未回传")
    assert sweep(now=at("2026-03-25 09:00")).cards == 0
    put(card, CardWithdrawn, SUPERVISOR, "2026-03-25 10:00", reasons="核实无误")
    mine = [acting(card.post, "2026-03-25 10:00")]
    assert access_card(card.number, by=mine).case.stage == "withdrawn"
    assert visible_cards(mine).filter(level="yellow").count() == 1
    assert visible_cards(mine).filter(queries.COUNTED, level="yellow").count() == 0
    look(card.matter.number, now=at("2026-03-25 11:00"))
    assert raised().count(("yellow", "promise")) == 1


def test_a_red_card_ends_only_with_a_disposition(office):
    card = red(office)
    put(card, CardAnswered, card.post, "2026-03-11 09:00", explanation="漏看", remedy="已受理")
    put(card, CardConfirmed, SUPERVISOR, "2026-03-12 09:00", note="属实")
    assert "须有处置" in refused(card, CardClosed, SUPERVISOR, "2026-03-12 10:00", note="完")
    wrong = refused(
        card, CardClosed, SUPERVISOR, "2026-03-12 10:00", note="完", discipline="ZZ2026-0000009-9"
    )
    assert "没有来源编号" in wrong
    act = DerelictionRegistered(
        at=at("2026-03-12 11:00"),
        by=acting("330200-TEST-personnel", "2026-03-12 11:00"),
        source=Source.RED_CARD,
        reference=card.number,
        person=office.people["window-A"],
        facts="五日内未作处理",
    )
    number = register_dereliction(act, now=at("2026-03-12 11:00")).number
    put(card, CardClosed, SUPERVISOR, "2026-03-12 12:00", note="已立案", discipline=number)
    assert card_of("red").case.stage == "closed"


def test_the_head_of_the_effectiveness_office_may_exempt_with_reasons_and_the_agency_may_not(office):
    card = red(office)
    put(card, CardAnswered, card.post, "2026-03-11 09:00", explanation="台风停电", remedy="已受理")
    fields = {"exemption": Exemption.FORCE_MAJEURE, "reasons": "全市停电"}
    assert refused(card, CardExempted, "330200-TEST-head", "2026-03-11 10:00", **fields)
    put(card, CardExempted, "330200-XNB-head", "2026-03-11 10:00", **fields)
    put(card, CardConfirmed, SUPERVISOR, "2026-03-12 09:00", note="属实")
    put(card, CardClosed, SUPERVISOR, "2026-03-12 10:00", note="免予追究")


def test_without_an_effectiveness_office_the_head_of_the_agency_judges():
    office = found_office()
    card = yellow(office)
    case = recording.read(card.case.number)
    assert {one.role.value: one.post for one in case.opening.posts}["supervisor"] == "330200-TEST-head"


def test_who_sees_the_case_of_a_card(office):
    card = yellow(office)
    put(card, CardAnswered, card.post, "2026-03-19 09:00", explanation="忙", remedy="已办")
    sees = {
        post: visible_to([acting(post, "2026-03-19 10:00")]).filter(pk=card.case_id).exists()
        for post in (
            *("330200-TEST-handle", "330200-TEST-head", "330200-TEST-oversee", SUPERVISOR),
            *("330200-TEST-window", "330200-TEST-review"),
        )
    }
    assert list(sees.values()) == [True, True, True, True, False, False]


def test_a_card_on_a_confidential_matter_is_closed_to_whom_the_matter_is_closed(office):
    card = yellow(office)
    supervisor = acting(SUPERVISOR, "2026-03-19 10:00")
    assert visible_cards([supervisor]).filter(pk=card.pk).exists()
    Matter.objects.filter(pk=card.matter_id).update(procedure="complaint")
    leader = acting("330200-TEST-head", "2026-03-19 10:00")
    assert not visible_cards([leader]).filter(pk=card.pk).exists()
    Bar.objects.create(matter_id=card.matter_id, mark=f"person:{supervisor.person}")
    assert not visible_cards([supervisor]).filter(pk=card.pk).exists()
    Bar.objects.create(matter_id=card.case_id, mark=f"person:{supervisor.person}")
    assert not visible_to([supervisor]).filter(pk=card.case_id).exists()


def test_a_case_that_could_not_be_opened_is_opened_by_a_later_walk(office, monkeypatch):
    def fails(*_args, **_more):
        raise RuntimeError("no disk")

    accepted(office)
    with monkeypatch.context() as broken:
        broken.setattr("xiaoneng.supervision.cases.open_card", fails)
        assert sweep(now=at("2026-03-18 00:05")).cards == 1
    assert card_of("yellow").case is None
    walk(now=at("2026-03-19 00:05"))
    assert card_of("yellow").case is not None


def test_rules_that_raise_a_yellow_card_where_others_remind_open_its_case_too(office, monkeypatch):
    monkeypatch.setattr("xiaoneng.supervision.card.in_force", lambda *_: CHENGDU)
    accepted(office)
    swept = sweep(now=at("2026-03-16 09:00"))
    assert (swept.reminders, swept.cards) == (0, 1)
    card = card_of("yellow")
    assert (card.cause, card.rule_set, card.case.stage) == ("near", "chengdu", "issued")


def test_the_card_of_a_dereliction_matter_is_told_to_its_post_alone_and_bears_its_marks():
    office = found_both_offices()
    number = register_dereliction(dereliction(office, when=DAY), now=at(DAY)).number
    appealed(office, number)  # on 20 March: thirty days to answer end on Monday 20 April
    sweep(now=at("2026-04-21 00:05"))
    card = Card.objects.select_related("case").get(level="red", matter__number=number)
    assert card.post.endswith("-supervise")
    told = Notice.objects.filter(kind="red", matter=card.matter_id).values_list("recipient", flat=True)
    assert list(told) == [card.post]
    marks = set(Bar.objects.filter(matter=card.matter_id).values_list("mark", flat=True))
    assert marks
    assert marks <= set(Bar.objects.filter(matter=card.case_id).values_list("mark", flat=True))
    leader = acting(f"{AGENCY}-head", "2026-04-21 09:00")
    assert not visible_cards([leader]).filter(pk=card.pk).exists()
    assert not visible_to([leader]).filter(pk=card.case_id).exists()
    assert visible_cards([acting(card.post, "2026-04-21 09:00")]).filter(pk=card.pk).exists()


DEEDS = st.lists(st.sampled_from(["sweep", "walk", "look", "answer", "contest", "wait"]), max_size=14)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_in_whatever_order_things_happen_nothing_is_raised_twice(office, deeds):
    start = Card.objects.count()
    number = accepted(office, code=f"T-{Matter.objects.count():03d}")
    day = 18
    for hour, deed in enumerate(deeds):
        when = f"2026-03-{day:02d} {8 + hour % 10:02d}:{hour:02d}"
        day += deed == "wait" and day < 31
        if deed == "look":
            look(number, now=at(when))
        elif deed in {"sweep", "walk"}:
            {"sweep": sweep, "walk": walk}[deed](now=at(when))
        else:
            _try(number, deed, when)
    sweep(now=at("2026-04-20 09:00"))
    cards = list(Card.objects.filter(matter__number=number).values_list("level", "key", "case"))
    assert len({key for _, key, _ in cards}) == len(cards)
    cases = [case for level, _, case in cards if level != "reminder"]
    assert None not in cases
    assert (
        len(set(cases))
        == len(cases)
        == Card.objects.exclude(level="reminder").filter(matter__number=number).count()
    )
    assert Matter.objects.filter(procedure="card").count() == Card.objects.exclude(level="reminder").count()
    assert Card.objects.count() > start


def _try(number: str, deed: str, when: str) -> None:
    card = Card.objects.filter(matter__number=number, level="yellow").first()
    if card is None:
        return
    fields = {
        "answer": (CardAnswered, {"explanation": "忙", "remedy": "已办"}),
        "contest": (CardContested, {"grounds": "有误"}),
    }.get(deed)
    if fields:
        try:
            put(card, fields[0], card.post, when, **fields[1])
        except ActRefused:
            return
