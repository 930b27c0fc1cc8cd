"""The hotline (热线工单办理): returned at once or not at all, answered to the caller, closed only after a call-back.

The five days of handling and the day of urgent orders are judged by 限时办结制 like any other. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.acts import Act, Clock
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.vocabulary.hotline import (
    CallerCalledBack,
    Contentment,
    OrderAnswered,
    OrderClosed,
    OrderDesignated,
    OrderDispatched,
    OrderReturned,
    RedoOrdered,
    TopicLinked,
)
from xiaoneng.rules.overdue import overdue
from xiaoneng.rules.rule import Breach, Refusal
from xiaoneng.worktime import clock as worktime
from xiaoneng.worktime.days import local_day

key = "hotline"
name = Phrase("热线工单办理", "Handling of hotline orders")
basis = Citation("安阳市政务服务条例", "第五十条")
RETURN = Citation("安阳市政务服务条例", "第五十条第二款")
DESIGNATED = Citation("潍坊市12345政务服务便民热线条例", "第二十二条第二款")
CALL_BACK = Citation("济南市12345市民服务热线条例", "第二十七条")
CLOCKS = {
    Clock.SIGN_IN: Phrase("签收工单", "signing for the order"),
    Clock.FILING: Phrase("裁定退单", "deciding on the returned order"),
    Clock.CALL_BACK: Phrase("回访来电人", "calling the caller back"),
}


def refusals(dossier: Dossier, act: Act) -> Iterator[Refusal]:
    """Yield why an order may not be returned, called answered, done again or closed."""
    match act:
        case OrderReturned():
            yield from _returned(dossier, act)
        case OrderAnswered() if not act.caller_told:
            yield _refused(
                "须先答复来电人，再反馈热线", "The caller is answered first, then the hotline", basis
            )
        case CallerCalledBack() if act.reached and act.contentment is None:
            yield _refused("联系上来电人的，须记录是否满意", "Say whether the caller is content", CALL_BACK)
        case RedoOrdered() if not _discontent(dossier):
            yield _refused(
                "来电人没有表示不满意，不必重办", "The caller did not say that it is not settled", CALL_BACK
            )
        case OrderClosed() if _discontent(dossier) and dossier.last(RedoOrdered) is None:
            yield _refused(
                "来电人不满意，应当先退回重办一次",
                "The caller is not content: it is done once more first",
                CALL_BACK,
            )
        case TopicLinked() if act.reference.strip() == dossier.number:
            yield _refused("不能与本工单自身关联", "An order is not linked to itself", basis)
        case _:
            return


def _refused(zh: str, en: str, source: Citation) -> Refusal:
    return Refusal(rule=key, reason=Phrase(zh, en), basis=source)


def _returned(dossier: Dossier, act: OrderReturned) -> Iterator[Refusal]:
    if dossier.last(OrderDesignated):
        yield _refused(
            "经指定承办的工单不得退回", "An order whose handler was designated is not returned", DESIGNATED
        )
    run = dossier.state.runs.get(Clock.SIGN_IN)
    if run and worktime.overdue(run.statutory, today=local_day(act.at), calendar=dossier.calendar):
        yield _refused(
            "退回期限（一个工作日）已过，首先接到工单的单位应当办理",
            "The working day in which it could be returned has passed: the first receiver handles it",
            RETURN,
        )


def _discontent(dossier: Dossier) -> bool:
    """Tell whether the newest call-back found the caller not content; where nobody was reached, nothing is known."""
    called = dossier.last(CallerCalledBack)
    return called is not None and called.contentment is Contentment.NO


def breaches(dossier: Dossier, *, now: datetime) -> Iterator[Breach]:
    """Yield terms of signing for, of deciding a return and of the call-back that passed."""
    if isinstance(dossier.opening, OrderDispatched):
        yield from overdue(dossier, rule=key, clocks=CLOCKS, now=now)
