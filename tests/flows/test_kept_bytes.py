"""Whatever is in view can be opened without asking Cerbo for it again, as far as 128 MB reach."""

from functools import partial

from PySide6.QtCore import Qt

from cerbo_desktop.domain.ids import PhotoId
from cerbo_desktop.practice import drawing
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, MARIA_LOPEZ, RUTH_CALLOWAY
from cerbo_desktop.services.photos.kept_bytes import LIMIT_BYTES
from tests.flows.desk import Desk
from tests.waiting import until

_COUNT = 200
_SIZE_BYTES = 4_500_000
"""Of a phone's photo: 28 of them, a screenful and what is near it, are the 128 MB."""
_SEGMENT = b"\xff\xef" + (65_535).to_bytes(2, "big") + bytes(65_533)
"""An application's own data, which no decoder reads."""


def heavy(number: int) -> bytes:
    photo = drawing.numbered(number)
    return photo[:2] + _SEGMENT * (_SIZE_BYTES // len(_SEGMENT)) + photo[2:]


def times_asked(desk: Desk, photo_id: str) -> int:
    kinds = (desk.clinic.counters.seen("content"), desk.clinic.counters.seen("stream"))
    return sum(each.path.split("/")[-2] == photo_id for seen in kinds for each in seen)


def in_view(desk: Desk) -> tuple[str, ...]:
    return desk.album.wanted[0]


async def settled(desk: Desk) -> None:
    """Every tile in view has its picture, and nothing is on its way."""
    await desk.pictures_are_there()
    await until(lambda: set(in_view(desk)) == set(desk.album.album_model().ids(desk.album.rows_in_view())))
    await until(lambda: desk.clinic.counters.in_flight() == 0)


async def open_each_in_view(desk: Desk) -> list[int]:
    """One after the other; how often each was asked for until it stood there in full quality."""
    asked: list[int] = []
    for photo_id in in_view(desk):
        desk.album.show_photo(PhotoId(photo_id))  # the month's heading may lie over it
        desk.press(Qt.Key.Key_Return)
        await until(lambda: desk.pages.viewer.isVisible())
        await desk.full_quality()
        asked.append(times_asked(desk, photo_id))
        desk.press(Qt.Key.Key_Escape)
        await settled(desk)
    return asked


async def test_opening_any_photo_in_view_asks_for_nothing(desk: Desk) -> None:
    desk.clinic.fill_album(MARIA_LOPEZ, [partial(heavy, number) for number in range(_COUNT)])
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await until(lambda: desk.album.album_model().rowCount() == _COUNT)
    await settled(desk)
    first = in_view(desk)
    assert len(first) * _SIZE_BYTES > 48_000_000
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Up):
        desk.press(key)
    await until(lambda: not set(first) & set(in_view(desk)))
    await settled(desk)
    assert set(await open_each_in_view(desk)) == {1}
    desk.press(Qt.Key.Key_Home)
    await until(lambda: first == in_view(desk))
    await settled(desk)
    assert max(times_asked(desk, photo_id) for photo_id in first) == 1, "the small pictures are still here"
    assert desk.services.contents.used_bytes <= LIMIT_BYTES


async def test_what_is_missing_comes_when_it_is_selected(desk: Desk) -> None:
    """As after a start, when the small pictures come from the disk."""
    await desk.open(RUTH_CALLOWAY)
    await settled(desk)
    desk.services.contents.clear()
    first = in_view(desk)[0]
    desk.album.setFocus()
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Left)
    await until(lambda: times_asked(desk, first) == 2)
    await until(lambda: desk.clinic.counters.in_flight() == 0)
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.pages.viewer.isVisible())
    await desk.full_quality()
    assert times_asked(desk, first) == 2


async def test_nothing_of_a_patient_stays_for_the_next_one(desk: Desk) -> None:
    """Small photos all find room: away and back costs nothing as long as the patient is open."""
    await desk.open(EVELYN_LONGACRE)
    await settled(desk)
    first = in_view(desk)
    for _ in range(2):  # the first goes to the last line in view
        desk.press(Qt.Key.Key_PageDown)
    await until(lambda: not set(first) <= set(desk.album.wanted[0]))
    await settled(desk)
    desk.press(Qt.Key.Key_Home)
    await until(lambda: in_view(desk) == first)
    await settled(desk)
    assert {times_asked(desk, photo_id) for photo_id in first} == {1}
    await desk.open(EVELYN_LONGACRE)
    await settled(desk)
    assert {times_asked(desk, photo_id) for photo_id in first} == {1}, "opened once more, the same person"
    used = desk.services.contents.used_bytes
    await desk.open(RUTH_CALLOWAY)
    assert desk.services.contents.used_bytes < used
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await desk.open(EVELYN_LONGACRE)
    await settled(desk)
    assert {times_asked(desk, photo_id) for photo_id in in_view(desk)} == {2}
