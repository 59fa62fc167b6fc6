"""Somebody sets the PC's clock while a photo waits, or while the app is closed: it waits no longer for that."""

import pytest

from cerbo_desktop.domain.errors import Overloaded
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from tests.unit.services.uploads.desk import Desk
from tests.waiting import until

_HOURS_S = (-36_000.0, 36_000.0)


@pytest.mark.parametrize("set_by_s", _HOURS_S)
async def test_a_wait_goes_on_as_it_was(desk: Desk, set_by_s: float) -> None:
    desk.server.fail("create_photo", Overloaded(retry_after_s=40), times=1)
    await desk.accept(b"first")
    await until(lambda: desk.clock.sleeping_s == [40.0])
    desk.clock.turn(10)
    desk.clock.set_wall(set_by_s)
    await desk.accept(b"second")  # wakes the courier, which looks anew how long it has to wait
    await until(lambda: desk.clock.sleeping_s == [30.0])
    desk.clock.turn(30)
    await until(lambda: all(each.state is UploadState.SENT for each in desk.uploading.feed.latest))
    assert len(desk.server.queued_photos) == 2


async def test_a_start_waits_for_no_moment_of_before(desk: Desk) -> None:
    desk.server.fail("create_photo", Overloaded(retry_after_s=40), times=1)
    await desk.accept(b"first")
    await until(lambda: desk.clock.sleeping_s == [40.0])
    await desk.uploading.aclose()
    desk.clock.set_wall(-36_000.0)
    lookup = ServerLookup(desk.server, desk.contents)
    desk.uploading = Uploading(desk.server, lookup, desk.outbox, desk.clock, TaskScope("test", desk.failures.append))
    await desk.uploading.open()
    await until(lambda: desk.only.state is UploadState.SENT)
