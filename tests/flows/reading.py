"""Reading a window as a person or a screen reader does: visible words, visible rows, visible pictures."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QListView, QWidget

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.practice import drawing
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.uploads.model import WORDS_ROLE


def words_of(widget: QWidget) -> str:
    """Every visible label, button and list row below `widget`, a line each."""
    return "\n".join(_lines(widget)) if widget.isVisible() else ""


def _lines(widget: QWidget) -> Iterator[str]:
    for child in (widget, *widget.findChildren(QWidget)):
        if not child.isVisible():
            continue
        if isinstance(child, QLabel) and child.text():
            yield child.text()
        elif isinstance(child, QAbstractButton):
            yield child.text() or child.accessibleName()
        elif isinstance(child, QListView):
            yield from rows_of(child)


def rows_of(listing: QListView) -> list[str]:
    """What a screen reader says of each row, and for the tray the painted words behind it."""
    return [_row_words(listing.model().index(row, 0)) for row in range(listing.model().rowCount())]


def _row_words(index: QModelIndex) -> str:
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
    painted = index.data(WORDS_ROLE)
    return f"{spoken}: {painted.title}. {painted.text}" if hasattr(painted, "title") else spoken


def button_of(widget: QWidget, words: str) -> QAbstractButton:
    """The visible, usable button with these words. Raises LookupError where there is none."""
    for button in widget.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and words in (button.text(), button.accessibleName()):
            return button
    raise LookupError(words)


def has_button(widget: QWidget, words: str) -> bool:
    try:
        return button_of(widget, words) is not None
    except LookupError:
        return False


def number_in(raster: Raster) -> int:
    """The number of one of Evelyn Longacre's photos, read from the pixels."""
    return drawing.number_of(png_of(raster_to_qimage(raster)))


def png_of(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Qt's stub asks for bytes; text is what it takes.
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
