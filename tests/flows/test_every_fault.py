"""Every server fault in every screen: the content or a plain reason, never an absence that is none, and then recovery.

Each commit runs the faults by name in `tests/unit/api/test_get_faults.py` and `tests/durability/test_server_faults.py`,
and two of the screens here; before a release come all screens with all faults.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import GRACE_ADEYEMI, RUTH_CALLOWAY
from cerbo_desktop.services.today import Board
from tests.flows.desk import Desk, all_ready
from tests.flows.plain_words import assert_plain
from tests.flows.reading import has_button
from tests.waiting import until

pytestmark = pytest.mark.timeout(300)

_LONG_S = 90.0
"""A fault that answers nothing takes as long as the longest limit, three times where it is asked again."""
_PICTURES = ("content", "stream")
_ABSENCE = ("No patient found", "No photos yet", "No appointments today", "Nothing sent yet")
_EVERYTHING = ("Try again", "Try now")


@dataclass(frozen=True)
class Screen:
    kinds: tuple[str, ...]
    """The requests that fail."""
    act: Callable[[Desk, Path], Awaitable[None]]
    has_content: Callable[[Desk], object]
    trouble: Callable[[Desk], str]
    """What it says in place of its content; empty while it works."""


async def _search(desk: Desk, _: Path) -> None:
    await desk.search("adeyemi, gr")


async def _open_by_board(desk: Desk, _: Path) -> None:
    await desk.open_patient("Grace Adeyemi")


async def _refresh_board(desk: Desk, _: Path) -> None:
    heard = list[Board]()
    end = desk.services.today.feed.subscribe(heard.append, replay=False)
    desk.services.today.refresh()
    await until(lambda: heard, _LONG_S)
    end()


async def _open_album(desk: Desk, _: Path) -> None:
    await desk.open(RUTH_CALLOWAY)


async def _open_large(desk: Desk, _: Path) -> None:
    """The preview is known before the fault begins."""
    desk.services.contents.clear()
    await desk.open_photo(0)


async def _send(desk: Desk, photo: Path) -> None:
    await desk.open(GRACE_ADEYEMI)
    await desk.send_file(photo)


def _failed_tiles(desk: Desk) -> str:
    words = ("could not load", "not loaded", "cannot show")
    return "\n".join(tile for tile in desk.tiles if any(each in tile for each in words))


def _tray_trouble(desk: Desk) -> str:
    words = ("Not sent", "May have arrived", "Cerbo is busy", "once online", "Cerbo took it")
    return desk.tray_words if any(each in desk.tray_words for each in words) else ""


def _words_if_gone(desk: Desk) -> str:
    return desk.page_words if "This is no longer in Cerbo" in desk.page_words else ""


def _album_trouble(desk: Desk) -> str:
    return " ".join(desk.pages.patient.list_notes.texts)


SCREENS = {
    "search": Screen(
        ("search", "patients"),
        _search,
        lambda desk: any(row.startswith("Grace Adeyemi") for row in desk.found),
        lambda desk: desk.search_words,
    ),
    "board": Screen(("appointments",), _refresh_board, lambda desk: desk.board, lambda desk: desk.board_words),
    "album": Screen(
        ("images", "patient"),
        _open_by_board,
        lambda desk: desk.filter_words[:1] == ["All, 5"],
        lambda desk: _album_trouble(desk) or _words_if_gone(desk),
    ),
    "tiles": Screen(_PICTURES, _open_album, lambda desk: desk.album.isVisible() and _are_ready(desk), _failed_tiles),
    "viewer": Screen(
        _PICTURES,
        _open_large,
        lambda desk: desk.stage_name.endswith("Full quality"),
        lambda desk: desk.viewer_words if _viewer_says_why(desk) else "",
    ),
    "tray": Screen(("upload",), _send, lambda desk: "Waiting in Cerbo’s queue" in desk.tray_words, _tray_trouble),
}


def _are_ready(desk: Desk) -> bool:
    return bool(desk.states) and all_ready(desk.states)


def _viewer_says_why(desk: Desk) -> bool:
    shown = ("Could not load full quality. Showing the preview.", "Damaged in part. Showing what can be read.")
    said = (*shown, "Cannot show this file", "not a photo", "web page", "Could not", "busy", "Key")
    return any(words in desk.viewer_words for words in said)


_EACH_COMMIT = {"search": Fault.TRUNCATED_CHUNK, "board": Fault.GZIP_BAD}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param(name, fault, marks=() if _EACH_COMMIT.get(name) is fault else pytest.mark.release)
        for name in SCREENS
        for fault in Fault
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else value,
)
async def test_the_screen_says_why_and_comes_back(desk: Desk, photo: Path, name: str, fault: Fault) -> None:
    screen = SCREENS[name]
    await desk.board_is_there()
    desk.widen()
    if name == "viewer":
        await desk.open(RUTH_CALLOWAY)
        await desk.pictures_are_there()
    for kind in screen.kinds:
        desk.clinic.faults.set(kind, fault, pace_s=0.01)
    await screen.act(desk, photo)
    await until(lambda: screen.has_content(desk) or _said(desk, screen), _LONG_S)
    said = _said(desk, screen)
    if not screen.has_content(desk):
        assert_plain(said)
        assert not [words for words in _ABSENCE if words in said], said
    if name == "tray":
        assert len(desk.clinic.photos_received()) <= 1
    desk.clinic.faults.clear()
    if name != "tray":
        await _recovered(desk, screen)


def _said(desk: Desk, screen: Screen) -> str:
    """By the screen itself, or by the strip over all of them where nothing goes on without a person."""
    return screen.trouble(desk) or desk.strip_words


async def _recovered(desk: Desk, screen: Screen) -> None:
    """By the button that is offered, by itself, or by coming back."""
    if screen.has_content(desk):
        return
    for words in _EVERYTHING:
        if has_button(desk.window, words):
            desk.click(words)
            break
    else:
        desk.services.thumbnails.retry_failed()
    await until(lambda: screen.has_content(desk) or _said(desk, screen), _LONG_S)
