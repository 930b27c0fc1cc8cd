"""`xiaoneng vault`: the keys of the posts that keep identities: list, make, grant, change a passphrase.

Passphrases are read from the terminal, or line by line from a file descriptor; never from arguments, which others on
the machine can read and shells remember.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getpass

from rich.table import Table

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.desk import keys
from xiaoneng.law.phrase import Phrase

REFUSED = 2
Ask = Callable[[Phrase], str]


class PassphrasesDiffer(Exception):
    """A new passphrase was typed twice and not the same."""


def vault(arguments: list[str]) -> int:
    """Do one thing with the keys; return 0, 1 where `keys` finds something missing, 2 where it was refused."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    try:
        said = DEEDS[options.what](options, _asking(options, spoken))
    except (keys.KeyRefused, keys.LockFaulty) as refused:
        notes().print(refused.why.spoken(spoken), markup=False)
        return REFUSED
    except PassphrasesDiffer:
        words = Phrase("两次输入的口令不同，什么也没有改", "The two passphrases differ: nothing was changed")
        notes().print(words.spoken(spoken), markup=False)
        return REFUSED
    if said is None:
        return _list(options, spoken)
    output().print(said.spoken(spoken), markup=False)
    return 0


def instant() -> datetime:
    """Return the instant at which a key is made: now."""
    return datetime.now(UTC)


def _asking(options: argparse.Namespace, spoken: str) -> Ask:
    """Return what asks for a passphrase: the terminal, or the next line of a file descriptor."""
    descriptor = getattr(options, "passphrase_fd", None)
    if descriptor is None:
        return lambda words: getpass(f"{words.spoken(spoken)}: ")
    lines = os.fdopen(descriptor, encoding="utf-8", closefd=False)
    return lambda _words: lines.readline().rstrip("\r\n")


def _new(ask: Ask, name: str) -> str:
    """Return a new passphrase, asked for twice; raises PassphrasesDiffer."""
    first = ask(Phrase(f"{name} 的新口令", f"New passphrase of {name}"))
    if ask(Phrase(f"{name} 再输一次", f"{name}, once more")) != first:
        raise PassphrasesDiffer
    return first


def _make(options: argparse.Namespace, ask: Ask) -> Phrase:
    now = instant()
    person, name = _person(options.person, post=options.post, now=now)
    before = keys.sealing_key(options.post)
    public = keys.make_key(options.post, person=person, passphrase=_new(ask, name), now=now)
    words = Phrase(
        f"已为岗位 {options.post} 生成钥匙 {public.hex()[:8]}，第一份副本归 {name}。请再为 B 岗授予副本。",
        f"Made key {public.hex()[:8]} for {options.post}; the first copy is {name}'s. Grant B a copy next.",
    )
    if before is None:
        return words
    kept = Phrase(
        f"旧钥匙 {before.hex()[:8]} 不再用于封装，旧信封仍须用它开启。",
        f"The old key {before.hex()[:8]} seals nothing any more and still opens old envelopes.",
    )
    return Phrase(words.zh + kept.zh, f"{words.en} {kept.en}")


def _grant(options: argparse.Namespace, ask: Ask) -> Phrase:
    now = instant()
    giver, giving = _person(options.by, post=options.post, now=now)
    person, name = keys.person_named(options.person)
    count = keys.grant_copies(
        options.post,
        by=giver,
        passphrase=ask(Phrase(f"{giving} 的口令", f"Passphrase of {giving}")),
        to=person,
        new_passphrase=_new(ask, name),
        now=now,
    )
    return Phrase(f"{name} 得到 {count} 把钥匙的副本", f"{name} now has copies of {count} keys")


def _passphrase(options: argparse.Namespace, ask: Ask) -> Phrase:
    person, name = keys.person_named(options.person)
    count = keys.change_passphrase(
        options.post,
        person=person,
        passphrase=ask(Phrase(f"{name} 的旧口令", f"Old passphrase of {name}")),
        new_passphrase=_new(ask, name),
    )
    return Phrase(f"{name} 的 {count} 份副本已换口令", f"{name}'s {count} copies have the new passphrase")


