"""What is written where somebody answers (追究用语): short invented texts; English only where both are published."""

from __future__ import annotations

from collections.abc import Mapping

from xiaoneng.matters.vocabulary.measures import Source

FIRST_FACTS: Mapping[Source, str] = {
    Source.COMPLAINT: "投诉逐项认定属实：多次拒收符合要求的材料，没有出具书面凭证。",
    Source.INSPECTION: "违反禁令，现场笔录本人已签字。",
    Source.WEAK_AGENCY: "本季度内两名工作人员违反四条禁令，负责人失于管理。",
}
ON_RECORD = "超过法定期限未办结，未说明理由，也未申请延长。"
DEFENCE = "当天人手紧张，对规定理解有误，愿意改正。"
LIABILITY = "当班人员负直接责任。"
LEADERS_LIABILITY = "单位负责人负领导责任。"
REASONS = "事实清楚，证据充分，已听取申辩。"
BASIS = "浙江省影响机关工作效能行为责任追究办法第六条"
SCOPE = "本机关"
CIRCULATED = "某岗位因效能问题受到处理，请各岗位引以为戒。"
CARRIED_OUT = "处理措施已执行完毕。"
GROUNDS = "当日系统反复报错，本人已如实记录，处理偏重。"
APPEAL_REASONS = "系统报错记录与拒收材料无关，维持原决定。"
TRANSFER: Mapping[str, object] = {
    "body": "宁波市监察机关（虚构）",
    "reason": "可能需要给予处分，移送有权机关决定。",
}
EXPOSURE: Mapping[str, object] = {
    "title_zh": "某市级窗口三次拒收合格材料",
    "title_en": "A city window turned sound papers away three times",
    "text_zh": "该窗口三次拒收符合要求的材料，未一次性告知，当事人已离岗培训，窗口已整改。（虚构）",
    "text_en": "The window turned sound papers away three times and never said what was missing. The official "
    "was sent to training off the post; the window has been put right. (Invented.)",
    "gravity": "一再拒收，影响恶劣，属情节严重。",
}
REVIEW = "事实已由生效处理证明，不涉密，不涉隐私，不能据此认出投诉人。"
INVITED = "已当面送达拟公开内容，告知可以答辩，答辩意见一并公开。"
REPLY = "本局诚恳接受批评，已增设导办岗位，并向投诉人当面道歉。"
WEIGHED = "事实清楚；答辩意见属实，随曝光一并公开。"
BARRED = "案情涉及未成年人，公开会使其被认出，依法不予公开。"
BAN_PLACE = "机关食堂旁某饭店（虚构）"
WITNESSES = ("督察员甲（虚构）", "督察员乙（虚构）")
BAN_FACTS = "工作日中午与同事聚餐时饮酒，现场桌上有开封酒瓶，本人承认。"
GAME_FACTS = "上班时间用办公电脑打游戏，屏幕截图附卷，本人承认。"
