"""The pages of `docs/law/`, written from the register; knows no law text and no clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xiaoneng.law.citation import DEFAULTS, Certainty
from xiaoneng.law.defaults import Default, ours
from xiaoneng.law.register import Instrument, Kind, instruments

KINDS = {
    Kind.LAW: "Laws (法律)",
    Kind.REGULATION: "Regulations (行政法规、地方性法规、党内法规)",
    Kind.RULE: "Rules (规章、规范性文件)",
    Kind.STANDARD: "Standards (标准)",
}
SEEN = {
    Certainty.READ: "cited articles read",
    Certainty.EXCERPT: "excerpt read",
    Certainty.UNVERIFIED: "**text not seen**",
    Certainty.DEFAULT: "ours",
}
WARNING = "<!-- Written by xiaoneng.law.pages; change src/xiaoneng/law/{} instead. -->"


def defaults_page() -> str:
    """Return `docs/law/defaults.md`: one heading a topic."""
    lines = [
        "# Defaults of ours (本平台默认)",
        "",
        WARNING.format("defaults.toml"),
        "",
        "Numbers and rules without legal source, each dated and shown as a default where used. A city sets "
        "numbers of its own from a day on in a TOML file named by `XIAONENG_DEFAULTS` ([README](README.md)).",
        "",
    ]
    for one in ours().values():
        lines += _default(one)
    return "\n".join(lines)


def instruments_page() -> str:
    """Return `docs/law/instruments.md`: every instrument by kind, with its cited articles in our words."""
    lines = ["# Instruments cited (引用的法律文件)", "", WARNING.format("instruments.toml"), ""]
    for kind, heading in KINDS.items():
        lines += [f"## {heading}", ""]
        for one in instruments().values():
            if one.kind is kind and one.short != DEFAULTS:
                lines += _instrument(one)
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write both pages into `folder`, the `docs/law` of a checkout."""
    folder.joinpath("defaults.md").write_text(defaults_page(), encoding="utf-8")
    folder.joinpath("instruments.md").write_text(instruments_page(), encoding="utf-8")


def _default(one: Default) -> Iterator[str]:
    yield f"## {one.topic}"
    yield ""
    yield f"{one.name.zh} · {one.name.en}"
    yield ""
    if one.words is not None:
        yield f"- says: {one.words.zh} ({one.words.en})"
    else:
        yield f"- value: {one.told().en} {one.unit.zh} ({one.unit.en})"
        yield f"- a city may set it: {'not yet' if one.fixed else _bounds(one)}"
    yield f"- used in: {one.used.zh} ({one.used.en})"
    yield f"- from: {one.since.isoformat()}"
    yield f"- may be changed by: {one.changed_by.zh} ({one.changed_by.en})"
    yield ""


def _bounds(one: Default) -> str:
    return f"from {one.least}" if one.most is None else f"{one.least} to {one.most}"


def _instrument(one: Instrument) -> Iterator[str]:
    edition = one.edition.isoformat() if one.edition else "edition not seen"
    yield f"### {one.short}"
    yield ""
    yield f"《{one.full}》 {one.en}; {edition}; {SEEN[one.seen]}."
    yield ""
    if one.articles:
        yield from (f"- {place}: {words.zh} · {words.en}" for place, words in one.articles.items())
        yield ""
