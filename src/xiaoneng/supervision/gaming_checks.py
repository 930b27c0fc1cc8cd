"""What gaming checks (防造假检查) look for: names, definitions, and the default that holds each threshold. Pure."""

from __future__ import annotations

from enum import StrEnum

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase


class Check(StrEnum):
    """What is looked for."""

    INSTANT = "instant"
    LAST_DAY = "last_day"
    LAST_DAY_PAUSE = "last_day_pause"
    IMPOSSIBLE = "impossible"
    NIGHT = "night"
    BULK = "bulk"
    ONE_PLACE = "one_place"

    @property
    def phrase(self) -> Phrase:
        """Return what the check is called."""
        return NAMES[self]

    @property
    def definition(self) -> Phrase:
        """Return what is counted, of what, and from where on it warns, with the numbers of our defaults."""
        words, numbers = DEFINITIONS[self], [told(topic) for topic in NUMBERS.get(self, ())]
        return Phrase(
            words.zh.format(*(one.zh for one in numbers)), words.en.format(*(one.en for one in numbers))
        )


NAMES = {
    Check.INSTANT: Phrase("疑似秒办", "Closed at once"),
    Check.LAST_DAY: Phrase("踩点办结", "Closed on the last day"),
    Check.LAST_DAY_PAUSE: Phrase("最后一日才中止", "Suspended on the last day"),
    Check.IMPOSSIBLE: Phrase("时间不可能", "Impossible times"),
    Check.NIGHT: Phrase("深夜或休息日的记录", "Acts at night or on rest days"),
    Check.BULK: Phrase("批量办结", "Closed in bulk"),
    Check.ONE_PLACE: Phrase("评价来自同一处", "Ratings from one place"),
}
NUMBERS = {
    Check.INSTANT: ("gaming-instant",),
    Check.LAST_DAY: ("gaming-last-day",),
    Check.NIGHT: ("gaming-night",),
    Check.BULK: ("gaming-bulk", "gaming-bulk-within"),
    Check.ONE_PLACE: ("gaming-one-place",),
}
"""The defaults whose numbers stand in a definition, in the order of its marks."""
DEFINITIONS = {
    Check.INSTANT: Phrase(
        "分母：期间内由工作人员办结的、不属于即办件的办件；分子：其中收件后 {0} 分钟内办结的。"
        "外来数据不知事项是否即办，全部计入。",
        "Of the matters that officials closed in the period and whose items are not decided at once: those closed within "
        "{0} minutes of receipt. A log does not tell which items these are: all count.",
    ),
    Check.LAST_DAY: Phrase(
        "分母：期间内按期办结、期限长于一日的办件；分子：其中恰在期限最后一日办结的。若办结日在期限内均匀分布，应有的件数一并列出；"
        "超过 {0}% 且高于应有件数的两倍即提示。",
        "Of the matters closed in time in the period, with a term of more than a day: those closed on the very last day. "
        "Beside it how many there would be if closings were spread evenly; more than {0} % and twice as many warns.",
    ),
    Check.LAST_DAY_PAUSE: Phrase(
        "分母：期间内办结的办件中的中止；分子：其中在承诺期限最后一日或以后才开始的。",
        "Of the suspensions in matters closed in the period: those begun on the last promised day or later.",
    ),
    Check.IMPOSSIBLE: Phrase(
        "分母：期间内办结的办件的全部记录（外来数据为全部办件）；分子：发生在录入之后、早于上一项或早于收件、办结早于收件、"
        "办结后仍有办理、期限早于收件的。",
        "Of all acts in matters closed in the period (of all cases in a log): those that happen after they were entered, "
        "before the act before them or before receipt; closed before receipt, worked on after closing, due before receipt.",
    ),
    Check.NIGHT: Phrase(
        "分母：期间内办结的办件中工作人员的记录；分子：其中在 0 时至 {0} 时，或在休息日发生的。"
        "外来数据只看办结是否在 0 时至 {0} 时。",
        "Of the acts of officials in matters closed in the period: those from 0 to {0} o’clock or on a rest day. "
        "Of a log only whether cases were closed from 0 to {0} o’clock.",
    ),
    Check.BULK: Phrase(
        "分母：期间内由工作人员办结的办件；分子：其中同一人在 {1} 分钟内办结 {0} 件以上的那些。",
        "Of the matters that officials closed in the period: those closed by one person {0} or more within {1} "
        "minutes.",
    ),
    Check.ONE_PLACE: Phrase(
        "分母：期间内留有来处标记的评价；分子：其中同一自然月内对同一机关、来自同一处 {0} 次以上的那些。"
        "标记是网络地址的按月密钥摘要，从不保存地址本身。",
        "Of the ratings with a mark of their place: those of which {0} or more in one month, for one agency, came "
        "from one place. The mark is a keyed digest of the network address, a new one every month; never the address.",
    ),
}
TOPICS: dict[Check, Citation] = {
    Check.INSTANT: default("gaming-instant"),
    Check.LAST_DAY: default("gaming-last-day"),
    Check.LAST_DAY_PAUSE: default("gaming-last-day"),
    Check.IMPOSSIBLE: default("two-times"),
    Check.NIGHT: default("gaming-night"),
    Check.BULK: default("gaming-bulk"),
    Check.ONE_PLACE: default("gaming-one-place"),
}
"""The default that holds each threshold."""
