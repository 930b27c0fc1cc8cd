"""Error reports that tell nobody's secrets: what was sent, and what variables held, is withheld from every report.

A complainant's name, a passphrase or a code may be in any form and in any frame, so none is let through; where a
report says which line failed and why, that is enough.
"""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

WITHHELD = "…"


class Withholding(SafeExceptionReporterFilter):
    """Withholds every value sent and every local variable, whatever the view said of itself."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Return true: also while debugging, where real complaints may have been loaded."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return the names of what was sent, without the values."""
        return dict.fromkeys(request.POST, WITHHELD) if request is not None else {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        """Return the names of a frame's variables, without the values."""
        return dict.fromkeys(tb_frame.f_locals, WITHHELD).items()
