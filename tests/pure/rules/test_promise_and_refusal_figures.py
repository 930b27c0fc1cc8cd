"""What the four systems of time compute: promises kept, budgets, refusals by item, leaders who overturn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.casebook.telling import accepted, act, at, told
from xiaoneng.catalogue.item import ItemFacts
from xiaoneng.desk import opening
from xiaoneng.law.citation import Citation
from xiaoneng.law.defaults import adopt
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Role, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.procedure import Move
from xiaoneng.matters.vocabulary.decision import (
    Delivered,
    FilingConfirmed,
    ReasonCode,
    RefusalFiled,
    Refused,
)
from xiaoneng.matters.vocabulary.handling import Extended
from xiaoneng.procedures.approval import APPROVAL
from xiaoneng.rules import one_time_notice, refusal_filing, service_commitment, time_limit
from xiaoneng.rules.refusal_figures import Filing, Outcome, by_item, filings, outcome, overturning
from xiaoneng.rules.steps import budgets
from xiaoneng.worktime.limits import Limit, Unit

DAY = date(2026, 3, 2)
PROMISED = {"statutory": "20 个工作日", "promised": "10 个工作日"}
FILED = {"kind": "rejected", "code": "conditions", "legal_basis": "某条例第十条"}


def item(edition: int, promised: int | None, *, since: date = date(2026, 1, 1)) -> ItemFacts:
    return ItemFacts(
        code="T-001",
        edition=edition,
        name=Phrase("事项", "Item"),
        agency="A",
        in_force=since,
        statutory=Limit(20),
        basis=Citation("行政许可法", "第四十二条第一款"),
        promised=Limit(promised) if promised else None,
        phone="0574-12345",
    )


def granted(start: str, *, review: str, decide: str, **more: object) -> Dossier:
    return told(
        *accepted(start),
        act(f"{review} 10:00", "承办", "提出拟办意见"),
        act(f"{review} 11:00", "审核", "审核通过"),
        act(f"{decide} 10:00", "负责人", "准予", document="许可证"),
        **{"item": PROMISED, **more},
    )


def refused(*, code: str = "conditions", returned: bool = False) -> Dossier:
    rows = [*accepted("2026-03-02"), act("2026-03-03 10:00", "承办", "否定报备", **{**FILED, "code": code})]
    if returned:
        return told(*rows, act("2026-03-04 10:00", "分管", "报备退回"))
    return told(
        *rows,
        act("2026-03-04 10:00", "分管", "报备确认"),
        act("2026-03-05 10:00", "负责人", "不予许可", legal_basis="某条例第十条"),
    )


def test_an_item_publishes_its_promise_with_standards_remedy_and_complaint_phone() -> None:
    shown = service_commitment.commitment(item(1, 5))
    assert (shown.promised, shown.statutory, shown.compression) == (Limit(5), Limit(20), 0.75)
    assert shown.complaints == "0574-12345"
    assert shown.standards
    assert shown.remedy_basis.article == "courier"
    assert service_commitment.commitment(item(1, None)).promised == Limit(20)


def test_the_history_of_a_promise_says_which_edition_lengthened_it() -> None:
    editions = [item(3, 12, since=date(2026, 7, 1)), item(1, 10), item(2, 8, since=date(2026, 4, 1))]
    lines = service_commitment.history(editions)
    assert [(one.edition, one.before.count, one.after.count, one.lengthened) for one in lines] == [
        (2, 10, 8, False),
        (3, 8, 12, True),
    ]


def test_compliance_counts_decided_matters_with_a_promise_and_no_others() -> None:
    kept = granted("2026-03-02", review="2026-03-03", decide="2026-03-16")
    broken = granted("2026-03-02", review="2026-03-03", decide="2026-03-17")
    pending = told(*accepted("2026-03-02"), item=PROMISED)
    unpromised = granted("2026-03-02", review="2026-03-03", decide="2026-03-04", item={})
    found = service_commitment.compliance([kept, broken, pending, unpromised])
    assert (found.kept, found.of, found.share) == (1, 2, 0.5)
    assert service_commitment.compliance([pending]).share is None


def test_a_matter_cannot_be_opened_with_a_promise_other_than_the_published_one() -> None:
    dossier = told(act("2026-03-02 09:00", "申请人", "收件"), item=PROMISED)
    for promised, faults in ((Limit(25), 2), (Limit(12), 1), (Limit(10), 0)):
        terms = tuple(
            replace(term, promised=promised) if term.promised else term for term in dossier.opening.terms
        )
        first = replace(dossier.opening, terms=terms)
        tried = replace(dossier, acts=(first,), folded=None)
        said = [one for one in opening.refusals(tried, now=first.at) if one.rule == "service_commitment"]
        assert len(said) == faults


def test_a_shorter_promise_published_later_leaves_a_running_matter_alone() -> None:
    dossier = told(*accepted("2026-03-02"), item=PROMISED)
    assert dossier.opening.terms[-1].promised == Limit(10)
    assert list(service_commitment.breaches(dossier, now=at("2026-03-16"))) == []
    assert [one.key for one in service_commitment.breaches(dossier, now=at("2026-03-17"))] == [
        "handling/1/promise"
    ]


@pytest.mark.parametrize("promise", range(41))
def test_step_budgets_never_exceed_the_promise(promise: int) -> None:
    shared = budgets(Limit(promise), on=DAY)
    assert sum(shared.values()) in {0, promise}
    assert all(days >= 1 for days in shared.values())
    assert bool(shared) is (promise >= 3)


def test_a_promise_in_months_is_not_shared_out() -> None:
    assert budgets(Limit(2, Unit.MONTHS), on=DAY) == {}
    assert budgets(Limit(10), on=DAY) == {Role.HANDLER: 6, Role.REVIEWER: 2, Role.HEAD: 2}


def test_refusals_are_counted_by_item_and_reason_and_name_nobody() -> None:
    ends = [outcome(one) for one in (refused(), refused(code="quantity"))]
    ends.append(outcome(granted("2026-03-02", review="2026-03-03", decide="2026-03-04")))
    assert outcome(told(*accepted("2026-03-02"))) is None
    lines = by_item([one for one in ends if one] + [Outcome(item="A-000", refused=False)])
    assert [(one.item, one.decided, one.refused) for one in lines] == [("A-000", 1, 0), ("T-001", 3, 2)]
    assert lines[1].by_code == {ReasonCode.CONDITIONS: 1, ReasonCode.QUANTITY: 1}


def test_a_unit_one_fifth_of_whose_refusals_are_overturned_is_looked_at() -> None:
    returned, confirmed = filings(refused(returned=True)), filings(refused())
    assert [one.returned for one in (*returned, *confirmed)] == [True, False]
    four = overturning([*returned, *confirmed * 4], on=DAY)
    assert [(one.returned, one.of, one.alert) for one in four] == [(1, 5, True)]
    assert not overturning([*returned, *confirmed * 5], on=DAY)[0].alert


def test_a_city_that_looks_at_one_in_three_from_july_on_still_looked_at_one_in_five_in_june() -> None:
    adopt([{"topic": "refusal-overturned", "value": 33, "from": date(2026, 7, 1)}])
    fifth = [Filing(unit="A", reviewer="B", returned=place == 0) for place in range(5)]
    alerts = [overturning(fifth, on=day)[0].alert for day in (date(2026, 6, 30), date(2026, 7, 1))]
    adopt([])
    assert alerts == [True, False]


def test_a_report_that_a_matter_cannot_be_finished_counts_as_no_refusal() -> None:
    delay = {**FILED, "kind": "unable_in_time"}
    dossier = told(
        *accepted("2026-03-02"),
        act("2026-03-03 10:00", "承办", "否定报备", **delay),
        act("2026-03-04 10:00", "分管", "报备退回"),
    )
    assert filings(dossier) == ()
    assert outcome(dossier) is None


def test_a_refusal_that_slipped_past_its_filing_is_found_in_the_record() -> None:
    # Nothing recorded through the desk can look like this; a record that was brought in from elsewhere can.
    dossier = refused()
    confirmed = next(one for one in dossier.acts if isinstance(one, FilingConfirmed))
    bare = tuple(one for one in dossier.acts if not isinstance(one, RefusalFiled))
    found = refusal_filing.breaches(replace(dossier, acts=bare), now=at("2026-03-06"))
    assert [one.key for one in found] == ["unfiled/4"]
    same = tuple(replace(one, by=confirmed.by) if isinstance(one, Refused) else one for one in dossier.acts)
    found = refusal_filing.breaches(replace(dossier, acts=same), now=at("2026-03-06"))
    assert [one.key for one in found] == ["unfiled/5"]


def test_a_matter_closes_by_delivery_or_by_the_acts_of_notice_and_filing_only() -> None:
    closing = {
        (key(step.act), step.source[0].key if isinstance(step, Move) and step.act is Delivered else "")
        for step in (*APPROVAL.moves, *APPROVAL.lapses)
        if step.target and step.target.final
    }
    assert closing == {
        ("delivered", "granted"),
        ("delivered", "refused"),
        ("not-accepted", ""),
        ("revoked", ""),
        ("withdrawn", ""),
        ("deemed-withdrawn", ""),
    }


def test_the_gaps_an_officer_may_tick_shrink_after_the_first_notice() -> None:
    first = told(act("2026-03-02 09:00", "申请人", "收件", materials=["申请表"]))
    gaps = one_time_notice.gaps(first)
    assert (gaps.must, gaps.missing, gaps.defective) == ({"规划图"}, {"规划图", "证明"}, {"申请表"})
    later = told(
        act("2026-03-02 09:00", "申请人", "收件", materials=["申请表"]),
        act("2026-03-02 10:00", "窗口", "一次性告知", missing=["规划图", "证明"]),
        act("2026-03-03 10:00", "申请人", "补正材料", materials=["规划图"]),
    )
    gaps = one_time_notice.gaps(later)
    assert (gaps.must, gaps.missing, gaps.defective) == (set(), {"证明"}, {"规划图"})


def test_breaches_are_the_same_however_often_and_late_they_are_asked_for() -> None:
    dossier = told(*accepted("2026-03-02"), item=PROMISED)
    seen: dict[tuple[str, str], object] = {}
    for day in ("2026-03-17", "2026-03-31", "2026-06-30", "2026-12-30"):
        for rule in (service_commitment, one_time_notice, time_limit, refusal_filing):
            for one in rule.breaches(dossier, now=at(day)):
                assert seen.setdefault((one.rule, one.key), one.since) == one.since
    assert sorted(seen) == [
        ("refusal_filing", "handling/1/promise"),
        ("service_commitment", "handling/1/promise"),
        ("time_limit", "handling/1/statute"),
    ]


def test_a_decision_before_its_time_is_counted_by_days() -> None:
    ends = {"2026-03-09": 5, "2026-03-16": 0, "2026-03-18": -2}
    for day, early in ends.items():
        assert time_limit.days_early(granted("2026-03-02", review="2026-03-03", decide=day)) == early
    assert time_limit.days_early(told(*accepted("2026-03-02"))) is None


def test_a_joint_matter_is_extended_by_the_role_its_article_names_and_not_by_the_head() -> None:
    dossier = told(*accepted("2026-03-02"))
    joint = tuple(
        replace(term, extension=Limit(15), extension_by=Role.SUPERVISOR) for term in dossier.opening.terms
    )
    dossier = replace(dossier, acts=(replace(dossier.opening, terms=joint), *dossier.acts[1:]), folded=None)
    when = at("2026-03-20")
    head = dossier.seats["负责人"].acting(at=when)
    assert head is not None
    more = Extended(at=when, by=head, count=15, reason="联合办理情况复杂")
    said = [one.reason.en for one in time_limit.refusals(dossier, more)]
    assert said == ["Only the head whom the article names may extend"]
