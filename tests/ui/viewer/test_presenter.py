"""The whole viewer: page, presenter and services on a server in memory, with photos decoded by a real worker."""

import asyncio
import io
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.patient import Patient, Sex
from cerbo_desktop.domain.photo import Photo, PhotoType
from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.feed import Feed
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.connection import ConnectionState, Offline, Online
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.faces import Faces
from cerbo_desktop.services.photos.photo_records import PhotoRecords
from cerbo_desktop.services.photos.photo_types import PhotoTypes
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from cerbo_desktop.services.photos.viewing import Viewing
from cerbo_desktop.ui.kit import motion
from cerbo_desktop.ui.viewer.captions import PhotoCaption
from cerbo_desktop.ui.viewer.film_model import FilmRole
from cerbo_desktop.ui.viewer.page import ViewerPage
from cerbo_desktop.ui.viewer.presenter import ViewerPresenter
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.hand_clock import HandClock
from tests.fakes.navigator import NotedNavigator
from tests.waiting import until

MARIA = Patient(PatientId("10482"), "Maria", "Lopez", born=date(1981, 3, 4), sex=Sex.FEMALE)
COLOURS = {"1": "#ff0000", "2": "#00ff00", "3": "#0000ff", "4": "#ffff00", "5": "#ff00ff"}
FIRST, SECOND, THIRD, FOURTH, FIFTH = map(PhotoId, COLOURS)
NEWEST = datetime(2025, 11, 5, 9, 41, tzinfo=UTC)


