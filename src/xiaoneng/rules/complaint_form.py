"""What is asked of a complaint as it comes in and on its way: a name or none, about whom, to which body, of whom."""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Role
from xiaoneng.matters.conflict import agencies_in
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.roles import roles_of
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.matters.vocabulary.complaint_after import (
    RecusalAsked,
    RecusalDecided,
    RepeatLinked,
)
from xiaoneng.matters.vocabulary.complaint_ways import (
    ExplanationDemanded,
    SubjectNamed,
    SuperiorOrdered,
    TransferredAcross,
)
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.worktime.days import local_day

Objection = tuple[Phrase, Citation]
REGISTER = Citation("浙江省机关效能监察投诉中心工作办法", "第十三条", Certainty.EXCERPT)
RECUSAL = default("complaint-recusal")


def objections(dossier: Dossier, act: Act) -> Iterator[Objection]:
    """Yield what is wrong with how an act of a complaint is filled in."""
    match act:
        case ComplaintMade():
            yield from _made(act)
        case SubjectNamed() if not act.agencies and not act.about:
            yield Phrase("须写明被投诉单位或者被投诉人", "Name an agency or a person"), REGISTER
        case TransferredAcross() | SuperiorOrdered() | ExplanationDemanded():
            yield from _sent(dossier, act)
        case RepeatLinked():
            yield from _linked(dossier, act)
        case RecusalAsked() | RecusalDecided():
            yield from _recusal(dossier, act)
        case _:
            return


def _sent(
    dossier: Dossier, act: TransferredAcross | SuperiorOrdered | ExplanationDemanded
) -> Iterator[Objection]:
    if isinstance(act, TransferredAcross):
        if act.agency in agencies_in(dossier.state.barred):
            yield (
                Phrase("不得把投诉转给被投诉的单位", "A complaint never goes to the office complained of"),
                Citation("公务员法", "第七十六条"),
            )
        return
    until = act.until if isinstance(act, SuperiorOrdered) else act.by_day
    if until <= local_day(act.at):
        yield Phrase("期限须在今日之后", "The day by which it is due lies after today"), REGISTER


def _made(act: ComplaintMade) -> Iterator[Objection]:
    yield from identity(act)
    if not act.agencies and not act.about and not act.about_words.strip():
        yield (
            Phrase(
                "须写明投诉的是哪个单位或者谁，不知名称的可以用自己的话写",
                "Say which office or whom it is about; your own words will do",
            ),
            REGISTER,
        )


def identity(act: ComplaintMade) -> Iterator[Objection]:
    """Yield what lacks of the complainant's particulars; to be asked before they are sealed, and holds afterwards."""
    if act.manner is Manner.ANONYMOUS:
        if act.envelope or any((act.complainant, act.contact, act.identity_number, act.address)):
            yield (
                Phrase(
                    "匿名投诉不得留下姓名、联系方式、证件号码或住址", "The anonymous leave no particulars"
                ),
                REGISTER,
            )
        return
    if act.envelope:
        return
    if not act.complainant.strip():
        yield (
            Phrase("实名、保密投诉须填写姓名", "Under one's name, and confidentially: give a name"),
            REGISTER,
        )
    if not act.contact.strip():
        yield Phrase("实名、保密投诉须填写联系方式", "Say how you can be reached"), REGISTER


def _linked(dossier: Dossier, act: RepeatLinked) -> Iterator[Objection]:
    try:
        number = parse(act.reference)
    except NumberFaulty as fault:
        yield Phrase(str(fault), "That is not a number of ours"), default("complaint-topic")
        return
    if number == dossier.number:
        yield Phrase("不能与自身关联", "It cannot be joined to itself"), default("complaint-topic")


def _recusal(dossier: Dossier, act: RecusalAsked | RecusalDecided) -> Iterator[Objection]:
    if isinstance(act, RecusalAsked):
        if not act.person and not act.whom.strip():
            yield Phrase("须写明请求谁回避", "Say who should stand aside"), RECUSAL
        return
    asked = {one.person for one in dossier.every(RecusalAsked)}
    if asked and not asked & {0, act.person}:
        yield Phrase("没有人请求此人回避", "Nobody asked that this person stand aside"), RECUSAL
    if act.by.person == act.person:
        yield Phrase("本人的回避不得由本人决定", "Nobody decides on their own recusal"), RECUSAL
    heads = dossier.seats.get(dossier.post_of(Role.HEAD))
    held = heads is not None and heads.held_by(act.person, at=act.at) is not None
    if held and Role.SUPERIOR not in roles_of(act.by, dossier):
        yield (
            Phrase("负责人的回避由上级投诉中心决定", "The head's recusal is decided by the centre above"),
            RECUSAL,
        )
