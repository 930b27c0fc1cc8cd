"""A report of an error says where it broke and tells nothing that was typed."""

from __future__ import annotations

import logging
import sys

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.views.debug import ExceptionReporter


@pytest.mark.parametrize("debug", [False, True])
def test_no_report_of_an_error_holds_what_was_sent_or_what_a_variable_held(
    rf: RequestFactory, settings: object, debug: bool, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DEBUG = debug  # type: ignore[attr-defined]
    request = rf.post("/complain/", {"complainant": "张大山（虚构）", "passphrase": "correct horse battery"})
    with caplog.at_level(logging.DEBUG):
        page, text = _report(request, name="张大山（虚构）")
    for told in (page, text, caplog.text):
        assert "张大山" not in told
        assert "correct horse" not in told
    assert "ZeroDivisionError" in page
    assert "complainant" in page


def _report(request: object, *, name: str) -> tuple[str, str]:
    form = QueryDict(mutable=True)
    form["complainant"] = name
    try:
        assert 1 / (len(name) - len(form["complainant"]))
    except ZeroDivisionError:
        reporter = ExceptionReporter(request, *sys.exc_info())  # type: ignore[arg-type]
        return reporter.get_traceback_html(), reporter.get_traceback_text()
    raise AssertionError("nothing broke")
