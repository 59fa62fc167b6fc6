"""Which photos on their way are a patient's ID photo, as far as anybody knows."""

from cerbo_desktop.domain.upload import UNDERWAY_STATES, Upload, UploadState

_STOPPED = frozenset({UploadState.REFUSED, UploadState.GONE})
"""Nothing of it is in Cerbo, and it goes no further until a person does something."""


def is_on_its_way(upload: Upload) -> bool:
    """Whether a photo will be in the chart without anybody's doing here: it waits on this PC, is being sent, may have
    arrived, or waits for staff in Cerbo."""
    return upload.state in UNDERWAY_STATES - _STOPPED


def is_id_photo_on_its_way(upload: Upload) -> bool:
    """The same of a photo taken with the ID photo card. Of one that was taken otherwise nobody knows whether it shows
    a face."""
    return upload.is_id_photo and is_on_its_way(upload)