def jpeg(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(target, "JPEG", quality=95)
    return target.getvalue()


class WatchedPage(ViewerPage):
    """Notes what stands on the stage at the moment a caption changes."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[PhotoId, bool]] = []

    def show_photo(self, caption: PhotoCaption, *, has_previous: bool, has_next: bool) -> None:
        super().show_photo(caption, has_previous=has_previous, has_next=has_next)
        self.changes.append((caption.photo_id, self.stage.has_photo))


class Pixels(bytes):
    """Bytes that tell when nobody holds them any more: they cannot be referred to weakly, what they carry can."""

    witness: object


class Witness:
    pass


class WitnessedStudio(WorkerStudio):
    """Knows of each large picture that it made whether anybody still holds it."""

    def __init__(self) -> None:
        super().__init__(worker_count=1)
        self.witnesses: list[weakref.ref[object]] = []
        self.gate = asyncio.Event()
        """Large pictures wait for it."""
        self.gate.set()

    async def full(self, data: bytes, *, urgency: Urgency = Urgency.NOW) -> Raster:
        await self.gate.wait()
        raster = await super().full(data, urgency=urgency)
        pixels = Pixels(raster.pixels)
        pixels.witness = Witness()
        self.witnesses.append(weakref.ref(pixels.witness))
        return replace(raster, pixels=pixels)

    @property
    def held_count(self) -> int:
        return sum(witness() is not None for witness in self.witnesses)


class Frames(QObject):
    """What stands on the stage each time that it is painted: which photo, `nothing`, `preview` or `full`."""

    def __init__(self, page: ViewerPage, current: Callable[[], PhotoId | None]) -> None:
        super().__init__(page)
        self.seen: list[tuple[PhotoId | None, str]] = []
        self._page = page
        self._current = current
        page.stage.installEventFilter(self)

    async def come_to(self, photo_id: PhotoId, what: str) -> None:
        await until(lambda: (photo_id, what) in self.seen)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            area = self._page.area
            what = "full" if area.is_full else "preview" if area.stage.has_photo else "nothing"
            self.seen.append((self._current(), what))
        return False


@dataclass
class Clinic:
    """Maria Lopez with five photos, each of one colour; the fifth is the newest."""

    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    studio: WitnessedStudio = field(default_factory=WitnessedStudio)
    line: Feed[ConnectionState] = field(default_factory=lambda: Feed(Online()))
    clock: HandClock = field(default_factory=HandClock)
    failures: list[BaseException] = field(default_factory=list)
    navigator: NotedNavigator = field(default_factory=NotedNavigator)

    def __post_init__(self) -> None:
        self.server.add_patient(MARIA)
        self.photos = [self.add(photo_id) for photo_id in COLOURS]
        fail = self.failures.append
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", fail))
        self.thumbnails = Thumbnails(self.contents, self.studio, scope=TaskScope("test", fail))
        types, records = PhotoTypes(self.server, HandClock()), PhotoRecords(self.server, scope=TaskScope("test", fail))
        self.faces = Faces(self.contents, self.studio, types, records, scope=TaskScope("test", fail))
        self.viewing = Viewing(self.contents, self.studio, self.thumbnails, scope=TaskScope("test", fail))
        self.page = WatchedPage()
        self.page.resize(1440, 868)
        self.presenter = ViewerPresenter(
            self.page,
            self.viewing,
            self.thumbnails,
            self.faces,
            self.clock,
            navigator=self.navigator,
            scope=TaskScope("test", fail),
            line=self.line,
        )

    def add(self, photo_id: str) -> Photo:
        return self.server.add_photo(
            MARIA.id,
            jpeg(COLOURS.get(photo_id, "#ffffff")),
            photo_id=photo_id,
            photo_type=PhotoType.PERSONAL if photo_id == FIRST else PhotoType.MEDICAL,
            taken_at=NEWEST - timedelta(days=5 - int(photo_id)),
        )

    def open(self, photo_id: PhotoId) -> None:
        self.presenter.open(MARIA, tuple(reversed(self.photos)), photo_id)

    async def have_thumbnails(self) -> None:
        """As the album leaves them behind; the bytes are forgotten, so that a full photo needs the server."""
        ids = [photo.id for photo in self.photos]
        self.thumbnails.want(MARIA.id, ids)
        await until(lambda: all(self.thumbnails.cached(photo_id) for photo_id in ids))
        self.contents.clear()

    def colour(self) -> QColor:
        return self.page.stage.grab().toImage().pixelColor(self.page.stage.rect().center())

    def shows(self, photo_id: PhotoId) -> bool:
        seen, wanted = self.colour(), QColor(COLOURS[photo_id])
        pairs = zip(seen.getRgb(), wanted.getRgb(), strict=True)  # type: ignore[call-overload]  # the stub says object
        return all(abs(one - other) < 12 for one, other in pairs)

    def texts(self) -> set[str]:
        return {label.text() for label in self.page.findChildren(QLabel) if label.isVisible()}

    async def close(self) -> None:
        await self.presenter.aclose()
        for service in (self.viewing, self.thumbnails, self.faces, self.contents, self.studio):
            await service.aclose()
        self.page.close()
        self.page.deleteLater()
        assert self.failures == []


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "duration_ms", lambda _wanted: 0)


@asynccontextmanager
async def open_clinic() -> AsyncIterator[Clinic]:
    """Not a fixture: between a test and its fixtures Qt's events are handled while no loop runs."""
    clinic = Clinic()
    clinic.page.show()
    try:
        yield clinic
    finally:
        await clinic.close()


async def test_a_photo_opens_to_full_quality_with_its_patient_and_place() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Full quality" in clinic.texts())
        assert clinic.shows(FIFTH)
        assert {"Maria Lopez", "4 Mar 1981 · 44 years · Female · ID 10482", "Medical · 1 of 5"} <= clinic.texts()


async def test_a_cached_thumbnail_is_on_screen_within_two_turns_of_the_loop() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.hold("stream")
        clinic.open(FIFTH)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert clinic.shows(FIFTH)
        assert "Preview" in clinic.texts()


async def test_caption_and_picture_change_together() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Full quality" in clinic.texts())
        gate = clinic.server.hold("stream", subject=FOURTH)
        clinic.viewing.close()
        clinic.contents.clear()
        clinic.thumbnails.clear()
        clinic.page.next_chosen.emit()
        await until(lambda: "Medical · 2 of 5" in clinic.texts())
        assert not clinic.page.stage.has_photo
        gate.set()
        await until(lambda: clinic.page.stage.has_photo)
        assert clinic.shows(FOURTH)
        assert clinic.page.changes == [(FIFTH, False), (FOURTH, False)]


async def test_a_late_photo_never_paints_over_another() -> None:
    async with open_clinic() as clinic:
        gate = clinic.server.hold("stream", subject=FIFTH)
        clinic.open(FIFTH)
        await until(lambda: clinic.server.count("stream", FIFTH) == 1)
        clinic.page.next_chosen.emit()
        await until(lambda: "Full quality" in clinic.texts())
        gate.set()
        await until(lambda: clinic.server.in_flight == 0)
        assert clinic.shows(FOURTH)
        assert "Medical · 2 of 5" in clinic.texts()


async def test_the_neighbours_are_ready_before_they_are_asked_for() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        await until(lambda: {FOURTH, SECOND} <= set(clinic.server.subjects("content")))
        await until(lambda: clinic.viewing.used_bytes == 3 * 400 * 300 * 4)
        for signal, photo_id in ((clinic.page.previous_chosen, FOURTH), (clinic.page.next_chosen, THIRD)):
            signal.emit()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert clinic.shows(photo_id)
            assert "Full quality" in clinic.texts()


async def test_a_preview_is_in_one_of_the_first_two_frames() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.hold("stream")
        for photo_id in (FIFTH, FIRST, THIRD):
            frames = Frames(clinic.page, lambda: clinic.presenter.current)
            clinic.open(photo_id)
            await frames.come_to(photo_id, "preview")
            assert (photo_id, "preview") in frames.seen[:2]


async def test_a_thumbnail_that_comes_while_its_photo_loads_is_its_preview() -> None:
    async with open_clinic() as clinic:
        clinic.studio.gate.clear()
        clinic.open(FIFTH)
        await until(lambda: clinic.shows(FIFTH))
        assert "Preview" in clinic.texts()
        assert "Full quality" not in clinic.texts()
        clinic.studio.gate.set()
        await until(lambda: "Full quality" in clinic.texts())


async def test_a_neighbour_that_is_ready_is_in_one_of_the_first_three_frames_and_no_frame_is_empty() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        await until(lambda: clinic.viewing.used_bytes == 3 * 400 * 300 * 4)
        for signal, photo_id in ((clinic.page.previous_chosen, FOURTH), (clinic.page.next_chosen, THIRD)):
            frames = Frames(clinic.page, lambda: clinic.presenter.current)
            signal.emit()
            await frames.come_to(photo_id, "full")
            assert (photo_id, "full") in frames.seen[:3]
            assert "nothing" not in {what for _, what in frames.seen}


async def test_leaving_lets_go_of_every_raster() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        await until(lambda: clinic.viewing.used_bytes == 3 * 400 * 300 * 4)
        clinic.page.previous_chosen.emit()
        await until(lambda: clinic.viewing.used_bytes == 4 * 400 * 300 * 4)
        assert clinic.studio.held_count == 4
        clinic.page.back_chosen.emit()
        await until(lambda: clinic.studio.held_count == 0)


async def test_a_raster_is_held_once_and_only_as_long_as_it_is_near() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIRST)
        await until(lambda: clinic.viewing.used_bytes == 2 * 400 * 300 * 4)
        await until(lambda: "Full quality" in clinic.texts())
        clinic.viewing.close()  # what the page holds is what it shows, wrapped and not copied
        await until(lambda: clinic.studio.held_count == 1)
        assert clinic.shows(FIRST)


