"""Tells from the frames alone whether a camera is alive: Qt says nothing when frames stop (measured, 7.2).

No upstream report was found.
"""

from cerbo_desktop.camera.devices import CameraState

FIRST_FRAME_S = 8.0
"""Slow laptop cameras need several seconds for their first frame."""
SILENCE_S = 2.5
BLACK_FOR_S = 1.0
_BLACK_LUMA = 24
"""Video black is 16 of 255; sensor noise behind a closed shutter stays a little above it."""


class FrameWatch:
    """Fed with arrivals and brightness, asked for the state. All times in seconds of one monotonic clock."""

    def __init__(self, started_at: float) -> None:
        self._started_at = started_at
        self._last_frame_at: float | None = None
        self._black_since: float | None = None

    def frame_arrived(self, at: float) -> None:
        self._last_frame_at = at

    def brightness_seen(self, brightest_luma: int, at: float) -> None:
        """Note the brightest spot of a frame, scaled down so that single hot pixels do not count."""
        if brightest_luma > _BLACK_LUMA:
            self._black_since = None
        elif self._black_since is None:
            self._black_since = at

    def judge(self, now: float) -> CameraState:
        """STARTING, LIVE, BLACK or STALLED."""
        if self._last_frame_at is None:
            return CameraState.STARTING if now - self._started_at < FIRST_FRAME_S else CameraState.STALLED
        if now - self._last_frame_at > SILENCE_S:
            return CameraState.STALLED
        is_black = self._black_since is not None and now - self._black_since >= BLACK_FOR_S
        return CameraState.BLACK if is_black else CameraState.LIVE
