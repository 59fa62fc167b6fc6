"""What the bar tells of a look, and what gives way to it, at every width."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.gallery.filter_bar import FilterBar
from cerbo_desktop.ui.gallery.shown import AlbumShown
from cerbo_desktop.ui.kit.labels import Label

ANSWER = "12 new photos found at 10:42"
NOTHING = "Nothing new at 10:42"
SMALLEST_PX = 1024 - 304 - 56
"""What the smallest window leaves between the pane and the folded tray."""


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[FilterBar]:
    made = FilterBar()
    qtbot.addWidget(made)
    made.set_counts(total=1023, personal=104, medical=919)
    made.show()
    yield made


def told(bar: FilterBar) -> list[str]:
    """The words beside the filters, whole."""
    labels = [each for each in bar.findChildren(Label) if each.text()]
    assert all(each.sizeHint().width() <= each.width() for each in labels), "nothing is cut"
    return [each.text() for each in labels]


def shows_words(bar: FilterBar) -> bool:
    """Where a filter is an icon, its word is the tooltip."""
    tips = {each.toolTip() for each in bar.types.findChildren(QRadioButton)}
    return tips == {""}


def widen(bar: FilterBar, width_px: int, qtbot: QtBot) -> None:
    bar.resize(width_px, bar.height())
    qtbot.waitUntil(lambda: bar.tile_size.geometry().right() < width_px)


@pytest.mark.parametrize("width_px", [900, 731, SMALLEST_PX])
def test_an_answer_is_told_with_its_time_at_every_width(qtbot: QtBot, bar: FilterBar, width_px: int) -> None:
    widen(bar, width_px, qtbot)
    assert shows_words(bar)
    bar.show_looked(ANSWER)
    qtbot.waitUntil(lambda: told(bar) == [ANSWER])
    assert shows_words(bar) == (width_px > SMALLEST_PX)
    assert ANSWER in bar.look_again.toolTip()
    bar.show_looked("")
    assert told(bar) == []
    assert shows_words(bar), "room is kept for an answer only while there is one"


def test_a_count_that_comes_later_takes_no_room_from_the_answer(qtbot: QtBot, bar: FilterBar) -> None:
    bar.set_counts(total=None, personal=None, medical=None)
    widen(bar, 731, qtbot)
    bar.show_looked(ANSWER)
    qtbot.waitUntil(lambda: told(bar) == [ANSWER])
    assert shows_words(bar)
    bar.set_counts(total=1023, personal=104, medical=919)
    qtbot.waitUntil(lambda: told(bar) == [ANSWER])
    assert shows_words(bar)


def test_what_is_said_of_the_album_comes_back_after_the_answer(qtbot: QtBot, bar: FilterBar) -> None:
    widen(bar, 731, qtbot)
    bar.show_types(frozenset(), 12, 1023, is_asking=False)
    album = "Cerbo has no type for 12 photos."
    qtbot.waitUntil(lambda: told(bar) == [album])
    bar.show_looked(ANSWER)
    qtbot.waitUntil(lambda: told(bar) == [ANSWER])
    widen(bar, 1200, qtbot)
    qtbot.waitUntil(lambda: told(bar) == [f"{ANSWER} · {album}"])
    widen(bar, 731, qtbot)
    bar.show_looked("")
    qtbot.waitUntil(lambda: told(bar) == [album])


@pytest.mark.parametrize("width_px", [900, 731, SMALLEST_PX])
def test_the_usual_answer_leaves_the_filters_their_words(qtbot: QtBot, bar: FilterBar, width_px: int) -> None:
    widen(bar, width_px, qtbot)
    bar.set_counts(total=23, personal=4, medical=19)
    bar.show_looked("Looking…")
    qtbot.waitUntil(lambda: told(bar) == ["Looking…"])
    assert shows_words(bar)
    bar.show_looked(NOTHING)
    qtbot.waitUntil(lambda: told(bar) == [NOTHING])
    assert shows_words(bar)


@pytest.mark.parametrize("width_px", [731, SMALLEST_PX])
def test_how_many_are_marked_stays_beside_an_answer(qtbot: QtBot, bar: FilterBar, width_px: int) -> None:
    widen(bar, width_px, qtbot)
    bar.show_marked(3)
    bar.show_looked(ANSWER)
    qtbot.waitUntil(lambda: told(bar) == ["3 photos marked"])
    assert ANSWER in bar.look_again.toolTip(), "the answer is not lost"
    bar.show_marked(0)
    qtbot.waitUntil(lambda: told(bar) == [ANSWER])


def test_nothing_is_counted_before_anything_is_known(bar: FilterBar) -> None:
    bar.show_album(AlbumShown())
    bar.show_album(AlbumShown(is_loading=True))
    assert [each.accessibleName() for each in bar.types.findChildren(QRadioButton)] == ["All", "Personal", "Medical"]
