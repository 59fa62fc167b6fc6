"""What comes into one session from files and from the clipboard, and what is said of it after Send."""

from collections.abc import Callable, Sequence
from pathlib import Path

from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.handing_over import HandedOver
from cerbo_desktop.ui.capture.views import CaptureView
from cerbo_desktop.ui.text import added_files, capture as words
from cerbo_desktop.ui.text.shots import state_in_one_line


class FilesPresenter:
    """Joins the files tab of the sheet and the session."""

    def __init__(self, view: CaptureView, session: CaptureSession, turn_to_files: Callable[[], None]) -> None:
        """`turn_to_files` is called where another tab is shown."""
        self._view, self._session, self._turn_to_files = view, session, turn_to_files
        view.files_added.connect(self.add)
        view.picture_pasted.connect(self._paste)
        self._unsubscribe = session.intake.subscribe(view.show_intake)

    def add(self, paths: Sequence[Path]) -> None:
        """Take these files, and let Enter send them."""
        if paths:
            self._show_tab()
            self._session.add_files(paths)
            self._view.focus_files()

    def close(self) -> None:
        """Tell the view no more."""
        self._unsubscribe()

    def words_after(self, end: HandedOver) -> str:
        """What has to be said of those that stay after all others were handed over; empty where none stays."""
        session = self._session
        if end.kept_back:
            review = words.review_then_send(state_in_one_line(end.kept_back[0]))
            return words.with_some_safe(review, session.safe_count)
        if session.shots and all(shot.is_refused for shot in session.shots):
            return added_files.rest_not_sent(len(session.shots)) if session.safe_count else ""
        return added_files.next_files_here() if self._has_next else ""

    @property
    def _has_next(self) -> bool:
        return any(shot.goes_out for shot in self._session.shots) and self._session.safe_count > 0

    def _paste(self, data: bytes) -> None:
        if self._session.add_bytes(data) is None:
            self._view.show_problem(words.session_full())
            return
        self._show_tab()
        self._view.focus_files()

    def _show_tab(self) -> None:
        if self._view.tab != "files":
            self._view.show_tab("files")
            self._turn_to_files()
