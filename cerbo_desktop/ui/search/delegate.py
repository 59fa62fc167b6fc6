"""Paints a search result, 80 high: face, name, date of birth, and the facts that tell people apart."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.patients.row_faces import FACE_PX, RowFaces
from cerbo_desktop.ui.patients.row_painting import (
    EDGE_PX,
    hovered_face_key,
    paint_ground,
    paint_line,
    row_right,
    text_width,
)
from cerbo_desktop.ui.search.rows import ResultRow

RESULT_ROW_PX = 80
_GAP_PX = 12
_Index = QModelIndex | QPersistentModelIndex


class ResultDelegate(QStyledItemDelegate):
    """Paints one patient who was found: face, name, date of birth, ID and today's visit."""

    def __init__(self, faces: RowFaces) -> None:
        super().__init__()
        self._faces = faces
        self.open_patient_id = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, RESULT_ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: ResultRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_ground(painter, option, is_open=row.patient_id == self.open_patient_id)
        is_hovered = row.key == hovered_face_key(option)
        self._faces.paint(painter, face_rect(option.rect), row.patient_id, row.name, is_hovered=is_hovered)
        _paint_row(painter, QPointF(option.rect.topLeft()), row_right(option), row)
        painter.restore()


def face_rect(row_rect: QRect) -> QRectF:
    """Where the face lies in the rectangle of a result's row."""
    return QRectF(row_rect.left() + EDGE_PX, row_rect.top() + 10, FACE_PX, FACE_PX)


def _paint_row(painter: QPainter, corner: QPointF, right: float, row: ResultRow) -> None:
    """The words, beside the face."""
    x, top = corner.x() + EDGE_PX + FACE_PX + _GAP_PX, corner.y()
    name_font, hint_font = fonts.styled(fonts.NAME), fonts.styled(fonts.HINT)
    name_room = right - x
    if row.visit:
        name_room -= _paint_visit(painter, right, top + 10, row.visit, x + text_width(row.name, name_font)) + 8
    paint_line(painter, QRectF(x, top + 10, name_room, 20), row.name, name_font, "ink")
    paint_line(painter, QRectF(x, top + 30, right - x, 20), row.born, fonts.styled(fonts.NAME), "ink")
    if row.status:
        words = QRectF(right - text_width(row.status, fonts.styled(fonts.LABEL)), top + 30, right, 20)
        paint_line(painter, words, row.status, fonts.styled(fonts.LABEL), "warn", is_elided=False)
    paint_line(painter, QRectF(x, top + 52, right - x, 16), row.facts, hint_font, "ink3")


def _paint_visit(painter: QPainter, right: float, y: float, words: str, name_right: float) -> float:
    """The words with its icon, the icon alone where the name needs the room; returns its width."""
    font = fonts.styled(fonts.LABEL)
    width = text_width(words, font) + 20
    if name_right + 8 + width > right:
        words, width = "", 16
    paint_icon(painter, "calendar", QRectF(round(right - width), y + 2, 16, 16), "accent")
    paint_line(painter, QRectF(right - width + 20, y, width, 20), words, font, "accent", is_elided=False)
    return width
