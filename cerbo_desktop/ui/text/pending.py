"""A photo in the album that is not in the chart yet: where it is, in short and in a sentence."""

from typing import assert_never

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.text import empty_album, lists, uploads
from cerbo_desktop.ui.text.catalogue import translate


def on_the_way() -> str:
    """Above the tiles."""
    return translate("Pending", "Not in the chart yet")


def place(state: UploadState) -> str:
    """Below the tile: In Cerbo’s queue"""
    match state:
        case UploadState.QUEUED:
            return translate("Pending", "On this PC")
        case UploadState.SENDING | UploadState.COMMITTING:
            return translate("Pending", "Sending")
        case UploadState.SENT | UploadState.TAKEN:
            return translate("Pending", "In Cerbo’s queue")
        case UploadState.UNSURE | UploadState.CHECKING | UploadState.NEEDS_REVIEW:
            return uploads.may_have_arrived()
        case UploadState.REFUSED | UploadState.DISCARDED:
            return uploads.not_sent()
        case UploadState.LEFT_QUEUE | UploadState.GONE:
            return uploads.left_queue()
        case UploadState.ACCEPTED:
            return uploads.found_in_chart()
        case _:
            assert_never(state)


def about(upload: Upload) -> str:
    """What the photo is, for whoever wants to open it."""
    if upload.needs_person:
        return empty_album.waiting_for_decision(1)
    match upload.state:
        case UploadState.SENT | UploadState.TAKEN:
            return translate("Pending", "It is not in the chart yet. It will be once staff accept it in Cerbo.")
        case UploadState.QUEUED:
            return translate("Pending", "It is not in the chart yet. It is safe on this PC and will be sent.")
        case UploadState.UNSURE | UploadState.CHECKING:
            return translate("Pending", "It may be in Cerbo already, and is being looked for there.")
        case UploadState.ACCEPTED:
            return translate("Pending", "It is in the chart. This page shows it once the photos have loaded again.")
        case _:
            return translate("Pending", "It is not in the chart yet. It is being sent.")


def tile_spoken(upload: Upload, key: str) -> str:
    """ID photo, not in the chart yet, In Cerbo’s queue, press Enter to hear more"""
    return lists.spoken(
        _what(upload), place(upload.state), translate("Pending", "press {key} to hear more").format(key=key)
    )


def _what(upload: Upload) -> str:
    if upload.state is UploadState.ACCEPTED:
        return translate("Pending", "ID photo") if upload.is_id_photo else translate("Pending", "Photo")
    if upload.is_id_photo:
        return translate("Pending", "ID photo, not in the chart yet")
    return translate("Pending", "Photo, not in the chart yet")


def id_photo_spoken() -> str:
    """The face in the banner."""
    return translate("Pending", "ID photo, not in the chart yet")
