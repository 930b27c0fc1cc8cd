"""县里拖过期: a county that lets a complaint lapse is seen at the city: by the record, by cards, by its light."""

from __future__ import annotations

from tests.centres import COUNTY_CENTRE, Centres, complain, does
from tests.office import at
from tests.story.people import Officer, Town
from xiaoneng.desk import recording
from xiaoneng.matters.vocabulary.complaint import AllegationsListed
from xiaoneng.supervision.models import Card
from xiaoneng.supervision.sweep import sweep


def test_a_county_that_lets_a_complaint_lapse_lights_up_at_the_city(town: Town, centres: Centres) -> None:
    number = complain(when="2026-03-02 09:00").number
    says_nothing_for_five_days(town, number)
    does_nothing_for_thirty(town, centres, number)
    lights_up_at_the_city(town, number)
    lights_up_at_home(town, number)


def says_nothing_for_five_days(town: Town, number: str) -> None:
    """Silence accepts: written down by the sweep, dated at the first instant after the term."""
    assert sweep(now=at("2026-03-09 23:00")).lapses == 0
    assert sweep(now=at("2026-03-10 01:00")).lapses == 1
    deemed = recording.read(number).acts[-1]
    assert (deemed.name.zh, deemed.at) == ("投诉视为受理", at("2026-03-10 00:00"))
    town.it_is("2026-03-10 09:00")
    city = Officer(town).logs_in("city-complaints-A")
    city.goes_to("/centre/")
    city.sees("海曙区机关效能投诉中心", "1 件逾期未告知，视为受理")
    city.follows("1 件逾期未告知，视为受理")
    city.sees(number, "调查中")
    city.looks("county-lapses-1-accepted-by-silence")


def does_nothing_for_thirty(town: Town, centres: Centres, number: str) -> None:
    """Allegations are listed and nothing follows: the term of the result passes, and cards come by themselves."""
    officer = centres.person("county-complaints-A")
    does(AllegationsListed, number, by=officer, when="2026-03-11 10:00", allegations=("三次不收材料",))
    last = recording.read(number)
    due = last.due(last.running()[0])
    assert due is not None
    sweep(now=at(f"{due} 20:00"))  # silence at intake left its own card, and nobody answered that either
    result = Card.objects.filter(clock="handling").exclude(level="reminder")
    assert not result.exists()
    sweep(now=at("2026-05-06 09:00"))
    assert result.exists()
    assert set(Card.objects.values_list("agency", flat=True)) == {COUNTY_CENTRE}


def lights_up_at_the_city(town: Town, number: str) -> None:
    town.it_is("2026-05-06 09:30")
    city = Officer(town).logs_in("city-complaints-A")
    city.goes_to("/centre/")
    tile = city.main.locator("article.tile--overdue", has_text="海曙区机关效能投诉中心")
    assert "1 件超过法定期限" in tile.inner_text()
    city.looks("county-lapses-2-lights-up-at-the-city")
    city.follows("1 件超过法定期限")
    city.sees(number, "超期")
    city.takes_up(number)
    city.sees(number, "投诉视为受理")
    assert {"提级办理", "上级督办"} <= set(city.acts_offered())
    city.records("提级办理", {"理由": "县级中心逾期未办，由市里直接办理。"})
    city.sees("提级办理")
    assert number in city.inbox()
    above = Officer(town, "en").logs_in("group-supervise-A")
    above.goes_to("/centre/")
    above.sees("City Complaint Centre")
    above.looks("county-lapses-3-taken-up")


def lights_up_at_home(town: Town, number: str) -> None:
    """The county's own head sees it late, and sees no other centre."""
    head = Officer(town).logs_in("county-head-A")
    head.goes_to("/centre/")
    head.sees(number)
    head.does_not_see("各投诉中心")
