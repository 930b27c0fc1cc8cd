from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tests.office import Office, add_item, apply, at
from tests.web.offices import found_offices, logged_in, send_away, set_clock
from xiaoneng.desk import papers, recording
from xiaoneng.desk.recording import Receipt
from xiaoneng.matters.number import written
from xiaoneng.matters.vocabulary.intake import Accepted, MaterialsNoticed, Received
from xiaoneng.organisation.capacity import Duty
from xiaoneng.web import clock

pytestmark = pytest.mark.django_db
APPLIED = "2026-03-02 10:00"
LATER = "2026-03-03 09:30"
NOBODYS = written(prefix="XK", year=2026, serial=999)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    cache.clear()
    set_clock(LATER)
    yield
    clock.set_for_tests(None)


@pytest.fixture
def office() -> Office:
    return found_offices()


@pytest.fixture
def matter(office: Office) -> Receipt:
    return apply(item=add_item(), when=at(APPLIED))


def accept(office: Office, receipt: Receipt, when: str = "2026-03-02 15:00") -> None:
    by = office.acting(Duty.WINDOW, when=at(when))
    recording.record(Accepted(at=at(when), by=by), number=receipt.number, seen=1, now=at(when))


def opened(receipt: Receipt) -> Client:
    client = Client()
    answer = client.post(f"/m/{receipt.number}/code/", {"code": receipt.code})
    assert answer.status_code == 302
    return client


# Who may see what


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("window-A", 200),
        ("window-B", 404),  # A is present: B has no part in it
        ("handle-A", 200),
        ("oversee-A", 200),
        ("head-A", 200),
        ("supervisor", 200),
        ("stranger", 404),
    ],
)
def test_the_desk_page_opens_for_the_office_and_its_supervisor_alone(
    matter: Receipt, login: str, status: int
) -> None:
    assert logged_in(login).get(f"/desk/m/{matter.number}/").status_code == status


def test_b_has_the_matter_while_a_is_away_and_a_has_not(office: Office, matter: Receipt) -> None:
    send_away(office, Duty.WINDOW, since="2026-03-03 08:00")
    told = logged_in("window-B").get(f"/desk/m/{matter.number}/")
    assert "B 岗 窗口B（虚构） 代 A 岗 窗口A（虚构）" in told.content.decode()
    assert logged_in("window-A").get(f"/desk/m/{matter.number}/").status_code == 404


def test_nobody_sees_the_desk_without_logging_in(client: Client, matter: Receipt) -> None:
    for path in ("/desk/", "/desk/list.csv", f"/desk/m/{matter.number}/", "/desk/open/approval/"):
        assert client.get(path).headers["Location"].startswith("/login/")


def test_absent_and_forbidden_read_alike(matter: Receipt) -> None:
    stranger = logged_in("stranger")
    forbidden = stranger.get(f"/desk/m/{matter.number}/")
    absent = stranger.get(f"/desk/m/{NOBODYS}/")
    assert (forbidden.status_code, absent.status_code) == (404, 404)
    told = [TOKEN.sub("", one.content.decode()) for one in (forbidden, absent)]
    assert told[0].replace(matter.number, NOBODYS) == told[1]


@pytest.mark.parametrize("file", ["papers/1.pdf", "receipts/1.txt"])
def test_papers_are_for_the_applicant_and_the_office(client: Client, matter: Receipt, file: str) -> None:
    path = f"/m/{matter.number}/{file}"
    assert client.get(path).status_code == 404
    assert logged_in("stranger").get(path).status_code == 404
    assert logged_in("window-A").get(path).status_code == 200
    assert opened(matter).get(path).status_code == 200


def test_a_supervisor_gets_receipts_without_the_particulars(matter: Receipt) -> None:
    path = f"/m/{matter.number}/receipts/1.txt"
    assert "13800000000" in opened(matter).get(path).content.decode()
    assert "13800000000" not in logged_in("supervisor").get(path).content.decode()
    assert "13800000000" not in logged_in("supervisor").get(f"/desk/m/{matter.number}/").content.decode()


# The citizen's page


def test_the_public_trace_names_posts_and_no_person(client: Client, office: Office, matter: Receipt) -> None:
    accept(office, matter)
    told = client.get(f"/m/{matter.number}/").content.decode()
    assert "办理中" in told
    assert "承办" in told
    assert "承诺 10 个工作日，法定 20 个工作日" in told
    assert "窗口A" not in told
    assert "申请人甲" not in told
    assert "13800000000" not in told


