"""How fast each form of log is read and interpreted, and what memory it takes: `python -m benchmarks.forms [ROWS]`.

One invented log in every form; each is read in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from xiaoneng.flow.mapping import parse_mapping
from xiaoneng.flow.reading import rows_of
from xiaoneng.flow.recording_rows import Interpreter
from xiaoneng.flow.rows import Row

STEPS = ("收件", "受理", "审查", "核准", "送达")
START = datetime.fromisoformat("2026-03-02T09:00:00")
HEAD = 'key = "k"\nagency = { zh = "县办", en = "County" }\nzone = "Asia/Shanghai"\n'
PLAIN = HEAD + '[columns]\ncase = "case"\nactivity = "step"\nat = "at"\nresource = "who"\n'
OBJECTS = (
    HEAD
    + 'case_type = "办件"\n[columns]\ncase = "ocel:case"\nactivity = "ocel:type"\nat = "ocel:time"\nresource = "who"\n'
)
STANDARD = HEAD + 'form = "gbt39046"\n'
HEADER = ("case", "step", "at", "who")


def events(rows: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield events of cases of five steps, an hour apart."""
    for place in range(rows):
        case, step = divmod(place, len(STEPS))
        at = START + timedelta(minutes=case, hours=step)
        yield f"B{case}", STEPS[step], str(at), f"W{place % 97}"


def as_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *events(rows)])


def as_excel(path: Path, rows: int) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *events(rows)):
        sheet.append(row)
    book.save(path)


def as_parquet(path: Path, rows: int) -> None:
    columns = zip(*events(rows), strict=True)
    pq.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), path)


def as_xes(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write("<log>")
        for place, (case, step, at, who) in enumerate(events(rows)):
            if place % len(STEPS) == 0:
                out.write(f'{"</trace>" * bool(place)}<trace><string key="case" value="{case}"/>')
            out.write(f'<event><string key="step" value="{step}"/><date key="at" value="{at}"/>')
            out.write(f'<string key="who" value="{who}"/></event>')
        out.write("</trace></log>")


def as_ocel_xml(path: Path, rows: int) -> None:
    kinds = "".join(
        f'<event-type name="{step}"><attributes><attribute name="who" type="string"/></attributes></event-type>'
        for step in STEPS
    )
    with path.open("w", encoding="utf-8") as out:
        out.write('<log><object-types><object-type name="办件"><attributes/></object-type></object-types>')
        out.write(f"<event-types>{kinds}</event-types><objects>")
        for case in range(-(-rows // len(STEPS))):
            out.write(f'<object id="B{case}" type="办件"><attributes/></object>')
        out.write("</objects><events>")
        for place, (case, step, at, who) in enumerate(events(rows)):
            out.write(
                f'<event id="e{place}" type="{step}" time="{at}"><attributes><attribute name="who">{who}'
            )
            out.write(
                f'</attribute></attributes><objects><relationship object-id="{case}"/></objects></event>'
            )
        out.write("</events></log>")


def as_ocel_json(path: Path, rows: int) -> None:
    said = {
        "objectTypes": [{"name": "办件", "attributes": []}],
        "eventTypes": [{"name": step, "attributes": [{"name": "who", "type": "string"}]} for step in STEPS],
        "objects": [{"id": f"B{case}", "type": "办件"} for case in range(-(-rows // len(STEPS)))],
        "events": [
            {
                "id": f"e{place}",
                "type": step,
                "time": at,
                "attributes": [{"name": "who", "value": who}],
                "relationships": [{"objectId": case, "qualifier": ""}],
            }
            for place, (case, step, at, who) in enumerate(events(rows))
        ],
    }
    path.write_text(json.dumps(said), encoding="utf-8")


def as_ocel_sqlite(path: Path, rows: int) -> None:
    log = sqlite3.connect(path)
    for of in ("event", "object"):
        log.execute(f'CREATE TABLE "{of}" (ocel_id TEXT, ocel_type TEXT)')
        log.execute(f"CREATE TABLE {of}_map_type (ocel_type TEXT, ocel_type_map TEXT)")
    log.execute("CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT)")
    log.execute("CREATE TABLE object_k (ocel_id TEXT, ocel_time TIMESTAMP)")
    log.execute("INSERT INTO object_map_type VALUES ('办件', 'k')")
    cases = ((f"B{case}",) for case in range(-(-rows // len(STEPS))))
    log.executemany("INSERT INTO object VALUES (?, '办件')", cases)
    for place, step in enumerate(STEPS):
        log.execute("INSERT INTO event_map_type VALUES (?, ?)", (step, f"k{place}"))
        log.execute(f"CREATE TABLE event_k{place} (ocel_id TEXT, ocel_time TIMESTAMP, who TEXT)")
    for place, (case, step, at, who) in enumerate(events(rows)):
        log.execute("INSERT INTO event VALUES (?, ?)", (f"e{place}", step))
        log.execute(f"INSERT INTO event_k{place % len(STEPS)} VALUES (?, ?, ?)", (f"e{place}", at, who))
        log.execute("INSERT INTO event_object VALUES (?, ?, '')", (f"e{place}", case))
    log.commit()
    log.close()


def as_standard(path: Path, rows: int) -> None:
    path.mkdir()
    cases = -(-rows // len(STEPS))

    def table(name: str, *rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> None:
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            for some in rows:
                csv.writer(out).writerows(some)

    first = [(case, at) for case, step, at, _ in events(rows) if step == STEPS[0]]
    table("申请", [("办件编号", "申请时间")], first)
    table(
        "受理",
        [("办件编号", "受理单位", "受理时间", "承诺办结时间")],
        [(c, "局", at, "2027-01-01") for c, at in first],
    )
    steps = ((c, s, at, at, w) for c, s, at, w in events(rows) if s in STEPS[2:])
    table("办理", [("办件编号", "环节名称", "开始时间", "结束时间", "办理人员")], steps)
    table("办结", [("办件编号", "办结时间")], [(f"B{case}", "2026-12-01 09:00") for case in range(cases)])


FORMS = {
    "csv": (as_csv, PLAIN),
    "xes": (as_xes, PLAIN.replace('case = "case"', 'case = "case:case"')),
    "xlsx": (as_excel, PLAIN),
    "parquet": (as_parquet, PLAIN),
    "ocel-xml": (as_ocel_xml, OBJECTS),
    "ocel-json": (as_ocel_json, OBJECTS),
    "ocel-sqlite": (as_ocel_sqlite, OBJECTS),
    "gbt39046": (as_standard, STANDARD),
}


def read(form: str, path: Path) -> None:
    mapping = parse_mapping(FORMS[form][1])
    reader = Interpreter(mapping)
    begun, count, bad = time.process_time(), 0, 0
    for row in rows_of(path, mapping=mapping, columns=reader.columns):
        count += 1
        bad += not isinstance(row, Row) or isinstance(reader.read(row), list)
    took = time.process_time() - begun
    # A process begins with its parent's peak in getrusage, but not here.
    high = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    peak = int(high[1]) >> 10 if high else 0
    print(
        f"{form:12} {count:>10,} rows {count / took:>10,.0f} rows/s of CPU {peak:>6,} MB peak, {bad} bad",
        flush=True,
    )


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            for form, (make, _) in FORMS.items():
                path = Path(folder) / f"{form}-{rows}"
                make(path, rows)
                subprocess.run([sys.executable, "-m", "benchmarks.forms", form, str(path)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        read(sys.argv[1], Path(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [50_000, 200_000])
