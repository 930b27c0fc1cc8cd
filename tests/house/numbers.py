"""Where a number stands in the code beside a default of ours, instead of coming from its row."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.law.defaults import ours

SOURCE = Path(__file__).parents[2] / "src" / "xiaoneng"
ASKING = ("xiaoneng.law.defaults", "xiaoneng.procedures")
"""Where what a module imports may be what asks a row."""
ASKS = {"count_of", "value_of", "told", "ours"}
MEASURES = {"Limit", "timedelta", "Decimal", "shift", "last_day", "add_months"}
"""Calls that make a length of time or a count of a number."""
NUMERIC = frozenset(topic for topic, row in ours().items() if row.editions)


@dataclass(frozen=True)
class Module:
    """A module as the checks read it: its tree, its lines, its numbers and its citations by name."""

    where: str
    tree: ast.Module
    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str, *, where: str = "sample.py") -> Module:
        return cls(where=where, tree=ast.parse(text), lines=tuple(text.splitlines()))

    def numbers(self) -> Mapping[str, int]:
        """Return the lines of module-level names that are bound to a number, alone or with others."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and _bound(node.value):
                found |= {one.id: node.lineno for one in ast.walk(node) if _is_name(one, ast.Store)}
        return found

    def topics(self) -> Mapping[str, str]:
        """Return the topics of module-level names that are bound to the citation of one default."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign):
                cited = set(_cited(node.value))
                names = [one.id for one in ast.walk(node) if _is_name(one, ast.Store)]
                found |= {name: topic for name in names for topic in cited if len(cited) == 1}
        return found


def modules() -> list[Module]:
    return [
        Module.of(path.read_text(encoding="utf-8"), where=str(path.relative_to(SOURCE)))
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "defaults.py"
    ]


def beside(module: Module) -> list[str]:
    """Return every place at which a number stands beside a default of ours that has one in its row."""
    return [
        f"{module.where}:{line}: {what}"
        for line, what in sorted({*_said(module), *_given(module), *_used(module)})
    ]


def asked(module: Module) -> set[str]:
    """Return the topics that a module names other than to cite them, where it imports what asks a row."""
    imported = {node.module or "" for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom)}
    if not any(one.startswith(ASKING) for one in imported):
        return set()
    cited = {id(one) for node in ast.walk(module.tree) if _cites(node) for one in ast.walk(node)}
    texts = (one for one in ast.walk(module.tree) if isinstance(one, ast.Constant) and id(one) not in cited)
    return {one.value for one in texts if isinstance(one.value, str)} & NUMERIC


def _said(module: Module) -> Iterator[tuple[int, str]]:
    """Yield a number whose own line, or the line after it, says that it is a default's."""
    for name, line in module.numbers().items():
        own, *after = module.lines[line - 1 : line + 1]
        near = "\n".join([own, *(one for one in after if one.startswith('"""'))])
        for topic in NUMERIC:
            if any(f"{mark}{topic}{mark}" in near for mark in ('"', "`")) or f"({topic})" in near:
                yield line, f"{name} is the number of {topic}"


def _given(module: Module) -> Iterator[tuple[int, str]]:
    """Yield a call that is given a number and the default, or its topic, together."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and not _cites(node) and _called(node) not in ASKS:
            given = [*node.args, *(word.value for word in node.keywords if word.arg != "edition")]
            topics = {topic for one in given for topic in _topic(one, module) | _spoken(one)}
            numbers = [one for one in given if not _topic(one, module) and _numbers(one)]
            yield from ((node.lineno, f"a number is given with {topic}") for topic in topics if numbers)


def _used(module: Module) -> Iterator[tuple[int, str]]:
    """Yield a function that cites a default and uses a number of the module, or compares with one of its own."""
    numbers = module.numbers()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            topics = {topic for one in ast.walk(node) for topic in _topic(one, module)}
            measured = [
                one for one in ast.walk(node) if isinstance(one, ast.Compare) or _called(one) in MEASURES
            ]
            names = {
                name.id for one in measured for name in ast.walk(one) if isinstance(name, ast.Name)
            } & set(numbers)
            compared = [one.lineno for one in ast.walk(node) if isinstance(one, ast.Compare) and _big(one)]
            for topic in topics:
                yield from ((node.lineno, f"{name} is used beside {topic}") for name in names)
                yield from ((line, f"a number is compared beside {topic}") for line in compared)


def _topic(node: ast.AST, module: Module) -> set[str]:
    if _is_name(node, ast.Load):
        return {module.topics()[node.id]} if node.id in module.topics() else set()
    return set(_cited(node)) if _cites(node) else set()


def _spoken(node: ast.AST) -> set[str]:
    """Return the topic that a text is; words without a hyphen may mean other things."""
    said = node.value if isinstance(node, ast.Constant) else None
    return {said} & NUMERIC if isinstance(said, str) and "-" in said else set()


def _cited(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if _cites(one):
            yield from (
                arg.value for arg in one.args if isinstance(arg, ast.Constant) and arg.value in NUMERIC
            )


def _cites(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "default"


def _bound(node: ast.AST) -> list[ast.Constant]:
    """Return the numbers that a module-level name is bound to, alone or with others."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [found for one in parts for found in _numbers(one)]


def _numbers(node: ast.AST) -> list[ast.Constant]:
    """Return the numbers of a literal, or of a call that makes a measure of one."""
    if isinstance(node, ast.Constant):
        return [node] if isinstance(node.value, int | float) and not isinstance(node.value, bool) else []
    if isinstance(node, ast.Call) and _called(node) in MEASURES:
        given = [*node.args, *(word.value for word in node.keywords)]
        return [found for one in given for found in _numbers(one)]
    return []


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def _big(node: ast.Compare) -> bool:
    return any(
        number.value not in {0, 1} for one in (node.left, *node.comparators) for number in _numbers(one)
    )


def _is_name(node: ast.AST, context: type[ast.expr_context]) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, context)
