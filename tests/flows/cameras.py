"""Cameras for the real window that see what a test shows them."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from cerbo_desktop.camera.camera import Camera
from tests.ui.capture.desk import FrameSource, halves


def camera_maker(made: list[Camera], sources: list[FrameSource], picture: QImage | None = None) -> Callable[[], Camera]:
    """Each camera sees red on the left and blue on the right, or another picture, and is added to `made`."""

    def make() -> Camera:
        camera = Camera()
        sources.append(FrameSource(picture or halves(), camera))
        camera.use_frame_input(sources[-1].input)
        made.append(camera)
        return camera

    return make
