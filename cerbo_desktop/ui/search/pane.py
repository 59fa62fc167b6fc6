"""The left pane: search box, then today's board or what was found, then the foot."""

import itertools

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cerbo_desktop.ui.kit.painting import painting, set_pane
from cerbo_desktop.ui.kit.panes import COMPACT_SEARCH_WIDTH_PX, SEARCH_WIDTH_PX
from cerbo_desktop.ui.kit.scanned import is_number
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.early_enter import EarlyEnter, Then
from cerbo_desktop.ui.search.field import SearchField
from cerbo_desktop.ui.search.footer import PaneFooter
from cerbo_desktop.ui.search.pages import SearchPage
from cerbo_desktop.ui.search.pane_widgets import OpenFirstNote, inset
from cerbo_desktop.ui.search.results_view import ResultsView
from cerbo_desktop.ui.search.rows import ResultRow
from cerbo_desktop.ui.text import search as search_text
from cerbo_desktop.ui.today.board_view import BoardView

DEBOUNCE_MS = 250


class SearchPane(QWidget):
    """Fixed width. Shows values and says what a person did; which patient opens is decided elsewhere.

    Enter opens nobody whose name another result shares: `namesake_reached` asks for the cards instead. While Cerbo is
    busy or has not answered for the text in the box, Enter is kept: it opens once the answer is complete and one
    person. A click opens at once.
    """

    text_edited = Signal(str)  # at each letter
    query_changed = Signal(str)  # 250 ms after the last letter; at once when cleared or with Enter
    result_opened = Signal(str)  # patient id
    namesake_reached = Signal(str)  # patient id
    visit_opened = Signal(str)  # key of a board row
    faces_wanted = Signal(list)  # patient ids in view, top to bottom

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_pane(self, "win")
        self.setAccessibleName(search_text.patients())
        self.faces = RowFaces()
        self.field = SearchField()
        self.open_first = OpenFirstNote(self.field)
        self.board = BoardView(self.faces)
        self.results = ResultsView(self.faces)
        self.footer = PaneFooter()
        self._early_enter, self._is_unopened = EarlyEnter(), False
        self._answered = ""
        """The text that the rows in view stand for."""
        self._typing = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._lay_out()
        self._connect()
        self.set_compact(False)

    def set_compact(self, is_compact: bool) -> None:
        self.setFixedWidth(COMPACT_SEARCH_WIDTH_PX if is_compact else SEARCH_WIDTH_PX)
        self.board.set_compact(is_compact)
        self.results.set_compact(is_compact)

    def focus_search(self) -> None:
        """Ctrl F: into the box, everything in it selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def go_on_typing(self, text: str, *, is_entered: bool) -> None:
        """Put in what was typed before the box had the focus, as if it were typed now; with `is_entered` press Enter
        after it."""
        self.field.insert(text)
        self.field.begin_scan()
        if is_entered:
            self._enter()

    def show_board(self) -> None:
        """Show today's board in place of what was found. The box keeps its text."""
        self.results.stop_searching()
        self._early_enter.forget()
        self._pages.setCurrentWidget(self.board)

    def show_search_page(self, page: SearchPage) -> None:
        """Show what there is for the text in the box. The only result opens where Enter was pressed before it came."""
        if self._answered != self.field.text():
            self.results.list.forget_current()
        self._answered = self.field.text()
        self.results.show_page(page, is_spoken=not self._typing.isActive())
        self._pages.setCurrentWidget(self.results)
        if page.is_final and not self._typing.isActive():
            is_kept, then = self._early_enter.take()
            if is_kept and self._is_at_work_here:
                self._open_only_result(then)

    def select_patient(self, patient_id: str | None) -> None:
        """Mark whom the centre shows. An Enter from before asked for somebody else."""
        self._early_enter.forget()
        self._is_unopened = False
        for view in (self.board, self.results):
            view.set_open_patient(patient_id or "")

    @property
    def patients_in_view(self) -> list[str]:
        """The patients whose rows are in view: of the board or of the results, whichever shows."""
        return [*self.board.list.patients_in_view, *self.results.list.patients_in_view]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting(self) as painter:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), color("line"))

    @property
    def _is_answered(self) -> bool:
        """Cerbo has answered for the text that stands in the box, and no other letter was typed since."""
        is_settled = self._answered == self.field.text() and not self._typing.isActive()
        return is_settled and not self.results.is_searching and self._pages.currentWidget() is self.results

    @property
    def _is_at_work_here(self) -> bool:
        """Nobody has turned to another part of the window since Enter was pressed."""
        focused = QApplication.focusWidget()
        return focused is None or self.isAncestorOf(focused)

    def asks_for_somebody_but(self, patient_id: str) -> bool:
        """Whether a person is still searching, and for somebody else than this patient: they are at the box, have
        opened nobody, and its text fits more than this one."""
        is_asking = self._is_unopened and bool(self.field.text().strip()) and self._is_at_work_here
        only = self.results.page.only_row if self._is_answered else None
        return is_asking and (only is None or only.key != patient_id)

    @property
    def keeps_enter(self) -> bool:
        """Enter was pressed before the answer, which may open somebody yet."""
        return self._early_enter.is_kept and self._is_at_work_here

    def act_when_found(self, then: Then) -> None:
        """Call `then` once the Enter that is being kept has opened somebody. It gets the patient's id, empty where
        nobody was opened; it is dropped where the Enter is taken back."""
        self._early_enter.act_when_found(then)

    def _ask_now(self) -> None:
        self._typing.stop()
        self.query_changed.emit(self.field.text())

    def _follow_typing(self, text: str) -> None:
        self._early_enter.forget()
        self._is_unopened = True
        if text.strip():
            self._typing.start()
            self.text_edited.emit(text)
        else:
            self._ask_now()

    def clear_search(self) -> None:
        """Empty the box and put the focus into it: today's list comes back. Esc's last step."""
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_for(self, text: str) -> None:
        """Put this text into the box, and ask for it at once."""
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask_now()

    def _enter(self) -> None:
        if not (text := self.field.text().strip()):
            return
        if is_number(text):  # maybe of a scanner
            self.field.selectAll()
        if self._is_answered and self.results.page.is_final:
            self._open_only_result()
        else:
            self._keep_enter()

    def _keep_enter(self) -> None:
        """Too early: the answer decides."""
        self._early_enter.keep()
        if self._typing.isActive():
            self._ask_now()

    def _open_only_result(self, then: Then | None = None) -> None:
        row = self.results.page.only_row
        if row is not None:
            self._open_row(row.key)
        if then is not None:
            then(row.key if row is not None else "")

    def _open_reached(self, key: str) -> None:
        """Enter on a row: it was chosen among all that Cerbo found, or among too few yet."""
        if self._is_answered:
            self._open_row(key)
        else:
            self._keep_enter()

    def _open_row(self, key: str) -> None:
        row = self.results.list.rows_model.row_at(self.results.list.rows_model.index_of(key))
        if isinstance(row, ResultRow):
            (self.namesake_reached if row.is_namesake else self.result_opened).emit(key)

    def _open_clicked(self, key: str) -> None:
        """A row is a fact while it stands for the text in the box; Cerbo may still be asked for more."""
        if self._answered == self.field.text():
            self.result_opened.emit(key)

    def _open_visit(self, key: str) -> None:
        if not self.field.text().strip():
            self.visit_opened.emit(key)

    def _enter_list(self) -> None:
        shown = self.results.list if self._pages.currentWidget() is self.results else self.board.list
        if shown.isVisible() and shown.move_to_first():
            shown.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._pages.currentWidget() is self.results:
            self.results.focus_suggestions()

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()  # it asks for no height: the foot stays in view in a low window
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages.addWidget(self.board)
        self._pages.addWidget(self.results)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(inset(self.field, top=16, bottom=8))
        column.addWidget(self.open_first)
        column.addWidget(self._pages, 1)
        column.addWidget(self.footer)
        of_board = (self.board.list, self.board.provider, self.board.long_wait_note.close_button)
        order = (self.field, *of_board, self.results.list, self.results.back, self.footer.settings)
        for before, after in itertools.pairwise(order):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self._typing.timeout.connect(self._ask_now)
        self.field.textChanged.connect(self._follow_typing)
        self.field.down_pressed.connect(self._enter_list)
        self.field.enter_pressed.connect(self._enter)
        self.field.escape_pressed.connect(self.clear_search)
        self.results.back_wanted.connect(self.clear_search)
        self.results.suggestion_chosen.connect(self.search_for)
        self.results.retry_wanted.connect(self._ask_now)
        self.results.list.row_opened.connect(self._open_reached)
        self.results.list.row_clicked.connect(self._open_clicked)
        self.field.key_pressed.connect(self._early_enter.forget)
        self.results.list.key_pressed.connect(self._early_enter.forget)
        for view in (self.results, self.board):
            view.list.left_upwards.connect(self.focus_search)
            view.list.rows_seen.connect(self.faces_wanted)
        self.board.visit_opened.connect(self._open_visit)
