from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.office import Office, add_item, apply, at
from tests.web.offices import found_offices, logged_in, set_clock
from xiaoneng.desk import recording, sealing
from xiaoneng.desk.recording import Receipt
from xiaoneng.ledger.access import vkey
from xiaoneng.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock("2026-03-02 09:30")
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office() -> Office:
    return found_offices()


@pytest.fixture
def matter(office: Office) -> Receipt:
    return apply(item=add_item(), when=at("2026-03-02 09:00"))


FILLED = {
    "materials": ["form", "plan"],
    "channel": "counter",
    "applicant": "张三（虚构）",
    "contact": "13900000000",
}


def taken_in(client: Client, item: str) -> str:
    answer = client.post(f"/desk/open/approval/?item={item}", FILLED)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_the_counter_takes_in_and_hands_over_number_and_code(office: Office) -> None:
    client = logged_in("window-A")
    item = add_item()
    assert f"?item={item}" in client.get("/desk/open/approval/").content.decode()
    there = taken_in(client, item)
    told = client.get(there).content.decode()
    number = there.split("/")[2]
    code = re.search(r">([2-9A-HJ-NP-Z]{5} [2-9A-HJ-NP-Z]{5})<", told)
    assert code is not None
    assert number in told
    assert "data:image/svg+xml" in told
    opening = recording.read(number).opening
    assert opening.by.name == "窗口A（虚构）"
    assert Client().post(f"/m/{number}/code/", {"code": code.group(1)}).status_code == 302


def test_a_fast_click_cannot_lose_the_receipt(office: Office) -> None:
    client = logged_in("window-A")
    there = taken_in(client, add_item())
    assert client.post(there).status_code == 400
    assert "先打印、复制或者抄下" in client.post(there).content.decode()
    number = there.split("/")[2]
    assert client.get(f"/m/{number}/").headers["Location"] == there  # the matter's page leads back to it
    assert client.get(there).status_code == 200  # and a reload shows it again
    assert client.post(there, {"saved": "on"}).headers["Location"] == f"/desk/m/{number}/"
    assert client.get(there).status_code == 404


def test_nobody_else_sees_a_receipt(office: Office) -> None:
    there = taken_in(logged_in("window-A"), add_item())
    assert Client().get(there).status_code == 404
    assert logged_in("head-A").get(there).status_code == 404


def test_everything_missing_at_the_counter_is_said_at_once(office: Office) -> None:
    answer = logged_in("window-A").post(f"/desk/open/approval/?item={add_item()}", {"channel": "pigeon"})
    told = answer.content.decode()
    assert answer.status_code == 400
    assert told.count("请填写") >= 2
    assert "选项不在可选范围内" in told


def test_only_the_window_takes_applications_in(office: Office) -> None:
    item = add_item()
    assert logged_in("handle-A").get(f"/desk/open/approval/?item={item}").status_code == 404
    assert logged_in("window-B").get(f"/desk/open/approval/?item={item}").status_code == 404
    assert logged_in("window-A").get("/desk/open/discipline/").status_code == 404
    assert logged_in("window-A").get("/desk/open/approval/?item=nothing").status_code == 404


def test_a_first_inquiry_belongs_to_whoever_was_asked(office: Office) -> None:
    client = logged_in("handle-A")
    sent = {"channel": "phone", "asker": "李四（虚构）", "question": "医保卡怎么补办？"}
    there = client.post("/desk/open/first_inquiry/", sent).headers["Location"]
    dossier = recording.read(there.split("/")[2])
    assert dossier.owner_post().endswith("-handle")
    assert dossier.opening.subject == "医保卡怎么补办？"


# Verification


def receipt_of(matter: Receipt, *, sequence: int = 1) -> str:
    found = sealing.receipt_at(matter.number, sequence=sequence, personal=True)
    assert found is not None
    return found.text()


def test_a_genuine_receipt_is_said_to_be_genuine(client: Client, matter: Receipt) -> None:
    told = client.post("/verify/", {"text": receipt_of(matter).replace("\n", "\r\n")}).content.decode()
    assert "真实" in told
    assert matter.number in told
    assert "等待封存" in told
    sealing.seal_waiting(now=at("2026-03-02 10:00"))
    told = client.post("/verify/", {"text": receipt_of(matter)}).content.decode()
    assert "已封存" in told


def test_a_receipt_is_verified_from_its_file(client: Client, matter: Receipt) -> None:
    file = SimpleUploadedFile("r.txt", receipt_of(matter).encode())
    assert "真实" in client.post("/verify/", {"file": file}).content.decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [("2026-03-09", "2026-03-06"), ("申请人甲", "申请人乙"), ("xiaoneng-receipt@v1", "receipt")],
)
def test_an_altered_receipt_is_not_genuine_and_says_why(
    client: Client, matter: Receipt, old: str, new: str
) -> None:
    text = receipt_of(matter)
    assert old in text
    told = client.post("/verify/", {"text": text.replace(old, new)}).content.decode()
    assert "不能证明" in told
    assert '<ul lang="en">' in told


def test_nothing_pasted_is_said_in_words(client: Client) -> None:
    assert client.post("/verify/", {"text": " "}).status_code == 400


def test_the_code_on_a_paper_leads_to_its_proof(client: Client, matter: Receipt) -> None:
    asked = {"n": matter.number, "s": "1", "h": matter.act_hash.hex()}
    told = client.get("/verify/", asked).content.decode()
    assert "真实" in told
    assert "收件回执" in told
    assert "13800000000" not in told
    assert "指纹不符" in client.get("/verify/", {**asked, "h": "00" * 32}).content.decode()
    assert "没有这样的文书" in client.get("/verify/", {**asked, "s": "2"}).content.decode()
    assert "没有这样的文书" in client.get("/verify/", {**asked, "n": "XK2026"}).content.decode()


def test_the_key_is_on_the_page(client: Client) -> None:
    assert vkey() in client.get("/verify/").content.decode().replace("&#x27;", "'")
