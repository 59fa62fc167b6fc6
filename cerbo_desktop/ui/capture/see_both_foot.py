"""The buttons of See both: use the file or leave it out, and go on to the next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.commands.key_tips import KeyHintVisibility, takes_enter
from cerbo_desktop.ui.commands.tables import SEE_BOTH
from cerbo_desktop.ui.kit.buttons import Button
from cerbo_desktop.ui.text import see_both as words


class SeeBothFoot(QWidget):
    """Enter is the key of the filled button: of a file that is left out it only goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.next = Button(words.next_file(), "quiet", key_hint=SEE_BOTH.key("next"))
        self.leave_out = Button(words.leave_out(), "quiet", key_hint=SEE_BOTH.key("leave_out"), size=48)
        self.use = Button(words.use_file(), size=48)
        self.keep_out = Button(words.keep_left_out(), "primary", key_hint=SEE_BOTH.key("use"), size=48)
        for button in (self.use, self.keep_out):
            KeyHintVisibility(button, SEE_BOTH, takes_enter)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(16)
        row.addWidget(self.next)
        row.addStretch(1)
        for button in (self.leave_out, self.use, self.keep_out):
            row.addWidget(button)
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """From left to right."""
        return self.next, self.leave_out, self.use, self.keep_out

    def show_choice(self, shot: Shot) -> None:
        """Offer what can be done with a file that is chosen, or left out."""
        self.use.setText(words.use(shot))
        self.use.set_kind("primary" if shot.is_chosen else "secondary")
        self.use.set_icon("check" if shot.is_chosen else None)
        self.use.set_key_hint(SEE_BOTH.key("use") if shot.is_chosen else None)
        self.leave_out.setText(words.leave_out() if shot.is_chosen else words.remove())
        self.keep_out.setVisible(not shot.is_chosen)
