"""Words that depend on a number, a day or the reader's language. Knows no matter and no clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from xiaoneng.law.citation import Citation
from xiaoneng.law.phrase import CHINESE, ENGLISH, Phrase
from xiaoneng.web.cited import cited

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HAN_WEEKDAYS = "一二三四五六日"


def english() -> bool:
    """Return whether the reader reads English; everybody else reads Chinese."""
    return (get_language() or CHINESE).lower().startswith(ENGLISH)


def spoken(words: object) -> str:
    """Return `words`, a `Phrase` or anything printable, in the reader's language."""
    if words is None:
        return ""
    if isinstance(words, Citation):
        words = cited(words)
    return words.spoken(ENGLISH if english() else CHINESE) if isinstance(words, Phrase) else str(words)


def chinese_in(text: str) -> bool:
    """Return whether `text` holds a Chinese character."""
    return any("\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" for letter in text)


def marked(words: object) -> SafeString:
    """Return `words` for a page; Chinese left in an English page (a name, a citation) is marked as such."""
    text = spoken(words)
    if english() and chinese_in(text):
        return format_html('<span lang="zh-Hans">{}</span>', text)
    return format_html("{}", text)


def local_day(moment: date | datetime) -> date:
    """Return the day of `moment` where the office is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date()
    return moment


def full_day(moment: date | datetime) -> str:
    """Return the day with its year: 2026年11月23日, 23 Nov 2026."""
    day = local_day(moment)
    if english():
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(moment: date | datetime) -> str:
    """Return the day without its year: 11月23日, 23 Nov."""
    day = local_day(moment)
    return f"{day.day} {MONTHS[day.month - 1]}" if english() else f"{day.month}月{day.day}日"


def tiny_day(moment: date | datetime) -> str:
    """Return the day as narrow as it goes: 11.23, 23 Nov."""
    day = local_day(moment)
    return f"{day.day} {MONTHS[day.month - 1]}" if english() else f"{day.month}.{day.day}"


def weekday(moment: date | datetime) -> str:
    """Return the day of the week: 周一, Mon."""
    number = local_day(moment).weekday()
    return WEEKDAYS[number] if english() else f"周{HAN_WEEKDAYS[number]}"


def full_moment(moment: datetime) -> str:
    """Return day and time where the office is: 2026年11月23日 09:05, 23 Nov 2026, 09:05."""
    return full_day(moment) + (", " if english() else " ") + clock_time(moment)


def clock_time(moment: datetime) -> str:
    """Return the time of day where the office is: 09:05."""
    return timezone.localtime(moment).strftime("%H:%M")


def time_left(days: int, *, working: bool = True) -> str:
    """Return how long is left of a limit, in days of its unit: 还剩 3 个工作日, 今天到期, 超期 2 个工作日."""
    if days == 0:
        return gettext("今天到期")
    if days < 0:
        return gettext("超期 %(span)s") % {"span": span(-days, working=working)}
    return gettext("还剩 %(span)s") % {"span": span(days, working=working)}


def span(days: int, *, working: bool = True) -> str:
    """Return a number of days with its unit: 3 个工作日, 3 working days."""
    if working:
        return ngettext("%(n)d 个工作日", "%(n)d 个工作日", days) % {"n": days}
    return ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}
