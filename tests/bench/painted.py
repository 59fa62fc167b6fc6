"""What has really been painted, and when: listens to paint events and believes them once they are over."""

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.services.photos.thumbnails import Ready
from cerbo_desktop.ui.gallery.album_view import AlbumView
from cerbo_desktop.ui.gallery.model import Role


class PaintedTiles(QObject):
    """Which photos of an album stood on the screen with their picture, since `clear`."""

    def __init__(self, album: AlbumView) -> None:
        super().__init__(album)
        self.ids: set[PhotoId] = set()
        self.last_at_s = 0.0
        self._album = album
        self._stirred = asyncio.Event()
        album.viewport().installEventFilter(self)

    def clear(self) -> None:
        self.ids.clear()

    @property
    def is_view_complete(self) -> bool:
        """Every tile in view has been painted with its picture."""
        visible = self._album.album_model().ids(self._album.rows_in_view())
        return bool(visible) and self.ids.issuperset(visible)

    async def until(self, condition: Callable[[], bool], timeout_s: float = 120.0) -> float:
        """Wait until that holds after a painting; the moment at which the painting was over."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._stirred.clear()
                await self._stirred.wait()
        return self.last_at_s

    async def view_complete(self) -> float:
        return await self.until(lambda: self.is_view_complete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            model = self._album.album_model()
            rows = self._album.rows_in_view()
            unseen = [(row, id_) for row, id_ in zip(rows, model.ids(rows), strict=True) if id_ not in self.ids]
            ready = [id_ for row, id_ in unseen if isinstance(model.index(row).data(Role.STATE), Ready)]
            if ready:
                QTimer.singleShot(0, lambda: self._note(ready))
        return False

    def _note(self, painted: list[PhotoId]) -> None:
        self.ids.update(painted)
        self.last_at_s = time.perf_counter()
        self._stirred.set()


class FirstPaint(QObject):
    """The moment at which a widget's first painting for which `counts` holds is over."""

    def __init__(self, widget: QWidget, counts: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget, self._counts = widget, counts
        self._at_s: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)

    async def over(self, timeout_s: float = 30.0) -> float:
        try:
            return await asyncio.wait_for(self._at_s, timeout_s)
        finally:
            self._widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._counts():
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        if not self._at_s.done():
            self._at_s.set_result(time.perf_counter())
