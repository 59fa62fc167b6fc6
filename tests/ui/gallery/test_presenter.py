"""The gallery as a whole: page, services and an in-memory Cerbo."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton

from cerbo_desktop.domain.appointment import Appointment, Provider, VisitStage
from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Overloaded, ServerError, SignedOut, Unreachable
from cerbo_desktop.domain.ids import AppointmentId, PatientId, PhotoId, UploadId, UserId
from cerbo_desktop.domain.patient import Patient, PatientStatus
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.domain.upload import Recipient, Upload, UploadState
from cerbo_desktop.domain.verdict import MediaType, PhotoFacts
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import ConnectionState, KeyRefused, Offline, Online
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.albums import Albums
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.thumbnail_states import Failed, Ready
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.ui.gallery.model import Role
from cerbo_desktop.ui.gallery.page import PatientPage
from cerbo_desktop.ui.gallery.presenter import GalleryPresenter
from tests.fakes.cerbo_server import FakeCerboServer, refuse_everything
from tests.fakes.hand_clock import HandClock
from tests.fakes.image_studio import FakeImageStudio, one_pixel
from tests.fakes.navigator import NotedNavigator
from tests.waiting import until

NOW = datetime(2025, 11, 12, 10, 12, tzinfo=UTC)
MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4))
THOMAS = Patient(PatientId("8817"), "Thomas", "Becker", born=date(1958, 2, 2))


@dataclass
class Desk:
    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    studio: FakeImageStudio = field(default_factory=FakeImageStudio)
    clock: HandClock = field(default_factory=lambda: HandClock(NOW))
    line: Feed[ConnectionState] = field(default_factory=lambda: Feed(Online()))
    uploads: Feed[tuple[Upload, ...]] = field(default_factory=lambda: Feed(()))
    visits: dict[PatientId, Appointment] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    navigator: NotedNavigator = field(default_factory=NotedNavigator)

    def __post_init__(self) -> None:
        fail = self.failures.append
        for patient in (MARIA, THOMAS):
            self.server.add_patient(replace(patient, status=PatientStatus.ACTIVE))
        self.page = PatientPage(self.clock.local)
        self.page.resize(768, 868)
        self.page.show()
        contents = PhotoContentCache(self.server, scope=TaskScope("test", fail))
        self.thumbnails = Thumbnails(contents, self.studio, scope=TaskScope("test", fail))
        types, self.records = (
            PhotoTypes(self.server, self.clock),
            PhotoRecords(self.server, scope=TaskScope("test", fail)),
        )
        self.faces = Faces(contents, self.studio, types, self.records, scope=TaskScope("test", fail))
        self.albums = Albums(self.server, self.clock, TaskScope("test", fail), types=types, records=self.records)
        self.albums.album.subscribe(self.faces.take_album)
        self.presenter = GalleryPresenter(
            self.page,
            self.albums,
            self.thumbnails,
            self.faces,
            self.uploads,
            self.clock,
            today_visit=self.visits.get,
            navigator=self.navigator,
            scope=TaskScope("test", fail),
            line=self.line,
        )

    def fill(self, patient_id: PatientId, count: int, first: int = 0, data: bytes = b"photo") -> None:
        for number in range(first, first + count):
            kind = PhotoType.PERSONAL if number % 4 == 0 else PhotoType.MEDICAL
            at = NOW - timedelta(hours=7 * number)
            self.server.add_photo(patient_id, data, photo_id=str(number), photo_type=kind, taken_at=at)

    def state(self, photo_id: str) -> object:
        model = self.page.album.album_model()
        return model.index(model.row_of(PhotoId(photo_id))).data(Role.STATE)

    @property
    def face(self) -> str:
        """What the banner's face says that it is."""
        return self.page.banner._face.accessibleName()

    def spoken(self, row: int) -> str:
        """What a reader says of a tile."""
        return str(self.page.album.album_model().index(row).data(Qt.ItemDataRole.AccessibleTextRole))

    def empty_words(self) -> list[str]:
        """What is said in the place of the album."""
        return [each.text() for each in self.page.empty.findChildren(QLabel)]

    def filter_words(self) -> list[str]:
        """All, 23"""
        return [each.accessibleName() for each in self.page.filter_bar.types.findChildren(QRadioButton)]

    def notes(self) -> tuple[str, ...]:
        return self.page.list_notes.texts

    def shown(self) -> int:
        return self.page.album.album_model().rowCount()

    async def close(self) -> None:
        await self.presenter.aclose()
        for service in (self.thumbnails, self.faces, self.albums):
            await service.aclose()
        self.page.close()
        self.page.deleteLater()


