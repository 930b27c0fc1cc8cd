"""All questions on where things stick (问题总表): pages, commands, JSON and tests read this one table."""

from __future__ import annotations

from xiaoneng.flow.figures import DEFINITIONS as FIGURES
from xiaoneng.flow.graph import (
    batching,
    bottlenecks,
    conformance,
    directly,
    handovers,
    promise,
    rework,
    variants,
)
from xiaoneng.flow.graph.lateness import DEFINITIONS as LATENESS
from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.obstruction import of_cases, of_order, of_steps, of_systems
from xiaoneng.supervision.obstruction.answers import Chart, Column, Kind, Question

FROM = Column("from", Phrase("从", "From"), Kind.NAME)
TO = Column("to", Phrase("到", "To"), Kind.NAME)
GROUP = Column("group", Phrase("组", "Group"), Kind.NAME)
COUNT = Column("count", Phrase("次数", "Times"))
N = Column("n", Phrase("分母", "Of"))
LATE = Column("late", Phrase("超期", "Late"))
SHARE = Column("share", Phrase("占比", "Share"), Kind.SHARE)
LOW = Column("low", Phrase("区间下限", "Low"), Kind.SHARE)
HIGH = Column("high", Phrase("区间上限", "High"), Kind.SHARE)
HOLDERS = ("actor", "post", "agency")
ALL = ("channel", "department", "person", "agency", "item")
OVER_TIME = Phrase(
    "从第一件收件起，按基准时刻倒数的每一天（跨度长的隔数天）各灯的在办件数；每一时刻的判断与上一问相同。",
    "Counted back from the instant given to the first receipt, every day or every few days: how many cases show each "
    "light, judged as in the question before.",
)

