"""Beside the live view: which camera, which picture size, and how the view is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cerbo_desktop.camera.devices import CameraInfo, CameraState, usable
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.fields import Select
from cerbo_desktop.ui.kit.labels import IconLabel, Label, Rule
from cerbo_desktop.ui.kit.text import plain
from cerbo_desktop.ui.kit.toggles import Switch
from cerbo_desktop.ui.text import camera as words

WIDTH_PX = 264


class _Choice(QWidget):
    """Label, drop-down, and the line beneath."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.select = Select(label)
        self.select.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line = Label("", fonts.HINT, "ink3", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (Label(label, fonts.SECOND_STRONG), self.select, self._line):
            column.addWidget(part)

    def show_items(self, items: list[tuple[str, str]], chosen: str, line: str, ink: str = "ink3") -> None:
        """items: key and text. Tells nobody."""
        if items != [(self.select.itemData(at), self.select.itemText(at)) for at in range(self.select.count())]:
            self.select.clear()
            for key, text in items:
                self.select.addItem(text, key)
        self.select.setCurrentIndex(max(0, self.select.findData(chosen)))
        self.select.setEnabled(bool(items))
        self._line.setText(line)
        self._line.set_ink(ink)
        self._line.setVisible(bool(line))
        self.select.setAccessibleDescription(line)


class _Switched(QWidget):
    """A switch with what it does beside it."""

    def __init__(self, title: str, text: str, *, is_on: bool) -> None:
        super().__init__()
        self.switch = Switch(title)
        self.switch.setAccessibleDescription(text)
        self.switch.setChecked(is_on)
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Label(title, fonts.TypeStyle(14, 20, 500)))
        said.addWidget(Label(text, fonts.HINT, "ink3", wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(said, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)


class _CameraList(QWidget):
    """Every camera of the PC and why it gives no picture."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(16)
        self._shown: tuple[object, ...] = ()

    def show_cameras(self, facts: CameraFacts) -> None:
        shown = (facts.cameras, facts.current, facts.state)
        self.setVisible(facts.state.is_trouble and bool(facts.cameras))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows.addWidget(Label(words.cameras_here(), fonts.SECOND_STRONG))
        for camera in facts.cameras:
            self._rows.addWidget(_camera_row(camera, facts))


def _camera_row(camera: CameraInfo, facts: CameraFacts) -> QWidget:
    is_at_fault = camera == facts.current or facts.state is CameraState.BLOCKED
    trouble = words.in_short(facts.state) if is_at_fault else words.not_tried()
    icon, ink, text = ("failed", "bad", trouble) if is_at_fault else ("info", "ink2", trouble)
    if camera.is_infrared:
        icon, ink, text = "info", "ink2", words.infrared()
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    said = QVBoxLayout()
    said.setSpacing(0)
    said.addWidget(Label(plain(camera.name, 40), fonts.TypeStyle(14, 20, 500), elides=True))
    said.addWidget(Label(text, fonts.HINT, "ink3", wraps=True))
    row.addWidget(IconLabel(icon, ink, 20), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(said, 1)
    return line


class SideColumn(QWidget):
    """Which camera, which size, and what helps to aim."""

    camera_chosen = Signal(str)
    size_chosen = Signal(str)
    grid_switched = Signal(bool)
    mirror_switched = Signal(bool)

    def __init__(self, *, shows_grid: bool, mirrors: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH_PX)
        self.camera, self.picture_size = _Choice(words.camera()), _Choice(words.photo_size())
        self.grid = _Switched(words.grid(), words.grid_note(), is_on=shows_grid)
        self.mirror = _Switched(words.mirror(), words.mirror_note(), is_on=mirrors)
        self._cameras = _CameraList()
        self._live_only = QWidget()
        self.camera.select.activated.connect(self._emit_camera)
        self.picture_size.select.activated.connect(self._emit_size)
        self.grid.switch.toggled.connect(self.grid_switched)
        self.mirror.switch.toggled.connect(self.mirror_switched)
        self._lay_out()

    def show_facts(self, facts: CameraFacts) -> None:
        """Show which cameras and sizes there are, and which are used."""
        cameras = [(camera.id, plain(camera.name, 60)) for camera in usable(facts.cameras) or _only(facts.current)]
        remembered = words.last_used() if facts.is_remembered else ""
        self.camera.show_items(cameras, facts.current.id if facts.current else "", remembered)
        sizes = [(size.key, words.size(size)) for size in facts.sizes]
        note, ink = (facts.note, "warn") if facts.note else (words.highest_resolution(), "ink3")
        line = note if facts.note or facts.is_largest else ""
        self.picture_size.show_items(sizes, facts.size.key if facts.size else "", line, ink)
        self.camera.setVisible(bool(cameras))
        self._live_only.setVisible(not facts.state.is_trouble)
        self._cameras.show_cameras(facts)

    def _lay_out(self) -> None:
        live = QVBoxLayout(self._live_only)
        live.setContentsMargins(0, 0, 0, 0)
        live.setSpacing(24)
        for part in (self.picture_size, Rule(), self.grid, self.mirror):
            live.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        for widget in (self.camera, self._live_only, self._cameras):
            column.addWidget(widget)
        column.addStretch(1)

    def _emit_camera(self, _row: int) -> None:
        self.camera_chosen.emit(self.camera.select.currentData())

    def _emit_size(self, _row: int) -> None:
        self.size_chosen.emit(self.picture_size.select.currentData())


def _only(camera: CameraInfo | None) -> tuple[CameraInfo, ...]:
    return (camera,) if camera is not None else ()
