"""`xiaoneng always`: ask the four always of the record; with `--json` every act that proves each answer."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from xiaoneng.cli.terminal import LANGUAGES, language, output, print_json
from xiaoneng.law.phrase import Phrase
from xiaoneng.openness.four_absolutes import FOUR, Answer, Question, ask
from xiaoneng.openness.proving import proven

SHOWN = 20


def always(arguments: list[str]) -> int:
    """Ask one of the four or all; return 0 where nothing is broken, else 1."""
    spoken = language(arguments)
    options = _options(arguments, spoken)
    now = datetime.now(UTC)
    wanted = options.question or [one.question for one in FOUR]
    answers = [ask(Question(one), now=now) for one in wanted]
    if options.json:
        print_json([_as_data(answer, spoken) for answer in answers])
    else:
        _show(answers, spoken)
    return 1 if any(answer.broken for answer in answers) else 0


def _as_data(answer: Answer, spoken: str) -> dict[str, object]:
    absolute = answer.absolute
    return {
        "question": absolute.question.value,
        "name": {"zh": absolute.name.zh, "en": absolute.name.en},
        "definition": {"zh": absolute.definition.zh, "en": absolute.definition.en},
        "as_of": answer.as_of.isoformat(),
        "examined": answer.examined,
        "broken": len(answer.broken),
        "entries": list(proven(answer, language=spoken)),
    }


def _show(answers: list[Answer], spoken: str) -> None:
    console = output()
    for answer in answers:
        broken = answer.broken
        head = Phrase(
            f"{answer.absolute.name.zh}：查验 {answer.examined:,}，违反 {len(broken):,}，"
            f"尚在期限内 {len(answer.waiting):,}",
            f"{answer.absolute.name.en}: {answer.examined:,} examined, {len(broken):,} broken, "
            f"{len(answer.waiting):,} within their term",
        )
        console.print(head.spoken(spoken), markup=False)
        for entry in broken[:SHOWN]:
            lacking = entry.wrong.spoken(spoken) if entry.wrong else ""
            console.print(f"  {entry.number} {entry.agency} {entry.since:%Y-%m-%d} {lacking}", markup=False)


def _options(arguments: list[str], spoken: str) -> argparse.Namespace:
    about = Phrase("查验四个一律，可导出证明", "Ask the four always; export what proves them")
    parser = argparse.ArgumentParser(prog="xiaoneng always", description=about.spoken(spoken))
    which = Phrase("只查这几项", "ask these only")
    parser.add_argument(
        "question", nargs="*", metavar="question", help=f"{which.spoken(spoken)}: {', '.join(Question)}"
    )
    parser.add_argument("--json", action="store_true", help=Phrase("机器可读", "for machines").spoken(spoken))
    parser.add_argument("--lang", choices=LANGUAGES, help="zh, en")
    found = parser.parse_args(arguments)
    if unknown := set(found.question) - set(Question):
        parser.error(f"no such question: {', '.join(sorted(unknown))}")
    return found
