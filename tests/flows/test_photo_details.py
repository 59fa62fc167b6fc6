"""One photo's own record: read where the list says too little, shown beside the photo, and nothing invented."""

import io

from PIL import Image
from PySide6.QtCore import Qt

from cerbo_desktop.practice.answer_forms import TypeLists
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, MARIA_LOPEZ
from cerbo_desktop.ui.text import numbers, photo_details
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.flows.reading import button_of, words_of
from tests.waiting import until


def _facts(desk: Desk) -> dict[str, str]:
    """What stands in the column; of what stands there twice, Cerbo's word."""
    lines = [line for line in words_of(desk.pages.viewer.details).split("\n") if line]
    titles = {"Taken", "Added", "Date", "Type", "Format", "Size", "Pixels", "Photo ID"}
    pairs = [(lines[at], lines[at + 1]) for at in range(len(lines) - 1) if lines[at] in titles]
    return dict(reversed(pairs))


def _records_read(desk: Desk) -> int:
    return desk.clinic.counters.count("image")


async def test_details_follow_the_photo_and_leave_by_escape(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    newest = desk.clinic.album(MARIA_LOPEZ)[-1]
    await desk.open_photo(0)
    await desk.full_quality()
    assert not _records_read(desk)  # its row says all that is shown
    desk.press(Qt.Key.Key_I)
    size = numbers.megabytes(len(newest.content))
    await until(lambda: _facts(desk).get("Size") == size)
    facts = _facts(desk)
    assert facts["Taken"] == facts["Added"]
    assert facts["Taken"] in desk.viewer_words
    assert (facts["Type"], facts["Format"], facts["Photo ID"]) == ("Medical", "JPEG", str(newest.id))
    with Image.open(io.BytesIO(newest.content)) as image:
        assert facts["Pixels"] == f"{image.width} × {image.height}"
    assert desk.pages.viewer.stage.hasFocus()
    assert button_of(desk.pages.viewer.bar, "Details").isChecked()
    assert_plain(words_of(desk.pages.viewer.details))
    desk.clinic.faults.set("image", Fault.HANG)
    desk.press(Qt.Key.Key_Right)
    await until(lambda: _facts(desk)["Photo ID"] != str(newest.id))
    assert _facts(desk)["Size"] == "Asking Cerbo…"
    assert size not in words_of(desk.pages.viewer.details).split("The downloaded file")[0]
    await until(lambda: _records_read(desk) == 2)
    desk.clinic.faults.clear()
    desk.press(Qt.Key.Key_Left)
    await until(lambda: _facts(desk)["Size"] == size)
    assert _records_read(desk) == 2  # not the first one's again
    desk.press(Qt.Key.Key_Escape)
    assert not desk.pages.viewer.details.isVisible()
    assert desk.pages.viewer.isVisible()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.isVisible())


async def test_what_the_list_leaves_out_the_record_of_the_opened_photo_tells(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.switches.rows_lack = frozenset({"photo_type", "date_taken", "created", "mime_type"})
    desk.clinic.switches.type_lists = TypeLists.IGNORED
    desk.clinic.switches.records_lack = frozenset({"mime_type", "created"})
    desk.clinic.switches.records_inline_chars = 6_500_000  # a photo of a phone; more than a list may hold
    await desk.start()
    desk.widen()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert all("no date" in tile for tile in desk.tiles)
    await desk.open_photo(0)
    await until(lambda: desk.stage_name.startswith(("Personal photo", "Medical photo")))
    assert "No date in Cerbo" not in desk.stage_name
    desk.press(Qt.Key.Key_I)
    await until(lambda: _facts(desk).get("Added") == "Not given by Cerbo")
    assert _facts(desk)["Format"] == "Not given by Cerbo"
    assert _facts(desk)["Taken"] in desk.viewer_words
    assert _records_read(desk) == 1
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.isVisible())
    assert "no date" not in desk.tiles[0]
    assert desk.tiles[0].startswith(("Personal photo", "Medical photo"))
    assert all("no date" in tile for tile in desk.tiles[1:])
    desk.workspace.refresh()  # the list is read again and says as little
    await desk.album_is_known()
    assert "no date" not in desk.tiles[0]


async def test_a_record_that_cannot_be_read_leaves_what_the_list_says(desk: Desk) -> None:
    desk.widen()
    await desk.open(MARIA_LOPEZ)
    await desk.pictures_are_there()
    await desk.open_photo(0)
    await desk.full_quality()
    desk.clinic.faults.set("image", Fault.SERVER_ERROR)
    desk.click("Details", desk.pages.viewer.bar)
    await until(lambda: photo_details.record_not_read() in desk.viewer_words)
    assert _facts(desk)["Type"] == "Medical"
    assert _facts(desk)["Size"] == "Not known"
    desk.clinic.faults.clear()
    desk.click("Close details", desk.pages.viewer)
    assert not desk.pages.viewer.details.isVisible()
    desk.click("Details", desk.pages.viewer.bar)
    await until(lambda: _facts(desk)["Size"] != "Not known" and "Asking Cerbo…" not in desk.viewer_words)
    assert photo_details.record_not_read() not in desk.viewer_words


async def test_a_photo_accepted_today_is_read_by_its_own_record_when_it_is_opened(desk: Desk) -> None:
    await desk.open(GRACE_ADEYEMI)
    queued = desk.clinic.send_from_another_pc(GRACE_ADEYEMI)
    accepted = desk.clinic.accept(queued.id)
    desk.workspace.refresh()
    await until(lambda: any(photo.id == str(accepted.id) for photo in desk.services.albums.album.latest.photos))
    await desk.pictures_are_there()
    assert not _records_read(desk)
    await desk.open_photo(0)
    await until(lambda: _records_read(desk) == 1)
    desk.press(Qt.Key.Key_Right)
    await desk.full_quality()
    assert _records_read(desk) == 1


async def test_a_row_that_alone_lacks_the_size_is_read_when_its_photo_is_opened(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.switches.rows_tell_size = True
    await desk.start()
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    photos = desk.services.albums.album.latest.photos
    lacking = next(place for place, photo in enumerate(photos) if photo.size_bytes is None)
    await desk.open_photo((lacking + 1) % len(photos))
    await desk.full_quality()
    assert not _records_read(desk)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.isVisible())
    await desk.open_photo(lacking)
    await until(lambda: _records_read(desk) == 1)
    await desk.full_quality()
    assert _records_read(desk) == 1
