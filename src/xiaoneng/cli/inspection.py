"""`xiaoneng inspection draw --check NUMBER` and `mandates --agency CODE FILE`: the lot again; the register taken in."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.desk.recording import read
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.number import NumberFaulty, parse
from xiaoneng.matters.vocabulary.inspection import TeamDrawn
from xiaoneng.organisation.actions import enrol, give_login
from xiaoneng.supervision.actions import grant_mandate
from xiaoneng.supervision.lots import checked
from xiaoneng.supervision.mandate import Line, TableFaulty, parsed

REFUSED = 2
SECRET = 12


def inspection(arguments: list[str]) -> int:
    """Draw again, or load mandates; return 0, 1 where the lot differs from the record, 2 where nothing could be done."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    return _check(options, spoken) if options.what == "draw" else _load(options, spoken)


def _check(options: argparse.Namespace, spoken: str) -> int:
    try:
        number = parse(options.check)
        dossier = read(number)
        wrong, drawn = list(checked(dossier)), dossier.last(TeamDrawn)
    except (NumberFaulty, ObjectDoesNotExist, LookupError) as unknown:
        notes().print(str(unknown), markup=False)
        return REFUSED
    names = {one.person: one.name for one in drawn.candidates} if drawn else {}
    members = [names.get(one, str(one)) for one in drawn.members] if drawn else []
    if options.json:
        seed = drawn.seed if drawn else ""
        print_json({"number": number, "seed": seed, "members": members, "wrong": [one.en for one in wrong]})
        return 1 if wrong else 0
    console = output()
    for one in wrong:
        console.print(one.spoken(spoken), markup=False)
    if not wrong:
        said = "、".join(members)
        console.print(
            Phrase(f"重抽一致：{said}", f"Drawn again, the same: {said}").spoken(spoken), markup=False
        )
    return 1 if wrong else 0


def _load(options: argparse.Namespace, spoken: str) -> int:
    try:
        lines = parsed(options.file.read_text(encoding="utf-8-sig"), agency=options.agency)
    except (OSError, UnicodeDecodeError) as unreadable:
        notes().print(f"{options.file}: {unreadable}", markup=False)
        return REFUSED
    except TableFaulty as faulty:
        for one in faulty.faults:
            notes().print(one.spoken(spoken), markup=False)
        return REFUSED
    with transaction.atomic():
        given = [(one.login, _granted(one)) for one in lines]
    words = [{"login": login, "password": password} for login, password in given if login]
    if options.json:
        print_json({"mandates": len(lines), "logins": words})
        return 0
    console = output()
    console.print(Phrase(f"已聘任 {len(lines)} 人", f"{len(lines)} appointed").spoken(spoken))
    for each in words:
        console.print(f"{each['login']}  {each['password']}", markup=False)
    return 0


def _granted(line: Line) -> str:
    """Appoint one inspector as a new person; return the password of their log-in, empty without one."""
    person = enrol(name=line.name, romanised=line.romanised, invented=line.invented)
    grant_mandate(line.mandate, person=person)
    if not line.login:
        return ""
    password = secrets.token_urlsafe(SECRET)
    give_login(person=person, username=line.login, password=password)
    return password


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    about = Phrase("督察：核对抽签，载入督察员名册", "Inspection: draw a lot again, load mandates")
    parser = argparse.ArgumentParser(prog="xiaoneng inspection", description=about.spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    parser.add_argument("--json", action="store_true", help="JSON")
    what = parser.add_subparsers(dest="what", required=True)
    draw = what.add_parser("draw", help=Phrase("按种子重抽", "draw again from the seed").spoken(spoken))
    draw.add_argument("--check", required=True, metavar="NUMBER")
    load = what.add_parser("mandates", help=Phrase("载入名册（CSV）", "load mandates (CSV)").spoken(spoken))
    load.add_argument("--agency", required=True)
    load.add_argument("file", type=Path)
    for one in (draw, load):
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="JSON")
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="zh, en")
    return parser.parse_args(arguments)
