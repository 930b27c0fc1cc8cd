"""The words of accountability (追究措施与情节): the ladder of measures, severity, grounds; ordered, closed, named.

Knows no act and no matter.
"""

from __future__ import annotations

from enum import StrEnum

from xiaoneng.law.phrase import Phrase


class Source(StrEnum):
    """What opens a discipline matter."""

    RED_CARD = "red_card"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"
    APPRAISAL = "appraisal"
    LEADER_ORDER = "leader_order"
    CONSEQUENCE = "consequence"
    """A decided matter with serious consequences, for which the leader answers too; named by its number."""
    WEAK_AGENCY = "weak_agency"
    """An agency weak in a quarter, for which its leader answers; named by agency and quarter."""


class Measure(StrEnum):
    """Every efficiency measure, lightest first; statutory sanctions (处分) are not decided here."""

    TALK = "talk"
    ORDER = "order"
    ORAL_WARNING = "oral_warning"
    WRITTEN_WARNING = "written_warning"
    CIRCULATED = "circulated_criticism"
    OFF_POST_TRAINING = "off_post_training"
    TRANSFER = "transfer"
    RESIGNATION = "resignation"
    DISMISSAL = "dismissal"


WEIGHT = tuple(Measure)
LADDER = tuple(one for one in Measure if one not in {Measure.TALK, Measure.ORDER, Measure.RESIGNATION})
"""Measures for public servants in order, lightest first (告诫 → 通报批评 → 离岗培训 → 调离岗位 → 辞退)."""
LEADER_LADDER = tuple(one for one in Measure if one not in {Measure.OFF_POST_TRAINING, Measure.DISMISSAL})
"""Measures for leaders in order, lightest first (谈话 → 责令整改 → 告诫 → 通报批评 → 调整 → 辞职)."""


def heavier(one: Measure, other: Measure) -> bool:
    """Tell whether `one` weighs more than `other`."""
    return WEIGHT.index(one) > WEIGHT.index(other)


def next_step(earlier: Measure | None) -> Measure:
    """Return the step that follows the heaviest measure of the last twelve months; the last follows itself."""
    if earlier is None:
        return LADDER[0]
    return LADDER[min(LADDER.index(earlier) + 1, len(LADDER) - 1)]


class Severity(StrEnum):
    """How grave the conduct was (浙江办法第六条): each allows its own part of the ladder."""

    LIGHT = "light"
    HEAVIER = "heavier"
    SERIOUS = "serious"


class Responsibility(StrEnum):
    """In what way the person concerned answers (浙江办法第七条)."""

    DIRECT = "direct"
    LEADER = "leader"
    AGENCY = "agency"


class Mitigation(StrEnum):
    """What may lead one step down."""

    APOLOGY = "apology"
    FORGIVEN = "forgiven"
    REMEDIED = "remedied"


class Aggravation(StrEnum):
    """What may lead one step up."""

    REPEATED = "repeated_within_a_year"


class Exemption(StrEnum):
    """The grounds on which nobody answers (浙江办法第八条); of the four bans also a duty approved beforehand."""

    APPLICANT_FRAUD = "applicant_fraud"
    NO_RULE = "no_rule"
    FORCE_MAJEURE = "force_majeure"
    UNPROVEN = "unproven"
    APPROVED_DUTY = "approved_duty"


class DismissalGround(StrEnum):
    """The grounds of dismissal (公务员法第八十八条), by its items."""

    TWO_YEARS_UNFIT = "two_years_unfit"
    UNSUITED = "unsuited_and_unwilling"
    REORGANISED = "reorganised_and_unwilling"
    UNREFORMED = "duties_ignored_unreformed"
    ABSENT = "absent_15_or_30_days"


class Sanction(StrEnum):
    """Statutory sanctions (政务处分、处分), recorded here when the competent body has decided them, never decided."""

    WARNING = "warning"
    DEMERIT = "demerit"
    MAJOR_DEMERIT = "major_demerit"
    DOWNGRADE = "downgrade"
    REMOVAL = "removal"
    EXPULSION = "expulsion"


SANCTION_MONTHS = {
    Sanction.WARNING: 6,
    Sanction.DEMERIT: 12,
    Sanction.MAJOR_DEMERIT: 18,
    Sanction.DOWNGRADE: 24,
    Sanction.REMOVAL: 24,
    Sanction.EXPULSION: 0,
}
"""How long each is in effect (政务处分法第八条), in months; 0 for expulsion, which ends the service itself."""
MOST_MONTHS = 48
"""Cumulated sanctions last no longer (政务处分法第十五条)."""


