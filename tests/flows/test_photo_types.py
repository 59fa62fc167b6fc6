"""Which photos are personal where records do not say: the lists by type tell, or nothing does and the window says so.

A photo that is not certainly personal never stands for the patient's face, and no camera opens on a guess.
"""

from datetime import datetime
from urllib.parse import parse_qs

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cerbo_desktop.camera.camera import Camera
from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.domain.urgency import Urgency
from cerbo_desktop.practice.albums import MEDICAL, PERSONAL, AlbumPhoto
from cerbo_desktop.practice.answer_forms import TypeLists, TypeWords
from cerbo_desktop.practice.patients import HANA_KIM, MARIA_LOPEZ
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.services.photos.photo_types import Types
from cerbo_desktop.services.photos.type_lists import ListsByType
from cerbo_desktop.ui.kit.faces import FaceLabel
from cerbo_desktop.ui.kit.sheet import open_sheet
from tests.flows.cameras import camera_maker
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.variants import some_now
from tests.waiting import until

_NOT_SAID = "Cerbo has no types here."
_UNKNOWN_FACE = "ID photo not known: Cerbo does not say which photos are personal"


@pytest.fixture
def cameras(closed_desk: Desk) -> list[Camera]:
    """Every camera that the program opens."""
    made: list[Camera] = []
    closed_desk.make_camera = camera_maker(made, [])
    return made


def _lists_of(desk: Desk, pt_id: int) -> list[str]:
    """The types by which this patient's photos were asked for, "" for all of them."""
    seen = (each for each in desk.clinic.counters.seen("images") if f"/patients/{pt_id}/" in each.path)
    return sorted(parse_qs(each.query).get("photo_type", [""])[0] for each in seen)


def _second(photo: AlbumPhoto) -> datetime:
    assert isinstance(photo.created, datetime)
    return photo.created.replace(microsecond=0)


def _face_name(desk: Desk) -> str:
    labels = desk.pages.patient.banner.findChildren(QLabel)
    return next(label.accessibleName() for label in labels if label.accessibleName())


def _types_are_on(desk: Desk) -> bool:
    bar = desk.pages.patient.filter_bar.types
    return all(child.isEnabled() for child in bar.children() if child.isWidgetType())  # type: ignore[attr-defined]


async def _types_are_known(desk: Desk) -> None:
    await desk.album_is_known()
    await until(lambda: desk.services.albums.album.latest.types is not Types.ASKED)


def _is_told_faceless(desk: Desk, name: str) -> bool:
    return any(name in row and row.endswith("no ID photo") for row in desk.pane.board.spoken_rows)


@some_now("type_words", [TypeWords.MISSING, TypeWords.OTHER_WORDS])
async def test_the_lists_by_type_tell_what_the_records_do_not(
    closed_desk: Desk, cameras: list[Camera], type_words: TypeWords
) -> None:
    desk = closed_desk
    desk.clinic.switches.type_words = type_words
    await desk.start()
    await desk.open(MARIA_LOPEZ)
    await until(lambda: desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"])
    await desk.pictures_are_there()
    await until(lambda: _face_name(desk) == "ID photo")
    assert _types_are_on(desk)
    assert sum(tile.startswith("Personal photo") for tile in desk.tiles) >= 1
    assert not any(tile.startswith("Photo ") for tile in desk.tiles)
    assert not cameras  # she is checked in, and has an ID photo
    desk.click("Personal, 4", desk.pages.patient.filter_bar)
    await until(lambda: desk.album.model().rowCount() == 4)
    desk.clinic.accept(desk.clinic.send_from_another_pc(MARIA_LOPEZ).id, PERSONAL)
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.filter_words == ["All, 24", "Personal, 5", "Medical, 19"])
    assert desk.album.model().rowCount() == 5
    desk.clinic.set_visit_status(HANA_KIM, "checked-in")
    desk.services.today.refresh()
    await until(lambda: any(each.patient.id == str(HANA_KIM) for each in desk.services.today.feed.latest.here_now))
    desk.clinic.counters.reset()
    await desk.open_patient("Hana Kim")
    await until(lambda: desk.has_card)  # certainly without an ID photo
    assert _lists_of(desk, HANA_KIM)[:3] == ["", "medical", "personal"]
    assert len(_lists_of(desk, HANA_KIM)) <= 4


