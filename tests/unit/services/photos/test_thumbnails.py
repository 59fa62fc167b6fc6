"""Which pictures are made, in which order, and what their readers are told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from cerbo_desktop.domain.errors import BadAnswer, BadAnswerKind, Overloaded, ServerError, Unreachable
from cerbo_desktop.domain.ids import PatientId, PhotoId
from cerbo_desktop.domain.photo import Content
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.imaging.studio import WorkerStudio
from cerbo_desktop.runtime.scope import TaskScope
from cerbo_desktop.services.photos.content_cache import PhotoContentCache
from cerbo_desktop.services.photos.embedded_thumbnail import HEAD_BYTES
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading, Ready, ThumbnailState
from cerbo_desktop.services.photos.thumbnails import Thumbnails
from tests.fakes import hostile_images as made
from tests.fakes.cerbo_server import FakeCerboServer
from tests.fakes.image_studio import FakeImageStudio
from tests.waiting import until

PATIENT, OTHER = PatientId("7"), PatientId("8")


def ids(*numbers: int) -> list[PhotoId]:
    return [PhotoId(str(number)) for number in numbers]


@dataclass
class Album:
    """A patient of forty photos, and what the readers heard."""

    server: FakeCerboServer = field(default_factory=FakeCerboServer)
    studio: FakeImageStudio = field(default_factory=FakeImageStudio)
    heard: list[tuple[PhotoId, ThumbnailState]] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in range(40):
            self.server.add_photo(PATIENT, b"photo %d" % number, photo_id=str(number))
        self.contents = PhotoContentCache(self.server, scope=TaskScope("test", self.failures.append))
        self.thumbnails = self.made()

    def made(self, budget_bytes: int = 1_000_000) -> Thumbnails:
        thumbnails = Thumbnails(
            self.contents,
            self.studio,
            scope=TaskScope("test", self.failures.append),
            budget_bytes=budget_bytes,
            in_flight=6,
        )
        thumbnails.subscribe(lambda photo_id, state: self.heard.append((photo_id, state)))
        return thumbnails

    def states(self) -> dict[PhotoId, ThumbnailState]:
        return dict(self.heard)

    async def all_settled(self, count: int) -> None:
        await until(lambda: sum(not isinstance(state, Loading) for state in self.states().values()) == count)


@pytest.fixture
async def album() -> AsyncIterator[Album]:
    album = Album()
    yield album
    await album.thumbnails.aclose()
    await album.contents.aclose()
    assert album.failures == []


async def test_each_wanted_photo_is_loading_and_then_ready(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(3, 1, 2))
    assert album.heard == [(photo_id, Loading()) for photo_id in ids(3, 1, 2)]
    await album.all_settled(3)
    assert all(isinstance(state, Ready) for state in album.states().values())
    assert album.thumbnails.cached(PhotoId("1")) is not None
    assert isinstance(album.thumbnails.state(PhotoId("1")), Ready)


async def test_in_view_goes_first_then_near_never_more_than_six_at_once(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(*range(10)), near=ids(*range(8, 20)))
    await album.all_settled(20)
    assert album.server.subjects("content") == [str(number) for number in range(20)]
    assert [call.urgency for call in album.server.calls] == [Urgency.VISIBLE] * 10 + [Urgency.NEAR] * 10
    assert album.server.most_in_flight == 6


async def test_what_left_the_view_is_cancelled_and_what_stays_goes_on(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(*range(10)))
    await until(lambda: album.server.in_flight == 6)
    album.thumbnails.want(PATIENT, ids(5, *range(30, 35)))
    await until(lambda: album.server.cancelled["content"] == 5)
    gate.set()
    await until(lambda: len([s for s in album.states().values() if isinstance(s, Ready)]) == 6)
    fetched = album.server.subjects("content")
    assert fetched == [str(number) for number in (*range(6), *range(30, 35))]


async def test_coming_back_into_view_begins_again(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(1))
    await until(lambda: album.server.in_flight == 1)
    album.thumbnails.want(PATIENT, [])
    album.thumbnails.want(PATIENT, ids(1))
    gate.set()
    await album.all_settled(1)
    assert album.heard == [(PhotoId("1"), Loading())] * 2 + [(PhotoId("1"), album.states()[PhotoId("1")])]


async def test_what_is_here_is_told_at_once_and_not_fetched_again(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    album.thumbnails.want(PATIENT, [])
    album.heard.clear()
    album.thumbnails.want(PATIENT, ids(1))
    assert isinstance(album.states()[PhotoId("1")], Ready)
    assert album.server.count("content") == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Unreachable(), FailureKind.OFFLINE),
        (Overloaded(1.0), FailureKind.NOT_LOADED),
        (BadAnswer(BadAnswerKind.WEB_PAGE), FailureKind.NOT_LOADED),
        (BadAnswer(BadAnswerKind.NOT_A_PHOTO), FailureKind.CANNOT_SHOW),
    ],
)
async def test_failures_are_told_and_never_tried_again_unasked(
    album: Album, error: ServerError, kind: FailureKind
) -> None:
    album.server.fail("content", error)
    album.server.fail("stream", error)
    album.thumbnails.want(PATIENT, ids(1, 2))
    await album.all_settled(2)
    assert album.states() == dict.fromkeys(ids(1, 2), Failed(kind))
    album.server.heal()
    album.thumbnails.want(PATIENT, ids(2, 1, 3))
    await until(lambda: isinstance(album.states().get(PhotoId("3")), Ready))
    assert album.states()[PhotoId("1")] == Failed(kind)
    album.thumbnails.retry(PhotoId("1"))
    assert album.states()[PhotoId("1")] == Loading()
    await until(lambda: isinstance(album.states()[PhotoId("1")], Ready))
    assert album.states()[PhotoId("2")] == Failed(kind)


async def test_the_line_is_back(album: Album) -> None:
    album.server.files[PATIENT, PhotoId("2")] = Content(b"broken", "image/jpeg")
    album.server.fail("content", Unreachable(), subject="1")
    album.thumbnails.want(PATIENT, ids(1, 2))
    await album.all_settled(2)
    assert album.states() == {PhotoId("1"): Failed(FailureKind.OFFLINE), PhotoId("2"): Failed(FailureKind.CANNOT_SHOW)}
    album.server.heal()
    album.thumbnails.retry_failed()
    await until(lambda: isinstance(album.states()[PhotoId("1")], Ready))
    assert album.states()[PhotoId("2")] == Failed(FailureKind.CANNOT_SHOW)


async def test_a_picture_of_earlier_is_shown_until_the_photo_has_come(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    album.contents.forget(PATIENT)
    gate = album.server.hold("content")
    album.heard.clear()
    album.thumbnails.resize(500)
    await until(lambda: bool(album.heard))
    gate.set()
    await until(lambda: len(album.heard) == 2)
    assert [state.is_final for _, state in album.heard if isinstance(state, Ready)] == [False, True]


async def test_a_picture_of_earlier_is_made_anew_once_the_line_is_back(album: Album) -> None:
    """In the size of now: it may be smaller than what is asked for by then."""
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    album.contents.forget(PATIENT)
    album.server.fail("content", Unreachable())
    album.heard.clear()
    album.thumbnails.resize(500)
    await until(lambda: bool(album.heard))
    assert isinstance(album.states()[PhotoId("1")], Ready)
    assert len(album.studio.thumbnails) == 1
    album.server.heal()
    album.thumbnails.retry_failed()
    await until(lambda: len(album.studio.thumbnails) == 2)
    assert album.studio.thumbnails[-1][1] == 500


async def test_a_decoder_out_of_order_may_be_tried_again(album: Album) -> None:
    album.studio.out_of_order = True
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    assert album.states() == {PhotoId("1"): Failed(FailureKind.NOT_LOADED)}
    album.studio.out_of_order = False
    album.thumbnails.retry_failed()
    await until(lambda: isinstance(album.states()[PhotoId("1")], Ready))
    assert album.server.count("content") == 1


CAMERA = b"camera" + bytes(400_000)
"""Begins with a small picture of the camera's own, as the fake studio sees it."""


