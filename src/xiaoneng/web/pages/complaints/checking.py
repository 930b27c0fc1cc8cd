"""What was typed into a complaint, read back before it is filed: question and answer, blanks left out."""

from __future__ import annotations

from collections.abc import Iterator

from xiaoneng.web.asking import FieldKind, FieldView
from xiaoneng.web.pages.complaints.telling import SEALED, Telling
from xiaoneng.web.parts import Words
from xiaoneng.web.wording import spoken

LOOKED_UP = frozenset({"agency_words"})
"""Questions that only help to find something."""


def answers_given(form: Telling) -> tuple[tuple[Words, str], ...]:
    """Return each question with its answer; of an anonymous complaint nothing about the person."""
    views = form.views()
    return tuple(
        (view.label, text)
        for name, view in views.items()
        if name not in LOOKED_UP and not (form.anonymous and name in SEALED) and (text := _text(view))
    )


def _text(view: FieldView) -> str:
    if view.kind in {FieldKind.CHOICES, FieldKind.CHOICE}:
        return "；".join(_picked(view))
    return view.value


def _picked(view: FieldView) -> Iterator[str]:
    for one in view.choices:
        if one.chosen or (one.value and one.value == view.value):
            yield spoken(one.words)
