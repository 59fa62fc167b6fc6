"""What the screen shows of the camera, as one value."""

from dataclasses import dataclass

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.camera.port import CameraDevice
from cerbo_desktop.ui.text import camera as words


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """All that the screen shows of the camera."""

    state: CameraState
    current: CameraInfo | None = None
    cameras: tuple[CameraInfo, ...] = ()
    size: PictureSize | None = None
    sizes: tuple[PictureSize, ...] = ()
    is_remembered: bool = False
    """The camera is the one this PC used last."""

    @property
    def is_largest(self) -> bool:
        """The camera takes photos in the highest resolution it has."""
        return bool(self.sizes) and self.size == self.sizes[0]

    @property
    def note(self) -> str:
        """The warning about a size too small for records; empty where it is large enough."""
        return words.too_small(self.size, is_largest=self.is_largest) if self.size is not None else ""


def facts_of(camera: CameraDevice, remembered_id: str) -> CameraFacts:
    """The camera as it stands. `remembered_id`: the device this PC used last, or empty."""
    is_remembered = camera.current is not None and camera.current.id == remembered_id != ""
    return CameraFacts(camera.state, camera.current, camera.cameras, camera.size, camera.sizes, is_remembered)
