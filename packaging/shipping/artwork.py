"""The app's icon as files, drawn from the two SVG drawings. Runs in the build environment, without a display."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_SMALL_UP_TO_PX = 24
_WINDOWS_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def draw(icons: Path, folder: Path) -> None:
    """`NN.png` for each size, and what Windows and macOS want of them, from the drawings in `icons`."""
    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for size_px in SIZES_PX:
        name = "icon-small.svg" if size_px <= _SMALL_UP_TO_PX else "icon.svg"
        _drawn(icons / name, size_px).save(str(folder / f"{size_px}.png"))
    del application
    pictures = {size_px: Image.open(folder / f"{size_px}.png") for size_px in SIZES_PX}
    windows = [pictures[size_px] for size_px in _WINDOWS_SIZES_PX]
    windows[-1].save(folder / "cerbo-desktop.ico", sizes=[each.size for each in windows], append_images=windows[:-1])
    pictures[512].save(folder / "cerbo-desktop.icns", append_images=[pictures[size] for size in (32, 64, 128, 256)])


def _drawn(drawing: Path, size_px: int) -> QImage:
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return image
