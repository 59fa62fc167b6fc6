"""The dashed face of a row, below the pointer: a click on it takes the ID photo that is missing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QToolTip

from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.patients.row_faces import RowFaces
from cerbo_desktop.ui.text import empty_album

_MOUSE = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


class FaceHover(QObject):
    """Follows the pointer over a list of patients. Keys take the photo on the patient's page: Enter, then Space."""

    def __init__(self, view: QListView, faces: RowFaces, face_rect: Callable[[QRect], QRectF]) -> None:
        """`face_rect`: where the face lies in the rectangle of its row."""
        super().__init__(view)
        self._view, self._faces, self._face_rect = view, faces, face_rect
        self.key = self._pressed_key = ""
        """The row whose dashed face is below the pointer, and where the button went down; empty for none."""
        view.viewport().installEventFilter(self)

    def is_clicked(self, key: str) -> bool:
        """Whether the click that has just opened this row went to its dashed face."""
        return bool(key) and key == self.key == self._pressed_key

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() in _MOUSE:
            self._aim_at(event.position().toPoint())
            if event.type() is QEvent.Type.MouseButtonPress:
                self._pressed_key = self.key
        elif event.type() is QEvent.Type.Leave:
            self._take("")
        elif isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self.key:
            QToolTip.showText(event.globalPos(), empty_album.take_id_photo(), self._view.viewport())
            return True
        return super().eventFilter(watched, event)

    def _aim_at(self, point: QPoint) -> None:
        index = self._view.indexAt(point)
        row = index.data(ROW_ROLE)
        lacks = self._faces.lacks_id_photo(getattr(row, "patient_id", ""))
        is_over = lacks and self._face_rect(self._view.visualRect(index)).contains(point)
        self._take(row.key if is_over else "")

    def _take(self, key: str) -> None:
        if key == self.key:
            return
        self.key = key
        if key:
            self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self._view.viewport().unsetCursor()
        self._view.viewport().update()
