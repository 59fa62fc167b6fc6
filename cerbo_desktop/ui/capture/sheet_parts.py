"""The tabs of the capture sheet and both versions of a file: each is made when it is first asked for.

Made together, they would keep the window from answering for a tenth of a second, and a person sees one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot, ShotSource
from cerbo_desktop.ui.capture.camera_tab import CameraTab
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.files_tab import FilesTab
from cerbo_desktop.ui.capture.see_both import SeeBoth
from cerbo_desktop.ui.capture.sheet_wiring import wire_camera_tab, wire_files_tab, wire_see_both
from cerbo_desktop.ui.capture.side_column import SideColumn
from cerbo_desktop.ui.capture.tab_order import order_tabs
from cerbo_desktop.ui.capture.version import Version
from cerbo_desktop.ui.capture.viewfinder import Viewfinder
from cerbo_desktop.ui.kit.painting import painting
from cerbo_desktop.ui.kit.theme import color
from cerbo_desktop.ui.text import see_both as words

if TYPE_CHECKING:
    from cerbo_desktop.ui.capture.sheet import CaptureSheet


class _Pages(QStackedWidget):
    """Opaque, so that nothing of the page behind is painted where only the sheet has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with painting(self) as painter:
            # Beyond its edges, which lie between two pixels of the screen at 125 %: nothing else paints there.
            painter.fillRect(self.rect().adjusted(-1, -1, 1, 1), color("surface"))


class SheetParts:
    """Those of one sheet. What is shown before a part is made is shown to it once it is."""

    def __init__(self, sheet: CaptureSheet, column: QVBoxLayout, *, shows_grid: bool, mirrors: bool) -> None:
        """`pages` has its place in the `column` of the sheet."""
        self.pages = _Pages()
        self.camera_made: CameraTab | None = None
        self.files_made: FilesTab | None = None
        self.both_made: SeeBoth | None = None
        self._sheet, self._column = sheet, column
        self._shows_grid, self._mirrors = shows_grid, mirrors
        self._camera_facts: CameraFacts | None = None
        self._intake_facts = IntakeFacts()
        self.taken: tuple[Shot, ...] = ()
        self.added: tuple[Shot, ...] = ()

    @property
    def camera(self) -> CameraTab:
        return self.camera_made or self._add_camera(Viewfinder(), self._side())

    @property
    def files(self) -> FilesTab:
        return self.files_made or self._add_files()

    @property
    def both(self) -> SeeBoth:
        return self.both_made or self._add_both(*_versions())

    def making_tab(self, key: str) -> Iterator[None]:
        """Make "camera" or "files" in steps of some milliseconds."""
        if key == "camera" and self.camera_made is None:
            viewfinder = Viewfinder()
            yield
            side = self._side()
            yield
            self._add_camera(viewfinder, side)
        elif key == "files" and self.files_made is None:
            self._add_files()

    def making_rest(self) -> Iterator[None]:
        """Make what is not seen yet, in such steps: then it is there when a person turns to it."""
        for key in ("camera", "files"):
            yield from self.making_tab(key)
            yield
        if self.both_made is None:
            versions = _versions()
            yield
            self._add_both(*versions)

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show each in its tab."""
        self.taken = tuple(shot for shot in shots if shot.source is ShotSource.CAMERA)
        self.added = tuple(shot for shot in shots if shot.source is not ShotSource.CAMERA)
        if self.camera_made is not None:
            self.camera_made.show_shots(self.taken)
        if self.files_made is not None:
            self.files_made.show_shots(self.added)

    def show_camera(self, facts: CameraFacts) -> None:
        """Show the state of the camera."""
        self._camera_facts = facts
        if self.camera_made is not None:
            self.camera_made.show_camera(facts)

    def show_intake(self, facts: IntakeFacts) -> None:
        """Show how many files wait."""
        self._intake_facts = facts
        if self.files_made is not None:
            self.files_made.show_intake(facts)

    def order(self) -> None:
        """Order the stops of Tab, anew with each part, since one that comes late is put at the end."""
        order_tabs(self._sheet, self.camera_made, self.files_made, self.both_made)
        self._sheet.keys.watch_new_parts()

    def _side(self) -> SideColumn:
        return SideColumn(shows_grid=self._shows_grid, mirrors=self._mirrors)

    def _add_camera(self, viewfinder: Viewfinder, side: SideColumn) -> CameraTab:
        made = self.camera_made = CameraTab(viewfinder, side, shows_grid=self._shows_grid, mirrors=self._mirrors)
        self.pages.addWidget(made)
        wire_camera_tab(self._sheet, made)
        made.show_shots(self.taken)
        if self._camera_facts is not None:
            made.show_camera(self._camera_facts)
        self.order()
        return made

    def _add_files(self) -> FilesTab:
        made = self.files_made = FilesTab()
        self.pages.addWidget(made)
        wire_files_tab(self._sheet, made)
        made.show_intake(self._intake_facts)
        made.show_shots(self.added)
        self.order()
        return made

    def _add_both(self, original: Version, sent: Version) -> SeeBoth:
        made = self.both_made = SeeBoth(original, sent)
        self._column.insertWidget(self._column.indexOf(self.pages), made, 1)
        wire_see_both(self._sheet, made)
        self.order()
        return made


def _versions() -> tuple[Version, Version]:
    return Version(words.original()), Version(words.to_be_sent())
