"""Cerbo has too much to do: the strip says so and counts, tiles go on loading, and all of them come by themselves."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Qt

from cerbo_desktop.practice.counters import Seen
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import DOROTHY_VANCE, GRACE_ADEYEMI
from cerbo_desktop.practice.withholding import Withheld
from cerbo_desktop.services.photos.album import Album
from cerbo_desktop.services.photos.thumbnail_states import Failed, ThumbnailState
from tests.flows.desk import Desk
from tests.flows.plain_words import assert_plain
from tests.variants import some_now
from tests.waiting import until

_PHOTOS = 8


def _failures(desk: Desk) -> list[ThumbnailState]:
    """Of tiles, from now on."""
    failed: list[ThumbnailState] = []

    def note(_: object, state: ThumbnailState) -> None:
        if isinstance(state, Failed):
            failed.append(state)

    desk.services.thumbnails.subscribe(note)
    return failed


def _asked(desk: Desk) -> Callable[[], int]:
    """Requests from now on."""
    before = desk.clinic.counters.count()
    return lambda: desk.clinic.counters.count() - before


def _questions_since(desk: Desk, before: int) -> Counter[Seen]:
    """Requests after the first so many."""
    return Counter(desk.clinic.counters.seen()[before:])


async def _at_rest(desk: Desk) -> None:
    await desk.board_is_there()
    await until(lambda: desk.clinic.counters.in_flight() == 0)


@some_now("wait", ["1", "soon", ""])
async def test_every_tile_comes_where_few_requests_a_second_are_allowed(desk: Desk, wait: str) -> None:
    await _at_rest(desk)
    desk.clinic.switches.requests_a_second, desk.clinic.switches.retry_after = 4, wait
    failed = _failures(desk)
    await desk.open_patient("Dorothy Vance")
    await until(lambda: desk.filter_words[0] == f"All, {_PHOTOS}", 60.0)
    await desk.pictures_are_there(60.0)
    assert not failed
    assert len(desk.clinic.album(DOROTHY_VANCE)) == _PHOTOS


async def test_a_wait_that_cerbo_asks_for_is_told_counted_and_kept(desk: Desk) -> None:
    await _at_rest(desk)
    switches, failed = desk.clinic.switches, _failures(desk)
    switches.is_overloaded, switches.retry_after = True, "40"
    before = desk.clinic.counters.count()
    desk.click_on_board("Dorothy Vance")
    await desk.strip_says("Cerbo is busy")
    assert "What is missing will load automatically." in desk.strip_words
    assert_plain(desk.strip_words)
    assert desk.pane.footer.words == "Cerbo is busy"
    await until(lambda: desk.clinic.counters.in_flight() == 0 < desk.next_try_s)
    questions = _questions_since(desk, before)
    assert len({each.kind for each in questions}) >= 2, "the first refusal leaves open whether it is of all"
    assert set(questions.values()) == {1}, "nothing is asked twice"
    asked, first_s = _asked(desk), desk.next_try_s
    await desk.search("becker")
    assert "Cerbo is busy" in desk.search_words
    await until(lambda: 0 < desk.next_try_s < first_s)
    assert asked() == 0, "nothing is asked in a pause"
    desk.click("Try now", desk.pages.strip)
    await until(lambda: asked() == 1 and desk.clinic.counters.in_flight() == 0)
    assert "Cerbo is busy" in desk.strip_words
    switches.is_overloaded = False
    desk.click("Try now", desk.pages.strip)
    await until(lambda: not desk.strip_words)
    await until(lambda: "1 patient" in desk.search_words)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.filter_words[0] == f"All, {_PHOTOS}")
    await desk.pictures_are_there()
    assert not failed


async def test_tiles_wait_for_an_overloaded_cerbo_and_come_by_themselves(desk: Desk) -> None:
    """503 without a word of how long, in the midst of an album."""
    await _at_rest(desk)
    switches, failed = desk.clinic.switches, _failures(desk)
    switches.overload_status = 503

    def overload_once_listed(album: Album) -> None:
        if album.photos:
            switches.is_overloaded = True

    end = desk.services.albums.album.subscribe(overload_once_listed)
    await desk.open_patient("Dorothy Vance")
    end()
    await desk.strip_says("Cerbo is busy", 30.0)
    assert len(desk.states) > 0
    assert not failed
    switches.is_overloaded = False
    await until(lambda: not desk.strip_words)
    await desk.pictures_are_there()
    assert not failed


async def test_a_limit_on_photos_alone_holds_nothing_else_up(desk: Desk) -> None:
    await _at_rest(desk)
    faults, failed = desk.clinic.faults, _failures(desk)
    for kind in ("content", "stream"):
        faults.set(kind, Fault.TOO_MANY, retry_after=3600)
    await desk.open_patient("Dorothy Vance")
    await until(lambda: faults.shown(Fault.TOO_MANY) > 0)
    await desk.search("becker")
    await until(lambda: "1 patient" in desk.search_words)
    await until(lambda: not desk.strip_words)
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.filter_words[0] == f"All, {_PHOTOS}")
    assert not failed
    assert faults.shown(Fault.TOO_MANY) <= 6, "those on their way together, and no flood"


async def test_photos_come_by_the_route_that_is_not_limited(desk: Desk) -> None:
    desk.clinic.faults.set("content", Fault.TOO_MANY, retry_after=1)
    await desk.open(GRACE_ADEYEMI)
    await desk.pictures_are_there()
    assert desk.clinic.counters.count("stream") >= len(desk.tiles)
    assert not desk.strip_words
    desk.clinic.faults.clear()
    await desk.open(DOROTHY_VANCE)
    await desk.pictures_are_there()


async def test_a_limit_on_lists_of_one_type_alone_leaves_the_album_whole(desk: Desk) -> None:
    await _at_rest(desk)
    desk.clinic.switches.withheld = (Withheld("images", 429, query="photo_type"),)
    await desk.open_patient("Dorothy Vance")
    await until(lambda: desk.filter_words[0].startswith(f"All, {_PHOTOS}"))
    await desk.pictures_are_there()
    await desk.search("becker")
    await until(lambda: "1 patient" in desk.search_words)
    assert not desk.strip_words


async def test_what_could_not_be_asked_is_asked_when_the_line_is_back(desk: Desk) -> None:
    await _at_rest(desk)
    desk.clinic.go_offline()
    await desk.search("becker")
    assert "Offline" in desk.search_words
    await desk.strip_says("Offline since ")
    desk.clinic.go_online()
    desk.click("Try now", desk.pages.strip)
    await until(lambda: "1 patient" in desk.search_words)
