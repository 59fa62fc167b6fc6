"""The table of legal moves: what can never happen to a photo."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.upload import (
    LEGAL_MOVES,
    UNSENT_STATES,
    IllegalMoveError,
    Recipient,
    Upload,
    UploadState,
)
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts

NOW = datetime(2025, 11, 12, tzinfo=UTC)


def upload(state: UploadState) -> Upload:
    photo = PhotoFacts(MediaType.JPEG, 1, 1, 1, "")
    return Upload(
        UploadId("1"), Recipient(PatientId("1"), "A", None), photo, Raster(1, 1, b"\0" * 4, 1, 1), NOW, NOW, state
    )


def test_every_state_has_its_row() -> None:
    assert set(LEGAL_MOVES) == set(UploadState)


@given(st.sampled_from(UploadState), st.sampled_from(UploadState))
def test_only_the_moves_of_the_table_can_be_made(start: UploadState, end: UploadState) -> None:
    if end in LEGAL_MOVES[start]:
        assert upload(start).moved(end, NOW).state is end
    else:
        with pytest.raises(IllegalMoveError):
            upload(start).moved(end, NOW)


def test_what_may_have_arrived_is_never_queued_but_by_a_person() -> None:
    """CHECKING, the app's own look, has no way back to the queue."""
    assert UploadState.QUEUED not in LEGAL_MOVES[UploadState.CHECKING]


def test_no_photo_on_the_line_can_be_discarded() -> None:
    for state in (UploadState.COMMITTING, UploadState.CHECKING):
        assert UploadState.DISCARDED not in LEGAL_MOVES[state]


def test_unsent_is_all_that_cerbo_does_not_certainly_have() -> None:
    have = {UploadState.SENT, UploadState.TAKEN, UploadState.ACCEPTED, UploadState.DISCARDED}
    have |= {UploadState.GONE, UploadState.LEFT_QUEUE}
    assert set(UploadState) - have == UNSENT_STATES