@some_now("type_lists", [TypeLists.IGNORED, TypeLists.REFUSED, TypeLists.EMPTY])
async def test_where_nothing_tells_the_filters_are_off_and_nothing_is_guessed(
    closed_desk: Desk, cameras: list[Camera], type_lists: TypeLists
) -> None:
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.MISSING
    desk.clinic.switches.type_lists = type_lists
    await desk.start()
    await desk.open(MARIA_LOPEZ)
    await _types_are_known(desk)
    assert desk.filter_words == ["All, 23", "Personal", "Medical"]
    assert not _types_are_on(desk)
    assert _NOT_SAID in desk.page_words
    await desk.pictures_are_there()
    assert all(tile.startswith("Photo ") for tile in desk.tiles)
    await until(lambda: _face_name(desk) == _UNKNOWN_FACE)
    await until(lambda: not _is_told_faceless(desk, "Maria Lopez"))
    assert not cameras
    assert_plain(desk.page_words)
    desk.clinic.counters.reset()
    await desk.open(HANA_KIM)
    await _types_are_known(desk)
    assert _NOT_SAID in desk.page_words
    assert set(_lists_of(desk, HANA_KIM)) == {""}


_OTHERWISE_CALLED = (TypeLists.OTHER_PERSONAL, TypeLists.ALL_PERSONAL, TypeLists.ALL_MEDICAL)


@some_now("type_lists", _OTHERWISE_CALLED)
async def test_one_empty_list_beside_the_other_is_no_word_on_any_photo(
    closed_desk: Desk, cameras: list[Camera], type_lists: TypeLists
) -> None:
    """Maria Lopez is checked in and has an ID photo; Hana Kim has three medical photos and no other."""
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.OTHER_WORDS
    desk.clinic.switches.type_lists = type_lists
    await desk.start()
    for pt_id, count in ((MARIA_LOPEZ, 23), (HANA_KIM, 3)):
        await desk.open(pt_id)
        await _types_are_known(desk)
        assert desk.filter_words == [f"All, {count}", "Personal", "Medical"]
        assert not _types_are_on(desk)
        assert _NOT_SAID in desk.page_words
        await desk.pictures_are_there()
        await until(lambda: _face_name(desk) == _UNKNOWN_FACE)
        assert desk.services.faces.known(PatientId(str(pt_id))) is None
    assert not cameras


async def test_a_photo_that_neither_list_holds_is_not_known(closed_desk: Desk, cameras: list[Camera]) -> None:
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.MISSING
    desk.clinic.set_visit_status(HANA_KIM, "checked-in")
    desk.clinic.album(HANA_KIM)[0].photo_type = "consent"
    await desk.start()
    await desk.open(MARIA_LOPEZ)
    await until(lambda: desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"])
    await until(lambda: any(each.patient.id == str(HANA_KIM) for each in desk.services.today.feed.latest.here_now))
    await desk.open_patient("Hana Kim")
    await _types_are_known(desk)
    await until(lambda: "Cerbo has no type for 1 photo." in desk.page_words)
    assert desk.filter_words == ["All, 3", "Personal", "Medical"]
    await desk.pictures_are_there()
    assert not desk.has_card
    assert not cameras


async def test_where_the_lists_by_type_hold_every_photo_the_records_decide(closed_desk: Desk) -> None:
    """She has three medical photos: none of them is her face."""
    desk = closed_desk
    desk.clinic.switches.type_lists = TypeLists.IGNORED
    await desk.start()
    await desk.open(HANA_KIM)
    await until(lambda: _face_name(desk) == "No ID photo")
    assert desk.filter_words == ["All, 3", "Personal, 0", "Medical, 3"]
    await desk.open(MARIA_LOPEZ)
    await until(lambda: _face_name(desk) == "ID photo")
    assert desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"]
    face = desk.services.faces.known(PatientId(str(MARIA_LOPEZ)))
    assert face is not None
    assert face.taken_at in {_second(photo) for photo in desk.clinic.album(MARIA_LOPEZ, "personal")}
    assert face.taken_at not in {_second(photo) for photo in desk.clinic.album(MARIA_LOPEZ, "medical")}


@some_now(("status", "query"), [(401, "photo_type"), (403, "photo_type"), (403, "photo_type=medical")])
async def test_a_key_that_may_not_ask_by_type_sees_every_album(closed_desk: Desk, status: int, query: str) -> None:
    """The faces of the board ask first, for two patients and more."""
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.MISSING
    desk.clinic.switches.withheld = (Withheld("images", status, query=query),)
    await desk.start()
    await desk.board_is_there()
    lists = desk.clinic.counters
    await until(lambda: lists.count("images") >= 4 and not lists.in_flight("images"))
    for pt_id, count in ((MARIA_LOPEZ, 23), (HANA_KIM, 3)):
        await desk.open(pt_id)
        await _types_are_known(desk)
        assert desk.filter_words == [f"All, {count}", "Personal", "Medical"]
        assert _NOT_SAID in desk.page_words
        await desk.pictures_are_there()
    assert not desk.strip_words


async def test_lists_by_type_that_are_honoured_no_longer_take_every_face_with_them(closed_desk: Desk) -> None:
    """Hana Kim has three medical photos, and her personal list holds them from now on."""
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.OTHER_WORDS
    await desk.start()
    await desk.open(MARIA_LOPEZ)
    await until(lambda: _face_name(desk) == "ID photo")
    desk.clinic.switches.type_lists = TypeLists.IGNORED
    await desk.open(HANA_KIM)
    await _types_are_known(desk)
    await until(lambda: _face_name(desk) == _UNKNOWN_FACE)
    assert desk.filter_words == ["All, 3", "Personal", "Medical"]
    assert desk.services.faces.known(PatientId(str(MARIA_LOPEZ))) is None
    await desk.open(MARIA_LOPEZ)
    await until(lambda: _face_name(desk) == _UNKNOWN_FACE)


async def test_rows_take_back_that_there_is_no_id_photo(closed_desk: Desk) -> None:
    """What the lists by type told holds no more once they turn out to be worth nothing."""
    desk = closed_desk
    desk.clinic.switches.type_words = TypeWords.MISSING
    await desk.start()
    await desk.open(MARIA_LOPEZ)
    await until(lambda: desk.filter_words == ["All, 23", "Personal, 4", "Medical, 19"])
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: _is_told_faceless(desk, "Hana Kim"))
    desk.clinic.switches.withheld = (Withheld("images", 403, query="photo_type"),)
    desk.pages.patient.filter_bar.look_again.click()
    await until(lambda: not _is_told_faceless(desk, "Hana Kim"))


