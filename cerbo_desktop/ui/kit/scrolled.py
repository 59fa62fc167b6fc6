"""The body of a sheet or a card: as high as its content where there is room, and scrolled where there is not."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from cerbo_desktop.ui.kit.focus_ring import RingsOnFocus

_LOWEST_PX = 24


class ScrolledBody(RingsOnFocus, QScrollArea):
    """Lets a sheet or a card in a low window keep its foot in view. Tab stops at it only where there is
    something to scroll."""

    ring_radius = 4.0

    def __init__(self, content: QLayout, width_px: int) -> None:
        """`width_px`: its final width, from which its height follows. With `heightForWidth` it would take room from the
        foot. `set_width` changes it."""
        super().__init__()
        self._width_px = width_px
        inside = self._inside = QWidget()
        inside.setProperty("pane", "clear")
        content.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(content)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._take_or_leave_tab)
        inside.installEventFilter(self)

    def set_width(self, width_px: int) -> None:
        """Follow a place that changes: this is its width now."""
        if width_px != self._width_px:
            self._width_px = width_px
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is said within changes: so does the height that is asked for."""
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self._width_px, max(self._inside.heightForWidth(self._width_px), self._inside.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), _LOWEST_PX)

    def _take_or_leave_tab(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus)
