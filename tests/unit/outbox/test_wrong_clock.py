"""A PC clock that is wrong costs no sealed bytes: an empty battery, a first boot before the time was set, a hand."""

from datetime import timedelta
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import Forbidden
from cerbo_desktop.domain.evidence import TAKEN_KEPT
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.unit.outbox.stock import ACCOUNT, KEY, NOW, outbox, photo, rewrite, upload, walk
from tests.unit.services.uploads.desk import MARIA, Desk, photo as shot
from tests.waiting import until

DAY_S = 86_400
TAKEN = (UploadState.SENDING, UploadState.COMMITTING, UploadState.UNSURE, UploadState.TAKEN)


def sealed(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.suffix in (".photo", ".doubtful", ".leaving")]


class Pc:
    """One PC whose queue can't be looked in: each photo that Cerbo takes is TAKEN."""

    def __init__(self, folder: Path) -> None:
        self.desk, self.folder = Desk(), folder
        self.desk.server.fail("enqueued", Forbidden())

    async def start(self) -> None:
        desk = self.desk
        outbox = DiskOutbox(self.folder, AesGcmSealer(KEY), ACCOUNT, desk.clock)
        reconciling = ServerLookup(desk.server, desk.contents)
        self.uploading = Uploading(
            desk.server, reconciling, outbox, desk.clock, TaskScope("test", desk.failures.append)
        )
        await self.uploading.open()

    async def take(self) -> None:
        await self.start()
        await self.uploading.accept(MARIA, shot())
        await until(lambda: self.uploading.feed.latest[0].state is UploadState.TAKEN)

    async def restart(self) -> None:
        await self.uploading.aclose()
        await self.start()
        await self.look()

    async def look(self) -> None:
        """Until a look has ended, from its beginning."""
        asked = len([each for each in self.desk.server.calls if each.operation == "photo_pages"])
        self.uploading.looks.look_now()
        await until(lambda: len([each for each in self.desk.server.calls if each.operation == "photo_pages"]) > asked)
        await until(lambda: self.desk.clock.sleeping_s)

    async def aclose(self) -> None:
        await self.uploading.aclose()
        await self.desk.uploading.aclose()
        await self.desk.contents.aclose()


@pytest.mark.parametrize("days", [-400, -20, 20, 400])
@pytest.mark.parametrize("is_restarted", [True, False])
async def test_a_clock_that_jumps_takes_no_photo_away(tmp_path: Path, days: int, is_restarted: bool) -> None:
    pc = Pc(tmp_path)
    await pc.take()
    pc.desk.clock.set_wall(days * DAY_S)
    await (pc.restart() if is_restarted else pc.look())
    await pc.restart()
    assert len(sealed(tmp_path)) == 1
    assert [each.state for each in pc.uploading.feed.latest] == [UploadState.TAKEN]
    await pc.aclose()


async def test_a_week_is_counted_over_starts_each_of_which_looks(tmp_path: Path) -> None:
    """Each night counts: by the wall clock, and for a day at most."""
    pc = Pc(tmp_path)
    await pc.take()
    for _ in range(6):
        pc.desk.clock.turn(DAY_S)
        await pc.restart()
    assert len(sealed(tmp_path)) == 1
    pc.desk.clock.turn(DAY_S)
    await pc.restart()
    await until(lambda: not sealed(tmp_path))
    assert [each.state for each in pc.uploading.feed.latest] == [UploadState.TAKEN]
    await pc.aclose()


async def test_a_taken_photo_leaves_the_list_only_without_its_bytes(tmp_path: Path) -> None:
    async with outbox(tmp_path) as opened:
        await opened.recover()
        await opened.accept(upload(1), photo())
        await walk(opened, upload(1), *TAKEN)
    rewrite(tmp_path, "UPDATE uploads SET changed_at = ?", (NOW - 3 * TAKEN_KEPT).isoformat())
    async with outbox(tmp_path) as opened:
        (kept,) = (await opened.recover()).kept
        assert kept.upload.state is UploadState.TAKEN
        await opened.drop_photo(upload(1).id)
    async with outbox(tmp_path) as opened:
        assert (await opened.recover()).kept == ()
    assert timedelta(days=14) == 2 * TAKEN_KEPT
