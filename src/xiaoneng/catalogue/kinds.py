"""Kinds of service item (事项类型) by the codes of GB/T 39046-2020; knows no item."""

from __future__ import annotations

from xiaoneng.law.phrase import Phrase

KINDS = {
    "01": Phrase("行政许可", "Licence"),
    "02": Phrase("行政处罚", "Penalty"),
    "03": Phrase("行政强制", "Compulsion"),
    "04": Phrase("行政征收", "Levy"),
    "05": Phrase("行政给付", "Benefit"),
    "06": Phrase("行政检查", "Inspection"),
    "07": Phrase("行政确认", "Confirmation"),
    "08": Phrase("行政奖励", "Reward"),
    "09": Phrase("行政裁决", "Ruling"),
    "10": Phrase("其他行政权力", "Other power"),
    "20": Phrase("公共服务", "Public service"),
}
"""What a kind is called; a code that is not listed is shown as it stands."""
