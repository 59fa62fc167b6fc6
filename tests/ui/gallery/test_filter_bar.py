"""What the bar tells of a look, at every width."""

import pytest
from pytestqt.qtbot import QtBot

from cerbo_desktop.ui.gallery.filter_bar import FilterBar
from cerbo_desktop.ui.kit.labels import Label


@pytest.mark.parametrize(
    ("width_px", "shown"), [(880, "Looked again at 10:42. Nothing new."), (884 * 4 // 5, "Nothing new"), (540, "")]
)
def test_a_look_is_told_in_the_words_that_there_is_room_for(qtbot: QtBot, width_px: int, shown: str) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.set_counts(total=23, personal=4, medical=19)
    bar.resize(width_px, bar.height())
    bar.show()
    bar.show_looked("Looked again at 10:42. Nothing new.", "Nothing new")
    told = [each for each in bar.findChildren(Label) if each.text()]
    assert [each.text() for each in told] == ([shown] if shown else [])
    assert all(each.sizeHint().width() <= each.width() for each in told), "nothing is cut"
    assert "Looked again at 10:42. Nothing new." in bar.look_again.toolTip()
    bar.show_looked("")
    assert not [each for each in bar.findChildren(Label) if each.text()]
