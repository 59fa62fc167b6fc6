"""A photo that isn't found, beside others that are or are not."""

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Forbidden, Missing, ServerError, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.services.photos.withheld_photos import WithheldPhotos

SEVEN, EIGHT = PatientId("7"), PatientId("8")
ONE, TWO = PhotoId("1"), PhotoId("2")
PAGE, REDIRECT = BadAnswer(BadAnswerKind.WEB_PAGE), BadAnswer(BadAnswerKind.REDIRECT)


def is_not_given(error: ServerError) -> bool:
    return isinstance(error, BadAnswer) and error.kind is BadAnswerKind.NOT_GIVEN


@pytest.mark.parametrize("error", [Missing(), PAGE, REDIRECT], ids=repr)
def test_where_no_photo_comes_none_is_called_deleted(error: ServerError) -> None:
    seen = WithheldPhotos()
    assert is_not_given(seen.judged(SEVEN, ONE, error))
    seen.note_given(EIGHT)
    assert is_not_given(seen.judged(SEVEN, TWO, error))
    seen.forget(SEVEN)
    assert seen.judged(SEVEN, ONE, error) is error  # the only one so far, and photos of others come
    assert seen.judged(SEVEN, ONE, error) is error
    assert is_not_given(seen.judged(SEVEN, TWO, error))


def test_beside_photos_that_come_one_may_be_deleted() -> None:
    seen, error = WithheldPhotos(), Missing()
    seen.note_given(SEVEN)
    assert seen.judged(SEVEN, ONE, error) is error
    assert seen.judged(SEVEN, TWO, error) is error


@pytest.mark.parametrize("error", [Forbidden(), Unreachable(), BadAnswer(BadAnswerKind.SERVER_FAULT)], ids=repr)
def test_other_failures_stay_what_they_are(error: ServerError) -> None:
    seen = WithheldPhotos()
    assert seen.judged(SEVEN, ONE, error) is error
    assert seen.judged(SEVEN, TWO, error) is error
