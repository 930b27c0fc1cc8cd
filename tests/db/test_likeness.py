from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoneng.likeness import access, actions
from xiaoneng.likeness.grams import is_chinese, pieces
from xiaoneng.likeness.models import BandKey, IndexedText

pytestmark = pytest.mark.django_db

WINDOW = "三月二日上午九点，政务大厅婚姻登记窗口没有人，保安让我下午再来，下午还是没有人。"
WINDOW_AGAIN = "3月2日上午九点，政务大厅婚姻登记的窗口没有人，保安让我下午再来，下午还是没人！"
LAND = "我家房屋去年列入拆迁范围，补偿协议签了，补偿款到今天没有发，问街道，街道让我问征收办。"
NOISE = "楼下工地夜间施工，噪音到凌晨两点，Wi-Fi 名叫 SITE-A3 的那个工地，3栋、A3区都听得到。"
ENGLISH = "The bus at Tianyi Square leaves early; the driver was rude."


@pytest.fixture(autouse=True)
def _index() -> None:
    texts = {"1": WINDOW, "2": LAND, "3": NOISE, "4": ENGLISH, "5": WINDOW_AGAIN, "6": "", "7": "？！。"}
    actions.put_all(kind="complaint", texts=texts)
    actions.put(kind="inquiry", key="1", text=LAND)


def found(words: str, **more: object) -> list[str]:
    return [one.key for one in access.search(kind="complaint", words=words, limit=10, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("拆迁", ["2"]),
        ("补偿款", ["2"]),
        ("窗口", ["5", "1"]),
        ("窗口 保安", ["5", "1"]),
        ("窗口 噪音", []),
        ("的窗口", ["5"]),
        ("婚", ["5", "1"]),
        ("办", ["2"]),  # the last character of its text
        ("口没", ["5", "1"]),
        ("没来", []),  # both characters, but not side by side
        ("来下", []),  # side by side but for the comma
        ("A3区", ["3"]),
        ("ａ３区", ["3"]),
        ("3栋", ["3"]),
        ("栋3", []),
        ("site", ["3"]),
        ("SITE-A3", ["3"]),
        ("BUS", ["4"]),
        ("the driver", ["4"]),
        ("driv", []),
        ("", []),
        ("  \n\t", []),
        ("，。", []),
    ],
)
def test_what_is_typed_is_found_where_it_stands(words: str, keys: list[str]) -> None:
    assert found(words) == keys


@pytest.mark.parametrize(
    "words",
    ['"', "'", "窗口\"", "窗口' OR '1'='1", "'; DROP TABLE likeness_indexedtext; --", "NEAR(窗口", "a AND OR NOT",
     "*", "窗口*", "col:窗口", "^窗口", "(", ":*", "<->", "!窗口", "窗口\x00", "\ud800", "\\", "%s %(a)s", "窗" * 5_000,
     "a " * 5_000, "９" * 30],
)  # fmt: skip
def test_odd_input_is_a_question_like_any_other(words: str) -> None:
    assert isinstance(found(words), list)
    assert found("窗口") == ["5", "1"]


def test_operators_typed_are_words() -> None:
    assert found("窗口 OR 拆迁") == []
    assert found('"窗口"') == ["5", "1"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(alphabet="窗口拆迁补偿 款没有人a3*\"'():&|!<>-\\", max_size=20))
def test_any_text_is_found_by_any_part_of_it_and_no_words_raise(text: str, words: str) -> None:
    actions.put(kind="any", key="x", text=text)
    for piece in pieces(text)[:5]:
        part = piece[:2] if is_chinese(piece) else piece
        assert access.search(kind="any", words=part, limit=1), part
    access.search(kind="any", words=words, limit=3)
    access.search(kind="any", words=text, limit=3)
    access.near(kind="any", text=words, limit=3)


