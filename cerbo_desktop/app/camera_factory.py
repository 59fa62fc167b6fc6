"""Cameras as the clinic wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cerbo_desktop.config.effective import Effective

if TYPE_CHECKING:
    from cerbo_desktop.camera.camera import Camera


def camera_of_this_pc() -> Camera:
    """A camera that is off until it is started."""
    from cerbo_desktop.camera.camera import Camera  # deferred: `app/deferred_imports.py`

    return Camera()


def cameras_where_allowed(make_camera: Callable[[], Camera], effective: Effective) -> Callable[[], Camera]:
    """Return a function that makes cameras. Where the clinic wants no camera, it turns each one off for good."""

    def make() -> Camera:
        camera = make_camera()
        if not effective.allows_camera:
            camera.turn_off()
        return camera

    return make
