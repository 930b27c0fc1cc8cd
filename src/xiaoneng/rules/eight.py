"""The eight systems (八项制度), as a list one can read."""

from __future__ import annotations

from xiaoneng.rules import (
    ab_cover,
    dereliction,
    first_inquiry,
    one_time_notice,
    post_responsibility,
    refusal_filing,
    service_commitment,
    time_limit,
)
from xiaoneng.rules.rule import Rule

EIGHT: tuple[Rule, ...] = (
    post_responsibility,
    ab_cover,
    service_commitment,
    first_inquiry,
    one_time_notice,
    time_limit,
    refusal_filing,
    dereliction,
)