def test_the_title_says_the_state_first(client: Client, office: Office, matter: Receipt) -> None:
    accept(office, matter)
    told = client.get(f"/m/{matter.number}/").content.decode()
    assert f"<title>还剩 9 个工作日 · 办件 {matter.number}" in told


def test_a_slip_of_the_number_is_told_in_plain_words(client: Client, matter: Receipt) -> None:
    wrong = matter.number[:-1] + str((int(matter.number[-1]) + 1) % 10)
    assert "校验码与前面对不上" in client.post("/track/", {"number": wrong}).content.decode()
    assert "由两个字母" in client.post("/track/", {"number": "12345"}).content.decode()
    assert "没有这个编号" in client.post("/track/", {"number": NOBODYS}).content.decode()
    assert client.post("/track/", {"number": f" {matter.number.lower()} "}).status_code == 302


def test_the_code_opens_everything_and_stays_in_the_session(matter: Receipt) -> None:
    client = opened(matter)
    told = client.get(f"/m/{matter.number}/").content.decode()
    assert "申请人甲" in told
    assert "催办" in told
    client.post(f"/m/{matter.number}/close/")
    assert "申请人甲" not in client.get(f"/m/{matter.number}/").content.decode()


def test_a_code_is_forgotten_after_twelve_hours(matter: Receipt) -> None:
    client = opened(matter)
    set_clock("2026-03-03 21:31")
    assert "申请人甲" not in client.get(f"/m/{matter.number}/").content.decode()


def test_after_five_wrong_codes_even_the_right_one_waits(client: Client, matter: Receipt) -> None:
    path = f"/m/{matter.number}/code/"
    for _ in range(5):
        assert "与编号不符" in client.post(path, {"code": "AAAAA AAAAA"}).content.decode()
    assert "一小时以后" in client.post(path, {"code": matter.code}).content.decode()
    assert (
        "一小时以后" in Client().post(path, {"code": matter.code}).content.decode()
    )  # not only this session


def test_the_applicant_nudges_and_gets_the_receipt(matter: Receipt) -> None:
    client = opened(matter)
    answer = client.post(f"/m/{matter.number}/do/nudged/", {"seen": "1", "words": "请快一点"})
    assert answer.headers["Location"] == f"/m/{matter.number}/?done=nudged"
    told = client.get(answer.headers["Location"]).content.decode()
    assert "请快一点" in told
    assert f"/m/{matter.number}/receipts/2.txt" in told
    assert len(recording.read(matter.number).acts) == 2


def test_only_what_was_asked_for_can_be_handed_in(office: Office, matter: Receipt) -> None:
    when = at("2026-03-02 15:00")
    notice = MaterialsNoticed(
        at=when, by=office.acting(Duty.WINDOW, when=when), defective=("plan",), reasons="缺章，请盖章后补交"
    )
    recording.record(notice, number=matter.number, seen=1, now=when)
    client = opened(matter)
    told = client.get(f"/m/{matter.number}/").content.decode()
    assert 'value="plan"' in told
    assert 'value="form"' not in told
    path = f"/m/{matter.number}/do/materials-supplied/"
    assert client.post(path, {"seen": "2"}).status_code == 400
    assert client.post(path, {"seen": "2", "materials": "form"}).status_code == 400
    assert client.post(path, {"seen": "2", "materials": "plan"}).status_code == 302
    assert recording.read(matter.number).stage.key == "received"


def test_without_the_code_no_act_is_recorded(client: Client, matter: Receipt) -> None:
    client.post(f"/m/{matter.number}/do/withdrawn/", {"seen": "1"})
    assert len(recording.read(matter.number).acts) == 1


def test_an_official_act_cannot_be_done_from_the_citizens_page(matter: Receipt) -> None:
    answer = opened(matter).post(f"/m/{matter.number}/do/accepted/", {"seen": "1"})
    assert answer.status_code == 400
    assert "须由窗口" in answer.content.decode()
    assert len(recording.read(matter.number).acts) == 1


def test_silence_shows_as_acceptance_before_anybody_writes_it_down(client: Client, matter: Receipt) -> None:
    set_clock("2026-03-10 09:00")
    told = client.get(f"/m/{matter.number}/").content.decode()
    assert "期限已过，依法视为受理" in told
    assert "办理中" in told
    assert len(recording.read(matter.number).acts) == 1


# Acts at the desk


