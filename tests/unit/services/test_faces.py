"""The face beside a name."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from cerbo_desktop.domain.errors import CannotShow, NotTold, Unreachable
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.services.contents import Contents
from cerbo_desktop.services.faces import Faces
from cerbo_desktop.services.photo_types import PhotoTypes
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

PATIENT = PatientId("7")


@pytest.fixture
def server() -> FakeCerboServer:
    server = FakeCerboServer()
    server.albums[PATIENT] = []
    return server


@pytest.fixture
def studio() -> FakeImageStudio:
    return FakeImageStudio()


@pytest.fixture
async def faces(server: FakeCerboServer, studio: FakeImageStudio) -> AsyncIterator[Faces]:
    failures: list[BaseException] = []
    contents = Contents(server, on_failure=failures.append)
    faces = Faces(contents, studio, PhotoTypes(server, HandClock()), on_failure=failures.append)
    yield faces
    await faces.aclose()
    await contents.aclose()
    assert failures == []


def add(server: FakeCerboServer, photo_id: str, year: int | None, photo_type: PhotoType = PhotoType.PERSONAL) -> None:
    taken_at = datetime(year, 1, 1, tzinfo=UTC) if year else None
    server.add_photo(PATIENT, photo_id.encode(), photo_id=photo_id, photo_type=photo_type, taken_at=taken_at)


async def test_the_newest_personal_photo_by_date(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces
) -> None:
    add(server, "9", None)
    add(server, "1", 2024)
    add(server, "2", 2021)
    add(server, "3", 2025, PhotoType.MEDICAL)
    assert await faces.face(PATIENT) is not None
    assert studio.thumbnails == [(b"1", 96, Urgency.BACKGROUND)]
    assert {call.urgency for call in server.calls} == {Urgency.BACKGROUND}
    known = faces.known(PATIENT)
    assert known is not None
    assert known.taken_at == datetime(2024, 1, 1, tzinfo=UTC)


async def test_without_dates_the_highest_number(server: FakeCerboServer, studio: FakeImageStudio, faces: Faces) -> None:
    for photo_id in ("9", "10", "abc"):
        add(server, photo_id, None)
    await faces.face(PATIENT)
    assert studio.thumbnails[0][0] == b"10"


async def test_having_none_is_remembered(server: FakeCerboServer, faces: Faces) -> None:
    assert faces.known(PATIENT) is None
    assert await faces.face(PATIENT) is None
    assert await faces.face(PATIENT) is None
    assert server.count("photos") == 2  # of personal photos, and of all: no list has shown yet that it tells
    assert faces.known(PATIENT) is not None
    add(server, "1", 2024)
    faces.forget_face(PATIENT)
    assert await faces.face(PATIENT) is not None


async def test_what_cerbo_did_not_tell_is_not_asked_again_at_each_look(server: FakeCerboServer, faces: Faces) -> None:
    add(server, "1", 2024, PhotoType.UNSTATED)
    for _ in range(2):
        with pytest.raises(NotTold):
            await faces.face(PATIENT)
    assert faces.known(PATIENT) is None
    assert server.count("photos") == 2


async def test_callers_share_one_request(server: FakeCerboServer, faces: Faces) -> None:
    add(server, "1", 2024)
    one, other = await asyncio.gather(faces.face(PATIENT), faces.face(PATIENT))
    assert one is other
    assert (server.count("photos"), server.count("content")) == (1, 1)


async def test_not_knowing_is_an_error_and_asked_again(server: FakeCerboServer, faces: Faces) -> None:
    add(server, "1", 2024)
    server.fail("photos", Unreachable(), times=1)
    with pytest.raises(Unreachable):
        await faces.face(PATIENT)
    assert faces.known(PATIENT) is None
    assert await faces.face(PATIENT) is not None


async def test_a_face_that_cannot_be_shown(server: FakeCerboServer, faces: Faces) -> None:
    server.add_photo(PATIENT, b"broken", photo_type=PhotoType.PERSONAL)
    with pytest.raises(CannotShow):
        await faces.face(PATIENT)


async def test_what_is_forgotten_while_it_is_fetched_is_not_kept(server: FakeCerboServer, faces: Faces) -> None:
    gate = server.hold("photos")
    asked = asyncio.ensure_future(faces.face(PATIENT))
    await until(lambda: server.in_flight)
    faces.forget_face(PATIENT)
    asked_later = asyncio.ensure_future(faces.face(PATIENT))
    await asyncio.sleep(0)
    add(server, "1", 2024)
    gate.set()
    await asked
    assert await asked_later is not None
    assert server.count("photos") == 2


async def test_clearing_ends_what_runs(server: FakeCerboServer, faces: Faces) -> None:
    server.hold("photos")
    asked = asyncio.ensure_future(faces.face(PATIENT))
    await until(lambda: server.in_flight)
    faces.clear()
    await until(asked.done)
    assert asked.cancelled()
