"""The bytes of photos: one fetch, the right route, kept for a while."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Missing, ServerError, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.urgency import DynamicUrgency, Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import ContentFlaw, PhotoContentCache
from tests.fakes.cerbo_server import FakeCerboServer
from tests.waiting import until

PATIENT, ONE = PatientId("7"), PhotoId("1")
NOT_A_PHOTO = BadAnswer(BadAnswerKind.NOT_A_PHOTO)


@pytest.fixture
def server() -> FakeCerboServer:
    server = FakeCerboServer()
    for number in range(5):
        server.add_photo(PATIENT, b"photo %d" % number, photo_id=str(number))
    return server


@pytest.fixture
async def contents(server: FakeCerboServer) -> AsyncIterator[PhotoContentCache]:
    failures: list[BaseException] = []
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append), budget_bytes=24)  # three photos
    yield contents
    await contents.aclose()
    assert failures == []


async def as_it_is(content: Content) -> Content:
    return content


async def data(contents: PhotoContentCache, photo_id: str) -> bytes:
    return (await contents.get(PATIENT, PhotoId(photo_id), urgency=Urgency.VISIBLE)).data


async def test_a_photo_is_fetched_once_and_kept(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    assert await data(contents, "1") == await data(contents, "1") == b"photo 1"
    assert server.count("content") == 1
    assert contents.cached(PATIENT, PhotoId("1")) is not None


async def test_what_was_used_longest_ago_is_fetched_again(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    for photo_id in "01230":
        await data(contents, photo_id)
    assert server.subjects("content") == ["0", "1", "2", "3", "0"]
    assert contents.used_bytes <= 24


async def test_everybody_hears_of_what_arrives(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    heard: list[bytes] = []
    joined: list[bytes] = []
    gate = server.hold("content")
    first = asyncio.ensure_future(
        contents.get(PATIENT, ONE, urgency=Urgency.VISIBLE, on_arrival=lambda arriving: heard.append(arriving.head()))
    )
    await until(lambda: server.in_flight)
    second = asyncio.ensure_future(
        contents.get(PATIENT, ONE, urgency=Urgency.VISIBLE, on_arrival=lambda arriving: joined.append(arriving.head()))
    )
    third = asyncio.ensure_future(contents.get(PATIENT, ONE, urgency=Urgency.VISIBLE))
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, second, third)
    assert heard[-1] == b"photo 1"
    assert joined == heard
    assert server.count("content") == 1


async def test_who_joins_midway_hears_of_the_rest(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    rest = server.hold_midway("content", "1")
    heard: list[int] = []
    joined: list[int] = []
    first = asyncio.ensure_future(
        contents.get(
            PATIENT, ONE, urgency=Urgency.VISIBLE, on_arrival=lambda arriving: heard.append(arriving.done_bytes)
        )
    )
    await until(lambda: heard)
    second = asyncio.ensure_future(
        contents.get(
            PATIENT, ONE, urgency=Urgency.VISIBLE, on_arrival=lambda arriving: joined.append(arriving.done_bytes)
        )
    )
    await asyncio.sleep(0)
    rest.set()
    await asyncio.gather(first, second)
    assert joined == heard[1:]


async def test_the_fetch_is_as_urgent_as_the_most_urgent_of_its_callers(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gate = server.hold("content")
    near = DynamicUrgency(Urgency.NEAR)
    callers = [asyncio.ensure_future(contents.get(PATIENT, ONE, urgency=near))]
    await until(lambda: server.in_flight)
    near.raise_to(Urgency.VISIBLE)
    for urgency in (Urgency.BACKGROUND, Urgency.NOW, Urgency.NEAR):
        callers.append(asyncio.ensure_future(contents.get(PATIENT, ONE, urgency=urgency)))
        await asyncio.sleep(0)
    assert [call.urgency for call in server.calls] == [Urgency.NEAR]
    assert server.rises == [("1", Urgency.VISIBLE), ("1", Urgency.NOW)]
    gate.set()
    await asyncio.gather(*callers)
    near.raise_to(Urgency.NOW)
    await contents.get(PATIENT, PhotoId("2"), urgency=Urgency.NEAR)
    assert server.calls[-1].urgency is Urgency.NEAR


async def test_a_fetch_falls_back_to_what_those_want_who_still_wait(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gate = server.hold("content")
    tile = asyncio.ensure_future(contents.get(PATIENT, ONE, urgency=Urgency.VISIBLE))
    await until(lambda: server.in_flight)
    opened = asyncio.ensure_future(contents.get(PATIENT, ONE, urgency=Urgency.NOW))
    await until(lambda: server.rises)
    opened.cancel()
    await until(opened.done)
    assert server.rises == [("1", Urgency.NOW), ("1", Urgency.VISIBLE)]
    gate.set()
    assert (await tile).data == b"photo 1"
    assert server.count("content") == 1


@pytest.mark.parametrize("error", [NOT_A_PHOTO, BadAnswer(BadAnswerKind.WEB_PAGE), Missing()])
async def test_the_other_route_is_tried_and_remembered(
    server: FakeCerboServer, contents: PhotoContentCache, error: ServerError
) -> None:
    server.fail("content", error)
    assert await data(contents, "1") == b"photo 1"
    assert await data(contents, "2") == b"photo 2"
    assert (server.count("content"), server.count("stream")) == (1, 2)
    server.fail("stream", error)
    server.heal("content")
    assert await data(contents, "3") == b"photo 3"
    assert await data(contents, "4") == b"photo 4"
    assert (server.count("content"), server.count("stream")) == (3, 3)


async def test_a_route_that_was_found_is_told_once_and_tried_first_the_next_time(server: FakeCerboServer) -> None:
    told: list[bool] = []
    failures: list[BaseException] = []
    server.fail("content", NOT_A_PHOTO)
    first = PhotoContentCache(server, scope=TaskScope("test", failures.append), on_route_found=told.append)
    await asyncio.gather(*(data(first, photo_id) for photo_id in "012"))
    assert told == [True]
    await first.aclose()
    server.calls.clear()
    again = PhotoContentCache(
        server, scope=TaskScope("test", failures.append), is_stream_first=True, on_route_found=told.append
    )
    await data(again, "1")
    assert (server.count("content"), server.count("stream"), told) == (0, 1, [True])
    await again.aclose()
    assert failures == []


@pytest.mark.parametrize("error", [Unreachable(), BadAnswer(BadAnswerKind.TOO_LARGE)])
async def test_no_other_route_where_it_could_not_help(
    server: FakeCerboServer, contents: PhotoContentCache, error: ServerError
) -> None:
    server.fail("content", error)
    with pytest.raises(type(error)):
        await data(contents, "1")
    assert server.count("stream") == 0


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (NOT_A_PHOTO, Missing(), BadAnswer),
        (Missing(), NOT_A_PHOTO, BadAnswer),
        (Missing(), Missing(), Missing),
        (NOT_A_PHOTO, Unreachable(), Unreachable),
    ],
)
async def test_of_two_errors_the_one_that_says_more(
    server: FakeCerboServer,
    contents: PhotoContentCache,
    first: ServerError,
    second: ServerError,
    told: type[ServerError],
) -> None:
    await data(contents, "2")
    server.fail("content", first)
    server.fail("stream", second)
    with pytest.raises(told):
        await data(contents, "1")
    server.heal()
    assert await data(contents, "1") == b"photo 1"
    assert server.calls[-1].operation == "content"


async def test_a_caller_leaving_leaves_the_fetch_to_the_others(
    server: FakeCerboServer, contents: PhotoContentCache
) -> None:
    gate = server.hold("content")
    one, other = (asyncio.ensure_future(data(contents, "1")) for _ in range(2))
    await until(lambda: server.in_flight == 1)
    one.cancel()
    await asyncio.sleep(0)
    gate.set()
    assert await other == b"photo 1"
    assert (server.count("content"), server.cancelled["content"]) == (1, 0)


async def test_the_last_one_leaving_ends_the_fetch(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    server.hold("content")
    one, other = (asyncio.ensure_future(data(contents, "1")) for _ in range(2))
    await until(lambda: server.in_flight == 1)
    one.cancel()
    other.cancel()
    await until(lambda: server.in_flight == 0)
    assert server.cancelled["content"] == 1


async def test_another_form_is_asked_for_where_the_first_found_no_room(server: FakeCerboServer) -> None:
    failures: list[BaseException] = []
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append), budget_bytes=0)
    unshown = await contents.get(PATIENT, ONE, urgency=Urgency.VISIBLE)
    for _ in range(2):
        better = await contents.improved(PATIENT, ONE, unshown, ContentFlaw.UNSHOWN, as_it_is, urgency=Urgency.VISIBLE)
        assert better is None, "the same by both"
    assert (server.count("content"), server.count("stream")) == (1, 1)
    await contents.aclose()
    assert failures == []


async def test_clearing_drops_bytes_and_fetches(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    await data(contents, "1")
    server.hold("content")
    waiting = asyncio.ensure_future(data(contents, "2"))
    await until(lambda: server.in_flight == 1)
    contents.clear()
    await until(waiting.done)
    assert waiting.cancelled()
    assert contents.used_bytes == 0
    assert contents.cached(PATIENT, PhotoId("1")) is None


async def test_patients_do_not_share_numbers(server: FakeCerboServer, contents: PhotoContentCache) -> None:
    other = PatientId("8")
    server.add_photo(other, b"another", photo_id="1")
    assert await data(contents, "1") == b"photo 1"
    assert (await contents.get(other, PhotoId("1"))).data == b"another"
