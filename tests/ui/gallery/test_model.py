"""The album model tells Qt exactly what changed."""

import random

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.domain.photo import PhotoType
from cerbo_desktop.services.photos.failure_kinds import FailureKind
from cerbo_desktop.services.photos.thumbnail_states import Failed, Loading, Ready, ThumbnailState
from cerbo_desktop.ui.gallery.model import AlbumModel, Role, Section
from tests.ui.gallery.made import NEWEST, album, months, photo, raster, utc


@pytest.fixture
def model() -> AlbumModel:
    model = AlbumModel(utc)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def shown(model: AlbumModel) -> list[str]:
    return [model.index(row).data(Role.PHOTO_ID) for row in range(model.rowCount())]


def test_any_list_may_follow_any_other(model: AlbumModel) -> None:
    chance = random.Random(7)
    everything = album(60)
    for _ in range(60):
        chosen = tuple(each for each in everything if chance.random() < chance.choice((0.1, 0.5, 0.95)))
        model.set_photos(chosen)
        assert shown(model) == [each.id for each in chosen]
        assert all(model.row_of(each.id) == row for row, each in enumerate(chosen))
        assert sum(section.photo_count for section in model.sections) == len(chosen)


def test_a_page_more_is_an_insertion_not_a_reset(model: AlbumModel) -> None:
    model.set_photos(album(100))
    kept = QPersistentModelIndex(model.index(40))
    told: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append((first, last)))
    model.modelReset.connect(lambda: told.append((-1, -1)))
    model.set_photos((photo(999), *album(200)))
    assert told == [(0, 0), (101, 200)]
    assert kept.row() == 41


def test_a_picture_changes_its_own_cell_and_role_alone(model: AlbumModel) -> None:
    model.set_photos(album(5))
    told: list[tuple[int, int, list[int]]] = []
    model.dataChanged.connect(lambda first, last, roles: told.append((first.row(), last.row(), list(roles))))
    ready = Ready(raster())
    model.set_thumbnail(PhotoId("3"), ready)
    assert told == [(3, 3, [Role.TILE])]
    assert model.index(3).data(Role.TILE).state is ready
    assert model.index(2).data(Role.TILE).state is None


def test_a_picture_of_a_photo_that_is_not_listed_is_dropped(model: AlbumModel) -> None:
    model.set_photos(album(5))
    told: list[object] = []
    model.dataChanged.connect(lambda *_: told.append(1))
    model.set_thumbnail(PhotoId("77"), Ready(raster()))
    model.set_photos((*album(5), photo(77, None)))
    assert told == []
    assert model.index(5).data(Role.STATE) is None


def test_a_sharp_picture_never_gives_way_to_a_coarse_one(model: AlbumModel) -> None:
    model.set_photos(album(1))
    told: list[object] = []
    model.dataChanged.connect(lambda *_: told.append(1))
    coarse, sharp = Ready(raster(width_px=160, height_px=120), is_final=False), Ready(raster())
    for state, shown in ((coarse, coarse), (sharp, sharp), (coarse, sharp), (Ready(raster()), None)):
        model.set_thumbnail(PhotoId("0"), state)
        assert model.index(0).data(Role.STATE) is (shown or state)
    assert len(told) == 3


def test_pixels_far_from_view_are_let_go_and_failures_kept(model: AlbumModel) -> None:
    model.set_photos(album(3))
    states_given: list[ThumbnailState] = [Ready(raster()), Ready(raster()), Failed(FailureKind.OFFLINE)]
    for number, state in enumerate(states_given):
        model.set_thumbnail(PhotoId(str(number)), state)
    model.forget_pictures_except({PhotoId("1")})
    states = [model.index(row).data(Role.STATE) for row in range(3)]
    assert [type(state) for state in states] == [type(None), Ready, Failed]


def test_a_changed_record_is_told(model: AlbumModel) -> None:
    model.set_photos(album(3))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _roles: told.append((first.row(), last.row())))
    before = album(3)
    model.set_photos((before[0], photo(1, before[1].taken_at, PhotoType.PERSONAL), before[2]))
    assert told == [(1, 1)]
    assert model.index(1).data(Role.TILE).photo_type is PhotoType.PERSONAL


def test_months_stand_beside_the_rows(model: AlbumModel) -> None:
    model.set_photos((*months(3, 1), photo(99, None)))
    assert model.sections == (
        Section("November 2025", 3, 2025),
        Section("October 2025", 1, 2025),
        Section("No date", 1, 0),
    )
    assert model.index(0).data(Role.TILE).caption == "20 Nov, 12:00"
    assert model.index(4).data(Role.TILE).caption == "No date"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Ready(raster()), ""),
        (Loading(), ", loading"),
        (None, ", loading"),
        (Failed(FailureKind.NOT_LOADED), ", could not load, press Enter to try again"),
        (Failed(FailureKind.OFFLINE), ", not loaded, offline, press Enter to try again"),
        (Failed(FailureKind.CANNOT_SHOW), ", cannot show this file"),
    ],
)
def test_what_a_reader_hears(model: AlbumModel, state: ThumbnailState | None, said: str) -> None:
    photos = [photo(number, NEWEST) for number in range(23)]
    model.set_photos(photos)
    if state is not None:
        model.set_thumbnail(PhotoId("2"), state)
    heard = model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == f"Medical photo 3 of 23, 5 November 2025, 09:41{said}"


def test_a_photo_of_no_type_and_no_date_has_a_name_too(model: AlbumModel) -> None:
    model.set_photos([photo(1, None, PhotoType.UNSTATED)])
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Photo 1 of 1, no date, loading"


def test_nothing_is_found_past_the_end(model: AlbumModel) -> None:
    model.set_photos(album(2))
    assert model.data(QModelIndex(), Role.TILE) is None
    assert model.index(5).data(Role.TILE) is None
