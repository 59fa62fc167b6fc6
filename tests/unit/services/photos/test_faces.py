"""The face beside a name."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from cerbo_desktop.domain.acts import OutcomeKnown
from cerbo_desktop.domain.errors import CannotShow, Missing, NotTold, Unreachable
from cerbo_desktop.domain.ids import PatientId, UploadId
from cerbo_desktop.domain.limits import PAGE_SIZE
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.upload import UploadState
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.acts import Acts
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes, Types
from cerbo_desktop.services.photos.type_lists import ListsByType
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
async def records(server: FakeCerboServer) -> AsyncIterator[PhotoRecords]:
    failures: list[BaseException] = []
    records = PhotoRecords(server, scope=TaskScope("test", failures.append))
    yield records
    await records.aclose()
    assert failures == []


@pytest.fixture
async def faces(server: FakeCerboServer, studio: FakeImageStudio, records: PhotoRecords) -> AsyncIterator[Faces]:
    failures: list[BaseException] = []
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    faces = Faces(contents, studio, PhotoTypes(server, HandClock()), records, scope=TaskScope("test", failures.append))
    yield faces
    await faces.aclose()
    await contents.aclose()
    assert failures == []


@dataclass
class Told:
    """What readers hear: of whom, and whether the face that was shown is wrong."""

    changes: list[tuple[PatientId, bool]] = field(default_factory=list)

    def __call__(self, patient_id: PatientId, is_wrong: bool) -> None:
        self.changes.append((patient_id, is_wrong))


@pytest.fixture
def told(faces: Faces) -> Told:
    told = Told()
    faces.subscribe(told)
    return told


def whole_album(server: FakeCerboServer, types: Types = Types.TOLD) -> Album:
    return Album(PATIENT, tuple(server.albums[PATIENT]), types=types, was_listed=True)


def become(server: FakeCerboServer, photo_id: str, photo_type: PhotoType) -> Photo:
    """Staff give it another type."""
    album = server.albums[PATIENT]
    at = next(at for at, photo in enumerate(album) if photo.id == photo_id)
    album[at] = replace(album[at], photo_type=photo_type)
    return album[at]


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


async def test_a_photo_that_reached_the_chart_may_be_the_new_face(server: FakeCerboServer, faces: Faces) -> None:
    failures, told = list[BaseException](), list[tuple[PatientId, bool]]()
    acts = Acts(HandClock(), TaskScope("test", failures.append))
    acts.subscribe(faces.follow)
    faces.subscribe(lambda patient_id, is_wrong: told.append((patient_id, is_wrong)))
    assert await faces.face(PATIENT) is None
    add(server, "1", 2024)
    for outcome in (UploadState.SENT, UploadState.ACCEPTED):
        acts.publish(OutcomeKnown(PATIENT, UploadId("a" * 32), outcome))
    assert failures == []
    assert told == [(PATIENT, False)], "what waits in the queue is in no album yet"
    assert await faces.face(PATIENT) is not None


async def test_whoever_waits_for_a_face_gets_the_one_that_arrives_meanwhile(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces
) -> None:
    add(server, "1", 2024)
    gate = server.hold("content")
    asked = asyncio.ensure_future(faces.face(PATIENT))
    await until(lambda: server.in_flight)
    add(server, "2", 2025)
    faces.forget_face(PATIENT)
    gate.set()
    await asked
    assert studio.thumbnails[-1][0] == b"2"


async def test_clearing_ends_what_runs(server: FakeCerboServer, faces: Faces) -> None:
    server.hold("photos")
    asked = asyncio.ensure_future(faces.face(PATIENT))
    await until(lambda: server.in_flight)
    faces.clear()
    await until(asked.done)
    assert asked.cancelled()


# A medical photo is nobody's face.


async def test_a_face_whose_own_record_says_medical_is_dropped_at_once(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces, records: PhotoRecords, told: Told
) -> None:
    add(server, "1", 2023)
    add(server, "2", 2024)
    await faces.face(PATIENT)
    listed = server.albums[PATIENT][1]
    become(server, "2", PhotoType.MEDICAL)
    await records.get(listed, urgency=Urgency.NOW)
    assert told.changes == [(PATIENT, True)]
    assert faces.known(PATIENT) is None
    become(server, "2", PhotoType.PERSONAL)  # as a list would go on saying that takes no notice of types
    assert await faces.face(PATIENT) is not None
    assert [data for data, *_ in studio.thumbnails] == [b"2", b"1"]


async def test_a_face_that_turns_out_to_be_medical_while_it_is_fetched_is_never_given(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces, records: PhotoRecords
) -> None:
    add(server, "1", 2023)
    add(server, "2", 2024)
    studio.gate.clear()
    asked = asyncio.ensure_future(faces.face(PATIENT))
    await until(lambda: server.count("content", "2"))
    listed = server.albums[PATIENT][1]
    become(server, "2", PhotoType.MEDICAL)
    await records.get(listed, urgency=Urgency.NOW)
    studio.gate.set()
    assert await asked is not None
    known = faces.known(PATIENT)
    assert known is not None
    assert known.photo_id == "1"


async def test_no_photo_is_left_where_the_only_face_is_medical(
    server: FakeCerboServer, faces: Faces, records: PhotoRecords
) -> None:
    add(server, "1", 2024)
    await faces.face(PATIENT)
    listed = server.albums[PATIENT][0]
    become(server, "1", PhotoType.MEDICAL)
    await records.get(listed, urgency=Urgency.NOW)
    become(server, "1", PhotoType.PERSONAL)
    assert await faces.face(PATIENT) is None


async def test_a_face_by_a_list_s_word_goes_when_such_lists_turn_out_to_be_worth_nothing(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    server.rows_name_types = False
    add(server, "1", 2024)
    add(server, "2", 2023, PhotoType.MEDICAL)
    rows = server._album(PATIENT, None)
    photos, types = await faces._types.ask(PATIENT, rows)
    faces.take_album(Album(PATIENT, photos, types=types))
    assert await faces.face(PATIENT) is not None
    assert told.changes == [(PATIENT, False)]
    faces._types.trust.learnt.publish(ListsByType.USELESS)
    assert told.changes == [(PATIENT, False), (PATIENT, True)]
    assert faces.known(PATIENT) is None
    faces.take_album(Album(PATIENT, photos, types=types))  # as it was listed before that was known
    with pytest.raises(NotTold):
        await faces.face(PATIENT)


# Lists by type that were honoured, and are no longer.

OTHER, THIRD = PatientId("8"), PatientId("9")


@pytest.fixture
def records_tell() -> bool:
    """Those of single photos, which types they are of; else they can't be read while that is learnt."""
    return True


