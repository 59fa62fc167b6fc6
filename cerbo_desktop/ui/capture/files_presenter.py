"""What comes into one session from files and from the clipboard, and what is said of it after Send."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.comparing_files import ComparingFiles
from cerbo_desktop.services.handing_over import HandedOver
from cerbo_desktop.services.shots import Examining, Shot, ShotId
from cerbo_desktop.ui.capture.views import CaptureView
from cerbo_desktop.ui.text import added_files, capture as words
from cerbo_desktop.ui.text.shots import state_in_one_line


class FilesPresenter:
    """Joins the files tab of the sheet and the session."""

    def __init__(
        self,
        view: CaptureView,
        session: CaptureSession,
        turn_to_files: Callable[[], None],
        comparing: ComparingFiles | None = None,
    ) -> None:
        """`turn_to_files` is called where another tab is shown. `comparing` ends with this."""
        self._view, self._session, self._turn_to_files = view, session, turn_to_files
        self._comparing = comparing
        view.files_added.connect(self.add)
        view.picture_pasted.connect(self._paste)
        self._wanted_early: ShotId | None = None
        """A file that somebody wanted to see large while it was still being checked."""
        view.see_both_wanted.connect(lambda shot_id: self._note_early(ShotId(shot_id)))
        feeds = (session.intake, comparing.feed) if comparing is not None else (session.intake,)
        self._ends = [feed.subscribe(self._show_intake) for feed in feeds]

    def add(self, paths: Sequence[Path]) -> None:
        """Take these files, and let Enter send them."""
        if paths:
            self._show_tab()
            self._view.show_news("")
            self._view.expect_files()
            self._session.add_files(paths)
            self._view.focus_files()

    def follow_checks(self, shots: Sequence[Shot]) -> None:
        """Take the word back that a file is still being checked, once it is not."""
        if self._wanted_early is not None and not any(_is_checked_still(shot, self._wanted_early) for shot in shots):
            self._wanted_early = None
            self._view.show_note("")

    def close(self) -> None:
        """Tell the view no more."""
        for end in self._ends:
            end()
        if self._comparing is not None:
            self._comparing.close()

    def tell_of_rest(self, end: HandedOver) -> None:
        """Say what became of the photos that were sent, where others stay in the sheet."""
        shots, safe_count = self._session.shots, self._session.safe_count
        kept_ids = {shot.id for shot in end.kept_back}
        kept_back = [shot for shot in shots if shot.id in kept_ids]
        problem = words.review_then_send(state_in_one_line(kept_back[0])) if kept_back else ""
        self._view.show_problem(words.with_some_safe(problem, safe_count) if problem else "")
        if not shots or not safe_count or kept_back:
            return
        if all(shot.is_refused for shot in shots):
            news = added_files.rest_not_sent(safe_count, end.left_out_count, len(shots))
        else:
            news = added_files.next_files_here(safe_count, end.left_out_count)
        self._view.show_news(news)

    def _show_intake(self, _news: object) -> None:
        not_compared = self._comparing.feed.latest if self._comparing is not None else 0
        self._view.show_intake(replace(self._session.intake.latest, not_compared_count=not_compared))

    def _note_early(self, shot_id: ShotId) -> None:
        if any(_is_checked_still(shot, shot_id) for shot in self._session.shots):
            self._wanted_early = shot_id
            self._view.show_note(added_files.large_once_checked())

    def _paste(self, data: bytes) -> None:
        self._view.expect_files()
        if self._session.add_bytes(data) is None:
            self._view.show_problem(words.session_full())
            return
        self._show_tab()
        self._view.focus_files()

    def _show_tab(self) -> None:
        if self._view.tab != "files":
            self._view.show_tab("files")
            self._turn_to_files()


def _is_checked_still(shot: Shot, wanted: ShotId) -> bool:
    return shot.id == wanted and isinstance(shot.state, Examining)
