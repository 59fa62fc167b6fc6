"""Whether a key may send: not before a person can have seen every photo that came from elsewhere."""

import time

from PySide6.QtCore import QObject, Signal

from cerbo_desktop.services.shots import Examining, Shot, ShotId, ShotSource
from cerbo_desktop.ui.kit.keys import Moment

_LOOK_MS = 800
"""To see that a photo has come, and which. Enter half a second after the one in the dialog sent one unseen (seen)."""


class FirstLook(QObject):
    """Follows the files and pasted pictures that the sheet shows; a shot of the camera was in view when it was taken.

    Enter pressed twice in a dialog for files, or once more because nothing seemed to happen, comes here as a key in the
    sheet. It must not send photos that were on the screen for no time at all.
    """

    ended = Signal()
    """New photos have been on the screen for long enough."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._are_checked: dict[ShotId, bool] = {}
        self.is_covered = False
        """A window for choosing files is in front of the sheet."""
        self._news = Moment(self, _LOOK_MS)
        self._news.ended.connect(self.ended)

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        """Follow the checks of these shots."""
        before = self._are_checked
        from_elsewhere = [shot for shot in shots if shot.source is not ShotSource.CAMERA]
        self._are_checked = {shot.id: not isinstance(shot.state, Examining) for shot in from_elsewhere}
        if self._are_checked.items() - before.items():
            self._news.begin()

    def cover(self) -> None:
        """Note that something lies over the sheet, so that nobody sees its photos meanwhile."""
        self.is_covered = True

    def uncover(self) -> None:
        """The sheet is seen again."""
        self.is_covered = False
        self._news.begin()

    def heed_press(self) -> None:
        """Send was pressed by a key, maybe too early."""
        self._news.heed_press(time.monotonic())

    @property
    def is_checking(self) -> bool:
        """A photo is still being checked."""
        return not all(self._are_checked.values())

    @property
    def is_over(self) -> bool:
        """Whether the person at the sheet has had time to look at the photos."""
        return not self.is_covered and not self.is_checking and not self._news.is_running