@pytest.fixture
async def doubting(
    server: FakeCerboServer, studio: FakeImageStudio, records: PhotoRecords, records_tell: bool
) -> AsyncIterator[Faces]:
    """Rows name no type, the lists by type are honoured, and another patient has a face by them."""
    if not records_tell:
        server.fail("photo", Missing())
    failures: list[BaseException] = []
    contents = PhotoContentCache(server, scope=TaskScope("test", failures.append))
    types = PhotoTypes(server, HandClock(), records)
    faces = Faces(contents, studio, types, records, scope=TaskScope("test", failures.append))
    server.rows_name_types = False
    for photo_id, kind in (("81", PhotoType.PERSONAL), ("82", PhotoType.MEDICAL)):
        server.add_photo(OTHER, photo_id.encode(), photo_id=photo_id, photo_type=kind)
    assert await faces.face(OTHER) is not None
    assert types.trust.worth is ListsByType.HONOURED
    server.calls.clear()
    yield faces
    await faces.aclose()
    await contents.aclose()
    assert failures == []


def take_no_notice(server: FakeCerboServer, monkeypatch: pytest.MonkeyPatch, *, medical: bool) -> None:
    """From now on the personal list holds every photo, and the medical one does, or none."""
    real = server._album

    def album(patient_id: PatientId, photo_type: PhotoType | None) -> list[Photo]:
        return [] if photo_type is PhotoType.MEDICAL and not medical else real(patient_id, None)

    monkeypatch.setattr(server, "_album", album)


async def open_album(faces: Faces, server: FakeCerboServer) -> Album:
    photos, types = await faces._types.ask(PATIENT, server._album(PATIENT, None))
    album = Album(PATIENT, photos, types=types, was_listed=True)
    faces.take_album(album)
    return album


