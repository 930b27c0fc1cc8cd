from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from tests.pure.flow.logs import mapping, office, real, table
from xiaoneng.flow.case import Fault
from xiaoneng.flow.columns.schema import TAKEN
from xiaoneng.flow.graph.events import Effect
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.reading import read_log, rows_of
from xiaoneng.flow.recording_rows import Interpreter, Taken
from xiaoneng.flow.roles import EFFECTS, ROLES, SETTINGS
from xiaoneng.flow.rows import Row

TASKS = """
key = "county-tasks"
agency = { zh = "县办", en = "County office" }
zone = "Asia/Shanghai"
due_is_a_day = true
keep = ["remark"]
[zones]
recorded = "UTC"
[columns]
case = "case"
activity = "step"
at = "at"
recorded = "written"
resource = "who"
post = "post"
event_due = "due"
effect = ["step", "answer"]
[effects]
"补正|要" = "suspend"
"收到补正" = "resume"
"""
HEADER = "case,step,at,written,who,post,due,answer,remark"
ASKED = "A1,补正,2026-03-02 09:00,2026-03-02 03:00,王某,审批岗,2026-03-05,要,缺图"


def said(path: Path, by: LogMapping) -> list[Taken | list[Fault]]:
    reader = Interpreter(by)
    found = rows_of(path, mapping=by, columns=reader.columns)
    return [[row] if isinstance(row, Fault) else reader.read(row) for row in found]


def taken(path: Path, by: LogMapping) -> list[Taken]:
    return [row for row in said(path, by) if isinstance(row, dict)]


def tasks(tmp_path: Path, *rows: str) -> list[Taken]:
    return taken(table(tmp_path, *rows, header=HEADER), parse_mapping(TASKS))


def test_an_event_is_read_with_its_post_its_own_deadline_and_when_it_was_written_down(tmp_path: Path) -> None:
    (event,) = tasks(tmp_path, ASKED)
    assert (event["case"], event["activity"], event["actor"], event["post"]) == (
        "A1",
        "补正",
        "王某",
        "审批岗",
    )
    assert event["at"] == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert event["recorded_at"] == datetime(2026, 3, 2, 3, tzinfo=UTC)
    assert event["event_due"] == datetime(2026, 3, 5, 15, 59, 59, 999999, tzinfo=UTC)
    assert (event["month"], event["line"], event["odd"]) == ("2026-03", 2, False)
    assert json.loads(str(event["more"])) == {"remark": "缺图"}


def test_every_column_of_a_taken_row_that_the_import_does_not_add_is_there(tmp_path: Path) -> None:
    (event,) = tasks(tmp_path, ASKED)
    assert set(event) == set(TAKEN.names) - {"batch", "received_at", "row"}


def test_the_effect_may_depend_on_the_answer_and_one_value_may_speak_for_all_answers(tmp_path: Path) -> None:
    rows = [ASKED, ASKED.replace(",要,", ",不要,"), ASKED.replace("补正", "收到补正")]
    effects = [row["effect"] for row in tasks(tmp_path, *rows)]
    assert effects == [Effect.SUSPEND, Effect.NOTHING, Effect.RESUME]


def test_the_names_of_effects_are_those_of_the_columns() -> None:
    assert [effect.name.lower() for effect in Effect] == list(EFFECTS)


def test_equal_events_of_one_file_are_told_apart_and_keep_their_keys_when_the_file_comes_again(
    tmp_path: Path,
) -> None:
    first, second = tasks(tmp_path, ASKED, ASKED)
    assert first["key"] != second["key"]
    assert first["print"] == second["print"]
    again = tasks(tmp_path, ASKED, ASKED)
    assert [row["key"] for row in again] == [first["key"], second["key"]]


def test_a_correction_has_the_key_of_what_it_corrects_and_another_print(tmp_path: Path) -> None:
    (before,) = tasks(tmp_path, ASKED)
    for changed in (
        "审批岗>受理岗",
        "2026-03-05>2026-03-06",
        "缺图>缺章",
        ",要,>,不要,",
        "02 03:00>02 04:00",
    ):
        (after,) = tasks(tmp_path, ASKED.replace(*changed.split(">")))
        assert after["key"] == before["key"], changed
        assert after["print"] != before["print"], changed


