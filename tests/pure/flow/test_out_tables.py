"""Tables go out for spreadsheets and machines; what is published names nobody and says few nothing."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.pure.flow.outlogs import ODD, office, opened
from tests.pure.flow.settled import at, settle, taken
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.schema import CASES, EVENTS
from xiaoneng.flow.columns.store import Store
from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.flow.out import dictionary
from xiaoneng.flow.out.catalogue import Publisher, catalogue
from xiaoneng.flow.out.exporting import Form, export
from xiaoneng.flow.out.figures import months_question
from xiaoneng.flow.out.opening import open_tables, publish
from xiaoneng.flow.out.publication import Publication, published
from xiaoneng.flow.out.tables import defused
from xiaoneng.law.phrase import Phrase

NOW = at("2026-06-01 00:00")
LICENCE = "https://licence.example/by"
OPEN = """
key = "water"
agency = { zh = "水利局", en = "Water bureau" }
zone = "Asia/Shanghai"
open = true
licence = "https://licence.example/city"
[columns]
case = "case"
at = "at"
"""
DAY = timedelta(days=1)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def town(root: Path, *, mapping: str = OPEN) -> Store:
    """Eleven cases of one item and two of another, of our own and of the water bureau."""
    events, cases = [], []
    for number in range(13):
        item = "取水许可" if number < 11 else "排水许可"
        start, key = at("2026-03-02 01:00") + number * DAY, f"N-{number:02}"
        by = {"case": key, "agency": "水利局", "item": item, "actor": "王五（虚构）", "post": "P-07"}
        events += [by | {"activity": "受理", "at": start}, by | {"activity": "办结", "at": start + 5 * DAY}]
        due = start + (4 if number < 3 else 9) * DAY
        cases.append(
            {"case": key, "started": start, "ended": start + 5 * DAY, "due": due, "person": "王五（虚构）"}
        )
    for feed in ("own", "water"):
        full = [
            one | {"agency": "水利局", "item": two["item"]}
            for one, two in zip(cases, events[::2], strict=True)
        ]
        store = settle(root, feed, events=events, cases=full)
        taken(store, feed, 1, [], when=at("2026-05-01 00:00"), mapping=mapping)
    return store


def out(tmp_path: Path, *, mapping: str = OPEN) -> Publication:
    return publish(town(tmp_path, mapping=mapping), tmp_path / "open", licence=LICENCE, now=NOW)


def test_a_table_opens_in_a_spreadsheet_and_runs_no_formula(tmp_path: Path) -> None:
    events = [{"case": "=1+2", "activity": "-5", "at": at("2026-03-02 01:00"), "agency": "@SUM(A1)"}]
    with opened(settle(tmp_path, "water", events=events)) as source:
        first, second = export(source, Form.CSV, tmp_path / "a.csv")
    assert [path.name for path in (first, second)] == ["a-events.csv", "a-cases.csv"]
    assert first.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = table(first)
    assert (row["case"], row["activity"], row["agency"]) == ("'=1+2", "-5", "'@SUM(A1)")
    assert row["at"] == "2026-03-02T01:00:00.000000Z"


@pytest.mark.parametrize(
    ("cell", "shown"), [("+86", "'+86"), ("\t=1", "'\t=1"), ("许可", "许可"), ("--1", "--1")]
)
def test_a_formula_is_told_by_its_first_sign(cell: str, shown: str) -> None:
    assert defused(cell) == shown


@pytest.mark.parametrize("form", [Form.CSV, Form.PARQUET])
def test_columns_that_name_people_are_not_even_there(tmp_path: Path, form: Form) -> None:
    with opened(office(tmp_path), people=False) as source:
        made = export(source, form, tmp_path / f"a{form.ending}")
    heads = {
        name for path in made for name in (table(path)[0] if form is Form.CSV else pq.read_schema(path).names)
    }
    assert not heads & {"actor", "person", "more", "before_actor"}
    with opened(office(tmp_path)) as source:
        asked, _ = export(source, Form.CSV, tmp_path / "b.csv", people=True)
    assert table(asked)[0]["actor"] == "张三（虚构）"


def test_parquet_holds_the_values_and_says_what_its_columns_are(tmp_path: Path) -> None:
    with opened(office(tmp_path)) as source:
        made, _ = export(source, Form.PARQUET, tmp_path / "a.parquet")
    read = pq.read_table(made)
    assert read.column("activity").to_pylist()[0] == ODD
    assert read.column("at").to_pylist()[1] == at("2026-03-09 01:00:00.123456")
    assert read.schema.field("at").metadata[b"title_zh"] == "发生时间".encode()


def test_the_dictionary_explains_every_column_there_is() -> None:
    internal = {"before_actor", "before_post", "before_agency", "month", "odd", "line", "path"}
    for schema, known in ((EVENTS, dictionary.EVENTS_TABLE), (CASES, dictionary.CASES_TABLE)):
        assert {one.name for one in known.columns} == set(schema.names) - internal
    for known in open_tables(posts=True):
        assert all(one.definition.zh and one.definition.en and one.title.en for one in known.columns)


def test_our_own_matters_and_open_feeds_are_published_and_no_other(tmp_path: Path) -> None:
    assert [(one.feed, one.licence) for one in out(tmp_path).datasets] == [
        ("own", LICENCE),
        ("water", "https://licence.example/city"),
    ]
    closed = out(tmp_path, mapping=OPEN.replace("open = true", "open = false"))
    assert [one.feed for one in closed.datasets] == ["own"]
    assert not list((tmp_path / "open" / "files").glob("water/*"))


def test_what_is_open_needs_a_licence() -> None:
    with pytest.raises(LogRefused, match="licence"):
        parse_mapping(OPEN.replace('licence = "https://licence.example/city"\n', ""))


def test_no_published_file_names_anybody_or_the_posts_of_others(tmp_path: Path) -> None:
    publication = out(tmp_path)
    files = [
        (one.feed, publication.place(one, each.name)) for one in publication.datasets for each in one.files
    ]
    assert len(files) == 2 * (4 * 2 + 1)
    for feed, path in files:
        said = (
            str(pq.read_table(path).to_pylist())
            if path.suffix == ".parquet"
            else path.read_text(encoding="utf-8")
        )
        assert "（虚构）" not in said, path
        assert ("P-07" in said) == (feed == "own" and path.stem == "events"), path


def test_figures_of_fewer_than_ten_are_withheld(tmp_path: Path) -> None:
    publication = out(tmp_path)
    own = publication.datasets[0]
    many, few = table(publication.place(own, "months.csv"))
    assert (few["item"], few["cases"], few["late"], few["median_days"]) == ("排水许可", "", "", "")
    assert (many["cases"], many["closed"], many["late"], many["with_due"]) == ("11", "11", "3", "11")
    assert float(many["median_days"]) == 5.0
    (step,) = table(publication.place(own, "steps.csv"))
    assert (step["before"], step["activity"], step["cases"], step["times"]) == ("受理", "办结", "13", "13")


def test_months_are_those_of_universal_time_wherever_the_machine_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    events = [{"case": "1", "activity": "受理", "at": at("2026-03-31 20:00")}]
    with opened(settle(tmp_path, "water", events=events)) as source:
        ((*_, month),) = source.records(f"SELECT agency, item, month FROM ({months_question(as_of=NOW)})")
    monkeypatch.undo()
    time.tzset()
    assert month == "2026-03"


def test_publishing_twice_changes_nothing_and_new_columns_change_it(tmp_path: Path) -> None:
    store, root = town(tmp_path), tmp_path / "open"
    first = publish(store, root, licence=LICENCE, now=NOW)
    stamps = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    assert publish(store, root, licence=LICENCE, now=NOW + DAY) == first == published(root)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()} == stamps
    taken(store, "own", 2, [], when=at("2026-05-02 00:00"))
    again = publish(store, root, licence=LICENCE, now=NOW + DAY)
    assert [one.modified for one in again.datasets] == [NOW + DAY, NOW]
    assert first.place(first.datasets[0], "cases.csv").is_file()  # whoever reads it may read it to its end


def test_a_publication_that_is_interrupted_leaves_the_old_one(tmp_path: Path) -> None:
    before = out(tmp_path)

    def stop(_: str, name: str) -> None:
        if name == "steps.csv":
            raise KeyboardInterrupt

    store = Store(tmp_path)
    taken(store, "own", 2, [], when=at("2026-05-02 00:00"))
    with pytest.raises(KeyboardInterrupt):
        publish(store, tmp_path / "open", licence=LICENCE, now=NOW + DAY, told=stop)
    assert published(tmp_path / "open") == before
    after = publish(store, tmp_path / "open", licence=LICENCE, now=NOW + DAY)
    assert after.datasets[0].as_of == at("2026-05-02 00:00")


REQUIRED: dict[str, set[str]] = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:modified"},
    "dcat:Dataset": {
        "dct:title",
        "dct:license",
        "dct:temporal",
        "dct:spatial",
        "dct:modified",
        "dcat:distribution",
    },
    "dcat:Distribution": {
        "dcat:downloadURL",
        "dcat:mediaType",
        "dcat:byteSize",
        "spdx:checksum",
        "dct:license",
    },
}


def test_the_catalogue_tells_size_and_checksum_of_every_file(tmp_path: Path) -> None:
    publication = out(tmp_path)
    city = Publisher(Phrase("宁波市", "Ningbo"), "330200")
    said = catalogue(publication, address="https://city.example/data/", publisher=city)
    found: dict[str, int] = {}

    def visit(node: object) -> None:
        if isinstance(node, list):
            for one in node:
                visit(one)
        if isinstance(node, dict):
            kind = str(node.get("@type"))
            found[kind] = found.get(kind, 0) + 1
            assert set(node) >= REQUIRED.get(kind, set()), kind
            for one in node.values():
                visit(one)

    visit(said)
    assert (found["dcat:Catalog"], found["dcat:Dataset"], found["dcat:Distribution"]) == (1, 2, 18)
    check: Callable[[str], str] = lambda name: hashlib.sha256(  # noqa: E731
        publication.place(publication.datasets[0], name).read_bytes()
    ).hexdigest()
    first = said["dcat:dataset"][0]["dcat:distribution"][0]  # type: ignore[index]
    assert first["dcat:downloadURL"] == {"@id": "https://city.example/data/own/events.csv"}
    assert first["spdx:checksum"]["spdx:checksumValue"]["@value"] == check("events.csv")
