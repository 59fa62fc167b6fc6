"""Cameras as the clinic wants them."""

from collections.abc import Callable

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.config.effective import Effective


def cameras_where_allowed(make_camera: Callable[[], Camera], effective: Effective) -> Callable[[], Camera]:
    """Return a function that makes cameras. Where the clinic wants no camera, it turns each one off for good."""

    def make() -> Camera:
        camera = make_camera()
        if not effective.allows_camera:
            camera.turn_off()
        return camera

    return make
