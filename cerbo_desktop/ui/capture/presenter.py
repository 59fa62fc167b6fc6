"""Joins the capture sheet, the camera and one patient's session."""

from collections.abc import Sequence
from pathlib import Path

from cerbo_desktop.camera.devices import CameraInfo, CameraState, usable
from cerbo_desktop.camera.port import CameraDevice, CameraLoan
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.comparing_files import ComparingFiles
from cerbo_desktop.services.handing_over import Accept
from cerbo_desktop.services.shots import Shot, ShotId, ShotSource
from cerbo_desktop.ui.capture.both_versions import BothVersions
from cerbo_desktop.ui.capture.camera_problem import problem_of
from cerbo_desktop.ui.capture.facts import facts_of
from cerbo_desktop.ui.capture.files_presenter import FilesPresenter
from cerbo_desktop.ui.capture.leave_question import leave_question
from cerbo_desktop.ui.capture.saving_note import SavingNote
from cerbo_desktop.ui.capture.views import CaptureView
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.text import camera as camera_words, capture as words
from cerbo_desktop.ui.text.failures import error_sentence
from cerbo_desktop.ui.text.shots import state_in_one_line


class CapturePresenter:
    """The camera runs only while the camera tab is shown. Nothing leaves without `accept`."""

    def __init__(
        self,
        view: CaptureView,
        session: CaptureSession,
        camera: CameraDevice,
        settings: SettingsFile,
        *,
        accept: Accept,
        scope: TaskScope,
        comparing: ComparingFiles | None = None,
    ) -> None:
        self._view, self._session = view, session
        self._camera, self._settings, self._accept = camera, settings, accept
        self._scope = scope.child("capture sheet")
        self._both: BothVersions | None = None
        self._is_open = True
        self._may_turn = True
        """The files tab may still open by itself: nobody chose a tab yet."""
        self._loan = CameraLoan(
            camera,
            on_state=self._on_camera_state,
            on_devices=self._on_devices,
            on_frame=view.show_frame,
            on_shot=self._on_shot,
            on_shot_failed=lambda: view.show_problem(words.shot_failed()),
        )
        self._saving = SavingNote(view, session)
        self._files = FilesPresenter(view, session, lambda: self._on_tab("files"), comparing)
        self._wire_view()
        self._unsubscribe = session.feed.subscribe(self._show_shots)

    def start(self, tab: str = "camera", files: Sequence[Path] = ()) -> None:
        """Begin with a tab, and with files that were dropped on the window."""
        self._may_turn = tab == "camera" and not files
        self._view.show_tab("files" if files else tab)
        self._show_camera()
        if self._view.tab == "camera":
            self._open_camera()
        self._files.add(files)

    def ask_to_leave(self) -> None:
        """Close; asks first when that would lose photos."""
        self._camera.finish_shot()
        if not self._session.has_unsent_shots:
            self.close()
        elif self._is_open:
            self._scope.start(self._leave(), key="leave")

    @property
    def has_unsent_shots(self) -> bool:
        """Photos were taken or added that are not sent yet."""
        return self._session.has_unsent_shots or self._camera.is_taking

    async def aclose(self) -> None:
        """End for good: the camera goes off, unsent shots are gone."""
        self.close()
        await self._scope.aclose()
        await self._session.aclose()

    def _open_camera(self) -> None:
        kept = self._settings.current
        self._camera.open(kept.camera_id, kept.camera_size)
        self._show_camera()

    def _on_camera_state(self, state: CameraState) -> None:
        self._show_camera()
        if state.is_none and self._may_turn:
            self._view.show_tab("files")
            self._view.show_why_files(problem_of(state, None))
        elif state is CameraState.STARTING and self._view.tab == "files":
            self._on_plugged_in()

    def _on_plugged_in(self) -> None:
        """The camera that was missing is there: back to its tab, unless the person went on with files."""
        self._view.show_why_files(None)
        if self._may_turn and not self._session.shots:
            self._view.show_tab("camera")
        else:
            self._camera.close()

    def _on_devices(self, cameras: tuple[CameraInfo, ...]) -> None:
        self._show_camera()
        if usable(cameras):
            self._view.show_why_files(None)

    def _show_camera(self) -> None:
        self._view.show_camera(facts_of(self._camera, self._settings.current.camera_id))

    def _on_shutter(self) -> None:
        if self._session.is_full:
            self._view.show_problem(words.session_full())
        elif self._camera.take():
            self._view.flash()
        elif self._camera.state is CameraState.BLACK:
            self._view.say(camera_words.black())

    def _on_shot(self, frame: Raster) -> None:
        self._view.show_problem("" if self._session.add_frame(frame) is not None else words.session_full())
        self._keep_choice()
        taken = tuple(shot for shot in self._session.shots if shot.source is ShotSource.CAMERA)
        self._view.say(words.shots_chosen(taken))

    def _keep_choice(self) -> None:
        """Remember the camera once it proved itself with a photo."""
        if self._camera.current is not None and self._camera.current.id not in ("", self._settings.current.camera_id):
            self._settings.change(camera_id=self._camera.current.id)
            self._show_camera()

    def _wire_view(self) -> None:
        view = self._view
        view.shutter_pressed.connect(self._on_shutter)
        view.retake_pressed.connect(self._on_retake)
        view.tab_chosen.connect(self._on_tab)
        view.camera_chosen.connect(self._on_camera_chosen)
        view.size_chosen.connect(self._on_size_chosen)
        view.grid_switched.connect(lambda shows_grid: self._settings.change(shows_grid=shows_grid))
        view.mirror_switched.connect(lambda mirrors: self._settings.change(mirrors_view=mirrors))
        view.retry_pressed.connect(self._camera.try_again)
        view.shot_ticked.connect(lambda shot_id, is_chosen: self._session.choose(ShotId(shot_id), is_chosen))
        view.shot_removed.connect(self._on_remove)
        view.see_both_wanted.connect(self._on_see_both)
        view.send_pressed.connect(self._on_send)
        view.leave_pressed.connect(self.ask_to_leave)

    def _on_remove(self, shot_id: int) -> None:
        if not self._session.remove(ShotId(shot_id)):
            self._view.show_problem(words.being_saved())

    def _on_see_both(self, shot_id: int) -> None:
        if self._both is None:
            self._both = BothVersions(self._view.see_both, self._session, self._scope)
        self._both.open(ShotId(shot_id))

    def _on_retake(self) -> None:
        if self._session.retake():
            self._view.say(words.last_removed(CAPTURE.key("take")))

    def _on_tab(self, tab: str) -> None:
        self._may_turn = False
        if tab == "camera":
            self._open_camera()
        else:
            self._camera.close()

    def _on_camera_chosen(self, camera_id: str) -> None:
        self._settings.change(camera_id=camera_id, camera_size="")
        self._camera.choose(camera_id)
        self._show_camera()

    def _on_size_chosen(self, size_key: str) -> None:
        self._settings.change(camera_size=size_key)
        self._camera.choose_size(size_key)
        self._show_camera()

    def _show_shots(self, shots: tuple[Shot, ...]) -> None:
        """While photos are handed over, the last one stays in view until the sheet has gone: nothing was lost."""
        if self._is_open and (shots or not self._session.is_handing_over):
            self._view.show_shots(shots)
            self._saving.count()
            self._files.follow_checks(shots)

    def _on_send(self) -> None:
        """The shots are marked at once; the rest is the session's work, which this sheet only follows."""
        if self._is_open and not self._session.is_handing_over and any(shot.goes_out for shot in self._session.shots):
            self._view.show_problem("")
            self._view.show_news("")
            self._view.expect_files()  # those that wait
            self._session.hand_over(self._accept)
            self._scope.start(self._follow_hand_over(), key="send")

    async def _follow_hand_over(self) -> None:
        """Close after the last photo; stay where one was refused, and with what was added since Send was pressed."""
        end = await self._session.hand_over_ended(self._saving.show_pace)
        self._saving.end()
        self._view.show_safe_count(self._session.safe_count)
        if end.refused:
            self._view.show_problem(words.review_then_send(state_in_one_line(end.refused[0])))
        elif end.failure is not None:
            failure = error_sentence(end.failure).whole
            self._view.show_problem(words.with_some_safe(failure, self._session.safe_count))
        elif end.is_whole:
            self._files.tell_of_rest(end)
            self._close_if_empty()
        self._show_shots(self._session.shots)

    def _close_if_empty(self) -> None:
        """A photo that is on its way from the camera keeps the sheet open, too."""
        self._camera.finish_shot()
        if not self._session.shots:
            self.close()

    async def _leave(self) -> None:
        """No photo is handed over while the question is open, so that the numbers in it stay true."""
        session = self._session
        async with session.hand_over_paused():
            if not session.has_unsent_shots:
                self.close()
                return
            question = leave_question(session.shots, session.patient, session.safe_count, session.waiting_count)
            answer = await self._view.ask_before_leaving(question)
            if answer == "discard":
                self.close()  # first, so that the sheet does not go empty before it goes
                session.clear()
        if answer == "send":
            self._view.request_send()

    def close(self) -> None:
        """The sheet and its camera go; a photo that was not sent is gone with `aclose`."""
        if self._is_open:
            self._is_open = False
            self._unsubscribe()
            self._files.close()
            self._loan.give_back()
            self._view.dismiss()