_QUESTIONS = (
    Question(
        key="lights",
        title=Phrase("某一天的灯", "Lights on a day"),
        definition=FIGURES["lights"],
        columns=(
            Column("light", Phrase("灯", "Light"), Kind.NAME),
            Column("count", Phrase("件数", "Cases")),
            SHARE,
        ),
        ask=of_cases.lights,
        whole=True,
        chart=Chart.BARS,
        bar="count",
    ),
    Question(
        key="lights-over-time",
        title=Phrase("灯的走势", "Lights over time"),
        definition=OVER_TIME,
        columns=(
            Column("day", Phrase("日期", "Day"), Kind.DAY),
            *(Column(light.value, light.phrase) for light in of_cases.SHOWN),
        ),
        ask=of_cases.over_time,
        whole=True,
        chart=Chart.LINES,
    ),
    Question(
        key="late",
        title=Phrase("超期率，分组", "Late share by group"),
        definition=LATENESS["shares"],
        columns=(
            GROUP,
            LATE,
            N,
            SHARE,
            LOW,
            HIGH,
            Column("shrunk", Phrase("收缩估计", "Shrunk"), Kind.SHARE),
        ),
        ask=of_cases.late,
        by=ALL,
        whole=True,
        chart=Chart.INTERVALS,
        bar="share",
    ),
    Question(
        key="fair",
        title=Phrase("机关之间的公平比较", "Fair comparison of agencies"),
        definition=LATENESS["fair"],
        columns=(
            *(GROUP, LATE, N, SHARE),
            Column("fair", Phrase("标准化", "Fair"), Kind.SHARE),
            *(LOW, HIGH),
            Column("covered", Phrase("覆盖", "Covered"), Kind.SHARE),
        ),
        ask=of_cases.fair,
        by=("agency", "department"),
        whole=True,
        chart=Chart.INTERVALS,
        bar="fair",
    ),
    Question(
        key="promise",
        title=Phrase("可承诺的期限", "What could be promised"),
        definition=promise.DEFINITION,
        columns=(
            GROUP,
            Column("cases", Phrase("件数", "Cases")),
            Column("open", Phrase("未办结", "Open")),
            Column("quantile", Phrase("95% 分位（工作日）", "95 % quantile (working days)")),
            Column("days", Phrase("可承诺（工作日）", "Could be promised (working days)")),
        ),
        ask=of_cases.promised,
        by=("item", "channel", "department", "agency"),
        whole=True,
        chart=Chart.BARS,
        bar="days",
    ),
    Question(
        key="steps",
        title=Phrase("环节之间", "Between steps"),
        definition=directly.DEFINITION,
        columns=(
            *(FROM, TO, COUNT),
            Column("lost", Phrase("工作日合计", "Working days in all"), Kind.DAYS),
            Column("elapsed", Phrase("全部时间（天）", "All time (days)"), Kind.DAYS),
            *(
                Column(part, Phrase(f"{words.zh}（天）", f"{words.en} (days)"), Kind.DAYS)
                for part, words in directly.PARTS.items()
            ),
            Column("median", Phrase("中位数（工作日）", "Median (working days)"), Kind.DAYS),
            Column("p90", Phrase("九成位数（工作日）", "Ninth decile (working days)"), Kind.DAYS),
        ),
        ask=of_steps.arrows,
        chart=Chart.BARS,
        bar="lost",
    ),
    Question(
        key="bottlenecks",
        title=Phrase("梗阻排行", "Bottlenecks"),
        definition=bottlenecks.DEFINITION,
        columns=(
            *(FROM, TO, COUNT),
            Column("over", Phrase("超预算次数", "Over budget")),
            Column("budget", Phrase("预算（工作日）", "Budget (working days)"), Kind.DAYS),
            Column("lost", Phrase("损失（工作日）", "Lost (working days)"), Kind.DAYS),
        ),
        ask=of_steps.bottleneck,
        chart=Chart.BARS,
        bar="lost",
    ),
    Question(
        key="hand-overs",
        title=Phrase("交接与往返", "Hand-overs and ping-pong"),
        definition=handovers.DEFINITION,
        columns=(
            *(FROM, TO, COUNT),
            Column("returned", Phrase("随即退回", "Straight back")),
            Column("lost", Phrase("其间工作日", "Working days between"), Kind.DAYS),
        ),
        ask=of_steps.hands,
        by=HOLDERS,
        chart=Chart.BARS,
        bar="count",
    ),
    Question(
        key="rework",
        title=Phrase("返工", "Rework"),
        definition=rework.DEFINITION,
        columns=(
            Column("activity", Phrase("环节", "Step"), Kind.NAME),
            Column("events", Phrase("事件", "Events")),
            Column("again", Phrase("重复", "Again")),
            Column("at_once", Phrase("紧接着", "At once")),
            Column("cases", Phrase("涉及办件", "Cases")),
        ),
        ask=of_steps.again,
        whole=True,
        chart=Chart.BARS,
        bar="again",
    ),
    Question(
        key="variants",
        title=Phrase("办理路径", "Variants"),
        definition=variants.DEFINITION,
        columns=(
            Column("path", Phrase("路径", "Path"), Kind.NAME),
            Column("length", Phrase("环节数", "Steps")),
            Column("count", Phrase("件数", "Cases")),
            Column("coverage", Phrase("累计覆盖", "Covered so far"), Kind.SHARE),
        ),
        ask=of_steps.paths,
        whole=True,
    ),
    Question(
        key="heaps",
        title=Phrase("成批办理", "Work in heaps"),
        definition=batching.DEFINITION,
        columns=(
            Column("holder", Phrase("经手", "Holder"), Kind.NAME),
            Column("activity", Phrase("环节", "Step"), Kind.NAME),
            Column("events", Phrase("事件", "Events")),
            Column("heaps", Phrase("批数", "Heaps")),
            Column("inside", Phrase("批内事件", "In heaps")),
            Column("largest", Phrase("最大一批", "Largest")),
        ),
        ask=of_steps.in_heaps,
        by=HOLDERS,
        chart=Chart.BARS,
        bar="inside",
    ),
    Question(
        key="stamping",
        title=Phrase("临下班登记", "Written down at the end of the day"),
        definition=batching.DEFINITION,
        columns=(
            Column("holder", Phrase("经手", "Holder"), Kind.NAME),
            Column("late", Phrase("临下班", "As it closes")),
            *(N, SHARE, LOW, HIGH),
            Column("even", Phrase("均匀应有", "If even"), Kind.SHARE),
            Column("minute", Phrase("最常见的时刻", "Commonest minute"), Kind.CLOCK),
            Column("at_minute", Phrase("该时刻事件", "Events in it")),
            Column("marked", Phrase("标记", "Mark"), Kind.NAME),
        ),
        ask=of_steps.end_of_day,
        by=HOLDERS,
        chart=Chart.INTERVALS,
        bar="share",
    ),
    Question(
        key="conformance",
        title=Phrase("办理次序", "Order of steps"),
        definition=conformance.DEFINITION,
        columns=(FROM, TO, COUNT),
        ask=of_order.order,
        whole=True,
        chart=Chart.BARS,
        bar="count",
    ),
    Question(
        key="eight-systems",
        title=Phrase("八项制度检查", "The eight systems"),
        definition=of_systems.DEFINITION,
        columns=(
            Column("system", Phrase("制度", "System"), Kind.NAME),
            Column("looks_for", Phrase("查什么", "What is looked for"), Kind.NAME),
            Column("cases", Phrase("件数", "Cases")),
            *(N, SHARE, LOW, HIGH),
            Column("untold", Phrase("说明", "Note"), Kind.NAME),
        ),
        ask=of_systems.systems,
        whole=True,
    ),
)
QUESTIONS: dict[str, Question] = {one.key: one for one in _QUESTIONS}
"""Every question by its key, in the order of the menu."""
