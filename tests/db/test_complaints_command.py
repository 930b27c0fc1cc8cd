"""`xiaoneng complaints`: a file is taken in whole or not at all, once; lists never say who complained."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.complaints import COUNTY_BUREAU, COUNTY_CENTRE, complain, found_centres
from tests.office import at
from xiaoneng.cli.complaints import complaints
from xiaoneng.desk import keys, recording
from xiaoneng.matters.models import Matter
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.worktime.days import local_day

pytestmark = pytest.mark.django_db

HEAD = "key,received_at,channel,manner,name,contact,agencies,about,text\n"
GOOD = (
    HEAD
    + f"12345-1,2026-03-02 09:00,电话,匿名,,,{COUNTY_BUREAU},,窗口推诿\n"
    + "12345-2,2026-03-02T02:00:00+00:00,letter,confidential,投诉人甲（虚构）,138****0000,,某窗口,态度差\n"
)


@pytest.fixture(autouse=True)
def _offices(db):
    found_centres()
    keys.furnish(passphrase="a phrase for tests only", now=at("2026-03-01 09:00"))


def taken(tmp_path, text: str) -> int:
    file = tmp_path / "complaints.csv"
    file.write_text(text, encoding="utf-8")
    return complaints(["import", str(file)])


def test_a_file_is_taken_in_once_each_row_routed_and_dated_as_it_came(tmp_path, capsys):
    assert taken(tmp_path, GOOD) == 0
    assert taken(tmp_path, GOOD) == 0
    assert "登记 0 件；此前已登记 2 件" in capsys.readouterr().out
    first, second = Matter.objects.order_by("pk")
    assert (first.agency, f"{first.opened_at:%H:%M}") == (COUNTY_CENTRE, "01:00")
    act = recording.read(second.number).opening
    assert isinstance(act, ComplaintMade)
    assert (act.channel, act.manner, act.source_key) == ("letter", Manner.CONFIDENTIAL, "12345-2")
    assert "named" in act.traits


def test_what_many_say_and_what_repeats_is_found_in_batch_and_names_nobody(capsys):
    now = datetime.now(UTC)
    text = "幸福路菜市场改造后窗口{}次不收摊位证材料，推说系统坏了"
    numbers = [
        complain(
            when=f"{local_day(now - timedelta(days=days))} 09:00",
            manner=Manner.CONFIDENTIAL,
            complainant="投诉人乙（虚构）",
            contact="138****1111",
            text=text.format(count),
        ).number
        for days, count in ((9, "三"), (8, "两"), (7, "四"), (6, "多"))
    ]
    complain(when=f"{local_day(now - timedelta(days=5))} 09:00", text="夜间施工噪声扰民，打电话无人接听")
    assert complaints(["issues", "--json"]) == 0
    said = capsys.readouterr().out
    found = json.loads(said)
    assert [sorted(one) for one in found["repeats"]] == [sorted(numbers)]
    (issue,) = found["issues"]
    assert sorted(issue["complaints"]) == sorted(numbers)
    assert issue["people"] == 4
    assert complaints(["issues"]) == 0
    assert "投诉人乙" not in said + capsys.readouterr().out


def test_every_fault_of_every_line_is_said_at_once_and_nothing_is_written(tmp_path, capsys):
    bad = (
        GOOD
        + "12345-1,昨天,传真,实名,,,NO-SUCH,,重复\n"
        + ",2026-03-02 09:00,,,,,,,\n"
        + "12345-5,2026-03-02 09:00,,匿名,,138,NO-SUCH,,有联系方式\n"
        + "12345-6,2026-03-02 09:00,,匿名,,138,,,有联系方式\n"
    )
    assert taken(tmp_path, bad) == 2
    said = capsys.readouterr().err
    for words in (
        "第 4 行：received_at 不是时间：昨天",
        "第 4 行：channel 不认识“传真”",
        "第 4 行：key 与第 2 行重复",
        "第 5 行：key 须填写",
        "第 5 行：manner 须填写",
        "第 5 行：text 须填写",
        "第 6 行：没有这个单位：NO-SUCH",
        "第 7 行：匿名投诉不得留下",
        "第 7 行：须写明投诉的是哪个单位",
        "没有写入任何投诉",
    ):
        assert words in said, (words, said)
    assert not Matter.objects.exists()


def test_json_lines_are_read_as_well_and_what_is_none_is_named_by_its_line(tmp_path, capsys):
    line = {
        "key": "a",
        "received_at": "2026-03-02 09:00",
        "manner": "anonymous",
        "text": "推诿",
        "agencies": [COUNTY_BUREAU],
    }
    good = json.dumps(line, ensure_ascii=False)
    assert taken(tmp_path, f'{good}\n{{"key": \n{{"strange": 1}}\n') == 2
    said = capsys.readouterr().err
    assert "第 2 行：读不出来" in said
    assert "第 3 行：读不出来" in said
    assert taken(tmp_path, good) == 0


def test_strange_columns_are_refused(tmp_path, capsys):
    assert taken(tmp_path, "key,received_at,manner,text,colour\n") == 2
    assert "colour" in capsys.readouterr().err


def test_no_list_says_who_complained_and_words_only_where_asked(tmp_path, capsys):
    complain(
        manner=Manner.REAL_NAME,
        complainant="投诉人丁（虚构）",
        contact="13900001111",
        agencies=(COUNTY_BUREAU,),
        text="=1+1 窗口推诿",
    )
    for arguments in (
        ["export"],
        ["export", "--texts"],
        ["list"],
        ["list", "--json"],
        ["list", "--open", "--division", "330203"],
    ):
        capsys.readouterr()
        assert complaints(arguments) == 0
        out = capsys.readouterr().out
        assert "TS2026-" in out
        assert "投诉人丁" not in out
        assert "13900001111" not in out
        assert ("窗口推诿" in out) == ("--texts" in arguments)
    complaints(["export", "--texts", "--to", str(tmp_path / "out.csv")])
    row = next(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert row["text"].startswith("'=1+1")
    assert "complainant" not in row


def test_a_list_of_another_division_is_empty(capsys):
    complain(agencies=(COUNTY_BUREAU,))
    complaints(["list", "--json", "--division", "330206"])
    assert json.loads(capsys.readouterr().out) == []
