"""What a camera is to this app: names, sizes and states. Plain values, no Qt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

MIN_PIXELS_FOR_RECORDS = 900_000
"""1280 x 720 passes, 640 x 480 (0.3 MP) does not."""

_INFRARED = re.compile(r"\b(infra[- ]?red|(?-i:IR)|windows hello|depth)\b", re.IGNORECASE)


class CameraState(Enum):
    """Whether there is a picture, and why not."""

    OFF = "off"
    NO_CAMERA = "no camera"
    TURNED_OFF = "turned off"
    """By the clinic's policy."""
    STARTING = "starting"
    LIVE = "live"
    BUSY = "busy"
    BLOCKED = "blocked"
    """The operating system does not let this program use cameras."""
    UNPLUGGED = "unplugged"
    STALLED = "stalled"
    """No frames for a while, or none at all: Qt reports nothing of the kind (measured, 7.2)."""
    BLACK = "black"

    @property
    def is_none(self) -> bool:
        """Nothing that a person at the desk does brings a picture, but for plugging one in."""
        return self in (CameraState.NO_CAMERA, CameraState.TURNED_OFF)

    @property
    def has_picture(self) -> bool:
        """Frames arrive."""
        return self in (CameraState.LIVE, CameraState.BLACK)

    @property
    def is_trouble(self) -> bool:
        """Whether a person has to do something before there is a picture."""
        return self not in (CameraState.OFF, CameraState.STARTING, CameraState.LIVE, CameraState.BLACK)


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """One camera of this PC."""

    id: str
    """The system's device id, hexadecimal: what the choice is remembered by."""
    name: str

    @property
    def is_infrared(self) -> bool:
        """A face-recognition camera by its name: useless for photos, and often the first one listed."""
        return _INFRARED.search(self.name) is not None


@dataclass(frozen=True, slots=True, order=True)
class PictureSize:
    """A resolution in which a camera takes photos."""

    width_px: int
    height_px: int

    @property
    def pixels(self) -> int:
        return self.width_px * self.height_px

    @property
    def megapixels(self) -> float:
        return self.pixels / 1_000_000

    @property
    def is_too_small(self) -> bool:
        return self.pixels < MIN_PIXELS_FOR_RECORDS

    @property
    def key(self) -> str:
        """How the choice is remembered: `1920x1080`."""
        return f"{self.width_px}x{self.height_px}"


def usable(cameras: Iterable[CameraInfo]) -> tuple[CameraInfo, ...]:
    """The cameras that take photos, in the system's order."""
    return tuple(camera for camera in cameras if not camera.is_infrared)


def pick_camera(cameras: Sequence[CameraInfo], wanted_id: str) -> CameraInfo | None:
    """The remembered camera if it is there, else the first that is no infrared one."""
    candidates = usable(cameras)
    return next((camera for camera in candidates if camera.id == wanted_id), candidates[0] if candidates else None)


def find_again(cameras: Iterable[CameraInfo], unplugged: CameraInfo | None) -> CameraInfo | None:
    """The unplugged camera, which may come back under another id in another socket."""
    if unplugged is None:
        return None
    known = tuple(cameras)
    same = [each for each in known if each.id == unplugged.id]
    return next(iter(same + [each for each in known if each.name == unplugged.name]), None)


def sorted_sizes(sizes: Iterable[PictureSize]) -> tuple[PictureSize, ...]:
    """Each size once, the largest first."""
    return tuple(sorted(set(sizes), key=lambda size: (size.pixels, size.width_px), reverse=True))


def pick_size(sizes: Sequence[PictureSize], wanted_key: str) -> PictureSize | None:
    """The remembered size if the camera gives it, else the largest. `sizes` is sorted."""
    return next((size for size in sizes if size.key == wanted_key), sizes[0] if sizes else None)
