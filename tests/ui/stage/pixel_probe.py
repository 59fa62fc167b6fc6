"""Run in a process of its own with QT_SCALE_FACTOR set: is 100 % one photo pixel on one screen pixel?

Prints the screen's scale and, for each quarter turn, whether every pixel in view is a pixel of the photo in its order.
"""

import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QApplication, QWidget

from cerbo_desktop.ui.kit.image_bridge import raster_to_qimage
from cerbo_desktop.ui.stage.stage import Stage
from tests.ui.stage.rasters import noise, same_pixels


def main() -> None:
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(401, 303)
    stage = Stage(window)
    stage.setGeometry(13, 7, 377, 289)  # odd, so that half pixels would show on a screen of scale 1.5
    photo = noise(1501, 1203)
    stage.show_full(photo, ())
    window.show()
    app.processEvents()
    results = [str(stage.devicePixelRatioF())]
    for turns in range(4):
        stage.set_turns(turns)
        stage.zoom_to_actual()
        stage.pan(37, -21)
        results.append(str(_is_pixel_for_pixel(window, stage, raster_to_qimage(photo))))
    sys.stdout.write(" ".join(results))


def _is_pixel_for_pixel(window: QWidget, stage: Stage, photo: QImage) -> bool:
    shot, dpr = window.grab().toImage(), stage.devicePixelRatioF()
    shot.setDevicePixelRatio(1)
    left, top = round(stage.x() * dpr) + 2, round(stage.y() * dpr) + 2
    seen = shot.copy(QRect(left, top, int(stage.width() * dpr) - 5, int(stage.height() * dpr) - 5))
    turned = photo.transformed(QTransform().rotate(90 * stage.turns), Qt.TransformationMode.FastTransformation)
    x, y = _find(seen, turned)
    return x >= 0 and same_pixels(seen, turned.copy(QRect(x, y, seen.width(), seen.height())))


def _find(seen: QImage, photo: QImage) -> tuple[int, int]:
    """Where the seen corner lies in the photo, whose pixels are all different."""
    corner = bytes(seen.convertToFormat(QImage.Format.Format_RGB32).constBits())[:16]
    plain = photo.convertToFormat(QImage.Format.Format_RGB32)
    at = bytes(plain.constBits()).find(corner)
    return (at // 4 % plain.width(), at // 4 // plain.width()) if at >= 0 else (-1, -1)


if __name__ == "__main__":
    main()
