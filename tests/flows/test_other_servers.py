"""Cerbo's documentation leaves forms open; whichever a server has, search, album, viewer and sending work."""

from collections.abc import Callable
from pathlib import Path

from cerbo_desktop.practice.answer_forms import ContentForm, Envelope, IdForm, UploadAnswer
from cerbo_desktop.practice.patients import DOROTHY_VANCE
from cerbo_desktop.practice.switches import Switches
from tests.flows.desk import Desk
from tests.variants import some_now
from tests.waiting import until

_Set = Callable[[Switches], object]


def _named(name: str, value: object) -> _Set:
    return lambda switches: setattr(switches, name, value)


_SERVERS: dict[str, list[_Set]] = {
    "ids as text, base64 in JSON, bare lists": [
        _named("ids", IdForm.TEXT),
        _named("content", ContentForm.JSON_BASE64),
        _named("envelope", Envelope.BARE),
        _named("upload_answer", UploadAnswer.BARE),
    ],
    "ids as numbers, base64 as text, no has_more": [
        _named("ids", IdForm.NUMBER),
        _named("content", ContentForm.BASE64_TEXT),
        _named("envelope", Envelope.NO_HAS_MORE),
        _named("upload_answer", UploadAnswer.QUEUE_REQUEST),
    ],
    "octet streams, indexed lists, nested id": [
        _named("content", ContentForm.OCTET_STREAM),
        _named("envelope", Envelope.INDEXED),
        _named("upload_answer", UploadAnswer.NESTED),
    ],
    "data URIs, one record alone, newest first": [
        _named("content", ContentForm.JSON_DATA_URI),
        _named("envelope", Envelope.ONE_RECORD),
        _named("newest_first", True),
    ],
    "content only by stream, wrong type": [
        _named("content", ContentForm.HTML),
        _named("stream", ContentForm.WRONG_TYPE),
    ],
    "JSON strings, an upload answer without id": [
        _named("content", ContentForm.JSON_STRING),
        _named("upload_answer", UploadAnswer.NO_ID),
    ],
}


@some_now("form", _SERVERS)
async def test_everything_works_on_a_server_with(closed_desk: Desk, photo: Path, form: str) -> None:
    desk = closed_desk
    for throw in _SERVERS[form]:
        throw(desk.clinic.switches)
    await desk.start()
    await desk.board_is_there()
    await desk.open(DOROTHY_VANCE)
    await until(lambda: desk.filter_words == ["All, 8", "Personal, 1", "Medical, 7"])
    await desk.pictures_are_there()
    await desk.open_photo(1)
    await desk.full_quality()
    desk.click("Back to album", desk.pages.viewer)
    await until(lambda: desk.album.isVisible())
    await desk.send_file(photo)
    await desk.tray_says("Waiting in Cerbo’s queue")
    desk.clinic.accept_all()
    desk.workspace.refresh()
    await desk.tray_says("Found in chart")
    assert len(desk.clinic.photos_received(DOROTHY_VANCE)) == 1
    assert not desk.strip_words


async def test_photos_that_are_only_ids_are_shown_all_the_same(closed_desk: Desk) -> None:
    desk = closed_desk
    desk.clinic.switches.photo_ids_alone = True
    await desk.start()
    await desk.open(DOROTHY_VANCE)
    await until(lambda: desk.filter_words[0] == "All, 8")
    await desk.pictures_are_there()
    assert all("no date" in tile for tile in desk.tiles)


async def test_an_answer_for_another_patient_is_not_shown(desk: Desk) -> None:
    await desk.board_is_there()
    desk.clinic.switches.names_other_patient = True
    await desk.open_patient("Dorothy Vance")
    await until(lambda: desk.pages.patient.list_notes.texts)
    assert not desk.services.albums.album.latest.photos
    assert "Dorothy Vance" in desk.banner_name
