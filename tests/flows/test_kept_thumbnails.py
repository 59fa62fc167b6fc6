"""Small pictures of an earlier session come from the disk, where that is wanted, and go with whoever signs out."""

from pathlib import Path

import pytest

from cerbo_desktop.app.outbox_factory import open_thumbnail_cache, wipe_thumbnail_cache
from cerbo_desktop.config.settings import Settings
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.ports import ThumbnailCache
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.paths import DataDir
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.credentials import SessionSecrets
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.thumbnail_states import Ready
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

PATIENT = PatientId("7")
IDS = [PhotoId(str(number)) for number in range(8)]
CAMERA = b"camera" + bytes(200_000)


class Sessions:
    """The same PC, the same clinic, one session after the other."""

    def __init__(self, root: Path) -> None:
        self.data_dir = DataDir(root)
        self.secrets = SessionSecrets()
        self.clock = HandClock()
        self.server = FakeCerboServer()
        for photo_id in IDS:
            self.server.add_photo(PATIENT, CAMERA, photo_id=photo_id)

    async def cache(self, *, is_wanted: bool = True) -> ThumbnailCache | None:
        return await open_thumbnail_cache(self.data_dir, self.secrets, "account", self.clock, is_wanted=is_wanted)

    async def look_through(self, cache: ThumbnailCache | None) -> list[Ready]:
        """Every picture there was, in one session from start to end."""
        failures: list[BaseException] = []
        shown: list[Ready] = []
        contents = PhotoContentCache(self.server, scope=TaskScope("test", failures.append))
        thumbnails = Thumbnails(contents, FakeImageStudio(), scope=TaskScope("test", failures.append), cache=cache)
        thumbnails.subscribe(lambda _, state: shown.append(state) if isinstance(state, Ready) else None)
        thumbnails.want(PATIENT, IDS)
        await until(lambda: sum(state.is_final for state in shown) == len(IDS))
        if cache is not None:
            for photo_id in IDS:
                await until_kept(cache, photo_id)
        await thumbnails.aclose()
        await contents.aclose()
        assert failures == []
        return shown


async def until_kept(cache: ThumbnailCache, photo_id: PhotoId) -> None:
    """Keeping goes on behind the picture that is shown already."""
    for _ in range(1_000):
        if await cache.get(PATIENT, photo_id, 240) is not None:
            return
    raise AssertionError(photo_id)


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path)


async def test_the_second_session_asks_for_no_photo(sessions: Sessions) -> None:
    first = await sessions.look_through(await sessions.cache())
    assert sessions.server.count("content") == len(IDS)
    second = await sessions.look_through(await sessions.cache())
    assert sessions.server.count("content") == len(IDS)
    assert all(state.is_final for state in second)
    assert {state.raster.size_bytes for state in second} == {4}, "the photo's, never the camera's own"
    assert {state.raster.size_bytes for state in first if state.is_final} == {4}


async def test_it_is_off_by_default_and_switching_it_off_removes_what_was_kept(sessions: Sessions) -> None:
    assert not Settings().keeps_thumbnails
    await sessions.look_through(await sessions.cache())
    assert sessions.data_dir.thumbnails_dir.exists()
    assert await sessions.cache(is_wanted=False) is None
    assert not sessions.data_dir.thumbnails_dir.exists()
    await sessions.look_through(None)
    assert not sessions.data_dir.thumbnails_dir.exists()


async def test_signing_out_removes_every_picture(sessions: Sessions) -> None:
    await sessions.look_through(await sessions.cache())
    await wipe_thumbnail_cache(sessions.data_dir)
    assert not sessions.data_dir.thumbnails_dir.exists()
    sessions.server.calls.clear()
    await sessions.look_through(await sessions.cache())
    assert [call.urgency for call in sessions.server.calls] == [Urgency.VISIBLE] * len(IDS)
