"""Joins the ID photo card, the camera and the patient's session. No Qt here."""

from collections.abc import Awaitable, Callable
from typing import Any

from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.camera.port import CameraDevice, CameraLoan
from cerbo_desktop.config.settings import SettingsFile
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.capturing import CaptureSession
from cerbo_desktop.services.handing_over import Accept, SavingPace
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.ui.capture.facts import facts_of
from cerbo_desktop.ui.capture.leave_question import LeaveQuestion, leave_question
from cerbo_desktop.ui.capture.views import IdCardView
from cerbo_desktop.ui.text import camera as camera_words, capture as words
from cerbo_desktop.ui.text.failures import error_sentence
from cerbo_desktop.ui.text.shots import state_in_one_line


class IdCardPresenter:
    """The camera runs from `start` until the card closes, and rests while a photo waits to be kept."""

    def __init__(
        self,
        view: IdCardView,
        session: CaptureSession,
        camera: CameraDevice,
        settings: SettingsFile,
        *,
        accept: Accept,
        on_closed: Callable[[], None],
        scope: TaskScope,
    ) -> None:
        self._view, self._session = view, session
        self._camera, self._settings = camera, settings
        self._accept, self._on_closed = accept, on_closed
        self._scope = scope.child("ID card")
        self._is_open = True
        self._loan = CameraLoan(
            camera,
            on_state=self._on_camera_state,
            on_devices=self._on_devices,
            on_frame=self._on_frame,
            on_shot=self._on_shot,
            on_shot_failed=self._on_shot_failed,
        )
        view.shutter_pressed.connect(self._on_shutter)
        view.send_pressed.connect(self._on_send)
        view.retake_pressed.connect(self._on_retake)
        view.dismiss_pressed.connect(self._on_dismiss)
        view.camera_chosen.connect(self._on_camera_chosen)
        view.retry_pressed.connect(camera.try_again)

    @property
    def patient(self) -> Patient:
        """The patient whose photo the card takes."""
        return self._session.patient

    @property
    def has_unsent_shots(self) -> bool:
        """A photo was taken that is not sent yet."""
        return self._session.has_unsent_shots or self._camera.is_taking

    def start(self) -> None:
        """Open the camera."""
        kept = self._settings.current
        self._camera.open(kept.camera_id, kept.camera_size)
        self._show_camera()

    async def may_leave(self, ask: Callable[[LeaveQuestion], Awaitable[str]]) -> bool:
        """Send or discard what the card keeps, then close it; False where the person stays, or has to look at it.

        A photo that was sent already only has to arrive in the outbox: nothing is asked about it.
        """
        self._camera.finish_shot()
        session = self._session
        if session.is_handing_over and not (await session.hand_over_ended()).is_whole:
            return False
        if refused := [shot for shot in session.shots if shot.is_refused]:
            self._take_again(refused[0])
            return False
        if session.has_unsent_shots:
            answer = await ask(leave_question(session.shots, session.patient))
            if answer == "stay":
                return False
            if answer == "send" and not await self._send_to_its_end():
                return False
        self.close()
        return True

    def close(self) -> None:
        """The camera goes off, a photo that was not sent is gone. Calls `on_closed` once."""
        if self._is_open:
            self._is_open = False
            self._loan.give_back()
            self._session.clear()
            self._on_closed()

    async def aclose(self) -> None:
        """End for good: the camera goes off, and a photo that was not sent is gone."""
        self.close()
        await self._scope.aclose()
        await self._session.aclose()

    def _on_camera_state(self, _state: CameraState) -> None:
        self._show_camera()

    def _on_frame(self, frame: Any) -> None:
        self._view.show_frame(frame)

    def _on_shot_failed(self) -> None:
        self._view.show_problem(words.shot_failed())

    def _on_devices(self, _cameras: tuple[CameraInfo, ...]) -> None:
        self._show_camera()

    def _show_camera(self) -> None:
        self._view.show_camera(facts_of(self._camera, self._settings.current.camera_id))

    def _on_shutter(self) -> None:
        if self._is_open and not self._session.shots and self._camera.take(is_square=True):
            self._view.flash()
        elif self._camera.state is CameraState.BLACK:
            self._view.say(camera_words.black())  # the picture shows it, for as long as it is so

    def _on_shot(self, frame: Raster) -> None:
        self._session.add_frame(frame)
        self._camera.close()
        self._view.show_kept(frame)

    def _on_dismiss(self) -> None:
        """Not now, or discard. What was sent stays sent: the card then closes by itself."""
        if not self._session.is_handing_over:
            self.close()

    def _on_retake(self) -> None:
        if self._is_open and not self._session.is_handing_over:
            self._session.clear()
            self._view.show_live()
            self.start()

    def _on_camera_chosen(self, camera_id: str) -> None:
        self._camera.finish_shot()
        if self._session.shots:
            return
        self._settings.change(camera_id=camera_id, camera_size="")
        self._camera.choose(camera_id)
        self._show_camera()

    async def _send_to_its_end(self) -> bool:
        """True when the photo is safe on this PC. One that was refused while the question stood is not."""
        self._on_send()
        return self._session.is_handing_over and (await self._session.hand_over_ended()).is_whole

    def _on_send(self) -> None:
        """The photo is marked at once; the rest is the session's work, which this card only follows."""
        if not self._is_open or self._session.is_handing_over:
            return
        if refused := [shot for shot in self._session.shots if shot.is_refused]:
            self._take_again(refused[0])
        elif self._session.shots:
            self._session.hand_over(self._accept)
            self._view.show_saving(True)
            self._scope.start(self._follow_hand_over(), key="send")

    async def _follow_hand_over(self) -> None:
        end = await self._session.hand_over_ended(self._show_pace)
        if not self._is_open:
            return
        self._view.show_saving(False)
        if end.failure is not None:
            self._view.show_problem(error_sentence(end.failure).whole)
        elif end.refused:
            self._take_again(end.refused[0])
        elif end.is_whole:
            self.close()

    def _show_pace(self, pace: SavingPace) -> None:
        self._view.show_problem(words.disk_is_silent() if pace is SavingPace.SILENT else "")

    def _take_again(self, refused: Shot) -> None:
        self._session.clear()
        self._view.show_live()
        self.start()
        self._view.show_problem(words.take_again(state_in_one_line(refused)))
