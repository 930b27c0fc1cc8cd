"""An office with log-ins for tests of pages: who sits where, who is away, who asks from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth import get_user_model
from django.test import Client

from tests.office import AGENCY, Office, at, found_office
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.models import Absence, Agency, Incumbency, Person, Post
from xiaoneng.web import clock

PASSWORD = "correct horse battery"
OTHER = "330200-OTHER"
MONDAY = "2026-03-02 09:30"


@contextmanager
def clock_at(text: str) -> Iterator[datetime]:
    moment = at(text)
    clock.set_for_tests(lambda: moment)
    try:
        yield moment
    finally:
        clock.set_for_tests(None)


def set_clock(text: str) -> datetime:
    moment = at(text)
    clock.set_for_tests(lambda: moment)
    return moment


def found_offices() -> Office:
    """Found the office, another agency, and the city's supervision; everybody gets a log-in by duty and standing."""
    office = found_office()
    stranger = found_office(OTHER)
    supervisor = _supervisor()
    logins = {**office.people, "stranger": stranger.people[f"{Duty.HANDLE}-A"], "supervisor": supervisor}
    for name, person in logins.items():
        user = get_user_model().objects.create_user(name)
        Person.objects.filter(pk=person).update(user=user)
    return office


def _supervisor() -> int:
    Agency.objects.create(
        code="330200-XN", zh="效能办", en="Effectiveness Office", short="效能办", division_id="330200"
    )
    post = Post.objects.create(
        code="330200-XN-supervise", agency_id="330200-XN", zh="督察", en="Supervision", duty=Duty.SUPERVISE
    )
    person = Person.objects.create(name="督察（虚构）", invented=True)
    Incumbency.objects.create(
        post=post, person=person, standing=Standing.PRIMARY, active_from=at("2020-01-01 00:00")
    )
    return person.pk


def send_away(office: Office, duty: Duty, *, since: str) -> None:
    """Put the A of a post on leave."""
    Absence.objects.create(
        person_id=office.people[f"{duty}-A"], active_from=at(since), matter=f"QJ-{duty}", handed_over=True
    )


def logged_in(name: str) -> Client:
    client = Client()
    client.force_login(
        get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


__all__ = ["AGENCY", "MONDAY", "OTHER", "clock_at", "found_offices", "logged_in", "send_away", "set_clock"]
