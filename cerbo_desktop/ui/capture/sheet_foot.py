"""The foot of the capture sheet: the consent, and the one button that sends."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.first_look import FirstLook
from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility, takes_enter
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.keys import ENTER_KEYS, tell_of_news
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.toggles import CheckBox
from cerbo_desktop.ui.text import capture as words, common

_BUTTON_TEXT_PX = (16, 14, 13)
"""The Send button's letters shrink before a long name is left out."""
_CONSENT_PX = 240
"""Of a narrow sheet: the words of the consent take more lines then."""


class ConsentRow(QWidget):
    """The tick that comes before sending. Its second line turns into the request to tick."""

    toggled = Signal(bool)

    def __init__(self, agreed: str, parent: QWidget | None = None) -> None:
        """`agreed` says who agreed to the photos."""
        super().__init__(parent)
        self.box = CheckBox()
        self.box.setAccessibleName(agreed)
        self._where_to = words.goes_to_queue()
        self.box.setAccessibleDescription(self._where_to)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.toggled.connect(self._toggled)
        self._line = Label(self._where_to, fonts.SECOND, "ink2", wraps=True)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Label(agreed, fonts.TypeStyle(14, 20, 500), wraps=True))
        said.addWidget(self._line)
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)  # the box has a margin of its own
        row.addWidget(self.box)
        row.addLayout(said, 1)

    def show_where_to(self, sentence: str) -> None:
        """What becomes of the photos: said wherever nothing else is to be said."""
        before, self._where_to = self._where_to, sentence
        self.box.setAccessibleDescription(sentence)
        self.take_back(before)

    def ask(self) -> None:
        """Say that the tick is missing, and put the focus there."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.say(words.tick_consent())

    def say(self, sentence: str) -> None:
        """In the second line, until something else is to be said there."""
        self._show(sentence, "bad")
        announce(self.box, sentence, assertive=True)

    def take_back(self, sentence: str) -> None:
        """Take a sentence away again that no longer holds, if it still stands there."""
        if self._line.text() == sentence:
            self.be_quiet()

    def be_quiet(self) -> None:
        """Say where the photos go, in place of asking for the consent."""
        self._show(self._where_to, "ink2")

    def _show(self, sentence: str, ink: str) -> None:
        self._line.setText(sentence)
        self._line.set_ink(ink)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.box.toggle()
        event.accept()

    def _toggled(self, is_on: bool) -> None:
        self.be_quiet()
        self.toggled.emit(is_on)


class SheetFoot(QWidget):
    """Consent, Cancel, Send. `send_pressed` fires only with the consent ticked and something to send."""

    send_pressed = Signal()
    send_pressed_early = Signal()
    """While the window for choosing files is in front."""
    cancel_pressed = Signal()

    def __init__(self, patient: Patient, *, is_minor: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patient, self._shown = patient, (0, 0, 0, 0, False)
        self._count, self._saving_count, self._could_count = 0, 0, 0
        self._is_kept_here = self._has_sent = self.is_done = False
        self.first_look = FirstLook(self)
        self.setMinimumHeight(72)
        self.consent = ConsentRow(words.consent(is_minor=is_minor))
        self.first_look.ended.connect(lambda: self.consent.take_back(words.look_first(CAPTURE.key("send"))))
        self.cancel = Button(common.cancel(), "quiet", size=48)
        self.send = Button("", "primary", "send", size=48)
        for button in (self.cancel, self.send):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.clicked.connect(self.cancel_pressed)
        self.send.clicked.connect(self.press_send)
        self.send.installEventFilter(self)
        for button in (self.cancel, self.send):
            KeyHintVisibility(button, CAPTURE, takes_enter)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 4, 24, 4)
        row.setSpacing(16)
        row.addWidget(self.consent, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        self._show_counts()

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """How many photos would go out, and how many of them are being saved since Send was pressed."""
        self.first_look.show_shots(shots)
        shown = (
            len(shots),
            sum(shot.goes_out for shot in shots),
            sum(shot.is_being_sent for shot in shots),
            sum(not shot.is_refused for shot in shots),
            self._has_sent,
        )
        if shown != self._shown:
            self._shown = shown
            self._show_counts()

    def _show_counts(self) -> None:
        shot_count, self._count, self._saving_count, self._could_count, has_sent = self._shown
        is_over = bool(shot_count) and not self._could_count
        self.cancel.setText(common.close() if is_over or has_sent else common.cancel())
        self._show_done(has_sent and not self._count and not self._saving_count)
        is_ready = self._count > 0 and not self._saving_count
        self.send.setEnabled(is_ready)
        self.send.set_kind("primary" if is_ready else "secondary")
        self._name_send()
        self._fit()

    def show_safe_count(self, count: int) -> None:
        """How many photos of this sheet are safe: once there are some, nothing is cancelled any more."""
        self._has_sent = count > 0

    def _show_done(self, is_done: bool) -> None:
        """Something was sent and nothing more is chosen: Close is what the work goes on with, by Enter too."""
        if is_done and not self.is_done:
            tell_of_news(self.window())
        self.is_done = is_done
        if is_done and self.send.hasFocus():
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.send.setVisible(not is_done)
        self.cancel.set_kind("primary" if is_done else "quiet")
        self.cancel.set_key_hint(CAPTURE.key("send") if is_done else None)

    def show_kept_here(self, is_kept_here: bool) -> None:
        """Say that photos stay on this PC for now, while Cerbo can't take them; or that they are sent."""
        if is_kept_here != self._is_kept_here:
            self._is_kept_here = is_kept_here
            self.consent.show_where_to(words.stays_here_for_now() if is_kept_here else words.goes_to_queue())
            self._name_send()
            self._fit()

    def press_send(self) -> None:
        """As if Send was pressed by a click."""
        if not self.send.isEnabled():
            return
        if self.first_look.is_covered:
            self.send_pressed_early.emit()
            return
        if self.consent.box.isChecked():
            self.consent.be_quiet()
            self.send_pressed.emit()
        else:
            self.consent.ask()

    def press_send_by_key(self) -> None:
        """As `press_send`, but not before a person can have seen every photo."""
        self.first_look.heed_press()
        is_early = self.send.isEnabled() and self.consent.box.isChecked() and not self.first_look.is_over
        if not is_early or self.first_look.is_covered:
            self.press_send()
        elif self.first_look.is_checking:
            self.consent.say(words.still_checking(CAPTURE.key("send")))
        else:
            self.consent.say(words.look_first(CAPTURE.key("send")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that would press Send while it has the focus."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (*ENTER_KEYS, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.press_send_by_key()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = _CONSENT_PX + self.cancel.sizeHint().width() + 2 * 24 + 2 * 16
        room = max(240, self.width() - taken)
        is_saving = self._saving_count > 0
        self.send.set_key_hint(CAPTURE.key("send") if self.send.isEnabled() else None)
        self.send.setText(words.saving(self._saving_count) if is_saving else self._full_words())
        for size_px in _BUTTON_TEXT_PX:
            self.send.setFont(fonts.font(size_px, 600))
            if self.send.sizeHint().width() <= room:
                return
        if self._count and not is_saving:
            self.send.set_key_hint(None)
            self.send.setText(self._short_words())

    def _full_words(self) -> str:
        if self._is_kept_here:
            return words.keep(self._count, self._patient, self._could_count)
        return words.send(self._count, self._patient)

    def _short_words(self) -> str:
        if self._is_kept_here:
            return words.keep_without_name(self._count, self._patient.born, self._could_count)
        return words.send_without_name(self._count, self._patient.born)

    def _name_send(self) -> None:
        spoken = words.keep_spoken if self._is_kept_here else words.send_spoken
        name = words.saving(self._saving_count) if self._saving_count else spoken(self._count, self._patient)
        self.send.setAccessibleName(name)
