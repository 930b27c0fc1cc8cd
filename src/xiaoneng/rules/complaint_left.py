"""Who is left (办理力量): a complaint lies with nobody in conflict and never with nobody; the way up is named."""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.conflict import agencies_in, persons_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.complaint import AnsweredOnSpot, ComplaintAnswered
from xiaoneng.matters.vocabulary.complaint_after import DissatisfactionVoiced, RecusalDecided
from xiaoneng.matters.vocabulary.complaint_ways import Assigned, PassedUp, SubjectNamed
from xiaoneng.matters.vocabulary.handling import Reassigned, Recused
from xiaoneng.organisation.capacity import Standing
from xiaoneng.organisation.reach import level
from xiaoneng.organisation.roster import Seat

Objection = tuple[Phrase, Citation]
ROUTING = default("complaint-routing")
REVIEW = default("complaint-review")
GIVEN_BY_HEAD = (Role.CENTRE, Role.HANDLER, Role.REVIEWER)


def objections(dossier: Dossier, act: Act) -> Iterator[Objection]:
    """Yield why an act would leave a complaint with nobody, with those in conflict, or without a reviewer."""
    match act:
        case SubjectNamed():
            yield from _centre_named(dossier, act)
            yield from _head_named(dossier, act)
        case RecusalDecided() | Recused():
            yield from _somebody_left(dossier, act)
        case PassedUp():
            yield from _above(dossier, act)
        case Assigned() | Reassigned():
            yield from _given(dossier, act)
        case ComplaintAnswered() | AnsweredOnSpot():
            yield from _reviewer_left(dossier, act)
        case _:
            return


def free(seat: Seat | None, *, act: Act, without: frozenset[int]) -> bool:
    """Tell whether somebody who may act in a post, present or away, is not among those who stand aside."""
    if seat is None:
        return False
    held = (one for one in seat.holdings if one.holds(act.at) and one.person not in without)
    return any(one.qualified or one.standing is Standing.PRIMARY for one in held)


def decided(dossier: Dossier) -> frozenset[int]:
    """Return who decided in the complaint, so that they do not review it: nobody once a review has begun."""
    voiced = next((one for one in dossier.procedure.moves if one.act is DissatisfactionVoiced), None)
    if voiced is None or dossier.last(DissatisfactionVoiced) is not None:
        return frozenset()
    return frozenset(one.by.person for one in dossier.acts if isinstance(one, voiced.excludes))


def _lost(dossier: Dossier, act: Act) -> list[Role]:
    """Return the roles that must be held as the complaint now stands, and that nobody would hold after the act."""
    needed = {Role.CENTRE, Role.HANDLER} | ({dossier.stage.owner} - {None})
    if any(one.act is DissatisfactionVoiced for one in dossier.open_moves()):
        needed.add(Role.REVIEWER)
    return [role for role in sorted(filter(None, needed)) if _lost_by(dossier, act, role)]


def _lost_by(dossier: Dossier, act: Act, role: Role) -> bool:
    seat = dossier.seats.get(dossier.post_of(role))
    without = dossier.aside | (decided(dossier) if role is Role.REVIEWER else frozenset())
    barred = agencies_in(dossier.state.barred)
    if seat is None or seat.agency in barred or not free(seat, act=act, without=without):
        return False  # it is empty already, and no act is refused for that
    after = without | dossier.foreseen | persons_in(act.bars())
    return seat.agency in agencies_in(act.bars()) or not free(seat, act=act, without=after)


def _centre_named(dossier: Dossier, act: SubjectNamed) -> Iterator[Objection]:
    lost = _lost(dossier, act)
    if lost == [Role.REVIEWER]:
        yield NO_REVIEWER, REVIEW
    elif lost:
        yield (
            Phrase(
                "投诉涉及本中心或者在办岗位的全部人员，不得自行办理：请用“上报上级投诉中心”，并在其中写明被投诉对象",
                "It is about this centre, or all who have it in hand: use “Passed up” and name them there",
            ),
            ROUTING,
        )


