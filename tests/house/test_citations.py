"""What the product cites is in the register, and where the law's text is at hand, the article is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.citing import Cited, cited
from tests.realdata import DATA
from xiaoneng.law import pages
from xiaoneng.law.article import Place, number, places
from xiaoneng.law.citation import DEFAULTS, Citation, default
from xiaoneng.law.register import Kind, instruments, resolve

ROOT = Path(__file__).parents[2]
TEXTS = DATA / "laws"
ARTICLE = re.compile(r"^第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
REMEDY = "add it to src/xiaoneng/law/instruments.toml or defaults.toml and write docs/law again (docs/law/README.md)"

CITED = cited()


def _lines(found: list[Cited]) -> str:
    return "\n".join(f"{one.where}: {one.citation}" for one in found)


def test_citations_are_found_at_all() -> None:
    assert len(CITED) > 50
    assert any(one.citation == Citation("行政许可法", "第四十二条第一款") for one in CITED)


def test_every_citation_resolves_in_the_register() -> None:
    lost = [one for one in CITED if resolve(one.citation) is None]
    assert not lost, f"{REMEDY}\n{_lines(lost)}"


def test_every_default_has_its_heading() -> None:
    headings = set(
        re.findall(r"^## (\S+)$", (ROOT / "docs/law/defaults.md").read_text(encoding="utf-8"), re.M)
    )
    lost = [
        one for one in CITED if one.citation.instrument == DEFAULTS and one.citation.article not in headings
    ]
    assert not lost, f"{REMEDY}\n{_lines(lost)}"


def test_the_pages_of_the_register_are_current() -> None:
    assert (ROOT / "docs/law/defaults.md").read_text(encoding="utf-8") == pages.defaults_page(), REMEDY
    assert (ROOT / "docs/law/instruments.md").read_text(encoding="utf-8") == pages.instruments_page(), REMEDY


def test_the_register_speaks_both_languages() -> None:
    for one in instruments().values():
        words = [one.title, *one.articles.values()]
        assert all(phrase.zh and phrase.en for phrase in words), one.short
        assert not [phrase.en for phrase in words if re.search(r"[\u4e00-\u9fff]", phrase.en)], one.short


def _text(short: str) -> Path | None:
    edition = instruments()[short].edition
    path = TEXTS / f"{short}({edition}).md"
    return path if path.exists() else None


def _paragraphs(text: str) -> dict[Place, int]:
    """Return how many paragraphs (款) each article has; items (项) belong to the paragraph before them."""
    counts: dict[Place, int] = {}
    article = None
    for block in filter(None, (line.strip() for line in text.splitlines())):
        opening = ARTICLE.match(block)
        if opening:
            (article,) = places(opening.group())
            counts[article] = 1
        elif block.startswith("#"):
            article = None
        elif article and not ITEM.match(block):
            counts[article] += 1
    return counts


def _absent(citation: Citation, counts: dict[Place, int]) -> bool:
    return any(
        place.paragraph > counts.get(Place(place.article, place.branch), 0)
        or Place(place.article, place.branch) not in counts
        for place in places(citation.article)
    )


def _registered() -> list[Cited]:
    return [
        Cited("instruments.toml", Citation(one.short, article))
        for one in instruments().values()
        for article in one.articles
    ]


def test_cited_articles_exist_in_the_law() -> None:
    if not TEXTS.exists():
        pytest.skip(f"the texts of the law are not at {TEXTS}")
    everything = [one for one in [*CITED, *_registered()] if one.citation.instrument in instruments()]
    texts = {short: _text(short) for short in {one.citation.instrument for one in everything}}
    counts = {short: _paragraphs(path.read_text(encoding="utf-8")) for short, path in texts.items() if path}
    assert len(counts) >= 10
    lost = [
        one
        for one in everything
        if one.citation.instrument in counts and _absent(one.citation, counts[one.citation.instrument])
    ]
    assert not lost, _lines(lost)


def test_a_cited_place_can_be_read_unless_it_is_a_standard_or_a_default() -> None:
    laws = {one.short for one in instruments().values() if one.kind in {Kind.LAW, Kind.REGULATION, Kind.RULE}}
    unread = [
        one
        for one in CITED
        if one.citation.instrument in laws and one.citation.article and not places(one.citation.article)
    ]
    assert not unread, _lines(unread)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("八", 8), ("十", 10), ("十二", 12), ("四十二", 42), ("一百零三", 103), ("一千零五十二", 1052)],
)
def test_chinese_numerals_are_read(numeral: str, value: int) -> None:
    assert number(numeral) == value


def test_a_place_names_article_paragraph_and_item() -> None:
    assert places("第三十二条第一款第四项") == (Place(32, 0, 1, 4),)
    assert places("第一百二十条之一") == (Place(120, 1),)
    assert places("第七十四条、第七十六条") == (Place(74), Place(76))
    assert places("表4") == ()


def test_a_narrow_citation_falls_back_to_the_article() -> None:
    gist = resolve(Citation("行政许可法", "第三十四条第一款"))
    assert gist is not None
    assert (gist.article, gist.exact) == ("第三十四条", False)


def test_what_is_not_registered_resolves_to_nothing() -> None:
    assert resolve(Citation("并不存在的条例", "第一条")) is None
    assert resolve(default("no-such-topic")) is None
