"""The real buttons on the quiet rows of a list: a mouse, Tab and readers meet them as any other button."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QMargins, QModelIndex, QObject, QRect, Signal
from PySide6.QtWidgets import QListView, QPushButton

from cerbo_desktop.domain.ids import UploadId
from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.kit.buttons import IconButton, LinkButton
from cerbo_desktop.ui.text import tray, upload_questions
from cerbo_desktop.ui.text.uploads import recipient_spoken
from cerbo_desktop.ui.uploads.delegate import act_rect, more_rect
from cerbo_desktop.ui.uploads.model import ROW_ROLE, Row, is_in_cerbo


class RowAct(Enum):
    """What a button of a row asks for."""

    WITHDRAW = "withdraw"
    DISCARD = "discard"
    STOP = "stop"
    MENU = "menu"
    TURN = "turn"


_AROUND_WORD = QMargins(0, 9, 0, 9)
"""The ring of focus lies close around the word: the time stands right above it."""
_Key = tuple[tuple[UploadId, bool], RowAct]


def quick_act(upload: object) -> RowAct | None:
    """What may be wanted at once of a photo: to have it back, as far as that can be done from here."""
    if not isinstance(upload, Upload) or upload.needs_person:
        return None
    if upload.state is UploadState.SENT and upload.can_be_withdrawn:
        return RowAct.WITHDRAW
    return {UploadState.QUEUED: RowAct.DISCARD, UploadState.SENDING: RowAct.STOP}.get(upload.state)


class RowButtons(QObject):
    """Keeps the buttons of a list's rows: made with a row, in its place, gone with it."""

    pressed = Signal(QModelIndex, RowAct)

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._buttons: dict[_Key, QPushButton] = {}

    @property
    def in_order(self) -> list[QPushButton]:
        """From top to bottom."""
        return sorted(self._buttons.values(), key=lambda each: (each.y(), each.x()))

    def show(self) -> None:
        """Bring the buttons into line with the rows. The focus of one that goes comes to the list."""
        model, wanted = self._view.model(), dict[_Key, QModelIndex]()
        for place in range(model.rowCount()):
            index = model.index(place, 0)
            row: Row = index.data(ROW_ROLE)
            wanted |= {(row.key, act): index for act in _acts_of(row)}
        for key in self._buttons.keys() - wanted.keys():
            self._drop(self._buttons.pop(key))
        for key, index in wanted.items():
            if key not in self._buttons:
                self._buttons[key] = self._made(key)
            self._fit(self._buttons[key], index.data(ROW_ROLE), self._view.visualRect(index))

    def _drop(self, button: QPushButton) -> None:
        if button.hasFocus():
            self._view.setFocus()
        button.hide()
        button.deleteLater()

    def _made(self, key: _Key) -> QPushButton:
        button = _BUTTONS[key[1]]()
        button.setParent(self._view.viewport())
        button.clicked.connect(lambda: self._press(key))
        return button

    def _fit(self, button: QPushButton, row: Row, place: QRect) -> None:
        if isinstance(button, LinkButton):
            button.setGeometry(act_rect(row, place, button.sizeHint().width()))
        else:
            button.setGeometry(more_rect(row, place))
        if isinstance(button, IconButton) and row.upload is None:
            _show_turn(button, row)
        button.setAccessibleDescription(recipient_spoken(row.batch.first) if row.batch.recipient else "")
        button.show()

    def _press(self, key: _Key) -> None:
        model = self._view.model()
        for place in range(model.rowCount()):
            index = model.index(place, 0)
            if index.data(ROW_ROLE).key == key[0]:
                self._view.setCurrentIndex(index)
                self.pressed.emit(index, key[1])
                return


def _acts_of(row: Row) -> list[RowAct]:
    if row.upload is None:
        return [RowAct.TURN]
    act = quick_act(row.upload)
    return [*([act] if act else []), *([RowAct.MENU] if is_in_cerbo(row.upload) else [])]


def _show_turn(button: IconButton, row: Row) -> None:
    words = tray.show_together() if row.is_open else tray.show_each(len(row.batch.uploads))
    button.set_icon("down" if row.is_open else "right")
    button.setAccessibleName(words)
    button.setToolTip(words)


def _link(words: str) -> LinkButton:
    button = LinkButton(words, size_px=13)
    button.ring_inset = _AROUND_WORD
    return button


def _withdraw() -> QPushButton:
    button = _link(upload_questions.withdraw())
    button.setToolTip(tray.withdraw_from_queue())
    return button


_BUTTONS: dict[RowAct, Callable[[], QPushButton]] = {
    RowAct.WITHDRAW: _withdraw,
    RowAct.DISCARD: lambda: _link(tray.do_not_send()),
    RowAct.STOP: lambda: _link(tray.cancel_sending()),
    RowAct.MENU: lambda: IconButton("more", tray.what_can_be_done()),
    RowAct.TURN: lambda: IconButton("right", ""),
}
