"""Samples for the living style page: lists, cards, figures, the wall. All invented; read by no other page."""

from __future__ import annotations

from datetime import date

from xiaoneng.law.citation import default
from xiaoneng.law.phrase import Phrase
from xiaoneng.web.pages.style_samples import BUREAU, LI, LIGHTS, ZHANG, at
from xiaoneng.web.parts import (
    CardKind,
    CardView,
    Empty,
    FigureView,
    LightKey,
    Link,
    MatterRow,
    Notice,
    Pages,
    TileView,
    Tone,
)

PERMIT = Phrase("建设工程规划许可", "Construction planning permit")

MATTERS = (
    MatterRow(
        number="330200-2026-001274-6",
        href="#matter",
        title=PERMIT,
        light=LIGHTS[2],
        stage=Phrase("审查", "Examination"),
        party=Phrase("甬上置业公司", "Yongshang Property"),
        holder=ZHANG,
        due=date(2026, 10, 6),
    ),
    MatterRow(
        number="330200-2026-001275-4",
        href="#matter",
        title=Phrase("食品经营许可", "Food trading licence"),
        light=LIGHTS[1],
        stage=Phrase("决定", "Decision"),
        party=Phrase("王五", "Wang Wu"),
        holder=LI,
        due=date(2026, 10, 10),
    ),
    MatterRow(
        number="330200-2026-001276-2",
        href="#matter",
        title=Phrase("取水许可", "Water abstraction permit"),
        light=LIGHTS[3],
        stage=Phrase("听证", "Hearing"),
        party=Phrase("甬江供水公司", "Yongjiang Water"),
        holder=LI,
    ),
    MatterRow(
        number="330200-2026-001277-0",
        href="#matter",
        title=Phrase("道路运输经营许可", "Road haulage licence"),
        light=LIGHTS[0],
        stage=Phrase("受理", "Accepted"),
        party=Phrase("赵六", "Zhao Liu"),
        holder=LI,
        due=date(2026, 10, 21),
    ),
)

_FOUND = (
    (
        CardKind.REMINDER,
        Phrase("离承诺时限还有 1 个工作日", "One working day before the promised limit"),
        Phrase("限时办结制", "Time limits"),
        None,
    ),
    (
        CardKind.YELLOW,
        Phrase("超过承诺时限", "Past the promised limit"),
        Phrase("服务承诺制", "Service promises"),
        date(2026, 10, 13),
    ),
    (
        CardKind.RED,
        Phrase("黄牌三个工作日未答复", "Yellow card unanswered for three working days"),
        Phrase("失职追究制", "Dereliction"),
        date(2026, 10, 14),
    ),
)
CARDS = tuple(
    CardView(
        kind=kind,
        number=f"330200-2026-K0004{index}",
        href="#card",
        finding=finding,
        rule=rule,
        matter=Link(words=PERMIT, href="#matter"),
        issued_at=at(10, 6 + index, 8, 30),
        to=(ZHANG,),
        basis=default("yellow-card"),
        answer_by=answer_by,
        state=Phrase("待答复", "awaiting answer") if answer_by else "",
    )
    for index, (kind, finding, rule, answer_by) in enumerate(_FOUND)
)

FIGURES = (
    FigureView(
        label=Phrase("按承诺办结", "Kept promises"),
        value="97.4",
        unit="%",
        spread="96.8–97.9",
        n=3812,
        definition=Phrase(
            "近 90 天办结的办件中，不晚于承诺日的比例。",
            "Of matters closed in the last 90 days, those closed by the promised day.",
        ),
        as_of=at(10, 9, 9),
        href="#figure",
    ),
    FigureView(
        label=Phrase("现在超期", "Overdue now"),
        value="11",
        unit=Phrase("件", " matters"),
        definition=Phrase("在办、已过法定或承诺期限。", "Open and past the statutory or promised limit."),
        as_of=at(10, 9, 9),
        href="#figure",
    ),
)

_COUNTS = ((18, 0, 0, 2), (41, 3, 0, 1), (23, 2, 1, 4), (9, 0, 0, 0))
_NAMES = (
    Phrase("市公安局", "Public Security"),
    Phrase("市市场监管局", "Market Regulation"),
    BUREAU,
    Phrase("市水利局", "Water Resources"),
)
_KEYS = (LightKey.IN_TIME, LightKey.DUE_SOON, LightKey.OVERDUE, LightKey.SUSPENDED)
TILES = tuple(
    TileView(
        name=name,
        href="#agency",
        counts=tuple(zip(_KEYS, counts, strict=True)),
        alerts=(Link(words=Phrase("1 个岗位无人顶岗", "1 post uncovered"), href="#posts"),)
        if counts[2]
        else (),
    )
    for name, counts in zip(_NAMES, _COUNTS, strict=True)
)
COUNTS = ((LightKey.OVERDUE, 11), (LightKey.IN_TIME, 1204), (LightKey.WAITING, 0))
NOTICES = (
    Notice(
        title=Phrase("已受理，凭证已发到您的手机。", "Accepted; the receipt is on your phone."),
        tone=Tone.DONE,
    ),
    Notice(
        title=Phrase("2027 年放假安排还没有公布。", "The holidays of 2027 are not announced yet."),
        body=Phrase(
            "跨年的日期先按周末推算，标为暂定；公布后自动更正。",
            "Dates in the new year are provisional and correct themselves once the notice is out.",
        ),
    ),
    Notice(
        title=Phrase(
            "这件办件刚刚变了，您填的内容还在。", "This matter has just moved; what you typed is kept."
        ),
        body=Phrase("请看完新的一条记录再提交。", "Read the new act, then submit again."),
        tone=Tone.WARNING,
    ),
)
EMPTY = Empty(
    title=Phrase("今天没有要办的件", "Nothing to do today"),
    hint=Phrase("新收的件和轮到您顶岗的件会出现在这里。", "New matters, and those you cover, appear here."),
)
CRUMBS = (
    Link(words=Phrase("办事", "Apply"), href="#"),
    Link(words=Phrase("建设工程规划许可", "Construction planning permit"), href=""),
)
PAGES = Pages(previous="?page=1", following="?page=3", number=2, total=9)
