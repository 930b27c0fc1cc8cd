"""Every procedure in force, as a list one can read; old editions stay, for the matters opened under them."""

from __future__ import annotations

from xiaoneng.matters.procedure import Procedure
from xiaoneng.procedures.absence import ABSENCE
from xiaoneng.procedures.approval import APPROVAL
from xiaoneng.procedures.card import CARD
from xiaoneng.procedures.complaint import COMPLAINT
from xiaoneng.procedures.discipline import DISCIPLINE
from xiaoneng.procedures.exposure import EXPOSURE
from xiaoneng.procedures.first_inquiry import FIRST_INQUIRY
from xiaoneng.procedures.hotline import HOTLINE
from xiaoneng.procedures.inspection import INSPECTION
from xiaoneng.procedures.posting import POSTING
from xiaoneng.procedures.topic import TOPIC

BOOK: tuple[Procedure, ...] = (
    APPROVAL,
    FIRST_INQUIRY,
    ABSENCE,
    POSTING,
    DISCIPLINE,
    COMPLAINT,
    TOPIC,
    CARD,
    EXPOSURE,
    INSPECTION,
    HOTLINE,
)
_BY_EDITION = {(procedure.key, procedure.edition): procedure for procedure in BOOK}


def procedure(key: str, edition: int) -> Procedure:
    """Return an edition of a procedure; raises KeyError if there is none."""
    return _BY_EDITION[key, edition]


def latest(key: str) -> Procedure:
    """Return the newest edition of a procedure; raises KeyError if there is none."""
    return max((one for one in BOOK if one.key == key), key=lambda one: one.edition)
