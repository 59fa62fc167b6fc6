"""A card that asks about a new photo of the chart goes on asking about that very photo after a restart."""

from pathlib import Path

from cerbo_desktop.domain.errors import Unreachable
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.outbox.disk_outbox import DiskOutbox
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.uploads.server_lookup import ServerLookup
from cerbo_desktop.services.uploads.uploading import Uploading
from cerbo_desktop.vault.seal import AesGcmSealer
from tests.fakes.cerbo_server import refuse_everything
from tests.unit.outbox.stock import ACCOUNT, KEY
from tests.unit.services.uploads.desk import MARIA, Desk, photo
from tests.waiting import until


async def test_after_a_restart_without_a_line_the_card_still_asks_about_the_new_photo(tmp_path: Path) -> None:
    """As the real ledger keeps it: until a look succeeds, nothing else could say which photo is meant."""

    desk = Desk()

    async def start() -> Uploading:
        outbox = DiskOutbox(tmp_path, AesGcmSealer(KEY), ACCOUNT, desk.clock)
        reconciling = ServerLookup(desk.server, desk.contents)
        uploading = Uploading(desk.server, reconciling, outbox, desk.clock, TaskScope("test", desk.failures.append))
        await uploading.open()
        return uploading

    uploading = await start()
    await uploading.accept(MARIA, photo(b"ours"))
    await until(lambda: uploading.feed.latest[0].state is UploadState.SENT)
    queue_id = uploading.feed.latest[0].queue_id
    assert queue_id is not None
    desk.server.accept_as(MARIA.id, queue_id, b"re-encoded")
    uploading.looks.look_now()
    await until(lambda: uploading.feed.latest[0].state is UploadState.LEFT_QUEUE)
    asked_about = uploading.feed.latest[0].new_photo_id
    await uploading.aclose()
    refuse_everything(desk.server, Unreachable())
    uploading = await start()
    (shown,) = uploading.feed.latest
    assert shown.state is UploadState.LEFT_QUEUE
    assert shown.new_photo_id == asked_about is not None
    await uploading.aclose()
    await desk.uploading.aclose()
    await desk.contents.aclose()
