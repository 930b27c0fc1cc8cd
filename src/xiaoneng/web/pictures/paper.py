"""Pictures drawn on the server (服务器绘图): for print, for who has no script, for reports."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import noto_cjk_sans_otc
import vl_convert

from xiaoneng.web.pictures.colours import Spec, on_paper

FONT = "Noto Sans CJK SC"


def drawn(spec: Spec) -> str:
    """Return a Vega specification as SVG; text is set in the CJK face that is shipped."""
    _faces()
    config = {"text": {"font": FONT}, "title": {"font": FONT}}
    return str(vl_convert.vega_to_svg({**on_paper(spec), "config": config}))


@lru_cache(maxsize=1)
def _faces() -> None:
    vl_convert.register_font_directory(str(Path(noto_cjk_sans_otc.__file__).parent))
