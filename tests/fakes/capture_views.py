"""The sheet, the ID card and the camera without Qt, for runs of the presenters by the thousand."""

import asyncio
from collections.abc import Callable
from typing import Any

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.file_intake import IntakeFacts
from cerbo_desktop.services.shots import Shot
from cerbo_desktop.services.versions import NoOriginal
from cerbo_desktop.ui.capture.camera_problem import CameraProblem
from cerbo_desktop.ui.capture.facts import CameraFacts
from cerbo_desktop.ui.capture.leave_question import LeaveQuestion


class PlainSignal:
    def __init__(self) -> None:
        self._slots: list[Callable[..., object]] = []

    def connect(self, slot: Callable[..., object], /) -> None:
        self._slots.append(slot)

    def disconnect(self, slot: Callable[..., object], /) -> None:
        self._slots.remove(slot)

    def emit(self, *values: object) -> None:
        for slot in tuple(self._slots):
            slot(*values)


def picture(number: int) -> Raster:
    """One pixel whose colour is the number."""
    return Raster(1, 1, bytes([number, number, number, 255]), 1, 1)


class PlainCamera:
    """`CameraDevice`: gives picture 1, then 2 and so on, each a turn of the loop after the shutter."""

    def __init__(self) -> None:
        self.state_changed, self.frame_arrived, self.devices_changed = PlainSignal(), PlainSignal(), PlainSignal()
        self.shot_taken, self.shot_failed = PlainSignal(), PlainSignal()
        self.state = CameraState.OFF
        self.cameras: tuple[CameraInfo, ...] = ()
        self.current: CameraInfo | None = None
        self.size: PictureSize | None = None
        self.sizes: tuple[PictureSize, ...] = ()
        self.is_taking = False
        self.taken = 0

    def open(self, camera_id: str = "", size_key: str = "") -> None:
        self.state = CameraState.LIVE

    def choose(self, camera_id: str) -> None:
        self.open(camera_id)

    def choose_size(self, size_key: str) -> None:
        self.open("", size_key)

    def try_again(self) -> None:
        self.open()

    def take(self, *, is_square: bool = False) -> bool:
        if self.state is not CameraState.LIVE or self.is_taking:
            return False
        self.is_taking = True
        asyncio.get_running_loop().call_soon(self.finish_shot)
        return True

    def finish_shot(self) -> None:
        if self.is_taking:
            self.is_taking = False
            self.taken += 1
            self.shot_taken.emit(picture(self.taken))

    def close(self) -> None:
        self.finish_shot()
        self.state = CameraState.OFF


class PlainIdCard:
    """`IdCardView`."""

    def __init__(self) -> None:
        self.shutter_pressed, self.send_pressed, self.retake_pressed = PlainSignal(), PlainSignal(), PlainSignal()
        self.dismiss_pressed, self.camera_chosen, self.retry_pressed = PlainSignal(), PlainSignal(), PlainSignal()
        self.problem = ""
        self.is_saving = False

    def show_live(self) -> None: ...
    def show_kept(self, photo: Raster) -> None: ...
    def show_camera(self, facts: CameraFacts) -> None: ...
    def show_frame(self, frame: Any) -> None: ...
    def flash(self) -> None: ...
    def say(self, sentence: str) -> None: ...

    def show_saving(self, is_saving: bool) -> None:
        self.is_saving = is_saving

    def show_problem(self, sentence: str) -> None:
        self.problem = sentence


class PlainSeeBoth:
    """`SeeBothView`, at which nobody looks."""

    def __init__(self) -> None:
        self.use_pressed, self.leave_out_pressed = PlainSignal(), PlainSignal()
        self.next_pressed, self.previous_pressed, self.keep_out_pressed = PlainSignal(), PlainSignal(), PlainSignal()
        self.back_pressed, self.left = PlainSignal(), PlainSignal()

    def show_file(self, shot: Shot, number: int, count: int, *, has_next: bool) -> None: ...
    def show_number(self, number: int, count: int, *, has_next: bool) -> None: ...
    def show_choice(self, shot: Shot) -> None: ...
    def show_sent(self, raster: Raster) -> None: ...
    def show_only_preview(self) -> None: ...
    def show_original(self, raster: Raster, sent_px: tuple[int, int]) -> None: ...
    def show_no_original(self, why: NoOriginal) -> None: ...
    def leave(self) -> None: ...


class PlainSheet:
    """`CaptureView`. `answer` is what a person says to the question on leaving; the questions are kept."""

    def __init__(self, answer: str = "stay") -> None:
        self.shutter_pressed, self.retake_pressed, self.tab_chosen = PlainSignal(), PlainSignal(), PlainSignal()
        self.camera_chosen, self.size_chosen, self.grid_switched = PlainSignal(), PlainSignal(), PlainSignal()
        self.mirror_switched, self.retry_pressed, self.files_added = PlainSignal(), PlainSignal(), PlainSignal()
        self.picture_pasted, self.shot_ticked, self.shot_removed = PlainSignal(), PlainSignal(), PlainSignal()
        self.send_pressed, self.leave_pressed = PlainSignal(), PlainSignal()
        self.see_both_wanted, self.see_both = PlainSignal(), PlainSeeBoth()
        self.answer = answer
        self.questions: list[LeaveQuestion] = []
        self.problems: list[str] = []
        """All that were shown, the last one last."""
        self.tab = "camera"
        self.shots: tuple[Shot, ...] = ()
        self.refused_shown: set[int] = set()
        """Numbers of camera shots that were shown as refused."""
        self.is_open = True

    def show_tab(self, key: str) -> None:
        self.tab = key

    def show_shots(self, shots: tuple[Shot, ...]) -> None:
        self.shots = shots
        self.refused_shown |= {shot.name.number for shot in shots if shot.is_refused}

    def show_camera(self, facts: CameraFacts) -> None: ...
    def show_frame(self, frame: Any) -> None: ...
    def show_intake(self, facts: IntakeFacts) -> None: ...
    def expect_files(self) -> None: ...
    def show_news(self, sentence: str) -> None: ...
    def show_note(self, sentence: str) -> None: ...
    def show_safe_count(self, count: int) -> None: ...
    def focus_files(self) -> None: ...
    def show_why_files(self, trouble: CameraProblem | None) -> None: ...
    def flash(self) -> None: ...
    def say(self, sentence: str) -> None: ...

    def show_problem(self, sentence: str) -> None:
        self.problems.append(sentence)

    def request_send(self) -> None:
        self.send_pressed.emit()

    async def ask_before_leaving(self, question: LeaveQuestion) -> str:
        self.questions.append(question)
        for _ in range(3):
            await asyncio.sleep(0)
        return self.answer

    def dismiss(self) -> None:
        self.is_open = False
