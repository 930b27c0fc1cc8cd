"""What complaints of the year say (投诉用语): short invented texts, in Chinese as complaints are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoneng.matters.vocabulary.complaint_words import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody complains of: the words, whom they mean, each allegation, and what is found if it is not proven."""

    kind: str
    text: str
    whom: str
    allegations: tuple[str, ...]
    otherwise: Finding = Finding.NOT


STORIES = (
    Told(
        kind="attitude",
        text="上午十点去窗口办变更，工作人员一直低头看手机，问一句答半句，还说“你自己不会看墙上吗”。",
        whom="办事窗口的工作人员",
        allegations=("窗口人员态度生硬", "办公时间看手机"),
    ),
    Told(
        kind="delay",
        text="材料交上去二十多天没有消息，打电话说在走流程，问走到哪一步说不知道。",
        whom="承办的科室",
        allegations=("办件进度无人说明",),
    ),
    Told(
        kind="shirking",
        text="这个窗口让我去那个窗口，那个窗口让我回这个窗口，跑了一下午，没有人登记。",
        whom="第一个接待我的人",
        allegations=("首问没有登记也没有移交", "两个窗口互相推诿"),
    ),
    Told(
        kind="one_notice",
        text="第一次说缺章，第二次说缺复印件，第三次说表格换新版了，三次才把材料要全。",
        whom="受理窗口",
        allegations=("缺什么没有一次告知",),
    ),
    Told(
        kind="absence",
        text="周三下午两点半去，窗口亮着灯没有人，等了四十分钟，旁边的人说他开会去了，没有人顶。",
        whom="窗口岗位",
        allegations=("岗位无人又没有人顶岗",),
        otherwise=Finding.UNABLE,
    ),
)
HEAD = Told(
    kind="shirking",
    text="我当面向局长反映窗口三次退件，他说“不归我管，你去告好了”，此后再没有人理我。",
    whom="这个局的局长",
    allegations=("负责人拒绝处理群众反映",),
)
REPEATED = Told(
    kind="attitude",
    text="又是这个窗口，还没有到下班时间就不收件了，说系统关了，明天再来。",
    whom="办证窗口",
    allegations=("提前停止收件",),
)
WANTED = "请查清事实，告诉我结果，以后不要这样对待来办事的人。"
FACTS: Mapping[Finding, str] = {
    Finding.SUBSTANTIATED: "调阅监控和排队叫号记录，并询问当班人员，所述情况与记录一致。",
    Finding.PARTLY: "部分情况有记录可以证实，其余没有证据。",
    Finding.NOT: "经查监控和办件记录，当时按规定受理并出具了凭证，与投诉所述不符。",
    Finding.UNABLE: "当日监控已过保存期，在场人员说法不一，现有证据不足以认定。",
}
EVIDENCE = "监控截图、叫号记录、办件记录、询问笔录各一份。"
MEASURES = {
    True: "责令整改：当班人员向投诉人说明情况，窗口增设进度告知牌，一周内报告整改结果。",
    False: "向投诉人说明查询经过，并提醒该岗位注意沟通方式。",
}
EXEMPTION = "因当日系统全市性故障，岗位已按应急预案登记并事后补办，属不可归责的情形。"
ANSWERS = {
    True: "您反映的情况已逐项查证，认定结果和处理措施已经列明。对给您带来的不便，我们表示歉意。",
    False: "您反映的情况已逐项查证，认定结果和依据已经列明。如不接受，可以申请一次复核。",
}
WITHDRAWN = "对方已经道歉，不想再追究。"
TOO_NEAR = "被投诉单位与本中心同楼办公，由上级投诉中心办理更为妥当。"
TRANSFER: Mapping[str, object] = {
    "body": "市供水有限公司",
    "contact": "服务热线见该公司网站",
    "reason": "所涉收费由供水企业负责，本中心跟踪办理结果。",
}
TRANSFER_RESULT = "该公司已上门核表并说明计费办法，书面报告附后。"
DISSATISFIED = "只看了监控，没有问在场的另外两个人。"
REVIEW = "另行询问在场人员两名，维持原认定。"
REVIEW_ANSWER = "复核人员重新询问了在场人员，结论与原认定一致，理由已逐项写明。"
