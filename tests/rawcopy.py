"""A service that takes complaints with names in them, opens one identity, makes slips and breaks down on the way.

`main` works on the database and folder of its environment, and leaves behind what such a service leaves: rows,
sessions, mail, logs. `tests/db/test_raw_copy.py` runs it in a process of its own and searches all of it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.test.utils import override_settings
from django.utils.log import AdminEmailHandler

from tests import keeping
from tests.keeping import ADDRESS, IDENTITY, KNOWN, MARKERS, NAME, NOW, PHONE, WORDS
from tests.office import AGENCY, at
from tests.web.offices import logged_in, set_clock
from xiaoneng.desk.outbox import send_due
from xiaoneng.desk.recording import ActRefused
from xiaoneng.desk.sealing import receipt, seal_waiting
from xiaoneng.ledger import envelope
from xiaoneng.matters.vocabulary.complaint import ComplaintMade
from xiaoneng.organisation.capacity import CITIZEN
from xiaoneng.organisation.models import Person
from xiaoneng.web.act_forms import FormFaulty, read
from xiaoneng.web.choices import Asking
from xiaoneng.web.doors import address

log = logging.getLogger("service")
LATER, EVENING = "2026-03-02 10:00", at("2026-03-02 18:00")


def main(folder: Path) -> None:
    """Do everything, and write beside the folder what was shown and which slips were given."""
    call_command("migrate", verbosity=0, interactive=False)
    logging.basicConfig(filename=folder / "service.log", level=logging.DEBUG, force=True)
    mail = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(folder / "mail"),
        "ADMINS": [("Administrator", "admin@example.org")],
    }
    with override_settings(**mail), keeping.cheap_locks():
        reports = AdminEmailHandler(include_html=True)
        logging.getLogger("django.request").addHandler(reports)
        told = _served(folder)
    text = json.dumps(told, ensure_ascii=False)
    folder.with_suffix(".told").write_text(text, encoding="utf-8")


def _served(folder: Path) -> dict[str, object]:
    office = keeping.found_centre()
    keeping.give_keys(office)
    for name in ("complaints-A", "head-A"):
        user = get_user_model().objects.create_user(name)
        Person.objects.filter(pk=office.people[name]).update(user=user)
    numbers = [keeping.file().number, keeping.file().number]
    _refused()
    set_clock(LATER)
    shown, slip = _opened(numbers[0])
    _broken(numbers[0])
    _on_the_page()
    while seal_waiting(now=EVENING):
        pass
    send_due(now=EVENING)
    proof = receipt(numbers[0], sequence=1, personal=True)
    (folder / "receipt.txt").write_text(str(proof), encoding="utf-8")
    return {"numbers": numbers, "shown": shown, "secrets": [slip]}


def _refused() -> None:
    """Try to file what cannot be filed, by the desk and by the form, with the name in it."""
    future = replace(keeping.complaint(), at=NOW + timedelta(days=900), text="")
    try:
        keeping.file(future, now=NOW)
    except ActRefused:
        log.exception("refused")
    posted = QueryDict(mutable=True)
    posted.update({"complainant": NAME, "contact": PHONE, "manner": "no such manner"})
    asking = Asking(by=CITIZEN, now=NOW, agency=AGENCY)
    try:
        read(ComplaintMade, posted, asking, by=CITIZEN, at=NOW)
    except FormFaulty:
        log.exception("faulty")


def _opened(number: str) -> tuple[list[bool], str]:
    """Ask and agree, each first with slips of the hand; return whether each fact was shown, and the slip."""
    slips: list[str] = []
    given = envelope.hand_over

    def noted(half: envelope.Half, *, to: bytes, occasion: bytes) -> str:
        slips.append(given(half, to=to, occasion=occasion))
        return slips[-1]

    centre, head, page = logged_in("complaints-A"), logged_in("head-A"), f"/desk/m/{number}/identity/"
    asked = {"way": "ask", "seen": "1", "reason": "须当面核实", "passphrase": WORDS["complaints-A"]}
    with patch.object(envelope, "hand_over", noted):
        for slip_of_hand in ({"passphrase": WORDS["head-A"]}, {"reason": ""}, {}):
            centre.post(page, {**asked, **slip_of_hand})
    agreed = {
        "way": "open",
        "seen": "2",
        "reason": "确有必要",
        "passphrase": WORDS["head-A"],
        "slip": slips[0],
    }
    head.post(page, {**agreed, "slip": "xn-slip-1.abc"})
    head.post(page, {**agreed, "reason": ""})
    shown = head.post(page, agreed)
    return [marker in shown.content.decode() for marker in MARKERS], slips[0]


def _on_the_page() -> None:
    """Complain on the public page, where it is built: with a fault, a look at where it goes, then send it; search it."""
    page = address("complain")
    if not page:
        return
    told = {
        "text": KNOWN,
        "about_words": "窗口的工作人员",
        "manner": "real_name",
        "complainant": NAME,
        "contact": PHONE,
        "identity_number": IDENTITY,
        "address": ADDRESS,
        "once": "one form",
    }
    citizen, centre = Client(), logged_in("complaints-A")
    for wrong in ({"text": ""}, {"contact": ""}, {"happened_on": "yesterday"}, {"way": "find"}, {}):
        citizen.post(page, {**told, **wrong})
    sent = citizen.post(page, {**told, "way": "send"})
    assert sent.status_code == HTTPStatus.FOUND, sent.content.decode()
    citizen.get(sent["Location"])
    for path in ("centre", "centre-csv", "desk", "desk-csv"):
        if address(path):
            centre.get(address(path), {"q": NAME})


def _broken(number: str) -> None:
    """Let the page break down with everything secret in its hands: a report goes to log and mail."""
    head: Client = logged_in("head-A")
    head.raise_request_exception = False

    def breaks(*_args: object, **_named: object) -> None:
        name = NAME
        raise RuntimeError(f"broke down with {len(name)} characters in hand")

    sent = {"way": "ask", "seen": "3", "reason": "再看一次", "passphrase": WORDS["head-A"]}
    with patch("xiaoneng.desk.vault.ask", breaks):
        head.post(f"/desk/m/{number}/identity/", sent)