async def test_an_open_album_with_the_same_photos_in_both_lists_drops_all_faces_by_lists(
    server: FakeCerboServer, doubting: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    doubting.subscribe(told)
    add(server, "1", 2023)
    add(server, "2", 2024, PhotoType.MEDICAL)
    take_no_notice(server, monkeypatch, medical=True)
    await open_album(doubting, server)
    assert told.changes == [(OTHER, True)]
    for patient_id in (OTHER, PATIENT):
        assert doubting.known(patient_id) is None
        with pytest.raises(NotTold):
            await doubting.face(patient_id)


@pytest.mark.parametrize("records_tell", [False])
@pytest.mark.parametrize("has_older", [True, False])
async def test_a_face_that_stands_in_both_lists_of_the_open_album_is_dropped_for_good(
    server: FakeCerboServer, doubting: Faces, monkeypatch: pytest.MonkeyPatch, has_older: bool
) -> None:
    if has_older:
        add(server, "1", 2023)
    add(server, "2", 2024, PhotoType.MEDICAL)
    add(server, "3", 2022, PhotoType.MEDICAL)
    real = server._album

    def album(patient_id: PatientId, photo_type: PhotoType | None) -> list[Photo]:
        in_both = [photo for photo in real(patient_id, None) if photo.id == "2"]
        return [*real(patient_id, photo_type), *(in_both if photo_type is PhotoType.PERSONAL else ())]

    monkeypatch.setattr(server, "_album", album)
    assert await shown_photo(doubting) == "2"
    told = Told()
    doubting.subscribe(told)
    await open_album(doubting, server)
    assert told.changes == [(PATIENT, True)]
    for is_open in (True, False):
        if not is_open:
            doubting._types.forget()
            doubting.take_album(Album())
        if has_older:
            assert await shown_photo(doubting) == "1"
        else:
            with pytest.raises(NotTold):
                await doubting.face(PATIENT)
    assert doubting.known(OTHER) is not None


@pytest.mark.parametrize("records_tell", [False])
async def test_a_face_that_neither_list_of_the_open_album_holds_is_dropped(
    server: FakeCerboServer, doubting: Faces
) -> None:
    add(server, "1", 2023)
    await doubting.face(PATIENT)
    told = Told()
    doubting.subscribe(told)
    become(server, "1", PhotoType.UNSTATED)
    add(server, "2", 2022, PhotoType.MEDICAL)
    await open_album(doubting, server)
    assert told.changes == [(PATIENT, True)]
    assert doubting.known(PATIENT) is None
    become(server, "1", PhotoType.PERSONAL)
    await open_album(doubting, server)
    assert await shown_photo(doubting) == "1"


async def test_where_only_records_name_types_each_face_costs_one_record_once(
    server: FakeCerboServer, doubting: Faces
) -> None:
    add(server, "1", 2023)
    for _ in range(2):
        await doubting.look_again(PATIENT)
        assert await shown_photo(doubting) == "1"
    assert server.subjects("photo") == ["1"]


@pytest.mark.parametrize("records_tell", [False])
async def test_where_records_told_no_type_none_is_asked_for_a_face(server: FakeCerboServer, doubting: Faces) -> None:
    add(server, "1", 2023)
    assert await shown_photo(doubting) == "1"
    assert not server.count("photo")


@pytest.mark.parametrize("is_open", [False, True])
async def test_personal_lists_that_hold_every_photo_give_no_medical_face_where_records_tell(
    server: FakeCerboServer,
    studio: FakeImageStudio,
    doubting: Faces,
    monkeypatch: pytest.MonkeyPatch,
    is_open: bool,
) -> None:
    """One may have been changed since it was listed; two mean that the lists are honoured no longer."""
    take_no_notice(server, monkeypatch, medical=False)
    add(server, "1", 2023)
    add(server, "2", 2024, PhotoType.MEDICAL)
    if is_open:
        await open_album(doubting, server)
    assert await shown_photo(doubting) == "1"
    assert doubting._types.trust.worth is ListsByType.HONOURED
    for photo_id in ("91", "92", "93"):
        server.add_photo(THIRD, photo_id.encode(), photo_id=photo_id)
    with pytest.raises(NotTold):
        await doubting.face(THIRD)
    assert doubting._types.trust.is_worthless
    assert doubting.known(PATIENT) is None
    assert {data for data, *_ in studio.thumbnails} == {b"81", b"1"}
    assert server.subjects("photo") == ["2", "1", "93", "92"]


async def test_lists_that_turn_out_worthless_meanwhile_do_not_tell_that_there_is_no_face(
    server: FakeCerboServer, doubting: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only photo is denied by its record just when another patient's photos show what the lists are worth."""
    take_no_notice(server, monkeypatch, medical=False)
    add(server, "1", 2024, PhotoType.MEDICAL)
    gate = server.hold("photo")
    asked = asyncio.create_task(doubting.face(PATIENT))
    await until(lambda: server.count("photo") == 1)
    doubting._types.trust.distrust()
    gate.set()
    with pytest.raises(NotTold):
        await asked
    assert doubting.known(PATIENT) is None


async def test_a_record_that_does_not_come_leaves_the_face_open(server: FakeCerboServer, doubting: Faces) -> None:
    add(server, "1", 2023)
    server.fail("photo", Unreachable(), times=1)
    with pytest.raises(Unreachable):
        await doubting.face(PATIENT)
    assert await shown_photo(doubting) == "1"


# The newest of a long chart.


def fill(server: FakeCerboServer, *, newest_first: bool) -> None:
    """More than a page: the first photo of all is personal, and so is the last."""
    count = PAGE_SIZE + 20
    for number in range(count):
        kind = PhotoType.PERSONAL if number in (0, count - 1) else PhotoType.MEDICAL
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number)
        server.add_photo(PATIENT, str(number).encode(), photo_id=str(number), photo_type=kind, taken_at=at)
    if newest_first:
        server.albums[PATIENT].reverse()


async def test_the_first_page_of_a_list_from_the_oldest_on_gives_no_face(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces, told: Told
) -> None:
    """The lists by type are worth nothing here, so that all photos are listed."""
    fill(server, newest_first=False)
    faces._types.trust.learnt.publish(ListsByType.USELESS)
    for _ in range(2):
        with pytest.raises(NotTold):
            await faces.face(PATIENT)
    assert server.count("photos") == 1
    assert not studio.thumbnails
    faces.take_album(replace(whole_album(server), photos=whole_album(server).photos[:PAGE_SIZE], is_loading=True))
    assert not told.changes
    faces.take_album(whole_album(server))
    assert told.changes == [(PATIENT, False)]
    await faces.face(PATIENT)
    assert [data for data, *_ in studio.thumbnails] == [str(PAGE_SIZE + 19).encode()]
    faces.take_album(Album())
    assert await faces.face(PATIENT) is not None  # it stays known when the album is left
    assert server.count("photos") == 1


async def test_the_first_page_of_a_list_from_the_newest_on_is_enough(
    server: FakeCerboServer, studio: FakeImageStudio, faces: Faces
) -> None:
    fill(server, newest_first=True)
    faces._types.trust.learnt.publish(ListsByType.USELESS)
    await faces.face(PATIENT)
    assert [data for data, *_ in studio.thumbnails] == [str(PAGE_SIZE + 19).encode()]


async def test_an_older_face_stays_until_the_newer_one_is_here(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    add(server, "2", 2024)
    faces.take_album(whole_album(server))
    assert told.changes == [(PATIENT, False)]
    known = faces.known(PATIENT)
    assert known is not None
    assert known.photo_id == "1"
    await faces.face(PATIENT)
    known = faces.known(PATIENT)
    assert known is not None
    assert known.photo_id == "2"
    faces.take_album(whole_album(server))
    assert len(told.changes) == 1


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_a_face_that_the_whole_album_does_not_hold_as_personal_is_dropped(
    server: FakeCerboServer, faces: Faces, told: Told, is_deleted: bool
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    become(server, "1", PhotoType.MEDICAL)
    if is_deleted:
        server.albums[PATIENT].clear()
    faces.take_album(whole_album(server))
    assert told.changes == [(PATIENT, True)]
    assert faces.known(PATIENT) is None
    assert await faces.face(PATIENT) is None


async def test_a_face_whose_row_says_medical_is_dropped_before_the_album_is_whole(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    faces.take_album(replace(whole_album(server), is_loading=True))
    faces.take_album(Album(PATIENT, is_loading=True))
    assert not told.changes
    become(server, "1", PhotoType.MEDICAL)
    faces.take_album(replace(whole_album(server), is_loading=True))
    assert told.changes == [(PATIENT, True)]
    assert faces.known(PATIENT) is None


async def test_an_older_face_that_turns_medical_goes_while_the_newest_does_not_load(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    add(server, "2", 2024)
    server.fail("content", Unreachable(), subject="2")
    faces.take_album(whole_album(server))
    with pytest.raises(Unreachable):
        await faces.face(PATIENT)
    assert faces.known(PATIENT) is not None
    become(server, "1", PhotoType.MEDICAL)
    faces.take_album(whole_album(server))
    assert told.changes == [(PATIENT, False), (PATIENT, True)]
    assert faces.known(PATIENT) is None


async def test_an_album_that_does_not_tell_types_says_nothing_of_the_face(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    become(server, "1", PhotoType.UNSTATED)
    faces.take_album(whole_album(server, Types.NOT_TOLD))
    faces.take_album(whole_album(server, Types.ASKED))
    assert not told.changes
    assert faces.known(PATIENT) is not None


@pytest.mark.parametrize("types", [Types.NOT_TOLD, Types.ASKED])
async def test_a_face_that_a_whole_album_lacks_is_dropped_whatever_the_types_of_the_others(
    server: FakeCerboServer, faces: Faces, told: Told, types: Types
) -> None:
    add(server, "1", 2023)
    add(server, "2", 2022, PhotoType.UNSTATED)
    await faces.face(PATIENT)
    del server.albums[PATIENT][0]
    faces.take_album(replace(whole_album(server, types), is_loading=True))
    faces.take_album(replace(whole_album(server, types), is_cut_short=True))
    assert not told.changes
    faces.take_album(whole_album(server, types))
    assert told.changes == [(PATIENT, True)]
    assert faces.known(PATIENT) is None


# A person looks again.


async def shown_photo(faces: Faces) -> str | None:
    """Of the face that is given now."""
    await faces.face(PATIENT)
    known = faces.known(PATIENT)
    return None if known is None else known.photo_id


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_a_face_that_the_list_does_not_hold_any_more_goes_and_the_one_before_comes(
    server: FakeCerboServer, faces: Faces, told: Told, is_deleted: bool
) -> None:
    add(server, "1", 2023)
    add(server, "2", 2024)
    await faces.face(PATIENT)
    become(server, "2", PhotoType.MEDICAL)
    if is_deleted:
        del server.albums[PATIENT][1]
    server.calls.clear()
    await faces.look_again(PATIENT)
    assert told.changes == [(PATIENT, True)]
    assert await shown_photo(faces) == "1"
    assert server.count("photos") == 1
    assert {call.urgency for call in server.calls} == {Urgency.BACKGROUND}


async def test_whoever_hears_that_a_face_is_wrong_joins_the_question(server: FakeCerboServer, faces: Faces) -> None:
    add(server, "1", 2023)
    add(server, "2", 2024)
    await faces.face(PATIENT)
    del server.albums[PATIENT][1]
    server.calls.clear()
    asked: list[asyncio.Future[object]] = []
    faces.subscribe(lambda patient_id, _: asked.append(asyncio.ensure_future(faces.face(patient_id))))
    await faces.look_again(PATIENT)
    assert await asked[0] is not None
    assert server.count("photos") == 1


async def test_the_only_face_goes_where_its_photo_is_deleted(server: FakeCerboServer, faces: Faces, told: Told) -> None:
    add(server, "1", 2023)
    add(server, "2", 2022, PhotoType.UNSTATED)
    await faces.face(PATIENT)
    del server.albums[PATIENT][0]
    await faces.look_again(PATIENT)
    assert told.changes == [(PATIENT, True)]
    assert await faces.face(PATIENT) is None


async def test_a_face_that_still_holds_costs_one_list(server: FakeCerboServer, faces: Faces, told: Told) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    server.calls.clear()
    await faces.look_again(PATIENT)
    assert [call.operation for call in server.calls] == ["photos"]
    assert not told.changes
    assert await shown_photo(faces) == "1"


async def test_a_newer_photo_takes_the_place_of_a_face_that_stays_meanwhile(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    add(server, "2", 2024)
    server.fail("content", Unreachable(), subject="2", times=1)
    with pytest.raises(Unreachable):
        await faces.look_again(PATIENT)
    assert await shown_photo(faces) == "1"
    assert not told.changes
    await faces.look_again(PATIENT)
    assert told.changes == [(PATIENT, False)]
    assert await shown_photo(faces) == "2"


async def test_a_list_that_does_not_come_takes_no_face_away(server: FakeCerboServer, faces: Faces, told: Told) -> None:
    add(server, "1", 2023)
    await faces.face(PATIENT)
    server.albums[PATIENT].clear()
    server.fail("photos", Unreachable())
    with pytest.raises(Unreachable):
        await faces.look_again(PATIENT)
    assert not told.changes
    assert await shown_photo(faces) == "1"


async def test_the_beginning_of_a_long_list_takes_no_face_away(
    server: FakeCerboServer, faces: Faces, told: Told
) -> None:
    fill(server, newest_first=False)
    faces._types.trust.learnt.publish(ListsByType.USELESS)
    faces.take_album(whole_album(server))
    await faces.face(PATIENT)
    faces.take_album(Album())
    told.changes.clear()
    await faces.look_again(PATIENT)
    assert not told.changes
    assert await shown_photo(faces) == str(PAGE_SIZE + 19)


async def test_where_there_is_no_face_or_the_open_album_tells_nothing_is_asked(
    server: FakeCerboServer, faces: Faces
) -> None:
    await faces.look_again(PATIENT)
    assert await faces.face(PATIENT) is None
    server.calls.clear()
    await faces.look_again(PATIENT)
    add(server, "1", 2023)
    faces.take_album(whole_album(server))
    await faces.face(PATIENT)
    await faces.look_again(PATIENT)
    assert server.count("photos") == 0
