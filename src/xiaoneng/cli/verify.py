"""`xiaoneng verify`: read the whole record back and name the first altered act; or check one receipt off line.

A receipt is checked without any database: Django is set up only for the record.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from xiaoneng.cli.progress import counting
from xiaoneng.cli.receipt import checked
from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger.fault import Fault

MOST = 100
USAGE = 2


def verify(arguments: list[str]) -> int:
    """Check the record, or with `--receipt` one file; return 0 where all is sound, 1 where it is not."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    if options.receipt is not None:
        return checked(options.receipt, key=options.key or "", spoken=spoken, json=options.json)
    acts, found = _faults(spoken, signatures=not options.no_signatures)
    if options.json:
        print_json({"acts": acts, "sound": not found, "faults": [_data(one) for one in found]})
    else:
        _show(acts, found, spoken)
    return 1 if found else 0


def _faults(spoken: str, *, signatures: bool) -> tuple[int, list[Fault]]:
    """Return how many acts there are and the first faults."""
    import django  # noqa: PLC0415 - a receipt is checked without it

    django.setup()
    from xiaoneng.desk.sealing import act_count, faults  # noqa: PLC0415 - as above

    total = act_count()
    with counting(Phrase("条", "acts").spoken(spoken)) as progress:
        task = progress.add_task(Phrase("核验", "verifying").spoken(spoken), total=total)
        every = faults(signatures=signatures, seen=lambda: progress.advance(task))
        return total, list(islice(every, MOST))


def _data(fault: Fault) -> dict[str, object]:
    return asdict(fault)


def _show(acts: int, found: list[Fault], spoken: str) -> None:
    console = output()
    if not found:
        words = Phrase(f"{acts:,} 条行为，与存证一致", f"{acts:,} acts, all as they were sealed")
        console.print(words.spoken(spoken))
        return
    first = found[0]
    place = Phrase(
        f"{first.number} 第 {first.sequence} 项" if first.number else "存证账",
        f"{first.number} act {first.sequence}" if first.number else "the log",
    )
    head = Phrase(f"首个异常：{place.zh}：{first.what.zh}", f"First altered: {place.en}: {first.what.en}")
    console.print(head.spoken(spoken), markup=False)
    for one in found[1:]:
        console.print(f"  {one.number} {one.sequence}: {one.what.spoken(spoken)}", markup=False)
    more = "+" if len(found) == MOST else ""
    words = Phrase(f"{acts:,} 条行为，{len(found)}{more} 处异常", f"{acts:,} acts, {len(found)}{more} faults")
    console.print(words.spoken(spoken))


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    def said(zh: str, en: str) -> str:
        return Phrase(zh, en).spoken(spoken)

    parser = argparse.ArgumentParser(
        prog="xiaoneng verify",
        description=said(
            "核验全部记录，指出首个被改动的行为", "Read the record back; name the first altered act"
        ),
    )
    parser.add_argument("--receipt", type=Path, help=said("离线核验一份回执", "check one receipt, off line"))
    parser.add_argument("--key", metavar="VKEY", help=said("机关公钥", "the office's public key"))
    parser.add_argument(
        "--no-signatures", action="store_true", help=said("不逐条验签，较快", "do not check every signature")
    )
    parser.add_argument("--json", action="store_true", help=said("机器可读", "for machines"))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    return parser.parse_args(arguments)
