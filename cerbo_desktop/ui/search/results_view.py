"""The pane while there is text in the search box: how many, the same-name warning, the rows, what to try instead."""

from PySide6.QtCore import QMargins, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility
from cerbo_desktop.ui.commands.tables import LISTS
from cerbo_desktop.ui.kit import fonts, motion
from cerbo_desktop.ui.kit.announcing import announce
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.kit.notice import Notice
from cerbo_desktop.ui.kit.spinner import Spinner
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.delegate import RESULT_ROW_PX, ResultDelegate, face_rect
from cerbo_desktop.ui.search.pages import SearchPage
from cerbo_desktop.ui.search.pane_widgets import NewPatientNote, Stack, inset, searched_line, sentence, spoken_page
from cerbo_desktop.ui.search.rows import ResultRow
from cerbo_desktop.ui.search.suggestion_row import SuggestionRow
from cerbo_desktop.ui.text import common, search as search_text
from cerbo_desktop.ui.today.delegate import has_long_name

_AROUND_PX = 4
_FEW_ROWS, _LEAST_ROWS = 6, 2
"""In a pane that is too low for all it scrolls, and nothing is squeezed: not few rows, nor the first of many."""


class ResultsView(QWidget):
    """The patients who were found, or what is said where there are none."""

    back_wanted = Signal()
    retry_wanted = Signal()
    cerbo_wanted = Signal()
    suggestion_chosen = Signal(str)  # the text to search for

    def __init__(self, faces: RowFaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = SearchPage("")
        self._is_searching = False
        self._first_suggestion: SuggestionRow | None = None
        self._title = Label("", fonts.PANE_TITLE, wraps=True)
        self.back = Button(search_text.back_to_today(), "quiet", size=32, key_hint=LISTS.key("clear"))
        KeyHintVisibility(self.back, LISTS)
        self._spinner = Spinner(search_text.searching(), size=20)
        self._warning = Notice("warn", "", icon="twins")
        self._words = Stack(8, QMargins(16, 16, 16, 8))
        self._retry = Button(common.try_again(), icon="retry", size=32)
        self._suggestions = Stack(0)
        self.list = PatientListView(search_text.patients_found())
        self.list.rows_model.tooltip = lambda row: (
            row.spoken if isinstance(row, ResultRow) and has_long_name(row.name) else ""
        )
        self._delegate = ResultDelegate(faces)
        self.list.setItemDelegate(self._delegate)
        self.list.offer_id_photos(faces, face_rect)
        faces.changed.connect(self.list.rows_model.repaint_rows)
        self._searched = Stack(0)
        self._new_patient = NewPatientNote()
        self._scroll = _Scroll()
        self._lay_out()
        self._connect()
        self.show_page(self._page, is_spoken=False)

    @property
    def page(self) -> SearchPage:
        """What is shown."""
        return self._page

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    @property
    def is_searching(self) -> bool:
        """True from the first letter to the answer."""
        return self._is_searching

    @property
    def is_spinning(self) -> bool:
        """True once it shows, after a moment, that Cerbo is being asked."""
        return self._spinner.is_spinning

    def focus_suggestions(self) -> bool:
        """Move the focus to the first suggestion; False where there are none."""
        if self._first_suggestion is None:
            return False
        self._first_suggestion.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(self._first_suggestion, 0, _AROUND_PX)
        return True

    def stop_searching(self) -> None:
        """Take the spinner away: Cerbo is not being asked any more."""
        self._is_searching = False
        self._slow.stop()
        self._spinner.stop()

    def show_page(self, page: SearchPage, *, is_spoken: bool = True) -> None:
        """`is_spoken` False while letters are still being typed: a reader says those."""
        if page.searched != self._page.searched:
            self._scroll.verticalScrollBar().setValue(0)
        self._page = page
        if page.is_searching:
            self._start_searching()
        else:
            self.stop_searching()
        self._title.setText(page.title)
        self._warning_row.setVisible(page.warning is not None)
        if page.warning is not None:
            self._warning.set_words(*page.warning)
        self._words.fill([sentence(line) for line in page.lines])
        self._retry_row.setVisible(page.can_retry)
        self._show_suggestions(page)
        self._show_rows(page.rows)
        self._searched.fill([searched_line(page.searched)] if page.searched else [])
        self._new_patient.setVisible(page.offers_new_patient)
        if is_spoken and not page.is_searching:
            announce(self, spoken_page(page), assertive=page.is_failure)

    def set_open_patient(self, patient_id: str) -> None:
        """Mark the row of the patient who is open; empty marks none."""
        self._delegate.open_patient_id = patient_id
        self.list.viewport().update()

    def set_compact(self, is_compact: bool) -> None:
        """Hide the key hint in a narrow pane."""
        self.back.set_key_hint(None if is_compact else LISTS.key("clear"))

    def offer_cerbo(self, is_possible: bool) -> None:
        """Show the link that opens Cerbo in the browser."""
        self._new_patient.link.setVisible(is_possible)

    def _start_searching(self) -> None:
        """What turns and what is said come after a moment only."""
        self._is_searching = True
        self._spinner.start()
        self._slow.start()

    def _say_searching(self) -> None:
        announce(self, self._page.title)

    def _show_rows(self, rows: tuple[ResultRow, ...]) -> None:
        self.list.show_rows(rows)
        self.list.setMaximumHeight(RESULT_ROW_PX * len(rows))
        self.list.setMinimumHeight(RESULT_ROW_PX * (len(rows) if len(rows) <= _FEW_ROWS else _LEAST_ROWS))
        self.list.setVisible(bool(rows))

    def _show_current(self, current: QModelIndex) -> None:
        """The row that the keys come to, where all of it did not fit the pane."""
        rect, body = self.list.visualRect(current), self._scroll.widget()
        if current.isValid() and body is not None:
            for corner in (rect.bottomLeft(), rect.topLeft()):
                at = self.list.viewport().mapTo(body, corner)
                self._scroll.ensureVisible(at.x(), at.y(), 0, _AROUND_PX)

    def _show_suggestions(self, page: SearchPage) -> None:
        rows = [SuggestionRow(suggestion) for suggestion in page.suggestions]
        for row in rows:
            row.clicked.connect(lambda _=False, text=row.suggestion.text: self.suggestion_chosen.emit(text))
        title = Label(page.suggestions_title, fonts.LABEL_STRONG, "ink3", wraps=True)
        title.setContentsMargins(16, 16, 16, 8)
        self._suggestions.fill([title, *rows] if rows else [])
        for before, row in zip([self.list, *rows], rows, strict=False):
            self.setTabOrder(before, row)
        self._first_suggestion = rows[0] if rows else None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 4, 0)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._warning_row = inset(self._warning, top=8, bottom=8)
        layout = self._warning.layout()
        if layout is not None:
            layout.setContentsMargins(16, 12, 12, 12)
        self._retry_row = inset(self._retry, top=4, bottom=8, is_wide=False)
        body = QWidget()
        body.setProperty("pane", "clear")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._warning_row, self._words, self._retry_row, self._suggestions):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.list, 1)
        column.addWidget(self._searched)
        column.addWidget(self._new_patient)
        column.addStretch(0)
        self._scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self._slow = QTimer(self, singleShot=True, interval=motion.SPINNER_DELAY_MS)
        self._slow.timeout.connect(self._say_searching)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.back.clicked.connect(self.back_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        self._new_patient.link.clicked.connect(self.cerbo_wanted)


class _Scroll(QScrollArea):
    """All but the heading, where the pane is too low for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
