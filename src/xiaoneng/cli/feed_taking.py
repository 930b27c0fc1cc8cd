"""`xiaoneng feeds take` and `add`: files read by a mapping into columns and onto the board, with what became of each."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from xiaoneng.cli.terminal import file_progress, notes, output, print_json
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.columns.intake import KeyReused, Sent
from xiaoneng.flow.columns.sources import file_source
from xiaoneng.flow.columns.store import Batch, BatchState
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.reading import columns_of
from xiaoneng.flow.shipped import fitting
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding import actions, intake
from xiaoneng.supervision.feeding.intake import Done

WAITS, REFUSED = 1, 2
REUSED = Phrase(
    "此编号（--key）已用于另一份内容，什么也没有读入",
    "this key (--key) brought another content before: nothing was taken",
)
ONE_KEY = Phrase("--key 只能用于一个文件", "--key is for one file alone")


def add(options: argparse.Namespace, spoken: str) -> int:
    """Make a feed known, or let it be read by another mapping from now on."""
    try:
        mapping = mapping_of(None, options.mapping)
        intake.refuse_bad_key(mapping)
    except LogRefused as refused:
        say_refused(refused.faults, str(options.mapping), spoken)
        return REFUSED
    actions.amend(mapping)
    words = Phrase(f"已登记数据来源 {mapping.key}", f"The feed {mapping.key} is known")
    output().print(words.spoken(spoken), markup=False)
    return 0


def take_files(options: argparse.Namespace, spoken: str) -> int:
    """Take files in, one after the other; return the worst of what became of them."""
    if options.key and len(options.files) > 1:
        notes().print(ONE_KEY.spoken(spoken))
        return REFUSED
    worst = 0
    told: list[dict[str, object]] = []
    for path in options.files:
        sent = Sent(now=datetime.now(UTC), by=getuser(), key=options.key, confirm=options.confirm)
        try:
            done = take_file(path, given=options.mapping, sent=sent, spoken=spoken)
        except LogRefused as refused:
            worst = REFUSED
            told.append({"file": str(path), "refused": [asdict(one) for one in refused.faults]})
            if not options.json:
                say_refused(refused.faults, str(path), spoken)
            continue
        waits = done.batch.state is BatchState.WAITING
        worst = max(worst, WAITS if waits else 0)
        told.append(done_as_data(path, done))
        if not options.json:
            say_done(done, spoken)
    if options.json:
        print_json(told)
    return worst


def take_file(path: Path, *, given: Path | None, sent: Sent, spoken: str) -> Done:
    """Take one file in, with its progress on the terminal; raises LogRefused."""
    mapping = mapping_of(path, given)
    with file_progress() as progress:
        size = path.stat().st_size if path.is_file() else None
        task = progress.add_task(Phrase("读入", "Reading").spoken(spoken) + f" {path.name}", total=size)
        source = file_source(path, mapping=mapping, advance=lambda at: progress.update(task, completed=at))
        try:
            return intake.take(source, mapping=mapping, sent=sent)
        except KeyReused:
            raise LogRefused(Fault(0, "", REUSED)) from None


def mapping_of(log: Path | None, given: Path | None) -> LogMapping:
    """Return the mapping given, or the one that ships and fits a log; raises LogRefused."""
    if given is None and log is not None:
        return fitting(columns_of(log))
    try:
        return parse_mapping((given or Path()).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as broken:
        words = Phrase(f"对照表读不出来：{broken}", f"the mapping cannot be read: {broken}")
        raise LogRefused(Fault(0, "", words)) from None


def batch_as_data(batch: Batch) -> dict[str, object]:
    """Return an import for machines, without the text of its mapping."""
    said = asdict(batch)
    del said["mapping"]
    return said


def done_as_data(path: Path, done: Done) -> dict[str, object]:
    """Return what became of a file, for machines."""
    board = asdict(done.board) if done.board else None
    return {"file": str(path), "repeated": done.repeated, "import": batch_as_data(done.batch), "board": board}


def say_done(done: Done, spoken: str) -> None:
    """Print what became of a file, and what can be done next."""
    batch = done.batch
    head = f"{batch.name} → {batch.feed} {batch.number}: {batch.state.phrase.spoken(spoken)}"
    output().print(head, style="bold", markup=False)
    if done.repeated:
        words = Phrase("此前已读入，没有再做什么", "It was handed in before; nothing was done now")
        output().print(words.spoken(spoken))
    counts = Phrase(
        f"{batch.rows:,} 行，有误 {batch.faults:,}；新 {batch.new:,}（其中迟到 {batch.late:,}），更正 {batch.corrected:,}，"
        f"相同 {batch.same:,}；代表“无”的极远日期 {batch.sentinels:,}",
        f"{batch.rows:,} rows, {batch.faults:,} bad; {batch.new:,} new ({batch.late:,} of them late), "
        f"{batch.corrected:,} corrected, {batch.same:,} the same; {batch.sentinels:,} far dates read as none",
    )
    output().print(counts.spoken(spoken), markup=False)
    if batch.state is BatchState.WAITING:
        place = f"{batch.feed} {batch.number}"
        words = Phrase(
            f"好的行已另放。看错误：xiaoneng feeds faults {place}；取好的行：feeds confirm {place}；"
            f"全部放弃：feeds drop {place} --why …",
            f"The good rows are kept apart. See xiaoneng feeds faults {place}; take the good ones: feeds confirm "
            f"{place}; take nothing: feeds drop {place} --why …",
        )
        output().print(words.spoken(spoken), markup=False)


def say_refused(faults: tuple[Fault, ...], name: str, spoken: str) -> None:
    """Print why nothing of a file could be read."""
    console = notes()
    words = Phrase(f"{name}：未读入，什么也没有保存", f"{name}: refused, nothing stored")
    console.print(words.spoken(spoken), style="bold", markup=False)
    for fault in faults:
        place = " ".join(part for part in (str(fault.line or ""), fault.column) if part)
        console.print(
            f"{place}: {fault.what.spoken(spoken)}" if place else fault.what.spoken(spoken), markup=False
        )
