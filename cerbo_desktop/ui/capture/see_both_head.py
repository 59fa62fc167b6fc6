"""The line above both versions: back to the list, which file this is, and how it is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cerbo_desktop.ui.commands.rules import KeyRules
from cerbo_desktop.ui.commands.tables import SEE_BOTH
from cerbo_desktop.ui.kit import fonts
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.kit.labels import Label
from cerbo_desktop.ui.stage.zoom_buttons import ModeButton, ZoomGroup
from cerbo_desktop.ui.text import see_both as words, viewer

_NARROW_UNDER_PX = 800


class SeeBothHead(QWidget):
    """Shows what it is told; its buttons are connected by whoever holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.back = Button(words.all_files(), icon="back", key_hint=SEE_BOTH.key("back"))
        self.name, self.number = Label("", fonts.GROUP, elides_in_middle=True), Label("", fonts.SECOND, "ink2")
        self.zoom, self.fit = ZoomGroup(), ModeButton("fit", viewer.fit())
        self.link = Button(words.linked(), icon="link")
        self.link.setCheckable(True)
        self.link.setChecked(True)
        for button in (self.back, self.zoom.out, self.zoom.into, self.fit, self.link):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayout(row_of(self.back, self.name, self.number, None, self.zoom, self.fit, self.link, top_px=12))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order of Tab."""
        return self.back, self.zoom.out, self.zoom.into, self.fit, self.link

    def show_zoom(self, zoom: float, is_fit: bool) -> None:
        """`zoom`: screen pixels for one photo pixel."""
        self.zoom.show_zoom(zoom)
        self.fit.setChecked(is_fit)

    def name_keys(self, rules: KeyRules) -> None:
        """Name the keys that work now in the tooltips."""
        for button, tip, command_id in (
            (self.zoom.out, viewer.zoom_out_tip, "zoom_out"),
            (self.zoom.into, viewer.zoom_in_tip, "zoom_in"),
            (self.fit, viewer.fit_tip, "fit"),
            (self.link, words.link_tip, "link"),
        ):
            button.setToolTip(tip(rules.key(SEE_BOTH[command_id])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.link.show_word(self.width() >= _NARROW_UNDER_PX)


def row_of(*parts: QWidget | None, spacing_px: int = 16, top_px: int = 0) -> QHBoxLayout:
    """Beside each other; None stands for the room between left and right."""
    row = QHBoxLayout()
    row.setContentsMargins(24, top_px, 24, 0)
    row.setSpacing(spacing_px)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
