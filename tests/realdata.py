"""Where the real logs, messages, notices and laws lie: in no checkout, but in `shared/data` beside it or further up."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _found() -> Path:
    """Return what XIAONENG_DATA says, else the nearest `shared/data` above this checkout, be it there or not."""
    if told := os.environ.get("XIAONENG_DATA"):
        return Path(told)
    places = [folder / "shared" / "data" for folder in ROOT.parents]
    return next((place for place in places if place.is_dir()), places[0])


DATA = _found()