def _head_named(dossier: Dossier, act: SubjectNamed) -> Iterator[Objection]:
    """Yield why a complaint that turns out to be about a head goes one level up."""
    centre = dossier.seats.get(dossier.post_of(Role.CENTRE))
    above = dossier.seats.get(dossier.post_of(Role.SUPERIOR))
    people = (dossier.people[number] for number in act.about if number in dossier.people)
    led = [hold.division for one in people for hold in one.held(at=act.at) if hold.leads]
    below = centre is not None and all(level(centre.division) < level(one) for one in led)
    if led and above and not below:
        yield (
            Phrase(
                "被投诉人是单位负责人，由上一级投诉中心办理：请用“上报上级投诉中心”，并在其中写明",
                "It is about the head of an office: use “Passed up” and name them there",
            ),
            ROUTING,
        )


def _somebody_left(dossier: Dossier, act: RecusalDecided | Recused) -> Iterator[Objection]:
    lost = _lost(dossier, act)
    if lost == [Role.REVIEWER]:
        yield NO_REVIEWER, REVIEW
    elif lost:
        yield (
            Phrase(
                "回避后在办岗位无人可办：请先改派、交办其他岗位，或者上报上级投诉中心",
                "Nobody would be left in that post: first give it to another post, or pass the complaint up",
            ),
            ROUTING,
        )


def _above(dossier: Dossier, act: PassedUp) -> Iterator[Objection]:
    """Yield why there is nobody above to whom it may go."""
    given = {one.role: one.post for one in act.posts}
    post = given.get(Role.CENTRE) or dossier.post_of(Role.SUPERIOR)
    seat = dossier.seats.get(post)
    if not post or post == dossier.post_of(Role.CENTRE):
        yield (
            Phrase(
                "没有登记可以接办的上级投诉中心或者效能建设领导小组办公室岗位，请先补登",
                "No centre above, and no office of the leading group, is recorded that could take it: record one",
            ),
            ROUTING,
        )
    elif seat is None or seat.agency in agencies_in(dossier.state.barred | act.bars()):
        yield Phrase("上级投诉中心也涉及本投诉", "The centre above is complained of as well"), ROUTING
    elif not free(seat, act=act, without=dossier.aside | dossier.foreseen):
        yield Phrase("上级岗位的人都应当回避", "Everybody in the post above must stand aside"), ROUTING


def _given(dossier: Dossier, act: Assigned | Reassigned) -> Iterator[Objection]:
    role = act.role if isinstance(act, Reassigned) else Role.HANDLER
    seat = dossier.seats.get(act.post)
    if role not in GIVEN_BY_HEAD:
        yield (
            Phrase("只能改派投诉中心、调查和复核岗位", "Only centre, handler and reviewer are reassigned"),
            ROUTING,
        )
    without = dossier.aside | (decided(dossier) if role is Role.REVIEWER else frozenset())
    if not free(seat, act=act, without=without):
        yield Phrase("该岗位没有可以办理的人", "Nobody who may act holds that post"), ROUTING
    others = {Role.HANDLER, Role.CENTRE} if role is Role.REVIEWER else {Role.REVIEWER}
    reviewed = dossier.last(DissatisfactionVoiced) is not None
    if not reviewed and act.post in {dossier.post_of(other) for other in others}:
        yield Phrase("调查和复核须由不同的岗位承担", "Who investigates and who reviews are two posts"), REVIEW


NO_REVIEWER = Phrase(
    "投诉人可以申请复核，但复核岗位没有未经办本件的人：请负责人先改派复核岗位，或者上报上级投诉中心",
    "Nobody would be left to review it who did not decide it: first another reviewing post must be named, or pass it up",
)


def _reviewer_left(dossier: Dossier, act: ComplaintAnswered | AnsweredOnSpot) -> Iterator[Objection]:
    """Yield why the answer must wait: whoever is dissatisfied would find nobody to review it."""
    if dossier.last(DissatisfactionVoiced) is not None:
        return
    without = dossier.aside | decided(dossier) | {act.by.person}
    seat = dossier.seats.get(dossier.post_of(Role.REVIEWER))
    if (
        seat is None
        or seat.agency in agencies_in(dossier.state.barred)
        or not free(seat, act=act, without=without)
    ):
        yield NO_REVIEWER, REVIEW
