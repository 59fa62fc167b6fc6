"""Where a text may not be parted, and what is not painted at the end of a line."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QTextLayout

_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:KB|MB|GB|s|min|px)\b)")
_DOT = "·"


def with_units_kept(text: str) -> str:
    """The same letters, of which a number and its unit stay on one line."""
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text)


def dots_at_line_ends(layout: QTextLayout) -> Iterator[int]:
    """Where in the text the dots stand that part two facts and end a line: the next fact stands on another one."""
    for number in range(layout.lineCount() - 1):
        line = layout.lineAt(number)
        end = len(layout.text()[: line.textStart() + line.textLength()].rstrip())
        if layout.text()[:end].endswith(_DOT):
            yield end - 1


def place_lines(layout: QTextLayout, width: float, line_px: int, metrics: QFontMetricsF) -> None:
    """Break the text into lines of this width, each of them `line_px` high."""
    lead = (line_px - metrics.height()) / 2
    top = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top + lead))
        top += line_px
    layout.endLayout()
