"""Cards with buttons: the few uploads that need a person, and the one on the line."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.domain.ids import PhotoId, UploadId
from cerbo_desktop.domain.upload import Upload, UploadProblem, UploadState
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button, IconButton
from cerbo_desktop.ui.kit.fitting_row import FittingRow
from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import paint_box, painting
from cerbo_desktop.ui.kit.picture import Picture
from cerbo_desktop.ui.kit.sliders import ProgressLine
from cerbo_desktop.ui.text import common, deletions, numbers, patients, tray, upload_questions
from cerbo_desktop.ui.text.uploads import recipient_spoken
from cerbo_desktop.ui.uploads.card_words import card_words, spoken
from cerbo_desktop.ui.uploads.pictures import TwoPictures


class UploadCard(RingsOnFocus, QFrame):
    """One upload with what can be done about it. `show_upload` follows the same upload through its states.

    `time` is the hour of the day to print. While the app looks for its photo, the card itself holds the focus that was
    on one of its buttons, and gives it back to the same button.
    """

    ring_radius = 12.0

    retry_clicked = Signal(str)
    take_again_clicked = Signal(str)
    discard_clicked = Signal(str)
    arrived_clicked = Signal(str)
    send_again_clicked = Signal(str)
    send_anyway_clicked = Signal(str)
    stop_clicked = Signal(str)
    withdraw_clicked = Signal(str)
    same_photo_clicked = Signal(str, str)
    other_photo_clicked = Signal(str, str)

    def __init__(self, upload: Upload, time: str, now: datetime) -> None:
        super().__init__()
        self.upload_id = upload.id
        self._words = card_words(upload, now)
        self._icon = IconLabel("send", "accent", 20)
        self._title = Label("", fonts.NAME, wraps=True)
        self._bytes = Label("", fonts.SECOND, "ink2")
        self._text = Label("", fonts.SECOND, "ink2", wraps=True)
        self._line = ProgressLine(tray.sending_for(patients.shown_name(upload.recipient.name)))
        self._stop = IconButton("close", tray.cancel_sending())
        self._time = Label("", fonts.LABEL, "ink3")
        self._actions = QVBoxLayout()
        self._asked_by = ""
        """The button that was pressed before the look."""
        self._actions_for: tuple[UploadState, UploadProblem | None, PhotoId | None, bool, bool] | None = None
        self._pictures = TwoPictures(raster_to_qimage(upload.preview))
        self._lay_out(upload)
        self.show_upload(upload, time, now)

    def show_upload(self, upload: Upload, time: str, now: datetime) -> None:
        """Show how this upload stands at the moment `now`."""
        words = card_words(upload, now)
        # A look that a person asked for ends in a moment, with the same card or another: nothing moves until then.
        self.setMinimumHeight(self.height() if upload.state is UploadState.CHECKING else 0)
        if words.title != self._words.title and upload.needs_person:
            announce(self, spoken(upload, now), assertive=True)
        self._words = words
        self._time.setText(time)
        self._icon.set_icon(words.icon, words.ink)
        self._title.setText(words.title)
        self._title.set_ink(words.ink)
        self._text.setText(words.text)
        self._text.setVisible(bool(words.text))
        self.setAccessibleName(spoken(upload, now))
        self._pictures.setVisible(upload.new_photo_id is not None)
        self._show_progress(upload)
        self._offer(upload)
        self.update()

    @property
    def focus_stop(self) -> QWidget | None:
        """What on it gets the focus: its first button, or the card itself while the app looks; None where nothing can
        be chosen."""
        if not self.isHidden() and self._actions_for is not None and self._actions_for[0] is UploadState.CHECKING:
            return self
        return next((each for each in self.findChildren(QAbstractButton) if each.isVisible()), None)

    def show_new_photo(self, photo_id: PhotoId, picture: QImage) -> None:
        """Show the chart's new photo beside the one that was sent, if the card still asks about it."""
        if self._actions_for is not None and self._actions_for[2] == photo_id:
            self._pictures.new.show_image(picture)

    def paintEvent(self, _: QPaintEvent) -> None:
        with painting(self) as painter:
            paint_box(painter, QRectF(self.rect()), 12, "raised", self._words.line)

    def _show_progress(self, upload: Upload) -> None:
        is_sending = upload.state is UploadState.SENDING
        on_the_line = is_sending or upload.state in (UploadState.COMMITTING, UploadState.UNSURE, UploadState.CHECKING)
        self._stop.setVisible(is_sending)
        self._time.setVisible(not is_sending)
        self._line.setVisible(on_the_line)
        self._bytes.setVisible(is_sending)
        done = upload.sent_bytes if is_sending else upload.photo.size_bytes
        self._line.set_fraction(done / max(1, upload.photo.size_bytes))
        self._bytes.setText(numbers.progress_of(done, upload.photo.size_bytes))

    def _offer(self, upload: Upload) -> None:
        """The buttons of this state; made anew only when it changes, so that a focused one stays."""
        key = (upload.state, upload.trouble, upload.new_photo_id, upload.has_photo, upload.can_be_withdrawn)
        if key == self._actions_for:
            return
        if self._actions_for is None or key[2] != self._actions_for[2]:
            self._pictures.new.show_image(None)
        self._actions_for = key
        focus: QWidget | None = self.window().focusWidget()
        if upload.state is UploadState.CHECKING and focus is not None and self.isAncestorOf(focus):
            self._asked_by = focus.objectName()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._replace_buttons(upload)

    def _replace_buttons(self, upload: Upload) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        buttons = self._buttons(upload)
        for button in buttons:
            button.setAccessibleDescription(recipient_spoken(upload))
        for place in range(0, len(buttons), 2):
            row = FittingRow(buttons[place : place + 2], align=Qt.AlignmentFlag.AlignJustify)
            self._actions.addWidget(row)
            row.show()
        if buttons and self.window().focusWidget() is self:
            pressed = next((each for each in buttons if each.objectName() == self._asked_by), buttons[0])
            pressed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self, upload: Upload) -> list[Button]:
        upload_id = upload.id
        if not upload.needs_person:
            return []
        again = Button(upload_questions.send_again(), size=32)
        again.setObjectName("again")
        again.clicked.connect(lambda: self.send_again_clicked.emit(upload_id))
        if upload.new_photo_id is not None:
            is_doubt = upload.state is UploadState.NEEDS_REVIEW
            return [*self._same_or_other(upload_id, upload.new_photo_id), *([again] if is_doubt else [])]
        if upload.state is UploadState.NEEDS_REVIEW:
            there = Button(upload_questions.its_there(), size=32)
            there.setObjectName("there")
            there.clicked.connect(lambda: self.arrived_clicked.emit(upload_id))
            was_sent_again = upload.trouble not in (None, UploadProblem.NO_ANSWER)
            tries = [again] if _helps_to_send(upload.trouble) else []
            return [there, *tries, *([self._delete(upload_id)] if was_sent_again else [])]
        if upload.trouble is UploadProblem.ANOTHER_ENTRY:
            return self._anyway_or_not(upload_id)
        delete = self._delete(upload_id)
        if upload.state in (UploadState.SENT, UploadState.ACCEPTED):
            delete.setText(tray.remove_from_list())
            return [*self._withdraw(upload), delete]
        if upload.state in (UploadState.GONE, UploadState.LEFT_QUEUE):
            if not upload.has_photo:
                delete.setText(tray.remove_from_list())
            can_go_again = upload.has_photo and upload.state is UploadState.GONE
            return [again, delete] if can_go_again else [delete]
        if upload.trouble is UploadProblem.LIST_CHANGED:  # no deletion is taken down either
            return []
        return [self._try_or_take_again(upload), delete]

    def _try_or_take_again(self, upload: Upload) -> Button:
        if not _helps_to_send(upload.trouble):
            take = Button(tray.take_again(), icon="camera", size=32)
            take.clicked.connect(lambda: self.take_again_clicked.emit(upload.id))
            return take
        retry = Button(common.try_again(), icon="retry", size=32)
        retry.clicked.connect(lambda: self.retry_clicked.emit(upload.id))
        return retry

    def _delete(self, upload_id: UploadId) -> Button:
        delete = Button(deletions.delete_photo(), "quiet", size=32)
        delete.clicked.connect(lambda: self.discard_clicked.emit(upload_id))
        return delete

    def _withdraw(self, upload: Upload) -> list[Button]:
        if not (upload.state is UploadState.SENT and upload.can_be_withdrawn):
            return []
        withdraw = Button(upload_questions.withdraw(), size=32)
        withdraw.clicked.connect(lambda: self.withdraw_clicked.emit(upload.id))
        return [withdraw]

    def _same_or_other(self, upload_id: UploadId, photo_id: PhotoId) -> list[Button]:
        same, other = Button(tray.this_one(), size=32), Button(tray.another_photo(), size=32)
        same.clicked.connect(lambda: self.same_photo_clicked.emit(upload_id, photo_id))
        other.clicked.connect(lambda: self.other_photo_clicked.emit(upload_id, photo_id))
        return [same, other]

    def _anyway_or_not(self, upload_id: UploadId) -> list[Button]:
        anyway, rather_not = Button(tray.send_anyway(), size=32), Button(tray.do_not_send(), size=32)
        anyway.clicked.connect(lambda: self.send_anyway_clicked.emit(upload_id))
        rather_not.clicked.connect(lambda: self.discard_clicked.emit(upload_id))
        return [anyway, rather_not]

    def _lay_out(self, upload: Upload) -> None:
        self._stop.clicked.connect(lambda: self.stop_clicked.emit(self.upload_id))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(patients.shown_name(upload.recipient.name), fonts.NAME, wraps=True))
        names.addWidget(Label(patients.date_of_birth(upload.recipient.born), fonts.SECOND, "ink2"))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture(40, raster_to_qimage(upload.preview)), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        stamp = QVBoxLayout()
        stamp.addWidget(self._time)
        stamp.addStretch(1)
        head.addLayout(stamp)
        head.addWidget(self._stop)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._icon)
        state.addWidget(self._title, 1)
        state.addWidget(self._bytes)
        self._actions.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(state)
        column.addWidget(self._text)
        column.addWidget(self._pictures)
        column.addWidget(self._line)
        column.addLayout(self._actions)


def _helps_to_send(trouble: UploadProblem | None) -> bool:
    """False where the photo would be refused again, or can't be read: only another photo helps."""
    return trouble not in (UploadProblem.TOO_BIG, UploadProblem.UNREADABLE)
