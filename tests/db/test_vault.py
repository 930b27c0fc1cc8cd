"""An identity is sealed before anything is written, and opened by two posts and two people, each step an act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from tests.complaints import CITY_CENTRE, COUNTY_BUREAU, COUNTY_CENTRE, LEADING, complain, found_centres
from tests.keeping import (
    CENTRE,
    HEAD,
    MARKERS,
    NAME,
    NOW,
    WORDS,
    cheap_locks,
    complaint,
    file,
    found_centre,
    give_keys,
)
from tests.office import AGENCY, Office, at, found_office
from xiaoneng.desk import keys, reading, recording, vault
from xiaoneng.desk.opening import CannotOpen
from xiaoneng.desk.vault import CannotOpenIdentity, Given, WrongPassphrase
from xiaoneng.ledger.envelope import parse
from xiaoneng.matters import codec
from xiaoneng.matters.acts import Role, key
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import ActRecord, Bar, Matter, Particulars
from xiaoneng.matters.roles import keepers
from xiaoneng.matters.vocabulary.complaint_after import IdentityOpened
from xiaoneng.matters.vocabulary.complaint_ways import PassedUp, SubjectNamed
from xiaoneng.matters.vocabulary.complaint_words import Manner
from xiaoneng.organisation.actions import declare_kinship
from xiaoneng.organisation.capacity import Capacity, Duty, Standing
from xiaoneng.organisation.models import Absence, Incumbency, Post
from xiaoneng.organisation.queries import seats

pytestmark = pytest.mark.django_db
LATER = at("2026-03-02 10:00")
WORD = "one word for all of them"
NEXT_DAY = at("2026-03-03 17:00")


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_locks():
        yield


@pytest.fixture
def office() -> Office:
    office = found_centre()
    give_keys(office, covers=True)
    return office


def acting(post: str, *, when: datetime = LATER) -> Capacity:
    found = seats([post])[post].acting(at=when)
    assert found is not None
    return found


def asked(number: str, *, when: datetime = LATER, seen: int = 1, by: Capacity | None = None) -> str:
    by = by or acting(CENTRE, when=when)
    given = Given(reason="须当面核实材料", passphrase=words_of(by))
    return vault.ask(number, given, by=by, seen=seen, now=when)


def words_of(by: Capacity) -> str:
    who = "complaints" if by.post == CENTRE else "head"
    return WORDS[f"{who}-{by.standing.value}"]


def opened(
    number: str, slip: str, *, when: datetime = LATER, seen: int = 2, by: Capacity | None = None
) -> dict[str, str]:
    by = by or acting(HEAD, when=when)
    given = Given(reason="确有必要", passphrase=words_of(by), slip=slip)
    found = vault.open_together(number, given, by=by, seen=seen, now=when)
    return {label.zh: value for label, value in found}


def verbs(number: str) -> list[str]:
    rows = ActRecord.objects.filter(matter__number=number).order_by("sequence")
    return list(rows.values_list("verb", flat=True))


def test_what_is_sealed_is_blank_in_the_act_and_in_its_particulars(office: Office) -> None:
    number = file().number
    particulars = Particulars.objects.get(act__matter__number=number).body
    row = str(Matter.objects.filter(number=number).values().get())
    body = ActRecord.objects.get(matter__number=number).body
    for marker in MARKERS:
        assert marker not in particulars + body + row
    opening = recording.read(number).opening
    envelope = parse(getattr(opening, "envelope", ""))
    assert envelope.holders == (keys.sealing_key(CENTRE), keys.sealing_key(HEAD))
    assert "窗口让我跑了三次" in particulars, "the text itself is not sealed, and the handbook says so"


def test_an_anonymous_complaint_has_no_envelope_and_needs_no_keys() -> None:
    found_centre()
    number = file(complaint(manner=Manner.ANONYMOUS)).number
    assert getattr(recording.read(number).opening, "envelope", "?") == ""
    assert vault.keeping(recording.read(number), (acting(CENTRE),), now=LATER) is None


def test_a_centre_without_both_keys_takes_no_named_complaint_and_says_why(office: Office) -> None:
    Post.objects.get(pk=HEAD).postkey_set.all().delete()
    with pytest.raises(CannotOpen) as refused:
        file()
    assert "两把钥匙" in refused.value.faults[0].zh
    assert not Matter.objects.exists()


def test_particulars_too_long_for_an_envelope_are_refused_in_words(office: Office) -> None:
    act = codec.read(
        "complaint-made",
        body=codec.canonical(
            {"manner": "real_name", "complainant": "长" * 4000, "text": "x", "contact": "1"}
        ),
        personal=b"{}",
        shared={"at": NOW, "by": complaint().by},
    )
    with pytest.raises(CannotOpen, match="太长"):
        file(act)  # type: ignore[arg-type]


def test_two_posts_together_see_the_identity_and_both_steps_are_acts(office: Office) -> None:
    number = file().number
    slip = asked(number)
    assert verbs(number) == ["complaint-made", "identity-asked"]
    assert not any(marker in slip for marker in MARKERS)
    facts = opened(number, slip)
    assert tuple(facts.values()) == MARKERS
    assert facts["投诉人姓名"] == NAME
    assert verbs(number)[-1] == "identity-opened"
    acts = recording.read(number).acts
    assert [getattr(act, "reason", "") for act in acts[1:]] == ["须当面核实材料", "确有必要"]
    assert not any(act.internal for act in acts), "the complainant sees both"


def test_the_head_may_ask_and_the_centre_agree_as_well(office: Office) -> None:
    number = file().number
    slip = asked(number, by=acting(HEAD))
    assert opened(number, slip, by=acting(CENTRE))["投诉人姓名"] == NAME


def test_one_person_in_both_posts_cannot_open_it(office: Office) -> None:
    both = office.people["complaints-A"]
    Incumbency.objects.filter(post_id=HEAD).update(active_until=at("2026-03-01 00:00"))
    Incumbency.objects.create(
        post_id=HEAD, person_id=both, standing=Standing.PRIMARY, active_from=at("2026-03-01 00:00")
    )
    keys.make_key(HEAD, person=both, passphrase=WORDS["head-A"], now=NOW)
    number = file().number
    slip = asked(number)
    with pytest.raises(recording.ActRefused, match="另一人"):
        opened(number, slip)
    assert verbs(number) == ["complaint-made", "identity-asked"]


def test_a_stranger_and_whoever_has_no_copy_open_nothing(office: Office) -> None:
    number = file().number
    handler = office.acting(Duty.HANDLE, when=LATER)
    given = Given(reason="想知道", passphrase="anything at all")
    with pytest.raises(CannotOpenIdentity, match="keeps no key"):
        vault.ask(number, given, by=handler, seen=1, now=LATER)
    Post.objects.get(pk=CENTRE).postkey_set.filter(person_id=office.people["complaints-A"]).delete()
    with pytest.raises(CannotOpenIdentity, match="no copy"):
        asked(number)
    assert verbs(number) == ["complaint-made"]


def test_a_wrong_passphrase_or_slip_records_nothing(office: Office) -> None:
    number, other = file().number, file().number
    with pytest.raises(WrongPassphrase):
        vault.ask(
            number, Given(reason="r", passphrase="not the right one"), by=acting(CENTRE), seen=1, now=LATER
        )
    stale = asked(other)
    asked(number)
    for slip in ("", "abc", stale):
        with pytest.raises(CannotOpenIdentity):
            opened(number, slip)
    assert verbs(number) == ["complaint-made", "identity-asked"]


def test_a_slip_serves_its_own_request_alone_and_once(office: Office) -> None:
    number = file().number
    first = asked(number)
    second = asked(number, seen=2)
    with pytest.raises(CannotOpenIdentity, match="does not open"):
        opened(number, first, seen=3)
    assert opened(number, second, seen=3)
    with pytest.raises(recording.ActRefused, match="没有等待答复"):
        opened(number, second, seen=4)


def test_a_request_stands_through_the_next_working_day_and_no_longer(office: Office) -> None:
    friday = at("2026-03-06 16:00")
    number = file().number
    slip = asked(number, when=friday)
    with pytest.raises(recording.ActRefused, match="没有等待答复"):
        opened(number, slip, when=at("2026-03-10 08:30"))
    again = asked(number, when=at("2026-03-10 09:00"), seen=2)
    assert again != slip
    other = file().number
    slip = asked(other, when=friday)
    assert opened(other, slip, when=at("2026-03-09 17:00"))["投诉人姓名"] == NAME


def test_the_second_post_refuses_with_a_reason_that_reaches_the_first(office: Office) -> None:
    number = file().number
    slip = asked(number)
    with pytest.raises(recording.ActRefused, match="另一人"):
        vault.refuse(number, "自己不同意自己", by=acting(CENTRE), seen=2, now=LATER)
    vault.refuse(number, "核实不需要知道姓名", by=acting(HEAD), seen=2, now=LATER)
    with pytest.raises(recording.ActRefused, match="没有等待答复"):
        opened(number, slip, seen=3)
    assert getattr(recording.read(number).acts[-1], "reason", "") == "核实不需要知道姓名"


def test_while_one_asks_the_other_answers_and_does_not_ask(office: Office) -> None:
    number = file().number
    asked(number)
    with pytest.raises(recording.ActRefused, match="请先同意或不予启封"):
        asked(number, by=acting(HEAD), seen=2)


def test_a_complaint_that_passed_up_is_still_opened_by_the_two_posts_that_sealed_it() -> None:
    offices = found_centres()
    keys.furnish(passphrase=WORD, now=NOW)
    own = f"{COUNTY_CENTRE}-complaints"
    given = Given(reason="须当面核实", passphrase=WORD)
    number = complain(
        manner=Manner.REAL_NAME, complainant=NAME, contact="139", agencies=(COUNTY_BUREAU,)
    ).number
    passed = PassedUp(at=LATER, by=offices.who(own, when=LATER), reason="涉及面广")
    recording.record(passed, number=number, seen=1, now=LATER)
    above = f"{CITY_CENTRE}-complaints"
    assert recording.read(number).post_of(Role.CENTRE) == above
    with pytest.raises(CannotOpenIdentity, match="keeps no key"):
        vault.ask(number, given, by=offices.who(above, when=LATER), seen=2, now=LATER)
    slip = vault.ask(number, given, by=offices.who(own, when=LATER), seen=2, now=LATER)
    head = offices.who(f"{COUNTY_CENTRE}-head", when=LATER)
    shown = vault.open_together(number, replace(given, slip=slip), by=head, seen=3, now=LATER)
    assert [value for _, value in shown] == [NAME, "139"]


def test_a_complaint_about_the_centre_is_sealed_to_the_posts_of_the_centre_that_has_it() -> None:
    found_centres()
    keys.furnish(passphrase=WORD, now=NOW)
    number = complain(
        manner=Manner.CONFIDENTIAL, complainant=NAME, contact="139", agencies=(CITY_CENTRE,)
    ).number
    kept = keepers(recording.read(number).opening)
    assert kept == (f"{LEADING}-supervise", f"{LEADING}-head")


def test_somebody_whom_a_conflict_bars_opens_nothing(office: Office) -> None:
    stranger = found_office("330200-OTHER")
    number = file().number
    slip = asked(number)
    head, relative = office.people["head-A"], stranger.people["handle-A"]
    declare_kinship(person=head, relative=relative, relation="夫妻", now=NOW)
    named = SubjectNamed(at=LATER, by=acting(CENTRE), about=(relative,), basis="值班记录")
    recording.record(named, number=number, seen=2, now=LATER)
    assert Bar.objects.filter(matter__number=number).exists()
    with pytest.raises(recording.ActRefused, match="回避"):
        opened(number, slip, seen=3)
    dossier = recording.read(number)
    assert _keeps(dossier, acting(HEAD)) is None
    cover = _keeps(dossier, replace(acting(HEAD), person=office.people["head-B"]))
    assert cover is not None
    assert opened(number, slip, seen=3, by=cover)["投诉人姓名"] == NAME, "the cover acts in their place"


def _keeps(dossier: Dossier, by: Capacity) -> Capacity | None:
    found = vault.keeping(dossier, (by,), now=LATER)
    assert found is not None
    return found.by


def test_b_opens_with_a_copy_of_their_own_while_a_is_away(office: Office) -> None:
    number = file().number
    Absence.objects.create(
        person_id=office.people["head-A"], active_from=at("2026-03-02 09:30"), matter="QJ", handed_over=True
    )
    slip = asked(number)
    by = acting(HEAD)
    assert by.standing is Standing.COVER
    assert opened(number, slip, by=by)["投诉人姓名"] == NAME


def test_keys_changed_since_still_open_what_the_old_ones_sealed(office: Office) -> None:
    number = file().number
    keys.make_key(CENTRE, person=office.people["complaints-A"], passphrase=WORDS["complaints-A"], now=LATER)
    keys.make_key(HEAD, person=office.people["head-A"], passphrase=WORDS["head-A"], now=LATER)
    assert opened(number, asked(number))["投诉人姓名"] == NAME
    newer = file(complaint(when=LATER)).number
    envelope = parse(getattr(recording.read(newer).opening, "envelope", ""))
    assert envelope.holders == (keys.sealing_key(CENTRE), keys.sealing_key(HEAD))


def test_an_envelope_put_under_another_matter_stays_shut(office: Office) -> None:
    number, other = file().number, file().number
    mine = Particulars.objects.get(act__matter__number=number)
    theirs = Particulars.objects.get(act__matter__number=other)
    body = {**json.loads(mine.body), "envelope": json.loads(theirs.body)["envelope"]}
    _written_past_the_guard(mine, codec.canonical(body).decode())
    with pytest.raises(CannotOpenIdentity, match="another matter"):
        asked(number)


def _written_past_the_guard(row: Particulars, body: str) -> None:
    """Change a row as somebody with the whole database in hand could."""
    Particulars.objects.filter(pk=row.pk).update(body=body)
    reading._kept.cache_clear()  # noqa: SLF001 - what was read once is kept


def test_opening_is_on_record_before_anything_is_returned(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = file().number
    slip = asked(number)

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(recording, "record", broken)
    with pytest.raises(RuntimeError):
        opened(number, slip)
    monkeypatch.undo()
    assert key(IdentityOpened) not in verbs(number)


def test_an_identity_lawfully_erased_is_no_more(office: Office) -> None:
    number = file().number
    Particulars.objects.filter(act__matter__number=number).delete()
    reading._kept.cache_clear()  # noqa: SLF001 - what was read once is kept
    assert vault.keeping(recording.read(number), (acting(CENTRE),), now=LATER) is None
    with pytest.raises(CannotOpenIdentity, match="no sealed identity"):
        asked(number)


def test_whoever_saw_an_older_state_is_sent_back(office: Office) -> None:
    number = file().number
    slip = asked(number)
    with pytest.raises(recording.MatterMoved):
        opened(number, slip, seen=1)
    assert opened(number, slip, seen=2, when=NEXT_DAY)
    with pytest.raises((recording.MatterMoved, recording.ActRefused)):
        opened(number, slip, seen=2, when=NEXT_DAY)


def test_the_head_of_another_agency_keeps_nothing_here(office: Office) -> None:
    number = file().number
    keeping = vault.keeping(recording.read(number), (acting(HEAD),), now=LATER)
    assert keeping is not None
    assert {post for post, _ in keeping.posts} == {CENTRE, HEAD}
    assert keeping.by is not None
    assert keeping.by.agency == AGENCY
