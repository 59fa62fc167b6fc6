"""For whom the camera of the ID photo opens by itself: a photo of something else is no ID photo."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from cerbo_desktop.domain.appointment import VisitStage
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.outbox import RecoveryReport
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.services.id_photo_proposal import IdPhotoProposal
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.today import Today
from cerbo_desktop.services.uploads.opening import Opened, OutboxOpening
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.fakes.image_studio import one_pixel

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
THOMAS = Patient(PatientId("8817"), "Thomas", "Becker", status=PatientStatus.ACTIVE)
FACTS = PhotoFacts(MediaType.JPEG, 1, 1, 4, "0" * 64)
MEDICAL = Upload(UploadId("u1"), Recipient.of(THOMAS), FACTS, one_pixel(), NOW, NOW, UploadState.SENT)
ID_PHOTO = replace(MEDICAL, id=UploadId("u2"), is_id_photo=True)
EMPTY = Album(THOMAS.id)


def is_proposed(*uploads: Upload) -> bool:
    """With the patient checked in, and no photo in the chart."""
    today = SimpleNamespace(visit_of=lambda _: SimpleNamespace(stage=VisitStage.CHECKED_IN))
    uploading = SimpleNamespace(feed=SimpleNamespace(latest=uploads))
    opening = SimpleNamespace(feed=SimpleNamespace(latest=Opened(RecoveryReport(()))))
    parts = cast(Today, today), cast(Uploading, uploading), cast(OutboxOpening, opening)
    return IdPhotoProposal(*parts).make(THOMAS, EMPTY)


def test_nothing_was_taken() -> None:
    assert is_proposed()


def test_a_photo_of_something_else_is_none() -> None:
    assert is_proposed(MEDICAL)
    assert is_proposed(replace(ID_PHOTO, recipient=replace(ID_PHOTO.recipient, id=PatientId("7"))))


@pytest.mark.parametrize("state", UploadState)
def test_an_id_photo_that_was_taken_here_is_not_taken_twice_unasked(state: UploadState) -> None:
    assert not is_proposed(MEDICAL, replace(ID_PHOTO, state=state))
