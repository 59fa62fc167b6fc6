"""The menu of years: one entry a year of the album, to jump there."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from cerbo_desktop.ui.gallery.grid_view import MonthGrid
from cerbo_desktop.ui.text import album


def open_year_menu(grid: MonthGrid, at: QPoint) -> QMenu:
    """Open it at a point of the grid's viewport; the year in view is ticked."""
    menu = QMenu(grid)
    years, in_view = grid.years, grid.rows_in_view().start
    current = max((row for row in years.values() if row <= in_view), default=0)
    for year, row in years.items():
        entry = menu.addAction(album.year(year))
        entry.setCheckable(True)
        entry.setChecked(row == current)
        entry.triggered.connect(partial(_jump, grid, year))
        if row == current:
            menu.setActiveAction(entry)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(grid.viewport().mapToGlobal(at))
    return menu


def _jump(grid: MonthGrid, year: int, _is_checked: bool = False) -> None:
    """More photos may have come while the menu was open: the year counts, and not its row."""
    grid.jump_to(grid.years.get(year, 0))
    grid.setFocus()
