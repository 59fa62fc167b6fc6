"""The words of the card that offers to delete the files from which photos were made."""

import sys

from cerbo_desktop.domain.upload import Recipient
from cerbo_desktop.services.sent_originals import Kept
from cerbo_desktop.ui.text.catalogue import translate
from cerbo_desktop.ui.text.upload_questions import whom_is


def still_there(count: int, folder: str) -> str:
    """`folder` is the name of the folder of all of them; empty where they lie in several."""
    if not folder:
        return translate("Originals", "%n original(s) (is|are) still on this PC", "", count)
    return translate("Originals", "%n original(s) (is|are) still in {folder}", "", count).format(folder=folder)


def delete_question(count: int, recipient: Recipient) -> str:
    if count == 1:
        said = translate("Originals", "It reached Cerbo’s queue for {patient}. Delete the file on this PC?")
    else:
        said = translate(
            "Originals", "All %n reached Cerbo’s queue for {patient}. Delete the files on this PC?", "", count
        )
    return said.format(patient=whom_is(recipient))


def were_kept(count: int) -> str:
    """The title once files were to be deleted and these were not."""
    return translate("Originals", "%n original(s) (was|were) not deleted", "", count)


def safe_in_cerbo(recipient: Recipient) -> str:
    return translate("Originals", "What was sent for {patient} is safe in Cerbo.").format(patient=whom_is(recipient))


def why_kept(reason: Kept, name: str) -> str:
    match reason:
        case Kept.CHANGED:
            return translate("Originals", "Changed since it was sent. Kept.")
        case Kept.IN_USE:
            return translate("Originals", "Could not delete {file}: open in another program.").format(file=name)
        case Kept.REFUSED:
            return translate("Originals", "Could not delete {file}: this PC does not allow it.").format(file=name)


def and_more(count: int) -> str:
    return translate("Originals", "and %n more", "", count)


def delete(count: int) -> str:
    return translate("Originals", "Delete %n", "", count)


def keep() -> str:
    return translate("Originals", "Keep")


def for_good() -> str:
    if sys.platform == "darwin":
        return translate("Originals", "Deleted permanently, not to the Trash.")
    return translate("Originals", "Deleted permanently, not to the Recycle Bin.")
