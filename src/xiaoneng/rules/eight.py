"""The eight systems (八项制度), as a list one can read."""

from __future__ import annotations

from xiaoneng.rules.rule import Rule

EIGHT: tuple[Rule, ...] = ()
