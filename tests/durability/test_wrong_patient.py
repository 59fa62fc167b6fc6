"""No photo at another patient than the one on the screen, whatever is pressed, clicked and dropped in whatever order.

The real window and a practice clinic on a real socket. What the clinic stored is the judge.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.practice.clinic import PracticeClinic
from cerbo_desktop.runtime.paths import DataDir, resources_dir
from tests.durability.busy_desk import BusyDesk
from tests.durability.tagged_photos import number_of
from tests.flows.desk import Desk
from tests.waiting import until

STEPS = 500
"""In one window: a part of the long run, and all of the short one."""
PARTS = int(os.environ.get("WRONG_PATIENT_PARTS", "20"))
"""20 are 10,000 steps, 400 are 200,000."""

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def clinic() -> Iterator[PracticeClinic]:
    with PracticeClinic(resources_dir() / "practice") as clinic:
        yield clinic


async def test_hurried_hands_send_no_photo_to_another_patient(clinic: PracticeClinic, tmp_path: Path) -> None:
    did = await _run(0, clinic, tmp_path)
    assert did["photos stored"] >= STEPS // 100
    assert did["patients opened by a search"] >= STEPS // 100


@pytest.mark.release
@pytest.mark.parametrize("seed", range(1, PARTS + 1))
async def test_hurried_hands_for_long(seed: int, clinic: PracticeClinic, tmp_path: Path) -> None:
    await _run(seed, clinic, tmp_path)


async def _run(seed: int, clinic: PracticeClinic, folder: Path) -> Counter[str]:
    data_dir = DataDir(folder / "data")
    assert data_dir.prepare()
    desk = Desk(clinic, data_dir)
    hands = BusyDesk(desk, seed, folder)
    try:
        await desk.start()
        desk.widen()
        await desk.board_is_there()
        for _ in range(STEPS):
            await hands.step()
        clinic.switches.latency_s = 0.0
        await _is_sent(desk)
    finally:
        await desk.close()
    _judge(seed, hands, clinic)
    return hands.did


async def _is_sent(desk: Desk) -> None:
    """All that can go has gone; what waits for a person's answer may stay."""
    going = (UploadState.QUEUED, UploadState.SENDING, UploadState.COMMITTING)
    await until(lambda: not any(upload.state in going for upload in desk.services.uploading.unsent))


def _judge(seed: int, hands: BusyDesk, clinic: PracticeClinic) -> None:
    assert hands.wrongly_opened == []
    received = clinic.photos_received()
    wrong = [
        (photo.pt_id, hands.photos.meant_for(number_of(photo.content)))
        for photo in received
        if hands.photos.meant_for(number_of(photo.content)) != {photo.pt_id}
    ]
    hands.did["photos stored"] += len(received)
    print(f"seed {seed}:", dict(hands.did))
    assert wrong == []
