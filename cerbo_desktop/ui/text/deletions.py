"""What a person is asked and told before and after a photo is deleted on this PC."""

from cerbo_desktop.domain.upload import Upload, UploadState
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.lists import sentences
from cerbo_desktop.ui.text.upload_questions import whom
from cerbo_desktop.ui.text.uploads import other_try


def delete_title() -> str:
    return translate("Deletions", "Delete this photo?")


def delete_photo() -> str:
    return translate("Deletions", "Delete photo")


def not_deleted_title() -> str:
    return translate("Deletions", "Not deleted")


def where_it_is(upload: Upload) -> str:
    """Say where the photo stands, and so what deleting it on this PC means."""
    match upload.state:
        case UploadState.GONE:
            gone = translate(
                "Deletions",
                "As far as can be seen, the photo for {patient} is no longer in Cerbo’s queue or chart.",
            )
            return sentences(gone.format(patient=whom(upload)), other_try(upload))
        case UploadState.LEFT_QUEUE:
            said = translate(
                "Deletions",
                "The photo for {patient} left Cerbo’s queue, and it isn’t certain that it is in the chart.",
            )
        case UploadState.QUEUED | UploadState.REFUSED if not upload.is_sent_again:
            said = translate("Deletions", "The photo for {patient} was not sent.")
        case _:
            said = translate(
                "Deletions",
                "The photo for {patient} may have arrived. Deleting it here doesn’t remove it from Cerbo.",
            )
    return said.format(patient=whom(upload))


def delete_question(upload: Upload) -> str:
    only = translate("Deletions", "This app keeps no other copy.")
    return sentences(where_it_is(upload), only)


def not_deleted() -> str:
    return translate(
        "Deletions",
        "This PC’s disk couldn’t save the decision. The photo is still on this PC. Ask your clinic’s IT.",
    )


def moved_meanwhile(upload: Upload, key: str) -> str:
    """Say why the app did not delete a photo: its upload went on while the question was still open.

    `key` is the key that takes back a photo that is in Cerbo.
    """
    match upload.state:
        case UploadState.SENT if upload.can_be_withdrawn:
            said = translate(
                "Deletions",
                "Meanwhile the photo for {patient} was sent and is waiting in Cerbo’s queue. Withdraw it so that staff "
                "don’t see it.",
            )
        case UploadState.SENT | UploadState.TAKEN:
            said = translate(
                "Deletions",
                "Meanwhile the photo for {patient} was sent. If it must not stay there, select it in the list and "
                "press {key}.",
            )
        case UploadState.ACCEPTED:
            said = translate("Deletions", "Meanwhile the photo for {patient} was found in the chart.")
        case UploadState.NEEDS_REVIEW | UploadState.UNSURE | UploadState.CHECKING:
            said = translate(
                "Deletions",
                "Meanwhile the photo for {patient} was sent and may have arrived. Its card says what can be done.",
            )
        case UploadState.SENDING | UploadState.COMMITTING:
            said = translate(
                "Deletions",
                "The photo for {patient} is now being sent. Wait until that has ended; its card then says what can be "
                "done.",
            )
        case _:
            said = translate(
                "Deletions",
                "Meanwhile there is news of the photo for {patient}. Its card says what can be done.",
            )
    return said.format(patient=whom(upload), key=key)
