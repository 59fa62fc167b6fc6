"""What the sheet says while its photos are saved slowly, or while the disk takes none."""

from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.handing_over import SavingPace
from cerbo_desktop.ui.capture.views import CaptureView
from cerbo_desktop.ui.text import capture as words


class SavingNote:
    """Follows one hand-over after the other."""

    def __init__(self, view: CaptureView, session: CaptureSession) -> None:
        self._view, self._session = view, session
        self._pace: SavingPace | None = None

    def show_pace(self, pace: SavingPace) -> None:
        """The disk that answers again takes the sentence away that it does not."""
        if SavingPace.SILENT in (pace, self._pace):
            self._view.show_problem(words.disk_is_silent() if pace is SavingPace.SILENT else "")
        if self._pace is SavingPace.SLOW:
            self._view.show_note("")
        self._pace = pace
        self.count()

    def count(self) -> None:
        """Say anew how many are left. A reader hears it once: they may be many."""
        left = sum(shot.is_being_sent for shot in self._session.shots)
        if self._pace is SavingPace.SLOW and left:
            self._view.show_note(words.saving_slowly(left))

    def end(self) -> None:
        """The hand-over is over."""
        if self._pace is SavingPace.SILENT:
            self._view.show_problem("")
        elif self._pace is SavingPace.SLOW:
            self._view.show_note("")
        self._pace = None
