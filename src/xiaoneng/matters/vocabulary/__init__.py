"""Every act there is (行为词汇), a module a family, in the order the handbook explains them."""

from __future__ import annotations

from xiaoneng.matters.acts import Act, key
from xiaoneng.matters.vocabulary import (
    bans,
    cards,
    complaint,
    complaint_after,
    complaint_ways,
    decision,
    discipline,
    duty,
    exposure,
    handling,
    hotline,
    inquiry,
    inspection,
    intake,
    sanctions,
    topic,
)

VOCABULARY: tuple[type[Act], ...] = (
    *intake.ACTS,
    *handling.ACTS,
    *decision.ACTS,
    *inquiry.ACTS,
    *duty.ACTS,
    *discipline.ACTS,
    *sanctions.ACTS,
    *bans.ACTS,
    *complaint.ACTS,
    *complaint_ways.ACTS,
    *complaint_after.ACTS,
    *topic.ACTS,
    *cards.ACTS,
    *exposure.ACTS,
    *inspection.ACTS,
    *hotline.ACTS,
)
BY_KEY: dict[str, type[Act]] = {key(act): act for act in VOCABULARY}
