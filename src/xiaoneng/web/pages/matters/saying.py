"""What citizens call what they do with their matter, and what they should know before they do it."""

from __future__ import annotations

from dataclasses import replace

from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase
from xiaoneng.web.asking import ActView, FieldKind, FieldView, FormView

SAID = {
    "nudged": Phrase("催办", "Ask how it stands"),
    "materials-supplied": Phrase("补交材料", "Hand in materials"),
    "demand-met": Phrase("交来另行要求的材料", "Hand in what was demanded"),
    "withdrawn": Phrase("撤回申请", "Withdraw the application"),
    "hearing-requested": Phrase("申请听证", "Ask for a hearing"),
    "rated": Phrase("评价", "Rate the service"),
    "asked-again": Phrase("再问一次", "Ask again"),
    "facts-added": Phrase("补充事实", "Add facts"),
    "dissatisfaction-voiced": Phrase("不满意，换人复核", "Not satisfied: have it reviewed"),
    "complaint-withdrawn": Phrase("撤回投诉", "Withdraw the complaint"),
    "retaliation-reported": Phrase("反映打击报复", "Report retaliation"),
    "recusal-asked": Phrase("要求某人回避", "Ask that somebody stand aside"),
    "called-back": Phrase("评价答复", "Say what you think of the answer"),
    "complaint-reopened": Phrase("有新的事实，重新提起", "New facts: take it up again"),
}
"""What applicants call what they do."""

KNOW = {
    "complaint-withdrawn": Phrase(
        "撤回不等于结案：反映的问题照样查清，结论仍在这里看得到",
        "Withdrawing does not close it: what you told is still looked into, and you still see the result here",
    ),
    "dissatisfaction-voiced": Phrase(
        "只能提一次：由没有经手过的人重新认定", "Once only: somebody who has not handled it finds anew"
    ),
    "retaliation-reported": Phrase(
        "直接交上一级投诉中心，作为新的一项查清",
        "Goes straight to the centre above, as an allegation of its own",
    ),
    "recusal-asked": Phrase(
        f"{told('complaint-recusal').zh} 个工作日内决定",
        f"Decided within {told('complaint-recusal').en} working days",
    ),
    "called-back": Phrase(
        "满意或者基本满意，就此办结；不满意，请选“不满意，换人复核”",
        "If you are content it is closed; if not, choose “Not satisfied: have it reviewed”",
    ),
    "facts-added": Phrase("随时可以补充，不用署名", "At any time, and without a name"),
}
"""What they should know before."""

SETTLED = {("called-back", "reached"): "on"}
"""Questions that answer themselves where the citizen does it: nobody has to say that they were reached."""


def plainly(one: ActView) -> ActView:
    """Return an act as a citizen is offered it."""
    words = SAID.get(one.key)
    if words is None:
        return one
    form = _asked(one.key, replace(one.form, button=words)) if one.form else None
    return replace(one, name=words, form=form, explained=KNOW.get(one.key, one.explained))


def _asked(key: str, form: FormView) -> FormView:
    return replace(form, fields=tuple(_settled(key, one) for one in form.fields))


def _settled(key: str, field: FieldView) -> FieldView:
    value = SETTLED.get((key, field.name))
    return replace(field, kind=FieldKind.HIDDEN, value=value) if value else field
