"""A procedure as a table and a chart in Markdown, for whoever must check that the office does what the law says."""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.matters.acts import Clock, Role, Term
from xiaoneng.matters.flaws import flaws
from xiaoneng.matters.procedure import Lapse, Move, Procedure, Stage, Step

CERTAIN = {
    Certainty.READ: "",
    Certainty.EXCERPT: "（据摘录）",
    Certainty.UNVERIFIED: "（未核实）",
    Certainty.DEFAULT: "（平台默认，可配置）",
}


def page(procedure: Procedure) -> str:
    """Return the page of a procedure: what it is, its chart, its moves, what time does, its terms."""
    lines = [
        f"# {procedure.name.zh} · {procedure.name.en}（第 {procedure.edition} 版）",
        "",
        f"自 {procedure.in_force} 起施行。依据：{cited(procedure.basis)}。编号前缀 `{procedure.prefix}`。",
        f"开始：{'、'.join(act.name.zh for act in procedure.opens_with)}，由{roles(procedure.opened_by)}提起。",
        "",
        "本页由声明生成，请勿手改。The page is generated from the declaration.",
        "",
        "## 流程图 Chart",
        "",
        "```mermaid",
        *chart(procedure),
        "```",
        "",
        "## 行为 Moves",
        "",
        *_moves(procedure),
        "",
        "## 时间自行发生的 What time does",
        "",
        *_lapses(procedure),
        "",
        "## 期限 Terms",
        "",
        *_terms(procedure),
    ]
    found = list(flaws(procedure))
    return "\n".join([*lines, "", f"缺陷 Flaws: {'; '.join(found) if found else '无 none'}", ""])


def cited(basis: Citation) -> str:
    """Return a citation with how certain it is."""
    return f"{basis}{CERTAIN[basis.certainty]}"


def roles(given: tuple[Role, ...]) -> str:
    """Return roles as the table shows them."""
    return "、".join(f"`{role}`" for role in given)


def chart(procedure: Procedure) -> Iterator[str]:
    """Yield a state diagram: stages, the acts that lead from one to another, dotted what time does."""
    yield "stateDiagram-v2"
    yield "  direction TB"
    for stage in procedure.stages():
        yield f'  state "{stage.name.zh}" as {stage.key}'
    yield f"  [*] --> {procedure.opening.key}"
    for source, target, names in _arrows(procedure):
        yield f"  {source.key} --> {target.key}: {names}"
    for stage in procedure.stages():
        if stage.final:
            yield f"  {stage.key} --> [*]"


def _arrows(procedure: Procedure) -> Iterator[tuple[Stage, Stage, str]]:
    found: dict[tuple[Stage, Stage], list[str]] = {}
    steps: list[Step] = [*procedure.moves, *procedure.lapses]
    for step in steps:
        for source in step.source:
            if step.target is not None and step.target is not source:
                name = step.act.name.zh + ("（期满）" if isinstance(step, Lapse) else "")
                found.setdefault((source, step.target), []).append(name)
    for (source, target), names in found.items():
        yield source, target, "、".join(dict.fromkeys(names))


def _moves(procedure: Procedure) -> Iterator[str]:
    yield "| 环节 | 行为 | 由谁 | 至 | 时限 | 条件 | 依据 |"
    yield "|---|---|---|---|---|---|---|"
    for move in procedure.moves:
        source = "、".join(stage.name.zh for stage in move.source)
        target = move.target.name.zh if move.target else "（不变）"
        yield (
            f"| {source} | {move.act.name.zh} {move.act.name.en} | {roles(move.by)} | {target} "
            f"| {_effects(move)} | {_conditions(move)} | {cited(move.basis)} |"
        )


def _effects(step: Step) -> str:
    parts = [f"起：{one.clock.phrase.zh}" for one in step.starts]
    parts += [f"止：{one.phrase.zh}" for one in step.stops]
    if isinstance(step, Move):
        parts += [f"停：{one.phrase.zh}" for one in step.suspends]
        parts += [f"续：{one.phrase.zh}" for one in step.resumes]
        parts += [f"延：{one.phrase.zh}" for one in step.extends]
        parts += [f"`{over}` 改由 `{role}` 担任" for role, over in step.passes]
    return "；".join(parts)


def _conditions(move: Move) -> str:
    parts = [f"须先有{act.name.zh}" for act in move.needs]
    parts += [f"此后作过{act.name.zh}的人回避" for act in move.excludes]
    parts += [f"仅限 `{trait}`" for trait in move.only]
    parts += [f"不含 `{trait}`" for trait in move.unless]
    return "；".join([*parts, *(["仅一次"] if move.once else [])])


def _lapses(procedure: Procedure) -> Iterator[str]:
    if not procedure.lapses:
        yield "无 none"
        return
    yield "| 环节 | 期满的时限 | 行为 | 至 | 时限 | 依据 |"
    yield "|---|---|---|---|---|---|"
    for lapse in procedure.lapses:
        source = "、".join(stage.name.zh for stage in lapse.source)
        yield (
            f"| {source} | {lapse.clock.phrase.zh} | {lapse.act.name.zh} {lapse.act.name.en} "
            f"| {lapse.target.name.zh} | {_effects(lapse)}{_traits(lapse)} | {cited(lapse.basis)} |"
        )


def _traits(lapse: Lapse) -> str:
    return "".join(f"；仅限 `{trait}`" for trait in lapse.only)


def _terms(procedure: Procedure) -> Iterator[str]:
    yield "| 时限 | 长度 | 依据 |"
    yield "|---|---|---|"
    for term in procedure.terms:
        yield f"| {term.clock.phrase.zh} `{term.clock}` | {_length(term)} | {cited(term.basis)} |"
    fixed = {term.clock for term in procedure.terms}
    if Clock.HANDLING not in fixed and any(
        start.clock is Clock.HANDLING for move in procedure.moves for start in move.starts
    ):
        yield f"| {Clock.HANDLING.phrase.zh} `handling` | 由事项规定 by the item | 见办事指南 |"


def _length(term: Term) -> str:
    spoken = term.statutory.spoken()
    return f"{spoken.zh} / {spoken.en}"
