"""The list of those who are here and have no ID photo, as the start page shows it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.keyed_rows import KeyedRow
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.patients.patient_list import PatientListView
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.patients.row_painting import EDGE_PX
from cerbo_desktop.ui.text import today as text
from cerbo_desktop.ui.today.delegate import VISIT_ROW_PX, BoardDelegate, face_rect

WIDTH_PX = 440


class WithoutPhotoView(QWidget):
    """Hidden while it holds nobody. No row moves under the pointer: what changed meanwhile is shown once it left."""

    visit_opened = Signal(str)  # the row's key

    def __init__(self, faces: RowFaces, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH_PX)
        self._rows: Sequence[KeyedRow] = ()
        self.list = PatientListView(text.here_without_photo())
        self.list.rows_model.tooltip = lambda row: row.spoken
        self._delegate = BoardDelegate(faces)
        self.list.setItemDelegate(self._delegate)
        self.list.offer_id_photos(faces, face_rect)
        faces.changed.connect(lambda _: self.list.viewport().update())
        self.list.installEventFilter(self)
        self.list.row_opened.connect(self.visit_opened)
        self.list.row_clicked.connect(self.visit_opened)
        title = Label(text.here_without_photo(), fonts.PANE_TITLE, wraps=True)
        title.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.list)
        self.hide()

    def show_rows(self, rows: Sequence[KeyedRow]) -> None:
        """Show these visits, or nothing where there are none."""
        self._rows = rows
        if not (self.isVisible() and self.list.underMouse()):
            self._take_rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._take_rows()
        return super().eventFilter(watched, event)

    def _take_rows(self) -> None:
        self.list.show_rows(self._rows)
        self.list.setFixedHeight(VISIT_ROW_PX * len(self._rows))
        self.setVisible(bool(self._rows))
