"""Message catalogues of the pages: collected from templates and views, checked for gaps, compiled without gettext.

The message is the Chinese text itself, so only English is kept as a catalogue. Knows no page and no setting.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[1] / "web"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
HEADER_NOISE = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Report-Msgid',
    '"Last-Translator',
    '"Language-Team',
    '"Generated-By',
)
"""Header lines that say nothing or change with the day: left out, so a catalogue changes only with its words."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

Found = tuple[str, str | tuple[str, ...], str | None]
"""Where a message stands, the message (singular and plural), and its context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What keeps a catalogue from being complete; empty throughout when it is."""

    missing: tuple[str, ...]
    fuzzy: tuple[str, ...]
    placeholders: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether anything is wrong."""
        return bool(self.missing or self.fuzzy or self.placeholders)


def collect(*, root: Path = WEB) -> Gaps:
    """Write every message of the pages under `root` into its catalogues, keep what is translated, return the gaps."""
    found = list(_found(root))
    gaps: list[Gaps] = []
    for po in _catalogues(root):
        catalogue = _read(po)
        fresh = Catalog(locale=catalogue.locale)
        for place, message, context in found:
            fresh.add(message, locations=[(place, 0)], context=context)
        catalogue.update(fresh, no_fuzzy_matching=True)
        _write(po, catalogue)
        gaps.append(_gaps(catalogue))
    return Gaps(
        missing=tuple(each for gap in gaps for each in gap.missing),
        fuzzy=tuple(each for gap in gaps for each in gap.fuzzy),
        placeholders=tuple(each for gap in gaps for each in gap.placeholders),
    )


def report(*, root: Path = WEB) -> Gaps:
    """Return what the catalogues under `root` lack, against the pages as they are; writes nothing."""
    missing: list[str] = []
    gaps = Gaps(missing=(), fuzzy=(), placeholders=())
    for po in _catalogues(root):
        catalogue = _read(po)
        gaps = _gaps(catalogue)
        missing += gaps.missing
        for _, message, context in _found(root):
            ident = message if isinstance(message, str) else message[0]
            if catalogue.get(ident, context) is None and ident not in missing:
                missing.append(ident)
    return Gaps(missing=tuple(missing), fuzzy=gaps.fuzzy, placeholders=gaps.placeholders)


def compile_catalogues(*, root: Path = WEB) -> tuple[Path, ...]:
    """Compile each catalogue that is newer than its compiled form; return what was written."""
    written = []
    for po in _catalogues(root):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, _read(po))
        mo.write_bytes(buffer.getvalue())
        written.append(mo)
    return tuple(written)


def _catalogues(root: Path) -> list[Path]:
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po"))


def _read(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, locale=po.parent.parent.name, abort_invalid=True)


def _write(po: Path, catalogue: Catalog) -> None:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    po.write_text("".join(line for line in lines if not line.startswith(HEADER_NOISE)), encoding="utf-8")


def _found(root: Path) -> Iterator[Found]:
    for path in sorted(root.rglob("*")):
        if path.suffix not in {".html", ".txt", ".py"}:
            continue
        place = path.relative_to(root).as_posix()
        for message, context in _messages(path):
            yield place, message, context


def _messages(path: Path) -> Iterable[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves is Python only line by line: its indentation means nothing.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message, context


def _gaps(catalogue: Catalog) -> Gaps:
    missing, fuzzy, placeholders = [], [], []
    for message in catalogue:
        if not message.id:
            continue
        ident = message.id if isinstance(message.id, str) else message.id[0]
        strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if not strings or not all(strings):
            missing.append(ident)
        elif message.fuzzy:
            fuzzy.append(ident)
        elif any(set(PLACEHOLDER.findall(each)) - set(PLACEHOLDER.findall(ident)) for each in strings):
            placeholders.append(ident)
    return Gaps(missing=tuple(missing), fuzzy=tuple(fuzzy), placeholders=tuple(placeholders))