async def test_a_photo_whose_own_record_says_medical_stops_being_the_face_everywhere(closed_desk: Desk) -> None:
    """Her two newest personal photos: the list has said so, and staff have changed one since."""
    desk = closed_desk
    newest, older = sorted(desk.clinic.album(MARIA_LOPEZ, PERSONAL), key=_second, reverse=True)[:2]
    desk.clinic.switches.record_types = {newest.id: MEDICAL}
    await desk.start()
    await desk.open_patient("Maria Lopez")
    await until(lambda: _face_name(desk) == "ID photo")
    maria = PatientId(str(MARIA_LOPEZ))

    def face_date() -> object:
        known = desk.services.faces.known(maria)
        return known.taken_at if known is not None else None

    assert face_date() == _second(newest)
    photo = next(each for each in desk.services.albums.album.latest.photos if each.id == str(newest.id))
    await desk.pictures_are_there()
    desk.click("Take photos", desk.pages.patient.banner)
    await until(lambda: open_sheet(desk.window) is not None)
    (on_sheet,) = desk.sheet.head.findChildren(FaceLabel)
    faces_on_sheet = [on_sheet._face]
    shown: list[tuple[str, bool]] = []
    desk.services.faces.subscribe(lambda _patient_id, is_wrong: shown.append((_face_name(desk), is_wrong)))
    await desk.services.records.get(photo, urgency=Urgency.NOW)
    assert shown == [("ID photo not loaded yet", True)]
    faces_on_sheet.append(on_sheet._face)
    assert [face is not None for face in faces_on_sheet] == [True, False]
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: face_date() == _second(older))
    await until(lambda: _face_name(desk) == "ID photo")
    await until(lambda: desk.pane.faces.knows(maria))
    desk.press(Qt.Key.Key_F5)  # the list goes on saying that it is personal
    await until(lambda: desk.services.albums.looked.latest is not None)
    await until(lambda: _face_name(desk) == "ID photo")
    assert face_date() == _second(older)


async def test_swapped_lists_show_nobody_s_medical_photo_as_a_face_where_only_records_name_types(
    closed_desk: Desk,
) -> None:
    desk = closed_desk
    desk.clinic.switches.type_lists = TypeLists.SWAPPED
    desk.clinic.switches.rows_lack = frozenset({"photo_type"})
    await desk.start()
    await desk.board_is_there()
    await until(lambda: desk.services.faces.learnt.latest is ListsByType.USELESS)
    await until(lambda: not desk.clinic.counters.in_flight())
    in_view = [PatientId(each) for each in desk.pane.patients_in_view]
    assert in_view
    assert all(desk.services.faces.known(each) is None for each in in_view)
    assert desk.clinic.counters.count("image") <= 2