async def test_home_end_and_the_film_strip_go_to_their_photo() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        choices: tuple[tuple[Callable[[], object], PhotoId], ...] = (
            (clinic.page.first_chosen.emit, FIFTH),
            (clinic.page.last_chosen.emit, FIRST),
            (lambda: clinic.page.photo_chosen.emit(SECOND), SECOND),
        )
        for choose, photo_id in choices:
            choose()
            await until(partial(clinic.shows, photo_id))
            assert clinic.presenter.current == photo_id


async def test_paging_past_the_ends_changes_nothing() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Full quality" in clinic.texts())
        clinic.page.previous_chosen.emit()
        await asyncio.sleep(0)
        assert clinic.presenter.current == FIFTH
        assert clinic.shows(FIFTH)


async def test_a_failure_keeps_the_preview_and_another_try_brings_the_photo() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.fail("stream", Unreachable())
        clinic.open(FIFTH)
        await until(lambda: "Could not load full quality. Showing the preview." in clinic.texts())
        assert clinic.shows(FIFTH)
        clinic.server.heal()
        clinic.page.retry_chosen.emit()
        await until(lambda: "Full quality" in clinic.texts())
        assert "Could not load full quality. Showing the preview." not in clinic.texts()


async def test_a_failure_with_nothing_to_show_is_told_and_paging_goes_on() -> None:
    async with open_clinic() as clinic:
        clinic.server.fail("stream", Unreachable(), subject=FIFTH)
        clinic.open(FIFTH)
        await until(lambda: "Could not reach Cerbo." in clinic.texts())
        clinic.page.next_chosen.emit()
        await until(lambda: clinic.shows(FOURTH))
        assert "Could not reach Cerbo." not in clinic.texts()


