"""Where the law says so: the instrument, the article, and how sure we are of the number it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How a number or duty is known; anything below `READ` is shown as such wherever it is used."""

    READ = "read"  # the article was read in full
    EXCERPT = "excerpt"  # an excerpt or a repost was read
    UNVERIFIED = "unverified"  # the text was not seen
    DEFAULT = "default"  # no legal source: a default of this product, configurable


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of an instrument, named so that `docs/law/` resolves it.

    `instrument` is the short Chinese title without book-title marks (`行政许可法`); `article` is as printed
    (`第四十二条第一款`). A default of ours cites the instrument `本平台默认`.
    """

    instrument: str
    article: str
    certainty: Certainty = Certainty.READ

    def __str__(self) -> str:
        """Return the citation as a Chinese reader expects it: 《行政许可法》第四十二条."""
        return f"《{self.instrument}》{self.article}" if self.article else f"《{self.instrument}》"


DEFAULTS = "本平台默认"


def default(topic: str) -> Citation:
    """Return the citation of a number without legal source; `topic` is its row in `docs/law/defaults.md`."""
    return Citation(DEFAULTS, topic, Certainty.DEFAULT)
