"""Whether texts have room: cut, elided without a tooltip, beyond the edge of what is around them, over each other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QBuffer, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QScrollArea, QScrollBar, QWidget

from cerbo_desktop.ui.kit.buttons import Button

_ROUNDED_PX = 1
_LEAST_LETTER_PX, _PIXELS_AN_INCH = 12, 96
_TEXT = "{http://www.w3.org/2000/svg}text"


def visible(part: QWidget) -> list[QWidget]:
    """A part and what is in it, as far as it is shown."""
    return [each for each in (part, *part.findChildren(QWidget)) if each.isVisible()]


def troubles(part: QWidget) -> Iterator[str]:
    """Each text without room, in words for whoever mends it."""
    shown = visible(part)
    texts = [each for each in shown if isinstance(each, QLabel | QAbstractButton | QLineEdit)]
    for widget in texts:
        if why := _cut(widget) or _beyond(widget, part):
            yield f"{why}: {_told(widget)}"
    for bar in shown:
        if isinstance(bar, QScrollBar) and bar.orientation() is Qt.Orientation.Horizontal and bar.maximum():
            yield f"a horizontal scroll bar: {_told(bar)}"
    yield from _overlaps(texts)


def hidden_primaries(part: QWidget) -> Iterator[str]:
    """Each primary button that nobody sees whole without scrolling."""
    yield from _hidden(each for each in visible(part) if isinstance(each, Button) and each.is_primary)


def hidden_buttons(part: QWidget) -> Iterator[str]:
    """Each button that is beyond the window, where nobody can scroll to it."""
    yield from _hidden(each for each in visible(part) if isinstance(each, QAbstractButton) and not _is_scrolled(each))


def small_letters(part: QWidget) -> Iterator[str]:
    """Each text that is painted in letters of less than 12 pixels, by whatever paints it."""
    for size_px, text in painted_texts(part):
        if size_px < _LEAST_LETTER_PX:
            yield f"letters of {size_px:g} pixels: {text!r}"


def painted_texts(part: QWidget) -> Iterator[tuple[float, str]]:
    """Each line that is painted, with the size of its letters, by whatever paints it."""
    drawing, painted = QBuffer(), QSvgGenerator()
    drawing.open(QBuffer.OpenModeFlag.WriteOnly)
    painted.setOutputDevice(drawing)
    painted.setResolution(_PIXELS_AN_INCH)
    with _without_pictures():
        part.render(painted)
    for element in ElementTree.fromstring(bytes(drawing.data().data())).iter(_TEXT):
        yield float(element.get("font-size", "0")), (element.text or "").strip()


@contextmanager
def _without_pictures() -> Iterator[None]:
    """They say no words, and the drawing would pack each of them: a fourth of the time of these tests."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("drawImage", "drawPixmap"):
            patched.setattr(QPainter, name, lambda *_: None)
        yield


def _hidden(buttons: Iterable[QWidget]) -> Iterator[str]:
    for button in buttons:
        whole = button.rect().translated(button.mapTo(button.window(), QPoint()))
        if _seen(button).intersected(button.window().rect()) != whole:
            yield f"out of view: {_told(button)} at {_as_text(whole)}"


def _is_scrolled(widget: QWidget) -> bool:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QAbstractScrollArea):
        around = around.parentWidget()
    return around is not None


def _cut(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    if not text:
        return ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return _cut_in_lines(widget, text)
    hint = widget.minimumSizeHint().width() if isinstance(widget, QAbstractButton) else widget.sizeHint().width()
    is_narrow, is_low = widget.width() + _ROUNDED_PX < hint, widget.height() + _ROUNDED_PX < widget.sizeHint().height()
    is_told_whole = text in (widget.toolTip(), widget.accessibleName())
    if is_narrow and not is_told_whole:
        return f"{widget.width()} wide, and {hint} is needed"
    return "not high enough" if is_low else ""


def _cut_in_lines(label: QLabel, text: str) -> str:
    needed = label.heightForWidth(label.width())
    if label.height() + _ROUNDED_PX < needed:
        return f"{label.height()} high, and {needed} is needed"
    margins, metrics = label.contentsMargins(), QFontMetricsF(label.font())
    inner = label.width() - margins.left() - margins.right() + _ROUNDED_PX
    broken = [word for word in re.split(r"[\s~]+", text) if metrics.horizontalAdvance(word) > inner]
    return f"{broken} broken in {inner}" if broken else ""


def _beyond(widget: QWidget, part: QWidget) -> str:
    """Beyond something around it, where nobody can scroll to it."""
    rect, around = QRect(QPoint(), widget.size()), widget
    while around is not part and (parent := around.parentWidget()) is not None:
        rect.translate(around.pos())
        around = parent
        if not _room_in(around, rect).contains(rect):
            return f"{_as_text(rect)} beyond {type(around).__name__} {_as_text(around.rect())}"
        if (rect := rect.intersected(around.rect())).isEmpty():
            return ""
    return ""


def _room_in(around: QWidget, rect: QRect) -> QRect:
    """Where something may lie: below and above its edges too where one can scroll."""
    room = around.rect().adjusted(-_ROUNDED_PX, -_ROUNDED_PX, _ROUNDED_PX, _ROUNDED_PX)
    area = around.parentWidget()
    if isinstance(area, QScrollArea) and area.viewport() is around:
        room.setTop(min(room.top(), rect.top()))
        room.setBottom(max(room.bottom(), rect.bottom()))
    return room


def _overlaps(texts: Sequence[QWidget]) -> Iterator[str]:
    placed = [(each, _seen(each)) for each in texts if isinstance(each, QAbstractButton) or _says(each)]
    for (one, first), (other, second) in combinations(placed, 2):
        common = first.intersected(second)
        is_within = one.isAncestorOf(other) or other.isAncestorOf(one)
        if min(common.width(), common.height()) > _ROUNDED_PX and not is_within:
            yield f"{_told(one)} is over {_told(other)}"


def _seen(widget: QWidget) -> QRect:
    """The part that is not scrolled away, in the window's own coordinates."""
    rect = widget.rect().translated(widget.mapTo(widget.window(), QPoint()))
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around.parentWidget(), QAbstractScrollArea):
            rect = rect.intersected(around.rect().translated(around.mapTo(around.window(), QPoint())))
        around = around.parentWidget() if not around.isWindow() else None
    return rect


def _says(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit) or (isinstance(widget, QLabel) and bool(widget.text()))


def _told(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {text or widget.accessibleName()!r}"


def _as_text(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
