"""What the reference city is made of; knows no file and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xiaoneng.law.citation import Certainty, Citation, default
from xiaoneng.law.phrase import Phrase
from xiaoneng.organisation.capacity import Duty
from xiaoneng.worktime.limits import Limit

PROMISED_BY = default("promise")
USUAL_BY = default("special-length")


class Level(StrEnum):
    """At which level an item is handled."""

    CITY = "city"
    COUNTY = "county"
    BOTH = "both"


class CaseKind(StrEnum):
    """Whether an item is decided on the spot (GB/T 39046: 1 即办件, 2 承诺件)."""

    INSTANT = "instant"
    PROMISED = "promised"


class ItemType(StrEnum):
    """Kinds of service item after GB/T 39046-2020."""

    LICENCE = "01"  # 许可
    PENALTY = "02"  # 处罚
    COMPULSION = "03"  # 强制
    LEVY = "04"  # 征收
    BENEFIT = "05"  # 给付
    INSPECTION = "06"  # 检查
    CONFIRMATION = "07"  # 确认
    REWARD = "08"  # 奖励
    RULING = "09"  # 裁决
    OTHER = "10"  # 其他
    SERVICE = "20"  # 公共服务


class Counted(StrEnum):
    """How the statute's number was read as a unit."""

    EXPLICIT = "explicit"  # the text says 工作日
    LICENCE = "licence"  # the text says 日; working days after 行政许可法 第八十二条
    CALENDAR = "calendar"  # the text says 日 and no licence is granted
    MONTHS = "months"
    INSTANT = "instant"  # the text says on the spot, or that receipt is enough


class Starts(StrEnum):
    """From what the statute counts."""

    ACCEPTANCE = "acceptance"  # 受理之日
    RECEIPT = "receipt"  # 收到申请之日
    ALL_VALID_DOCUMENTS = "all_valid_documents"  # 收到全部有效文件之日
    INTAKE_END = "end_of_the_intake_period"  # 受理期限终止之日


class Approver(StrEnum):
    """Who may extend a limit."""

    HEAD = "head"  # 本机关负责人
    PRINCIPAL_HEAD = "principal_head"  # 主要负责人
    BODY = "body"  # the deciding body; the text names nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A city, district or county by its national statistical code."""

    code: str
    name: Phrase
    stem: str
    superior: str

    @property
    def district(self) -> bool:
        """Tell whether it is a district (市辖区): last two digits 01 to 20."""
        return bool(self.superior) and int(self.code[-2:]) <= 20  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlan:
    """A city agency and how its county counterpart is named; None where there is none."""

    function: str
    name: Phrase
    short: str
    kind: str
    functions: Phrase
    county: Phrase | None
    district: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTemplate:
    """A post that agencies of some kinds have at some levels; empty `kinds` and `functions` mean all."""

    key: str
    duty: Duty
    name: Phrase
    duties: Phrase
    levels: frozenset[str]
    kinds: frozenset[str]
    functions: frozenset[str]
    external: bool
    superior: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialPlan:
    """A material by its key in `materials.toml`."""

    key: str
    name: Phrase
    originals: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A material as one item wants it; `may_follow` is 容缺."""

    material: MaterialPlan
    required: bool
    may_follow: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A special procedure; `usual` is its usual length, invented; only what suspends is left out of the limit."""

    key: str
    name: Phrase
    suspends: bool
    usual: Limit
    basis: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """By how much, on whose word and on what basis a limit may be extended, once."""

    limit: Limit
    approver: Approver
    basis: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What is charged and why it may be."""

    words: Phrase
    basis: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceItem:
    """A service item of a function, before it is given to an agency."""

    code: str
    name: Phrase
    function: str
    level: Level
    kind: CaseKind
    type: ItemType
    statutory: Limit
    counted: Counted
    starts: Starts
    basis: Citation
    promised: Limit
    extension: Extension | None
    authority: tuple[Citation, ...]
    examined: bool
    major_interest: bool
    special: tuple[Special, ...]
    materials: tuple[Wanted, ...]
    materials_basis: Citation | None
    fee: Fee | None
    conditions: Phrase
    result: Phrase
    note: Phrase | None

    @property
    def certainty(self) -> Certainty:
        """Return how the number of the statutory limit is known."""
        return self.basis.certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Where and when windows are open, invented; `place` holds fields for names."""

    place: Phrase
    hours: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The whole reference city as read."""

    divisions: tuple[Division, ...]
    agencies: tuple[AgencyPlan, ...]
    posts: tuple[PostTemplate, ...]
    materials: Mapping[str, MaterialPlan]
    items: tuple[ServiceItem, ...]
    hall: Hall