async def test_the_cameras_own_picture_comes_first_and_the_sharp_one_replaces_it(album: Album) -> None:
    album.server.add_photo(PATIENT, CAMERA, photo_id="90")
    rest = album.server.hold_midway("content", "90")
    album.thumbnails.want(PATIENT, ids(90))
    await until(lambda: len(album.heard) == 2)
    first = album.heard[-1][1]
    assert isinstance(first, Ready)
    assert not first.is_final
    assert album.studio.heads == [CAMERA[:HEAD_BYTES]]
    assert album.thumbnails.state(PhotoId("90")) is first
    assert album.thumbnails.cached(PhotoId("90")) is None, "it is not what this photo looks like"
    rest.set()
    await until(lambda: len(album.heard) == 3)
    assert [state.is_final for _, state in album.heard if isinstance(state, Ready)] == [False, True]
    assert album.thumbnails.cached(PhotoId("90")) is not None
    assert len(album.studio.heads) == 1, "looked for once"


@pytest.mark.parametrize("data", [b"photo" + bytes(400_000), b"camera" + bytes(40_000)], ids=["none there", "short"])
async def test_without_a_picture_of_the_cameras_the_sharp_one_comes_alone(album: Album, data: bytes) -> None:
    album.server.add_photo(PATIENT, data, photo_id="90")
    album.thumbnails.want(PATIENT, ids(90))
    await album.all_settled(1)
    assert [type(state) for _, state in album.heard] == [Loading, Ready]


