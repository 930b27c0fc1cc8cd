"""A thing said in both languages of the product: Chinese first, English complete."""

from __future__ import annotations

from dataclasses import dataclass

CHINESE = "zh-hans"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same words in Chinese and in English; neither is a fallback for the other."""

    zh: str
    en: str

    def spoken(self, language: str) -> str:
        """Return the words in `language`, a tag as browsers send it; Chinese unless it says English."""
        return self.en if language.lower().startswith(ENGLISH) else self.zh

    def __str__(self) -> str:
        """Return the Chinese words: official papers are Chinese."""
        return self.zh
