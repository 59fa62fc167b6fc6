"""Faces for rows and cards of patients, kept by patient, and what a row without one says."""

from collections.abc import Iterable
from enum import Enum
from typing import assert_never

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.ui.kit.faces import initials_of, paint_face, paint_initials
from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.kit.painting import paint_box
from cerbo_desktop.ui.text import row_badges

FACE_PX = 40
CARD_FACE_PX = 120
"""On the cards of people with one name."""
_KEPT_PX = 192
"""Sharp on cards up to 160 % scaling, and on rows at any. A day's few hundred faces take some 30 MB."""


class Badge(Enum):
    """What stands on a row beside the face."""

    NONE = "none"
    NO_ID_PHOTO = "no ID photo"
    PHOTO_TAKEN = "photo taken"
    """An ID photo is on this PC, on its way, or in Cerbo's queue."""


def badge_words(badge: Badge) -> str:
    """A badge in words, for the row itself."""
    match badge:
        case Badge.NONE:
            return ""
        case Badge.NO_ID_PHOTO:
            return row_badges.no_id_photo()
        case Badge.PHOTO_TAKEN:
            return row_badges.photo_taken()
        case _:
            assert_never(badge)


def badge_spoken(badge: Badge) -> str:
    """The badge as a screen reader says it, among other facts; empty for none."""
    match badge:
        case Badge.NONE:
            return ""
        case Badge.NO_ID_PHOTO:
            return row_badges.no_id_photo_spoken()
        case Badge.PHOTO_TAKEN:
            return row_badges.photo_taken_spoken()
        case _:
            assert_never(badge)


class RowFaces(QObject):
    """What is known of each patient's face: a picture, that there is none, that nobody knows, or nothing yet."""

    changed = Signal(object)  # set[str]: the ids of patients whose face or badge is to be painted anew

    def __init__(self) -> None:
        super().__init__()
        self._faces: dict[str, QPixmap | None] = {}
        self._unknown: set[str] = set()
        self._photo_taken: frozenset[str] = frozenset()

    def set_face(self, patient_id: str, raster: Raster | None) -> None:
        """Show this face; None where Cerbo has no ID photo of the patient."""
        self._unknown.discard(patient_id)
        self._faces[patient_id] = _small(raster) if raster is not None else None
        self.changed.emit({patient_id})

    def set_face_unknown(self, patient_id: str) -> None:
        """Nobody knows whether there is an ID photo. A face that was shown is still theirs; that there is none is not
        said any longer."""
        if self._faces.get(patient_id) is None:
            self.drop_face(patient_id)
        else:
            self.changed.emit({patient_id})

    def drop_face(self, patient_id: str) -> None:
        """Take the face away: what was shown is no ID photo, or nobody knows whether it is one."""
        self._faces.pop(patient_id, None)
        self._unknown.add(patient_id)
        self.changed.emit({patient_id})

    def set_photo_taken(self, patient_ids: Iterable[str]) -> None:
        """Patients with an ID photo on this PC, on its way or in Cerbo's queue."""
        before, self._photo_taken = self._photo_taken, frozenset(patient_ids)
        self.changed.emit(set(before ^ self._photo_taken))

    def knows(self, patient_id: str) -> bool:
        """Cerbo was asked for this patient's face and has answered."""
        return patient_id in self._faces

    def lacks_id_photo(self, patient_id: str) -> bool:
        """Cerbo has none of this patient, and none is on its way."""
        return self.knows(patient_id) and self.badge(patient_id) is Badge.NO_ID_PHOTO

    def picture(self, patient_id: str) -> QPixmap | None:
        """The face that is known of this patient; None where there is none, or none is known."""
        return self._faces.get(patient_id)

    def badge(self, patient_id: str) -> Badge:
        """What to show beside this patient's face."""
        if self._faces.get(patient_id, ...) is not None:
            return Badge.NONE
        return Badge.PHOTO_TAKEN if patient_id in self._photo_taken else Badge.NO_ID_PHOTO

    def paint(self, painter: QPainter, rect: QRectF, patient_id: str, name: str, *, is_hovered: bool = False) -> None:
        """The face, the dashed outline, initials where nobody knows, or a quiet disc while it is asked for.

        `is_hovered`: the dashed outline is below the pointer, and a click takes the photo.
        """
        if patient_id in self._faces:
            if is_hovered:
                paint_box(painter, rect, rect.width() / 2, "press")
            paint_face(painter, rect, self._faces[patient_id])
        elif patient_id in self._unknown:
            paint_initials(painter, rect, initials_of(name), rect.width() / 2)
        else:
            paint_box(painter, rect, rect.width() / 2, "sunken", "line")


def _small(face: Raster) -> QPixmap:
    cover, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    whole = raster_to_qimage(face)
    is_larger = min(whole.width(), whole.height()) > _KEPT_PX
    return QPixmap.fromImage(whole.scaled(QSize(_KEPT_PX, _KEPT_PX), cover, smooth) if is_larger else whole)
