"""What an empty album says while photos are on their way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.patient import Patient
from cerbo_desktop.domain.upload import Recipient, Upload, UploadProblem, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.ui.gallery.underway import underway_of
from tests.fakes.image_studio import one_pixel

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
MARIA = Patient(PatientId("10482"), "Maria", "Lopez")
_SETTLED = {UploadState.ACCEPTED, UploadState.DISCARDED}


def id_photo(state: UploadState) -> Upload:
    facts = PhotoFacts(MediaType.JPEG, 1, 1, 4, "0" * 64)
    return Upload(UploadId("u1"), Recipient.of(MARIA), facts, one_pixel(), NOW, NOW, state, is_id_photo=True)


@pytest.mark.parametrize("state", UploadState)
def test_from_the_handing_over_until_it_is_settled(state: UploadState) -> None:
    assert (underway_of([id_photo(state)], MARIA.id) is None) == (state in _SETTLED)


@pytest.mark.parametrize(
    "state", [UploadState.NEEDS_REVIEW, UploadState.REFUSED, UploadState.LEFT_QUEUE, UploadState.GONE]
)
def test_one_that_waits_for_a_person_is_not_called_on_its_way(state: UploadState) -> None:
    words = underway_of([id_photo(state)], MARIA.id)
    assert words is not None
    assert words.words.title == "An ID photo was taken"
    sent = replace(id_photo(UploadState.SENT), id=UploadId("u2"))
    both = underway_of([id_photo(state), sent], MARIA.id)
    assert both is not None
    assert both.words.title == "An ID photo is on its way"


def test_one_that_is_held_waits_for_a_person_too() -> None:
    held = replace(id_photo(UploadState.QUEUED), trouble=UploadProblem.SIGNED_OUT)
    words = underway_of([held], MARIA.id)
    assert words is not None
    assert words.words.title == "An ID photo was taken"


def test_another_patient_s_photo_does_not_count() -> None:
    sent = id_photo(UploadState.SENT)
    assert underway_of([sent, replace(sent, is_id_photo=False)], PatientId("7")) is None


@pytest.mark.parametrize("state", UploadState)
def test_a_photo_that_was_sent_otherwise_may_be_the_id_photo(state: UploadState) -> None:
    other = replace(id_photo(state), is_id_photo=False)
    told = underway_of([other], MARIA.id)
    assert (told is None) == (state in _SETTLED)
    assert told is None or not told.is_id_photo
    beside = underway_of([other, id_photo(UploadState.SENT)], MARIA.id)
    assert beside is not None
    assert beside.is_id_photo


@pytest.mark.parametrize(
    ("states", "title", "about"),
    [
        ((UploadState.SENT,), "A photo is on its way", "It shows here after staff accept it in Cerbo, and may be"),
        ((UploadState.SENT, UploadState.REFUSED), "2 photos are on their way", "They show here after staff accept"),
        (
            (UploadState.REFUSED,),
            "A photo is waiting for you",
            "It is not in the chart yet and is waiting for your decision",
        ),
        (
            (UploadState.REFUSED,) * 2,
            "2 photos are waiting for you",
            "They are not in the chart yet and are waiting for your",
        ),
    ],
)
def test_what_is_said_of_photos_that_may_be_the_id_photo(
    states: tuple[UploadState, ...], title: str, about: str
) -> None:
    told = underway_of([replace(id_photo(state), is_id_photo=False) for state in states], MARIA.id)
    assert told is not None
    assert told.words.title == title
    assert told.words.text.startswith(about)


@pytest.mark.parametrize(
    ("states", "title"),
    [
        ((UploadState.QUEUED,), "A photo is kept on this PC"),
        ((UploadState.QUEUED, UploadState.SENDING), "2 photos are kept on this PC"),
        ((UploadState.QUEUED, UploadState.REFUSED), "A photo is kept on this PC"),
        ((UploadState.QUEUED, UploadState.SENT), "2 photos are on their way"),
        ((UploadState.UNSURE,), "A photo is on its way"),
        ((UploadState.REFUSED,), "A photo is waiting for you"),
    ],
)
def test_while_cerbo_is_out_of_reach_photos_are_where_they_are(states: tuple[UploadState, ...], title: str) -> None:
    uploads = [replace(id_photo(state), is_id_photo=False) for state in states]
    told = underway_of(uploads, MARIA.id, is_reachable=False)
    assert told is not None
    assert told.words.title == title
