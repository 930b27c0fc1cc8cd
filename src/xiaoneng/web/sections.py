"""A long form in sections (分段): one form, one list of everything wrong, questions under the headings they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xiaoneng.web.asking import FieldKind, FieldView
from xiaoneng.web.parts import Words

PICKED = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some questions under one heading. `find` is a button among them that looks something up and loses nothing."""

    key: str
    title: Words
    told: Words = ""
    fields: tuple[FieldView, ...] = ()
    find: Words = ""
    after: tuple[FieldView, ...] = ()
    """Questions that come after the button: what it found."""
    folded: tuple[FieldView, ...] = ()
    fold: Words = ""
    """Questions that few need, under this summary; open where one of them is answered or wrong."""

    @property
    def unfolded(self) -> bool:
        """Whether what is folded is shown at once."""
        return any(one.errors or one.value or any(each.chosen for each in one.choices) for one in self.folded)


def section(  # noqa: PLR0913 - a heading with what stands under it; all named
    views: Mapping[str, FieldView],
    *,
    key: str,
    title: Words,
    told: Words = "",
    names: tuple[str, ...],
    find: Words = "",
    after: tuple[str, ...] = (),
    folded: tuple[str, ...] = (),
    fold: Words = "",
) -> Section:
    """Return a section of the questions with these names; picks without anything to pick are left out."""
    return Section(
        key=key,
        title=title,
        told=told,
        fields=tuple(views[name] for name in names),
        find=find,
        after=tuple(views[name] for name in after if views[name].choices),
        folded=tuple(one for one in map(views.__getitem__, folded) if one.choices or one.kind not in PICKED),
        fold=fold,
    )