def at_desk(test: Callable[[Desk], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Closes within the test's own loop: a fixture would close only after events were handled without a loop."""

    async def run() -> None:
        desk = Desk()
        try:
            await test(desk)
        finally:
            await desk.close()
        assert desk.failures == []

    run.__name__ = test.__name__
    return run


def upload(patient: Patient, state: UploadState, upload_id: str = "u1", at: datetime = NOW) -> Upload:
    photo = PhotoFacts(MediaType.JPEG, 1, 1, 4, "0" * 64)
    return Upload(UploadId(upload_id), Recipient.of(patient), photo, one_pixel(), at, at, state)


@at_desk
async def test_opens_album_record_face_and_visit(desk: Desk) -> None:
    desk.fill(MARIA.id, 23)
    doctor = Provider(UserId("3"), "Dr. Lindqvist")
    starts_at = datetime(2025, 11, 12, 10, 15, tzinfo=UTC)
    visit = Appointment(AppointmentId("1"), MARIA, VisitStage.CHECKED_IN, "in", starts_at, None, "Follow-up", (doctor,))
    desk.visits[MARIA.id] = visit
    desk.presenter.open(MARIA)
    await until(lambda: isinstance(desk.state("0") if desk.shown() else None, Ready))
    assert desk.shown() == 23
    assert desk.page.banner._visit.text() == "10:15 Follow-up, Dr. Lindqvist"
    await until(lambda: desk.page.banner._face.accessibleName() == "ID photo")
    assert desk.presenter.patient is not None
    assert desk.presenter.patient.status is PatientStatus.ACTIVE
    assert desk.page.notices.texts == ()
    assert len(desk.navigator.albums[-1].photos) == 23


@at_desk
async def test_what_is_in_view_is_asked_for_first(desk: Desk) -> None:
    desk.fill(MARIA.id, 200)
    desk.presenter.open(MARIA)
    desk.studio.gate.clear()
    await until(lambda: desk.server.count("content") >= 6)
    visible = desk.page.album.wanted[0]
    face_photo = "0"
    asked = [photo_id for photo_id in desk.server.subjects("content") if photo_id != face_photo]
    assert asked == [photo_id for photo_id in visible if photo_id != face_photo][: len(asked)]
    desk.studio.gate.set()


@at_desk
async def test_another_patient_stops_all_work_and_late_answers_are_dropped(desk: Desk) -> None:
    desk.fill(MARIA.id, 30)
    desk.fill(THOMAS.id, 2, first=100)
    desk.presenter.open(MARIA)
    await until(lambda: desk.shown() == 30)
    held = desk.server.hold("content")
    desk.page.album.verticalScrollBar().setValue(900)
    desk.presenter.open(THOMAS)
    held.set()
    await until(lambda: desk.shown() == 2 and isinstance(desk.state("100"), Ready))
    model = desk.page.album.album_model()
    assert [model.index(row).data(Role.PHOTO_ID) for row in range(2)] == ["100", "101"]
    assert desk.presenter.patient is not None
    assert desk.presenter.patient.full_name == "Thomas Becker"
    assert "Becker" in desk.page.banner.accessibleName()


@at_desk
async def test_a_late_list_of_the_patient_before_is_never_shown(desk: Desk) -> None:
    desk.fill(MARIA.id, 5)
    gate = desk.server.hold("photo_pages", subject=MARIA.id)
    desk.presenter.open(MARIA)
    await until(lambda: desk.server.count("photo_pages"))
    desk.presenter.open(THOMAS)
    gate.set()
    await until(lambda: desk.page.empty.isVisible())
    assert desk.shown() == 0
    assert desk.server.cancelled["photo_pages"] == 1


@at_desk
async def test_a_filter_sets_what_the_viewer_gets(desk: Desk) -> None:
    desk.fill(MARIA.id, 23)
    desk.presenter.open(MARIA)
    await until(lambda: desk.shown() == 23)
    desk.page.filter_changed.emit(PhotoType.PERSONAL)
    assert desk.shown() == len(desk.presenter.photos()) == 6
    desk.page.photo_opened.emit("4")
    ((patient, photos, photo_id),) = desk.navigator.photos
    assert (patient.full_name, len(photos), photo_id) == ("Maria Lopez", 6, "4")
    desk.presenter.open(THOMAS)
    assert desk.page.filter_bar.photo_type is None, "the next patient starts with all"


@at_desk
async def test_a_failed_tile_loads_on_retry(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.server.fail("content", BadAnswer(BadAnswerKind.TOO_LARGE), subject="1", times=1)
    desk.presenter.open(MARIA)
    await until(lambda: isinstance(desk.state("1") if desk.shown() else None, Failed))
    desk.page.retry_wanted.emit("1")
    await until(lambda: isinstance(desk.state("1"), Ready))


@at_desk
async def test_offline_tiles_say_so_and_come_back_with_the_line(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.server.fail("content", Unreachable())
    desk.presenter.open(MARIA)
    await until(lambda: desk.shown() and desk.state("2") == Failed(FailureKind.OFFLINE))
    desk.server.heal()
    desk.presenter.refresh()
    await until(lambda: all(isinstance(desk.state(str(number)), Ready) for number in range(3)))


@at_desk
async def test_offline_from_the_start_says_why_and_a_retry_lists(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    refuse_everything(desk.server, Unreachable())
    desk.presenter.open(MARIA)
    await until(lambda: desk.notes())
    assert desk.notes()[0].startswith("Could not reach Cerbo.")
    desk.server.heal()
    desk.page.list_retry_wanted.emit()
    await until(lambda: desk.shown() == 3)
    assert desk.notes() == ()


@at_desk
async def test_a_sent_photo_waits_in_the_note_and_an_accepted_one_shows_in_the_album(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.shown() == 3)
    await until(lambda: desk.faces.known(MARIA.id))
    desk.uploads.publish((upload(MARIA, UploadState.SENDING), upload(THOMAS, UploadState.SENT, "u2")))
    assert desk.notes() == ()
    desk.uploads.publish((upload(MARIA, UploadState.SENT, at=NOW - timedelta(minutes=10)),))
    waiting = "1 photo sent at 10:02 is waiting for staff in Cerbo. It shows here once accepted."
    assert desk.notes() == (waiting,)
    desk.server.add_photo(MARIA.id, b"new", photo_id="900", photo_type=PhotoType.PERSONAL, taken_at=NOW)
    desk.uploads.publish((upload(MARIA, UploadState.ACCEPTED),))
    assert desk.notes() == ()
    await until(lambda: desk.clock.sleeping_s)
    while len(desk.presenter.photos()) < 4:
        desk.clock.turn(Albums.SETTLE_S)
        await until(lambda: len(desk.presenter.photos()) == 4 or bool(desk.clock.sleeping_s))
    assert desk.presenter.photos()[0].id == "900"
    await until(lambda: (known := desk.faces.known(MARIA.id)) is not None and known.photo_id == "900")


@at_desk
async def test_the_album_shows_a_photo_that_is_on_its_way_to_it(desk: Desk) -> None:
    desk.fill(THOMAS.id, 3)
    desk.uploads.publish((upload(THOMAS, UploadState.SENT), upload(MARIA, UploadState.SENT, "u2")))
    desk.presenter.open(THOMAS)
    await until(lambda: desk.shown() == 4)
    desk.uploads.publish((upload(THOMAS, UploadState.SENDING, "u3"), *desk.uploads.latest))
    assert desk.shown() == 5
    assert [photo.id for photo in desk.presenter.photos()] == ["0", "1", "2"], "what the viewer gets"
    desk.presenter.open(MARIA)
    desk.fill(MARIA.id, 1, first=9)
    desk.presenter.refresh()
    await until(lambda: desk.shown() == 2)


@at_desk
async def test_a_photo_that_was_just_accepted_is_missing_at_no_moment(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.shown() == 3)
    desk.uploads.publish((upload(MARIA, UploadState.SENT),))
    assert desk.spoken(0).startswith("Photo, not in the chart yet, In Cerbo’s queue")
    desk.server.add_photo(MARIA.id, b"new", photo_id="900", photo_type=PhotoType.PERSONAL, taken_at=NOW)
    counts: list[int] = []
    desk.albums.album.subscribe(lambda _: counts.append(desk.shown()))
    desk.uploads.publish((upload(MARIA, UploadState.ACCEPTED),))
    assert desk.spoken(0).startswith("Photo, Found in chart")
    while desk.spoken(0).startswith("Photo, Found in chart"):
        await until(lambda: bool(desk.clock.sleeping_s) or not desk.spoken(0).startswith("Photo, Found"))
        desk.clock.turn(Albums.SETTLE_S)
    assert set(counts) == {4}
    assert desk.spoken(0).startswith("Personal photo 1 of 4")


@at_desk
async def test_an_empty_chart_is_never_said_to_have_no_photo_once_one_was_accepted(desk: Desk) -> None:
    desk.uploads.publish((replace(upload(MARIA, UploadState.SENT), is_id_photo=True),))
    desk.presenter.open(MARIA)
    await until(lambda: desk.face == "ID photo, not in the chart yet")
    await until(desk.page.empty.isVisible)
    underway = "An ID photo is on its way"
    assert underway in desk.empty_words()
    desk.uploads.publish((replace(upload(MARIA, UploadState.ACCEPTED), is_id_photo=True),))
    assert underway in desk.empty_words()
    assert desk.face == "ID photo, not in the chart yet"
    while underway in desk.empty_words():
        await until(lambda: bool(desk.clock.sleeping_s) or underway not in desk.empty_words())
        desk.clock.turn(Albums.SETTLE_S)
    assert "No photos yet" in desk.empty_words(), "the album was read and lacks it"


@at_desk
async def test_a_photo_that_cannot_leave_this_pc_is_not_said_to_be_on_its_way(desk: Desk) -> None:
    desk.page.resize(732, 560)  # a small screen
    desk.uploads.publish((upload(MARIA, UploadState.QUEUED),))
    desk.presenter.open(MARIA)
    await until(desk.page.empty.isVisible)
    assert "A photo is on its way" in desk.empty_words()
    desk.line.publish(Offline(NOW, NOW))
    assert "A photo is kept on this PC" in desk.empty_words()
    assert any("sent automatically when Cerbo can be reached again" in words for words in desk.empty_words())
    desk.uploads.publish((replace(upload(MARIA, UploadState.QUEUED), is_id_photo=True),))
    assert "An ID photo is kept on this PC" in desk.empty_words()
    desk.uploads.publish((upload(MARIA, UploadState.SENT),))
    assert "A photo is on its way" in desk.empty_words(), "it left before the connection was lost"
    desk.uploads.publish((upload(MARIA, UploadState.QUEUED),))
    desk.line.publish(Online())
    assert "A photo is on its way" in desk.empty_words()


@at_desk
async def test_uploads_of_others_ask_for_nothing(desk: Desk) -> None:
    desk.presenter.open(MARIA)
    await until(lambda: desk.page.empty.isVisible())
    before = desk.server.count("photo_pages")
    desk.uploads.publish((upload(THOMAS, UploadState.ACCEPTED),))
    assert desk.clock.sleeping_s == []
    assert desk.server.count("photo_pages") == before


@at_desk
async def test_leaving_ends_every_request_and_forgets_the_patient(desk: Desk) -> None:
    desk.fill(MARIA.id, 30)
    desk.server.hold("content")
    desk.server.hold("patient")
    desk.presenter.open(MARIA)
    await until(lambda: desk.server.in_flight >= 4)
    desk.presenter.close()
    await desk.faces.aclose()
    await until(lambda: desk.server.in_flight == 0)
    assert desk.presenter.photos() == ()
    assert desk.shown() == 0
    assert desk.presenter.patient is None


@at_desk
async def test_a_face_that_fails_is_initials_at_once_and_tried_again_by_itself(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.server.fail("content", BadAnswer(BadAnswerKind.CUT_OFF), subject="0")
    desk.presenter.open(MARIA)
    await until(lambda: desk.face == "ID photo not loaded yet")
    for wait_s in (5, 10, 20):
        await until(lambda wait_s=wait_s: desk.clock.sleeping_s == [wait_s])  # type: ignore[misc]
        desk.clock.turn(wait_s)
    await until(lambda: desk.clock.sleeping_s == [40])
    desk.server.heal()
    desk.clock.turn(40)
    await until(lambda: desk.face == "ID photo")
    assert desk.clock.sleeping_s == []


@at_desk
async def test_a_list_that_failed_says_whether_it_loads_by_itself(desk: Desk) -> None:
    desk.server.fail("photo_pages", Unreachable())
    desk.presenter.open(MARIA)
    await until(desk.notes)
    assert "Check the network connection, then try again." in desk.notes()[0]
    desk.line.publish(Offline(NOW, NOW))
    assert "It will load automatically once Cerbo answers again." in desk.notes()[0]
    desk.line.publish(KeyRefused())
    assert desk.notes() == ("Not loaded yet. It will load once Cerbo accepts the key.",), "the strip says what is wrong"
    assert desk.page.list_notes.retry is None


@at_desk
async def test_a_list_that_failed_says_the_same_until_it_was_asked_for_again(desk: Desk) -> None:
    """The line is back a moment earlier: nothing has failed since."""
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.album.latest.is_complete)
    desk.line.publish(Offline(NOW, NOW))
    desk.server.fail("photo_pages", Unreachable())
    desk.presenter.refresh()
    await until(desk.notes)
    told = desk.notes()
    assert told == ("Photos as of 10:12. New ones show once Cerbo answers again.",)
    desk.line.publish(Online())
    desk.page.filter_bar.filter_changed.emit(PhotoType.MEDICAL)
    assert desk.notes() == told
    desk.presenter.refresh()
    await until(lambda: desk.notes() != told)
    assert "Check the network connection, then try again." in desk.notes()[0], "it failed once more"


@at_desk
async def test_under_a_refused_key_the_album_says_how_old_it_is_and_no_more(desk: Desk) -> None:
    """The strip says what is wrong, and that nothing is tried again by itself."""
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.album.latest.is_complete)
    desk.server.fail("photo_pages", SignedOut())
    desk.line.publish(KeyRefused())
    desk.presenter.look_again()
    await until(lambda: desk.albums.album.latest.error is not None)
    assert desk.notes() == ("Photos as of 10:12.",)
    assert desk.shown() == 3
    desk.presenter.open(THOMAS)
    await until(lambda: desk.albums.album.latest.error is not None)
    assert desk.notes() == ("Not loaded yet. It will load once Cerbo accepts the key.",)
    assert desk.page.list_notes.retry is None


@at_desk
async def test_a_face_comes_with_its_photo(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.server.fail("content", BadAnswer(BadAnswerKind.CUT_OFF), subject="0")
    desk.presenter.open(MARIA)
    await until(lambda: desk.face == "ID photo not loaded yet")
    await until(lambda: isinstance(desk.state("0"), Failed))
    desk.server.heal()
    desk.thumbnails.retry(PhotoId("0"))
    await until(lambda: desk.face == "ID photo")


@at_desk
async def test_a_face_that_is_known_stays_where_it_cannot_be_asked_for_again(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.face == "ID photo" and desk.shown() == 3)
    desk.fill(MARIA.id, 1, first=-4)  # a newer one
    desk.server.fail("content", BadAnswer(BadAnswerKind.CUT_OFF), subject="-4")
    desk.presenter.refresh()
    await until(lambda: desk.clock.sleeping_s == [5])
    assert desk.face == "ID photo"


@at_desk
async def test_no_face_in_the_chart_is_said(desk: Desk) -> None:
    desk.presenter.open(MARIA)
    await until(lambda: desk.page.banner._face.accessibleName() == "No ID photo")


@at_desk
async def test_a_larger_tile_gets_a_larger_picture(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: isinstance(desk.state("1") if desk.shown() else None, Ready))
    desk.page.filter_bar.tile_size.setValue(240)
    await until(lambda: any(edge_px == 320 for _, edge_px, _ in desk.studio.thumbnails))


@at_desk
async def test_a_record_that_could_not_be_read_says_nothing_of_a_status(desk: Desk) -> None:
    refuse_everything(desk.server, Unreachable())
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.record.latest.error is not None)
    assert desk.page.notices.texts == ()


@at_desk
async def test_a_record_that_was_read_and_has_no_status_is_told(desk: Desk) -> None:
    desk.server.add_patient(MARIA)
    desk.presenter.open(MARIA)
    await until(lambda: desk.page.notices.texts)
    assert desk.page.notices.texts[0].startswith("No status in Cerbo.")


@at_desk
async def test_looking_and_trying_again_and_again_is_two_looks_each(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.album.latest.is_complete)
    for ask in (desk.presenter.look_again, desk.page.list_retry_wanted.emit):
        before = desk.server.count("photo_pages")
        gate = desk.server.hold("photo_pages")
        gate.clear()
        ask()
        await until(lambda before=before: desk.server.count("photo_pages") == before + 1)  # type: ignore[misc]
        for _ in range(59):
            ask()
            await asyncio.sleep(0)
        gate.set()
        await until(lambda before=before: desk.server.count("photo_pages") == before + 2)  # type: ignore[misc]
        await until(lambda: not desk.server.in_flight)
        assert desk.server.cancelled["photo_pages"] == 0
    assert "Nothing new at" in desk.page.filter_bar.looked_words


@at_desk
async def test_a_look_that_brings_the_first_list_says_nothing_of_new_photos(desk: Desk) -> None:
    desk.fill(MARIA.id, 3)
    desk.server.fail("photo_pages", Unreachable(), times=1)
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.album.latest.error is not None)
    desk.presenter.look_again()
    await until(lambda: desk.albums.album.latest.is_complete and desk.shown() == 3)
    assert desk.page.filter_bar.looked_words == ""
    desk.presenter.look_again()
    await until(lambda: "Nothing new at" in desk.page.filter_bar.looked_words)


@at_desk
async def test_an_album_that_is_known_to_be_empty_stays_so_while_cerbo_is_out_of_reach(desk: Desk) -> None:
    await _see_an_empty_album_stay(desk, Unreachable())


@at_desk
async def test_an_album_that_is_known_to_be_empty_stays_so_while_cerbo_is_busy(desk: Desk) -> None:
    await _see_an_empty_album_stay(desk, Overloaded(retry_after_s=900.0))


async def _see_an_empty_album_stay(desk: Desk, trouble: ServerError) -> None:
    counts = ["All, 0", "Personal, 0", "Medical, 0"]
    desk.presenter.open(THOMAS)
    await until(desk.page.empty.isVisible)
    told: list[tuple[bool, list[str]]] = []
    note = "No photos as of 10:12. New ones show once Cerbo answers again."

    def look(_album: Album) -> None:
        told.append((desk.page.empty.isVisible(), desk.filter_words()))

    desk.line.publish(Offline(NOW, NOW))
    desk.server.fail("photo_pages", trouble)
    end = desk.albums.album.subscribe(look)
    desk.presenter.refresh()
    await until(lambda: desk.notes() == (note,))
    end()
    assert all(each == (True, counts) for each in told), "nothing leaves while it is asked for again either"
    desk.presenter.open(MARIA)
    await until(lambda: desk.albums.album.latest.error is not None)
    desk.presenter.open(THOMAS)  # once more: known from before
    await until(lambda: desk.notes() == (note,))
    assert desk.page.empty.take.isVisible()
    assert desk.filter_words() == counts
    desk.line.publish(Online())
    desk.server.heal()
    desk.presenter.refresh()
    await until(lambda: not desk.notes())
    assert desk.page.empty.isVisible()
