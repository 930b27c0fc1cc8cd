"""The handbook says what the code does: generated pages are current, words are in the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaoneng.matters.procedure import Procedure
from xiaoneng.procedures.book import BOOK
from xiaoneng.procedures.printing import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("procedure", BOOK, ids=lambda one: one.key)
def test_the_printed_page_of_a_procedure_is_current(procedure: Procedure) -> None:
    written = DOCS / "procedures" / f"{procedure.key}-{procedure.edition}.md"
    assert written.read_text(encoding="utf-8") == page(procedure), "run `make docs`"
