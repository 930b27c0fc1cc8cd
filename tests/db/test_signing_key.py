"""The key of the office: from the settings, or made once where it is not production."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.pure.ledger.office import SIGNER, SITE, VKEY
from xiaoneng.ledger import access, actions


def test_the_key_comes_from_the_settings(settings: object) -> None:
    settings.SIGNING_KEY = base64.b64encode(SIGNER.seed).decode()  # type: ignore[attr-defined]
    settings.SITE = SITE  # type: ignore[attr-defined]
    assert actions.signer() == SIGNER
    assert access.vkey() == VKEY


@pytest.mark.parametrize("key", ["c2VjcmV0,", base64.b64encode(bytes(31)).decode()])
def test_a_key_that_is_none_is_refused_without_being_shown(settings: object, key: str) -> None:
    settings.SIGNING_KEY = key  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="not base64 of a 32-byte") as refused:
        actions.signer()
    assert key not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_key_is_made_once_outside_production_and_only_its_owner_reads_it(
    settings: object, tmp_path: Path
) -> None:
    settings.SIGNING_KEY, settings.STATE = "", tmp_path / "state"  # type: ignore[attr-defined]
    made = actions.signer()
    assert actions.signer() == made
    kept = list((tmp_path / "state").iterdir())
    assert [file.name for file in kept] == ["signing.key"]
    assert kept[0].stat().st_mode & 0o777 == 0o600
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="XIAONENG_SIGNING_KEY is not set"):
        actions.signer()
