"""What is asked of a person: questions, forms, and acts with the reasons why they are open or not.

Plain values, as in `parts`. `form_fields` reads them off a Django form, so that every question on every page
is printed by one template.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaoneng.law.citation import Citation
from xiaoneng.web.parts import Words


class FieldKind(StrEnum):
    """How a question is asked; the first nine carry the names of the kinds of the acts' own fields."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    DAY = "day"
    INSTANT = "instant"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    HIDDEN = "hidden"
    PASSWORD = "password"  # noqa: S105 - a kind of field
    FILE = "file"
    TEL = "tel"
    EMAIL = "email"


FEW = 6
"""Up to this many choices are shown at once; more fold into a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer."""

    value: str
    words: Words
    hint: Words = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A question, what was typed, and everything that is wrong with it."""

    name: str
    label: Words
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    hint: Words = ""
    errors: tuple[Words, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = True
    autocomplete: str = ""
    prefix: str = "f"
    sealed: bool = False
    """Goes into a sealed envelope: the browser keeps nothing of it, neither ours (`keep.js`) nor its own."""

    @property
    def ident(self) -> str:
        """The field's id on the page."""
        return f"{self.prefix}-{self.name}"

    @property
    def grouped(self) -> bool:
        """Whether the answers are shown side by side under one legend."""
        return self.kind is FieldKind.CHOICES or (self.kind is FieldKind.CHOICE and len(self.choices) <= FEW)

    @property
    def first(self) -> str:
        """The id a link from the list of errors leads to."""
        return f"{self.ident}-1" if self.grouped else self.ident

    @property
    def described(self) -> str:
        """The ids of what explains the field, for `aria-describedby`."""
        ids = [f"{self.ident}-hint"] if self.hint else []
        return " ".join(ids + ([f"{self.ident}-errors"] if self.errors else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """Why something is not allowed: the reason, the rule, its article, and what to do."""

    reason: Words
    rule: Words = ""
    basis: Citation | None = None
    remedy: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form: its questions, what is wrong with the whole, where it is sent and what its button says.

    `also` are quieter buttons beside the first: each sends its value under the name `way`. `reasons` are why what
    was sent was refused.
    """

    action: str
    button: Words
    fields: tuple[FieldView, ...]
    errors: tuple[Words, ...] = ()
    keep: str = ""
    multipart: bool = False
    also: tuple[Choice, ...] = ()
    reasons: tuple[ReasonView, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.errors or self.reasons) or any(each.errors for each in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """An act that is open to this reader, or greyed with all its reasons."""

    key: str
    name: Words
    form: FormView | None = None
    reasons: tuple[ReasonView, ...] = ()
    explained: Words = ""
    basis: Citation | None = None
    open: bool = False
