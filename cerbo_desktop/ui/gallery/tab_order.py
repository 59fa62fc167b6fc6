"""The order in which Tab goes through the patient's page: from top to bottom."""

import itertools
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def order_tabs(columns: Iterable[QWidget], rows: Iterable[QWidget]) -> None:
    """Put the controls of these parts one behind the other: what came late Qt has put at the end of all.

    Those of `columns` come first, from top to bottom; those of `rows` keep their order within each part.
    """
    stops = [list(each) for each in (*map(_by_height, columns), *map(_stops_of, rows))]
    for first, second in itertools.pairwise(itertools.chain.from_iterable(stops)):
        QWidget.setTabOrder(first, second)


def _stops_of(part: QWidget) -> Iterator[QWidget]:
    """What Tab comes to within this part, in its present order."""
    at: QWidget | None = part
    while at is not None:
        if bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.isAncestorOf(at):
            yield at
        at = at.nextInFocusChain()
        if at is part:
            return


def _by_height(part: QWidget) -> Iterator[QWidget]:
    yield from sorted(_stops_of(part), key=lambda stop: stop.mapTo(part, QPoint()).y())
