"""What presenters know of the camera."""

from collections.abc import Callable
from typing import Any, Protocol

from cerbo_desktop.camera.devices import CameraInfo, CameraState, PictureSize
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.runtime.signals import Signal


class CameraSignal(Signal, Protocol):
    """A signal that can be disconnected too, as a camera is lent only."""

    def disconnect(self, slot: Callable[..., object], /) -> object: ...


class CameraDevice(Protocol):
    """`camera.Camera`, as a presenter sees it: one for the whole app, lent to whoever is open."""

    @property
    def state_changed(self) -> CameraSignal: ...
    @property
    def frame_arrived(self) -> CameraSignal: ...
    @property
    def devices_changed(self) -> CameraSignal: ...
    @property
    def shot_taken(self) -> CameraSignal: ...
    @property
    def shot_failed(self) -> CameraSignal: ...
    @property
    def state(self) -> CameraState: ...
    @property
    def cameras(self) -> tuple[CameraInfo, ...]: ...
    @property
    def current(self) -> CameraInfo | None: ...
    @property
    def size(self) -> PictureSize | None: ...
    @property
    def sizes(self) -> tuple[PictureSize, ...]: ...
    @property
    def is_taking(self) -> bool: ...
    def open(self, camera_id: str = "", size_key: str = "") -> None: ...
    def choose(self, camera_id: str) -> None: ...
    def choose_size(self, size_key: str) -> None: ...
    def try_again(self) -> None: ...
    def take(self, *, is_square: bool = False) -> bool: ...
    def finish_shot(self) -> None: ...
    def close(self) -> None: ...


class CameraLoan:
    """The camera's signals, wired to one borrower until it gives the camera back."""

    def __init__(
        self,
        camera: CameraDevice,
        *,
        on_state: Callable[[CameraState], object],
        on_devices: Callable[[tuple[CameraInfo, ...]], object],
        on_frame: Callable[[Any], object],
        on_shot: Callable[[Raster], object],
        on_shot_failed: Callable[[], object],
    ) -> None:
        self._camera = camera
        self._wires: tuple[tuple[CameraSignal, Callable[..., object]], ...] = (
            (camera.state_changed, on_state),
            (camera.devices_changed, on_devices),
            (camera.frame_arrived, on_frame),
            (camera.shot_taken, on_shot),
            (camera.shot_failed, on_shot_failed),
        )
        for signal, slot in self._wires:
            signal.connect(slot)

    def give_back(self) -> None:
        """Switch the camera off and hear no more of it. Safe to call twice."""
        wires, self._wires = self._wires, ()
        if wires:
            for signal, slot in wires:
                signal.disconnect(slot)
            self._camera.close()
