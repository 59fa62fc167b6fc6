"""What the log says of acts: their kind, and nothing of whose they are."""

import logging
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.account import Clinic
from cerbo_desktop.domain.acts import (
    Act,
    DataRemoved,
    Decided,
    Done,
    FileRefused,
    OpenedInCerbo,
    OutcomeKnown,
    PatientOpened,
    PhotoSent,
    PhotoShown,
    Searched,
    SettingsChanged,
    SetupFinished,
    SupportFileWritten,
    TextCopied,
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
    OpenedInCerbo(MARIA): "act what=OpenedInCerbo",
    TextCopied(): "act what=TextCopied",
    SetupFinished(): "act what=SetupFinished",
    SupportFileWritten(): "act what=SupportFileWritten",
    DataRemoved(even_unsent=True, are_files_gone=True): "act what=DataRemoved",
}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "cerbo_desktop")
    return caplog


def write(act: Act, *, is_practice: bool = False) -> None:
    clinic = Clinic("canary of an account", is_practice=is_practice)
    write_to_log(Done(act, datetime(2025, 11, 12, tzinfo=UTC), Person("canary of a person"), clinic))


@pytest.mark.parametrize("act", LINES, ids=lambda act: type(act).__name__)
def test_a_kind_of_act_is_a_kind_of_event(act: Act, log: pytest.LogCaptureFixture) -> None:
    write(act)
    assert [message.rstrip() for message in log.messages] == [LINES[act]]


@pytest.mark.parametrize("act", LINES, ids=lambda act: type(act).__name__)
def test_a_rehearsal_is_told_from_the_real_clinic(act: Act, log: pytest.LogCaptureFixture) -> None:
    write(act, is_practice=True)
    assert [message.rstrip() for message in log.messages] == [f"{LINES[act]} operation=practice clinic"]


def test_paging_through_an_album_drives_nothing_else_out(log: pytest.LogCaptureFixture) -> None:
    write(PhotoShown(MARIA, PhotoId("50001")))
    assert log.messages == []
