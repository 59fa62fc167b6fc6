"""A disk that hangs in the middle of keeping a photo: the process ends all the same, and the photo is whole or not."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.outbox.stock import outbox, photo, upload

_KEEPS_ON_A_HUNG_DISK = """
import asyncio, sys, threading
from pathlib import Path
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.fakes.hand_clock import HandClock
from tests.unit.outbox.stock import ACCOUNT, KEY, NOW, photo, upload

async def main(folder, hangs_at):
    def checkpoint(name):
        if name == hangs_at and reached:
            threading.Event().wait()

    reached = []
    opened = DiskOutbox(folder, AesGcmSealer(KEY), ACCOUNT, HandClock(NOW), checkpoint=checkpoint)
    await opened.recover()
    reached.append(True)
    try:
        async with asyncio.timeout(0.5):
            await opened.accept(upload(), photo())
    except TimeoutError:
        print("hangs")

asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
"""


@pytest.mark.parametrize("hangs_at", ["file written", "file on disk", "name on disk"])
async def test_the_process_ends_and_the_photo_is_whole_or_not_there(tmp_path: Path, hangs_at: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _KEEPS_ON_A_HUNG_DISK, str(tmp_path / "outbox"), hangs_at],
        timeout=60,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "hangs\n"), ended.stderr
    async with outbox(tmp_path / "outbox") as opened:
        recovered = await opened.recover()
        if recovered.kept:
            assert bytes((await opened.photo(recovered.kept[0].upload.id)).data) == photo().data
        else:
            assert not list((tmp_path / "outbox").glob(f"{upload().id}*"))
