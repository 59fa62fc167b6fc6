"""Text fields and choices: one-line field, the label-field-help column around it, and the drop-down."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import IconButton
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.keys import is_written
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.painting import key_hint_width, paint_box, paint_key_hint, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import common

FIELD_HEIGHT_PX = 40
_EDGE_PADDING_PX = 13  # the edge and 12 pixels
_ICON_PX = 20


class Field(QLineEdit):
    """One line of text, 40 high: icon left, key hint or clear button or error mark right.

    key_hint: shown while empty ("Ctrl F"). clearable: a clear button while there is text. secret: hidden letters and
    an eye to look. prefix: fixed grey text before the typing ("https://"). Signals are QLineEdit's, plus `cleared`.
    """

    cleared = Signal()

    def __init__(
        self,
        placeholder: str = "",
        icon: str | None = None,
        key_hint: str | None = None,
        *,
        clearable: bool = False,
        secret: bool = False,
        prefix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._keys, self._prefix, self._is_wrong = icon, key_hint, prefix, False
        self.setProperty("kit", "field")
        self.setFrame(False)
        self.setFont(fonts.styled(fonts.BODY))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFixedHeight(FIELD_HEIGHT_PX)
        self._clear = self._corner_button("close", common.clear(), self._clear_text) if clearable else None
        self._eye = self._corner_button("eye", common.show(), self._toggle_letters) if secret else None
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.textChanged.connect(self._refit)
        self._refit()

    def set_error(self, is_wrong: bool) -> None:
        """Red edge and the octagon. The sentence beneath is FieldColumn's; say it in words too."""
        self._is_wrong = is_wrong
        self._refit()

    def set_icon(self, icon: str | None) -> None:
        """Show an icon inside the field; None shows none."""
        self._icon_name = icon
        self._refit()

    def sizeHint(self) -> QSize:
        return QSize(240, FIELD_HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            line = "bad" if self._is_wrong else "accent" if self.hasFocus() else "edge"
            width = 2 if self._is_wrong or self.hasFocus() else 1
            fill, line = ("surface", line) if self.isEnabled() else ("sunken", "line2")
            paint_box(painter, QRectF(self.rect()), 8, fill, line, width)
            if self._icon_name:
                paint_icon(painter, self._icon_name, QRectF(_EDGE_PADDING_PX, 10, _ICON_PX, _ICON_PX), "ink3")
            if self._is_wrong:
                paint_icon(painter, "failed", QRectF(self._error_x(), 10, _ICON_PX, _ICON_PX), "bad")
            elif self._shows_keys():
                x = self.width() - _EDGE_PADDING_PX - key_hint_width(self._keys or "")
                paint_key_hint(painter, QPointF(x, self.height() / 2), self._keys or "")
            if self._prefix:
                painter.setFont(self.font())
                painter.setPen(color("ink3"))
                at = QRectF(self._text_left(), 1, 400, self.height())  # QLineEdit rounds its baseline down
                painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self._prefix)
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hasFocus() and is_written(event):  # the button in the corner had it; Space would press that next
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        super().keyPressEvent(event)

    def _corner_button(self, icon: str, name: str, action: object) -> IconButton:
        button = IconButton(icon, name, parent=self)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action)
        return button

    def _clear_text(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cleared.emit()

    def _toggle_letters(self) -> None:
        is_hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)
        if self._eye:
            self._eye.setAccessibleName(common.hide() if is_hidden else common.show())

    def _shows_keys(self) -> bool:
        return bool(self._keys) and not self.text() and not self._is_wrong and self._has_room_for_keys()

    def _has_room_for_keys(self) -> bool:
        """The placeholder goes first: a hint beside a cut sentence helps nobody."""
        words_px = QFontMetricsF(self.font()).horizontalAdvance(self.placeholderText())
        keys_px = key_hint_width(self._keys or "") + 8
        return self._text_left() + words_px + keys_px + _EDGE_PADDING_PX <= self.width()

    def _shown_corner(self) -> IconButton | None:
        return self._eye or (self._clear if self.text() else None)

    def _error_x(self) -> float:
        return self.width() - _EDGE_PADDING_PX - _ICON_PX - (28 if self._shown_corner() else 0)

    def _text_left(self) -> float:
        return _EDGE_PADDING_PX + (_ICON_PX + 8 if self._icon_name else 0)

    def _refit(self) -> None:
        right = float(_EDGE_PADDING_PX)
        if self._clear:
            self._clear.setVisible(bool(self.text()))
        if corner := self._shown_corner():
            corner.move(self.width() - 38, 4)
            right += 28
        if self._is_wrong:
            right += _ICON_PX + 8
        elif self._shows_keys():
            right += key_hint_width(self._keys or "") + 8
        prefix = QFontMetricsF(self.font()).horizontalAdvance(self._prefix) if self._prefix else 0
        # QLineEdit keeps 2 pixels of its own on either side.
        self.setTextMargins(int(self._text_left() + prefix) - 2, 0, int(right) - 2, 0)
        self.update()