class Decider(StrEnum):
    """Who decided a sanction: for one act only one of the two may (政务处分法第十六条)."""

    EMPLOYER = "employer"
    SUPERVISORY = "supervisory"


NAMES: dict[StrEnum, Phrase] = {
    Source.RED_CARD: Phrase("红牌", "Red card"),
    Source.COMPLAINT: Phrase("查实的投诉", "Substantiated complaint"),
    Source.INSPECTION: Phrase("督察发现", "Inspection finding"),
    Source.APPRAISAL: Phrase("考评结果", "Appraisal result"),
    Source.LEADER_ORDER: Phrase("领导批示", "Leader's order"),
    Source.CONSEQUENCE: Phrase("严重后果的领导责任", "A leader's part in a serious consequence"),
    Source.WEAK_AGENCY: Phrase("单位效能低下", "A weak agency"),
    Measure.TALK: Phrase("谈话提醒", "Reminder talk"),
    Measure.ORDER: Phrase("责令整改", "Order to put right"),
    Measure.ORAL_WARNING: Phrase("口头效能告诫", "Oral efficiency warning"),
    Measure.WRITTEN_WARNING: Phrase("书面效能告诫", "Written efficiency warning"),
    Measure.CIRCULATED: Phrase("通报批评", "Circulated criticism"),
    Measure.OFF_POST_TRAINING: Phrase("离岗培训", "Off-post training"),
    Measure.TRANSFER: Phrase("调离工作岗位", "Transfer from the post"),
    Measure.RESIGNATION: Phrase("辞去领导职务（自愿、引咎或者责令）", "Resignation from the leading post"),
    Measure.DISMISSAL: Phrase("辞退", "Dismissal"),
    Severity.LIGHT: Phrase("情节轻微", "Light"),
    Severity.HEAVIER: Phrase("情节较重", "Heavier"),
    Severity.SERIOUS: Phrase("情节严重", "Serious"),
    Responsibility.DIRECT: Phrase("直接责任", "Direct responsibility"),
    Responsibility.LEADER: Phrase("领导责任", "Leadership responsibility"),
    Responsibility.AGENCY: Phrase("单位责任", "Responsibility of the agency"),
    Mitigation.APOLOGY: Phrase("主动道歉", "Apologised"),
    Mitigation.FORGIVEN: Phrase("取得谅解", "Forgiven"),
    Mitigation.REMEDIED: Phrase("及时补救", "Remedied in time"),
    Aggravation.REPEATED: Phrase("一年内两次以上", "Twice or more within a year"),
    Exemption.APPLICANT_FRAUD: Phrase("申请人弄虚作假", "The applicant's fraud"),
    Exemption.NO_RULE: Phrase("当时没有规定", "No rule existed"),
    Exemption.FORCE_MAJEURE: Phrase("意外事故或者不可抗力", "Accident or force majeure"),
    Exemption.UNPROVEN: Phrase("经查不属实", "Not proven"),
    Exemption.APPROVED_DUTY: Phrase(
        "事先批准的外事、招商公务", "Foreign or investment duty approved beforehand"
    ),
    DismissalGround.TWO_YEARS_UNFIT: Phrase("连续两年考核不称职", "Two consecutive years found incompetent"),
    DismissalGround.UNSUITED: Phrase("不胜任现职又不接受安排", "Unequal to the post and refusing another"),
    DismissalGround.REORGANISED: Phrase("机构调整拒绝合理安排", "Refusing a fair place on reorganisation"),
    DismissalGround.UNREFORMED: Phrase(
        "不履行义务、经教育不改", "Neglecting duties, unreformed after admonition"
    ),
    DismissalGround.ABSENT: Phrase("旷工或者逾期不归达到天数", "Absent beyond the number of days"),
    Sanction.WARNING: Phrase("警告", "Warning (sanction)"),
    Sanction.DEMERIT: Phrase("记过", "Demerit"),
    Sanction.MAJOR_DEMERIT: Phrase("记大过", "Major demerit"),
    Sanction.DOWNGRADE: Phrase("降级", "Grade reduction"),
    Sanction.REMOVAL: Phrase("撤职", "Post removal"),
    Sanction.EXPULSION: Phrase("开除", "Expulsion"),
    Decider.EMPLOYER: Phrase("任免机关、单位", "The employer"),
    Decider.SUPERVISORY: Phrase("监察机关", "The supervisory body"),
}
"""What each choice is called in the office."""
