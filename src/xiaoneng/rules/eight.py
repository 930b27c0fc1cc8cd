"""The eight systems (八项制度), as a list one can read."""

from __future__ import annotations

from xiaoneng.rules import one_time_notice, refusal_filing, service_commitment, time_limit
from xiaoneng.rules.rule import Rule

EIGHT: tuple[Rule, ...] = (
    service_commitment,
    one_time_notice,
    time_limit,
    refusal_filing,
)
