"""Notices and refusals through the one door: what the eight systems refuse leaves nothing behind."""

from __future__ import annotations

import pytest

from tests.office import AGENCY, add_item, apply, at, found_office
from xiaoneng.desk import recording
from xiaoneng.desk.papers import paper_of
from xiaoneng.matters.models import ActRecord
from xiaoneng.matters.vocabulary.decision import FilingConfirmed, NegativeKind, ReasonCode, RefusalFiled
from xiaoneng.matters.vocabulary.handling import Proposed, Reviewed
from xiaoneng.matters.vocabulary.intake import (
    Accepted,
    MaterialsDemanded,
    MaterialsNoticed,
    MaterialsSupplied,
)
from xiaoneng.organisation.capacity import CITIZEN, Duty
from xiaoneng.organisation.models import Post

pytestmark = pytest.mark.django_db


def step(office, number: str, act, duty: Duty | None, when: str, **fields):
    by = office.acting(duty, when=at(when)) if duty else CITIZEN
    seen = ActRecord.objects.filter(matter__number=number).count()
    recording.record(act(at=at(when), by=by, **fields), number=number, seen=seen, now=at(when))
    return recording.read(number)


def test_a_demand_beyond_the_notice_moves_no_date_and_its_paper_says_so():
    office = found_office()
    add_item()
    number = apply(item="T-001", when=at("2026-03-02 09:00"), materials=("form",)).number
    notice = {"missing": ("plan", "proof"), "reasons": "未附"}
    step(office, number, MaterialsNoticed, Duty.WINDOW, "2026-03-03 10:00", **notice)
    before = step(office, number, MaterialsSupplied, None, "2026-03-04 10:00", materials=("plan", "proof"))
    with pytest.raises(recording.ActRefused) as refused:
        step(
            office,
            number,
            MaterialsNoticed,
            Duty.WINDOW,
            "2026-03-05 10:00",
            missing=("form",),
            reasons="再要",
        )
    assert [one.rule for one in refused.value.refusals] == ["one_time_notice"]
    demand = {"missing": ("minutes",), "reasons": "领导要求"}
    after = step(office, number, MaterialsDemanded, Duty.OVERSEE, "2026-03-05 11:00", **demand)
    assert [after.due(run) for run in after.running()] == [before.due(run) for run in before.running()]
    paper = paper_of(after, sequence=4)
    assert paper is not None
    assert "第七十二条" in paper.text()


def test_the_head_s_own_refusal_is_reviewed_one_level_up():
    office = found_office()
    add_item()
    above = found_office("330200-ABOVE")
    Post.objects.filter(code=f"{AGENCY}-{Duty.HEAD}").update(superior_id=f"{above.agency}-{Duty.OVERSEE}")
    number = apply(item="T-001", when=at("2026-03-02 09:00")).number
    step(office, number, Accepted, Duty.WINDOW, "2026-03-02 10:00")
    step(office, number, Proposed, Duty.HANDLE, "2026-03-03 10:00", opinion="拟同意")
    step(office, number, Reviewed, Duty.REVIEW, "2026-03-03 11:00")
    filing = {
        "kind": NegativeKind.REJECTED,
        "code": ReasonCode.CONDITIONS,
        "facts": "面积不足",
        "reasons": "不符合条件",
        "legal_basis": "某条例第十条",
    }
    with pytest.raises(recording.ActRefused):
        step(office, number, RefusalFiled, Duty.HEAD, "2026-03-04 10:00", **filing)
    upward = f"{above.agency}-{Duty.OVERSEE}"
    filed = step(office, number, RefusalFiled, Duty.HEAD, "2026-03-04 10:10", **filing, post=upward)
    assert filed.owner_post() == upward
    with pytest.raises(recording.ActRefused):
        step(office, number, FilingConfirmed, Duty.OVERSEE, "2026-03-05 10:00")
    cleared = step(above, number, FilingConfirmed, Duty.OVERSEE, "2026-03-05 10:10")
    assert cleared.stage.key == "cleared"
