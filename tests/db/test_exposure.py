"""Exposure through the desk: what may not be proposed, what the register shows, what a correction and a bar do."""

from __future__ import annotations

from datetime import date

import pytest

from tests.duty import by_duty, dereliction, put
from tests.exposing import do, expose, found_publishers, grave_case, propose, watcher
from tests.office import Office, at
from xiaoneng.desk import duty
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.recording import ActRefused, read
from xiaoneng.matters.vocabulary.discipline import AppealDecided, AppealMade, Measure, Severity
from xiaoneng.matters.vocabulary.exposure import (
    BarGround,
    Exposed,
    ExposureBarred,
    ExposureCorrected,
    ExposureWithdrawn,
)
from xiaoneng.openness import access, actions
from xiaoneng.openness.four_absolutes import Question, ask
from xiaoneng.openness.models import Publication
from xiaoneng.openness.publication import Channel
from xiaoneng.organisation.capacity import Duty
from xiaoneng.rules import exposing

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_publishers()


def why(refused: pytest.ExceptionInfo[ActRefused]) -> str:
    return str(refused.value)


def test_what_nothing_proves_cannot_even_be_proposed(office: Office) -> None:
    with pytest.raises(CannotOpen) as cannot:
        propose("ZZ2026-0000099-9")
    assert "没有这个编号" in str(cannot.value)
    begun = duty.register_dereliction(
        dereliction(office, when="2026-03-02 09:00"), now=at("2026-03-02 09:00")
    ).number
    with pytest.raises(ActRefused) as refused:
        propose(begun)
    assert "事实尚未由生效的处理" in why(refused)


def test_a_case_is_proposed_once(office: Office) -> None:
    case = grave_case(office)
    first = propose(case)
    with pytest.raises(ActRefused) as refused:
        propose(case, when="2026-03-12 10:00")
    assert first in why(refused)


def test_the_term_ends_twenty_working_days_after_the_decision(office: Office) -> None:
    dossier = read(propose(grave_case(office)))
    (run,) = dossier.running()
    assert dossier.due(run) == date(2026, 4, 8)  # 10 March; Qingming is 4 to 6 April


def test_what_is_exposed_stands_in_the_register_until_its_last_day(office: Office) -> None:
    number = expose(office, grave_case(office))
    (row,) = access.register(Channel.EXPOSURE, on=date(2026, 9, 16))
    assert (row.number, row.title_zh, row.status) == (number, "测试局窗口三次拒收材料", "published")
    assert not access.register(Channel.EXPOSURE, on=date(2026, 9, 17))
    assert [one.number for one in access.archive(Channel.EXPOSURE, on=date(2026, 9, 17))] == [number]


def test_a_refused_publication_leaves_neither_act_nor_row(office: Office) -> None:
    number = propose(grave_case(office))
    with pytest.raises(ActRefused):
        do(
            Exposed,
            number=number,
            when="2026-03-13 09:00",
            by=watcher(Duty.PUBLISH, "2026-03-13 09:00"),
            until=date(2026, 9, 16),
        )
    assert (len(read(number).acts), Publication.objects.count()) == (1, 0)


def test_an_appeal_made_before_the_page_stands_stops_the_page(office: Office) -> None:
    case = grave_case(office)
    number = propose(case)
    subject = by_duty(office, Duty.HANDLE, "2026-03-12 10:00")
    put(AppealMade, number=case, when="2026-03-12 10:00", by=subject, grounds="不是我当班")
    assert read(number).referred is not None
    assert read(number).referred.contested  # type: ignore[union-attr]
    with pytest.raises(ActRefused) as refused:
        do(
            Exposed,
            number=number,
            when="2026-03-13 09:00",
            by=watcher(Duty.PUBLISH, "2026-03-13 09:00"),
            until=date(2026, 9, 16),
        )
    assert "申诉或者复核尚未了结" in why(refused)


