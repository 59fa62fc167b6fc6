"""Where a delegate has to break a text, so that it paints all of it."""

from functools import lru_cache

from PySide6.QtGui import QTextLayout, QTextOption

from cerbo_desktop.ui.kit import fonts


@lru_cache(maxsize=512)
def lines_of(text: str, style: fonts.TypeStyle, width_px: int) -> tuple[str, ...]:
    """The lines of `text` as they fit into the width; none for no text."""
    layout = QTextLayout(text, fonts.styled(style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width_px))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return tuple(line for line in lines if line)
