"""The stages of an approval, who has the matter in each, and the law that most of its moves cite."""

from __future__ import annotations

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Stage, Start
from xiaoneng.matters.vocabulary.intake import MaterialsSupplied, Received

APPLICANT, WINDOW, HANDLER = Role.APPLICANT, Role.FIRST_CONTACT, Role.HANDLER
REVIEWER, LEADER, HEAD = Role.REVIEWER, Role.LEADER, Role.HEAD
INSTANT, EXAMINED, HEARING, FROM_RECEIPT = "instant", "examined", "hearing", "from_receipt"


def law(article: str) -> Citation:
    """Return an article of the Administrative Licensing Law."""
    return Citation("行政许可法", article)


RECEIVED = Stage("received", Phrase("已收件", "Received"), WINDOW)
AWAITING = Stage("awaiting", Phrase("待补正", "Awaiting materials"), APPLICANT)
FILED_AT_INTAKE = Stage("filed_at_intake", Phrase("不予受理报备中", "Non-acceptance filed"), LEADER)
CLEARED_AT_INTAKE = Stage("cleared_at_intake", Phrase("不予受理已报备", "Non-acceptance cleared"), WINDOW)
IN_HAND = Stage("in_hand", Phrase("办理中", "In hand"), HANDLER)
SUSPENDED = Stage("suspended", Phrase("特别程序中", "Suspended"), HANDLER)
IN_REVIEW = Stage("in_review", Phrase("审核中", "In review"), REVIEWER)
FOR_DECISION = Stage("for_decision", Phrase("待批准", "For decision"), HEAD)
FILED = Stage("filed", Phrase("不予许可报备中", "Refusal filed"), LEADER)
CLEARED = Stage("cleared", Phrase("不予许可已报备", "Refusal cleared"), HEAD)
GRANTED = Stage("granted", Phrase("已准予，待送达", "Granted, to be delivered"), WINDOW)
REFUSED = Stage("refused", Phrase("不予许可，待送达", "Refused, to be delivered"), WINDOW)
DONE = Stage("done", Phrase("已办结", "Completed"), final=True)
DONE_REFUSED = Stage("done_refused", Phrase("已办结（不予许可）", "Completed (refused)"), final=True)
NOT_ACCEPTED = Stage("not_accepted", Phrase("不予受理", "Not accepted"), final=True)
WITHDRAWN = Stage("withdrawn", Phrase("已撤回", "Withdrawn"), final=True)

WORK = (IN_HAND, IN_REVIEW, FOR_DECISION)
INSIDE = (*WORK, SUSPENDED, FILED, CLEARED)
UNDECIDED = (RECEIVED, AWAITING, FILED_AT_INTAKE, CLEARED_AT_INTAKE, *INSIDE)
OPEN = (*UNDECIDED, GRANTED, REFUSED)
CLOSED = (DONE, DONE_REFUSED, NOT_ACCEPTED, WITHDRAWN)
HANDLING = (Start(clock=Clock.HANDLING, since=(MaterialsSupplied,)),)
FROM_RECEIPT_ON = (Start(clock=Clock.HANDLING, since=(Received, MaterialsSupplied)),)
OFFICE = (WINDOW, HANDLER, REVIEWER, LEADER, HEAD)