def test_a_text_is_found_only_among_its_own_kind_and_the_keys_allowed() -> None:
    assert [one.key for one in access.search(kind="inquiry", words="拆迁", limit=5)] == ["1"]
    assert found("窗口", within=["1", "2"]) == ["1"]
    assert found("窗口", within=iter(())) == []
    allowed = IndexedText.objects.filter(kind="complaint", key="5").values_list("key", flat=True)
    assert found("窗口", within=allowed) == ["5"]


def test_no_more_is_found_than_asked_for_and_the_last_put_comes_first() -> None:
    assert access.search(kind="complaint", words="窗口", limit=1) == [access.Found("5", 1)]
    assert access.search(kind="complaint", words="窗口", limit=0) == []
    actions.put(kind="complaint", key="1", text=WINDOW)
    assert found("窗口") == ["1", "5"]


def test_a_repeated_complaint_is_found_while_it_is_typed() -> None:
    first, second = access.near(kind="complaint", text=WINDOW, limit=5)
    assert first == access.Near("1", 1.0)
    assert (second.key, second.likeness > 0.8) == ("5", True)
    assert access.near(kind="complaint", text="完全是另外一件事：公园的路灯坏了三盏。", limit=5) == []
    assert access.near(kind="complaint", text="", limit=5) == []


def test_a_text_that_hundreds_sent_is_still_found() -> None:
    actions.put_all(kind="petition", texts={str(n): WINDOW for n in range(260)})
    assert [one.likeness for one in access.near(kind="petition", text=WINDOW, limit=3)] == [1.0] * 3
    assert access.near(kind="petition", text=WINDOW, limit=1)[0].key == "259"
    assert [one.key for one in access.near(kind="complaint", text=WINDOW, limit=5)] == ["1", "5"]


def test_a_text_put_again_stands_once() -> None:
    actions.put(kind="complaint", key="2", text="公园的路灯坏了三盏。")
    assert found("拆迁") == []
    assert found("路灯") == ["2"]
    assert access.near(kind="complaint", text=LAND, limit=5) == []


def test_nothing_is_left_of_a_text_taken_out() -> None:
    actions.remove(kind="complaint", key="2")
    actions.remove(kind="complaint", key="never put")
    assert found("拆迁") == []
    assert access.near(kind="complaint", text=LAND, limit=5) == []
    assert BandKey.objects.filter(text__kind="complaint", text__key="2").count() == 0
    assert [one.key for one in access.search(kind="inquiry", words="拆迁", limit=5)] == ["1"]
    actions.remove(kind="inquiry", key="1")
    assert not BandKey.objects.exclude(text__in=IndexedText.objects.all()).exists()
    assert IndexedText.objects.filter(key="2").count() == 0


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's vacuum tidies up outside a transaction"
)
def test_after_compacting_the_file_knows_no_word_of_a_text_taken_out() -> None:
    def kept() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM likeness_search_data")
            return b"".join(bytes(block) for (block,) in cursor.fetchall())

    actions.put(kind="complaint", key="9", text="zyzzyva")
    assert b"zyzzyva" in kept()
    actions.remove(kind="complaint", key="9")
    actions.compact()
    assert b"zyzzyva" not in kept()


def test_a_text_longer_than_any_complaint_is_found_by_its_beginning() -> None:
    text = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(30_000))
    actions.put(kind="complaint", key="long", text=f"泊位{text}")
    assert found("泊位") == ["long"]
    assert found(text[9_000:9_008]) == ["long"]
    assert access.near(kind="complaint", text=text, limit=1)[0].key == "long"


def test_a_row_deleted_in_any_way_is_found_no_more() -> None:
    IndexedText.objects.filter(kind="complaint", key="3").delete()
    assert found("噪音") == []


def test_telephone_and_identity_numbers_are_not_kept() -> None:
    actions.put(kind="complaint", key="8", text="请回电１３８００００１１１１或 330203199001011234，谢谢。")
    row = IndexedText.objects.get(kind="complaint", key="8")
    assert "1380" not in row.text + row.tokens
    assert "3302" not in row.text + row.tokens
    assert found("13800001111") == []
    assert found("请回电") == ["8"]