def _person(text: str, *, post: str, now: datetime) -> tuple[int, str]:
    """Return the person named, or the A of the post where nobody is."""
    return keys.person_named(text or str(keys.holder_of(post, now=now)))


DEEDS: dict[str, Callable[[argparse.Namespace, Ask], Phrase | None]] = {
    "keys": lambda _options, _ask: None,
    "make": _make,
    "grant": _grant,
    "passphrase": _passphrase,
}


def _list(options: argparse.Namespace, spoken: str) -> int:
    """Print every post that keeps identities; return 1 where something is missing."""
    states = keys.key_states(now=instant())
    if options.json:
        print_json([_plain(one, spoken) for one in states])
    else:
        output().print(_table(states, spoken))
        if not states:
            nobody = Phrase("没有设投诉岗位的单位", "No office has a post for complaints")
            output().print(nobody.spoken(spoken))
    return 1 if any(one.lacking for one in states) else 0


def _table(states: tuple[keys.KeyState, ...], spoken: str) -> Table:
    table = Table(title=Phrase("保管身份的岗位与钥匙", "Posts that keep identities").spoken(spoken))
    heads = (
        ("岗位", "Post"),
        ("单位", "Office"),
        ("钥匙", "Key"),
        ("副本", "Copies"),
        ("旧钥匙", "Old keys"),
        ("缺什么", "Missing"),
    )
    for zh, en in heads:
        table.add_column(Phrase(zh, en).spoken(spoken), overflow="fold")
    for one in states:
        made = f"{one.public[:8]} {one.made_at:%Y-%m-%d}" if one.made_at else "—"
        missing = "\n".join(why.spoken(spoken) for why in one.lacking)
        old = str(one.retired or "")
        table.add_row(one.post, f"{one.agency} {one.title}", made, "\n".join(one.copies), old, missing)
    return table


def _plain(one: keys.KeyState, spoken: str) -> dict[str, object]:
    return {
        "post": one.post,
        "office": one.agency,
        "key": one.public,
        "made_at": one.made_at,
        "copies": list(one.copies),
        "old_keys": one.retired,
        "missing": [why.spoken(spoken) for why in one.lacking],
    }


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    about = said("保管投诉人身份的岗位钥匙", "The keys of the posts that keep complainants' identities")
    parser = argparse.ArgumentParser(prog="xiaoneng vault", description=about)
    whats = parser.add_subparsers(dest="what", required=True)
    listing = whats.add_parser(
        "keys", help=said("列出钥匙、副本和缺项", "list keys, copies, what is missing")
    )
    listing.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    make = whats.add_parser("make", help=said("生成或更换岗位的钥匙", "make a post's key, or its next one"))
    make.add_argument("post", metavar="POST")
    make.add_argument("--person", default="", help=said("首份副本归谁，默认 A 岗", "first copy, else A"))
    grant = whats.add_parser("grant", help=said("为另一名任职者授予副本", "copy the keys for another holder"))
    grant.add_argument("post", metavar="POST")
    grant.add_argument("person", metavar="PERSON", help=said("人员号或用户名", "number or user name"))
    grant.add_argument("--by", default="", help=said("由谁授予，默认 A 岗", "who grants, else A"))
    change = whats.add_parser("passphrase", help=said("更换本人口令", "change one's passphrase"))
    change.add_argument("post", metavar="POST")
    change.add_argument("person", metavar="PERSON", help=said("人员号或用户名", "number or user name"))
    lines = said("从文件描述符逐行读口令", "read passphrases, a line each, from this file descriptor")
    for one in (make, grant, change):
        one.add_argument("--passphrase-fd", type=int, metavar="N", help=lines)
    for one in (listing, make, grant, change):
        one.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
