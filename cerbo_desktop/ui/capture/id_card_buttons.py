"""The buttons of the ID photo card: those beside the live view, and those beside a photo to be kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.ui.capture.send_to_button import MAIN_BUTTON_PX, SendToButton
from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility, KeyNameUpdater, takes_enter, takes_space
from cerbo_desktop.ui.commands.tables import ID_CARD
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.text import camera, id_photo as words


class IdCardButtons(QStackedWidget):
    """Take and Not now, or Send, Retake and Discard."""

    def __init__(self, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take = Button(camera.take_photo(), "primary", "camera", ID_CARD.key("take"), 48)
        self.take.setFixedHeight(MAIN_BUTTON_PX)
        self.not_now = Button(words.not_now(), key_hint=ID_CARD.key("dismiss"))
        self.send = SendToButton(patient)
        self.retake = Button(words.retake(), icon="retry", key_hint=ID_CARD.key("retake"))
        self.discard = Button(words.discard(), key_hint=ID_CARD.key("dismiss"))
        for button in (self.take, self.not_now, self.send, self.retake, self.discard):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(_stacked(self.take, self.not_now))
        self.addWidget(_stacked(self.send, self.retake, self.discard))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        KeyHintVisibility(self.take, ID_CARD, takes_space)
        KeyHintVisibility(self.send, ID_CARD, takes_enter)
        for of_letter_or_esc in (self.retake, self.discard):
            KeyHintVisibility(of_letter_or_esc, ID_CARD)
        KeyNameUpdater(self, lambda rules: self.retake.set_key_hint(rules.key(ID_CARD["retake"]) or None))

    def show_live(self) -> None:
        """Show those that belong to the camera's picture."""
        self.setCurrentIndex(0)

    def show_kept(self) -> None:
        """Show those that decide about the photo just taken."""
        self.setCurrentIndex(1)

    @property
    def width_beside_each_other(self) -> int:
        """The least width, in pixels, in which no button has to go beneath its neighbour."""
        rows = self.findChildren(FittingRow)
        return max(self.minimumSizeHint().width(), *(row.sizeHint().width() for row in rows))

    def show_saving(self, is_saving: bool) -> None:
        """Let nothing be decided until the photo is safe on this PC."""
        for button in (self.send, self.retake, self.discard):
            button.setEnabled(not is_saving)


def _stacked(main: QWidget, *others: QWidget) -> QWidget:
    """The big one above, the others beside each other beneath it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in (main, FittingRow(others, align=Qt.AlignmentFlag.AlignJustify)):
        column.addWidget(part)
    return made
