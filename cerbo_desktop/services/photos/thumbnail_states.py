"""How it stands with one thumbnail."""

from dataclasses import dataclass

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.services.photos.failure_kinds import FailureKind


@dataclass(frozen=True, slots=True)
class Loading:
    """The thumbnail has been asked for."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The thumbnail is here."""

    raster: Raster
    is_final: bool = True
    """False for the camera's own small picture, shown while the rest of the photo is on its way."""

    @property
    def is_small_copy(self) -> bool:
        """Cerbo gave its own small picture instead of the photo."""
        return self.is_final and self.raster.is_of_small_copy


@dataclass(frozen=True, slots=True)
class Failed:
    """The thumbnail can't be shown. `kind` says whether another try may help."""

    kind: FailureKind


ThumbnailState = Loading | Ready | Failed
