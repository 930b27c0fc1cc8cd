"""Every setting, command, dependency, procedure and rule has its line in the handbook."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from xiaoneng.cli.main import COMMANDS
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.light import Light
from xiaoneng.organisation.capacity import Duty
from xiaoneng.procedures.book import BOOK
from xiaoneng.rules.every import EVERY

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (ROOT / "src/xiaoneng/config/settings.py").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def rows(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize("name", sorted(set(re.findall(r'env\("([A-Z_]+)"', SETTINGS))))
def test_a_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_documented(name: str) -> None:
    assert f"`xiaoneng {name}" in (ROOT / "docs/commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [re.split(r"[\[<>=~]", one)[0] for one in PROJECT["dependencies"]])
def test_a_dependency_earns_its_place_with_a_sentence(name: str) -> None:
    assert f"| {name} |".lower() in (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()


TERMS = [
    *((one.key, one.name) for one in BOOK),
    *((one.key, one.name) for one in EVERY),
    *((one.value, one.phrase) for one in Light),
    *((one.value, one.phrase) for one in Duty),
    *((one.value, one.phrase) for one in Clock),
]


@pytest.mark.parametrize(("code", "name"), TERMS, ids=[code for code, _ in TERMS])
def test_a_term_stands_in_the_glossary_with_its_code_name(code: str, name: Phrase) -> None:
    assert any(f"`{code}`" in line and name.zh in line for line in rows(GLOSSARY).splitlines()), (
        code,
        name.zh,
    )


@pytest.mark.parametrize("role", Role)
def test_a_role_stands_in_the_glossary(role: Role) -> None:
    assert f"`{role.value}`" in GLOSSARY


def test_the_lock_names_no_host() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")