def test_the_cover_accepts_and_both_names_stand_in_the_story(office: Office, matter: Receipt) -> None:
    send_away(office, Duty.WINDOW, since="2026-03-03 08:00")
    client = logged_in("window-B")
    answer = client.post(f"/desk/m/{matter.number}/do/accepted/", {"seen": "1"}, follow=True)
    assert "已记录第 2 项：受理" in answer.content.decode()
    by = recording.read(matter.number).acts[-1].by
    assert (by.name, by.acting_for_name) == ("窗口B（虚构）", "窗口A（虚构）")


def test_everything_wrong_with_a_form_is_said_at_once_and_what_was_typed_stays(
    office: Office, matter: Receipt
) -> None:
    accept(office, matter)
    path = f"/desk/m/{matter.number}/do/suspended/"
    told = logged_in("handle-A").post(path, {"seen": "2", "ground": "dance", "expected_until": "soon"})
    assert told.status_code == 400
    assert "选项不在可选范围内" in told.content.decode()
    assert "日期形如" in told.content.decode()
    assert 'value="soon"' in told.content.decode()


def test_a_refusal_lists_every_reason_with_its_article(office: Office, matter: Receipt) -> None:
    accept(office, matter)
    path = f"/desk/m/{matter.number}/do/suspended/"
    sent = {"seen": "2", "ground": "testing", "expected_until": "2026-03-20"}  # not told in writing
    told = logged_in("handle-A").post(path, sent)
    assert told.status_code == 400
    assert "没有记录" in told.content.decode()
    assert "行政许可法" in told.content.decode()
    assert 'value="2026-03-20"' in told.content.decode()
    assert len(recording.read(matter.number).acts) == 2


def test_whoever_may_not_act_reads_why(office: Office, matter: Receipt) -> None:
    accept(office, matter)
    told = logged_in("handle-A").get(f"/desk/m/{matter.number}/").content.decode()
    assert "须由单位负责人办理" in told
    path = f"/desk/m/{matter.number}/do/extended/"
    sent = {"seen": "2", "count": "5", "unit": "working_days", "reason": "材料多"}
    assert logged_in("handle-A").post(path, sent).status_code == 400
    assert len(recording.read(matter.number).acts) == 2


def test_a_matter_that_moved_meanwhile_keeps_what_was_typed(office: Office, matter: Receipt) -> None:
    accept(office, matter)
    window = logged_in("window-A")
    sent = {"seen": "1", "missing": "", "reasons": "缺少规划图，请补交"}
    told = window.post(f"/desk/m/{matter.number}/do/materials-noticed/", sent)
    assert told.status_code == 409
    assert "事项已更新" in told.content.decode()
    assert "A 岗" in told.content.decode()
    assert "缺少规划图，请补交" in told.content.decode()
    assert len(recording.read(matter.number).acts) == 2


def test_the_paper_is_seen_before_anything_is_written(matter: Receipt) -> None:
    path = f"/desk/m/{matter.number}/do/accepted/"
    told = logged_in("window-A").post(path, {"seen": "1", "way": "preview"})
    assert told.status_code == 200
    assert "受理通知书" in told.content.decode()
    assert "承诺办结期限至2026年3月17日" in told.content.decode()
    assert len(recording.read(matter.number).acts) == 1


def test_a_word_that_is_no_act_is_not_found(matter: Receipt) -> None:
    client = logged_in("window-A")
    assert client.post(f"/desk/m/{matter.number}/do/dance/", {"seen": "1"}).status_code == 404
    assert client.post(f"/desk/m/{matter.number}/do/received/", {"seen": "1"}).status_code == 404


# Papers


def test_a_paper_is_a_pdf_that_is_the_same_each_time(matter: Receipt) -> None:
    client = opened(matter)
    one, other = (client.get(f"/m/{matter.number}/papers/1.pdf") for _ in range(2))
    assert one.content[:5] == b"%PDF-"
    assert one.content == other.content


def test_a_paper_that_is_no_longer_the_one_issued_is_not_printed(
    monkeypatch: pytest.MonkeyPatch, matter: Receipt
) -> None:
    _, body = papers.FORMS[Received]
    monkeypatch.setitem(papers.FORMS, Received, ("收件凭条", body))
    answer = opened(matter).get(f"/m/{matter.number}/papers/1.pdf")
    assert answer.status_code == 409
    assert "不能打印" in answer.content.decode()


def test_an_act_without_a_paper_has_none(matter: Receipt) -> None:
    client = opened(matter)
    client.post(f"/m/{matter.number}/do/nudged/", {"seen": "1"})
    assert client.get(f"/m/{matter.number}/papers/2.pdf").status_code == 404
    assert client.get(f"/m/{matter.number}/papers/9.pdf").status_code == 404
