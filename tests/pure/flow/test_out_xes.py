"""Columns go out as XES: valid, complete, readable by ourselves and by others, and without names unless asked."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from tests.pure.flow.logs import mapping, real
from tests.pure.flow.outlogs import ODD, complaints, office, opened, pm4py
from tests.pure.flow.settled import at, settle_log
from xiaoneng.flow.graph.directly import counted
from xiaoneng.flow.graph.events import steps
from xiaoneng.flow.graph.loading import Picked, load
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.flow.out.source import NothingSettled
from xiaoneng.flow.out.xes import write_xes
from xiaoneng.flow.reading import read_log

SCHEMA = Path(__file__).with_name("xes.xsd")
WABO = """
key = "back"
agency = { zh = "读回", en = "Read back" }
zone = "UTC"
[columns]
case = "case:concept:name"
started = "case:xn:started"
ended = "case:xn:ended"
due = "case:xn:due"
planned = "case:xn:planned"
channel = "case:xn:channel"
department = "case:xn:department"
person = "case:xn:person"
activity = "concept:name"
at = "time:timestamp"
resource = "org:resource"
"""
NAMESPACE = "{http://www.xes-standard.org/}"


def told(element: etree._Element) -> dict[str, str]:
    return {one.get("key", ""): one.get("value", "") for one in element if one.get("key")}


def traces(path: Path) -> list[etree._Element]:
    return etree.parse(path).getroot().findall(f"{NAMESPACE}trace")


def test_every_case_is_a_trace_even_one_without_events(tmp_path: Path) -> None:
    with opened(office(tmp_path)) as source:
        write_xes(source, tmp_path / "log.xes")
    found = traces(tmp_path / "log.xes")
    assert [(told(one)["concept:name"], len(one.findall(f"{NAMESPACE}event"))) for one in found] == [
        ("A-1", 3),
        ("B\ufffd-2", 1),
        ("C-3", 0),
    ]
    assert told(found[0])["xn:due"] == "2026-04-10T15:59:00.000000Z"
    assert complaints(SCHEMA, tmp_path / "log.xes") == []


def test_what_is_said_comes_back_letter_for_letter(tmp_path: Path) -> None:
    with opened(office(tmp_path)) as source:
        write_xes(source, tmp_path / "log.xes")
    first, second, _ = traces(tmp_path / "log.xes")[0].findall(f"{NAMESPACE}event")
    assert told(first)["concept:name"] == ODD
    assert told(second)["time:timestamp"] == "2026-03-09T01:00:00.123456Z"
    assert told(second)["xn:effect"] == "extend"
    assert told(second)["org:role"] == "P-01"
    assert told(second)["org:resource"] == "张三（虚构）"


def test_nobody_is_named_unless_asked_for(tmp_path: Path) -> None:
    with opened(office(tmp_path), people=False) as source:
        write_xes(source, tmp_path / "log.xes")
    written = (tmp_path / "log.xes").read_text(encoding="utf-8")
    assert "（虚构）" not in written
    assert "取水许可" in written


def test_the_selection_picks_whole_cases(tmp_path: Path) -> None:
    store = office(tmp_path)
    with opened(store, since=at("2026-04-01 00:00"), until=at("2026-05-01 00:00")) as source:
        assert [case for (case,) in source.cases("case")] == ["B\x0b-2"]
    with opened(store, agencies=("水利局",)) as source:
        assert source.size().events == 3


def test_a_feed_that_was_never_settled_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NothingSettled), opened(office(tmp_path), "unknown"):
        pass


def test_a_broken_export_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "log.xes").write_text("old")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with opened(office(tmp_path)) as source, pytest.raises(KeyboardInterrupt):
        write_xes(source, tmp_path / "log.xes", advance=stop)
    assert (tmp_path / "log.xes").read_text() == "old"
    assert not list(tmp_path.glob(".*.part"))


def test_the_same_columns_make_the_same_bytes_also_packed(tmp_path: Path) -> None:
    with opened(office(tmp_path)) as source:
        for name in ("a.xes.gz", "b.xes.gz", "c.xes"):
            write_xes(source, tmp_path / name)
    packed = (tmp_path / "a.xes.gz").read_bytes()
    assert packed == (tmp_path / "b.xes.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "c.xes").read_bytes()


def test_a_real_log_comes_back_the_same(tmp_path: Path) -> None:
    path, by = real("wabo-receipt/receipt.xes.gz"), mapping("wabo-receipt")
    with opened(settle_log(tmp_path, path, by), "log") as source:
        write_xes(source, tmp_path / "back.xes")
    before, after = read_log(path, mapping=by), read_log(tmp_path / "back.xes", mapping=parse_mapping(WABO))
    assert {one.key: one.fingerprint for one in before.cases} == {
        one.key: one.fingerprint for one in after.cases
    }
    then, now = load(path, picked=Picked()), load(tmp_path / "back.xes", picked=Picked())
    assert rows(now) == rows(then)
    assert complaints(SCHEMA, tmp_path / "back.xes") == []


def rows(loaded: object) -> dict[str, list[tuple[str, int, str]]]:
    of = loaded.events  # type: ignore[attr-defined]
    found: dict[str, list[tuple[str, int, str]]] = {}
    told = zip(of.case.tolist(), of.activity.tolist(), of.at.tolist(), of.actor.tolist(), strict=True)
    for case, activity, moment, actor in told:
        row = (of.activities[activity], moment, of.actors[actor])
        found.setdefault(loaded.cases[case], []).append(row)  # type: ignore[attr-defined]
    return found


@pytest.mark.filterwarnings("ignore")
def test_pm4py_counts_the_same_arrows(tmp_path: Path) -> None:
    other = pm4py()
    path = real("wabo-receipt/receipt.xes.gz")
    with opened(settle_log(tmp_path, path, mapping("wabo-receipt")), "log") as source:
        write_xes(source, tmp_path / "back.xes.gz")
    frame = other.read_xes(str(tmp_path / "back.xes.gz"))  # type: ignore[attr-defined]
    follows, _, _ = other.discover_dfg(frame)  # type: ignore[attr-defined]
    found = load(path, picked=Picked())
    ours = counted(steps(found.events))
    names = np.array(found.events.activities)
    arrows = zip(names[ours.source], names[ours.target], ours.count.tolist(), strict=True)
    assert Counter(dict(follows)) == Counter({(str(a), str(b)): count for a, b, count in arrows})
    assert (len(frame), frame["case:concept:name"].nunique(), frame["concept:name"].nunique()) == (
        8577,
        1434,
        27,
    )
