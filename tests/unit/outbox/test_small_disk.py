"""A disk with no byte left at the start, a real one: it is called full, what waits is counted, and it goes on later."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import NotSafe, NotSafeReason
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.survey import survey
from tests.unit.outbox.stock import outbox, photo, upload


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """1 MB in memory, mounted for this test alone."""
    if sys.platform != "linux":
        pytest.skip("mounts a disk in memory")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("only who may mount a disk can fill one")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as target, pytest.raises(OSError, match="No space left"):
        while True:
            target.write(bytes(4096))


async def test_a_full_disk_at_the_start_is_called_full_and_costs_nothing(small_disk: Path) -> None:
    folder, ballast = small_disk / "outbox", small_disk / "ballast"
    async with outbox(folder) as opened:
        await opened.recover()
        for number in (1, 2):
            await opened.accept(upload(number), photo())
    fill(ballast)
    async with outbox(folder) as opened:
        with pytest.raises(NotSafe) as caught:
            await opened.recover()
        assert caught.value.reason is NotSafeReason.DISK_FULL
        assert survey(folder).unsent_count == 2
        ballast.unlink()
        recovered = await opened.recover()
        assert [each.upload.state for each in recovered.kept] == [UploadState.QUEUED, UploadState.QUEUED]
        assert not recovered.is_changed


async def test_a_first_start_on_a_full_disk_goes_on_when_there_is_room(small_disk: Path) -> None:
    folder, ballast = small_disk / "outbox", small_disk / "ballast"
    folder.mkdir()
    fill(ballast)
    async with outbox(folder) as opened:
        with pytest.raises(NotSafe) as caught:
            await opened.recover()
        assert caught.value.reason is NotSafeReason.DISK_FULL
        ballast.unlink()
        assert not (await opened.recover()).is_changed
        await opened.accept(upload(1), photo())
