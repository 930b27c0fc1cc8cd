"""The stages of a complaint, who has it in each, and where most of its moves stand."""

from __future__ import annotations

from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Clock, Role
from xiaoneng.matters.procedure import Stage, Start
from xiaoneng.matters.vocabulary.complaint_words import ANONYMOUS, NAMED

APPLICANT, CENTRE, HANDLER, REVIEWER = Role.APPLICANT, Role.CENTRE, Role.HANDLER, Role.REVIEWER
HEAD, LEADER, SUPERIOR, KEEPER = Role.HEAD, Role.LEADER, Role.SUPERIOR, Role.KEEPER


def law(article: str) -> Citation:
    """Return an article of the working measures of the complaint centres, known by an excerpt."""
    return Citation("浙江省机关效能监察投诉中心工作办法", article, Certainty.EXCERPT)


RECEIVED = Stage("received", Phrase("已登记，待受理", "Received"), CENTRE)
IN_HAND = Stage("in_hand", Phrase("调查中", "Being looked into"), HANDLER)
TRANSFERRED = Stage("transferred", Phrase("已转办，跟踪中", "Transferred, being followed"), CENTRE)
FOUND = Stage("found", Phrase("已认定，待答复", "Found, to be answered"), CENTRE)
ANSWERED = Stage("answered", Phrase("已答复，待回访", "Answered, to be called back"), CENTRE)
IN_REVIEW = Stage("in_review", Phrase("复核中", "In review"), REVIEWER)
REVIEW_FOUND = Stage("review_found", Phrase("已复核，待答复", "Reviewed, to be answered"), CENTRE)
REVIEW_ANSWERED = Stage(
    "review_answered", Phrase("复核已答复，待回访", "Review answered, to be called back"), CENTRE
)
CLOSED = Stage("closed", Phrase("已办结", "Closed"), final=True)

FIRST = (RECEIVED, IN_HAND, TRANSFERRED, FOUND, ANSWERED)
REVIEW = (IN_REVIEW, REVIEW_FOUND, REVIEW_ANSWERED)
OPEN = (*FIRST, *REVIEW)
OFFICE = (CENTRE, HANDLER, REVIEWER, HEAD, SUPERIOR)
RESULT = (Start(clock=Clock.HANDLING),)
AFTER_ANSWER = (Start(clock=Clock.CALL_BACK, only=(NAMED,)), Start(clock=Clock.RESPONSE, only=(ANONYMOUS,)))
HEARD = (Clock.CALL_BACK, Clock.RESPONSE)
UP = ((SUPERIOR, CENTRE), (SUPERIOR, HANDLER))
UP_IN_REVIEW = (*UP, (SUPERIOR, REVIEWER))
"""The post above takes the complaint: in review also what the reviewer had."""
