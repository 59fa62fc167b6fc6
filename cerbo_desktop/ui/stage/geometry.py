"""Where a photo lies on the stage, in device pixels, so that 100 % is one photo pixel on one screen pixel.

Plain arithmetic, kept apart from Qt: photos side by side share one `ViewState`.
"""

from dataclasses import dataclass, replace

MAX_ZOOM = 8.0
_SAME = 1e-3


@dataclass(frozen=True, slots=True)
class Extent:
    """A width and a height in pixels."""

    width: float
    height: float

    @property
    def turned(self) -> "Extent":
        """After a quarter turn."""
        return Extent(self.height, self.width)


@dataclass(frozen=True, slots=True)
class Viewport:
    """The stage in device pixels, and the margin that a fitted photo keeps."""

    width: float
    height: float
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class ViewState:
    """What a person chose to see, independent of any one photo's size.

    zoom: screen pixels for one photo pixel; None fits the photo to the stage. The centre of the stage shows the point
    `center_x`, `center_y` of the photo as it stands on the screen, each 0..1.
    """

    zoom: float | None = None
    center_x: float = 0.5
    center_y: float = 0.5

    def turned_right(self) -> "ViewState":
        """The same place after a quarter turn clockwise."""
        return replace(self, center_x=1.0 - self.center_y, center_y=self.center_x)


@dataclass(frozen=True, slots=True)
class Placement:
    """The photo's rectangle on the stage in device pixels, and the zoom that it really has."""

    x: float
    y: float
    width: float
    height: float
    zoom: float

    def fraction_at(self, x: float, y: float) -> tuple[float, float]:
        """Which point of the photo, 0..1 each way, lies under a point of the stage."""
        return (x - self.x) / self.width, (y - self.y) / self.height


def fit_zoom(photo: Extent, viewport: Viewport) -> float:
    """The zoom at which the whole photo shows; small photos are enlarged, at most to the largest zoom."""
    room_x = max(1.0, viewport.width - 2 * viewport.margin)
    room_y = max(1.0, viewport.height - 2 * viewport.margin)
    return min(MAX_ZOOM, room_x / photo.width, room_y / photo.height)


def real_zoom(state: ViewState, photo: Extent, viewport: Viewport) -> float:
    """The zoom within its limits: from fit (or 100 %, where the photo is smaller than the stage) to 800 %."""
    fit = fit_zoom(photo, viewport)
    return fit if state.zoom is None else min(MAX_ZOOM, max(min(fit, 1.0), state.zoom))


def placed(state: ViewState, photo: Extent, viewport: Viewport) -> Placement:
    """Lay the photo out: centred where it is smaller than the stage, else without a gap at any side."""
    zoom = real_zoom(state, photo, viewport)
    width, height = photo.width * zoom, photo.height * zoom
    x = _origin(state.center_x, width, viewport.width)
    y = _origin(state.center_y, height, viewport.height)
    return Placement(x, y, width, height, zoom)


def zoomed_at(state: ViewState, photo: Extent, viewport: Viewport, zoom: float, x: float, y: float) -> ViewState:
    """Zoom so that the photo's point under (x, y) stays there, as far as the photo's edges allow."""
    before = placed(state, photo, viewport)
    fraction_x, fraction_y = before.fraction_at(x, y)
    wanted = real_zoom(ViewState(zoom), photo, viewport)
    width, height = photo.width * wanted, photo.height * wanted
    center_x = fraction_x + (viewport.width / 2 - x) / width
    center_y = fraction_y + (viewport.height / 2 - y) / height
    is_fit = abs(wanted / fit_zoom(photo, viewport) - 1.0) < _SAME
    return settled(ViewState(None if is_fit else wanted, center_x, center_y), photo, viewport)


def panned(state: ViewState, photo: Extent, viewport: Viewport, dx: float, dy: float) -> ViewState:
    """Move the photo by (dx, dy) device pixels; it stops at its edges."""
    now = placed(state, photo, viewport)
    moved = replace(state, center_x=state.center_x - dx / now.width, center_y=state.center_y - dy / now.height)
    return settled(moved, photo, viewport)


def settled(state: ViewState, photo: Extent, viewport: Viewport) -> ViewState:
    """The same view with its centre where the photo's edges let it be, so that a drag back moves at once."""
    at = placed(state, photo, viewport)
    return replace(
        state,
        center_x=(viewport.width / 2 - at.x) / at.width,
        center_y=(viewport.height / 2 - at.y) / at.height,
    )


def _origin(center: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - center * length))


def stepped(zoom: float, fit: float, factor: float) -> float:
    """One step of the zoom keys; it stops at fit and at 100 % on the way instead of passing them."""
    aim = zoom * factor
    for stop in (fit, 1.0):
        low, high = sorted((zoom, aim))
        if low * (1 + _SAME) < stop < high * (1 - _SAME):
            return stop
    return aim
