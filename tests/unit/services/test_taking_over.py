"""Photos of an earlier sign-in: what a look has shown holds only until the record is asked for once more."""

from dataclasses import replace
from pathlib import Path

import pytest

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.store import DiskOutbox
from cerbo_desktop.services.reconciling import Reconciling
from cerbo_desktop.services.taking_over import TakingOver
from cerbo_desktop.services.uploading import Uploading
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.unit.outbox.stock import KEY
from tests.unit.services.test_uploading import MARIA, Desk, photo
from tests.waiting import until

ADDRESS = "https://riverbend.md-hq.com"


def _opened(desk: Desk, folder: Path, key_name: str) -> tuple[DiskOutbox, Uploading]:
    outbox = DiskOutbox(folder, AesGcmSealer(KEY), f"{key_name} at {ADDRESS}", desk.clock)
    reconciling = Reconciling(desk.server, desk.contents)
    return outbox, Uploading(desk.server, reconciling, outbox, desk.clock, desk.failures.append)


@pytest.mark.parametrize("is_other", [True, False])
async def test_a_record_that_changed_since_the_look_gets_no_photo(tmp_path: Path, is_other: bool) -> None:
    desk = Desk()
    _, before = _opened(desk, tmp_path, "pk_first")
    await before.open()
    desk.server.fail("create_photo", Unreachable())
    await before.accept(MARIA, photo())
    await until(lambda: before.feed.latest[0].trouble is not None)
    await before.aclose()
    desk.server.heal()
    outbox, uploading = _opened(desk, tmp_path, "pk_second")
    await uploading.open()
    taking_over = TakingOver(outbox, uploading, desk.server, ADDRESS, [f"pk_first at {ADDRESS}"])
    assert len((await taking_over.look(is_same_practice=False)).possible) == 1
    posts = desk.posts
    if is_other:
        desk.server.patients[MARIA.id] = replace(MARIA, first_name="Somebody", last_name="Else")
        assert await taking_over.take_over() == 0
        assert uploading.feed.latest == ()
        assert desk.posts == posts
    else:
        assert await taking_over.take_over() == 1
        await until(lambda: uploading.feed.latest[0].state is UploadState.SENT)
    await uploading.aclose()
    await desk.uploading.aclose()
    await desk.contents.aclose()
