"""A log in XES (IEEE 1849): traces of events. Streams one trace at a time; knows no meaning of an attribute.

Rows come out as in a table: attributes of the trace are named `case:` and their key, those of the event by their
key. Attributes of attributes, lists and containers are passed over. Entities and document types are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from xiaoneng.flow.case import Fault, LogRefused
from xiaoneng.flow.rows import Row, missing_columns
from xiaoneng.flow.source import Blocks
from xiaoneng.law.phrase import Phrase

TRACE, EVENT = "trace", "event"
CASE = "case:"
ENOUGH = 50
"""Traces looked at to learn which attributes a log has, beside those it declares."""


class _Traces(ContentHandler):
    """Collects finished rows; `found` is every column met so far."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self.parser = create_parser(forbid_dtd=True)
        self.parser.setContentHandler(self)
        self.columns = columns
        self.rows: list[Row] = []
        self.found: set[str] = set()
        self.traces = 0
        self._path: list[str] = []
        self._scope = ""
        self._trace: dict[str, str] = {}
        self._events: list[tuple[int, dict[str, str]]] = []
        self._line = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - named by SAX
        name = name.rpartition(":")[2]
        above = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == TRACE:
            self._trace, self._events, self._line = {}, [], self._where()
        elif name == EVENT and above == TRACE:
            self._events.append((self._where(), {}))
        elif name == "global":
            self._scope = attrs.get("scope", EVENT)
        elif "key" in attrs:
            self._attribute(above, attrs["key"], attrs.get("value", ""))

    def endElement(self, name: str) -> None:  # noqa: N802 - named by SAX
        self._path.pop()
        if name.rpartition(":")[2] == TRACE:
            self._finish()

    def _where(self) -> int:
        return int(self.parser.getLineNumber() or 0)

    def _attribute(self, above: str, key: str, value: str) -> None:
        if above == TRACE:
            self._trace[CASE + key] = value
        elif above == EVENT and self._events:
            self._events[-1][1][key] = value
        elif above == "global":
            self.found.add(CASE + key if self._scope == TRACE else key)

    def _finish(self) -> None:
        self.traces += 1
        self.found.update(self._trace)
        # A trace without events is still a case: one row whose columns of the event are empty.
        for line, event in self._events or [(self._line, {})]:
            self.found.update(event)
            said = self._trace | event
            self.rows.append(Row(line, tuple(said.get(column, "") for column in self.columns)))


def xes_header(blocks: Blocks) -> frozenset[str]:
    """Return the columns that a log declares for all traces and events, and those of its first traces."""
    traces = _Traces(())
    for _ in _fed(blocks, traces):
        if traces.traces >= ENOUGH:
            break
    return frozenset(traces.found)


def xes_rows(blocks: Blocks, *, columns: Sequence[str]) -> Iterator[Row | Fault]:
    """Yield a log's events; raises LogRefused where the XML is broken, or a column is nowhere in the log."""
    traces = _Traces(columns)
    for _ in _fed(blocks, traces):
        yield from traces.rows
        traces.rows.clear()
    yield from traces.rows
    missing = [column for column in columns if column not in traces.found]
    if missing:
        raise LogRefused(*missing_columns(missing, frozenset(traces.found)))


def _fed(blocks: Blocks, traces: _Traces) -> Iterator[None]:
    try:
        for block in blocks:
            traces.parser.feed(block)
            yield
        traces.parser.close()
    except SAXParseException as broken:
        raise LogRefused(_broken(broken.getLineNumber() or 0, broken.getMessage())) from None
    except DefusedXmlException as refused:
        raise LogRefused(_broken(0, f"entities and document types are refused ({refused})")) from None


def _broken(line: int, why: str) -> Fault:
    return Fault(line, "", Phrase(f"XES 文件有误：{why}", f"broken XES: {why}"))
