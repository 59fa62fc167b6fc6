"""Photos that Cerbo lists and doesn't give: a 404 or a page in the place of each says nothing of any one of them."""

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError
from cerbo_desktop.domain.ids import PatientId, PhotoId

_PAGES = frozenset({BadAnswerKind.WEB_PAGE, BadAnswerKind.REDIRECT})


class WithheldPhotos:
    """Judges a photo that neither route gives.

    Where another photo of the same patient has come, this one may well be deleted; where none has, it tells nothing.
    """

    def __init__(self) -> None:
        self._given: set[PatientId] = set()
        self._withheld: dict[PatientId, set[PhotoId]] = {}
        self._is_any_given = False

    def note_given(self, patient_id: PatientId) -> None:
        self._given.add(patient_id)
        self._is_any_given = True

    def judged(self, patient_id: PatientId, photo_id: PhotoId, error: ServerError) -> ServerError:
        """What it means that both routes to a photo ended in `error`."""
        is_page = isinstance(error, BadAnswer) and error.kind in _PAGES
        if patient_id in self._given or not (is_page or isinstance(error, Missing)):
            return error
        others = self._withheld.setdefault(patient_id, set())
        others.add(photo_id)
        is_all = len(others) > 1 or not self._is_any_given
        return BadAnswer(BadAnswerKind.NOT_GIVEN) if is_all else error

    def forget(self, patient_id: PatientId) -> None:
        self._given.discard(patient_id)
        self._withheld.pop(patient_id, None)
