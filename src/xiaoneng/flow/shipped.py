"""Mappings that come with the product, found by the columns of a log; and how to write one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.mapping import LogMapping, parse_mapping
from xiaoneng.flow.roles import EFFECTS, ROLES
from xiaoneng.law.phrase import Phrase


@cache
def shipped() -> tuple[LogMapping, ...]:
    """Return every mapping that ships, by file name."""
    found = sorted(files("xiaoneng.flow").joinpath("mappings").iterdir(), key=lambda one: one.name)
    return tuple(
        parse_mapping(one.read_text(encoding="utf-8")) for one in found if one.name.endswith(".toml")
    )


def fitting(found: frozenset[str]) -> LogMapping:
    """Return the shipped mapping all of whose columns a log has; the one with most columns if several do.

    Raises LogRefused, saying which columns were found and how a mapping is written, where none fits.
    """
    fits = [mapping for mapping in shipped() if not mapping.missing(found)]
    if not fits:
        raise LogRefused(Fault(0, "", _how_to(found)))
    return max(fits, key=lambda mapping: len(mapping.columns))


def _how_to(found: frozenset[str]) -> Phrase:
    listed = ", ".join(sorted(found))
    return Phrase(
        f"没有现成的对照表适合此日志。其各列：{listed}。请写一个对照表并用 --mapping 指定：\n{_template('zh')}",
        f"no mapping that ships fits this log. Its columns: {listed}. Write one and give it with --mapping:\n"
        + _template("en"),
    )


def _template(language: str) -> str:
    head = [
        'key = "my-agency"',
        'agency = { zh = "某局", en = "An agency" }',
        'zone = "Asia/Shanghai"',
    ]
    settings = [f"# {line}  # {words.spoken(language)}" for line, words in SETTINGS_SHOWN.items()]
    roles = [f'{role} = "…"  # {words.spoken(language)}' for role, words in ROLES.items()]
    effects = [f'# "…" = "{effect}"' for effect in EFFECTS if effect != "nothing"]
    return "\n".join([*head, *settings, "", "[columns]", *roles, "", "[effects]", *effects])


SETTINGS_SHOWN = {
    'keep = ["…"]': Phrase("另外保留的列", "further columns to be kept"),
    'sheet = "…"': Phrase("Excel 工作表名", "the sheet of a workbook"),
    'case_type = "…"': Phrase("OCEL 中作为办件的对象类型", "the type of object that is a case in OCEL"),
    'form = "gbt39046"': Phrase(
        "按 GB/T 39046-2020 各表报送时写此行，不写 [columns]",
        "for tables of GB/T 39046-2020: instead of [columns]",
    ),
}
