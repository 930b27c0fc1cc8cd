"""Real messages to local government, where they are here, and many texts made of them with repeats planted.

Nothing of the messages is kept in the project or printed. `XIAONENG_DATA` says where the folder is.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("XIAONENG_DATA", ROOT.parent / "shared" / "data")) / "citizen-messages"
REPLIED, HOT = "messages-and-replies.csv.gz", "messages-hot-issues.csv.gz"
ORIGINAL = 0.7
"""The share of texts that repeat no other."""
LONGEST = 200


@dataclass(frozen=True)
class Planted:
    """Texts, and for each the place of the text that it repeats: its own if it repeats none."""

    texts: list[str]
    family: list[int]

    @property
    def repeats(self) -> range:
        return range(int(len(self.texts) * ORIGINAL), len(self.texts))


def absent() -> str:
    """Return why there is nothing to measure on, or nothing."""
    missing = [name for name in (REPLIED, HOT) if not (DATA / name).exists()]
    return f"the citizen messages are not at {DATA}: set XIAONENG_DATA" if missing else ""


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def planted(size: int, *, seed: int = 20261124) -> Planted:
    """Return texts made of real ones: their openings, sentences put together anew, and edited repeats of these."""
    draw = random.Random(seed)
    real = sorted({row["留言详情"].strip() for name in (REPLIED, HOT) for row in rows(name)} - {""})
    sentences = sorted(
        {
            part
            for text in real
            for part in re.split(r"(?<=[。！？!?；\n])", text)
            if 8 <= len(part.strip()) <= 60
        }
    )
    texts = list(dict.fromkeys(text[:LONGEST] for text in real))
    draw.shuffle(texts)
    originals = int(size * ORIGINAL)
    texts = texts[:originals]
    while len(texts) < originals:
        texts.append("".join(draw.sample(sentences, draw.randint(2, 5))))
    family = list(range(originals))
    letters = "".join(sentences)
    while len(texts) < size:
        parent = draw.randrange(originals)
        edited = _edited(texts[parent], letters, draw)
        added = draw.choice(sentences)[:20] if draw.random() < 0.5 else ""
        texts.append(added + edited)
        family.append(parent)
    return Planted(texts, family)


def _edited(text: str, letters: str, draw: random.Random) -> str:
    """Return a text with three to ten of a hundred characters changed, struck out or put in."""
    found = list(text)
    for _ in range(max(1, int(len(found) * draw.uniform(0.03, 0.10)))):
        at = draw.randrange(len(found)) if found else 0
        found[at : at + 1] = draw.choice(
            [[draw.choice(letters)], [], [*found[at : at + 1], draw.choice(letters)]]
        )
    return "".join(found)


def instant(told: str) -> datetime:
    """Return a time as the source writes it, on the clock of its city."""
    day, _, time = told.strip().replace("-", "/").partition(" ")
    year, month, date = map(int, day.split("/"))
    hour, minute = map(int, (time or "0:0").split(":")[:2])
    return datetime(year, month, date, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
