"""One photo, large: something at once, then every pixel; what breaks says so and can be tried again."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt

from cerbo_desktop.domain.raster import Raster
from cerbo_desktop.practice.faults import Fault
from cerbo_desktop.practice.patients import EVELYN_LONGACRE, PETER_HALLOWAY, RUTH_CALLOWAY
from tests.flows.desk import Desk
from tests.flows.reading import has_button
from tests.waiting import until


async def test_preview_then_full_quality_then_the_neighbours_and_back(desk: Desk) -> None:
    await desk.open(EVELYN_LONGACRE)
    await desk.pictures_are_there()
    first = desk.tiles[2]
    await desk.open_photo(2)
    await until(lambda: "photo 3 of 1200" in desk.stage_name)
    assert first.partition(" of ")[0] == "Medical photo 3"
    assert desk.stage_name.partition(" of ")[0] == "Medical photo 3", "the album and the viewer count alike"
    assert desk.pages.viewer.stage.has_photo  # the preview, without waiting
    await desk.full_quality()
    assert "Evelyn Longacre" in desk.viewer_words
    assert "1 Jun 1950" in desk.viewer_words
    assert desk.pages.viewer.stage.hasFocus()
    desk.press(Qt.Key.Key_Right)
    await until(lambda: "photo 4 of 1200" in desk.stage_name)
    await desk.full_quality()
    desk.press(Qt.Key.Key_Left)
    desk.press(Qt.Key.Key_Left)
    await until(lambda: "photo 2 of 1200" in desk.stage_name)
    await desk.full_quality()
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.isVisible())
    assert desk.album.hasFocus()
    assert desk.album.currentIndex().row() == 1


async def test_says_how_much_of_a_large_photo_has_come(desk: Desk) -> None:
    await desk.open(RUTH_CALLOWAY)
    await desk.pictures_are_there()
    desk.services.contents.clear()
    desk.clinic.faults.set("stream", Fault.SLOW, pace_s=0.02, piece_bytes=100_000)
    await desk.open_photo(0)
    await until(lambda: desk.stage_name.endswith("Preview"))
    await until(lambda: "Preview. Full quality is loading" in desk.viewer_words and "%" in desk.viewer_words)
    await until(lambda: "percent of full quality loaded" in desk.stage_name)
    await desk.full_quality()
    assert "Preview. Full quality is loading" not in desk.viewer_words


@dataclass
class Grown:
    """What grew on the stage: how far down, and what was said of it at that moment."""

    known_shares: list[float] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def watch(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        stage = desk.pages.viewer.stage
        show = stage.show_growing

        def watched(raster: Raster, known_rows: int) -> None:
            show(raster, known_rows)
            self.known_shares.append(known_rows / raster.height_px)
            self.words.append(desk.viewer_words)

        monkeypatch.setattr(stage, "show_growing", watched)


async def test_a_large_photo_grows_over_its_preview_and_is_called_one_until_it_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.open(RUTH_CALLOWAY)
    await desk.pictures_are_there()
    desk.services.contents.clear()
    desk.clinic.faults.set("stream", Fault.SLOW, pace_s=0.06, piece_bytes=28_000)
    grown = Grown()
    grown.watch(desk, monkeypatch)
    await desk.open_photo(0)
    await desk.full_quality()
    assert 1 <= len(grown.known_shares) <= 4
    assert grown.known_shares == sorted(set(grown.known_shares))
    assert 0 < grown.known_shares[0] < 1
    assert all("Preview" in words and "Full quality\n" not in words for words in grown.words)


async def test_a_photo_that_breaks_off_keeps_its_preview_and_can_be_tried_again(desk: Desk) -> None:
    await desk.open(RUTH_CALLOWAY)
    await desk.pictures_are_there()
    desk.services.contents.clear()
    for kind in ("content", "stream"):
        desk.clinic.faults.set(kind, Fault.CUT_MID_BODY)
    await desk.open_photo(0)
    words = "Only the upper part arrived. Below it is the preview. Trying again."
    await until(lambda: words in desk.viewer_words)
    assert desk.pages.viewer.stage.has_photo
    desk.clinic.faults.clear()
    desk.click("Try again", desk.pages.viewer)
    await desk.full_quality()
    assert words not in desk.viewer_words


async def test_a_tile_that_could_not_load_can_be_tried_again(desk: Desk) -> None:
    """One whose connection breaks is tried again by itself: see `test_slow_lines`."""
    for kind in ("content", "stream"):
        desk.clinic.faults.set(kind, Fault.SERVER_ERROR)
    await desk.open(RUTH_CALLOWAY)
    await until(lambda: all("could not load, press Enter to try again" in tile for tile in desk.tiles))
    desk.clinic.faults.clear()
    desk.album.setFocus()
    desk.press(Qt.Key.Key_Return)
    await until(lambda: "try again" not in desk.tiles[0] and "loading" not in desk.tiles[0])
    assert desk.album.isVisible()
    assert "could not load" in desk.tiles[1]


async def test_every_kind_of_file_is_shown_or_said_to_be_broken(desk: Desk) -> None:
    await desk.open(PETER_HALLOWAY)
    desk.press(Qt.Key.Key_Home)
    spoken: set[str] = set()
    for _ in range(4):
        await until(lambda: not any("loading" in tile for tile in desk.tiles))
        spoken |= set(desk.tiles)
        desk.press(Qt.Key.Key_PageDown)
    assert len(spoken) == 10
    assert sum("thumbnail only" in tile for tile in spoken) == 1
    assert sum("cannot show this file" in tile for tile in spoken) == 1
    assert sum("damaged in part" in tile for tile in spoken) == 1
    assert sum("no date" in tile for tile in spoken) == 3


async def test_a_broken_file_says_so_in_the_viewer(desk: Desk) -> None:
    await desk.open(PETER_HALLOWAY)
    await until(lambda: any("cannot show" in tile for tile in desk.tiles))
    place = next(at for at, tile in enumerate(desk.tiles) if "cannot show" in tile)
    await desk.open_photo(place)
    await until(lambda: "Cannot show this file." in desk.viewer_words)
    assert not has_button(desk.pages.viewer, "Try again")
    desk.press(Qt.Key.Key_Escape)
    await until(lambda: desk.album.isVisible())
