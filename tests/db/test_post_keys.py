"""The keys of posts: who has copies, what a copy needs, what becomes of old keys, what is missing."""

from __future__ import annotations

import json
import os
import threading

import pytest
from django.db import connection

from tests.office import Office, at, found_office
from xiaoneng.cli import vault as command
from xiaoneng.desk import keys
from xiaoneng.ledger import envelope, lockbox
from xiaoneng.ledger.lockbox import LockFaulty
from xiaoneng.organisation.capacity import Duty, Standing
from xiaoneng.organisation.models import Incumbency, Person, Post, PostKey

pytestmark = pytest.mark.django_db
NOW = at("2026-03-02 09:00")
FIRST, SECOND, OTHER = "correct horse battery", "投诉中心副岗的口令很长很长", "another long passphrase"


@pytest.fixture(autouse=True)
def _cheap_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the lock cheap: what it costs is measured in the pure tests."""
    monkeypatch.setattr(lockbox, "SERVICE", lockbox.LIGHT)
    monkeypatch.setattr(command, "instant", lambda: NOW)


@pytest.fixture
def office() -> Office:
    found = found_office()
    post = Post.objects.create(code=CENTRE, agency_id=found.agency, zh="投诉", en="C", duty=Duty.COMPLAINTS)
    for standing in (Standing.PRIMARY, Standing.COVER):
        person = Person.objects.create(name=f"投诉{standing}（虚构）", invented=True)
        found.people[f"complaints-{standing}"] = person.pk
        Incumbency.objects.create(
            post=post, person=person, standing=standing, active_from=at("2020-01-01 00:00")
        )
    return found


CENTRE = "330200-TEST-complaints"
HEAD, LEADER = "330200-TEST-head", "330200-TEST-oversee"


def make(office: Office) -> bytes:
    return keys.make_key(CENTRE, person=office.people["complaints-A"], passphrase=FIRST, now=NOW)


def grant(office: Office, passphrase: str = FIRST, to: str = "complaints-B") -> int:
    return keys.grant_copies(
        CENTRE,
        by=office.people["complaints-A"],
        passphrase=passphrase,
        to=office.people[to],
        new_passphrase=SECOND,
        now=NOW,
    )


def test_a_key_is_made_for_whoever_holds_the_post_and_opens_with_their_passphrase(office: Office) -> None:
    public = make(office)
    assert keys.sealing_key(CENTRE) == public
    person = office.people["complaints-A"]
    assert lockbox.public_of(keys.private_key(public, person=person, passphrase=FIRST)) == public
    with pytest.raises(LockFaulty, match="wrong"):
        keys.private_key(public, person=person, passphrase=OTHER)
    with pytest.raises(keys.KeyRefused, match="hold the post"):
        keys.make_key(CENTRE, person=office.people["handle-A"], passphrase=FIRST, now=NOW)
    with pytest.raises(keys.KeyRefused, match="no such post"):
        keys.make_key("nowhere", person=person, passphrase=FIRST, now=NOW)


def test_a_copy_for_b_needs_the_passphrase_of_a_and_has_its_own(office: Office) -> None:
    public = make(office)
    with pytest.raises(LockFaulty, match="wrong"):
        grant(office, passphrase=OTHER)
    assert grant(office) == 1
    person = office.people["complaints-B"]
    assert lockbox.public_of(keys.private_key(public, person=person, passphrase=SECOND)) == public
    with pytest.raises(LockFaulty):
        keys.private_key(public, person=person, passphrase=FIRST)
    with pytest.raises(keys.KeyRefused, match="copy of every key"):
        grant(office)


def test_nobody_but_a_holder_is_given_a_copy(office: Office) -> None:
    make(office)
    with pytest.raises(keys.KeyRefused, match="hold the post"):
        grant(office, to="handle-A")
    with pytest.raises(keys.KeyRefused, match="no copy"):
        keys.private_key(keys.sealing_key(CENTRE) or b"", person=office.people["handle-A"], passphrase=FIRST)


def test_a_retired_key_seals_nothing_more_and_opens_what_it_sealed(office: Office) -> None:
    old = make(office)
    other = lockbox.new_key()
    sealed = envelope.seal(b"x", holders=(old, lockbox.public_of(other)), binding=b"TS1")
    new = make(office)
    assert old != new
    assert keys.sealing_key(CENTRE) == new
    person = office.people["complaints-A"]
    private = keys.private_key(old, person=person, passphrase=FIRST)
    halves = (
        envelope.take_half(sealed, private, binding=b"TS1"),
        envelope.take_half(sealed, other, binding=b"TS1"),
    )
    assert envelope.unseal(sealed, halves, binding=b"TS1") == b"x"
    assert grant(office) == 2, "B is given the old key too"


def test_a_passphrase_can_be_changed_and_the_old_one_is_of_no_more_use(office: Office) -> None:
    public = make(office)
    person = office.people["complaints-A"]
    changed = keys.change_passphrase(CENTRE, person=person, passphrase=FIRST, new_passphrase=OTHER)
    assert changed == 1
    assert keys.private_key(public, person=person, passphrase=OTHER)
    with pytest.raises(LockFaulty):
        keys.private_key(public, person=person, passphrase=FIRST)


def test_the_list_says_what_is_missing(office: Office) -> None:
    def lacking() -> dict[str, str]:
        return {one.post: "；".join(why.zh for why in one.lacking) for one in keys.key_states(now=NOW)}

    assert set(lacking()) == {CENTRE, HEAD, LEADER}
    assert "没有钥匙" in lacking()[CENTRE]
    make(office)
    assert "只有一人有副本" in lacking()[CENTRE]
    assert "投诉B（虚构）（B 岗）没有副本" in lacking()[CENTRE]
    grant(office)
    assert lacking()[CENTRE] == ""
    Incumbency.objects.filter(post_id=CENTRE, standing="B").update(active_until=at("2026-03-01 00:00"))
    newcomer = Person.objects.create(name="新来的（虚构）", invented=True)
    Incumbency.objects.create(
        post_id=CENTRE, person=newcomer, standing="B", active_from=at("2026-03-01 00:00")
    )
    assert "新来的（虚构）（B 岗）没有副本" in lacking()[CENTRE]


def test_a_demonstration_furnishes_every_keeper_once(office: Office) -> None:
    assert keys.furnish(passphrase=FIRST, now=NOW) == 3
    assert keys.furnish(passphrase=FIRST, now=NOW) == 0
    assert [one.lacking for one in keys.key_states(now=NOW)] == [(), (), ()]


def run(*arguments: str, lines: tuple[str, ...]) -> int:
    """Run the command with passphrases coming through a pipe."""
    reading, writing = os.pipe()

    def feed() -> None:
        os.write(writing, "".join(f"{one}\n" for one in lines).encode())
        os.close(writing)

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        return command.vault([*arguments, "--passphrase-fd", str(reading)])
    finally:
        feeder.join()
        os.close(reading)


def test_the_command_makes_grants_changes_and_lists(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    b = str(office.people["complaints-B"])
    assert run("make", CENTRE, lines=(FIRST, FIRST)) == 0
    assert run("grant", CENTRE, b, lines=(FIRST, SECOND, SECOND)) == 0
    assert run("passphrase", CENTRE, b, lines=(SECOND, OTHER, OTHER)) == 0
    printed = capsys.readouterr()
    for secret in (FIRST, SECOND, OTHER):
        assert secret not in printed.out + printed.err
    assert command.vault(["keys", "--json"]) == 1, "the head has no key yet"
    told = {one["post"]: one for one in json.loads(capsys.readouterr().out)}
    assert told[CENTRE]["copies"] == ["投诉A（虚构）", "投诉B（虚构）"]
    assert told[CENTRE]["missing"] == []
    assert "没有钥匙" in told[HEAD]["missing"][0]
    assert command.vault(["keys", "--lang", "en"]) == 1
    assert "no key" in capsys.readouterr().out


def test_the_command_refuses_in_words_and_changes_nothing(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("make", CENTRE, lines=(FIRST, SECOND)) == 2
    assert "不同" in capsys.readouterr().err
    assert run("make", CENTRE, lines=("short", "short")) == 2
    assert "至少 12" in capsys.readouterr().err
    assert run("make", "nowhere", lines=(FIRST, FIRST)) == 2
    assert run("make", CENTRE, "--person", "nobody", lines=(FIRST, FIRST)) == 2
    assert not PostKey.objects.exists()


def test_the_table_of_keys_holds_no_key_and_no_passphrase(office: Office) -> None:
    public = make(office)
    private = keys.private_key(public, person=office.people["complaints-A"], passphrase=FIRST)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM organisation_postkey")
        row = " ".join(map(str, cursor.fetchone()))
    assert private.hex() not in row
    assert FIRST not in row
