"""An ID photo that is on its way to the chart: nobody is asked to take another. No Qt."""

from collections.abc import Iterable

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.upload import UNDERWAY_STATES, Upload
from cerbo_desktop.ui.kit.phrases import Sentence
from cerbo_desktop.ui.text import cerbo


def id_photo_words(uploads: Iterable[Upload], patient_id: PatientId) -> Sentence | None:
    """In the place of "No photos yet"; None where no ID photo of this patient may be on its way."""
    mine = [each for each in uploads if each.recipient.id == patient_id and each.is_id_photo]
    on_their_way = [each for each in mine if each.state in UNDERWAY_STATES]
    if not on_their_way:
        return None
    if all(each.needs_person for each in on_their_way):
        return Sentence(cerbo.ID_PHOTO_TAKEN, cerbo.ID_PHOTO_NEEDS_YOU)
    return Sentence(cerbo.ID_PHOTO_ON_ITS_WAY, cerbo.SHOWS_ONCE_ACCEPTED)
