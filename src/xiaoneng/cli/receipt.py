"""`xiaoneng receipt FILE --key VKEY`: check a receipt off line, with nothing but the office's public key."""

from __future__ import annotations

import argparse
from pathlib import Path

from xiaoneng.cli.terminal import LANGUAGES, language, notes, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.ledger.receipt import Checked, ReceiptRejected, check_receipt


def receipt(arguments: list[str]) -> int:
    """Check the receipt; return 0 where it holds, 1 where it does not, 2 where it cannot be read."""
    spoken = language(arguments)
    about = Phrase("离线核验回执：不需要数据库和网络", "Check a receipt off line: no database, no network")
    parser = argparse.ArgumentParser(prog="xiaoneng receipt", description=about.spoken(spoken))
    parser.add_argument("file", type=Path, help=Phrase("回执文件", "the receipt").spoken(spoken))
    parser.add_argument(
        "--key",
        required=True,
        metavar="VKEY",
        help=Phrase("机关公钥", "the office's public key").spoken(spoken),
    )
    parser.add_argument("--json", action="store_true", help=Phrase("机器可读", "for machines").spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    options = parser.parse_args(arguments)
    return checked(options.file, key=options.key, spoken=spoken, json=options.json)


def checked(file: Path, *, key: str, spoken: str, json: bool) -> int:
    """Check the receipt in a file and say what it proves, or everything that is wrong with it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        notes().print(f"{file}: {unreadable}", markup=False)
        return 2
    try:
        found = check_receipt(text, key)
    except ReceiptRejected as rejected:
        return _rejected(rejected, spoken, json=json)
    if json:
        sealed = found.checkpoint.size if found.checkpoint else None
        print_json({"sound": True, "facts": found.facts, "checkpoint": sealed})
    else:
        _show(found, spoken)
    return 0


def _rejected(rejected: ReceiptRejected, spoken: str, *, json: bool) -> int:
    faults = list(rejected.faults)
    if json:
        print_json({"sound": False, "faults": faults})
    else:
        output().print(Phrase("回执不成立：", "The receipt does not hold:").spoken(spoken))
        for one in faults:
            output().print(f"  {one}", markup=False)
    return 1


def _show(found: Checked, spoken: str) -> None:
    console = output()
    for name, value in found.facts.items():
        console.print(f"  {name}: {value}", markup=False)
    sealed = (
        Phrase(
            f"回执成立，已存证（检查点规模 {found.checkpoint.size:,}）",
            f"The receipt holds and is sealed (checkpoint of {found.checkpoint.size:,})",
        )
        if found.checkpoint
        else Phrase(
            "回执成立：机关已签名承诺，尚无存证证明",
            "The receipt holds: promised and signed, not yet proved sealed",
        )
    )
    console.print(sealed.spoken(spoken))
