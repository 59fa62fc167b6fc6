"""A sheet: a dialog inside the window over a dimmed ground. Never a nested loop; several may lie on each other."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from cerbo_desktop.ui.commands.command import When
from cerbo_desktop.ui.commands.rules import ScanGuard
from cerbo_desktop.ui.commands.tables import MAIN
from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.kit.focus_keeper import FocusPosition
from cerbo_desktop.ui.kit.keys import tell_of_news
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.shadow import paint_shadow
from cerbo_desktop.ui.kit.sheet_room import room_in
from cerbo_desktop.ui.kit.theme import color, current

SHEET_SIZE_PX = QSize(1232, 816)
_MARGIN_PX, _LOW_MARGIN_PX = 26, 8
_LOW_UNDER_PX = 400
_FILLS_UNDER_PX = 1100
_RISE_PX, _WITHIN_PX = 8, 24


class _Scrim(QWidget):
    """The dimmed ground: covers the window, takes every click, follows the window's size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.opacity = 0.0
        self.sheet_rect = QRect()
        self.casts_shadow = True
        self.setGeometry(window.rect())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the sheet leaves over is not for the window behind, but for commands that work everywhere."""
        row = MAIN.row_of(event)
        event.setAccepted(row is None or row.when is not When.ALWAYS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            # Only what the sheet does not hide, wherever it is in its movement.
            hidden = self.sheet_rect.adjusted(_WITHIN_PX, _WITHIN_PX, -_WITHIN_PX, -_WITHIN_PX)
            painter.setClipRegion(QRegion(self.rect()) - QRegion(hidden))
            painter.fillRect(self.rect(), color("scrim", self.opacity))
            if self.casts_shadow:
                paint_shadow(painter, self.sheet_rect, self.opacity, current().is_dark)


class Sheet(QDialog):
    """Put a layout on it, then `open_over(window)`. Readers meet a dialog with the given name.

    `on_escape` (default: `dismiss`) is asked when Esc is pressed; put your own question there. `dismissed` fires once
    the sheet is on its way out and the focus is back where it was. The sheet deletes itself afterwards.
    """

    dismissed = Signal()
    covered = Signal()
    """Another sheet has opened over this one."""

    # On the class, for the collector empties the sheets of a dropped window before Qt destroys it, and Qt still asks
    # (no upstream report was found).
    _window: QWidget | None = None
    _scrim: _Scrim | None = None
    _is_open = False

    def __init__(self, accessible_name: str, size: QSize = SHEET_SIZE_PX) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self.setProperty("kit", "sheet")
        self.on_escape: Callable[[], None] = self.dismiss
        self._wanted = size
        self._opener: FocusPosition | None = None
        self._fills = False
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self._slide.finished.connect(self._slid_out)

    @property
    def is_open(self) -> bool:
        """From `open_over` until it is dismissed."""
        return self._is_open

    def open_over(self, widget: QWidget, first_focus: QWidget | None = None) -> None:
        """Show inside the window of `widget`; `first_focus` or the first control gets the focus."""
        self._window = widget.window()
        opener = QApplication.focusWidget()
        self._opener = FocusPosition(opener) if opener is not None else None
        below = open_sheet(self._window)
        self._scrim = _Scrim(self._window)
        self.setParent(self._scrim, Qt.WindowType.Widget)
        if self.findChild(ScanGuard, options=Qt.FindChildOption.FindDirectChildrenOnly) is None:
            ScanGuard(self, MAIN)  # a reader's keys press no button of a question either
        self._window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._keep_focus)  # type: ignore[union-attr]
        self._is_open = True
        self._place()
        self._scrim.show()
        self._scrim.raise_()
        self.show()
        tell_of_news(self._window)
        if below is not None:
            below.covered.emit()
        (first_focus or self._first_control() or self).setFocus(Qt.FocusReason.OtherFocusReason)
        self._run(motion.SHEET_IN_MS, 0.0, 1.0)

    def dismiss(self) -> None:
        """Close, give the focus back to the opener, tell `dismissed`. Safe to call twice."""
        if not self._is_open:
            return
        self._is_open = False
        app = QApplication.instance()
        app.focusChanged.disconnect(self._keep_focus)  # type: ignore[union-attr]
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
            tell_of_news(self._window)
        if self._opener is not None and (successor := self._opener.successor()) is not None:
            successor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setEnabled(False)
        self.dismissed.emit()
        self._run(motion.SHEET_OUT_MS, 1.0, 0.0)

    def reject(self) -> None:
        self.on_escape()

    def resize_to(self, size: QSize) -> None:
        """Wish for another size; the window's room still limits it."""
        self._wanted = size
        self._place()

    def sizeHint(self) -> QSize:
        return self._wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes round inside the sheet."""
        start = QApplication.focusWidget()
        at = start if start is not None and self.isAncestorOf(start) else self
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        if (goal := self._control_from(at, is_forward=next)) is not None:
            goal.setFocus(reason)
        elif not at.isVisible():  # the last one has gone
            self.setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.on_escape()
            event.accept()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # QDialog would press a default button
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            if self._fills:
                painter.fillRect(self.rect(), color("surface"))
            else:
                paint_box(painter, QRectF(self.rect()), 16, "surface", "line2")

    def _place(self) -> None:
        if self._scrim is None or self._window is None:
            return
        self._scrim.setGeometry(self._window.rect())
        room = room_in(self._window)
        self._fills = self._wanted == SHEET_SIZE_PX and room.width() < _FILLS_UNDER_PX
        if self._fills:
            rect = room
        else:
            margin_px = _MARGIN_PX if room.height() >= _LOW_UNDER_PX else _LOW_MARGIN_PX
            size = self._wanted.boundedTo(room.size() - QSize(2 * margin_px, 2 * margin_px))
            rect = QRect(QPoint(0, 0), size)
            rect.moveCenter(room.center())
        self._scrim.sheet_rect, self._scrim.casts_shadow = rect, not self._fills
        self.setGeometry(rect)
        self._scrim.update()

    def _run(self, wanted_ms: int, start: float, end: float) -> None:
        self._slide.stop()
        self._slide.setStartValue(start)
        self._slide.setEndValue(end)
        duration_ms = motion.duration_ms(wanted_ms)
        if duration_ms:
            self._slide.setDuration(duration_ms)
            self._slide.start()
        else:
            self._slid(end)
            self._slid_out()

    def _slid(self, shown: float) -> None:
        if self._scrim is None:
            return
        self._scrim.opacity = shown
        rise = 0 if self._fills else round((1 - shown) * _RISE_PX)
        self.move(self._scrim.sheet_rect.topLeft() + QPoint(0, rise))
        self._scrim.update()

    def _slid_out(self) -> None:
        if not self._is_open and self._scrim is not None:
            scrim, self._scrim = self._scrim, None
            scrim.hide()
            scrim.deleteLater()

    def _first_control(self) -> QWidget | None:
        return self._control_from(self, is_forward=True)

    def _control_from(self, start: QWidget, *, is_forward: bool) -> QWidget | None:
        """The next control of this sheet in the focus chain, which runs in a ring through the whole window."""
        at = _neighbour(start, is_forward)
        while at is not None and at is not start:
            if self._takes_tab(at):
                return at
            at = _neighbour(at, is_forward)
        return None

    def _takes_tab(self, widget: QWidget) -> bool:
        accepts = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        return accepts and widget.isEnabled() and self.isAncestorOf(widget) and widget.isVisibleTo(self)

    def _keep_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A view behind that takes the focus by program gives it back to the sheet on top."""
        if now is None or self._scrim is None or now.window() is not self._window:
            return
        if open_sheet(self._window) is self and not self.isAncestorOf(now) and now is not self:
            (self._first_control() or self).setFocus(Qt.FocusReason.OtherFocusReason)


def _neighbour(widget: QWidget, is_forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if is_forward else widget.previousInFocusChain()


def open_sheet(widget: QWidget) -> Sheet | None:
    """The topmost open sheet in the window of `widget`, for window shortcuts that must rest while one is open."""
    for child in reversed(widget.window().children()):
        if isinstance(child, _Scrim):
            for sheet in child.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if sheet.is_open:
                    return sheet
    return None
