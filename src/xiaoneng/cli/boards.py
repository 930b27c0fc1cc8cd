"""A board of figures on a feed, for a terminal and for machines; every figure with its definition beside it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from xiaoneng.flow.clockcheck import ClockCheck
from xiaoneng.flow.figures import DEFINITIONS, Board
from xiaoneng.flow.judge import CaseLight
from xiaoneng.flow.share import Share
from xiaoneng.law.phrase import Phrase

COLOURS = {
    CaseLight.IN_TIME: "green",
    CaseLight.DUE_SOON: "yellow",
    CaseLight.OVERDUE: "red",
    CaseLight.CLOSED_IN_TIME: "green",
    CaseLight.CLOSED_LATE: "red",
}
"""Colour is spent on lights and nothing else; each has a shape and a word as well."""
GROUP_NAMES = {
    "channel": Phrase("渠道", "Channel"),
    "department": Phrase("部门", "Department"),
    "person": Phrase("责任人", "Person responsible"),
}
UNRECORDED = Phrase("（未记录）", "(not recorded)")
SHOWN = 12
KEYS_SHOWN = 5


def show_board(board: Board, *, console: Console, spoken: str, everything: bool = False) -> None:
    """Print every figure on a feed; groups beyond the first twelve only with `everything`."""
    console.print(_lights(board, spoken))
    _define(console, "lights", spoken)
    _late(board, console, spoken)
    for group, shares in board.groups.items():
        _group(shares, GROUP_NAMES[group], console, spoken, everything=everything)
    _define(console, "groups", spoken)
    _doubtful(board, console, spoken)
    for line in clock_lines(board.clock):
        console.print(line.spoken(spoken))
    _define(console, "clock", spoken)


def _define(console: Console, figure: str, spoken: str) -> None:
    console.print(DEFINITIONS[figure].spoken(spoken), style="dim")
    console.print()


def _table(title: Phrase, columns: tuple[Phrase, ...], spoken: str) -> Table:
    table = Table(title=title.spoken(spoken), title_justify="left", title_style="bold")
    for index, column in enumerate(columns):
        table.add_column(column.spoken(spoken), justify="left" if index == 0 else "right")
    return table


def _lights(board: Board, spoken: str) -> Table:
    columns = Phrase("灯", "Light"), Phrase("件数", "Cases")
    table = _table(Phrase("亮灯", "Lights"), columns, spoken)
    for light, count in board.lights.items():
        if count:
            table.add_row(
                f"{light.mark} {light.phrase.spoken(spoken)}", f"{count:,}", style=COLOURS.get(light)
            )
    return table


def _late(board: Board, console: Console, spoken: str) -> None:
    late = Phrase(f"超期率 {_share(board.late)}", f"Late: {_share(board.late)}")
    console.print(late.spoken(spoken), style="bold")
    _define(console, "late", spoken)
    console.print(Phrase(f"在办 {board.open:,} 件", f"Open: {board.open:,}").spoken(spoken), style="bold")
    _define(console, "open", spoken)
    none = Phrase(f"无期限 {board.no_deadline:,} 件", f"No deadline: {board.no_deadline:,}")
    console.print(none.spoken(spoken), style="bold")
    _define(console, "no_deadline", spoken)


def _share(one: Share) -> str:
    if one.share is None:
        return "–"
    return f"{one.share:.1%} ({one.count:,}/{one.n:,}; {_interval(one)})"


def _interval(one: Share) -> str:
    low, high = one.interval
    return f"{low:.1%}–{high:.1%}"


def _group(
    shares: tuple[Share, ...], title: Phrase, console: Console, spoken: str, *, everything: bool
) -> None:
    if not any(one.name for one in shares):
        nothing = Phrase(f"{title.zh}：日志未记录", f"{title.en}: not recorded in the log")
        console.print(nothing.spoken(spoken))
        return
    columns = (
        title,
        Phrase("超期", "Late"),
        Phrase("到期", "Fell due"),
        Phrase("超期率", "Share"),
        Phrase("95%", "95 %"),
    )
    table = _table(Phrase(f"按{title.zh}", f"By {title.en.lower()}"), columns, spoken)
    for one in shares if everything else shares[:SHOWN]:
        share = f"{one.share or 0:.1%}" if one.ranked else f"[dim]{one.share or 0:.0%}[/dim]"
        name = escape(one.name) or UNRECORDED.spoken(spoken)
        table.add_row(name, f"{one.count:,}", f"{one.n:,}", share, _interval(one))
    console.print(table)
    if len(shares) > SHOWN and not everything:
        rest = len(shares) - SHOWN
        console.print(Phrase(f"另有 {rest} 组：--all", f"{rest} more: --all").spoken(spoken), style="dim")


def _doubtful(board: Board, console: Console, spoken: str) -> None:
    columns = Phrase("存疑", "Implausible"), Phrase("件数", "Cases"), Phrase("例", "Such as")
    table = _table(Phrase("存疑办件", "Implausible cases"), columns, spoken)
    table.columns[-1].justify = "left"
    for one in board.doubtful:
        some = escape(", ".join(one.keys[:KEYS_SHOWN])) + (" …" if len(one.keys) > KEYS_SHOWN else "")
        table.add_row(one.doubt.phrase.spoken(spoken), f"{len(one.keys):,}", some)
    if not board.doubtful:
        table.add_row(Phrase("没有发现", "none found").spoken(spoken), "0", "")
    console.print(table)
    _define(console, "doubtful", spoken)


def clock_lines(check: ClockCheck) -> list[Phrase]:
    """Return what is to be said of the deadlines and the local clock, nothing where no deadline was found."""
    neither = check.crossing - check.by_wall - check.by_hours
    lines = [
        Phrase(
            f"跨夏令时变更的期限 {check.crossing:,} 件：按当地钟点 {check.by_wall:,}，按小时数 {check.by_hours:,}，"
            f"两者皆非 {neither:,}；结论因此不同的 {check.hinges:,} 件。",
            f"Terms across a change of the clocks: {check.crossing:,}; by the local clock {check.by_wall:,}, "
            f"by hours {check.by_hours:,}, neither {neither:,}; verdicts that hang on it: {check.hinges:,}.",
        ),
        Phrase(
            f"超期办结而仍在期限当日的 {check.late_same_day:,} 件，其中同一分钟内的 {check.late_same_minute:,} 件。",
            f"Closed late but on the deadline's own day: {check.late_same_day:,}; "
            f"less than a minute late: {check.late_same_minute:,}.",
        ),
    ]
    if check.stamp is not None:
        at = f"{check.stamp:%H:%M}"
        lines.append(
            Phrase(
                f"期限中最常见的时刻是 {at}：{check.due:,} 件中 {check.stamped:,} 件。若多数相同，期限实为某日，"
                "可在对照表中写 due_is_a_day = true。",
                f"The commonest time of day of deadlines is {at}: {check.stamped:,} of {check.due:,}. Where many "
                "share one, deadlines are days: due_is_a_day = true in the mapping reads them so.",
            )
        )
    return lines if check.due else []


def board_as_data(board: Board) -> dict[str, object]:
    """Return a board for machines, with the definition of each figure in both languages."""
    return {
        "as_of": board.by.as_of,
        "as_of_local": _local(board),
        "zone": board.by.zone.key,
        "due_soon_days": board.by.soon_days,
        "cases": board.cases,
        "lights": {light.value: count for light, count in board.lights.items()},
        "open": board.open,
        "no_deadline": board.no_deadline,
        "late": _share_as_data(board.late),
        "groups": {group: [_share_as_data(one) for one in shares] for group, shares in board.groups.items()},
        "doubtful": {one.doubt.value: {"cases": len(one.keys), "keys": one.keys} for one in board.doubtful},
        "clock": asdict(board.clock),
        "definitions": {name: asdict(words) for name, words in DEFINITIONS.items()},
    }


def _local(board: Board) -> datetime:
    return board.by.as_of.astimezone(board.by.zone)


def _share_as_data(one: Share) -> dict[str, object]:
    low, high = one.interval
    return {
        "name": one.name,
        "late": one.count,
        "n": one.n,
        "share": one.share,
        "low": low,
        "high": high,
        "ranked": one.ranked,
    }
