"""Charts of answers (问题的图): bars, intervals, lines, as Vega-Lite specifications; colour only for lights."""

from __future__ import annotations

from xiaoneng.flow.judge import CaseLight
from xiaoneng.supervision.obstruction.answers import Answer, Cell, Chart, Kind, Question
from xiaoneng.web.pictures.colours import Spec
from xiaoneng.web.wording import spoken

SHOWN = 15
LONG = 44
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
OPEN = (
    (CaseLight.OVERDUE, "$overdue", [1, 0]),
    (CaseLight.DUE_SOON, "$due-soon", [6, 3]),
    (CaseLight.IN_TIME, "$in-time", [2, 2]),
    (CaseLight.SUSPENDED, "$ink-3", [8, 2, 2, 2]),
    (CaseLight.NO_DEADLINE, "$ink", [1, 3]),
)
"""The lights of open cases, their colours, and their strokes, which tell them apart without colour."""


def chart_of(question: Question, answer: Answer) -> Spec | None:
    """Return the picture of an answer; None where none helps."""
    if not answer.rows or question.chart is Chart.NONE:
        return None
    drawn = {Chart.BARS: _bars, Chart.INTERVALS: _bars, Chart.LINES: _lines}[question.chart](question, answer)
    look = {
        "labelColor": "$ink-2",
        "titleColor": "$ink-2",
        "gridColor": "$rule",
        "domainColor": "$rule-strong",
        "tickColor": "$rule-strong",
        "labelLimit": 320,
        "labelFontSize": 12,
        "titleFontSize": 12,
    }
    return {
        "$schema": SCHEMA,
        "description": spoken(question.title),
        "background": "$ground",
        "config": {
            "axis": look,
            "view": {"stroke": None},
            "legend": {"labelColor": "$ink", "labelFontSize": 12},
        },
        **drawn,
    }


def _bars(question: Question, answer: Answer) -> Spec:
    keys = [column.key for column in question.columns]
    at = keys.index(question.bar)
    values = [
        {
            "name": f"{place + 1}. {_name(question, row)}",
            "value": row[at],
            "low": row[keys.index("low")] if "low" in keys else None,
            "high": row[keys.index("high")] if "high" in keys else None,
        }
        for place, row in enumerate(answer.rows[:SHOWN])
    ]
    column = question.columns[at]
    share = column.kind is Kind.SHARE
    axis: Spec = {"title": spoken(column.head), **({"format": ".0%"} if share else {})}
    name = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None}}
    x: Spec = {"field": "value", "type": "quantitative", "axis": axis}
    if question.chart is Chart.BARS:
        mark: Spec = {"type": "bar", "color": "$ink-3", "height": {"band": 0.6}}
        return {"data": {"values": values}, "mark": mark, "encoding": {"y": name, "x": x}}
    low = {**x, "field": "low"}
    rule: Spec = {
        "mark": {"type": "rule", "color": "$ink-3"},
        "encoding": {"x": low, "x2": {"field": "high"}},
    }
    point: Spec = {
        "mark": {"type": "point", "filled": True, "color": "$ink", "size": 60},
        "encoding": {"x": x},
    }
    return {"data": {"values": values}, "encoding": {"y": name}, "layer": [rule, point]}


def _name(question: Question, row: tuple[Cell, ...]) -> str:
    names = [
        spoken(cell)
        for cell, column in zip(row, question.columns, strict=True)
        if column.kind is Kind.NAME and cell != ""
    ][:2]
    told = " → ".join(names) if question.columns[0].key == "from" else " · ".join(names)
    return told if len(told) <= LONG else told[:LONG] + "…"


def _lines(question: Question, answer: Answer) -> Spec:
    keys = [column.key for column in question.columns]
    shown = [one for one in OPEN if any(row[keys.index(one[0].value)] for row in answer.rows)]
    values = [
        {"day": row[0], "light": spoken(light.phrase), "n": row[keys.index(light.value)]}
        for row in answer.rows
        for light, _, _ in shown
    ]
    domain = [spoken(light.phrase) for light, _, _ in shown]
    legend: Spec = {"title": None, "orient": "top", "columns": 2, "symbolStrokeWidth": 2, "symbolSize": 300}
    return {
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 2},
        "height": 260,
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "axis": {"title": None, "format": "%Y-%m", "labelOverlap": True},
            },
            "y": {"field": "n", "type": "quantitative", "axis": {"title": None}},
            "color": {
                "field": "light",
                "type": "nominal",
                "legend": legend,
                "scale": {"domain": domain, "range": [colour for _, colour, _ in shown]},
            },
            "strokeDash": {
                "field": "light",
                "type": "nominal",
                "legend": legend,
                "scale": {"domain": domain, "range": [dash for _, _, dash in shown]},
            },
        },
    }
