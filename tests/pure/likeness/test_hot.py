from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.pure.likeness.messages import real
from xiaoneng.likeness.hot import HALF_LIFE, Said, issues

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 30, 17, tzinfo=CHINA)
MIXER = [
    "清风苑小区旁边建搅拌站，粉尘大，孩子咳嗽。",
    "请管管清风苑后面的搅拌站，夜里三点还在响。",
    "清风苑搅拌站没有环评怎么开工的？",
    "住在清风苑，搅拌站的车把路压坏了，灰尘到处是。",
]
BRIDGE = [
    "望江桥封了半年，绕路要四十分钟，什么时候通车？",
    "望江桥维修到底哪天通车，学生上学绕路。",
    "请问望江桥通车时间，封桥以后公交也停了。",
]
OTHERS = [
    "低保申请交了材料没有回音，街道说在等。",
    "公积金提取要我再交一份证明，上次没有说。",
    "二中暑假补课，每人收八百元。",
    "驾校退费推了两个月。",
]


def said(texts: list[str], *, first: datetime, people: str = "abcdefgh", kind: str = "x") -> list[Said]:
    days = timedelta(days=1)
    return [Said(f"{kind}{n}", text, people[n], first + n * days) for n, text in enumerate(texts)]


def june(day: int) -> datetime:
    return datetime(2026, 6, day, 9, tzinfo=CHINA)


@pytest.fixture
def month() -> list[Said]:
    return [
        *said(MIXER, first=june(20), kind="m"),
        *said(BRIDGE, first=june(1), kind="b"),
        *said(OTHERS, first=june(5), kind="o"),
    ]


def test_what_many_people_say_in_their_own_words_is_one_issue(month: list[Said]) -> None:
    mixer, bridge = issues(month, now=NOW)
    assert mixer.keys == ("m0", "m1", "m2", "m3")
    assert (mixer.people, mixer.first, mixer.last) == (4, june(20), june(23))
    assert bridge.keys == ("b0", "b1", "b2")
    assert any("搅拌站" in words for words in mixer.words)
    assert any("望江桥" in words for words in bridge.words)
    assert mixer.core in mixer.keys


def test_one_person_who_writes_ninety_times_is_no_issue() -> None:
    assert issues(said(MIXER, first=june(1), people="aaaa"), now=NOW) == []
    assert issues(said(MIXER, first=june(1), people="aabb"), now=NOW) == []
    assert len(issues(said(MIXER, first=june(1), people="aabb"), now=NOW, people=2)) == 1


def test_heat_is_people_and_cools_by_half_in_thirty_days() -> None:
    at_once = [Said(one.key, one.text, one.by, june(10)) for one in said(MIXER, first=june(1))]
    assert issues(at_once, now=june(10))[0].heat == pytest.approx(4.0)
    assert issues(at_once, now=june(10) + HALF_LIFE)[0].heat == pytest.approx(2.0)


def test_what_is_said_later_is_not_known_yet(month: list[Said]) -> None:
    assert [issue.keys for issue in issues(month, now=june(19))] == [("b0", "b1", "b2")]
    assert issues([], now=NOW) == []
    assert issues([Said("1", "。", "a", june(1))], now=NOW) == []


def test_the_order_in_which_texts_are_given_does_not_matter(month: list[Said]) -> None:
    shuffled = random.Random(3).sample(month, len(month))
    assert issues(shuffled, now=NOW) == issues(month, now=NOW)


def test_an_address_shared_by_strangers_is_not_what_they_say() -> None:
    link = "https://example.org/photos/2026/index.html?from=complaints&view=full "
    assert issues(said([link + text for text in OTHERS], first=june(1)), now=NOW) == []


def test_an_issue_of_hundreds_hangs_together() -> None:
    draw = random.Random(7)

    def words(count: int) -> str:
        return "".join(chr(draw.randrange(0x4E00, 0x9F00)) for _ in range(count))

    texts = [
        Said(
            f"{n:03}", f"{words(4)}清风苑小区的搅拌站{words(4)}", f"person {n}", june(1) + timedelta(hours=n)
        )
        for n in range(400)
    ]
    others = [Said(f"x{n}", words(16), f"other {n}", june(2)) for n in range(900)]
    assert [issue.people for issue in issues([*texts, *others], now=NOW)] == [400]


def test_the_two_great_issues_of_a_real_year_are_found() -> None:
    rows = real("messages-hot-issues.csv.gz")
    texts = [
        Said(row["留言编号"], f"{row['留言主题']}。{row['留言详情']}", row["留言用户"], _at(row["留言时间"]))
        for row in rows
    ]
    found = issues(texts, now=datetime(2020, 1, 10, tzinfo=CHINA))
    assert 20 <= len(found) <= 80
    assert sum(issue.people >= 25 for issue in found) == 2


def _at(told: str) -> datetime:
    day, _, time = told.replace("-", "/").partition(" ")
    year, month, date = map(int, day.split("/"))
    hour, minute = map(int, time.split(":")[:2])
    return datetime(year, month, date, hour, minute, tzinfo=CHINA)