def test_a_correction_stands_in_the_same_place_for_as_long_and_the_first_stays(office: Office) -> None:
    number = expose(office, grave_case(office))
    do(
        ExposureCorrected,
        number=number,
        when="2026-03-20 09:00",
        by=watcher(Duty.HEAD, "2026-03-20 09:00"),
        title_zh="更正：应为两次",
        title_en="Correction: twice",
        text_zh="应为两次，不是三次。",
        text_en="It was twice, not three times.",
        reasons="核对记录有误",
    )
    first, second = access.of_matter(Channel.EXPOSURE, number)
    assert (first.status, second.status, second.corrects) == ("corrected", "published", first)
    assert second.until == date(2026, 9, 20)
    assert first.body_zh.startswith("2026年2月")


def test_what_is_withdrawn_loses_its_words_in_the_register_and_not_on_the_record(office: Office) -> None:
    number = expose(office, grave_case(office))
    do(
        ExposureWithdrawn,
        number=number,
        when="2026-03-20 09:00",
        by=watcher(Duty.HEAD, "2026-03-20 09:00"),
        reasons="可能认出证人",
    )
    (row,) = access.of_matter(Channel.EXPOSURE, number)
    assert (row.status, row.title_zh, row.body_zh) == ("withdrawn", "", "")
    assert not access.register(Channel.EXPOSURE, on=date(2026, 3, 20))
    assert "三次" in read(number).opening.text_zh  # type: ignore[attr-defined]


def test_rebuilding_the_register_changes_nothing_and_mends_what_was_touched(office: Office) -> None:
    number = expose(office, grave_case(office))
    assert list(actions.rebuild_publications(write=False)) == []
    Publication.objects.update(body_zh="改过")
    assert list(actions.rebuild_publications()) == [(number, ("6.body_zh",))]
    assert list(actions.rebuild_publications(write=False)) == []


def test_an_exposure_whose_decision_was_revoked_is_a_breach_until_it_is_corrected(office: Office) -> None:
    case = grave_case(office)
    number = expose(office, case)
    subject = by_duty(office, Duty.HANDLE, "2026-03-18 10:00")
    put(AppealMade, number=case, when="2026-03-18 10:00", by=subject, grounds="不是我当班")
    put(
        AppealDecided,
        number=case,
        when="2026-03-27 10:00",
        by=watcher(Duty.SUPERVISE, "2026-03-27 10:00"),
        measure=Measure.OFF_POST_TRAINING,
        revoked=True,
        reasons="当日不在岗",
    )
    (breach,) = exposing.breaches(read(number), now=at("2026-03-28 09:00"))
    assert "已被撤销" in breach.what.zh
    assert ask(Question.PUBLISHED, now=at("2026-12-01 09:00")).examined == 0


def test_a_grave_case_is_due_in_twenty_working_days_and_then_breaks_the_fourth_always(office: Office) -> None:
    case = grave_case(office)
    in_time, late = at("2026-04-08 23:59"), at("2026-04-09 00:00")
    assert [one.number for one in ask(Question.PUBLISHED, now=in_time).waiting] == [case]
    assert ask(Question.PUBLISHED, now=in_time).broken == ()
    (broken,) = ask(Question.PUBLISHED, now=late).broken
    assert (broken.number, broken.due) == (case, late)
    expose(office, case)
    assert ask(Question.PUBLISHED, now=late).broken == ()


def test_a_light_case_need_not_be_published(office: Office) -> None:
    grave_case(office, measure=Measure.ORAL_WARNING, severity=Severity.LIGHT)
    assert ask(Question.PUBLISHED, now=at("2026-12-01 09:00")).examined == 0


def test_a_bar_for_an_investigation_holds_until_its_day_only(office: Office) -> None:
    case = grave_case(office)
    number = propose(case)
    do(
        ExposureBarred,
        number=number,
        when="2026-03-13 09:00",
        by=watcher(Duty.HEAD, "2026-03-13 09:00"),
        ground=BarGround.ONGOING,
        until=date(2026, 6, 30),
        statement="监察机关正在调查",
    )
    assert ask(Question.PUBLISHED, now=at("2026-06-30 23:00")).broken == ()
    assert [one.number for one in ask(Question.PUBLISHED, now=at("2026-07-01 00:00")).broken] == [case]
    propose(case, when="2026-07-01 09:00")
