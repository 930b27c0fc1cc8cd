"""Where the product cites the law: calls in the code and `instrument`/`article` pairs in its data."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xiaoneng.law.citation import DEFAULTS, Citation

SOURCE = Path(__file__).parents[2] / "src" / "xiaoneng"


@dataclass(frozen=True)
class Cited:
    where: str
    citation: Citation


def cited() -> list[Cited]:
    """Return every literal citation of the package; calls with computed arguments cannot be read and are left."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
    constants: dict[str, str] = {}
    for tree in trees.values():
        constants |= dict(_constants(tree))
    own = {_module(path): dict(_shorthands(tree, constants)) for path, tree in trees.items()}
    known = {path: _imported(tree, own) | own[_module(path)] for path, tree in trees.items()}
    found = [one for path, tree in trees.items() for one in _in_code(path, tree, constants, known[path])]
    return found + [one for path in sorted(SOURCE.rglob("*.toml")) for one in _in_data(path)]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)


def _imported(tree: ast.Module, own: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the shorthands that a module takes from another one."""
    taken = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names = [(node.module or "", name) for node in taken for name in node.names]
    return {
        name.asname or name.name: own[module][name.name]
        for module, name in names
        if name.name in own.get(module, {})
    }


def _in_code(
    path: Path, tree: ast.Module, constants: dict[str, str], shorthands: dict[str, str]
) -> Iterator[Cited]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            citation = _citation(node, shorthands, constants)
            if citation:
                yield Cited(f"{path.relative_to(SOURCE)}:{node.lineno}", citation)


def _shorthands(tree: ast.Module, constants: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield functions such as `law(article)` that return a Citation of one fixed instrument."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(
                name=name, body=[*_, ast.Return(value=ast.Call(func=ast.Name(id="Citation")) as call)]
            ):
                instrument = _text(call.args[0], constants) if call.args else None
                if instrument:
                    yield name, instrument


def _citation(call: ast.Call, shorthands: dict[str, str], constants: dict[str, str]) -> Citation | None:
    assert isinstance(call.func, ast.Name)
    texts = [_text(argument, constants) for argument in _arguments(call)]
    match call.func.id, texts:
        case "Citation", [str(instrument), str(article), *_]:
            return Citation(instrument, article)
        case "default", [str(topic)]:
            return Citation(DEFAULTS, topic)
        case name, [str(article)] if name in shorthands:
            return Citation(shorthands[name], article)
    return None


def _arguments(call: ast.Call) -> list[ast.expr]:
    named = {word.arg: word.value for word in call.keywords}
    return [*call.args, *(named[name] for name in ("instrument", "article", "topic") if name in named)]


def _text(node: ast.expr, constants: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return constants.get(name)
    return None


def _in_data(path: Path) -> Iterator[Cited]:
    for table in _tables(tomllib.loads(path.read_text(encoding="utf-8"))):
        instrument, article = table.get("instrument"), table.get("article", "")
        if isinstance(instrument, str):
            yield Cited(str(path.relative_to(SOURCE)), Citation(instrument, str(article)))


def _tables(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)
