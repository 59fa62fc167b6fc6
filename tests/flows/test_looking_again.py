"""What another PC sent and staff accepted comes into the open album, by itself and when a person looks again."""

import asyncio
import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.domain.ids import PatientId
from cerbo_desktop.practice.albums import MEDICAL, PERSONAL
from cerbo_desktop.practice.answer_forms import ListForm
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI, MARIA_LOPEZ, THOMAS_BECKER
from cerbo_desktop.services.photos.album import Looked
from cerbo_desktop.services.photos.thumbnail_states import Failed
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.turned_clock import TurnedClock, turned_clock
from tests.waiting import until


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> TurnedClock:
    return turned_clock(monkeypatch)


def _accept_from_another_pc(desk: Desk, pt_id: int = GRACE_ADEYEMI) -> None:
    desk.clinic.accept(desk.clinic.send_from_another_pc(pt_id).id)


def _looked(desk: Desk) -> str:
    return desk.pages.patient.filter_bar.looked_words


async def _all(desk: Desk, count: int) -> None:
    await until(lambda: desk.filter_words[0] == f"All, {count}")


async def _minute_passes(desk: Desk, clock: TurnedClock, *, is_listed: bool) -> int:
    """How many times an album was listed in a minute and a half: once is waited for where `is_listed`. The board, asked
    at its end, comes after that."""
    await until(lambda: not desk.clinic.counters.in_flight())
    desk.clinic.counters.reset()
    looks: list[object] = []
    end = desk.services.albums.looked.subscribe(looks.append, replay=False)
    clock.turn(95)
    for _ in range(100):
        await asyncio.sleep(0)
    await until(lambda: desk.clinic.counters.count("images") or not is_listed)
    await until(lambda: looks or not is_listed)  # the next minute begins with the answer
    end()
    before = desk.clinic.counters.count("appointments")
    desk.services.today.refresh()
    await until(lambda: desk.clinic.counters.count("appointments") > before)
    await until(lambda: not desk.clinic.counters.in_flight())
    return desk.clinic.counters.count("images")


async def test_what_another_pc_got_accepted_shows_within_a_minute_while_the_album_is_seen(
    closed_desk: Desk, clock: TurnedClock
) -> None:
    desk = closed_desk
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    count = len(desk.clinic.album(GRACE_ADEYEMI))
    _accept_from_another_pc(desk)
    assert await _minute_passes(desk, clock, is_listed=True) == 1
    await _all(desk, count + 1)
    assert re.fullmatch(r"1 new photo found at \d\d:\d\d", _looked(desk))
    assert await _minute_passes(desk, clock, is_listed=True) == 1

    await desk.open_photo()
    _accept_from_another_pc(desk)
    assert await _minute_passes(desk, clock, is_listed=True) == 1, "the viewer shows the same list"
    await until(lambda: f"{count + 2} of {count + 2}" in desk.viewer_words or f"of {count + 2}" in desk.viewer_words)
    desk.press(Qt.Key.Key_Escape)

    desk.window.showMinimized()
    assert await _minute_passes(desk, clock, is_listed=False) == 0, "nobody sees it"
    _accept_from_another_pc(desk)
    desk.window.showNormal()
    await _all(desk, count + 3)

    desk.clinic.go_offline()
    clock.turn(61)
    await until(lambda: desk.pane.footer.words == "Offline")
    assert not _looked(desk), "it is no word on now"
    looks = list[Looked | None]()  # a request that the lost line has swallowed may reach the clinic late
    desk.services.albums.looked.subscribe(looks.append, replay=False)
    desk.clinic.go_online()
    _accept_from_another_pc(desk)
    clock.turn(61)
    await _all(desk, count + 4)
    await until(lambda: not desk.clinic.counters.in_flight())
    assert len(looks) == 1


@pytest.mark.parametrize("way", ["F5", "Ctrl R", "button"])
async def test_a_person_looks_again(desk: Desk, way: str) -> None:
    desk.widen()
    desk.clinic.faults.set("content", Fault.FORBIDDEN)
    desk.clinic.faults.set("stream", Fault.FORBIDDEN)
    await desk.open(GRACE_ADEYEMI)
    count = len(desk.clinic.album(GRACE_ADEYEMI))
    await until(lambda: desk.states and all(isinstance(state, Failed) for state in desk.states))
    desk.clinic.faults.clear()
    _accept_from_another_pc(desk)
    desk.clinic.set_visit_status(THOMAS_BECKER, "in-room")
    _look_again(desk, way)
    await _all(desk, count + 1)
    await until(lambda: "1 new photo" in _looked(desk))
    await desk.pictures_are_there()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: any("Becker" in row and "in room" in row.lower() for row in _board_rows(desk)))
    _look_again(desk, way)
    await until(lambda: "Nothing new at" in _looked(desk))
    assert_plain(_looked(desk))
    desk.clinic.faults.set("images", Fault.SERVER_ERROR)
    _look_again(desk, way)
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert not _looked(desk), "what went wrong is said in its place"


def _board_rows(desk: Desk) -> list[str]:
    return desk.pane.board.spoken_rows


