"""`xiaoneng complaints import FILE`, `export`, `list`, `issues`: complaints in bulk; no list says who complained."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from xiaoneng.cli import complaint_issues
from xiaoneng.cli.complaint_rows import acts_of
from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.desk.complaint_import import ImportFaulty, take_in
from xiaoneng.desk.complaint_list import TEXTS, Entry, entries
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES, ComplaintChannel, Manner
from xiaoneng.procedures.complaint import COMPLAINT

REFUSED = 2
STAGES = {stage.key: stage.name for stage in COMPLAINT.stages()}
COLUMNS = (
    "number", "opened_at", "closed_at", "division", "centre", "stage", "owner_post", "is_open", "closed_late",
    "channel", "manner", "agencies", "subject_area", "matter", "source_key",
)  # fmt: skip


def complaints(arguments: list[str]) -> int:
    """Import, export or list complaints; return 0, or 2 where a file was refused and nothing was written."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    match options.what:
        case "import":
            return _import(options, spoken)
        case "export":
            _export(options)
        case "issues":
            complaint_issues.show(options, spoken)
        case _:
            _list(options, spoken)
    return 0


def _import(options: argparse.Namespace, spoken: str) -> int:
    try:
        acts, faults = acts_of(options.file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as unreadable:  # a text that is no UTF-8, no JSON, or has strange columns
        notes().print(f"{options.file}: {unreadable}", markup=False)
        return REFUSED
    try:
        taken = take_in(acts, faulty=faults, now=datetime.now(UTC))
    except ImportFaulty as faulty:
        _say_faults(faulty.faults, spoken)
        return REFUSED
    if options.json:
        print_json({"filed": dict(taken.numbers), "known": list(taken.known)})
        return 0
    words = Phrase(
        f"登记 {len(taken.numbers)} 件；此前已登记 {len(taken.known)} 件",
        f"{len(taken.numbers)} filed; {len(taken.known)} were there already",
    )
    output().print(words.spoken(spoken))
    for number in taken.numbers.values():
        output().print(f"  {number}")
    return 0


def _say_faults(faults: Mapping[int, Sequence[Phrase]], spoken: str) -> None:
    for number in sorted(faults):
        for one in faults[number]:
            line = Phrase(f"第 {number} 行：{one.zh}", f"Line {number}: {one.en}")
            notes().print(line.spoken(spoken), markup=False)
    nothing = Phrase("没有写入任何投诉", "Nothing was written")
    notes().print(nothing.spoken(spoken))


def _export(options: argparse.Namespace) -> None:
    """Write the list as CSV to a file, or to standard output."""
    found = entries(division=options.division, only_open=options.open, texts=options.texts)
    columns = (*COLUMNS, *(TEXTS if options.texts else ()))
    stream = options.to.open("w", encoding="utf-8-sig", newline="") if options.to else sys.stdout
    try:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows([_cell(one, name) for name in columns] for one in found)
    finally:
        if options.to:
            stream.close()


def _cell(one: Entry, name: str) -> str:
    value = one.texts[name] if name in TEXTS else getattr(one, name)
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case datetime():
            return value.isoformat()
        case tuple():
            return "；".join(value)
        case _:
            words = str(value)
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t"} else words


def _list(options: argparse.Namespace, spoken: str) -> None:
    found = list(entries(division=options.division, only_open=options.open))
    if options.json:
        print_json([{name: getattr(one, name) for name in COLUMNS} for one in found])
        return
    table = Table()
    for zh, en in (
        ("编号", "Number"),
        ("登记", "Came"),
        ("受理机构", "Centre"),
        ("环节", "Stage"),
        ("渠道", "Channel"),
    ):
        table.add_column(Phrase(zh, en).spoken(spoken))
    table.add_column(Phrase("方式", "Manner").spoken(spoken))
    for one in found:
        channel, manner = ComplaintChannel(one.channel), Manner(one.manner)
        table.add_row(
            one.number,
            f"{one.opened_at:%Y-%m-%d}",
            one.centre,
            STAGES[one.stage].spoken(spoken),
            COMPLAINT_NAMES[channel].spoken(spoken),
            COMPLAINT_NAMES[manner].spoken(spoken),
        )
    output().print(table)
    output().print(Phrase(f"共 {len(found)} 件", f"{len(found)} in all").spoken(spoken))


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def in_words(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng complaints",
        description=in_words("成批登记、导出、列出投诉。", "File, export and list complaints in bulk."),
    )
    what = parser.add_subparsers(dest="what", required=True)
    taking = what.add_parser("import", help=in_words("登记文件中的投诉", "file the complaints of a file"))
    taking.add_argument("file", type=Path, help=in_words("CSV 或逐行 JSON 文件", "a CSV or JSON lines file"))
    giving = what.add_parser("export", help=in_words("导出 CSV，不含身份", "CSV, without any identity"))
    giving.add_argument("--to", type=Path, metavar="FILE", help=in_words("写入文件", "write to a file"))
    giving.add_argument(
        "--texts", action="store_true", help=in_words("含投诉人的原话", "with what was written")
    )
    showing = what.add_parser("list", help=in_words("列出投诉", "list complaints"))
    gathering = what.add_parser(
        "issues", help=in_words("成批找出热点和重复投诉", "find hot issues and repeats in batch")
    )
    gathering.add_argument(
        "--days", type=int, default=90, metavar="N", help=in_words("只看近几天", "of so many days")
    )
    for one in (taking, showing, gathering):
        one.add_argument("--json", action="store_true", help=in_words("输出 JSON", "print JSON"))
    for one in (giving, showing, gathering):
        one.add_argument(
            "--division", default="", metavar="CODE", help=in_words("只要某地及以下", "of a division")
        )
    for one in (giving, showing):
        one.add_argument("--open", action="store_true", help=in_words("只要未办结的", "open ones only"))
    for one in (taking, giving, showing, gathering):
        one.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
