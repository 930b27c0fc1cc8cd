"""Samples for the living style page: one matter, its clocks, its acts. Invented; read by no other page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from xiaoneng.law.citation import Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.web.asking import ActView, Choice, FieldKind, FieldView, FormView, ReasonView
from xiaoneng.web.parts import Answers, LightKey, LightMark, Link, TimelineLine, Who
from xiaoneng.web.strip_parts import BoxKind, Strip, StripBox

TODAY = date(2026, 10, 9)
FRIDAY = 5
NUMBER = "330200-2026-001274-6"
PERMITS = Phrase("建设工程许可岗", "Construction permits")
BUREAU = Phrase("市自然资源和规划局", "Natural Resources and Planning Bureau")
ZHANG = Who(
    name=Phrase("张三", "Zhang San"),
    post=PERMITS,
    agency=BUREAU,
    standing="B",
    acting_for=Phrase("李四", "Li Si"),
    phone="0574-8718 0000",
)
LI = Who(name=Phrase("李四", "Li Si"), post=PERMITS, agency=BUREAU, standing="A")
LICENCE = "行政许可法"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant given in office time."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


LIGHTS = tuple(
    LightMark(key=key, detail=detail)
    for key, detail in (
        (LightKey.IN_TIME, Phrase("还剩 8 个工作日", "8 working days left")),
        (LightKey.DUE_SOON, Phrase("明天到期", "due tomorrow")),
        (LightKey.OVERDUE, Phrase("2 个工作日", "by 2 working days")),
        (LightKey.SUSPENDED, Phrase("听证期间", "during a hearing")),
        (LightKey.PROVISIONAL, Phrase("2027 年放假安排未公布", "2027 holidays not announced")),
        (LightKey.CLOSED, ""),
        (LightKey.CLOSED_LATE, ""),
        (LightKey.ENDED, Phrase("申请人撤回", "withdrawn")),
        (LightKey.NO_LIMIT, ""),
    )
)
ANSWERS = Answers(
    holder=ZHANG,
    light=LightMark(key=LightKey.IN_TIME, detail=Phrase("还剩 4 个工作日", "4 working days left")),
    due=date(2026, 10, 14),
    following=Phrase(
        "审查后作出决定，并在十个工作日内送达", "Examination, then a decision served within ten working days"
    ),
    promised=Phrase("承诺 15 个工作日，法定 20 个工作日", "Promised 15 working days; the law allows 20"),
)

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
MAKEUP = {date(2026, 9, 20), date(2026, 10, 10)}
PAUSED = {date(2026, 9, 23), date(2026, 9, 24), date(2026, 9, 25), date(2026, 9, 28)}


def _kind(day: date, *, pauses: bool) -> tuple[BoxKind, Phrase | str]:
    if day in HOLIDAYS:
        return BoxKind.HOLIDAY, Phrase("国庆节", "National Day")
    if pauses and day in PAUSED:
        return BoxKind.PAUSED, Phrase("专家评审", "expert review")
    if day in MAKEUP:
        return BoxKind.MAKEUP, ""
    return (BoxKind.WEEKEND if day.isoweekday() > FRIDAY else BoxKind.COUNTED), ""


def _boxes(start: date, *, limit: int, until: date, pauses: bool) -> tuple[StripBox, ...]:
    """Return the days from `start` to `until`, the `limit`-th of which is the last lawful one."""
    boxes, count = [StripBox(day=start, kind=BoxKind.ZERO)], 0
    for offset in range(1, (until - start).days + 1):
        day = start + timedelta(days=offset)
        kind, note = _kind(day, pauses=pauses)
        counts = kind in {BoxKind.COUNTED, BoxKind.MAKEUP}
        count += counts
        kind = BoxKind.LATE if counts and count > limit else kind
        last = counts and count == limit
        boxes.append(StripBox(day=day, kind=kind, count=count if counts else None, note=note, due=last))
    return tuple(boxes)


STRIP = Strip(
    name=Phrase("办理时限", "Handling limit"),
    told=Phrase(
        "9 月 14 日受理，当日不计；15 个工作日，其间中止 4 个工作日，遇国庆节放假，10 月 14 日到期。",
        "Accepted on 14 September, which does not count; 15 working days, suspended for 4, with the National "
        "Day holidays between: due on 14 October.",
    ),
    boxes=_boxes(date(2026, 9, 14), limit=15, until=date(2026, 10, 14), pauses=True),
    today=TODAY,
    basis=Citation(LICENCE, "第四十二条、第八十二条"),
)
STRIP_LATE = Strip(
    name=Phrase("补正告知时限", "Limit for the one-time notice"),
    told=Phrase(
        "9 月 22 日收件，当日不计；5 个工作日，9 月 29 日到期，已超期 3 个工作日。",
        "Received on 22 September, which does not count; 5 working days: due on 29 September, "
        "3 working days over.",
    ),
    boxes=_boxes(date(2026, 9, 22), limit=5, until=TODAY, pauses=False),
    today=TODAY,
    basis=Citation(LICENCE, "第三十二条第一款第四项"),
)

TIMELINE = (
    TimelineLine(
        sequence=1,
        what=Phrase("收到申请", "Application received"),
        at=at(9, 11, 9, 12),
        who=LI,
        papers=(Link(words=Phrase("收件凭证", "Receipt"), href="#paper-1"),),
    ),
    TimelineLine(
        sequence=2,
        what=Phrase("受理", "Accepted"),
        at=at(9, 14, 10, 40),
        who=LI,
        effect=Phrase(
            "办理时限自次日起算，15 个工作日。",
            "The handling limit of 15 working days runs from the next day.",
        ),
        papers=(Link(words=Phrase("受理通知书", "Notice of acceptance"), href="#paper-2"),),
        basis=Citation(LICENCE, "第三十二条"),
    ),
    TimelineLine(
        sequence=3,
        what=Phrase("中止计时：专家评审", "Clock suspended: expert review"),
        at=at(9, 23, 8, 30),
        who=ZHANG,
        note=Phrase(
            "评审所需时间已书面告知申请人。", "The applicant was told in writing how long the review takes."
        ),
        recorded_at=at(9, 24, 9, 5),
        papers=(Link(words=Phrase("中止告知书", "Notice of suspension"), href="#paper-3"),),
        basis=Citation(LICENCE, "第四十五条"),
    ),
    TimelineLine(
        sequence=4,
        what=Phrase("预警已发出", "Warning sent"),
        at=at(10, 9, 8, 30),
        who=Who(),
    ),
)

FIELDS = (
    FieldView(
        name="reason",
        label=Phrase("理由", "Reasons"),
        kind=FieldKind.LONG,
        hint=Phrase(
            "写清事实和依据，申请人会看到原文。",
            "State facts and legal basis; the applicant reads these words.",
        ),
        value="尚需核对日照分析。",
        errors=(Phrase("请写明所依据的条款", "Name the article it rests on"),),
    ),
    FieldView(
        name="ground",
        label=Phrase("种类", "Ground"),
        kind=FieldKind.CHOICE,
        value="review",
        choices=(
            Choice(value="hearing", words=Phrase("听证", "Hearing")),
            Choice(
                value="review",
                words=Phrase("专家评审", "Expert review"),
                hint=Phrase("须书面告知所需时间", "Its length must be told in writing"),
            ),
        ),
    ),
    FieldView(
        name="until", label=Phrase("预计到哪一天", "Expected until"), kind=FieldKind.DAY, value="2026-10-20"
    ),
    FieldView(
        name="files",
        label=Phrase("附件", "Attachment"),
        kind=FieldKind.FILE,
        required=False,
    ),
    FieldView(
        name="told",
        label=Phrase("已书面告知申请人", "The applicant has been told in writing"),
        kind=FieldKind.YES_NO,
        errors=(
            Phrase("没有书面告知，时限不能中止", "Without written notice the clock cannot be suspended"),
        ),
    ),
)
ACTS = (
    ActView(
        key="suspend",
        name=Phrase("中止计时", "Suspend the clock"),
        explained=Phrase("听证、评审等所需时间不计入期限", "Time for hearings and reviews is not counted"),
        basis=Citation(LICENCE, "第四十五条"),
        form=FormView(
            action="/style/",
            button=Phrase("中止并告知申请人", "Suspend and tell the applicant"),
            fields=FIELDS,
        ),
    ),
    ActView(
        key="refuse",
        name=Phrase("不予许可", "Refuse the licence"),
        reasons=(
            ReasonView(
                reason=Phrase("否定意见还没有报备。", "The refusal has not been filed with the superior."),
                rule=Phrase("否定报备制", "Refusal filing"),
                basis=default("refusal-filing"),
                remedy=Phrase(
                    "先填报备单，由分管领导复核。", "File the form first; the leader in charge reviews it."
                ),
            ),
            ReasonView(
                reason=Phrase(
                    "《规划图》在首次告知中已可列明，不能再以它为由。",
                    "The site plan could have been named in the first notice.",
                ),
                rule=Phrase("一次性告知制", "One-time notice"),
                basis=Citation(LICENCE, "第三十二条第一款第四项"),
            ),
        ),
    ),
)
