"""The law register (法规登记): every instrument the product cites, and what its articles say in our words.

It knows titles, editions and gists, not the texts; defaults of ours are in `defaults`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from xiaoneng.law.article import places
from xiaoneng.law.citation import DEFAULTS, Certainty, Citation
from xiaoneng.law.defaults import defaults, phrase
from xiaoneng.law.phrase import Phrase


class Kind(StrEnum):
    """What an instrument is, from the strongest down."""

    LAW = "law"  # 法律
    REGULATION = "regulation"  # 行政法规, 地方性法规, 党内法规
    RULE = "rule"  # 规章, 规范性文件
    STANDARD = "standard"  # 国家标准
    DEFAULT = "default"  # 本平台默认


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation, rule or standard in one edition; `seen` says how its text is known to us."""

    short: str
    full: str
    en: str
    kind: Kind
    edition: date | None = None
    seen: Certainty = Certainty.READ
    articles: Mapping[str, Phrase] = field(default_factory=dict)

    @property
    def title(self) -> Phrase:
        """Return the full title in both languages."""
        return Phrase(self.full, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a citation says; `exact` is false where only a wider place, or the instrument, is described."""

    instrument: Instrument
    article: str
    words: Phrase
    exact: bool


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return every instrument by its short Chinese title, as listed in `instruments.toml`."""
    rows = _read("instruments.toml")["instrument"]
    return {one.short: one for one in map(_instrument, rows)}


def resolve(citation: Citation) -> Gist | None:
    """Return what `citation` says; None if the register lacks the instrument or the topic of the default."""
    instrument = instruments().get(citation.instrument)
    if instrument is None:
        return None
    if citation.instrument == DEFAULTS:
        ours = defaults().get(citation.article)
        if ours is None:
            return None
        return Gist(instrument=instrument, article=ours.topic, words=ours.name, exact=True)
    for width, article in enumerate(_widening(citation.article)):
        if article in instrument.articles:
            words = instrument.articles[article]
            return Gist(instrument=instrument, article=article, words=words, exact=width == 0)
    return Gist(instrument=instrument, article="", words=instrument.title, exact=not citation.article)


def _widening(article: str) -> list[str]:
    """Return `article`, then the paragraph and the article (条) that hold it."""
    wider = [article]
    for mark in ("款", "条"):
        head, found, _ = article.partition(mark)
        if found and len(places(article)) == 1 and head + mark not in wider:
            wider.append(head + mark)
    return wider


def _read(name: str) -> Mapping[str, list[Mapping[str, object]]]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _instrument(row: Mapping[str, object]) -> Instrument:
    edition, articles = row.get("edition"), row.get("articles", {})
    return Instrument(
        short=str(row["short"]),
        full=str(row.get("full", row["short"])),
        en=str(row["en"]),
        kind=Kind(str(row["kind"])),
        edition=edition if isinstance(edition, date) else None,
        seen=Certainty(str(row.get("seen", Certainty.READ))),
        articles={place: phrase(words) for place, words in articles.items()}
        if isinstance(articles, dict)
        else {},
    )
