"""The other route is asked where the first one gave less than the photo, and once only."""

from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.domain.errors import CannotShow, Missing
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.decoding import decode_best
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.image_studio import FakeImageStudio

PATIENT, ONE, TWO = PatientId("7"), PhotoId("1"), PhotoId("2")


@pytest.fixture
def server() -> FakeCerboServer:
    return FakeCerboServer()


@pytest.fixture
async def contents(server: FakeCerboServer) -> AsyncIterator[PhotoContentCache]:
    failures: list[BaseException] = []
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    yield contents
    await contents.aclose()
    assert failures == []


def gives(server: FakeCerboServer, by_content: bytes, by_stream: bytes, photo_id: str = ONE) -> None:
    photo = server.add_photo(PATIENT, by_content, photo_id=photo_id)
    server.streamed[PATIENT, photo.id] = Content(by_stream, "image/jpeg")


async def shown(contents: PhotoContentCache, photo_id: PhotoId = ONE, *, is_opened: bool = False) -> Raster:
    content = await contents.get(PATIENT, photo_id, urgency=Urgency.VISIBLE)
    full = FakeImageStudio().full
    return await decode_best(contents, (PATIENT, photo_id), content, full, Urgency.VISIBLE, is_opened=is_opened)


async def test_a_photo_that_one_route_cuts_short_comes_by_the_other(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gives(server, b"half", b"the whole photo")
    gives(server, b"half", b"the whole photo", TWO)
    assert (await shown(contents)).is_whole
    assert (await shown(contents)).is_whole
    assert (server.count("content"), server.count("stream")) == (1, 1)
    assert (await shown(contents, TWO)).is_whole
    assert (server.count("content"), server.count("stream")) == (1, 2), "it is known which of them gives more"


async def test_one_that_cannot_be_read_at_all_may_come_whole_by_the_other(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gives(server, b"broken", b"the whole photo")
    assert (await shown(contents)).is_whole


@pytest.mark.parametrize("by_stream", [b"half", b"hal", b"broken all the same"])
async def test_what_neither_gives_whole_is_shown_as_far_as_it_came(
    server: FakeCerboServer, contents: PhotoContentCache, by_stream: bytes
) -> None:
    gives(server, b"half", by_stream)
    for _ in range(2):
        assert not (await shown(contents)).is_whole
    assert (server.count("content"), server.count("stream")) == (1, 1), "once is enough"


async def test_where_the_other_route_fails_the_first_one_s_picture_stays(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gives(server, b"half", b"")
    server.fail("stream", Missing())
    assert not (await shown(contents)).is_whole
    gives(server, b"broken", b"", TWO)
    with pytest.raises(CannotShow):
        await shown(contents, TWO)


async def test_a_small_copy_serves_for_a_tile_and_not_for_an_opened_photo(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gives(server, b"small copy", b"the whole photo")
    assert (await shown(contents)).is_of_small_copy
    assert server.count("stream") == 0
    assert not (await shown(contents, is_opened=True)).is_of_small_copy
