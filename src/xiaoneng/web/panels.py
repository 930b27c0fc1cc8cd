"""Panels of the matter page: what one procedure shows beside the three answers, the clocks and the timeline.

A procedure adds a panel, not a page set: a function from a matter as it reads now, and who looks, to panels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xiaoneng.web import complaint_panel, exhibit_panel
from xiaoneng.web.panel_parts import Onlooker, Panel
from xiaoneng.web.showing import View

PANELS: Mapping[str, Callable[[View, Onlooker], tuple[Panel, ...]]] = {
    "complaint": complaint_panel.panels,
}
"""What each procedure shows, by its key, before the photographs, which any may have."""


def panels_of(view: View, who: Onlooker) -> tuple[Panel, ...]:
    """Return the panels of a matter for whoever looks."""
    found = PANELS.get(view.dossier.procedure.key)
    return (*(found(view, who) if found else ()), *exhibit_panel.panels(view, who))
