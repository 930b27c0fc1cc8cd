"""Answers for machines (问题答案的数据形式): the same for pages, commands and other systems."""

from __future__ import annotations

from dataclasses import asdict

from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction.access import Source
from xiaoneng.supervision.obstruction.answers import Answer, Cell, Question, micros, moment
from xiaoneng.supervision.obstruction.asked import Asked

Data = dict[str, object]


def as_data(one: Source, question: Question, answer: Answer, *, asked: Asked, by: str) -> Data:
    """Return an answer with all that is needed to read it: definition, instant, hours, what was asked, columns, rows."""
    keys = [column.key for column in question.columns]
    return {
        "feed": one.key,
        "edition": one.edition,
        "question": question.key,
        "title": asdict(question.title),
        "definition": asdict(question.definition),
        "as_of": moment(micros(asked.judged_at(one.zone) or one.last)).isoformat(),
        "zone": one.zone.key,
        "office_hours": asdict(one.hours.said),
        "asked": [list(pair) for pair in asked.query()],
        "by": by,
        "n": answer.n,
        "of": asdict(answer.of),
        "notes": [asdict(note) for note in answer.notes],
        "columns": [
            {"key": one.key, "head": asdict(one.head), "kind": one.kind.value} for one in question.columns
        ],
        "rows": [dict(zip(keys, map(_cell, row), strict=True)) for row in answer.rows],
    }


def _cell(cell: Cell) -> object:
    return asdict(cell) if isinstance(cell, Phrase) else cell