async def test_a_thumbnail_that_comes_after_its_photo_broke_off_is_its_preview() -> None:
    async with open_clinic() as clinic:
        for operation in ("stream", "content"):
            clinic.server.fail(operation, BadAnswer(BadAnswerKind.CUT_OFF), subject=FIFTH)
        clinic.open(FIFTH)
        await until(lambda: film_shows(clinic, FilmRole.HAS_FAILED) == [FIFTH])
        await until(lambda: any("interrupted" in text for text in clinic.texts()))
        clinic.server.heal()
        clinic.thumbnails.retry(FIFTH)
        words = "Full quality has not arrived yet. Showing the preview and trying again."
        await until(lambda: words in clinic.texts())
        assert clinic.shows(FIFTH)
        assert not any("interrupted" in text for text in clinic.texts())


async def test_another_try_takes_the_failure_away_while_it_runs() -> None:
    async with open_clinic() as clinic:
        clinic.server.fail("stream", Unreachable())
        clinic.open(FIFTH)
        await until(lambda: "Could not reach Cerbo." in clinic.texts())
        clinic.server.heal()
        gate = clinic.server.hold("stream")
        clinic.page.retry_chosen.emit()
        await until(lambda: "Could not reach Cerbo." not in clinic.texts())
        gate.set()
        await until(lambda: "Full quality" in clinic.texts())
        assert clinic.shows(FIFTH)


def film_shows(clinic: Clinic, role: FilmRole) -> list[PhotoId]:
    """Of which photos the strip has this to show."""
    film = clinic.page.film.film
    return [film.id_at(row) for row in range(film.rowCount()) if film.data(film.index(row), role)]


async def test_another_try_brings_the_thumbnails_of_the_film_strip_too() -> None:
    async with open_clinic() as clinic:
        for operation in ("stream", "content"):
            clinic.server.fail(operation, Unreachable())
        clinic.open(FIFTH)
        await until(lambda: len(film_shows(clinic, FilmRole.HAS_FAILED)) == 5)
        clinic.server.heal()
        clinic.page.retry_chosen.emit()
        assert film_shows(clinic, FilmRole.HAS_FAILED) == [], "all are tried once more"
        await until(lambda: len(film_shows(clinic, FilmRole.IMAGE)) == 5)


async def test_a_photo_that_came_whole_has_its_thumbnail_in_the_film_strip() -> None:
    async with open_clinic() as clinic:
        clinic.server.fail("content", Unreachable(), subject=FIFTH)
        clinic.server.fail("stream", Unreachable(), subject=FIFTH)
        clinic.open(FOURTH)
        await until(lambda: film_shows(clinic, FilmRole.HAS_FAILED) == [FIFTH])
        clinic.server.heal()
        clinic.page.previous_chosen.emit()
        await until(lambda: FIFTH in film_shows(clinic, FilmRole.IMAGE))
        assert film_shows(clinic, FilmRole.HAS_FAILED) == []


async def test_a_photo_that_broke_off_is_tried_again_by_itself() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.fail("stream", BadAnswer(BadAnswerKind.CUT_OFF))
        clinic.open(THIRD)
        await until(lambda: "Full quality has not arrived yet. Showing the preview and trying again." in clinic.texts())
        clinic.server.heal()
        await until(lambda: clinic.clock.sleeping_s == [5])
        clinic.clock.turn(5)
        await until(lambda: "Full quality" in clinic.texts())


