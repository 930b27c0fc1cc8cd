"""How often the proposed subject is the right one, on real messages; `python -m benchmarks.subjects` prints figures.

The messages carry no subject. What stands in for one is the first city agency that the office's reply names outside
quotations: noisy, for a reply also names whoever was asked, so that its agreement with a reader is itself a limit.
One half of these replies was looked at while the words were chosen; the figures of the other half are the honest ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from benchmarks import messages
from xiaoneng.likeness.learner import Learner, taught
from xiaoneng.likeness.subjects import propose
from xiaoneng.likeness.taxonomy import shipped

FOLDS = 5
NAMES = {
    "gj": "公积金(?:管理)?中心|公积金管理部",
    "yb": "医保局|医疗保障局|新?农合办|医保中心|合管办",
    "jy": "教育局|教体局|教育体育局|教育厅|教育科技(?:体育)?局|教科局|教文体局|教育部门",
    "ga": "公安局|公安分局|公安机关|公安部门|交警支队|交警大队|交警部门|公安交警|派出所|车管所",
    "hr": "人社局|人社部门|人力资源(?:和)?社会保障局|劳动监察大队|劳动保障监察|社保局|就业服务局",
    "zj": "住建局|住建委|住建部门|住房(?:和)?城乡建设[局委]|规划建设局|房产局|房管局|房产管理局|房地产管理局"
    "|住房保障局|物业管理科",
    "zr": "国土(?:资源|分)?局|国土所|国土部门|规划局|自然资源(?:和规划)?局|资规局|不动产登记中心|林业局|征[地收拆]办"
    "|征收局|征拆事务所",
    "zf": "城管(?:执法)?(?:局|大队|中队)|城管部门|城管队员|城管办|城市管理(?:和综合执法|行政执法)?局|综合执法局|行政执法局"
    "|园林(?:绿化)?局|环卫[局处]|市政[局处]",
    "jt": "交通(?:运输)?局|交通运输部门|公路局|运管[所处局]|轨道交通集团|地铁公司|公交公司|交通建设质量"
    "|道路运输管理|客运管理",
    "hb": "环保局|环保分局|环保部门|生态环境(?:分)?局|环境保护局",
    "ws": "卫生局|卫计[局委]|卫健[局委]|卫生计生[局委]|卫生健康局|卫生和计划生育局|卫生监督所|计生局|疾控中心",
    "sc": "工商(?:分)?局|工商所|食药监?局|食药工质局|市场监督管理局|市场监管局|市监局|质监局|物价局"
    "|食品药品(?:工商质量)?监督管理局",
    "ny": "农业(?:农村)?局|农业委|农[办委]|畜牧(?:水产)?局|畜牧兽医|扶贫(?:开发)?办|农机局",
    "mz": "民政[局所厅]|民政部门|退役军人事务局|残联",
    "sl": "水利局|水务局|水利部门|移民[局办]|自来水公司|供水公司|水厂|水业",
    "wl": "旅游局|文旅局|文化局|文体局|体育局|文体(?:广新|新广)局|文广新局|文体广电|旅游外侨|旅游文体|广播电视台",
    "sf": "司法[局所]|法院",
    "yj": "安监局|应急管理局|安全生产监督管理局|消防(?:大队|支队|救援)",
    "fg": "发改[局委]|发展(?:和)?改革局|财政局|[国地]?税务?局|经信[局委]|经济和信息化|工信局|金融办|银监局|招商局"
    "|商务局|国资委"
    "|电力(?:局|公司)|供电(?:局|公司|所)|电信公司|通信管理局",
}
AGENCY = re.compile("|".join(f"(?P<{function}>{names})" for function, names in NAMES.items()))
QUOTED = re.compile(r'[“"《【\[(（].*?[”"》】\])）]', re.DOTALL)
WITHIN = 400


@dataclass(frozen=True)
class Score:
    """Messages whose stand-in was proposed first, was among three, and all."""

    first: int = 0
    three: int = 0
    every: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.first + other.first, self.three + other.three, self.every + other.every)

    def __str__(self) -> str:
        return f"first {share(self.first, self.every)}; among three {share(self.three, self.every)}; of {self.every:,}"


def share(good: int, every: int) -> str:
    """Return a share with the interval that holds it nineteen times in twenty (Wilson)."""
    p, z = good / every, 1.96
    middle, spread = p + z * z / (2 * every), z * sqrt(p * (1 - p) / every + z * z / (4 * every * every))
    scale = 1 + z * z / every
    return f"{p:.1%} ({(middle - spread) / scale:.1%} to {(middle + spread) / scale:.1%})"


def answered() -> list[tuple[str, str]]:
    """Return the messages whose reply names an agency, each with the subject that this agency answers for."""
    subject_of = {one.functions[0]: one.key for one in shipped().subjects}
    found = []
    for row in messages.rows(messages.REPLIED):
        match = AGENCY.search(QUOTED.sub("", row["答复意见"])[:WITHIN])
        if match and match.lastgroup:
            found.append(
                (f"{row['留言主题'].strip()}。{row['留言详情'].strip()}", subject_of[match.lastgroup])
            )
    return found


def score(texts: Sequence[tuple[str, str]], learner: Learner | None = None) -> Score:
    found = Score()
    for text, subject in texts:
        told = propose(text, learner=learner)
        keys = [one.key for one in (told.subject, *told.others) if one]
        found += Score(keys[:1] == [subject], subject in keys, 1)
    return found


def folds(texts: Sequence[tuple[str, str]]) -> Iterator[tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    for fold in range(FOLDS):
        yield (
            [one for place, one in enumerate(texts) if place % FOLDS != fold],
            [one for place, one in enumerate(texts) if place % FOLDS == fold],
        )


def main() -> None:
    """Print the figures that docs/what-complaints-say.md gives."""
    if reason := messages.absent():
        print(f"not measured: {reason}")
        return
    texts = answered()
    random.Random(9).shuffle(texts)
    print("words alone:", score(texts))
    print("words and learner:", sum((score(rest, taught(most)) for most, rest in folds(texts)), Score()))


if __name__ == "__main__":
    main()
