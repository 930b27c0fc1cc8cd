"""What an address of the centre asks for: every filter stands in it, so that a view can be kept and passed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from xiaoneng.desk.centre import LIGHTS, Wanted
from xiaoneng.desk.inbox import Cursor
from xiaoneng.law.phrase import Phrase
from xiaoneng.matters.light import Light
from xiaoneng.matters.vocabulary.complaint_words import COMPLAINT_NAMES, ComplaintChannel, Manner
from xiaoneng.procedures.book import latest
from xiaoneng.web.asking import Choice

FLAGS = {
    "repeated": Phrase("重复投诉", "Repeated"),
    "deemed": Phrase("逾期未告知、视为受理的", "Accepted by silence"),
    "recusal": Phrase("回避申请待决定", "Recusal to decide"),
    "closed": Phrase("已办结的", "Closed ones"),
}
MOST_NUDGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view of the centre's list: what it is narrowed to, and where its page begins."""

    wanted: Wanted
    after: Cursor | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read an address; what it does not know is left out."""
        asked = request.GET
        light, nudged = asked.get("light", ""), asked.get("nudged", "")
        return cls(
            wanted=Wanted(
                stage=_one_of(asked.get("stage", ""), stages()),
                light=Light(light) if light in {one.value for one in LIGHTS} else None,
                centre=asked.get("centre", "")[:24],
                agency=asked.get("agency", "")[:24],
                manner=_one_of(asked.get("manner", ""), {str(one): one for one in Manner}),
                channel=_one_of(asked.get("channel", ""), {str(one): one for one in ComplaintChannel}),
                nudged=int(nudged) if nudged in {"1", "2", "3"} else 0,
                words=asked.get("q", "").strip()[:80],
                **{name: asked.get(name) == "1" for name in FLAGS},
            ),
            after=Cursor.parse(asked.get("after", "")),
        )

    def address(self, page: str = "centre", **changed: str) -> str:
        """Return the address of this view with some of it changed, from its first page."""
        kept = {name: value for name, value in {**_plain(self.wanted), **changed}.items() if value}
        return reverse(page) + (f"?{urlencode(kept)}" if kept else "")

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(_plain(self.wanted)) or self.after is not None


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""


def _plain(wanted: Wanted) -> dict[str, str]:
    values = asdict(wanted)
    values["q"] = values.pop("words")
    values["light"] = wanted.light.value if wanted.light else ""
    return {
        name: "1" if value is True else str(value)
        for name, value in values.items()
        if value not in (False, "", 0, None)
    }


def stages() -> dict[str, Phrase]:
    """Return the stages of a complaint by key, in their order, final ones left out."""
    return {one.key: one.name for one in latest("complaint").stages() if not one.final}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sift:
    """One question of the filters, with what can be chosen."""

    name: str
    label: Phrase
    choices: tuple[Choice, ...]


def sifts(asked: Asked, agencies: dict[str, Phrase]) -> Iterator[Sift]:
    """Yield the filters of the list."""
    wanted = asked.wanted
    lights = {one.value: one.phrase for one in LIGHTS}
    light = wanted.light.value if wanted.light else ""
    manners = {str(one): COMPLAINT_NAMES[one] for one in Manner}
    channels = {str(one): COMPLAINT_NAMES[one] for one in ComplaintChannel}
    nudges = {str(n): Phrase(f"{n} 次以上", f"{n} or more") for n in range(1, MOST_NUDGES + 1)}
    yield _sift("stage", Phrase("环节", "Stage"), stages(), wanted.stage)
    yield _sift("light", Phrase("灯", "Light"), lights, light)
    yield _sift("agency", Phrase("被投诉单位", "Agency complained of"), agencies, wanted.agency)
    yield _sift("manner", Phrase("投诉方式", "Manner"), manners, wanted.manner)
    yield _sift("channel", Phrase("渠道", "Channel"), channels, wanted.channel)
    yield _sift("nudged", Phrase("催办", "Nudged"), nudges, str(wanted.nudged))


def _sift(name: str, label: Phrase, known: dict[str, Phrase], chosen: str) -> Sift:
    picks = tuple(Choice(value=key, words=words, chosen=key == chosen) for key, words in known.items())
    return Sift(name=name, label=label, choices=picks)