async def test_the_cameras_picture_never_comes_after_the_sharp_one(album: Album) -> None:
    album.server.add_photo(PATIENT, CAMERA, photo_id="90")
    album.studio.looking.clear()
    album.thumbnails.want(PATIENT, ids(90))
    await until(lambda: album.thumbnails.cached(PhotoId("90")))
    assert album.studio.heads, "the look had begun"
    album.studio.looking.set()
    for _ in range(10):
        await asyncio.sleep(0)
    assert [state.is_final for _, state in album.heard if isinstance(state, Ready)] == [True]


async def test_what_left_the_view_leaves_its_first_picture_too(album: Album) -> None:
    album.server.add_photo(PATIENT, CAMERA, photo_id="90")
    album.server.hold_midway("content", "90")
    album.thumbnails.want(PATIENT, ids(90))
    await until(lambda: len(album.heard) == 2)
    album.thumbnails.want(PATIENT, [])
    await until(lambda: album.server.cancelled["content"] == 1)
    assert album.thumbnails.state(PhotoId("90")) == Loading()


async def test_what_comes_into_view_goes_before_what_is_near_and_takes_its_fetch_along(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(0), near=ids(*range(10, 20)))
    await until(lambda: album.server.in_flight == 6)
    album.thumbnails.want(PATIENT, ids(0, 12, 5), near=ids(*range(10, 20)))
    await until(lambda: album.server.in_flight == 7)
    assert album.server.subjects("content")[-1] == "5", "near ones keep no place from what is in view"
    assert album.server.rises == [("12", Urgency.VISIBLE)]
    gate.set()
    await album.all_settled(12)
    assert album.server.count("content") == 12


async def test_opening_what_is_being_fetched_joins_the_fetch(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, [], near=ids(1))
    await until(lambda: album.server.in_flight == 1)
    opening = asyncio.ensure_future(album.contents.get(PATIENT, PhotoId("1")))
    await until(lambda: album.server.rises)
    gate.set()
    assert (await opening).data == b"photo 1"
    assert album.server.rises == [("1", Urgency.NOW)]
    assert album.server.count("content") == 1


async def test_opening_what_was_fetched_for_a_thumbnail_needs_no_download(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    assert (await album.contents.get(PATIENT, PhotoId("1"))).data == b"photo 1"
    assert album.server.count("content") == 1


async def test_what_is_near_is_fetched_as_long_as_its_bytes_can_be_kept_too(album: Album) -> None:
    """A photo that is fetched before it is in view, and cannot be kept until then, would be fetched twice."""
    contents = PhotoContentCache(album.server, scope=TaskScope("test", album.failures.append), budget_bytes=12 * 8)
    thumbnails = Thumbnails(contents, album.studio, scope=TaskScope("test", album.failures.append))
    thumbnails.subscribe(lambda photo_id, state: album.heard.append((photo_id, state)))
    thumbnails.want(PATIENT, ids(*range(10, 18)), near=ids(*range(18, 30)))
    await album.all_settled(12)
    assert album.server.subjects("content") == [str(number) for number in range(10, 22)]
    thumbnails.want(PATIENT, ids(*range(18, 26)), near=ids(26, 17, 27, 16, 28, 15))
    await until(lambda: contents.has(PATIENT, PhotoId("27")))
    for photo_id in ids(*range(18, 26)):
        await contents.get(PATIENT, photo_id)
    assert sorted(album.server.subjects("content")) == [str(number) for number in range(10, 28)], "each one once"
    await thumbnails.aclose()
    await contents.aclose()


@pytest.mark.parametrize(("is_coming_back", "times"), [(False, 2), (True, 1)])
async def test_the_bytes_of_a_patient_who_was_left_are_gone(album: Album, is_coming_back: bool, times: int) -> None:
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    album.thumbnails.forget(PATIENT, is_coming_back=is_coming_back)
    assert (album.contents.used_bytes > 0) is is_coming_back
    album.thumbnails.want(PATIENT, ids(1))
    await until(lambda: album.thumbnails.cached(PhotoId("1")))
    assert album.server.count("content") == times


async def test_a_selected_photo_whose_picture_failed_is_not_asked_for_again(album: Album) -> None:
    album.server.fail("content", Unreachable())
    album.thumbnails.want(PATIENT, ids(1, 2))
    await album.all_settled(2)
    album.server.heal()
    album.thumbnails.select(PhotoId("1"))
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("at hand")]


