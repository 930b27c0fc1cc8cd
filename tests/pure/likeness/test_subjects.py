from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.likeness.learner import ENOUGH, Learner, taught
from xiaoneng.likeness.subjects import Proposal, propose
from xiaoneng.likeness.taxonomy import TaxonomyBroken, parse, shipped, spaced

CITY = files("xiaoneng.cli.city") / "agencies.toml"


def subject(text: str, learner: Learner | None = None) -> tuple[str, str | None]:
    found = propose(text, learner=learner).subject
    assert found is not None
    return found.key, found.part.key if found.part else None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("物业费涨了，业委会没有开会。", ("housing", "property")),
        ("房子拆迁补偿款至今没有发。", ("land", "taking")),
        ("隔壁顶楼违建加盖一层。", ("streets", "unlawful")),
        ("公交车末班车提前十分钟走了。", ("transport", "public")),
        ("我到派出所办身份证，窗口没人。", ("order", "papers")),
        ("孩子今年入学，学区怎么划片？", ("education", "entry")),
        ("工地拖欠农民工工资。", ("labour", "wages")),
        ("医保报销的单子退回来三次。", ("medical_insurance", None)),
        ("提取公积金要我补证明。", ("fund", None)),
        ("养老院的低保老人没人看。", ("civil", "service")),
        ("单元楼消防通道被锁。", ("safety", "fire")),
    ],
)
def test_a_complaint_says_what_it_is_about(text: str, told: tuple[str, str | None]) -> None:
    assert subject(text) == told


def test_a_proposal_says_which_words_decided_and_who_answers() -> None:
    found = propose("去窗口办不动产证，跑了三趟，每次又说缺材料，态度恶劣。")
    assert found.subject is not None
    assert found.subject.because == ("不动产证",)
    assert found.subject.functions == ("zr",)
    assert [one.key for one in found.conduct] == ["one_notice", "attitude"]
    assert found.conduct[0].because == ("跑了三趟", "又说缺")


def test_a_part_may_answer_to_another_agency_than_its_subject() -> None:
    found = propose("楼道里消防栓没有水，火灾怎么办？").subject
    assert found is not None
    assert found.functions == ("xf",)


@pytest.mark.parametrize("text", ["", "。", "你好", "hello"])
def test_of_a_text_that_tells_nothing_nothing_is_proposed(text: str) -> None:
    assert propose(text) == Proposal(None, (), ())


@given(st.text(alphabet="物业拆迁公交车工资学校，。推诿拖延abc", max_size=40))
def test_every_reason_stands_in_the_text(text: str) -> None:
    found = propose(text)
    for one in (*filter(None, [found.subject]), *found.others, *found.conduct):
        assert one.because
        assert all(word in spaced(text) for word in one.because)


def test_the_beginning_of_a_text_weighs_more_than_its_end() -> None:
    filler = "请领导看一看我说的这件事，我已经等了很久很久，真的没有别的办法了。" * 2
    assert subject(f"公积金提取。{filler}顺便说一下停水。")[0] == "fund"
    assert subject(f"停水三天。{filler}顺便说一下公积金。")[0] == "water"


def test_closed_matters_teach_what_the_shipped_words_do_not_know() -> None:
    harbour = [(f"渔船泊位{n}号的缆桩松了，船老大们都说靠不稳", "transport") for n in range(40)]
    pigeons = [(f"对门养鸽子，阳台上羽毛和鸟粪，{n}楼晾不了衣服", "streets") for n in range(40)]
    assert propose("我们船老大的泊位没有缆桩").subject is None
    found = propose("我们船老大的泊位没有缆桩", learner=taught(harbour + pigeons)).subject
    assert found is not None
    assert found.key == "transport"
    assert "泊位" in found.because or "缆桩" in found.because


def test_what_is_forgotten_was_never_learned() -> None:
    texts = [("泊位的缆桩松了", "transport"), ("阳台上的鸽子", "streets")] * ENOUGH
    learner = taught(texts)
    before = learner.weights("泊位")
    learner.learn("泊位和鸽子", subject="water")
    learner.forget("泊位和鸽子", subject="water")
    assert learner.weights("泊位") == before == taught(reversed(texts)).weights("泊位")
    with pytest.raises(LookupError):
        learner.forget("从未学过的一句话", subject="transport")
    with pytest.raises(LookupError):
        learner.forget("泊位的缆桩松了", subject="fund")
    for text, key in texts:
        learner.forget(text, subject=key)
    assert learner.weights("泊位") == {}


def test_a_subject_never_learned_has_no_learned_reasons() -> None:
    learner = taught([("泊位的缆桩松了", "transport"), ("阳台上的鸽子", "streets")] * ENOUGH)
    assert learner.because("泊位的缆桩松了", subject="water") == ()
    assert learner.because("泊位的缆桩松了", subject="transport")[0] in "泊位的缆桩松了"


def test_few_matters_hardly_change_what_the_words_say() -> None:
    few = taught([("物业费涨了", "water")] * ENOUGH)
    assert subject("物业费涨了，业委会没有开会。", few)[0] == "housing"


def test_every_function_of_the_taxonomy_is_one_of_the_city() -> None:
    city = {one["function"] for one in tomllib.loads(CITY.read_text(encoding="utf-8"))["agency"]}
    for one in shipped().subjects:
        assert one.functions, one.key
        assert {code for each in (one, *one.parts) for code in each.functions} <= city


def test_the_taxonomy_speaks_both_languages_and_no_word_stands_twice_in_one_subject() -> None:
    for one in (*shipped().subjects, *shipped().conducts):
        words = [word for each in (one, *one.parts) for word in each.words]
        assert len(words) == len(set(words)), (
            one.key,
            sorted(word for word in words if words.count(word) > 1),
        )
        assert all(each.name.zh and each.name.en.isascii() for each in (one, *one.parts))


def test_a_broken_taxonomy_is_refused_with_every_place() -> None:
    with pytest.raises(TaxonomyBroken) as refused:
        parse('[[subject]]\nkey = "a"\nname = ["甲"]\n[[subject]]\nname = ["乙", "B"]\nwords = ["！"]\n')
    assert "a: a name in Chinese and English" in str(refused.value)
    assert "a heading without a key" in str(refused.value)
    assert "words are texts with letters in them" in str(refused.value)
    with pytest.raises(TaxonomyBroken, match="given twice: a"):
        parse('[[subject]]\nkey = "a"\nname = ["甲", "A"]\n' * 2)
    with pytest.raises(TaxonomyBroken):
        parse("subject = ")