async def test_a_failure_says_whether_the_photo_loads_by_itself() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.fail("stream", Unreachable())
        clinic.open(THIRD)
        await until(lambda: "Could not load full quality. Showing the preview." in clinic.texts())
        now = clinic.clock.now()
        clinic.line.publish(Offline(now, now))
        assert "Full quality has not arrived yet. Showing the preview and trying again." in clinic.texts()
        clinic.line.publish(Online())
        assert "Could not load full quality. Showing the preview." in clinic.texts()


async def test_a_photo_that_was_left_is_not_tried_again() -> None:
    async with open_clinic() as clinic:
        await clinic.have_thumbnails()
        clinic.server.fail("stream", BadAnswer(BadAnswerKind.CUT_OFF), subject=THIRD)
        clinic.open(THIRD)
        await until(lambda: "Full quality has not arrived yet. Showing the preview and trying again." in clinic.texts())
        clinic.page.previous_chosen.emit()
        await until(lambda: "Full quality" in clinic.texts())
        asked = clinic.server.count("stream")
        clinic.clock.turn(5)
        await until(lambda: not clinic.clock.sleeping_s)
        assert clinic.server.count("stream") == asked


async def test_a_failed_photo_loads_by_itself_when_the_line_is_back() -> None:
    async with open_clinic() as clinic:
        clinic.server.fail("stream", Unreachable())
        clinic.open(FIFTH)
        await until(lambda: "Could not reach Cerbo." in clinic.texts())
        clinic.server.heal()
        clinic.presenter.try_again()
        await until(lambda: "Full quality" in clinic.texts())
        asked = clinic.server.count("stream")
        clinic.presenter.try_again()
        assert clinic.server.count("stream") == asked, "nothing failed"


async def test_the_film_strip_fills_with_what_is_in_view() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: all(clinic.thumbnails.cached(photo.id) for photo in clinic.photos))
        strip = clinic.page.film
        for row, photo_id in enumerate(reversed(COLOURS)):
            rect = strip.visualRect(strip.film.index(row))
            colour = strip.viewport().grab().toImage().pixelColor(rect.right() - 36, rect.top() + 60)
            assert abs(colour.hue() - QColor(COLOURS[photo_id]).hue()) < 6


async def test_the_face_beside_the_name_is_the_newest_personal_photo() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: clinic.faces.known(MARIA.id) is not None)
        await until(lambda: clinic.page.bar.grab().toImage().pixelColor(199, 20).hue() == QColor(COLOURS[FIRST]).hue())


async def test_a_new_photo_in_the_album_leaves_the_one_on_show() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Full quality" in clinic.texts())
        clinic.photos.append(clinic.add("6"))
        clinic.presenter.photos_changed(tuple(reversed(clinic.photos)))
        assert "Medical · 2 of 6" in clinic.texts()
        assert clinic.shows(FIFTH)
        assert clinic.page.film.currentIndex().row() == 1
        assert clinic.presenter.current == FIFTH


async def test_where_the_photo_on_show_is_gone_its_neighbour_comes() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        await until(lambda: "Full quality" in clinic.texts())
        del clinic.photos[2]
        clinic.presenter.photos_changed(tuple(reversed(clinic.photos)))
        await until(lambda: clinic.shows(SECOND))
        assert "Medical · 3 of 4" in clinic.texts()


async def test_an_album_that_became_empty_closes_the_viewer() -> None:
    async with open_clinic() as clinic:
        clinic.open(THIRD)
        await until(lambda: "Full quality" in clinic.texts())
        clinic.presenter.photos_changed(())
        assert clinic.navigator.viewers_closed_at == [THIRD]


async def test_leaving_names_the_photo_stops_the_work_and_drops_every_pixel() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Full quality" in clinic.texts())
        clinic.server.hold("stream")
        clinic.page.next_chosen.emit()
        await until(lambda: clinic.presenter.current == FOURTH)
        clinic.page.back_chosen.emit()
        assert clinic.navigator.viewers_closed_at == [FOURTH]
        assert clinic.viewing.used_bytes == 0
        assert not clinic.page.stage.has_photo
        assert clinic.presenter.current is None


async def test_times_on_screen_are_the_workstations() -> None:
    async with open_clinic() as clinic:
        clinic.open(FIFTH)
        await until(lambda: "Wed 5 Nov 2025, 09:41" in clinic.texts())