async def test_five_thousand_photos_scrolled_to_the_end_stay_within_the_budgets(album: Album) -> None:
    for number in range(1_000, 6_000):
        album.server.add_photo(PATIENT, b"big %d" % number, photo_id=str(number))
    contents = PhotoContentCache(album.server, scope=TaskScope("test", album.failures.append), budget_bytes=900)
    thumbnails = Thumbnails(
        contents, album.studio, scope=TaskScope("test", album.failures.append), budget_bytes=40_000_000
    )
    settled: set[PhotoId] = set()
    thumbnails.subscribe(lambda photo_id, state: settled.add(photo_id) if isinstance(state, Ready) else None)
    for top in range(1_000, 6_000, 20):
        visible, near = ids(*range(top, top + 20)), ids(*range(top + 20, min(top + 40, 6_000)))
        thumbnails.want(PATIENT, visible, near)
        await until(lambda visible=visible: settled.issuperset(visible))  # type: ignore[misc]  # binds the loop's value
        assert thumbnails.used_bytes <= 40_000_000
        assert contents.used_bytes <= 900
    assert len(settled) == 5_000
    assert album.server.most_in_flight <= 12
    await thumbnails.aclose()
    await contents.aclose()


async def test_a_small_copy_is_called_one(album: Album) -> None:
    album.server.add_photo(PATIENT, b"small copy", photo_id="90")
    album.thumbnails.want(PATIENT, ids(90, 1))
    await album.all_settled(2)
    small = {photo_id: state.is_small_copy for photo_id, state in album.states().items() if isinstance(state, Ready)}
    assert small == {PhotoId("90"): True, PhotoId("1"): False}


async def test_another_patient_ends_the_work_for_the_first(album: Album) -> None:
    album.server.add_photo(OTHER, b"another", photo_id="1")
    album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(1, 2))
    await until(lambda: album.server.in_flight == 2)
    album.heard.clear()
    album.thumbnails.want(OTHER, ids(1))
    await until(lambda: album.server.cancelled["content"] == 2)
    assert album.heard == [(PhotoId("1"), Loading())]
    assert album.thumbnails.cached(PhotoId("1")) is None
    album.server.hold("content").set()
    await album.all_settled(1)
    album.thumbnails.want(PATIENT, ids(2))
    assert album.thumbnails.cached(PhotoId("1")) is None


async def test_the_budget_holds_and_nothing_goes_in_a_circle(album: Album) -> None:
    for number in range(50, 56):
        album.server.add_photo(PATIENT, b"big %d" % number, photo_id=str(number))
    thumbnails = album.made(budget_bytes=9_000_000)
    thumbnails.want(PATIENT, ids(*range(50, 56)))
    await album.all_settled(6)
    assert thumbnails.used_bytes == 8_000_000
    await asyncio.sleep(0.05)
    assert len(album.studio.thumbnails) == 6
    thumbnails.want(PATIENT, ids(*range(50, 52)))
    await until(lambda: len(album.studio.thumbnails) == 8)
    await thumbnails.aclose()


async def test_another_size_is_made_from_the_bytes_that_are_here(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1, 2))
    await album.all_settled(2)
    album.thumbnails.resize(480)
    await until(lambda: len(album.studio.thumbnails) == 4)
    assert [edge_px for _, edge_px, _ in album.studio.thumbnails] == [240, 240, 480, 480]
    assert album.server.count("content") == 2


async def test_a_defect_is_reported_once_and_shown_as_not_loaded(album: Album) -> None:
    album.server.fail("content", KeyError("defect"))
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    assert album.states() == {PhotoId("1"): Failed(FailureKind.NOT_LOADED)}
    assert [type(failure) for failure in album.failures] == [KeyError]
    album.failures.clear()


