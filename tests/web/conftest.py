from __future__ import annotations

import pytest

from tests.browser import browser, open_page, plain_static_files, visit
from xiaoneng.cli.messages import compile_catalogues

__all__ = ["browser", "open_page", "plain_static_files", "visit"]


@pytest.fixture(autouse=True, scope="session")
def compiled_messages() -> None:
    compile_catalogues()