def _look_again(desk: Desk, way: str) -> None:
    match way:
        case "F5":
            desk.press(Qt.Key.Key_F5)
        case "Ctrl R":
            desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        case _:
            assert desk.pages.patient.filter_bar.look_again.toolTip().startswith("Look again for new photos (F5)")
            desk.click("Look again", desk.pages.patient)


def _whole_lists(desk: Desk) -> int:
    return sum("photo_type" not in each.query for each in desk.clinic.counters.seen("images"))


def _face_of(desk: Desk, pt_id: int) -> str | None:
    known = desk.services.faces.known(PatientId(str(pt_id)))
    return None if known is None else known.photo_id


async def _faces_are_there(desk: Desk) -> None:
    await desk.board_is_there()
    await until(lambda: all(desk.pane.faces.knows(each) for each in desk.pane.patients_in_view))
    await until(lambda: not desk.clinic.counters.in_flight())


@pytest.mark.usefixtures("board_read_when_asked")
async def test_with_nobody_open_the_board_and_each_face_in_view_are_asked_for_once(desk: Desk) -> None:
    await _faces_are_there(desk)
    shown = [each for each in desk.pane.patients_in_view if _face_of(desk, int(each))]
    assert len(shown) > 2
    desk.clinic.counters.reset()
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.clinic.counters.count("images") == len(shown))
    await until(lambda: not desk.clinic.counters.in_flight())
    asked = sorted(each.path for each in desk.clinic.counters.seen("images"))
    assert asked == sorted(f"/api/v1/patients/{each}/images" for each in shown)
    assert _whole_lists(desk) == 0
    assert desk.clinic.counters.count("appointments") == 1
    assert desk.clinic.counters.count("content") == desk.clinic.counters.count("stream") == 0


async def test_faces_that_staff_deleted_or_made_medical_leave_the_board(desk: Desk) -> None:
    await _faces_are_there(desk)
    dorothy, maria = desk.clinic.album(DOROTHY_VANCE, PERSONAL), desk.clinic.album(MARIA_LOPEZ, PERSONAL)
    assert _face_of(desk, DOROTHY_VANCE) in {str(photo.id) for photo in dorothy}
    for photo in dorothy:
        desk.clinic.delete_photo(photo)
    newest = next(photo for photo in maria if str(photo.id) == _face_of(desk, MARIA_LOPEZ))
    newest.photo_type = MEDICAL
    desk.press(Qt.Key.Key_F5)
    await until(lambda: any("Dorothy" in row and row.endswith("no ID photo") for row in _board_rows(desk)))
    await until(lambda: _face_of(desk, MARIA_LOPEZ) not in (None, str(newest.id)))


async def test_photos_that_are_shown_stay_where_their_list_is_not_found(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    count = len(desk.clinic.album(GRACE_ADEYEMI))
    desk.clinic.faults.set("images", Fault.NOT_FOUND, patient_id=GRACE_ADEYEMI)
    desk.press(Qt.Key.Key_F5)
    await until(lambda: "Cerbo shows no photos of this patient now." in desk.page_words)
    assert "No photos yet" not in desk.page_words
    assert desk.album.model().rowCount() == count
    assert_plain("\n".join(desk.pages.patient.list_notes.texts))
    desk.clinic.faults.clear()
    desk.clinic.switches.odd_lists["images"] = ListForm.DELETED_ROWS
    desk.click("Try again", desk.pages.patient)
    await _all(desk, count - count // 2)
    await until(lambda: not desk.pages.patient.list_notes.texts)


@pytest.mark.usefixtures("board_read_when_asked")
async def test_sixty_presses_are_two_looks(desk: Desk) -> None:
    desk.widen()
    await _faces_are_there(desk)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    await until(lambda: not desk.clinic.counters.in_flight())
    counters = desk.clinic.counters
    counters.reset()
    desk.clinic.switches.latency_s = 10.0
    desk.press(Qt.Key.Key_F5)
    await until(lambda: _whole_lists(desk) == 1 and counters.count("appointments") == 1)
    for _ in range(59):
        desk.press(Qt.Key.Key_F5)
        await asyncio.sleep(0)
    desk.clinic.switches.latency_s = 0.0
    await until(lambda: _whole_lists(desk) == 2 and counters.count("appointments") == 2)
    await until(lambda: "Nothing new at" in _looked(desk) and not counters.in_flight())
    assert (_whole_lists(desk), counters.count("appointments")) == (2, 2)
    by_patient = Counter(each.path for each in counters.seen("images") if "photo_type" in each.query)
    assert all(count <= 2 for count in by_patient.values())


async def test_the_same_patient_opened_again_and_again_is_listed_once(desk: Desk) -> None:
    await _faces_are_there(desk)
    counters = desk.clinic.counters
    counters.reset()
    desk.clinic.switches.latency_s = 10.0
    desk.click_on_board("Grace Adeyemi")
    await until(lambda: counters.count("images") > 0)
    for _ in range(20):
        desk.click_on_board("Grace Adeyemi")
        await asyncio.sleep(0)
    desk.clinic.switches.latency_s = 0.0
    await desk.pictures_are_there()
    await until(lambda: not counters.in_flight())
    assert (_whole_lists(desk), counters.count("patient")) == (1, 1)