def test_an_events_own_number_is_its_key_within_its_case(tmp_path: Path) -> None:
    numbered = parse_mapping(TASKS.replace('case = "case"', 'case = "case"\nevent = "post"'))
    rows = [ASKED, ASKED.replace("2026-03-02 09:00", "2026-03-02 10:00"), ASKED.replace("A1", "A2")]
    first, moved, other = taken(table(tmp_path, *rows, header=HEADER), numbered)
    assert first["key"] == moved["key"] != other["key"]


def test_everything_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    path = table(tmp_path, ",补正,,noon,王某,岗,soon,要,", ASKED, header=HEADER)
    bad, good = said(path, parse_mapping(TASKS))
    assert isinstance(bad, list)
    assert {(fault.line, fault.column) for fault in bad} == {
        (2, name) for name in ("case", "at", "written", "due")
    }
    assert isinstance(good, dict)


def test_a_row_without_an_event_tells_of_its_case_alone(tmp_path: Path) -> None:
    row = "A1,2026-03-02 09:00:00,,2059-12-31,窗口,NULL,,"
    reader = Interpreter(office())
    (only,) = rows_of(table(tmp_path, row), mapping=office(), columns=reader.columns)
    assert isinstance(only, Row)
    case = reader.read(only)
    assert isinstance(case, dict)
    assert (case["at"], case["activity"], case["due"], case["person"]) == (None, "", None, "")
    assert (case["month"], case["channel"], reader.sentinels) == ("2026-03", "窗口", 1)


def test_cases_read_row_by_row_are_those_of_the_whole_log() -> None:
    wabo = mapping("wabo-receipt")
    path = real("wabo-receipt/receipt.csv")
    rows = taken(path, wabo)
    for case in read_log(path, mapping=wabo).cases:
        mine = [row for row in rows if row["case"] == case.key]
        facts = {
            name: getattr(case, name)
            for name in ("started", "ended", "due", "planned", "channel", "department")
        }
        assert all({name: row[name] for name in facts} == facts for row in mine)
        assert len(mine) == case.events
        assert any(row["odd"] for row in mine) is case.odd_clock


def test_both_forms_of_the_receipt_log_give_the_same_keys_and_prints() -> None:
    wabo = mapping("wabo-receipt")
    forms = [taken(real(f"wabo-receipt/receipt.{form}"), wabo) for form in ("csv", "xes.gz")]
    plain, xes = ({(row["key"], row["print"]) for row in rows} for rows in forms)
    assert plain == xes
    assert len(plain) == 8577


def test_building_permits_are_read_with_what_their_answers_do_to_the_clock() -> None:
    rows = taken(real("bpic15-municipality-1/BPIC15_1.csv.gz"), mapping("bpic15"))
    effects = [row["effect"] for row in rows]
    assert {effect: effects.count(effect) for effect in (Effect.SUSPEND, Effect.EXTEND)} == {
        Effect.SUSPEND: 294,
        Effect.EXTEND: 145,
    }
    assert len({row["key"] for row in rows}) == len(rows) == 52_217
    red = [row for row in rows if row["event_due"] and _instant(row["at"]) > _instant(row["event_due"])]
    hidden = [
        row
        for row in rows
        if row["event_due"]
        and _instant(row["recorded_at"]) > _instant(row["event_due"]) >= _instant(row["at"])
    ]
    assert (len(red), len(hidden)) == (142, 490)


def _instant(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def test_the_handbook_tells_every_role_setting_and_effect_and_its_example_can_be_read() -> None:
    text = (Path(__file__).parents[3] / "docs/mappings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", text))
    assert told >= {*ROLES, *EFFECTS}
    assert {name for name in SETTINGS if name not in text} == set()
    whole, declared, standard = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    first, standard = parse_mapping(f"{whole}\n{declared}"), parse_mapping(standard)
    assert first.effects["补正核对|已补齐"] == "resume"
    assert standard.form == "gbt39046"
