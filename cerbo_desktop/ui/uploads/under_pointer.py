"""What is under the pointer stays there while cards above it come and go: a click meets the card that was aimed at."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

_LAYOUT_PASSES = 3
"""Layouts lie in layouts, and each learns of a change from the one inside."""


class AimedAt(NamedTuple):
    """A card, or a row of a list."""

    key: Hashable
    rect: QRect
    """In the content that is scrolled."""
    group: QWidget


class UnderPointer:
    """Scrolls so that it stays there. Where scrolling doesn't reach, it adds space above or below the content until the
    pointer leaves."""

    def __init__(self, scroll: QScrollArea, column: QVBoxLayout, parts: Callable[[], Iterator[AimedAt]]) -> None:
        """`column`: the content's layout."""
        self._scroll, self._column, self._parts = scroll, column, parts
        self._margins = column.contentsMargins()
        self._above = self._below = 0

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Around a change of cards."""
        before = self._part_under_pointer()
        if before is None:
            self.let_go()
            yield
            return
        y = before.rect.top() - self._scroll.verticalScrollBar().value()
        yield
        self.lay_out_now()
        after = next((each for each in self._parts() if _is_same(each, before)), None)
        if after is None:
            self.let_go()
        else:
            self._scroll_to(after.rect.top() - self._above - y)

    def leave(self) -> None:
        """The pointer is said to have left: not where another window has only come over the content."""
        if not self._is_over:
            self.let_go()

    def let_go(self) -> None:
        """Keep no room free beside the content: the pointer is elsewhere."""
        if self._above or self._below:
            bar = self._scroll.verticalScrollBar()
            self._scroll_to(min(max(0, bar.value() - self._above), max(0, self._height() - self._view_px)))

    def scroll_to_top(self) -> None:
        """Begin anew with the first card."""
        self.let_go()
        self._scroll.verticalScrollBar().setValue(0)

    def _scroll_to(self, value: int) -> None:
        """To this place of the content alone, which may lie outside of it."""
        height = self._height()
        above, below = max(0, -value), max(0, self._view_px + value - height)
        if (above, below) != (self._above, self._below):
            self._above, self._below = above, below
            around = self._margins
            self._column.setContentsMargins(
                around.left(), around.top() + above, around.right(), around.bottom() + below
            )
            self.lay_out_now()
        self._scroll.verticalScrollBar().setValue(value + above)

    def _height(self) -> int:
        """Of the content alone."""
        width = self._scroll.viewport().width()
        tall = self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else -1
        return max(tall, self._column.totalMinimumSize().height()) - self._above - self._below

    @property
    def _view_px(self) -> int:
        return self._scroll.viewport().height()

    def _part_under_pointer(self) -> AimedAt | None:
        """Also where something lies over it: standing still harms nobody."""
        content = self._scroll.widget()
        if content is None or not self._is_over:
            return None
        point: QPoint = content.mapFromGlobal(QCursor.pos())
        return next((part for part in self._parts() if part.rect.contains(point)), None)

    @property
    def _is_over(self) -> bool:
        view = self._scroll.viewport()
        return view.isVisible() and view.rect().contains(view.mapFromGlobal(QCursor.pos()))

    def lay_out_now(self) -> None:
        """Let the content have the height that its parts ask for, now."""
        for _ in range(_LAYOUT_PASSES):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _is_same(one: AimedAt, other: AimedAt) -> bool:
    """One that went to another group is followed by nobody's eyes: it was acted on."""
    return (one.key, one.group) == (other.key, other.group)
