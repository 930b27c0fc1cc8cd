"""What supervisors and inspectors see: plans, the lot, mandates, the phone, the hotline; and what is recorded once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, shoot
from tests.duty import WATCH, acting, found_offices, put
from tests.inspectors import appoint
from tests.office import AGENCY, Office, at
from tests.pictures import png
from tests.web.offices import logged_in, set_clock
from xiaoneng.desk import recording
from xiaoneng.desk.opening import Request
from xiaoneng.matters.acts import Responsible, Role
from xiaoneng.matters.models import Attachment
from xiaoneng.matters.vocabulary.hotline import HotlineChannel, OrderDispatched, SignedFor, Urgency
from xiaoneng.matters.vocabulary.inspection import (
    Category,
    FindingKind,
    FindingRecorded,
    InspectionPlanned,
    Manner,
    RecordSigned,
    RectificationOrdered,
    ResultGiven,
    SigningRefused,
    TeamDrawn,
    VisitRecorded,
)
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import Capacity, Duty
from xiaoneng.organisation.models import Person
from xiaoneng.supervision import lots
from xiaoneng.supervision.checklists import checklists
from xiaoneng.web import clock

NOON = "2026-03-04 12:30"


@dataclass
class House:
    office: Office
    inspectors: tuple[int, ...]
    number: str = ""

    def watch(self, when: str) -> Capacity:
        return acting(self.office.people["supervise-A"], when=at(when))

    def plan(self, manner: Manner = Manner.OPEN, *, wanted: int = 2, **facts: Any) -> str:
        """Plan an inspection and draw its team."""
        act = InspectionPlanned(
            at=at("2026-03-02 09:00"),
            by=self.watch("2026-03-02 09:00"),
            agencies=(AGENCY,),
            manner=manner,
            checklist="window",
            visit_until=date(2026, 3, 13),
            reason="群众反映窗口无人。",
        )
        act = replace(act, **facts)
        receipt = lots.plan(act, subject="明查：测试局", now=act.at)
        later = at("2026-03-02 10:00")
        by = self.watch("2026-03-02 10:00")
        lots.draw_team(receipt.number, wanted=wanted, seen=1, by=by, now=later)
        self.number = receipt.number
        return receipt.number

    def member(self, place: int = 0, *, when: str = NOON) -> Capacity:
        drawn = recording.read(self.number).last(TeamDrawn)
        assert drawn
        return acting(drawn.members[place], when=at(when))

    def visited(self) -> None:
        """Put an open visit with a finding on the record."""
        member = self.member()
        drawn = recording.read(self.number).last(TeamDrawn)
        assert drawn
        put(
            VisitRecorded,
            number=self.number,
            when=NOON,
            by=member,
            place="一楼大厅",
            began_at=at("2026-03-04 10:00"),
            ended_at=at("2026-03-04 11:00"),
            covert=False,
            present=drawn.members,
            answers=("window-open=no｜三号窗口无人", "attitude=yes", "posted=yes"),
        )
        put(
            FindingRecorded,
            number=self.number,
            when="2026-03-04 12:31",
            by=member,
            kind=FindingKind.ABSENT,
            what="三号窗口无人，等候四十分钟。",
            found_at=at("2026-03-04 10:20"),
            place="三号窗口",
            evidence="照片两张",
        )
        put(
            SigningRefused,
            number=self.number,
            when="2026-03-04 12:32",
            by=member,
            reason="说不知情",
            witnesses=("甲", "乙"),
        )


@pytest.fixture
def house(db: None, settings: Any) -> Iterator[House]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    office = found_offices()
    one, two = appoint("代表甲", Category.DEPUTY), appoint("委员乙", Category.ADVISER)
    logins = {**office.people, "deputy": one, "adviser": two}
    for name, person in logins.items():
        Person.objects.filter(pk=person).update(user=get_user_model().objects.create_user(name))
    set_clock(NOON)
    yield House(office=office, inspectors=(one, two))
    clock.set_for_tests(None)


def form_of(house: House, **more: str) -> dict[str, Any]:
    """Return a filled form of a visit as the phone sends it."""
    points = {f"point-{one.key}": "yes" for one in checklists()["window"].points}
    drawn = recording.read(house.number).last(TeamDrawn)
    assert drawn
    return {
        "place": "一楼大厅",
        "began_at": "2026-03-04T10:00",
        "ended_at": "2026-03-04T11:00",
        "present": [str(one) for one in drawn.members],
        "once": "a-key-of-the-phone",
        "signing": "signed",
        "signed-signer": "窗口负责人（虚构）",
        **points,
        **more,
    }


def send(client: Client, house: House, **more: str) -> Any:
    return client.post(
        f"/inspect/{house.number}/", form_of(house, **more), headers={"accept": "application/json"}
    )


def test_the_planner_cannot_choose_who_inspects_and_anybody_can_draw_again(house: House) -> None:
    kin = appoint("记者丙", Category.PRESS)
    declare_kinship(person=kin, relative=house.office.people["window-A"], now=at("2026-01-01 09:00"))
    appoint("老干部丁", Category.VETERAN, until=date(2026, 2, 1))  # the term is over
    appoint("企业戊", Category.ENTERPRISE, ties=(AGENCY,))
    number = house.plan()
    drawn = recording.read(number).last(TeamDrawn)
    assert drawn
    assert set(drawn.members) == set(house.inspectors)
    assert kin in drawn.conflicted
    assert len(drawn.candidates) == 4
    assert list(lots.checked(recording.read(number))) == []
    page = logged_in("supervise-A").get(f"/supervision/inspections/{number}/lot/").content.decode()
    assert "刚刚重抽了一遍，结果与记录一致" in page


def test_a_mandate_that_has_run_out_can_neither_be_drawn_nor_record(house: House) -> None:
    house.plan(visit_until=date(2028, 2, 1))
    set_clock("2028-01-03 09:00")
    assert logged_in("deputy").get(f"/inspect/{house.number}/").status_code == 404


def test_a_record_sent_twice_is_recorded_once(house: House) -> None:
    house.plan()
    client = logged_in("deputy")
    first, second = send(client, house), send(client, house)
    assert first.status_code == second.status_code == 200
    assert json.loads(first.content)["sequence"] == json.loads(second.content)["sequence"] == 3
    dossier = recording.read(house.number)
    assert len(dossier.every(VisitRecorded)) == len(dossier.every(RecordSigned)) == 1
    other = send(client, house, once="another key")
    assert json.loads(other.content)["sequence"] == 5


def test_of_a_record_that_is_refused_nothing_stands(house: House) -> None:
    house.plan()
    client = logged_in("deputy")
    answer = send(
        client,
        house,
        **{
            "f1-kind": "absent",
            "f1-what": "无人",
            "f1-found_at": "2026-03-03T10:00",
            "f1-place": "厅",
            "f1-evidence": "照片",
        },
    )
    assert answer.status_code == 400
    assert "发现时间须在查访时间之内" in json.loads(answer.content)["faults"]
    assert recording.read(house.number).every(VisitRecorded) == ()


def test_everything_wrong_with_a_form_is_said_at_once(house: House) -> None:
    house.plan()
    answer = send(logged_in("deputy"), house, place="", signing="", **{"point-attitude": ""})
    told = json.loads(answer.content)
    assert {"place", "answers", "signing"} <= set(told["fields"])


def test_the_agency_sees_nothing_before_the_order_reaches_it(house: House) -> None:
    number = house.plan()
    house.visited()
    agency = logged_in("handle-A")
    assert agency.get(f"/desk/m/{number}/").status_code == 404
    assert agency.get(f"/supervision/inspections/{number}/lot/").status_code == 404
    assert logged_in("head-A").get(f"/desk/m/{number}/").status_code == 404
    put(
        ResultGiven,
        number=number,
        when="2026-03-05 09:00",
        by=house.watch("2026-03-05 09:00"),
        result="窗口无人。",
    )
    order = {"post": f"{AGENCY}-handle", "what": "补齐窗口人员", "until": date(2026, 3, 12)}
    put(
        RectificationOrdered,
        number=number,
        when="2026-03-05 10:00",
        by=house.watch("2026-03-05 10:00"),
        **order,
    )
    set_clock("2026-03-05 11:00")
    assert "三号窗口无人" in agency.get(f"/desk/m/{number}/").content.decode()
    assert agency.get(f"/inspect/{number}/").status_code == 404


def test_only_who_was_drawn_opens_the_form(house: House) -> None:
    third = appoint("企业戊", Category.ENTERPRISE, ties=(AGENCY,))
    Person.objects.filter(pk=third).update(user=get_user_model().objects.create_user("third"))
    number = house.plan()
    assert logged_in("deputy").get(f"/inspect/{number}/").status_code == 200
    assert logged_in("third").get(f"/inspect/{number}/").status_code == 404
    assert logged_in("third").get("/inspect/").status_code == 200
    assert number not in logged_in("third").get("/inspect/").content.decode()


def test_a_member_who_leaves_no_longer_sees_it_and_the_lot_names_who_comes_in(house: House) -> None:
    comes_in = appoint("记者丙", Category.PRESS)
    Person.objects.filter(pk=comes_in).update(user=get_user_model().objects.create_user("press"))
    number = house.plan(wanted=3, agencies=(AGENCY,))
    members = recording.read(number).last(TeamDrawn).members  # type: ignore[union-attr]
    watch, where = logged_in("supervise-A"), f"/supervision/inspections/{number}/member/"
    told = watch.post(where, {"leaving": members[0], "reason": "生病", "seen": "2"}, follow=True)
    assert "已没有可补入的人选" in told.content.decode()
    number = house.plan()
    members = recording.read(number).last(TeamDrawn).members  # type: ignore[union-attr]
    logins = dict(zip((*house.inspectors, comes_in), ("deputy", "adviser", "press"), strict=True))
    third = next(one for one in logins if one not in members)
    where = f"/supervision/inspections/{number}/member/"
    told = watch.post(where, {"leaving": members[0], "reason": "生病", "seen": "2"}, follow=True)
    assert "已按同一次抽取补入下一位" in told.content.decode()
    assert logged_in(logins[members[0]]).get(f"/inspect/{number}/").status_code == 404
    assert logged_in(logins[third]).get(f"/inspect/{number}/").status_code == 200
    assert recording.read(number).who_has_it(at=at(NOON)).person == third  # type: ignore[union-attr]


def test_nobody_logged_in_gets_a_token_and_the_worker_keeps_to_its_own_pages(house: House) -> None:
    assert Client().get("/inspect/token/").status_code == 401
    told = json.loads(logged_in("deputy").get("/inspect/token/").content)
    assert told["user"]
    assert told["user"] != json.loads(logged_in("adviser").get("/inspect/token/").content)["user"]
    worker = Client().get("/inspect/worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")


def test_logging_out_has_the_browser_forget_what_it_keeps(house: House) -> None:
    assert logged_in("deputy").post("/logout/").headers["Clear-Site-Data"] == '"storage"'


def test_the_register_of_inspectors_can_be_taken_out_as_a_table(house: House) -> None:
    table = logged_in("supervise-A").get("/supervision/mandates.csv").content.decode()
    assert "代表甲（虚构）" in table
    assert logged_in("handle-A").get("/supervision/mandates.csv").status_code == 404


def test_an_order_of_the_hotline_is_dispatched_and_reaches_the_agency(house: House) -> None:
    watch = logged_in("supervise-A")
    sent = {"channel": "phone", "unit": AGENCY, "urgency": "urgent", "text": "窗口上班时间无人。"}
    answer = watch.post("/supervision/hotline/dispatch/", sent)
    assert answer.status_code == 302
    agency = logged_in("handle-A")
    assert "窗口上班时间无人" in agency.get("/desk/").content.decode()
    listed = watch.get("/supervision/inspections/?kind=hotline").content.decode()
    assert "窗口上班时间无人" in listed


def open_hotline(house: House) -> str:
    act = OrderDispatched(
        at=at("2026-03-02 09:00"),
        by=house.watch("2026-03-02 09:00"),
        channel=HotlineChannel.PRESS,
        unit=AGENCY,
        urgency=Urgency.ORDINARY,
        text="记者反映：窗口中午不办事。",
    )
    mine = (Responsible(role=Role.SUPERVISOR, post=f"{WATCH}-supervise"),)
    request = Request(procedure="hotline", agency=AGENCY, subject=act.text, posts=mine)
    number = recording.open_matter(act, request=request, now=act.at).number
    put(
        SignedFor,
        number=number,
        when="2026-03-02 11:00",
        by=house.office.acting(Duty.HANDLE, when=at("2026-03-02 11:00")),
    )
    return number


PAGES = [
    ("supervise-A", "/supervision/inspections/", "inspections"),
    ("supervise-A", "/supervision/inspections/?kind=hotline", "hotline"),
    ("supervise-A", "/supervision/inspections/plan/", "plan"),
    ("supervise-A", "/supervision/hotline/dispatch/", "dispatch"),
    ("supervise-A", "/supervision/inspections/{number}/lot/", "lot"),
    ("supervise-A", "/supervision/mandates/", "mandates"),
    ("supervise-A", "/desk/m/{number}/", "matter"),
    ("supervise-A", "/desk/m/{hotline}/", "order"),
    ("deputy", "/inspect/", "visits"),
    ("deputy", "/inspect/{number}/", "visit"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_every_page_reads_in_both_languages_on_phone_and_screen(
    house: House,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    language: str,
    width: int,
    scheme: str,
) -> None:
    number = house.plan()
    house.visited()
    hotline = open_hotline(house)
    set_clock("2026-03-05 09:00")
    pages = {}
    for who, address, name in PAGES:
        page = pages.get(who) or open_page(language, width=width, scheme=scheme)
        if who not in pages:
            pages[who] = page
            cookie = logged_in(who).cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + address.format(number=number, hotline=hotline))
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        shoot(page, f"inspection/{name}-{language}-{width}")
        if width > 390:
            page.emulate_media(media="print")
            shoot(page, f"inspection/{name}-{language}-print")
            page.emulate_media(media="screen")


def hands_in(client: Client, house: House, *pictures: bytes) -> Any:
    files = [SimpleUploadedFile(f"{place}.png", one, "image/png") for place, one in enumerate(pictures)]
    return client.post(
        f"/desk/m/{house.number}/exhibits/", {"pictures": files}, headers={"accept": "application/json"}
    )


def test_a_photograph_must_be_the_one_that_the_record_names(house: House) -> None:
    house.plan()
    meant, other = png(1), png(2)
    digest = sha256(meant).hexdigest()
    deputy = logged_in("deputy")
    assert (
        send(deputy, house, photos=f"{digest} 窗口.png\n{sha256(b'text').hexdigest()} 笔记.txt").status_code
        == 200
    )
    page = deputy.get(f"/desk/m/{house.number}/").content.decode()
    assert page.count("原件还没有交来") == 2
    said = hands_in(deputy, house, other, b"text", meant)
    assert said.status_code == 400
    assert said.json()["kept"] == 1
    assert [one.partition("：")[2][:7] for one in said.json()["faults"]] == ["记录里没有这张", "只收 JPEG"]
    assert hands_in(deputy, house, meant).json() == {"kept": 1, "faults": []}
    assert Attachment.objects.count() == 1
    shown = deputy.get(f"/desk/m/{house.number}/exhibits/{digest}/")
    assert (shown.content, shown["Content-Type"]) == (meant, "image/png")
    assert deputy.get(f"/desk/m/{house.number}/").content.decode().count("原件还没有交来") == 1


def test_a_photograph_is_for_those_who_stand_in_the_matter_and_never_an_altered_one(house: House) -> None:
    house.plan()
    digest = sha256(png(1)).hexdigest()
    deputy = logged_in("deputy")
    send(deputy, house, photos=f"{digest} 窗口.png")
    hands_in(deputy, house, png(1))
    address = f"/desk/m/{house.number}/exhibits/{digest}/"
    assert logged_in("handle-A").get(address).status_code == 404
    assert hands_in(logged_in("handle-A"), house, png(1)).status_code == 404
    assert Client().get(address).status_code == 302
    row = Attachment.objects.get()
    Path(row.file.path).write_bytes(png(3))
    refused = deputy.get(address)
    assert refused.status_code == 409
    assert "不是记录所载的" in refused.content.decode()
