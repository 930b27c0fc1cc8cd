"""Sealed facts of an opening act: into an envelope before anything is hashed or written, and out by two posts.

Which fields are sealed is said by the act (`asked(…, sealed=True)`); the envelope goes into its field `envelope`,
a personal one, and can so be erased lawfully. The two holders are the posts of `KEEPERS` on the day of opening, for
good: where a matter passes to another centre, that one asks them.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from xiaoneng.desk.keys import sealing_key
from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger import envelope as sealing
from xiaoneng.ledger.envelope import Envelope, EnvelopeShut, Half
from xiaoneng.matters.acts import Opening, Responsible, questions
from xiaoneng.matters.codec import canonical
from xiaoneng.matters.roles import KEEPERS
from xiaoneng.matters.vocabulary.complaint_words import ANONYMOUS

FIELD = "envelope"


def to_seal(act: Opening) -> dict[str, str]:
    """Return the facts of an act that go into an envelope, blanks left out; empty for one that has none."""
    names = (name for name, question in questions(type(act)).items() if question.sealed)
    return {name: str(value) for name in names if (value := getattr(act, name))}


def faults(act: Opening, posts: tuple[Responsible, ...]) -> Iterator[Phrase]:
    """Yield why the sealed facts of an act could not be sealed: a post or a key is missing, or they are too long."""
    facts = to_seal(act)
    if not facts or ANONYMOUS in act.own_traits():  # the rule says that the anonymous leave no particulars
        return
    if not hasattr(act, FIELD):
        raise TypeError(f"{type(act).__name__} has sealed facts and no field for an envelope")
    known = {one.role: one.post for one in posts}
    without = [role for role in KEEPERS if not (known.get(role) and sealing_key(known[role]))]
    if without:
        yield Phrase(
            "该投诉中心还没有备齐保管身份的两把钥匙，暂时不能收实名、保密投诉；可以匿名投诉，或向上一级投诉中心投诉",
            "This centre does not yet have the two keys that keep identities: it can take no named complaint. "
            "Complain without a name, or to the centre above",
        )
    elif known[KEEPERS[0]] == known[KEEPERS[1]]:
        yield sealing.ONE_KEY
    if len(canonical(facts)) > sealing.SIZES[-1] - sealing.LENGTH:
        yield sealing.TOO_LONG


def sealed(act: Opening, *, number: str) -> Opening:
    """Return the act with its sealed facts in an envelope bound to the matter's number, and blank in their fields.

    Raises EnvelopeShut where `faults` was not asked and would have said why.
    """
    facts = to_seal(act)
    if not facts:
        return act
    posts = {one.role: one.post for one in act.posts}
    first, second = (sealing_key(posts[role]) for role in KEEPERS)
    if first is None or second is None:
        raise EnvelopeShut(sealing.ONE_KEY)
    made = sealing.seal(canonical(facts), holders=(first, second), binding=number.encode())
    changed: dict[str, Any] = {**dict.fromkeys(facts, ""), FIELD: made.text()}
    return dataclasses.replace(act, **changed)


def envelope_of(act: Opening) -> Envelope | None:
    """Return the envelope of a matter's opening act; None where there is none, or it was lawfully erased."""
    text = str(getattr(act, FIELD, ""))
    return sealing.parse(text) if text else None


def facts_in(envelope: Envelope, halves: tuple[Half, Half], *, number: str) -> Mapping[str, str]:
    """Return the facts in an envelope by field name, given both halves; raises EnvelopeShut."""
    found: dict[str, str] = json.loads(sealing.unseal(envelope, halves, binding=number.encode()))
    return found
