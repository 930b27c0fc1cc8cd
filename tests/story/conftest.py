from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import Visit, browser, open_page, plain_static_files, visit
from tests.centres import Centres, found_centres
from tests.duty import found_offices
from tests.office import Office, add_item
from tests.story.people import PASSWORD, Town
from xiaoneng.catalogue.models import Item
from xiaoneng.cli.messages import compile_catalogues
from xiaoneng.organisation.actions import give_login
from xiaoneng.web import clock

__all__ = ["browser", "open_page", "plain_static_files", "visit"]


@pytest.fixture(autouse=True, scope="session")
def compiled_messages() -> None:
    compile_catalogues()


@pytest.fixture
def town(live_server: Any, visit: Visit) -> Iterator[Town]:
    """The house, open, with clocks that the story sets."""
    yield Town(url=live_server.url, visit=visit)
    clock.set_for_tests(None)


@pytest.fixture
def office(town: Town) -> Office:
    """One agency with its posts, the effectiveness office above it, an item, and a log-in for everybody."""
    found = found_offices()
    add_item("T-001")
    Item.objects.filter(code="T-001").update(zh="演出场所许可（虚构）", en="Venue licence (invented)")
    for name, person in found.people.items():
        give_login(person=person, username=name, password=PASSWORD)
    return found


@pytest.fixture
def centres(town: Town) -> Centres:
    """Complaint centres of a city and a county, the leading group's office above, and a log-in for everybody."""
    found = found_centres()
    for name, person in found.people.items():
        give_login(person=person, username=name, password=PASSWORD)
    return found
