"""Why there is no picture of the camera, and which buttons help."""

from typing import NamedTuple

from cerbo_desktop.camera.devices import CameraInfo, CameraState
from cerbo_desktop.ui.commands.tables import CAPTURE
from cerbo_desktop.ui.text import camera as words
from cerbo_desktop.ui.text.titles import titled

_MAY_RETRY = (CameraState.BUSY, CameraState.BLOCKED, CameraState.STALLED)


class CameraProblem(NamedTuple):
    """Why there is no picture, and how to mend it."""

    title: str
    text: str
    may_retry: bool = False
    has_settings: bool = False
    """The system has a page of its own with a switch."""


def problem_of(state: CameraState, camera: CameraInfo | None, *, has_shots: bool = False) -> CameraProblem:
    """What is said of a state in which there is no picture."""
    has_settings = state is CameraState.BLOCKED and words.has_settings_page()
    text = words.text_of(state, has_shots=has_shots)
    return CameraProblem(words.title_of(state, camera), text, state in _MAY_RETRY, has_settings)


def live_name(state: CameraState, camera: CameraInfo | None) -> str:
    """What a screen reader hears for the live view."""
    if state in (CameraState.LIVE, CameraState.BLACK, CameraState.OFF):
        return words.live_spoken(state, camera, CAPTURE.key("take"))
    problem = problem_of(state, camera)
    return titled(problem.title, problem.text)