class FieldColumn(QWidget):
    """Label above, field, and beneath it the help line, which an error replaces until it is taken back.

    The label and the shown line are the field's accessible name and description; an error is announced once.
    """

    def __init__(self, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self._hint = field, hint
        self._label = Label(label, fonts.SECOND_STRONG)
        self._label.setBuddy(field)
        self._line = _HelpLine()
        field.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._label, field, self._line):
            column.addWidget(part)
        self._show(hint, is_error=False)

    def set_hint(self, hint: str) -> None:
        """Show this help line beneath the field, in place of an error."""
        self._hint = hint
        self.set_error(None)

    def set_error(self, sentence: str | None) -> None:
        """Show what is wrong and what would be right ("Not a web address. Like clinic.md-hq.com"); None clears."""
        if isinstance(self.field, Field):
            self.field.set_error(sentence is not None)
        self._show(self._hint if sentence is None else sentence, is_error=sentence is not None)
        if sentence:
            announce(self, sentence, assertive=True)

    def _show(self, text: str, *, is_error: bool) -> None:
        self._line.show_line(text, is_error=is_error)
        self._line.setVisible(bool(text))
        self.field.setAccessibleDescription(text)


class _HelpLine(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._is_error = False
        self._text = Label("", fonts.HINT, "ink3", wraps=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._text)

    def show_line(self, text: str, *, is_error: bool) -> None:
        self._is_error = is_error
        self._row.setContentsMargins(20 if is_error else 0, 0, 0, 0)
        self._text.setText(text)
        self._text.set_ink("bad" if is_error else "ink3")

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._is_error:
            with painting(self) as painter:
                paint_icon(painter, "failed", QRectF(0, 0, 16, 16), "bad")


class Select(RingsOnFocus, QComboBox):
    """A drop-down that looks like a field. Items may carry a second line under `Qt.UserRole + 1`; it is not shown."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFont(fonts.styled(fonts.BODY))
        self.setFixedHeight(FIELD_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def sizeHint(self) -> QSize:
        return QSize(240, FIELD_HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and self.isEnabled()
        ink = "ink" if self.isEnabled() else "off"
        with painting(self) as painter:
            fill = "hover" if is_hovered else "surface" if self.isEnabled() else "sunken"
            paint_box(painter, QRectF(self.rect()), 8, fill, "edge" if self.isEnabled() else "line2")
            painter.setFont(self.font())
            painter.setPen(color(ink))
            at = QRectF(_EDGE_PADDING_PX, 0, self.width() - 2 * _EDGE_PADDING_PX - 28, self.height())
            text = QFontMetricsF(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)
            paint_icon(painter, "down", QRectF(self.width() - 32, 10, _ICON_PX, _ICON_PX), "ink2")
