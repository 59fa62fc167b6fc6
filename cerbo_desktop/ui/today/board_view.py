"""Today's board: the day, whose visits, and who is here."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.keyed_rows import KeyedRow
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.spinner import Spinner
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.patients.row_faces import RowFaces, badge_spoken
from cerbo_desktop.ui.text import common, today as board_text
from cerbo_desktop.ui.today.delegate import BoardDelegate, face_rect, has_long_name, has_wide_times
from cerbo_desktop.ui.today.long_wait_note import LongWaitNote
from cerbo_desktop.ui.today.rows import EARLIER_KEY, BoardRow, VisitRow

_PROVIDER_MAX_PX, _COMPACT_PROVIDER_MAX_PX = 104, 80


class BoardView(QWidget):
    """A list of today's visits, with the choice of a provider above it."""

    visit_opened = Signal(str)  # the row's key
    earlier_toggled = Signal()
    provider_chosen = Signal(str)  # provider id; empty for everyone
    retry_wanted = Signal()

    def __init__(self, faces: RowFaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faces = faces
        self._choices: tuple[tuple[str, str], ...] = (("", board_text.all_providers()),)
        self._chosen_id = ""
        self._is_compact = False
        self._date_texts = ("", "")
        self._date = Label("", fonts.SECOND, "ink3", elides=True)
        self.provider = Button(board_text.all_providers(), "quiet", size=32, trailing_icon="down")
        self.provider.setFont(fonts.font(13, 500))
        self.list = PatientListView(board_text.todays_visits())
        self.list.rows_model.spoken_more = self._spoken_badge
        self.list.rows_model.tooltip = self._tooltip
        self._delegate = BoardDelegate(faces)
        self.list.setItemDelegate(self._delegate)
        self.list.offer_id_photos(faces, face_rect)
        self._words = Label("", fonts.BODY, "ink2", wraps=True)
        self._retry = Button(common.try_again(), icon="retry", size=32)
        self.long_wait_note = LongWaitNote()
        self._spinner = Spinner(board_text.loading_visits())
        self._lay_out()
        self._connect()
        self.show_loading()

    @property
    def words(self) -> str:
        """What stands in place of the rows; empty while there are rows."""
        return self._words.text()

    @property
    def spoken_rows(self) -> list[str]:
        """The rows as a screen reader says them."""
        model = self.list.rows_model
        return [model.spoken(row) for row in model.rows]

    def show_date(self, text: str, short_text: str) -> None:
        """Show the day, or "as of 10:12" while the board is old; the short form serves a narrow pane."""
        self._date_texts = text, short_text
        self._date.setText(short_text if self._is_compact else text)

    def set_compact(self, is_compact: bool) -> None:
        """Whether the day is shown in its short form."""
        self._is_compact = is_compact
        self.show_date(*self._date_texts)
        self._show_provider()

    def show_providers(self, providers: Sequence[tuple[str, str]], chosen_id: str) -> None:
        """Id and name of each; hidden where there is nothing to choose between."""
        self._choices = (("", board_text.all_providers()), *providers)
        self._chosen_id = chosen_id
        self._show_provider()
        self.provider.setVisible(len(providers) > 1 or bool(chosen_id))

    def _show_provider(self) -> None:
        name = dict(self._choices).get(self._chosen_id, board_text.all_providers())
        is_short = self._is_compact and not self._chosen_id  # leaves room for "as of 10:12 AM"
        self.provider.setText(self._provider_words(board_text.providers() if is_short else name))
        self.provider.setToolTip(name if self.provider.text() != name else "")
        self.provider.setAccessibleName(board_text.provider(name))
        self.provider.updateGeometry()

    def show_rows(self, rows: Iterable[BoardRow]) -> None:
        """Show these visits."""
        self._spinner.stop()
        self._words.setText("")
        self.list.show_rows(rows)
        self._pages.setCurrentIndex(0)

    def show_loading(self) -> None:
        """Say that the visits are being read for the first time."""
        self._words.setText("")
        self._retry.hide()
        self._spinner.start()
        self._pages.setCurrentIndex(1)

    def show_words(self, text: str, *, can_retry: bool = False) -> None:
        """In place of the rows: none, not allowed, could not load."""
        self._spinner.stop()
        if text != self._words.text():
            announce(self, text)
        self._words.setText(text)
        self._retry.setVisible(can_retry)
        self._pages.setCurrentIndex(1)

    def set_open_patient(self, patient_id: str) -> None:
        """Mark the rows of the patient who is open; empty marks none."""
        self._delegate.open_patient_id = patient_id
        self.list.viewport().update()

    def _repaint(self, patient_ids: set[str]) -> None:
        rows = self.list.rows_model.rows
        self.list.rows_model.repaint_rows(
            row.key for row in rows if isinstance(row, VisitRow) and row.patient_id in patient_ids
        )

    def _spoken_badge(self, row: KeyedRow) -> str:
        """What is only painted is said too: "no ID photo"."""
        if not isinstance(row, VisitRow) or not self._faces.knows(row.patient_id):
            return ""
        return badge_spoken(self._faces.badge(row.patient_id))

    def _tooltip(self, row: KeyedRow) -> str:
        """Everything, where something had to be cut or shrink to its icon."""
        if not isinstance(row, VisitRow):
            return ""
        is_cut = self._is_compact or has_wide_times() or has_long_name(row.name)
        return self.list.rows_model.spoken(row) if is_cut else ""

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 4, 0)
        head.setSpacing(8)
        head.addWidget(Label(board_text.today(), fonts.PANE_TITLE))
        self._date.setContentsMargins(0, 4, 0, 0)  # on the title's baseline
        head.addWidget(self._date)
        head.addStretch(1)
        head.addWidget(self.provider)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._spinner)
        column.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.long_wait_note)

    def _connect(self) -> None:
        self.provider.clicked.connect(self._open_menu)
        self.provider.hide()
        self._retry.clicked.connect(self.retry_wanted)
        self._faces.changed.connect(self._repaint)
        self.list.row_opened.connect(self._open)
        self.list.row_clicked.connect(self._open)

    def _open(self, key: str) -> None:
        if key == EARLIER_KEY:
            self.earlier_toggled.emit()
        else:
            self.visit_opened.emit(key)

    def _provider_words(self, name: str) -> str:
        metrics = QFontMetricsF(self.provider.font())
        most_px = _COMPACT_PROVIDER_MAX_PX if self._is_compact else _PROVIDER_MAX_PX
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, most_px)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        one_of = QActionGroup(menu)
        for provider_id, name in self._choices:
            action = QAction(name.replace("&", "&&"), menu, checkable=True, checked=provider_id == self._chosen_id)
            action.triggered.connect(lambda _=False, chosen=provider_id: self.provider_chosen.emit(chosen))
            one_of.addAction(action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.provider.mapToGlobal(QPoint(0, self.provider.height() + 4)))
