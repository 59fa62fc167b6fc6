"""Paints the board: group heads 40 high, visits 64 high. The name has the width; badge and chip give way to it."""

from datetime import date, datetime, time
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.chips import Tone, chip_width, paint_chip
from cerbo_desktop.ui.kit.icons import paint_icon
from cerbo_desktop.ui.kit.keyed_rows import ROW_ROLE
from cerbo_desktop.ui.patients.row_faces import FACE_PX, Badge, RowFaces, badge_words
from cerbo_desktop.ui.patients.row_painting import (
    EDGE_PX,
    hovered_face_key,
    paint_ground,
    paint_line,
    row_right,
    text_width,
)
from cerbo_desktop.ui.text import dates
from cerbo_desktop.ui.today.rows import BoardRow, EarlierRow, GroupRow, VisitRow

VISIT_ROW_PX = 64
GROUP_ROW_PX = 40
_TIME_PX = 40
_GAP_PX = 12
MIN_GAP_PX = 8
FOLD_ROW_PX = 48
_ROOMY_NAME_PX = 180
"""A name up to this wide stands whole beside a badge that is an icon."""
_STAGE_CHIPS: dict[VisitStage, tuple[str, Tone]] = {
    VisitStage.CHECKED_IN: ("here", "accent"),
    VisitStage.IN_ROOM: ("room", "quiet"),
    VisitStage.CONFIRMED: ("check", "outline"),
    VisitStage.SCHEDULED: ("scheduled", "plain"),
    VisitStage.DONE: ("done", "plain"),
    VisitStage.OTHER: ("calendar", "outline"),
}
_BADGES: dict[Badge, tuple[str, Tone]] = {
    Badge.NO_ID_PHOTO: ("no-photo", "plain_warn"),
    Badge.PHOTO_TAKEN: ("camera", "plain"),
}
_Index = QModelIndex | QPersistentModelIndex


class BoardDelegate(QStyledItemDelegate):
    """Paints one visit: time, face, name, and who is here."""

    def __init__(self, faces: RowFaces) -> None:
        super().__init__()
        self._faces = faces
        self.open_patient_id = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        match index.data(ROW_ROLE):
            case GroupRow():
                return QSize(0, GROUP_ROW_PX)
            case EarlierRow():
                return QSize(0, FOLD_ROW_PX)
            case _:
                return QSize(0, VISIT_ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: BoardRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        match row:
            case GroupRow():
                _paint_group(painter, QRectF(option.rect), row)
            case EarlierRow():
                paint_ground(painter, option, is_open=False)
                _paint_earlier(painter, QRectF(option.rect), row)
            case VisitRow():
                is_open = row.patient_id == self.open_patient_id
                paint_ground(painter, option, is_open=is_open)
                is_hovered = row.key == hovered_face_key(option)
                self._faces.paint(painter, face_rect(option.rect), row.patient_id, row.name, is_hovered=is_hovered)
                self._paint_visit(painter, _content_rect(option), row, is_open)
        painter.restore()

    def _paint_visit(self, painter: QPainter, rect: QRectF, row: VisitRow, is_open: bool) -> None:
        x, top, right = rect.left(), rect.top(), rect.right()
        time_px = _time_column_px()
        paint_line(painter, QRectF(x, top, time_px, rect.height()), row.time, fonts.font(13, 500), "ink2")
        x += time_px + _GAP_PX
        x += FACE_PX + _GAP_PX
        name_font, born_font = fonts.styled(fonts.NAME), fonts.styled(fonts.SECOND)
        name_right = self._paint_badge(painter, row, x + text_width(row.name, name_font), top + 8, right)
        paint_line(painter, QRectF(x, top + 10, name_right - x, 20), row.name, name_font, "ink")
        paint_line(painter, QRectF(x, top + 34, right - x, 20), row.born, born_font, "ink2")
        icon, tone = _STAGE_CHIPS.get(row.stage, ("calendar", "outline"))
        tone = "accent_on_tint" if is_open and tone == "accent" else tone
        free = right - x - text_width(row.born, born_font) - MIN_GAP_PX
        words = row.stage_words if chip_width(row.stage_words, icon, tone) <= free else ""
        paint_chip(painter, right, top + 32, words, icon, tone)

    def _paint_badge(self, painter: QPainter, row: VisitRow, name_right: float, y: float, right: float) -> float:
        """Returns where the name must end."""
        badge = self._faces.badge(row.patient_id) if self._faces.knows(row.patient_id) else Badge.NONE
        if badge is Badge.NONE:
            return right
        icon, tone = _BADGES[badge]
        words = badge_words(badge)
        if name_right + MIN_GAP_PX + chip_width(words, icon, tone) - 8 > right:
            words = ""
        return right - paint_chip(painter, right, y, words, icon, tone) - MIN_GAP_PX + 8


def face_rect(row_rect: QRect) -> QRectF:
    """Where the face lies in the rectangle of a visit's row."""
    left = row_rect.left() + EDGE_PX + _time_column_px() + _GAP_PX
    return QRectF(left, row_rect.top() + _GAP_PX, FACE_PX, FACE_PX)


@cache
def _time_column_px() -> float:
    """As designed; wider where the system's clock has 12 hours and says whether it is morning."""
    latest = datetime.combine(date.min, time(22, 58))
    return max(_TIME_PX, text_width(dates.clock(latest), fonts.font(13, 500)) + 1)


def has_wide_times() -> bool:
    """The times need more room than designed, so that a chip may have none for its words."""
    return _time_column_px() > _TIME_PX


def has_long_name(name: str) -> bool:
    """The name may not fit into a row, so that a tooltip says it."""
    return text_width(name, fonts.styled(fonts.NAME)) > _ROOMY_NAME_PX


def _content_rect(option: QStyleOptionViewItem) -> QRectF:
    left = option.rect.left() + EDGE_PX
    return QRectF(left, option.rect.top(), row_right(option) - left, option.rect.height())


def _paint_group(painter: QPainter, rect: QRectF, row: GroupRow) -> None:
    font = fonts.styled(fonts.LABEL_STRONG)
    line = QRectF(rect.left() + EDGE_PX, rect.top() + 16, rect.width() - 2 * EDGE_PX, 16)
    paint_line(painter, line, row.title, font, "ink3")
    paint_line(painter, line.adjusted(text_width(row.title, font) + 8, 0, 0, 0), str(row.count), font, "ink3")


def _paint_earlier(painter: QPainter, rect: QRectF, row: EarlierRow) -> None:
    """Collapsed, the arrow points to the words' end; expanded, down at the rows."""
    middle = rect.center().y()
    icon = QRectF(rect.left() + EDGE_PX, middle - 8, 16, 16)
    paint_icon(painter, "down" if row.is_expanded else "right", icon, "ink2")
    words = QRectF(icon.right() + 8, rect.top(), rect.width() - 2 * EDGE_PX - 24, rect.height())
    paint_line(painter, words, row.text, fonts.font(13, 500), "ink2")