async def test_bytes_dropped_underneath_leave_room_for_the_next_wish(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(*range(6)))
    await until(lambda: album.server.in_flight == 6)
    album.contents.clear()
    await until(lambda: album.server.in_flight == 0)
    gate.set()
    await asyncio.sleep(0)
    album.thumbnails.want(PATIENT, ids(*range(6)))
    await album.all_settled(6)


async def test_forgetting_and_clearing(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(1, 2))
    await until(lambda: album.server.in_flight == 1)
    album.thumbnails.forget(PATIENT)
    await until(lambda: album.server.in_flight == 0)
    assert album.thumbnails.used_bytes == 0
    album.thumbnails.want(PATIENT, ids(1))
    album.thumbnails.clear()
    assert album.thumbnails.used_bytes == 0
    assert album.thumbnails.cached(PhotoId("1")) is None
    assert album.thumbnails.state(PhotoId("1")) == Loading()


async def test_readers_may_leave(album: Album) -> None:
    heard: list[PhotoId] = []
    leave = album.thumbnails.subscribe(lambda photo_id, _: heard.append(photo_id))
    leave()
    leave()
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    assert heard == []


async def test_with_real_workers(album: Album) -> None:
    studio = WorkerStudio()
    for number in range(60, 70):
        album.server.add_photo(PATIENT, made.turned(number % 8 + 1, 600, 400), photo_id=str(number))
    album.server.add_photo(PATIENT, made.jpeg()[:3000], photo_id="70")
    thumbnails = Thumbnails(album.contents, studio, scope=TaskScope("test", album.failures.append), edge_px=120)
    thumbnails.subscribe(lambda photo_id, state: album.heard.append((photo_id, state)))
    thumbnails.want(PATIENT, ids(*range(60, 71)))
    await album.all_settled(11)
    rasters = {number: state.raster for number, state in album.states().items() if isinstance(state, Ready)}
    cut = rasters.pop(PhotoId("70"))
    assert not cut.is_whole
    assert {(raster.width_px, raster.height_px, raster.is_whole) for raster in rasters.values()} == {(120, 80, True)}
    assert len(rasters) == 10
    await thumbnails.aclose()
    await studio.aclose()


async def test_what_fails_during_a_trouble_that_passes_is_not_loaded_yet(album: Album) -> None:
    album.server.fail("content", BadAnswer(BadAnswerKind.WEB_PAGE))
    album.server.fail("stream", BadAnswer(BadAnswerKind.WEB_PAGE))
    album.thumbnails.want(PATIENT, ids(1))
    await album.all_settled(1)
    assert album.states() == {PhotoId("1"): Failed(FailureKind.NOT_LOADED)}
    album.thumbnails.note_trouble(True)
    assert album.states() == {PhotoId("1"): Failed(FailureKind.BROKEN_OFF)}
    album.thumbnails.want(PATIENT, ids(1, 2))
    await until(lambda: album.states().get(PhotoId("2")) == Failed(FailureKind.BROKEN_OFF))
    album.thumbnails.note_trouble(False)
    album.server.heal()
    album.thumbnails.retry_failed()
    await until(lambda: all(isinstance(state, Ready) for state in album.states().values()))


async def test_two_places_want_photos_at_the_same_time(album: Album) -> None:
    album.thumbnails.want(PATIENT, ids(1, 2))
    album.thumbnails.want(PATIENT, ids(2, 3), near=ids(1), place="film")
    await album.all_settled(3)
    assert album.server.subjects("content") == ["1", "2", "3"], "each once, though two want it"


async def test_a_place_that_is_left_wants_nothing_any_more(album: Album) -> None:
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(1))
    album.thumbnails.want(PATIENT, ids(2), place="film")
    await until(lambda: len(album.server.calls) == 2)
    album.thumbnails.leave("film")
    gate.set()
    await album.all_settled(1)
    assert isinstance(album.thumbnails.state(PhotoId("2")), Loading)


async def test_another_patient_ends_what_every_place_wants(album: Album) -> None:
    album.server.add_photo(OTHER, b"other", photo_id="other")
    gate = album.server.hold("content")
    album.thumbnails.want(PATIENT, ids(1), place="film")
    await until(lambda: len(album.server.calls) == 1)
    album.thumbnails.want(OTHER, [PhotoId("other")])
    gate.set()
    await until(lambda: isinstance(album.states().get(PhotoId("other")), Ready))
    assert album.states()[PhotoId("1")] == Loading()
