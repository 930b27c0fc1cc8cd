"""Words of the office that closed choices carry in stored rows: clocks, roles, channels, kinds, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from xiaoneng.desk.gate import ROLE_NAMES
from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.vocabulary import exposure
from xiaoneng.matters.vocabulary.bans import APPROVED_DUTIES, BANS, SIGNINGS
from xiaoneng.matters.vocabulary.complaint_words import (
    COMPLAINT_NAMES,
    ComplaintChannel,
    Consequence,
    Contented,
    Finding,
    Manner,
)
from xiaoneng.matters.vocabulary.handling import GROUNDS
from xiaoneng.matters.vocabulary.inspection import Category
from xiaoneng.matters.vocabulary.measures import NAMES, Decider, Exemption, Measure, Sanction, Source
from xiaoneng.rules.every import EVERY
from xiaoneng.supervision.checklists import checklists
from xiaoneng.supervision.levels import CAUSES

YES = Phrase("是", "Yes")
NO = Phrase("否", "No")

CHOICES: Mapping[str, Mapping[str, Phrase]] = {
    "channel": {
        "counter": Phrase("窗口", "At the counter"),
        "web": Phrase("网上（电脑）", "On line"),
        "mobile": Phrase("网上（手机）", "By phone app"),
        "post": Phrase("邮寄", "By post"),
        "phone": Phrase("电话", "By telephone"),
        "agent": Phrase("代理人", "By an agent"),
    },
    "service": {
        "signature": Phrase("当面签收", "Signed for in person"),
        "post": Phrase("邮寄送达", "By post"),
        "electronic": Phrase("电子送达", "Electronically"),
        "lien": Phrase("留置送达", "Left with a witness"),
        "public": Phrase("公告送达", "By public notice"),
    },
    "unit": {
        "working_days": Phrase("工作日", "Working days"),
        "calendar_days": Phrase("自然日", "Calendar days"),
        "months": Phrase("月", "Months"),
        "office_hours": Phrase("工作小时", "Office hours"),
    },
    "ground": {str(one): words for one, words in GROUNDS.items()},
    "role": {str(one): words for one, words in ROLE_NAMES.items()},
    "negative_kind": {
        "not_accepted": Phrase("不予受理", "Not accepted"),
        "rejected": Phrase("不予许可", "Refused"),
        "returned": Phrase("退回", "Returned"),
        "unable_in_time": Phrase("不能按时办结", "Unable to finish in time"),
        "disagreement": Phrase("不同意", "Disagreement"),
        "partial": Phrase("部分不予许可", "Refused in part"),
    },
    "reason_code": {
        "conditions": Phrase("不符合法定条件", "The conditions of law are not met"),
        "not_competent": Phrase("不属于本机关职权", "Not within the agency's powers"),
        "not_licensable": Phrase("依法不需要许可", "No licence is needed by law"),
        "false_material": Phrase("材料虚假", "False material"),
        "quantity": Phrase("数量限制", "The number is limited"),
        "third_party": Phrase("损害他人重大利益", "Major interests of others"),
        "other": Phrase("其他（须写明）", "Other (say what)"),
    },
    "leave_kind": {
        "leave": Phrase("休假", "Leave"),
        "trip": Phrase("出差", "Official trip"),
        "training": Phrase("培训", "Training"),
        "sick": Phrase("病假", "Sick leave"),
        "urgent": Phrase("紧急事由", "Urgent"),
    },
    "hold_kind": {"A": Phrase("A 岗（主办）", "A (holder)"), "B": Phrase("B 岗（协办）", "B (cover)")},
    "source": {str(one): NAMES[one] for one in Source},
    "measure": {str(one): NAMES[one] for one in Measure},
    "sanction": {str(one): NAMES[one] for one in Sanction},
    "decider": {str(one): NAMES[one] for one in Decider},
    "ban": {str(one): words for one, words in BANS.items()},
    "signing": {str(one): words for one, words in SIGNINGS.items()},
    "approved_duty": {str(one): words for one, words in APPROVED_DUTIES.items()},
    "severity": {
        "light": Phrase("情节轻微", "Light"),
        "heavier": Phrase("情节较重", "Heavier"),
        "serious": Phrase("情节严重", "Serious"),
    },
    "responsibility": {
        "direct": Phrase("直接责任", "Direct"),
        "leader": Phrase("领导责任", "As leader"),
        "agency": Phrase("单位责任", "As agency"),
    },
    "mitigation": {
        "apology": Phrase("主动道歉", "Apologised"),
        "forgiven": Phrase("取得谅解", "Forgiven"),
        "remedied": Phrase("已补救", "Remedied"),
    },
    "aggravation": {"repeated_within_a_year": Phrase("一年内再次发生", "Repeated within a year")},
    "exemption": {str(one): NAMES[one] for one in Exemption},
    "dismissal_ground": {
        "two_years_unfit": Phrase("连续两年考核不称职", "Two years found unfit"),
        "unsuited_and_unwilling": Phrase("不胜任又不接受安排", "Unsuited and unwilling to move"),
        "reorganised_and_unwilling": Phrase("机构调整又拒绝安排", "Reorganised and unwilling to move"),
        "duties_ignored_unreformed": Phrase("不履行义务经教育无转变", "Duties ignored, unreformed"),
        "absent_15_or_30_days": Phrase(
            "旷工连续十五天或一年累计三十天", "Absent 15 days running or 30 a year"
        ),
    },
    "bar_ground": {str(one): words for one, words in exposure.NAMES.items()},
    "card_level": {"yellow": Phrase("黄牌", "Yellow card"), "red": Phrase("红牌", "Red card")},
    "card_rule": {"clock": Phrase("时限", "The clock"), **{rule.key: rule.name for rule in EVERY}},
    "card_cause": {one.value: words for one, words in CAUSES.items()},
    "level": {
        "1": Phrase("非常满意", "Very satisfied"),
        "2": Phrase("满意", "Satisfied"),
        "3": Phrase("基本满意", "Fairly satisfied"),
        "4": Phrase("不满意", "Dissatisfied"),
        "5": Phrase("非常不满意", "Very dissatisfied"),
    },
    "complaint_channel": {str(one): COMPLAINT_NAMES[one] for one in ComplaintChannel},
    "manner": {str(one): COMPLAINT_NAMES[one] for one in Manner},
    "finding": {str(one): COMPLAINT_NAMES[one] for one in Finding},
    "consequence": {str(one): COMPLAINT_NAMES[one] for one in Consequence},
    "contented": {str(one): COMPLAINT_NAMES[one] for one in Contented},
    # inspection and hotline
    "visit_manner": {"open": Phrase("明查", "Open"), "covert": Phrase("暗访", "Covert")},
    "finding_kind": {
        "lunch_alcohol": Phrase("工作日午间饮酒", "Alcohol at a working-day lunch"),
        "chat_or_games": Phrase("工作时间聊天、玩游戏", "Chat or games in working hours"),
        "mahjong": Phrase("打麻将", "Mahjong"),
        "public_travel": Phrase("公款旅游、高消费娱乐", "Public travel or lavish entertainment"),
        "absent": Phrase("擅自离岗、空岗", "Absent; a post left empty"),
        "no_cover": Phrase("AB 岗没有顶上", "No cover where A was away"),
        "not_posted": Phrase("期限、材料没有公示", "Limits or materials not posted"),
        "not_told_once": Phrase("没有一次性告知", "Not told at once"),
        "turned_away": Phrase("推诿、首问不负责", "Turned away by the first asked"),
        "attitude": Phrase("态度生硬", "Uncivil"),
        "slow": Phrase("办事拖拉", "Slow"),
        "other": Phrase("其他", "Other"),
    },
    "checklists": {one.key: one.name for one in checklists().values()},
    "category": {one.value: one.phrase for one in Category},
    "hotline_channel": {
        "phone": Phrase("来电", "By telephone"),
        "press": Phrase("报刊", "Newspaper"),
        "radio_tv": Phrase("广播电视", "Radio or television"),
        "web": Phrase("网络", "On line"),
        "letter": Phrase("来信", "By letter"),
    },
    "urgency": {
        "ordinary": Phrase("一般（五个工作日）", "Ordinary (five working days)"),
        "urgent": Phrase(
            f"紧急（{told('hotline-urgent').zh} 个工作日）",
            f"Urgent (working days: {told('hotline-urgent').en})",
        ),
    },
    "contentment": {
        "yes": Phrase("满意", "Content"),
        "fairly": Phrase("基本满意", "Fairly content"),
        "no": Phrase("不满意", "Not content"),
    },
}
"""Closed choices by the word under which an act's question asks for them."""
