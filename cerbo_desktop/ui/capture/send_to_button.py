"""The ID photo's Send button, which repeats both identifiers."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.commands.tables import ID_CARD
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.key_hint import ButtonWithKey
from cerbo_desktop.ui.kit.painting import key_hint_width, paint_box, paint_key_hint, painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import capture, id_photo, keys, patients

MAIN_BUTTON_PX = 56
_LEAST_WIDTH_PX = 240
"""Room for the date of birth; a long name ends in “…”."""


class SendToButton(RingsOnFocus, ButtonWithKey):
    """The one filled button: whom it goes to in the first line, the date of birth in the second."""

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patient = patient
        self._born = patients.date_of_birth(patient.born)
        self.show_kept_here(False)
        self.setAccessibleDescription(keys.hint(ID_CARD.key("send")))
        self.setToolTip(capture.patient_and_birth(patient))
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(MAIN_BUTTON_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_kept_here(self, is_kept_here: bool) -> None:
        """Say that the photo stays on this PC for now, while Cerbo can't take it; or that it is sent."""
        self._name = (id_photo.keep_for if is_kept_here else id_photo.send_to)(self._patient)
        self.setAccessibleName((capture.keep_spoken if is_kept_here else capture.send_spoken)(1, self._patient))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(312, MAIN_BUTTON_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH_PX, MAIN_BUTTON_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = "accent_press" if self.isDown() else "accent_hover" if self.underMouse() else "accent"
        fill, ink = (fill, "on_accent") if self.isEnabled() else ("sunken", "ink3")
        keys_x = self.width() - 16 - key_hint_width(ID_CARD.key("send"))
        text = QRectF(52, 8, keys_x - 60, 20)
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 8, fill)
            paint_icon(painter, "send", QRectF(18, self.height() / 2 - 10, 20, 20), ink)
            painter.setPen(color(ink))
            size_px = next((px for px in (16, 14, 13) if self._width(px) <= text.width()), 12)
            painter.setFont(fonts.font(size_px, 600))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._name_within(text.width(), size_px))
            painter.setFont(fonts.font(13, 500))
            painter.drawText(text.translated(0, 20), Qt.AlignmentFlag.AlignVCenter, self._born)
            if not (self._shows_key and self.isEnabled()):
                return
            line = color(ink, 0.45).name(color(ink).NameFormat.HexArgb)
            paint_key_hint(painter, QPointF(keys_x, self.height() / 2), ID_CARD.key("send"), ink, line, None)

    def _width(self, size_px: int) -> float:
        return QFontMetricsF(fonts.font(size_px, 600)).horizontalAdvance(self._name)

    def _name_within(self, width_px: float, size_px: int) -> str:
        return QFontMetricsF(fonts.font(size_px, 600)).elidedText(self._name, Qt.TextElideMode.ElideRight, width_px)
