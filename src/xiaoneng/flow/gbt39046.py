"""Tables of GB/T 39046-2020 read as rows of events (按国家标准报送的各表).

They are read once for what is said of each case, and once for its events; `EVENTS` says what happened by a row. Every row
repeats what is said of its case. `due` is the statutory time where the delivery has it, else the promised time, which
then is all that the agency is held to. A step that is not done yet is no event. A row of a case that is wrong in another
table is not read either, and says so. Memory grows with the cases, never with the events. Places are lines of a file or
rows of a sheet; the column of a fault begins with its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from xiaoneng.flow.asking import Asking
from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.forms import FORMS, GBT39046
from xiaoneng.flow.gathering import REQUIRED
from xiaoneng.flow.gbt39046_events import CASE_FACTS, EVENTS, Record
from xiaoneng.flow.gbt39046_holders import Held, held
from xiaoneng.flow.gbt39046_tables import CASE, IGNORED, STANDARD, TABLES, Field, Table
from xiaoneng.flow.instants import TimeReader
from xiaoneng.flow.rows import Row, missing_columns
from xiaoneng.flow.source import Kind, kind_of
from xiaoneng.law.phrase import Phrase

FORM = FORMS[GBT39046]
GIVEN = frozenset({*FORM.columns.values(), FORM.effect, *FORM.keep})


def gbt_columns(path: Path) -> frozenset[str] | None:
    """Return the columns that tables of the standard give; None for a workbook that has none of the needed tables."""
    if kind_of(path) is Kind.XLSX:
        with held(path, encoding="utf-8-sig") as found:
            if not any(table.value in found for table, declared in TABLES.items() if declared.needed):
                return None
    return GIVEN


def gbt_rows(path: Path, asking: Asking) -> Iterator[Row | Fault]:
    """Yield the events of all tables; raises LogRefused with every table and column that is missing."""
    missing = [column for column in asking.columns if column not in GIVEN]
    if missing:
        raise LogRefused(*missing_columns(missing, GIVEN))
    mapping = asking.mapping
    cases = _Cases()
    with held(path, encoding=mapping.encoding) as found:
        for one in _tables(found, mapping.none).values():
            if one.table in CASE_FACTS:
                cases.meet(one, _Check(one.table, mapping.times, cases.said))
    with held(path, encoding=mapping.encoding, advance=asking.advance) as found:
        for one in _tables(found, mapping.none).values():
            yield from _rows(one, _Check(one.table, mapping.times, cases.said), cases, asking.columns)


class _Cases:
    """What is said of every case, and where something is wrong with it."""

    def __init__(self) -> None:
        self.said: dict[str, dict[str, str]] = {}
        self.wrong: dict[str, tuple[Table, int]] = {}

    def meet(self, one: _Table, check: _Check) -> None:
        """Take what a table says of its cases; its faults are told at the second reading."""
        for line, record, broken in one.records():
            if broken is not None:
                continue
            key = record[CASE.title]
            if one.table is Table.APPLICATION and key:
                self.said.setdefault(key, {CASE.title: key})
            said, faults = check.read(line, record)
            if faults:
                self.wrong.setdefault(key, (one.table, line))
            else:
                self.said[key] |= CASE_FACTS[one.table](said)


class _Table:
    """A table that is there, with the titles that its columns have here."""

    def __init__(self, table: Table, one: Held, none: frozenset[str]) -> None:
        self.table = table
        self._one = one
        self._none = none
        self._header = one.header()
        self._titles = {
            part.title: title
            for part in TABLES[table].fields
            if (title := next((name for name in (part.title, *part.also) if name in self._header), None))
        }

    def faults(self) -> list[Fault]:
        """Return one fault for each column that must be there and is not."""
        listed = "、".join(sorted(self._header))
        words = Phrase(f"缺少此列；有：{listed}", f"this column is missing; there are: {listed}")
        return [
            Fault(1, f"{self.table}.{part.title}", words)
            for part in TABLES[self.table].fields
            if part.there and part.title not in self._titles
        ]

    def records(self) -> Iterator[tuple[int, Record, Fault | None]]:
        """Yield every row with its line, or what is wrong with it; the last is where reading could not go on."""
        try:
            for row in self._one.rows(list(self._titles.values())):
                if isinstance(row, Fault):
                    yield row.line, {}, _at(self.table, row)
                    continue
                values = [value.strip() for value in row.values]
                told = ["" if value in self._none else value for value in values]
                yield row.line, dict(zip(self._titles, told, strict=True)), None
        except LogRefused as refused:
            for fault in refused.faults:
                yield fault.line, {}, _at(self.table, fault)


def _at(table: Table, fault: Fault) -> Fault:
    where = f"{table}.{fault.column}" if fault.column else table.value
    return Fault(fault.line, where, fault.what)


def _tables(found: Mapping[str, Held], none: frozenset[str]) -> dict[Table, _Table]:
    names = {table.value for table in Table}
    listed = "、".join(found)
    lacking = Phrase(f"缺少这个表；有：{listed}", f"this table is missing; there are: {listed}")
    unknown = Phrase(f"{STANDARD} 没有这个表", f"{STANDARD} has no such table; it has: {', '.join(Table)}")
    faults = [
        Fault(0, table.value, lacking)
        for table, declared in TABLES.items()
        if declared.needed and table.value not in found
    ]
    others = [name for name in found if name not in names and name.lower() not in IGNORED]
    faults += [Fault(0, name, unknown) for name in others if found[name].header()]
    tables = {}
    for table in Table:
        if table.value in found:
            try:
                tables[table] = _Table(table, found[table.value], none)
            except LogRefused as refused:
                faults += [_at(table, fault) for fault in refused.faults]
            else:
                faults += tables[table].faults()
    if faults:
        raise LogRefused(*faults)
    return tables


class _Check:
    """What is wrong with the rows of one table, one after the other."""

    def __init__(self, table: Table, times: TimeReader, cases: Mapping[str, Record]) -> None:
        self.table = table
        self.cases = cases
        self._times = times
        self._seen: set[str] = set()

    def read(self, line: int, record: Record) -> tuple[Record, list[Fault]]:
        """Return a row with words for its codes, and everything wrong with it."""
        wrong: list[tuple[str, Phrase]] = []
        said = dict(record)
        for part in TABLES[self.table].fields:
            if part.title not in said:
                continue
            value = said[part.title]
            if value:
                said[part.title] = self._value(part, value, wrong)
            elif part.filled:
                wrong.append((part.title, REQUIRED))
        wrong += self._of_case(said[CASE.title])
        wrong += self._order(said)
        return said, [Fault(line, f"{self.table}.{title}", what) for title, what in wrong]

    def _value(self, part: Field, value: str, wrong: list[tuple[str, Phrase]]) -> str:
        if part.codes and value not in part.codes and value not in part.codes.values():
            listed = "、".join(part.codes)
            wrong.append(
                (
                    part.title,
                    Phrase(f"没有代码“{value}”；有：{listed}", f"no code “{value}”; one of {listed}"),
                )
            )
        if part.time and not self._is_time(value):
            wrong.append((part.title, Phrase(f"不是时间：“{value}”", f"not a time: “{value}”")))
        return part.codes.get(value, value)

    def _is_time(self, value: str) -> bool:
        try:
            self._times.read(value)
        except ValueError:
            return False
        return True

    def _of_case(self, case: str) -> list[tuple[str, Phrase]]:
        if not case:
            return []
        if case not in self.cases:
            words = Phrase(
                f"申请表中没有办件 {case}：须连同申请报送", f"no application {case}: send it along"
            )
            return [(CASE.title, words)]
        again = TABLES[self.table].single and case in self._seen
        self._seen.add(case)
        words = Phrase(f"办件 {case} 在此表中有两行", f"case {case} is here twice")
        return [(CASE.title, words)] if again else []

    def _order(self, said: Record) -> list[tuple[str, Phrase]]:
        begun, ended = said.get("开始时间", ""), said.get("结束时间", "")
        if said.get("办理状态") == "已办" and not ended:
            return [("结束时间", Phrase("已办的环节须有结束时间", "a step that is done has an end"))]
        if said.get("办理状态") == "待办" and ended:
            return [("结束时间", Phrase("待办的环节不能有结束时间", "a step that waits has no end"))]
        if not (begun and ended and self._is_time(begun) and self._is_time(ended)):
            return []
        first, last = self._times.read(begun).at, self._times.read(ended).at
        if first is None or last is None or first <= last:
            return []
        words = Phrase(f"结束（{ended}）早于开始（{begun}）", f"it ends ({ended}) before it begins ({begun})")
        return [("结束时间", words)]


def _rows(one: _Table, check: _Check, cases: _Cases, columns: Sequence[str]) -> Iterator[Row | Fault]:
    for line, record, broken in one.records():
        if broken is not None:
            yield broken
            continue
        said, faults = check.read(line, record)
        key = said[CASE.title]
        if not faults and key in cases.wrong:
            faults = [Fault(line, f"{one.table}.{CASE.title}", _follows(*cases.wrong[key]))]
        yield from faults
        if faults:
            continue
        for event in EVENTS[one.table](said):
            whole = cases.said[key] | event | {"表": one.table.value}
            yield Row(line, tuple([whole.get(column, "") for column in columns]))


def _follows(table: Table, line: int) -> Phrase:
    return Phrase(
        f"此办件在“{table}”表第 {line} 行有误，此行随之不读",
        f"not read, because the case is wrong on line {line} of the table {table}",
    )
