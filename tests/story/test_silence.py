"""逾期不告知即为受理：silence decides, on the day the law says, whoever looks first."""

from __future__ import annotations

from tests.office import Office, at
from tests.story.people import Citizen, Officer, Town
from xiaoneng.matters.models import ActRecord
from xiaoneng.supervision.sweep import sweep


def test_silence_becomes_acceptance(town: Town, office: Office) -> None:
    town.expects("400 (Bad Request)")
    citizen = Citizen(town, "en")
    town.it_is("2026-03-02 09:00")
    citizen.applies_for("Venue licence", materials=["Form"], name="Applicant (invented)")
    citizen.fills_in({"Hand in what I have; the rest follows after the notice": True})
    citizen.sends()
    citizen.keeps_the_receipt()
    the_next_reader_sees_it(town, citizen)
    the_sweep_writes_it_down(town, citizen)
    nobody_may_ask_any_more(town, citizen)


def the_next_reader_sees_it(town: Town, citizen: Citizen) -> None:
    town.it_is("2026-03-09 23:59")
    citizen.looks_again()
    citizen.sees("Received", "due today")
    town.it_is("2026-03-10 00:01")
    citizen.looks_again()
    citizen.sees("The term has passed; by law: deemed accepted", "In hand")
    assert ActRecord.objects.count() == 1  # reading writes nothing
    citizen.looks("silence-1-the-next-reader")


def the_sweep_writes_it_down(town: Town, citizen: Citizen) -> None:
    assert sweep(now=at("2026-03-10 08:00")).lapses == 1
    town.it_is("2026-03-10 08:30")
    citizen.looks_again()
    told = " ".join(citizen.line("Deemed accepted").inner_text().split())
    assert "10 Mar 2026 00:00" in told  # the lawful moment, not that of the sweep
    assert "视为受理通知书" in told
    citizen.sees("due 16 Mar 2026", "30 Mar 2026")
    counted = citizen.clock_called("Handling: limit by law")
    assert "Runs from 2 Mar 2026" in counted.inner_text()  # from receipt, not from acceptance
    paper = citizen.paper_of("Deemed accepted", called="视为受理通知书")
    assert citizen.number.encode() in paper
    citizen.looks("silence-2-written-down")


def nobody_may_ask_any_more(town: Town, citizen: Citizen) -> None:
    window = Officer(town).logs_in("window-A")
    (card,) = window.inbox()  # nothing but the card for the silence, which wants an answer
    assert card.startswith("PB")
    window.takes_up(citizen.number)
    assert "一次性告知" not in window.acts_offered()
    handler = Officer(town).logs_in("handle-A")
    assert handler.inbox() == [citizen.number]
