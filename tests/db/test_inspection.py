"""`xiaoneng inspection`: the register loaded whole or not at all, and a lot that anybody draws again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.duty import WATCH, acting, found_offices
from tests.inspectors import appoint
from tests.office import AGENCY, at
from xiaoneng.cli.main import main
from xiaoneng.desk import recording
from xiaoneng.desk.rebuilding import rebuild
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.inspection import Category, InspectionPlanned, Manner, TeamDrawn
from xiaoneng.organisation.queries import capacities_of
from xiaoneng.supervision import lots
from xiaoneng.supervision.models import Mandate

pytestmark = pytest.mark.django_db
HEAD = "name,romanised,login,category,active_from,active_until,document,ties,invented\n"
GOOD = "代表甲（虚构）,Deputy A,deputy-a,deputy,2026-01-01,2028-01-01,聘〔2026〕1号,330200-TEST,yes\n"


def planned() -> str:
    office = found_offices()
    appoint("代表甲", Category.DEPUTY)
    appoint("委员乙", Category.ADVISER)
    by = acting(office.people["supervise-A"], when=at("2026-03-02 09:00"))
    act = InspectionPlanned(
        at=at("2026-03-02 09:00"),
        by=by,
        agencies=(AGENCY,),
        manner=Manner.COVERT,
        checklist="bans",
        visit_until=date(2026, 3, 13),
        reason="群众反映",
    )
    number = lots.plan(act, subject="暗访", now=act.at).number
    lots.draw_team(number, wanted=2, seen=1, by=by, now=act.at)
    return number


def test_a_lot_is_drawn_again_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    number = planned()
    assert main(["inspection", "draw", "--check", number, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == []
    assert len(told["members"]) == 2
    assert main(["inspection", "draw", "--check", number, "--lang", "zh"]) == 0
    assert "重抽一致" in capsys.readouterr().out
    assert main(["inspection", "draw", "--check", "DC2026-9999999-9"]) == 2


def test_a_team_that_the_lot_did_not_draw_is_found_out() -> None:
    dossier = recording.read(planned())
    drawn = dossier.last(TeamDrawn)
    assert drawn
    forged = replace(drawn, members=tuple(reversed(drawn.members)))
    told = list(lots.checked(replace(dossier, acts=(dossier.acts[0], forged), folded=None)))
    assert [one.zh for one in told] == ["按种子重抽，结果不符"]
    moved = replace(drawn, anchor="7 00/ff")
    told = list(lots.checked(replace(dossier, acts=(dossier.acts[0], moved), folded=None)))
    assert len(told) == 3


def test_the_projection_of_an_inspection_is_what_its_acts_make_it() -> None:
    number = planned()
    assert rebuild(Matter.objects.get(number=number)) == ()


def test_a_register_is_loaded_with_log_ins_and_its_terms_end_by_themselves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found_offices()
    path = tmp_path / "mandates.csv"
    path.write_text(HEAD + GOOD, encoding="utf-8")
    assert main(["inspection", "mandates", "--agency", WATCH, str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["logins"][0]["login"] == "deputy-a"
    mandate = Mandate.objects.get()
    assert mandate.ties == AGENCY
    assert [one.post for one in capacities_of(mandate.person_id, at=at("2027-12-31 12:00"))] == [
        mandate.post_id
    ]
    assert capacities_of(mandate.person_id, at=at("2028-01-01 00:00")) == ()


def test_a_faulty_register_names_every_fault_and_loads_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found_offices()
    path = tmp_path / "mandates.csv"
    path.write_text(
        HEAD + GOOD + "乙,,,nobody,2026-01-01,2028-01-01,号,,\n丙,,,press,soon,2028-01-01,号,,\n",
        encoding="utf-8",
    )
    assert main(["inspection", "mandates", "--agency", WATCH, str(path)]) == 2
    told = capsys.readouterr().err
    assert "第 3 行" in told or "line 3" in told
    assert "第 4 行" in told or "line 4" in told
    assert not Mandate.objects.exists()
