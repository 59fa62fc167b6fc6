"""What the log says of acts: their kind, and nothing of whose they are."""

import logging
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.acts import (
    Act,
    Decided,
    Done,
    FileRefused,
    OutcomeKnown,
    PatientOpened,
    PhotoSent,
    PhotoShown,
    Searched,
    SettingsChanged,
)
from cerbo_desktop.domain.ids import PatientId, PhotoId, UploadId
from cerbo_desktop.domain.outbox import Decision
from cerbo_desktop.domain.person import Person
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.verdict import RefusalReason
from cerbo_desktop.services.act_log import write_to_log

MARIA, UPLOAD = PatientId("7736519"), UploadId("ab" * 16)
LINES: dict[Act, str] = {
    Searched(3): "act what=Searched",
    PatientOpened(MARIA): "act what=PatientOpened",
    FileRefused(MARIA, RefusalReason.TOO_BIG): "photo refused what=RefusalReason.TOO_BIG",
    PhotoSent(MARIA, UPLOAD): "act what=PhotoSent",
    OutcomeKnown(MARIA, UPLOAD, UploadState.GONE): "outcome known what=UploadState.GONE",
    Decided(MARIA, UPLOAD, Decision.DELETE): "decided what=Decision.DELETE",
    SettingsChanged("camera_id"): "act what=SettingsChanged",
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "cerbo_desktop")
    return caplog


def write(act: Act) -> None:
    write_to_log(Done(act, datetime(2025, 11, 12, tzinfo=UTC), Person("canary of a person")))


@pytest.mark.parametrize("act", LINES, ids=lambda act: type(act).__name__)
def test_a_kind_of_act_is_a_kind_of_event(act: Act, log: pytest.LogCaptureFixture) -> None:
    write(act)
    assert [message.rstrip() for message in log.messages] == [LINES[act]]


def test_paging_through_an_album_drives_nothing_else_out(log: pytest.LogCaptureFixture) -> None:
    write(PhotoShown(MARIA, PhotoId("50001")))
    assert log.messages == []
