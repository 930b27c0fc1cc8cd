"""Photographs as evidence (照片原件): an act names a picture by its SHA-256, the picture follows and must be that one.

The name is sealed with the act, so a picture can be neither exchanged nor slipped in later; it may come late, from
another device, and twice. Nothing but pictures is taken.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.dossier import Dossier
from xiaoneng.matters.models import Attachment, Matter

MOST = 20 * 1024 * 1024
"""Bytes of one picture: a telephone's largest with room to spare."""
NAMED = re.compile(r"([0-9a-f]{64})(?:\s+(.*))?", re.IGNORECASE)
PICTURES = {
    "image/jpeg": (b"\xff\xd8\xff", "jpg"),
    "image/png": (b"\x89PNG\r\n\x1a\n", "png"),
    "image/webp": (b"RIFF", "webp"),
}


class ExhibitRefused(Exception):
    """A picture was not taken in; `why` says so in words."""

    def __init__(self, why: Phrase) -> None:
        """Take the reason."""
        super().__init__(why.en)
        self.why = why


class NoExhibit(LookupError):
    """The matter has no such picture, or not yet."""


class ExhibitDiffers(Exception):
    """What is kept is not the picture that the record names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A picture that an act names: its SHA-256, its name there, the act's place, and whether we have it (`kind`)."""

    sha256: str
    name: str
    sequence: int
    kind: str = ""

    @property
    def held(self) -> bool:
        """Tell whether the picture itself has been handed in."""
        return bool(self.kind)


def named(dossier: Dossier) -> tuple[Exhibit, ...]:
    """Return the pictures that acts of a matter name, each once, in the order of the record; whether held is not asked."""
    found: dict[str, Exhibit] = {}
    for sequence, act in enumerate(dossier.acts, start=1):
        for line in (*getattr(act, "photos", ()), getattr(act, "photo", "")):
            said = NAMED.fullmatch(line.strip())
            if said:
                digest = said[1].lower()
                found.setdefault(digest, Exhibit(sha256=digest, name=said[2] or "", sequence=sequence))
    return tuple(found.values())


def exhibits(dossier: Dossier) -> tuple[Exhibit, ...]:
    """Return the pictures that a matter names, with those that we have; asks nothing where none is named."""
    told = named(dossier)
    if not told:
        return ()
    rows = Attachment.objects.filter(matter__number=dossier.number).values_list("sha256", "kind")
    held = dict(rows)
    return tuple(replace(one, kind=held.get(one.sha256, "")) for one in told)


def line_for(name: str, content: bytes) -> str:
    """Return how an act names a picture: SHA-256 and file name; raises ExhibitRefused where it would not be taken."""
    _check(content)
    return f"{_digest(content)} {' '.join(name.split())[:80]}"


def hand_in(dossier: Dossier, *, content: bytes) -> Exhibit:
    """Keep a picture that an act of the matter names; one that is there already is left alone.

    Raises ExhibitRefused for a file that no act names, that is no picture, or that is too large.
    """
    kind, digest = _check(content), _digest(content)
    one = next((one for one in named(dossier) if one.sha256 == digest), None)
    if one is None:
        raise ExhibitRefused(
            Phrase(
                "记录里没有这张照片的校验码：不是同一个文件，或者还没有记录",
                "No act names this picture: it is another file, or the record has not arrived yet",
            )
        )
    _keep(dossier.number, one, content, kind)
    return replace(one, kind=kind)


def content_of(number: str, *, sha256: str) -> tuple[bytes, str]:
    """Return a picture and its kind; raises NoExhibit, and ExhibitDiffers where it is not what the record names."""
    row = Attachment.objects.filter(matter__number=number, sha256=sha256).first()
    if row is None:
        raise NoExhibit(sha256)
    try:
        with row.file.open("rb") as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        raise ExhibitDiffers(sha256) from None
    if _digest(content) != sha256:
        raise ExhibitDiffers(sha256)
    return content, row.kind


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check(content: bytes) -> str:
    """Return what kind of picture this is; raises ExhibitRefused for what is none, or too large."""
    if len(content) > MOST:
        raise ExhibitRefused(Phrase("照片超过 20 MB", "The picture is larger than 20 MB"))
    for kind, (begins, _) in PICTURES.items():
        if content.startswith(begins) and (kind != "image/webp" or content[8:12] == b"WEBP"):
            return kind
    raise ExhibitRefused(Phrase("只收 JPEG、PNG、WebP 照片", "Only pictures are taken: JPEG, PNG or WebP"))


def _keep(number: str, one: Exhibit, content: bytes, kind: str) -> None:
    matter = Matter.objects.only("pk").get(number=number)
    if Attachment.objects.filter(matter=matter, sha256=one.sha256).exists():
        return
    row = Attachment(
        matter=matter,
        sequence=one.sequence,
        name=one.name or one.sha256[:12],
        kind=kind,
        size=len(content),
        sha256=one.sha256,
    )
    try:
        with transaction.atomic():
            row.file.save(f"{one.sha256}.{PICTURES[kind][1]}", ContentFile(content), save=False)
            row.save()
    except IntegrityError:  # the same picture came twice at once
        row.file.delete(save=False)
