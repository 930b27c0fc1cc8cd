"""What verification reads of a row and what it says of it: facts in, faults (异常) out, in both languages.

Knows no table: whoever keeps acts makes these facts from rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger.tree import Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFact:
    """One stored act. `header` is made anew from the row's columns, never read from a stored copy.

    Otherwise a changed column beside an unchanged header would not be found; b"" where the columns no longer
    make one. `key` is the id under which the
    act was sealed. `personal_salt` and `personal_body` are None when there are none or they were erased.
    """

    key: int
    number: str
    sequence: int
    header: bytes
    salt: bytes
    body: bytes
    previous: Hash
    act_hash: Hash
    signature: bytes
    personal: Hash | None = None
    personal_salt: bytes | None = None
    personal_body: bytes | None = None


@dataclass(frozen=True, slots=True)
class MatterFact:
    """What a matter's own row says of its acts."""

    number: str
    acts_seen: int
    last_hash: Hash


@dataclass(frozen=True, slots=True)
class SealedFact:
    """What the log can know of a stored act: the key it was or will be sealed under, its place and hash."""

    key: int
    number: str
    sequence: int
    act_hash: Hash


@dataclass(frozen=True, slots=True)
class EntryFact:
    """One row of the log: at `index`, the act with key `act` and its hash."""

    index: int
    act: int
    act_hash: Hash


@dataclass(frozen=True, slots=True)
class CheckpointFact:
    """One row of the checkpoints, or a note that somebody outside kept."""

    size: int
    root: Hash
    note: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded: which act, and what.

    `number` is empty and `sequence` 0 where no stored act can be named; `index` is the place in the log, if
    the log showed it.
    """

    number: str
    sequence: int
    what: Phrase
    index: int | None = None


ALTERED = Phrase(
    zh="行为内容与其存证哈希不符，已被改动", en="the act is not what its hash was made of: altered"
)
UNSIGNED = Phrase(
    zh="存证哈希没有机关的有效签名：系伪造或被重写",
    en="the office never signed this act: forged or rewritten",
)
MISPLACED = Phrase(
    zh="行为的办件号或序号与其所在位置不符", en="the act's own number or sequence is not that of its place"
)
MISSING = Phrase(zh="行为缺失，已被删除", en="the act is missing: deleted")
REPEATED = Phrase(zh="同一序号出现两次", en="the sequence number occurs twice")
DISCONNECTED = Phrase(
    zh="与前一行为的哈希不衔接：被移动或插入",
    en="the act does not follow the one before it: moved or inserted",
)
PARTICULARS = Phrase(
    zh="个人信息与其承诺值不符，已被改动", en="the personal particulars are not those committed to: altered"
)
UNCOUNTED = Phrase(
    zh="办件表所记行为数或末次哈希与行为不符",
    en="the matter's own count or last hash is not that of its acts",
)
NO_MATTER = Phrase(zh="行为所属办件不存在", en="the matter of this act does not exist")
ROW_ALTERED = Phrase(
    zh="存证账所记与该行为不符：账目行被改动", en="the log's row is not of this act: the row was altered"
)
ROW_GONE = Phrase(zh="存证账缺少该条账目，已被删除", en="the log's row is missing: deleted")
UNSEALED = Phrase(
    zh="账目未为任何已签名的检查点所覆盖：系伪造，或检查点被删除",
    en="no signed checkpoint covers this row: forged, or the checkpoint was deleted",
)


def gone(key: int) -> Phrase:
    """Return what is said of a sealed act that is no longer stored; `key` is its id."""
    return Phrase(
        zh=f"已存证的行为（编号 {key}）不存在，已被删除",
        en=f"the sealed act with id {key} is missing: deleted",
    )


def checkpoint_false(size: int, why: str) -> Phrase:
    """Return what is said of a checkpoint that cannot be trusted."""
    return Phrase(
        zh=f"规模为 {size} 的检查点不可信，已被改动：{why}",
        en=f"the checkpoint of size {size} is not to be trusted, altered: {why}",
    )


def checkpoint_unmet(size: int, since: int) -> Phrase:
    """Return what is said when the log's entries do not lead to a signed root."""
    return Phrase(
        zh=f"存证账第 {since} 至 {size} 条与已签名的检查点不符",
        en=f"the log's entries from {since} up to {size} do not lead to the signed checkpoint",
    )


def tile_false(level: int, n: int) -> Phrase:
    """Return what is said of a stored tile that is not that of the entries."""
    return Phrase(zh=f"哈希块 {level}/{n} 被改动或缺失", en=f"tile {level}/{n} was altered or is missing")
