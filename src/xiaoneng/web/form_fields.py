"""A Django form read off as the questions our templates print, so that no page prints a form of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm

from xiaoneng.web.asking import Choice, FieldKind, FieldView

KINDS: tuple[tuple[type[forms.Widget], FieldKind], ...] = (
    (forms.HiddenInput, FieldKind.HIDDEN),
    (forms.PasswordInput, FieldKind.PASSWORD),
    (forms.CheckboxSelectMultiple, FieldKind.CHOICES),
    (forms.SelectMultiple, FieldKind.CHOICES),
    (forms.CheckboxInput, FieldKind.YES_NO),
    (forms.Select, FieldKind.CHOICE),
    (forms.RadioSelect, FieldKind.CHOICE),
    (forms.Textarea, FieldKind.LONG),
    (forms.FileInput, FieldKind.FILE),
    (forms.DateTimeInput, FieldKind.INSTANT),
    (forms.DateInput, FieldKind.DAY),
    (forms.NumberInput, FieldKind.NUMBER),
    (forms.EmailInput, FieldKind.EMAIL),
)
"""The first widget class that fits decides, so the narrower stand before the wider."""


def form_fields(form: BaseForm) -> tuple[FieldView, ...]:
    """Return the questions of `form`, with what was typed and everything that is wrong with each."""
    return tuple(_field(bound) for bound in form)


def form_errors(form: BaseForm) -> tuple[str, ...]:
    """Return what is wrong with the form as a whole."""
    return tuple(str(error) for error in form.non_field_errors())


def _field(bound: BoundField) -> FieldView:
    widget = bound.field.widget
    kind = next((kind for known, kind in KINDS if isinstance(widget, known)), FieldKind.TEXT)
    value = bound.value()
    several = kind is FieldKind.CHOICES
    picked = {str(each) for each in value or ()} if several else set()
    return FieldView(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        value="" if value is None or value is False or several else str(value),
        hint=str(bound.help_text),
        errors=tuple(str(error) for error in bound.errors),
        choices=tuple(_choices(getattr(bound.field, "choices", ()), picked)),
        required=bound.field.required,
        autocomplete=str(widget.attrs.get("autocomplete", "")),
    )


def _choices(pairs: Iterable[tuple[object, object]], picked: set[str]) -> Iterable[Choice]:
    for value, label in pairs:
        if value not in {"", None}:
            yield Choice(value=str(value), words=str(label), chosen=str(value) in picked)
