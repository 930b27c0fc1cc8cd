"""The reference city holds together, speaks both languages, and promises no more than the law allows."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from xiaoneng.catalogue.item import longer
from xiaoneng.cli.city import people, reading, roll
from xiaoneng.cli.city.checks import citations
from xiaoneng.cli.city.shape import CaseKind, City, Counted, Level, ServiceItem
from xiaoneng.law.citation import Certainty, Citation
from xiaoneng.law.register import resolve
from xiaoneng.organisation.capacity import Duty
from xiaoneng.worktime.limits import Limit, Unit

NEEDED = {Duty.WINDOW, Duty.HANDLE, Duty.REVIEW, Duty.OVERSEE, Duty.HEAD}
GENERAL = Citation("行政许可法", "第四十二条第一款")


@pytest.fixture(scope="module")
def city() -> City:
    return reading.load()


@pytest.fixture(scope="module")
def places(city: City) -> list[roll.Place]:
    return list(roll.places(city))


def tables() -> dict[str, dict[str, object]]:
    folder = files("xiaoneng.cli.city")
    return {name: tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in reading.FILES}


def item(city: City, code: str) -> ServiceItem:
    return next(one for one in city.items if one.code == code)


def test_the_city_is_ningbo_with_its_ten_districts_and_counties(city: City) -> None:
    codes = {one.code for one in city.divisions}
    assert codes == {"330200", "330203", "330205", "330206", "330211", "330212", "330213"} | {
        "330225",
        "330226",
        "330281",
        "330282",
    }
    assert sum(one.district for one in city.divisions) == 6


def test_there_are_some_thirty_agencies_and_more_than_forty_items(city: City) -> None:
    assert len(city.agencies) >= 32
    assert len(city.items) >= 44
    assert len({one.function for one in city.items}) >= 25


def test_codes_are_unique_and_fit_their_columns(city: City, places: list[roll.Place]) -> None:
    offices = [one.code for one in roll.offices(city)]
    offered = [one.code for one in roll.offered(city)]
    posts = [one.code for one in places]
    for codes, width in ((offices, 24), (posts, 32), (offered, 40)):
        assert len(set(codes)) == len(codes)
        assert max(map(len, codes)) <= width


def test_no_promise_is_longer_than_the_statute(city: City) -> None:
    assert not [one.code for one in city.items if longer(one.promised, one.statutory)]


def test_every_item_has_its_agency_at_every_level_it_is_handled(city: City) -> None:
    offered = Counter(one.item.code for one in roll.offered(city))
    wanted = {Level.CITY: 1, Level.COUNTY: 10, Level.BOTH: 11}
    assert all(offered[one.code] == wanted[one.level] for one in city.items)


def test_every_office_has_every_duty_that_approval_needs(city: City, places: list[roll.Place]) -> None:
    for office in roll.offices(city):
        duties = {one.duty for one in places if one.office == office.code}
        assert duties >= NEEDED, office.code


def test_the_efficiency_offices_supervise_and_take_complaints_in_every_division(
    city: City, places: list[roll.Place]
) -> None:
    held = {(one.office, one.duty) for one in places}
    for division in city.divisions:
        assert (f"{division.code}-xn", Duty.SUPERVISE) in held
        assert (f"{division.code}-ts", Duty.COMPLAINTS) in held
    assert ("330200-xn", Duty.PERSONNEL) in held
    assert ("330200-zw", Duty.CATALOGUE) in held


def test_every_post_has_an_a_and_a_b_who_are_different_people(places: list[roll.Place]) -> None:
    names = [(one.office, holder.name) for one in places for holder in (one.primary, one.cover)]
    assert len(names) == len(set(names)) == 2 * len(places)


def test_every_superior_is_a_post_of_the_same_office(places: list[roll.Place]) -> None:
    posts = {one.code: one for one in places}
    for one in places:
        if one.duty is Duty.HEAD:
            assert one.superior == ""
        else:
            assert posts[one.superior].office == one.office


def test_people_are_invented_marked_and_the_same_every_time() -> None:
    one = people.person("330200-jy-window/A")
    assert one == people.person("330200-jy-window/A")
    assert one != people.person("330200-jy-window/A", seed="other")
    assert one.note.zh == "虚构"
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,3}", one.name)
    assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", one.romanised)


def test_nobody_in_an_office_bears_a_taken_name() -> None:
    first = people.person("somewhere")
    assert people.unlike({first.name}, place="somewhere").name != first.name


def test_every_citation_of_every_item_resolves(city: City) -> None:
    lost = [
        f"{one.code}: {citation}"
        for one in city.items
        for citation in citations(one)
        if not resolve(citation)
    ]
    assert not lost


def test_a_limit_called_read_names_its_article_and_its_gist(city: City) -> None:
    for one in city.items:
        if one.certainty is Certainty.READ:
            gist = resolve(one.basis)
            assert gist is not None
            assert gist.exact, f"{one.code}: {one.basis}"


def test_most_limits_were_read_in_the_law_and_doubtful_ones_say_so(city: City) -> None:
    known = Counter(one.certainty for one in city.items)
    assert known[Certainty.READ] >= 44
    assert all(one.certainty is Certainty.UNVERIFIED for one in city.items if not one.basis.article)


def test_the_general_term_comes_with_its_extension_and_a_sector_term_does_not(city: City) -> None:
    for one in city.items:
        if (one.basis.instrument, one.basis.article) == (GENERAL.instrument, GENERAL.article):
            assert one.statutory == Limit(20, Unit.WORKING_DAYS)
            if one.certainty is Certainty.READ:
                assert one.extension is not None
                assert one.extension.limit == Limit(10, Unit.WORKING_DAYS)
        elif one.extension:
            assert one.extension.basis.instrument == one.basis.instrument


@pytest.mark.parametrize(
    ("code", "limit", "counted", "article"),
    [
        ("fg-project-approval", Limit(20), Counted.EXPLICIT, "第十条第一款"),
        ("sl-water", Limit(45), Counted.EXPLICIT, "第十九条第一款"),
        ("hb-eia-report", Limit(60), Counted.LICENCE, "第二十二条第三款"),
        ("hr-injury", Limit(60, Unit.CALENDAR_DAYS), Counted.CALENDAR, "第二十条第一款"),
        ("jy-school-establishment", Limit(3, Unit.MONTHS), Counted.MONTHS, "第十七条"),
        ("zj-building-permit", Limit(7), Counted.LICENCE, "第八条第二款"),
        ("mz-marriage", Limit(0), Counted.INSTANT, "第十条"),
    ],
)
def test_limits_are_those_of_the_statute(
    city: City, code: str, limit: Limit, counted: Counted, article: str
) -> None:
    one = item(city, code)
    assert (one.statutory, one.counted, one.basis.article) == (limit, counted, article)


def test_a_project_approval_may_be_extended_by_forty_days_and_its_assessment_is_not_counted(
    city: City,
) -> None:
    one = item(city, "fg-project-approval")
    assert one.extension is not None
    assert one.extension.limit == Limit(40)
    assert [special.suspends for special in one.special] == [True]


def test_only_grounds_that_a_law_leaves_out_of_the_limit_suspend(city: City) -> None:
    for one in city.items:
        for special in one.special:
            if special.suspends and special.basis.instrument == "行政许可法":
                assert special.basis.article == "第四十五条", one.code


def test_an_instant_item_is_decided_the_same_day_without_two_officers(city: City) -> None:
    instant = [one for one in city.items if one.kind is CaseKind.INSTANT]
    assert len(instant) >= 4
    assert all(one.promised.count == 0 and not one.examined for one in instant)


def test_everything_wrong_is_named_at_once() -> None:
    broken = tables()
    items = broken["items"]["item"]
    assert isinstance(items, list)
    items[0] |= {"agency": "nobody", "promised": {"count": 21, "unit": "working_days"}, "colour": "red"}
    items[1] |= {"name": ["只有中文", "只有中文"], "materials": ["no-such-thing"]}
    items[2]["statutory"] |= {"instrument": "不存在的条例"}
    with pytest.raises(reading.CityFlawed) as caught:
        reading.read(broken)
    told = "\n".join(caught.value.flaws)
    for words in (
        "no agency 'nobody'",
        "longer than the statute",
        "'colour'",
        "no-such-thing",
        "不存在的条例",
        "只有中文",
    ):
        assert words in told


def test_a_missing_or_mistyped_field_is_named_with_its_place() -> None:
    broken = tables()
    items = broken["items"]["item"]
    assert isinstance(items, list)
    del items[0]["result"]
    items[0]["statutory"]["unit"] = "fortnights"
    items[0]["examined"] = "yes"
    with pytest.raises(reading.CityFlawed) as caught:
        reading.read(broken)
    told = "\n".join(caught.value.flaws)
    assert "items: fg-project-approval: result must be a pair" in told
    assert "fortnights" in told
    assert "examined must be true or false" in told
