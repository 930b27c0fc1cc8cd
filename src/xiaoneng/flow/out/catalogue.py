"""The catalogue of open data in DCAT 3 (开放数据目录), as JSON-LD. Pure: from a publication to a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaoneng.flow.out.dictionary import CASES_TABLE, EVENTS_TABLE
from xiaoneng.flow.out.figures import FEW, MONTHS_TABLE, STEPS_TABLE
from xiaoneng.flow.out.publication import Dataset, Distribution, Publication
from xiaoneng.law.defaults import told
from xiaoneng.law.phrase import Phrase

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
SHA256 = "spdx:checksumAlgorithm_sha256"
TITLE = Phrase("开放数据目录", "Catalogue of open data")
ABOUT = Phrase("公开办件的环节、办件和统计。", "Events, cases and figures of public matters.")
DICTIONARY = Phrase("数据字典", "Data dictionary")
TABLES = {
    **{one.key: one.title for one in (EVENTS_TABLE, CASES_TABLE, MONTHS_TABLE, STEPS_TABLE)},
    "dictionary": DICTIONARY,
}
LEFT_OUT = Phrase(
    f"不含任何人的姓名；统计中不足 {told(FEW).zh} 件的组不列数。",
    f"Nobody is named; figures are empty for groups of fewer than {told(FEW).en} cases.",
)
Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and for which division by its statistical code."""

    name: Phrase
    code: str


def catalogue(publication: Publication, *, address: str, publisher: Publisher) -> Node:
    """Return the catalogue as a document; `address` is the page of open data, with its closing slash."""
    said: Node = {
        "@context": CONTEXT,
        "@id": f"{address}catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _words(TITLE),
        "dct:description": _words(ABOUT),
        "dct:publisher": _agent(publisher),
        "dct:language": ["zh", "en"],
        "foaf:homepage": {"@id": address},
        "dcat:dataset": [_dataset(one, address, publisher) for one in publication.datasets],
    }
    if publication.datasets:
        said["dct:modified"] = _instant(max(one.modified for one in publication.datasets))
    return said


def _dataset(one: Dataset, address: str, publisher: Publisher) -> Node:
    said: Node = {
        "@id": f"{address}#feed-{one.feed}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.feed,
        "dct:title": _words(one.title),
        "dct:description": _words(Phrase(ABOUT.zh + LEFT_OUT.zh, f"{ABOUT.en} {LEFT_OUT.en}")),
        "dct:publisher": _agent(publisher),
        "dct:license": {"@id": one.licence},
        "dct:modified": _instant(one.modified),
        "dct:language": ["zh", "en"],
        "dct:spatial": _place(publisher),
        "dcat:landingPage": {"@id": f"{address}#feed-{one.feed}"},
        "dcat:distribution": [_file(each, one, address) for each in one.files],
    }
    if one.since and one.until:
        said["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _instant(one.since),
            "dcat:endDate": _instant(one.until),
        }
    return said


def _file(one: Distribution, dataset: Dataset, address: str) -> Node:
    place = f"{address}{dataset.feed}/{one.name}"
    said: Node = {
        "@id": f"{place}#file",
        "@type": "dcat:Distribution",
        "dct:title": _words(TABLES[one.table]),
        "dcat:accessURL": {"@id": f"{address}#feed-{dataset.feed}"},
        "dcat:downloadURL": {"@id": place},
        "dcat:mediaType": {"@id": MEDIA_TYPES + one.media.value},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(one.bytes)},
        "dct:license": {"@id": dataset.licence},
        "dct:modified": _instant(dataset.modified),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": SHA256},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": one.sha256},
        },
    }
    if one.table != "dictionary":
        said["dct:conformsTo"] = {"@id": f"{address}{dataset.feed}/dictionary.csv"}
    return said


def _agent(publisher: Publisher) -> Node:
    return {"@type": "foaf:Agent", "foaf:name": _words(publisher.name)}


def _place(publisher: Publisher) -> Node:
    return {
        "@type": "dct:Location",
        "dct:identifier": publisher.code,
        "skos:prefLabel": _words(publisher.name),
    }


def _words(phrase: Phrase) -> list[Node]:
    return [{"@language": "zh", "@value": phrase.zh}, {"@language": "en", "@value": phrase.en}]


def _instant(at: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": at.isoformat()}
