"""A small invented office for tests: one city, one agency with its posts held by A and B, a few items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from xiaoneng.catalogue.models import Edition, Item, MaterialRow
from xiaoneng.desk import recording
from xiaoneng.desk.opening import Request
from xiaoneng.matters.vocabulary.intake import Received
from xiaoneng.organisation.capacity import CITIZEN, Capacity, Duty, Standing
from xiaoneng.organisation.models import Agency, Division, Incumbency, Person, Post
from xiaoneng.organisation.queries import seats

SHANGHAI = ZoneInfo("Asia/Shanghai")
AGENCY = "330200-TEST"
DUTIES = (Duty.WINDOW, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD, Duty.PERSONNEL)


def at(text: str) -> datetime:
    """Return an instant from local words: `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class Office:
    agency: str
    people: dict[str, int]

    def acting(self, duty: Duty, *, when: datetime) -> Capacity:
        seat = seats([f"{self.agency}-{duty}"])[f"{self.agency}-{duty}"]
        found = seat.acting(at=when)
        assert found is not None
        return found


def found_office(agency: str = AGENCY) -> Office:
    """Found the office with every post held by an A and a B since 2020."""
    city, _ = Division.objects.get_or_create(code="330200", defaults={"zh": "宁波市", "en": "Ningbo"})
    Agency.objects.create(code=agency, zh="测试局", en="Test Bureau", short="测试局", division=city)
    people: dict[str, int] = {}
    for duty in DUTIES:
        post = Post.objects.create(
            code=f"{agency}-{duty}", agency_id=agency, zh=duty.phrase.zh, en=duty.phrase.en, duty=duty
        )
        for standing in (Standing.PRIMARY, Standing.COVER):
            person = Person.objects.create(name=f"{duty.phrase.zh}{standing.value}（虚构）", invented=True)
            people[f"{duty}-{standing.value}"] = person.pk
            Incumbency.objects.create(
                post=post, person=person, standing=standing, active_from=at("2020-01-01 00:00")
            )
    return Office(agency=agency, people=people)


def add_item(
    code: str = "T-001",
    *,
    agency: str = AGENCY,
    statutory: int = 20,
    promised: int | None = 10,
    traits: str = "",
    unit: str = "working_days",
) -> str:
    """Add an item with three materials, the last of which may follow (容缺)."""
    item = Item.objects.create(
        code=code, agency=agency, division="330200", zh=f"测试事项{code}", en=f"Test item {code}"
    )
    edition = Edition.objects.create(
        item=item,
        edition=1,
        active_from=date(2020, 1, 1),
        statutory_count=statutory,
        statutory_unit=unit,
        basis_instrument="行政许可法",
        basis_article="第四十二条第一款",
        promised_count=promised,
        promised_unit=unit if promised else "",
        extension_count=10,
        extension_unit="working_days",
        extension_instrument="行政许可法",
        extension_article="第四十二条第一款",
        traits=traits,
    )
    for place, (key, zh, conditional) in enumerate(
        (("form", "申请表", False), ("plan", "规划图", False), ("proof", "证明", True))
    ):
        MaterialRow.objects.create(
            edition=edition, place=place, key=key, zh=zh, en=key.title(), conditional=conditional
        )
    return code


def apply(
    *, item: str, when: datetime, agency: str = AGENCY, materials: tuple[str, ...] = ("form", "plan", "proof")
) -> recording.Receipt:
    """Apply on line for an item."""
    act = Received(
        at=when, by=CITIZEN, materials=materials, applicant="申请人甲（虚构）", contact="13800000000"
    )
    return recording.open_matter(
        act, request=Request(procedure="approval", agency=agency, item=item), now=when
    )
