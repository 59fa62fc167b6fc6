"""Where the tray's panel lies: in the row of panes, over the centre of a narrow window, or folded to the rail."""

from PySide6.QtWidgets import QLayout, QWidget

from cerbo_desktop.ui.kit.panes import TRAY_WIDTH_PX
from cerbo_desktop.ui.uploads.panel import Panel
from cerbo_desktop.ui.uploads.rail import RAIL_WIDTH_PX, Rail


class Folding:
    """Of one tray, whose layout `row` holds its rail and its panel."""

    def __init__(self, tray: QWidget, row: QLayout, rail: Rail, panel: Panel) -> None:
        self._tray, self._row, self._rail, self._panel = tray, row, rail, panel
        self._is_narrow = self._is_folded = False
        rail.unfold.clicked.connect(lambda: self.turn(is_folded=False))
        rail.acting.clicked.connect(lambda: self._open_at(panel.needs_you))
        rail.offers.clicked.connect(lambda: self._open_at(panel.needs_you))
        rail.moving.clicked.connect(lambda: self._open_at(panel.on_the_way))
        panel.fold.clicked.connect(lambda: self.turn(is_folded=True))
        panel.on_escape = self.go_back
        self._set_folded(False)

    def set_narrow(self, is_narrow: bool) -> None:
        """True when the window is too narrow for the whole tray: it folds, and opens over the centre."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._set_folded(is_narrow)

    def uncover(self) -> None:
        """Fold the panel where it lies over the centre: something there is to be seen or used now."""
        if self._panel.is_over_centre:
            self._set_folded(True)

    def go_back(self) -> bool:
        """Esc: fold the panel where it lies over the centre. False where there is nothing to fold."""
        if not self._panel.is_over_centre:
            return False
        focus: QWidget | None = self._tray.window().focusWidget()
        if focus is not None and (focus is self._panel or self._panel.isAncestorOf(focus)):
            self.turn(is_folded=True)
        else:
            self._set_folded(True)
        return True

    def turn(self, *, is_folded: bool) -> None:
        """As a person wants it, with the focus on the button that turns it back."""
        focus: QWidget | None = self._tray.window().focusWidget()
        if focus is not None and self._rail.isAncestorOf(focus):
            focus.clearFocus()  # it rests while the panel is open, and Qt would look for another place
        self._set_folded(is_folded)
        (self._rail.unfold if is_folded else self._panel.fold).setFocus()

    def place(self) -> None:
        """In a narrow window the open panel lies over the centre; in a wide one it is part of the row."""
        tray, panel = self._tray, self._panel
        page = tray.parentWidget()
        if self._is_narrow and not self._is_folded and page is not None:
            panel.is_over_centre = True
            panel.setParent(page)
            panel.setGeometry(page.width() - TRAY_WIDTH_PX, tray.y(), TRAY_WIDTH_PX, tray.height())
            panel.show()
            panel.raise_()
        elif panel.parentWidget() is not tray:
            panel.is_over_centre = False
            self._row.addWidget(panel)
            panel.setVisible(not self._is_folded)

    def _open_at(self, group: QWidget) -> None:
        """Open the panel with the focus on the first thing of this group that can be used."""
        self.turn(is_folded=False)
        self._panel.focus_first(group)

    def _set_folded(self, is_folded: bool) -> None:
        if self._is_folded and not is_folded and not self._panel.needs_you.isHidden():
            self._panel.under_pointer.scroll_to_top()  # what needs a person would be hidden above
        self._is_folded, is_rail = is_folded, is_folded or self._is_narrow
        self._rail.setVisible(is_rail)
        self._rail.setEnabled(is_folded)  # under the panel nobody sees where the focus is
        self._panel.setVisible(not is_folded)
        self._tray.setFixedWidth(RAIL_WIDTH_PX if is_rail else TRAY_WIDTH_PX)
        self.place()
