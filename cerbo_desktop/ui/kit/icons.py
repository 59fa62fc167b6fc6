"""The drawn icons, tinted with a token and crisp at any scale. Only our own SVG files reach Qt's SVG reader."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cerbo_desktop.runtime.paths import icons_dir
from cerbo_desktop.ui.kit import theme

# Drawn in two colours: one flat tint would blot out the tick, so the tick takes the ground's colour.
TWO_COLOURED = frozenset({"full"})
_DRAWN_INK, _DRAWN_KNOCK = b"#15191D", b"#FFFFFF"
_APP_ICON_SIZES_PX = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_SMALL_UP_TO_PX = 24


@lru_cache(maxsize=1)
def _sheets() -> tuple[QSvgRenderer, QSvgRenderer]:
    folder = icons_dir()
    return QSvgRenderer(str(folder / "icons.svg")), QSvgRenderer(str(folder / "icons-more.svg"))


@lru_cache(maxsize=128)
def _sheet_of(name: str) -> QSvgRenderer:
    for sheet in _sheets():
        if sheet.elementExists(f"icon-{name}"):
            return sheet
    raise KeyError(name)


@lru_cache(maxsize=8)
def _recoloured(ink: str, knock: str) -> QSvgRenderer:
    drawing = (icons_dir() / "icons-more.svg").read_bytes()
    return QSvgRenderer(drawing.replace(_DRAWN_KNOCK, knock.encode()).replace(_DRAWN_INK, ink.encode()))


@lru_cache(maxsize=1024)
def _rendered(name: str, pixels: int, rgba: int, knock: str) -> QPixmap:
    # The sheet first: an exception past this point would leave a painter open on a dying pixmap, which crashes.
    sheet = _recoloured(QColor.fromRgba(rgba).name(), knock) if knock else _sheet_of(name)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet.render(painter, f"icon-{name}", QRectF(0, 0, pixels, pixels))
    if not knock:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), QColor.fromRgba(rgba))
    painter.end()
    return pixmap


def icon_pixmap(name: str, size_px: int, ink: str = "ink", dpr: float = 1.0) -> QPixmap:
    """The icon `size_px` wide in layout pixels for a screen of scale `dpr`. Unknown names raise KeyError."""
    knock = theme.color("surface").name() if name in TWO_COLOURED else ""
    pixmap = QPixmap(_rendered(name, max(1, round(size_px * dpr)), theme.color(ink).rgba(), knock))
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def paint_icon(painter: QPainter, name: str, rect: QRectF, ink: str = "ink") -> None:
    """Paint the icon into `rect` (square, layout pixels), sharp on the painter's own screen."""
    dpr = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.topLeft(), icon_pixmap(name, round(rect.width()), ink, dpr))


def app_icon() -> QIcon:
    """The app's icon; the small drawing serves up to 24 pixels."""
    icon = QIcon()
    drawings = {
        small: QSvgRenderer(str(icons_dir() / name)) for small, name in ((True, "icon-small.svg"), (False, "icon.svg"))
    }
    for size_px in _APP_ICON_SIZES_PX:
        pixmap = QPixmap(QSize(size_px, size_px))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawings[size_px <= _SMALL_UP_TO_PX].render(painter, QRectF(0, 0, size_px, size_px))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
