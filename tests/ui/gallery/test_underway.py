"""What an empty album says while an ID photo is on its way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import Recipient, Trouble, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.ui.gallery.underway import id_photo_words
from tests.fakes.image_studio import one_pixel

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
_SETTLED = {UploadState.ACCEPTED, UploadState.DISCARDED}


def id_photo(state: UploadState) -> Upload:
    facts = PhotoFacts(MediaType.JPEG, 1, 1, 4, "0" * 64)
    return Upload(UploadId("u1"), Recipient.of(MARIA), facts, one_pixel(), NOW, NOW, state, is_id_photo=True)


@pytest.mark.parametrize("state", UploadState)
def test_from_the_handing_over_until_it_is_settled(state: UploadState) -> None:
    assert (id_photo_words([id_photo(state)], MARIA.id) is None) == (state in _SETTLED)


@pytest.mark.parametrize(
    "state", [UploadState.NEEDS_REVIEW, UploadState.REFUSED, UploadState.LEFT_QUEUE, UploadState.GONE]
)
def test_one_that_waits_for_a_person_is_not_called_on_its_way(state: UploadState) -> None:
    words = id_photo_words([id_photo(state)], MARIA.id)
    assert words is not None
    assert words.title == "An ID photo was taken"
    sent = replace(id_photo(UploadState.SENT), id=UploadId("u2"))
    both = id_photo_words([id_photo(state), sent], MARIA.id)
    assert both is not None
    assert both.title == "An ID photo is on its way"


def test_one_that_is_held_waits_for_a_person_too() -> None:
    held = replace(id_photo(UploadState.QUEUED), trouble=Trouble.SIGNED_OUT)
    words = id_photo_words([held], MARIA.id)
    assert words is not None
    assert words.title == "An ID photo was taken"


def test_neither_another_photo_nor_another_patient_s_counts() -> None:
    sent = id_photo(UploadState.SENT)
    assert id_photo_words([replace(sent, is_id_photo=False)], MARIA.id) is None
    assert id_photo_words([sent], PatientId("7")) is None
