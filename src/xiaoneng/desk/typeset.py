"""Papers as PDF (文书): letter paper, Chinese official layout, one fixed font, a QR code that leads to the proof.

The same paper gives the same bytes: font, date and layout are fixed. Text goes to the typesetter as data, never
as source, so nothing that anybody wrote can become a command. Knows no database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import noto_cjk_sans_otc
import segno
import typst

from xiaoneng.desk.papers import Paper

SOURCE = Path(__file__).parent / "paper.typ"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on a sheet beside the paper's own text: whose it is, its proof, where to check it."""

    paper: Paper
    agency: str
    fingerprint: str
    address: str
    at: datetime
    seal: str = ""
    note: str = ""


def pdf(sheet: Sheet) -> bytes:
    """Return a paper as PDF/A-3a and PDF/UA-1; raises typst.TypstError if it cannot be set."""
    with _one_at_a_time:  # the compiler keeps its fonts and its source between two papers
        made = _compiler().compile(
            format="pdf", sys_inputs={"data": _data(sheet)}, pdf_standards=STANDARDS, timestamp=sheet.at
        )
    if not isinstance(made, bytes):
        raise TypeError("a paper is one file")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(noto_cjk_sans_otc.__file__).parent],
    )
    return typst.Compiler(SOURCE, font_paths=fonts, ignore_system_fonts=True)


def _data(sheet: Sheet) -> str:
    paper = sheet.paper
    said = {
        "agency": sheet.agency,
        "title": paper.title,
        "number": paper.number,
        "paragraphs": paper.paragraphs,
        "signed": paper.signed,
        "dated": paper.dated,
        "seal": sheet.seal,
        "note": sheet.note,
        "fingerprint": sheet.fingerprint,
        "address": sheet.address,
        "qr": segno.make(sheet.address, error="m").svg_inline(scale=4, border=1, omitsize=False),
    }
    return json.dumps(said, ensure_ascii=False)
