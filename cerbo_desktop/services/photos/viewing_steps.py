"""What a person sees of a photo while it is opened, one value a step."""

from dataclasses import dataclass

from cerbo_desktop.domain.errors import CannotShow, ServerError
from cerbo_desktop.domain.raster import Raster


@dataclass(frozen=True, slots=True)
class Preview:
    """The thumbnail; its raster names the size of the whole photo."""

    raster: Raster


@dataclass(frozen=True, slots=True)
class Growing:
    """What has arrived so far: the whole frame, upright, of which the top `known_rows` are real."""

    raster: Raster
    known_rows: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """Bytes done and, where known, bytes in all."""

    done_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Complete:
    """Every pixel."""

    raster: Raster


@dataclass(frozen=True, slots=True)
class NotOpened:
    """No more will come of this photo; what is shown stays."""

    error: ServerError | CannotShow


ViewingStep = Preview | Growing | Progressed | Complete | NotOpened
