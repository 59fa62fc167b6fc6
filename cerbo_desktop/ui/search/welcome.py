"""The centre while nobody is open: who is here without an ID photo, and what the search box understands."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cerbo_desktop.ui.commands.tables import LISTS
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import LinkButton
from cerbo_desktop.ui.kit.labels import IconLabel, Label
from cerbo_desktop.ui.kit.painting import set_pane
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.search.without_photo import WithoutPhotoView
from cerbo_desktop.ui.text import welcome as text

_WAY_WIDTH_PX = 208
_GAP_PX = 24
_SUBTITLE = fonts.TypeStyle(16, 24, 400)
_TWO_BY_TWO_UNDER_PX = 4 * _WAY_WIDTH_PX + 5 * _GAP_PX


class WelcomePage(QScrollArea):
    """Shows who waits for an ID photo, and says what can be searched for. Scrolls in a low window."""

    example_chosen = Signal(str)  # the text to search for

    def __init__(self, faces: RowFaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.without_photo = WithoutPhotoView(faces)
        set_pane(self, "surface")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._columns = 0
        self._ways = [
            _Way("person", *text.name()),
            _Way("calendar", *text.date_of_birth()),
            _Way("hash", *text.patient_id()),
            _Way("mail", *text.email()),
        ]
        for way in self._ways:
            way.example_chosen.connect(self.example_chosen)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP_PX)
        self._grid.setVerticalSpacing(40)
        self.setWidget(self._lay_out())
        self._arrange()

    def _lay_out(self) -> QWidget:
        content = QWidget()
        content.setProperty("pane", "clear")
        centred = Qt.AlignmentFlag.AlignHCenter
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(_GAP_PX, 24, _GAP_PX, 24)
        column.setSpacing(0)
        column.addStretch(3)
        waiting = QHBoxLayout()  # which asks for the height at the list's own width
        waiting.addStretch(1)
        waiting.addWidget(self.without_photo)
        waiting.addStretch(1)
        column.addLayout(waiting)
        column.addSpacing(40)
        column.addWidget(Label(text.find_a_patient(), fonts.PAGE_TITLE), 0, centred)
        column.addSpacing(8)
        how = Label(text.how_to_search(LISTS.key("open")), _SUBTITLE, "ink2", wraps=True)
        how.setAlignment(centred)
        column.addWidget(how)
        column.addSpacing(40)
        column.addLayout(self._grid)
        column.addStretch(5)
        return content

    def minimumSizeHint(self) -> QSize:
        """What two by two need: the window may always become that narrow."""
        return QSize(2 * _WAY_WIDTH_PX + 3 * _GAP_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        columns = 4 if self.width() >= _TWO_BY_TWO_UNDER_PX else 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, way in enumerate(self._ways):
            self._grid.addWidget(way, at // columns, 1 + at % columns)
        for at in range(6):
            self._grid.setColumnStretch(at, at in (0, columns + 1))
        self._column.activate()  # its least width is asked for at once


class _Way(QWidget):
    example_chosen = Signal(str)

    def __init__(self, icon: str, title: str, explanation: str, example: str) -> None:
        super().__init__()
        self.setFixedWidth(_WAY_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(IconLabel(icon, "accent", 24))
        column.addSpacing(16)
        column.addWidget(Label(title, fonts.NAME))
        column.addSpacing(4)
        column.addWidget(Label(explanation, fonts.SECOND, "ink2", wraps=True))
        column.addSpacing(4)
        tried = LinkButton(example, size_px=13)
        tried.setAccessibleDescription(text.what_examples_do())
        tried.clicked.connect(lambda: self.example_chosen.emit(example))
        column.addWidget(tried)
        column.addStretch(1)
