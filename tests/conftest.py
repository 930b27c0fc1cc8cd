"""What every test needs: a clean memory of what is kept between requests."""

from __future__ import annotations

import pytest

from xiaoneng.catalogue import queries as catalogue


@pytest.fixture(autouse=True)
def _forget_editions() -> None:
    """Editions of items never change in service, but every test makes its own."""
    catalogue.facts.cache_clear()
