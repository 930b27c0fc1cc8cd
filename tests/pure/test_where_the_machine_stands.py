"""The machine stands where the run of every test put it; otherwise a phase under summer time would prove nothing."""

from __future__ import annotations

import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def test_the_machine_stands_in_the_zone_asked_for_and_else_in_the_offices() -> None:
    zone = ZoneInfo(os.environ.get("XIAONENG_TEST_ZONE") or settings.TIME_ZONE)
    for month in (1, 7):
        moment = datetime(2026, month, 1, 12, tzinfo=zone)
        assert time.localtime(moment.timestamp()).tm_hour == 12
